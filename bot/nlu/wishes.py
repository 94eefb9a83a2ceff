"""Knows the words of a wish for a person, and of one for another language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Final

from bot.core.matching import fold

# So sure, the classifier is believed whatever the words.
_SURE: Final = 0.9
_NEARLY: Final = 0.8
# A shorter stem must be the whole word: "esp" is not "esposo".
_SHORT: Final = 4
# "My brother is sick" sounds like a wish for a lawyer, "somos de Guatemala" like one
# for Spanish. Stems: a word begins with one of them, or nearly is one.
_PERSON: Final = (
    "lawyer attorney abogad avogad licenciad law legal person human somebody someone "
    "anyone alguien nadie agent represent operat office oficina firm appointment cita "
    "consult call llam phone telefon number numero email correo talk speak habl "
    "platic explain meet hire contrat retain staff secretar asesor asist client caso "
    "case defend defiend orient profesion attend atend help ayud schedul agend book "
    "apart connect conect comunic transfer pasa pasame opening address direccion visit "
    "marqu marc text whatsapp reach contact message mensaje licensed expert jurist "
    "chat session sesion"
)
_LANGUAGE: Final = (
    "english spanish ingles espanol castellano idioma language lengua translat traduc "
    "eng esp speak habl understand entiend"
)
_STEMS: Final[Mapping[str, tuple[str, ...]]] = {
    "request_consultation": tuple(_PERSON.split()),
    "switch_language": tuple(_LANGUAGE.split()),
}
_WORD: Final = re.compile(r"\w+")


def may_be_wish(intent: str, text: str, likely: float) -> bool:
    """Return whether a message can be a wish for a person or for a language.

    `likely`: how likely the classifier holds the intent, from 0 to 1.

    >>> may_be_wish("request_consultation", "my brother is sick", 0.6)
    False
    >>> may_be_wish("request_consultation", "un avogado x favor", 0.6)
    True
    """
    if intent not in _STEMS or likely >= _SURE:
        return True
    words = _WORD.findall(fold(text))
    return any(_begins_like(word, _STEMS[intent]) for word in words)


def _begins_like(word: str, stems: tuple[str, ...]) -> bool:
    if word in stems:
        return True
    if any(word.startswith(stem) for stem in stems if len(stem) >= _SHORT):
        return True
    return len(word) > _SHORT and bool(get_close_matches(word, stems, 1, _NEARLY))
