"""Hears that somebody is about to be deported: a day or an hour is near."""

from __future__ import annotations

import re
from typing import Final

# "Deportation" that names a court, a case or a paper, not a plane.
_IN_COURT: Final = re.compile(
    r"\b(?:deportation|removal) (?:hearings?|court|cases?|proceedings?|process|"
    r"defen[cs]e|orders?|officers?|judge|lawyers?|attorneys?|letter|relief)\b|"
    r"\b(?:corte|orden(?:es)?|casos?|procesos?|audiencias?|defensa|jue[zc](?:es)?|oficial|"
    r"abogad[oa]s?|carta|cita|tribunal) (?:de|en|contra|para)(?: la| mi| su)? "
    r"deportacion\b"
)
# Where people of New York and New Jersey are sent to, and how they name it.
_COUNTRY: Final = (
    r"(?:mexico|guatemala|honduras|(?:el )?salvador|nicaragua|ecuador|colombia|peru|"
    r"venezuela|(?:la )?(?:dominican republic|republica dominicana|dominicana)|haiti|"
    r"jamaica|bra[zs]il|cuba|bolivia|panama|costa rica|china|india|egypt|egipto|guinea|"
    r"uganda|(?:s(?:u|us)|tu|mi|his|her|their|my) (?:home )?(?:country|pais(?:es)?))"
)
_REMOVAL: Final = "|".join(
    (
        r"deports?|deporting|deportation|being removed",
        r"(?:be|being|gets?|getting|is|are|im|hes|shes|theyre|r) (?:\w+ )?deported",
        r"removal (?=flight|plane|date|is|scheduled|set|on|in)",
        r"(?:put|putting|puts) (?:\w+ ){1,3}on (?:a|the) (?:plane|flight)",
        r"(?:send|sending|sends|fly|flying|flies|ship|shipping) (?:\w+ ){1,3}"
        rf"(?:back to|out of the country|home to|to {_COUNTRY})",
        rf"(?:being|getting|gets|be|is) (?:sent|shipped|flown) (?:back )?to {_COUNTRY}",
        r"deport(?:an|ar|aran|ara|acion|ando|en)(?:l[oae]s?|me|nos|se)?",
        r"(?:ser|sera|seran|sea|sean|sale|salen|se l[oa]s? \w+) deportad[oa]s?",
        r"(?:mand|regres|devuelv|devolv|sub|sac|ech|llev)"
        r"(?:an|en|ar|er|ir|aran|eran|iran|ando)(?:l[oae]s?|me|nos)? (?:\w+ ){0,3}"
        rf"(?:del pais|al avion|a un avion|de regreso a|a {_COUNTRY})",
    )
)
_DAY: Final = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day",
    r"(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo)",
)
# In ten days or more there is time to read on and to ask.
_NEAR: Final = "|".join(
    (
        r"today|tonight|tonite|tom+[aeo]?r+[ao]?w|tmrw|tmw|in the morning|right now|rn",
        r"this (?:morning|afternoon|evening|week|weekend)|next week|about to",
        rf"(?<!last )(?:(?:on|this|next|by) )?{_DAY[0]}|hours away|\d+ hours",
        r"(?:in|within) (?:an? |the next |\w+ )?(?:few )?(?:hours?|hrs|minutes?)",
        r"(?:in|within) (?:a |the next |(?!\d\d)\w+ )?(?:few )?days?",
        r"any (?:minute|hour|day|moment)|scheduled|booked|(?:is|was) set|set for",
        r"(?:has|have|got|gave (?:\w+ )?) ?a date|at the airport|last minute",
        r"hoy|esta (?:noche|tarde|manana|semana|madrugada)|manana|en el aeropuerto",
        rf"(?:el|este|es) {_DAY[1]}(?! pasado)|ya mero|ahorita|a punto de",
        r"(?:en|dentro de) (?:\w+ )?(?:horas?|minutos?)|(?:de|en la) madrugada",
        r"(?:en|dentro de) (?:(?!\d\d)\w+ )?dias?|ultim[oa] (?:hora|minuto)",
        r"la (?:proxima semana|semana que viene|otra semana)",
        r"(?:dieron|tiene|tienen|hay|pusieron) (?:ya )?fecha",
        r"fecha (?:de|para|del)(?: la| su| el)? (?=deport|vuelo)",
        r"(?:tiene|tienen) (?:ya )?(?:vuelo|boleto|asiento)|le toca|programad[oa]",
        r"en cualquier momento",
    )
)
_SOON: Final = re.compile(
    rf"\b(?:{_REMOVAL})\b.{{0,80}}?\b(?:{_NEAR})\b|"
    rf"\b(?:{_NEAR})\b.{{0,80}}?\b(?P<removal>{_REMOVAL})\b|"
    r"\b(?:deportation|removal) date\b"
)
# Somebody whom the visitor knows, or wants to save: news are about nobody.
_SOMEBODY: Final = re.compile(
    r"\b(?:my|his|me|us|our|him|her|he|she|hes|shes|im|i|we|were|them|mi|mis|me|nos|"
    r"lo|le|les|nuestr[oa]s?|\w+ar(?:l[oa]s?|me|nos)|"
    r"l[ao]s? (?:van|estan|deport\w*|mandan|regresan|suben|devuelven)|"
    r"stop|cancel|delay|parar|paro|detener|frenar|evitar)\b"
)
_SUPPOSED: Final = re.compile(
    r"\b(?:if|what happens|how (?:soon|fast|long|quick\w*)|"
    r"(?:afraid|scared|worried|fear) (?:\w+ ){0,4}(?:will|would|might|could|may|of)\b|"
    r"(?:can|could|would|may|might|do) (?:\w+ ){1,2}(?:just )?deport\b|"
    r"(?:can|could|would|may|might|does) (?:\w+ ){1,6}(?:(?:be|get) )?deport(?:ed)?\b|"
    r"will (?:i|ice|he|she|they) (?:\w+ )?deport|"
    r"(?:is|are) (?:he|she|they|ice) (?:going to|gonna)|"
    r"si (?:me|lo|la|los|nos|le|ellos|ice|mi|no)|en caso de|que pasa|"
    r"(?:puede|pueden|podrian?) (?:\w+ ){0,2}(?:deport(?!acion)|mandar|regresar|sacar)|"
    r"cuanto (?:tarda|tardan|tiempo)|miedo (?:de |a )?que)"
)


def is_deported_soon(folded: str) -> bool:
    """Return whether a folded message tells that somebody's deportation is near.

    >>> is_deported_soon("they deport my husband tomorrow can a lawyer stop it")
    True
    >>> is_deported_soon("can they deport me tomorrow without a judge")
    False
    """
    told = _IN_COURT.sub(" ", folded)
    found = _SOON.search(told)
    if found is None or _SOMEBODY.search(told) is None:
        return False
    removal = max(found.start(), found.start("removal"))
    supposed = _SUPPOSED.search(told)
    return supposed is None or supposed.start() > removal
