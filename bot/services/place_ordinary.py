"""Words that are also names of places, and mean a place only where one is expected."""

from __future__ import annotations

from typing import Final


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text, each once."""
    return frozenset(text.split())


# Beside a name these make another of it: Sunset Park is not Sunset.
NAME_ENDS: Final = word_set(
    "park heights beach springs hills hill island grove gardens garden lake lakes"
    " valley shores ridge bay harbor harbour falls mills creek terrace estates"
    " woods acres landing point junction bluff bluffs highlands meadows manor city hts"
)
NAME_STARTS: Final = word_set(
    "north south east west new nueva nuevo old fort ft lake port mount mt upper lower"
    " puerto norte sur este oeste saint st santa santo san"
)
PARTICLES: Final = word_set("de la le du mc mac el st san")
# "north florida" is no town of North.
COMPASS: Final = word_set("north south east west central northern southern norte sur")
_ORDINARY: Final = word_set(
    "temas negada creole rota colon arriba deport encampment traverse levy bebe junta"
    " application cooks grants costa banco possession clear permit title"
    "abogado academy accident admire advance africa agenda agua alcalde alex"
    " alliance alma alpha alto altura ama amigo amo ancho another argentina arma"
    " art ash atlantic auto avenue axis ayer ayuda baker ball bandera banks bar"
    " barber barrier basin bass bath battlefield bay bear beauty bee belgium bell"
    " bells belt best between bishop black blanco blessing blue blunt bolivia"
    " bond booth boring boss brasil brave brazil breaks breeding brilliant"
    " broadway brothers brush bucks buena burden bureau business busy butterfly"
    " cable call camino camp campaign campo campus canada cannon canon canvas"
    " canyon carbon cardinal caro carrier casa cash cave celebration cement"
    " center central centre century challenge chambers champ champion chance"
    " chancellor chapel charge charity charm chase check cherry chico chile china"
    " chino christmas circle clay clear clever cliff cloud coal coffee coin"
    " colombia combine comer comfort commerce community concrete congress cook"
    " cool cord core corea corn correctional cost couch council countryside court"
    " craig crane crisis cross crown crystal cuba custody cylinder dairy dale"
    " dawn day deal deer defeated defiance delight delta democrat denmark deposit"
    " descanso dice dinero distant divide dodge dominicana door downs drain drew"
    " driver drums duck dulce duo eagle early earth east eastern echo economy"
    " ecuador effect effort egypt empire energy england english enterprise"
    " equality era espana europe ever exchange experiment export extension faith"
    " falls family farmers fate fell felt fence ferry field fields fine finland"
    " flat fly foreman forest fork forman fossil foster fountain frame france"
    " freedom friend friendly frontier ganado gap garden gas gate gates gay gem"
    " general germany given globe golden grace gracias grand grande grant gratis"
    " graves gravity gray greece green grove guatemala guerra guild guy guys"
    " haiti halfway hall hand happy hardy harmony harvest haven hazard"
    " headquarters heard helper hill holder holiday holland home hometown"
    " honduras honor hood hope humble hundred hunter hurricane hurt imperial"
    " independence index india indian industrial industry institute interior"
    " ireland iron island issue italia jack jamaica japan jet joy junction"
    " justice justicia kinder king korea lake landing lane large largo lawn"
    " lawyer lead leaf learned lebanon levels liberal libertad liberty licencia"
    " light likely lima load loco lone long loop love loving loyal luck luna"
    " magazine main mainland major man many marathon marble mark marks max may"
    " means media mentor mercury merit mesa mexico micro middle midnight miedo"
    " migrante miles mineral mio mira miracle mission mobile monument mora"
    " mountain mutual nada neither nicaragua nice noble none normal north"
    " northern norway nova nuevo oak occidental ocean odd officer okay olive only"
    " oral ordinary organ other outlook pace page painter palestine panama papers"
    " parade paradise parish park parks peak peoples perdido permanente person"
    " peru petroleum petty pillow pilot pine pioneer piso plain plaza pleasant"
    " please poca point points poland police pool portal post pound power powers"
    " pray premium price printer problema problemas prospect prosperity"
    " protection public pueblo purchase queen quick railroad range reader reading"
    " real rector reed reform register relief remote republic rescue reserve"
    " reunion rice rich rico rio rock roll rose ross rule rush russia salida"
    " salmon salvador salvo sample sanctuary santo savage scotland seco secretary"
    " section security sells shade shadow shell shepherd shook shorter sierra"
    " silver sisters smith snow soldier solo somebody son south southern spain"
    " speaks speed spray spring springs stamps standard star stark start state"
    " static stem stone stop story street strong subtle success sudan summary"
    " summit sun sunset sunshine superior supply support supporting surprise"
    " sweden sweet swift switzerland symbol syria talent tea telegraph telephone"
    " teller temple thanks thermal tierra timber toast tom tool towns trabajo"
    " trade trail trainer transfer trees triangle trinity trio triumph trouble"
    " true tunnel turkey twist unidos union unity universal uno urban vale van"
    " venezuela veteran victory vida vista wade wake wales wall war ward warden"
    " warrior wash wax weed welcome wells west western white will wing winner"
    " winter wisdom wise wood worth yards young"
)


def is_ordinary(key: str) -> bool:
    """Return whether a name is also an ordinary word, or a country, in a message."""
    return key in _ORDINARY
