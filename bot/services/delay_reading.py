"""Reads what is typed for a choice of the delay check: a paper, an office, a step."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

import us

from bot.core.delay import NONE, POSSIBLE, UNKNOWN
from bot.core.matching import fold

_READ_SIGNS: Final = 300
# Beyond this a message tells a story, and what it names is none of its answers.
_MOST_WORDS: Final = 30
# With these letters before it a number is a form's; some say the number alone.
_FORM: Final = re.compile(
    r"\b(?P<letters>i|n|g|ar|ds|eoir|ina|l)[- ]?"
    r"(?P<number>\d{3}|(?<! )\d{2})[- ]?(?P<end>[a-z]?)\b"
)
_BARE_FORM: Final = re.compile(
    r"\b(?P<number>130|485|765|400|751|589|601a|918)\b(?! ?(?:days?|dias?|dollars?|"
    r"dolares|usd|months?|meses))"
)
_FORMS: Final[Mapping[str, str]] = {
    "i130": "i130", "i485": "i485", "i765": "i765", "n400": "n400", "i751": "i751",
    "i589": "i589", "i601a": "i601a", "i918": "i918", "i918a": "i918", "ds160": "visa",
    "ds260": "visa", "g639": "foia", "eoir42": "court", "eoir42a": "court",
    "eoir42b": "court",
}  # fmt: skip
# Words that stand for a choice; a row further down counts only where no row above it
# took the same words.
_FILED: Final = (
    ("other", r"t visa|visa t|vawa|k ?1(?: visa)?|visa k ?1|juvenile visa|"
     r"visa juvenil|fiancee? (?:visa|petition)|"
     r"visa de (?:prometid[oa]|novi[oa])|h 1b|h1b|l 1|tps|daca|travel document|"
     r"advance parole|documento de viaje|(?:renew|renewal of|replace|lost) (?:my |the "
     r"|a )?green card|green card (?:renewal|replacement)|renov\w+ (?:de )?(?:la |mi )?"
     r"(?:mica|tarjeta verde|green card)"),
    ("i918", r"u visas?|visas? u|victim visa|visa para victimas"),
    ("i601a", r"provisional waiver|(?:perdon|exencion) provisional|unlawful presence "
     r"waiver"),
    ("i751", r"(?:remov\w+|lift\w*)(?: of)?(?: the| my)? conditions?|conditional "
     r"(?:green card|residen\w+)|(?:quitar|remover|levantar|remocion de|retiro de)"
     r"(?: las?| mis?| de)* condicion(?:es)?|residencia condicional|conditions|"
     r"condiciones"),
    ("i765", r"(?:asylum )?(?:work (?:permit|card|authori[sz]ation)|employment "
     r"authori[sz]ation|ead)|permisos? de trabajo(?: por asilo)?|autorizacion de "
     r"(?:empleo|trabajo)"),
    ("n400", r"citizenship|naturali[sz]ation|ciudadania|naturalizacion|naturalizarme|"
     r"hacerme ciudadan[oa]"),
    ("i589", r"asylum|asilo"),
    ("court", r"immigration (?:court|judge)|(?:corte|tribunal|juez) de (?:inmigracion|"
     r"migracion)|cancellation of removal|cancelacion de (?:la )?(?:deportacion|"
     r"remocion)|(?:deportation|removal) (?:case|proceedings)|"
     r"juicio de (?:deportacion|inmigracion)|caso de deportacion|"
     r"notices? to appear|nta|notificacion de comparecencia|"
     r"(?:en|in) (?:the |la )?(?:court|corte)"),
    ("foia", r"foia|records? request|(?:copy of|copia de) (?:my|mi|the|el) (?:file|"
     r"expediente|record|a file)|solicitud de (?:registros|expediente)|mi expediente|"
     r"my (?:immigration )?(?:file|records?)"),
    ("i485", r"green ?cards?|adjust(?:ment|ing)?(?: of| my)?(?: status)?|ajuste(?: de)?"
     r"(?: estatus| estado)?|tarjeta verde|residencia(?: permanente)?|permanent "
     r"residen\w+|(?:la|mi) mica"),
    ("visa", r"visas?|ds 160|ds 260|consul\w+|embass(?:y|ies)|embajada"),
    ("i130", r"(?:family|spouse|marriage|relative) petition|petition for (?:my|a|an "
     r"alien) \w+|petition (?:my|his|her) \w+|peticion (?:familiar|"
     r"matrimonial|(?:para|por|de) (?:mi |mis |la |el |su )?(?:espos[oa]|hij[oa]s?|"
     r"mama|papa|madre|padre|herman[oa]|conyuge|familia|familiar|matrimonio))|"
     r"pedir a mi \w+|alien relative"),
)  # fmt: skip
# "Remove the conditions on my green card" is the first, not the second.
_SAYS_MORE: Final[Mapping[str, tuple[str, ...]]] = {
    "i751": ("i485",),
    "i765": ("i485", "i589"),
    "court": ("i485", "i589"),
    "other": ("visa", "i485"),
}
_WHERE: Final = (
    ("foia", r"foia|records (?:office|center)|(?:centro|oficina) de registros"),
    ("court", r"(?:immigration )?(?:court|judge|eoir)|(?:corte|tribunal|juez)"
     r"(?: de (?:in)?migracion)?"),
    ("consulate", r"consul\w+|embass(?:y|ies)|embajadas?|nvc|state department|"
     r"national visa center|administrative processing|departamento de estado"),
    ("fbi", r"fbi|name check|background checks?|security checks?|(?:chequeo|revision|"
     r"verificacion) de (?:antecedentes|nombre|seguridad)|antecedentes"),
    ("uscis", r"uscis|field office|service center|asylum office|oficina (?:local|de "
     r"asilo)|centro de servicio|(?:in|im)?migration|(?:in)?migracion"),
)  # fmt: skip
_HAPPENED: Final = (
    ("rfe", r"rfes?|requests? for (?:more )?evidence|ask\w* (?:\w+ )?for (?:more )?"
     r"(?:evidence|documents|papers|proof)|more (?:evidence|documents)|(?:pidieron|"
     r"solicitud(?:es)? de|carta de) (?:mas )?(?:pruebas?|documentos|evidencias?|"
     r"papeles)|mas (?:pruebas|documentos)"),
    ("biometrics", r"biometrics?|bio|biometricos?|biometria|finger ?prints?|"
     r"finger ?printed|(?:las )?huellas?(?: digitales)?"),
    ("interview", r"interview(?:ed|s)?|entrevista(?:s|ron|do|da)?"),
    ("transfer", r"transfer\w*|trasla\w+|transfir\w+|moved (?:\w+ )?to (?:another|a "
     r"different) (?:office|center)"),
)  # fmt: skip
_TRIED: Final = (
    ("ombudsman", r"ombuds\w+|defensor\w*|cis ?omb"),
    ("congress", r"congres\w+|senators?|senador(?:a|es)?|representative|"
     r"representante|diputad[oa]s?"),
    ("expedite", r"expedit\w+|aceler\w+|agili[cz]\w+|"
     r"(?:tramite|pedido|solicitud) urgente"),
    ("lawyer", r"lawyers?|attorneys?|abogad[oa]s?|licenciad[oa]s?|legal aid"),
    ("inquiry", r"inquir(?:y|ies)|enquir(?:y|ies)|service request|e request|called|"
     r"phoned|wrote to|emailed|consultas?|llame|llamamos|escribi|averigue|"
     r"pregunt[aeo]\w*|infopass|emma"),
)  # fmt: skip
# Countries that are read; with any other the question is asked again.
_COUNTRIES: Final = (
    r"honduras|guatemala|salvador|nicaragua|costa rica|panama|belize|belice|"
    r"republica dominicana|dominican republic|cuba|haiti|jamaica|"
    r"trinidad|guyana|ecuador|colombia|venezuela|peru|bolivia|chile|argentina|"
    r"uruguay|paraguay|brazil|brasil|india|pakistan|bangladesh|nepal|china|hong kong|"
    r"taiwan|philippines|filipinas|vietnam|korea|corea|japan|japon|spain|espana|"
    r"portugal|italy|italia|france|francia|germany|alemania|poland|polonia|ukraine|"
    r"ucrania|russia|rusia|turkey|turquia|egypt|egipto|morocco|marruecos|nigeria|"
    r"ghana|senegal|kenya|ethiopia|yemen|united kingdom|england|inglaterra"
)
# Before a country these say where somebody is from, or where a visa is asked for.
_NOT_HOME: Final = "".join(
    f"(?<!{words}{article} )"
    for words in (
        *("from", "soy de", "vengo de", "vine de", "consulate in", "embassy in"),
        *("consulado de", "consulado en", "embajada de", "embajada en"),
    )
    for article in ("", " the", " la", " el")
)
_HOME: Final = (
    ("nj", r"nj|west new york|(?:new |nueva )?jersey(?: city)?|newark|paterson|"
     r"trenton|camden|hoboken|hackensack|union city|perth amboy|passaic"),
    ("ny", r"ny|nyc|washington heights|(?:new|nueva) york|brooklyn|queens|"
     r"(?:the |el )?bronx|manhattan|"
     r"staten island|long island|westchester|buffalo|yonkers|hempstead"),
    ("elsewhere", r"(?:another|other|otro|different) (?:state|country|estado|pais|"
     r"lugar|place)|elsewhere|somewhere else|outside|fuera|abroad|canada|puerto rico|"
     rf"dc|{_NOT_HOME}(?:mexico|{_COUNTRIES})|"
     + "|".join(
         sorted(
             fold(state.name)
             for state in us.states.STATES
             if state.abbr not in ("NY", "NJ")
         )
     )),
)  # fmt: skip
# Words on our own buttons that alone say what is meant, and in a sentence may not.
_ALONE: Final[Mapping[str, Mapping[str, str]]] = {
    "filed": {
        "court": "court", "corte": "court", "tribunal": "court", "family": "i130",
        "familia": "i130", "waiver": "i601a", "perdon": "i601a", "records": "foia",
        "documentos": "foia", "registros": "foia",
        "permiso": "i765", "permit": "i765",
    },
    "where": {
        "records": "foia", "documentos": "foia",
        "registros": "foia",
    },
}  # fmt: skip
_SMALL: Final = re.compile(
    r"^(?:(?:its|it is|is|in|at|for|of|the|a|an|my|es|en|de|por|para|el|la|los|las|un|"
    r"una|mi|mis) )+"
)
_TABLES: Final = {
    "filed": _FILED,
    "where": _WHERE,
    "happened": _HAPPENED,
    "tried": _TRIED,
    "home": _HOME,
}
_NOTHING: Final = frozenset(
    {
        *("no", "none", "nothing", "none of them", "none of these", "not yet", "never"),
        *("nothing yet", "nothing at all", "nada", "ninguno", "ninguna", "nada aun"),
        *("todavia nada", "nada todavia", "aun nada", "no nada", "no nothing", "nope"),
        *("ninguna de ellas", "ninguno de estos", "todavia no", "aun no", "not really"),
        *("nothing has happened", "no ha pasado nada", "no one", "no he hecho nada"),
        *("i havent tried anything", "no he intentado nada", "neither", "ni uno"),
    }
)
_NOTHING_MORE: Final = re.compile(
    r"^(?:nothing|nada)(?: \w+){0,3}$|"
    r"^(?:todavia |aun |ya )?no (?:he|hemos|ha|han) \w+ nada(?: \w+){0,3}$"
)
# What was called off, or is still to come, did not happen.
_NOT_YET: Final = re.compile(
    r"\b(?:cancel\w*|postpon\w*|reschedul\w*|scheduled|upcoming|next|will|"
    r"reprogram\w*|programad[ao]s?|pospu\w+|proxim[ao]|pendiente|pending)\b"
)
_OTHER: Final = frozenset(
    {"other", "another", "otro", "otra", "otra cosa", "something else", "otro tramite"}
)
_NOT_KNOWN: Final = re.compile(
    r"^(?:i )?(?:dont|do not|didnt) (?:really )?(?:know|remember)\b(?: .{0,30})?$|"
    r"^(?:im )?not (?:really )?sure(?: .{0,20})?$|^i forgot$|^idk$|^no idea$|"
    r"^unknown$|^(?:yo )?no (?:lo )?(?:se|recuerdo)\b(?: .{0,30})?$|"
    r"^no me acuerdo$|^no estoy segur[oa]$|^ni idea$|"
    r"^quien sabe$|^who knows$"
)
_CLAUSES: Final = re.compile(r"[,.;:!\n]| but | pero | although | aunque | except ")
_DENIES: Final = re.compile(
    r"\b(?:no|not|never|without|sin|ni|nunca|havent|hasnt|didnt|wasnt|dont|neither|"
    r"nor|tampoco|falta|waiting for|esperando)\b"
)


def is_not_known(text: str) -> bool:
    """Return whether somebody says that they do not know.

    >>> is_not_known("No sé."), is_not_known("I don't know when"), is_not_known("no")
    (True, True, False)
    """
    return bool(_NOT_KNOWN.match(fold(text[:_READ_SIGNS])))


def read_choices(field: str, text: str) -> tuple[str, ...]:
    """Return the choices that a text speaks of, in the order of the question.

    >>> read_choices("happened", "fingerprints yes, but no interview")
    ('biometrics',)
    >>> read_choices("filed", "mi residencia, la I-485")
    ('i485',)
    """
    short = text[:_READ_SIGNS]
    folded = fold(short)
    if field == "filed":
        found = _filed(short, folded)
    elif field in ("happened", "tried"):
        found = _affirmed(_TABLES[field], short)
        if not found and (folded in _NOTHING or _NOTHING_MORE.match(folded)):
            found = (NONE,)
    elif field == "where" and is_not_known(text):
        found = (UNKNOWN,)
    else:
        found = _named(_TABLES.get(field, ()), folded)
    if len(folded.split()) > _MOST_WORDS:
        return ()
    return tuple(choice for choice in POSSIBLE.get(field, ()) if choice in found)


def choice_alone(field: str, text: str) -> str | None:
    """Return the choice that a lone word of a button stands for.

    >>> choice_alone("filed", "La corte."), choice_alone("filed", "a court date")
    ('court', None)
    """
    word = _SMALL.sub("", fold(text[:_READ_SIGNS]))
    return _ALONE.get(field, {}).get(word)


def _filed(text: str, folded: str) -> tuple[str, ...]:
    lowered = text.lower()
    forms = [(m["letters"] + m["number"] + m["end"]) for m in _FORM.finditer(lowered)]
    found = [_form(name) for name in forms]
    if not found:
        found = [_form_of_number(m["number"]) for m in _BARE_FORM.finditer(folded)]
    if found:  # A number says more than the words beside it.
        return tuple(found)
    if folded in _OTHER:
        return ("other",)
    named = _named(_FILED, folded)
    hidden = {less for choice in named for less in _SAYS_MORE.get(choice, ())}
    return tuple(choice for choice in named if choice not in hidden)


def _form(name: str) -> str:
    return _FORMS.get(name) or _FORMS.get(re.sub("[a-z]$", "", name), "other")


def _form_of_number(number: str) -> str:
    return f"n{number}" if number == "400" else f"i{number}"


def _named(rows: Sequence[tuple[str, str]], folded: str) -> tuple[str, ...]:
    found = []
    for choice, words in rows:
        left = re.sub(rf"\b(?:{words})\b", " ", folded)
        if left != folded:
            found.append(choice)
            folded = left
    return tuple(found)


def _affirmed(rows: Sequence[tuple[str, str]], text: str) -> tuple[str, ...]:
    """Return what is named and not denied in the same part of the sentence."""
    found: list[str] = []
    for clause in _CLAUSES.split(text.lower()):
        folded = fold(clause)
        if _NOT_YET.search(folded):
            continue
        denied = _DENIES.search(folded)
        found += _named(rows, folded[: denied.start()] if denied else folded)
    return tuple(found)
