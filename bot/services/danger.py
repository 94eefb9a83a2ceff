"""Says 911 first where a message tells that somebody is hurt or being hurt."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from bot.core.matching import fold
from bot.core.messages import Reply

_SAID: Final = (
    # English: somebody is wounded, ill, being hurt or threatened.
    r"(?:he|she|someone|somebody|they|my (?:\w+ )?\w+) (?:just )?"
    r"(?:was just|got|is|are|has been|have been) (?:shot|stabbed)",
    r"(?:is|are|im|i am|hes|shes|keeps) (?:\w+ )?"
    r"(?:bleeding|unconscious|not breathing|having a (?:seizure|stroke|heart attack))",
    r"(?:cant|cannot|isnt|stopped) breath(?:e|ing)",
    r"overdos(?:e|ed|ing)",
    r"(?:is|are|hes|shes|theyre|keeps) (?:hitting|beating|choking|stabbing|raping) "
    r"(?:me|us|her|him|my)",
    r"(?:is|hes|shes|are|theyre) going to kill (?:me|us|her|him)",
    r"people (?:are )?(?:hurt|injured)",
    # Spanish.
    r"hay (?:\w+ )?(?:herid[oa]s?|muertos?)",
    r"(?:esta|estoy|estan) (?:muy )?"
    r"(?:sangrando|herid[oa]s?|inconscientes?|muriendo\w*)",
    r"no (?:respira|puede respirar|puedo respirar)",
    r"sobredosis",
    r"(?:me|nos|la|lo|le|les) (?:esta|estan) (?:pegando|golpeando|ahorcando|violando|"
    r"disparando)",
    r"(?:me|nos|le|les) (?:acaban de (?:disparar|apunalar|balear)|"
    r"dispararon|apunalaron|balearon)",
    r"(?:me|nos|la|lo) (?:va|van|quiere|quieren) (?:a )?matar",
    r"le esta dando un (?:infarto|derrame|ataque)",
)
_HURT: Final = re.compile(rf"\b(?:{'|'.join(_SAID)})\b")
# It was, or it only might be.
_NOT_NOW: Final = re.compile(
    r"\b(?:yesterday|last (?:night|week|month|year)|ago|years?|months?|ayer|anoche|"
    r"hace (?:\w+ )?(?:dias?|semanas?|mes(?:es)?|anos?)|if (?:he|she|they|i|someone)|"
    r"what if|que pasa si|si (?:me|alguien|mi|estoy|esta))\b"
)


def with_help_first(reply: Reply, text: str) -> Reply:
    """Return the reply, 911 before all else where a message tells of somebody hurt."""
    if "crisis" in reply.phrases or not is_in_danger(text):
        return reply
    return replace(reply, phrases=("danger", *reply.phrases))


def is_in_danger(text: str) -> bool:
    """Return whether a message tells that somebody is hurt, or is being hurt.

    >>> is_in_danger("me chocaron y hay heridos"), is_in_danger("what if i am hurt")
    (True, False)
    """
    folded = fold(text)
    return _HURT.search(folded) is not None and not _NOT_NOW.search(folded)
