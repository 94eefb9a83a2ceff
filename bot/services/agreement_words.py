"""The words by which a question whether police work with ICE is told from others."""

from __future__ import annotations

import re
from typing import Final

_ICE: Final = (
    r"(?:ices?|immigration|imigration|inmigration|migra|hielo|inmigracion|imigracion"
    r"|migracion|immigracion)"
)
_WITH: Final = rf"(?:with|wit|wth|w|for) (?:the )?{_ICE}"
NAMED_PROGRAM: Final = re.compile(r"\b(?:287g|287)\b")
ICE: Final = re.compile(rf"\b{_ICE}\b")
# A word of agreeing, or of working together with ICE.
AGREEMENT: Final = re.compile(
    r"\b(?:287g|287|agreements?|agrements?|agreemnts?|acuerdos?|convenios?"
    rf"|contratos? con (?:la )?{_ICE}"
    r"|(?:work\w*|cooperat\w+|collaborat\w+|partner\w*|team\w* up|help|helps|helping"
    r"|deal|deals|contracts?|tied|in bed|sides?) (?:\w+ ){0,2}?"
    rf"{_WITH}|(?:help|helps|helping|assist|assists) (?:\w+ )?(?:the )?{_ICE}"
    r"|(?:trabaj|cooper|colabor|ayud|jal|asoci|junt)\w* (?:\w+ ){0,2}?(?:con|a|para"
    r"|pa)"
    rf" (?:el |la )?{_ICE}"
    # "is Ocala on the ICE list", "have the ICE thing"
    rf"|(?:{_ICE}|287g) lists?(?! of)|lista (?:de|del) (?:la )?(?:{_ICE}|287g)"
    rf"|(?:have|has|got) the {_ICE} thing"
    r"|sign\w* up|signed on|signed (?:a |an )?(?:deal|contract|pact)|firm(?:o|aron"
    r"|ado)|(?:coopera|cooperan|colabora|colaboran)"
    rf"|{_ICE} (?:deal|pact|contract|partner\w*|agree\w*|program)"
    r"|entregan? (?:(?:a )?(?:la )?(?:gente|personas|inmigrantes|migrantes"
    rf"|latinos|hispanos) )?(?:a|con) (?:la )?{_ICE}"
    r"|(?:gives?|hands?|turns?|sends?|delivers?|reports?) (?:\w+ ){0,2}?(?:people|ppl"
    r"|persons|folks|immigrants|migrants|inmates|latinos|hispanics|everyone|everybody"
    rf") (?:over |in )?to (?:the )?{_ICE}"
    # "is their police with ICE", "el sheriff de Ocala entrega gente"
    r"|(?:are|is|r) (?:(?:the|their|our|local|city|county|state) ){0,2}"
    r"(?:they|police|cops|sheriffs?|deputies|pd|town|city|county|department)"
    rf" (?:with|wit) (?:the )?{_ICE}"
    r"|(?:sheriff|policias?|poli|alguacil|carcel) (?:\w+ ){0,4}?entregan?"
    r" (?:a )?(?:la )?(?:gente|personas|inmigrantes|migrantes|latinos)"
    # A county is "con ICE"; of a person it says that ICE holds them.
    r"|(?:condado|ciudad|pueblo|policia|poli|sheriff|alguacil)"
    r"(?: (?!(?:mis?|sus?|el|un|una|donde|que|quien|y|pero|carcel)\b)\w+){0,5}?"
    rf" esta(?:n)? con (?:la )?{_ICE}(?! (?:desde|hace|en)\b))\b"
)
# ICE, where the talk was of it: "y la policia de Ocala trabaja con ellos".
WITH_THEM: Final = re.compile(
    r"\b(?P<word>(?:trabaj|cooper|colabor|ayud|jal|work|collaborat|help|partner)\w*"
    r"(?: (?:\w+ )?(?:con|a|with))?) (?:ellos|esos|them)\b",
    re.IGNORECASE,
)
# Police of the place named before: "Clarksville, TN, do they call ICE".
THEY: Final = re.compile(
    rf"\b(?:do|does|will|would) they (?:\w+ )?(?:calls?|tells?|alert|notify|contact"
    rf"|report (?:\w+ )?to|work with|help) (?:the )?{_ICE}"
    rf"|\bellos (?:\w+ )?(?:llaman|avisan|reportan|ayudan|trabajan) (?:a|con)"
    rf" (?:la )?{_ICE}\b"
)
# What police may do is for the entries about the law.
MAY: Final = re.compile(
    r"\b(?:can|may|could|puede|pueden|podria|podrian|if|si|when"
    r"|cuando|at (?:my|our) \w+|en mi (?:puerta|casa|trabajo))\b"
)
# Whose police are asked about: "do Chatanooga cops", "la policia de Chatanuga".
WHOSE: Final = re.compile(
    r"\b(?P<before>[a-z]{5,}) (?:police|cops?|pd|sheriffs?|deputies)\b"
    r"|\b(?:policia|poli|sheriff|alguacil) (?:de|d|del) (?P<after>[a-z]{5,})\b"
)
# Police of any kind, or their jail.
POLICE: Final = re.compile(
    r"\b(?:police\w*|polise|polisias?|policias?|poli|cops?|pd|[a-z]{2,4}pd|she?r+if+s?"
    r"|sheriff\w*|alguacil\w*|deput(?:y|ies|ys)|troopers?|highway patrol|patrol"
    r"|patrulla|chota|la jura|jails?|carcel|wardens?|constables?|marshals?|officers?"
    r"|oficiales|guardacostas|guardia costera|law enforcement)\b"
)
# Officers of ICE itself, who are no police of a place.
OF_ICE_ITSELF: Final = re.compile(
    rf"\b{_ICE} (?:officers?|agents?|police|jails?|custody|detention)\b"
    rf"|\b(?:oficiales|agentes?|policias?|carcel) de (?:la )?{_ICE}\b"
)
JAIL: Final = re.compile(
    r"\b(?:jails?|carcel|carceles|prisons?|prision|inmates?|presos?|corrections?)\b"
)
# Asked with no word of agreeing: "is Naples on the list", "does Lee County have one".
LISTED: Final = re.compile(
    r"\b(?:(?:on|in|en|still on|part of) (?:(?:the|that|this|la|esa|ices?"
    r"|287g) )*(?:list|lista|program|programa)|on it|in it|part of it|ha(?:ve|s"
    r"|d) (?:one|it|that|any)|both have|anything (?:in|for|about)|is there one"
    r"|are there any|which ones?|hay (?:algo|uno|alguno|aqui|alla)|tienen? (?:uno|eso"
    r"|alguno)|lo tienen?|hay$)"
)
_LIST: Final = r"\b(?:list|lista)\b"
THE_LIST: Final = re.compile(_LIST)
# Questions about agreements as such, wherever they are asked: the law, a copy, an end.
ABOUT_LAW: Final = re.compile(
    r"\b(?:have to (?:sign|join|work|help|cooperate|have)|must|required|forced"
    r"|mandatory|oblig\w+|forzad\w+|outlaw\w*|negarse|pays?|paying|paga\w*|employed"
    r"|empleados|decir que no|federal money|reimburs\w*|privacy|privacidad|end|ends"
    r"|ending|cancel\w*|terminat\w+|withdraw\w*|get out of|quit|get rid|terminar"
    r"|acabar|salirse|drop|repeal|stop (?:\w+ ){0,3}?(?:agreements?|287g|deal"
    r"|contract)|foia|foil|opra|copy|copies|copias?|(?:get|request|obtain|see|read"
    r"|pedir|conseguir|obtener|leer) (?:\w+ ){0,3}?(?:records?|registros|documents?"
    r"|documentos|moa)|cost|costs|cuesta\w*|sue|suing|sued|lawsuit|demandar|demando"
    r"|demanda|train(?:ed|ing)|entrena\w*|capacita\w*|supervis\w+|liable|lawful"
    r"|allowed|permitid\w+|(?:is|are|it|this|that|es|son"
    r"|seria) (?:\w+ ){0,3}?(?:i?l)?legal(?:es)?|ley|leyes"
    r"|(?<!\bin )laws?(?! enforcement)|(?<!\bi )mean"
    r"|means|significa\w*|quiere decir|(?:what is|whats|que es|que son) (?:an? |the "
    r"|el |la |un |los |exactly )?(?:287g|287|agreements?|acuerdos?|convenios?"
    r"|\w+ model|modelo)|how (?:does|do|is|are) (?:an? |the |these )?(?:287g"
    r"|agreements?)|como funciona\w*|difference|diferencia|pending|pendiente\w*"
    r"|tribes?|tribus?|tribal|irs|complain\w*|queja\w*|report (?:an? |the |my "
    r"|this )?(?:officer|cop|police|abuse)|history|historia|inspector|audit\w*|gao"
    r"|huellas|fingerprints?|prints|bans?|banned|prohib\w+|directive|directiva"
    r"|profiling|perfil|discrimin\w+|oversight|vigila\w*|limits?|limites?|salary"
    r"|salaries|budget|presupuesto|taxpayers?|fondos|abol\w+|reform\w*|propuestas"
    r"|proposals?|refuse|puede negarse|why|por que|(?:without"
    r"|sin) (?:\w+ )?(?:agreements?|acuerdos?|convenios?|287g))\b"
)
# Words of such questions and of frightened people: they count without a name only.
OFTEN_OF_LAW: Final = re.compile(
    r"\b(?:have to|rid|stop|salir\w*|cost|demand\w+|legal|illegal|que es|what (?!about)"
    r"|que (?:puede|pueden|hacen?|dice|les|sigue|partes?|tipo|pasa)|cual|cuales|which"
    r"|where (?:do|can) i|donde (?:puedo|esta el)|categor\w*|types?|kinds?|sort|tipos?"
    r"|versi\w+|argument\w*|words|palabras|explain\w*|explic\w*|explique|force|voluntary"
    r"|deje|dejar|evidence|evidencia|country|pais|aunque|even if|under|bajo|no (?:tiene"
    r"|tienen|hay|firm\w*|esta|aparece)|(?:has|have|with|is|theres|in) no|isnt|is not"
    r"|non|no 287g|nunca|never|convierte|turns? \w+ police|deport\w*|agents?|agentes"
    r"|records?|registros|documents?|documentos|report|model\w*|modelo\w*|moa|without"
    r"|sin|worr\w+|safe|seguros?|a salvo|protegid\w+|presidents?|boss|jefe|decir|how"
    r"|como|who|quien\w*)\b"
)
# What frightened people say beside a question, and how they ask to be told.
BESIDE: Final = re.compile(
    r"\b(?:sin (?:papeles|documentos|licencia|estatus|status)|without (?:papers"
    r"|a license|status|documents)|how (?:do|can|would|to) (?:\w+ )?(?:find out|know"
    r"|tell|check|see)|como (?:puedo |podria |le hago para |hago para )?(?:saber|se"
    r"|averiguar|ver)|(?:who|quien|quienes) (?:\w+ ){0,3}?(?:works?|trabajan?|helps?"
    r"|ayudan?|cooperan?))\b"
)
# What happened to somebody, and other subjects in which police, ICE and a place occur.
OTHER_SUBJECT: Final = re.compile(
    r"\b(?:(?:ice|migra) (?:is|was|esta|estuvo|anda) (?:in|at|en|near|por|aqui)"
    r"|sanctuar\w*|santuario\w*|arrest\w*|detain\w*|detention|detuv\w*|deten\w*|reten\w*|holds?|holding"
    r"|held|honor\w*|picked|picks?|took|taken|takes|custody|raids?|redadas?|agarr\w+"
    r"|entreg(?:o|aron) a (?:mis?|sus?|nuestr[oa]s?)"
    r"|llevaron|llevo a|se lo llev\w+|bond|bonds|bail|fianza\w*|courts?|corte"
    r"|tribunal|hearings?|audiencias?|judges?|juez\w*|jueces|lawyers?|attorneys?"
    r"|abogad\w+|offices? (?:in|near|is|at|located|address)|oficinas? (?:de|en)"
    r"|appointment|citas?|check ?ins?|check in|papers|papeles|status|estatus"
    r"|warrants?|orden|ordenes|ask(?:ed|ing|s)?|pregunt\w+|pid(?:e|en|io|ieron|a|an)"
    r"|pedir\w*|stopped|stop|stops|pulled|paro|pararon|paran?|knock\w*|tocaron"
    r"|(?<!next )doors?"
    r"|puerta|enter\w*|entr(?:a|o|ar|aron|an)|search\w*|registra\w*|visas?|asylum"
    r"|asilo|deport\w*|hotline|telefono|phone|number|numero|address|direccion"
    r"|protest\w*|marcha|schools?|escuelas?|hospital\w*|church\w*|iglesias?|airport"
    r"|aeropuerto|checkpoints?|reten|(?<!over the )(?<!across the )border"
    r"|license|licencia|ticket|crash|accident\w*"
    r"|choque|victims?|victima\w*|domestic|violencia|u ?visa|green card|residencia"
    r"|citizen\w*|ciudadan\w+|passport|pasaporte|mandamus|uscis|case|caso|cases"
    r"|transfer\w*|traslad\w*|visit\w*|record|film\w*|grabar|video|complaint|beat"
    r"|hit me|golpe\w*|robbed|rob(?:o|aron)|sick|medic\w*|release\w*|liber\w+"
    r"|locat\w+|find my|encontr\w+|buscar|impersonat\w+|fake|falsos?|sighting\w*|seen"
    r"|vi a|came|come to|vino|vinieron|outside|afuera|here now|happening|right now"
    r"|ahorita|killed|shot|news|noticias|jobs?|hiring|salary|weather|rent|(?:my"
    r"|mi) rights?|mis derechos|rights|derechos|should i|debo|que hago|what do i do"
    r"|(?:handed|gave|turned|delivered|sent) (?:my|our|him|her|them|me)"
    # Who threatens with ICE is no police of a place.
    r"|landlord|boss|employer|threat\w*|jef[ea]|patron|patrona|caser[oa]|amenaz\w*"
    r"|turn\w* (?:\w+ ){0,2}?over|consent|interview\w*|entrevista\w*"
    r"|federal officers?|request\w*|solicitud\w*|get(?:s|ting)? out|sale|salir|salida"
    r"|charges?|charged|wears?|vest|chaleco|uniform\w*|beds?|facility|facilities|keep"
    r"|keeps|keeping|hurt\w*|lastim\w+|reclam\w+|my name|mi nombre|data|datos"
    r"|camera\w*|plates?|placas?|database|finger\w*|huellas)\b"
)
OWN_PLACE: Final = re.compile(
    r"\b(?:my|our|this|mi|mis|nuestr[oa]|este|esta) (?:\w+ )?(?:county|town|township"
    r"|city|area|village|borough|parish|neighborhood|state|sheriffs?|police|cops"
    r"|condado|pueblo|ciudad|zona|barrio|estado|policia|sheriff|alguacil)\b"
    r"|\bwhere (?:i|we) live\b|\bdonde (?:yo )?viv(?:o|imos)\b|\bnear me\b"
    r"|\baround here\b|\bpor aqui\b|\bpolicia local\b|\b(?:here|aqui|aca)\b"
    r"|\blocal (?:police|cops|sheriffs?)\b"
)
# A place that nobody knows: "in Hogwarts".
SOMEWHERE: Final = re.compile(
    r"\b(?:in|en|at) (?!(?:general|writing|which|what|que|cual|force|effect|vigor"
    r"|place|total|cada|every|each|all|any|the us|the usa|eeuu|this|ese"
    r"|esto)\b)[a-z]{3,}"
)
_POINTS: Final = r"(?:there|ahi|alli|alla)"
POINTS_BACK: Final = re.compile(rf"\b{_POINTS}\b")
# How a message goes on from the place before, or corrects it.
GOES_ON: Final = re.compile(
    r"^(?:ok |okay |thanks |thank you |gracias |pero |but |no |sorry |perdon )*(?:and"
    r"|what about|how about|what of|also|y|e|que tal|tambien|or|o|now|ahora|in|en"
    r"|i meant|i mean|quise decir|quiero decir|me refiero|sorry|perdon|no|but|pero"
    r"|actually|mas bien|then|entonces|same for|lo mismo)\b"
    r"|\b(?:too|also|as well|tambien|instead)$"
)
LOST: Final = re.compile(
    r"\b(?:(?:dont|do not|didnt) (?:know|remember)|no (?:lo )?(?:se|recuerdo"
    r"|me acuerdo)|idk|not sure|no estoy segur[oa]|neither|none|ninguno|ninguna"
    r"|no idea|ni idea|cualquiera|otr[oa]|other|another|somewhere else)\b"
)
THE_STATE: Final = re.compile(
    r"^(?:(?:the|el|del|al) )?(?:whole |todo el )?(?:state|estado)$"
)
MEANING: Final = re.compile(
    r"\b(?:what (?:does|do|is) (?:\w+ ){0,2}?mean\w*|what it means|meaning"
    r"|que significa\w*|que quiere decir|so what|y eso que|que implica\w*"
    r"|explain (?:it|that|this|me)|explica\w*|in plain words|entonces que"
    r"|is that (?:bad|good)|es malo|es bueno)\b"
)
OF_THAT: Final = re.compile(
    r"\b(?:(?:does|do) (?:that|this) mean"
    r"|(?:eso|esto) (?:que )?(?:significa|quiere decir)"
    r"|(?:significa|quiere decir) (?:eso|esto))\b"
)
AFRAID: Final = re.compile(
    r"\b(?:scared|afraid|frightened|terrified|worried|nervous|panic\w*|miedo"
    r"|asustad[oa]|preocupad[oa]|nervios[oa]|angusti\w+|temor|undocumented"
    r"|sin papeles|indocumentad\w+|no papers|illegal|ilegal|crying|llorando"
    r"|desesperad[oa]|my kids|mis hijos|tengo hijos)\b"
)
