"""Finds which earlier answer of the delay check a message puts right."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from bot.core.consultations import CHANGE, CONFIRM
from bot.core.delay import FIELDS, NONE, UNKNOWN, Answers, is_several, with_choice
from bot.core.languages import LANGUAGES, Language
from bot.core.matching import fold
from bot.knowledge.base import KnowledgeBase
from bot.services.delay_words import Value, read_value

_MOST_WORDS: Final = 14
_MONTH_ALONE: Final = 5
_CUE: Final = re.compile(
    r"^(?:no|oh|oops|ups|wait|sorry|perdon|disculp\w+|espere|actually|correction|"
    r"i meant|i mean|my mistake|it was|i made a mistake|change (?:it|that) to|"
    r"quise decir|quiero decir|en realidad|mejor dicho|me equivoque|corrijo|"
    r"correccion|error|era|fue|digo)\b"
)
_ALSO: Final = re.compile(r"\b(?:also|too|as well|plus|tambien|ademas|igual)\b")
_NO: Final = re.compile(
    r"^\s*(?:no|sorry|perd[oó]n|oops|ups)\b[\s,.;:]*", re.IGNORECASE
)
_NAMES: Final[Mapping[str, frozenset[str]]] = {
    "filed": frozenset(
        {"form", "paper", "formulario", "tramite", "what i filed", "filed", "case",
         "caso", "the form", "el formulario", "papel"}
    ),
    "where": frozenset({"where", "office", "donde", "oficina", "agency", "agencia"}),
    "since": frozenset(
        {"date", "since", "when", "month", "year", "fecha", "desde cuando", "cuando",
         "mes", "ano"}
    ),
    "happened": frozenset(
        {"what happened", "happened", "que paso", "lo que paso", "que ha pasado"}
    ),
    "tried": frozenset(
        {"tried", "what i tried", "lo que intente", "que intente", "intentos"}
    ),
    "home": frozenset(
        {"home", "state", "estado", "where i live", "donde vivo", "address"}
    ),
}  # fmt: skip


def named_field(
    text: str, fields: Sequence[str], knowledge: KnowledgeBase
) -> str | None:
    """Return the answered question that a message names, as in "change the date"."""
    words = fold(text).split()
    for start in range(min(3, len(words))):
        named = " ".join(words[start:])
        for field in fields:
            labels = {
                fold(knowledge.phrase(f"delay_label_{field}", language))
                for language in LANGUAGES
            }
            if named in labels or named in _NAMES[field]:
                return field
    return None


def corrected(
    text: str, asked: str, answers: Answers, language: Language, today: date
) -> tuple[str, Value] | None:
    """Return the earlier question that a message answers anew, and its new value.

    At the summary any answer counts; before it, one that begins like a correction, or
    a month alone.
    """
    folded = fold(text)
    if len(folded.split()) > _MOST_WORDS:
        return None
    at_summary = asked in (CONFIRM, CHANGE)
    has_cue = _CUE.match(folded) or _ALSO.search(folded)
    # A month alone puts right one that was taken from something looser.
    fields = FIELDS if at_summary or has_cue else ("since",)
    if not has_cue and not at_summary and len(folded.split()) > _MONTH_ALONE:
        return None
    plain = _NO.sub("", text)
    found = []
    for field in fields:
        if field == asked or field not in answers:
            continue
        value = _new_value(field, plain, answers, language, today)
        if value is not None:
            found.append((field, value))
    if not found or (at_summary and len(found) > 1):
        return None
    return found[-1]  # Of several the one that was asked last.


def _new_value(
    field: str, text: str, answers: Answers, language: Language, today: date
) -> Value | None:
    value = read_value(field, text, language, today)
    if not value.text or value.text in (NONE, UNKNOWN):
        return None
    if is_several(field) and _ALSO.search(fold(text)):
        both = answers[field]
        for choice in value.text.split():
            both = with_choice(both, choice)
        value = Value(both)
    return value if value.text != answers[field] else None
