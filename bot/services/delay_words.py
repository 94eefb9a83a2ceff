"""Knows what a typed message means to the delay check: a value, "done", "go on"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from bot.core.consultations import CHANGE, CONFIRM
from bot.core.delay import POSSIBLE, SKIPPED, is_several
from bot.core.intake import CANCEL, SEND
from bot.core.languages import LANGUAGES, Language
from bot.core.matching import fold
from bot.knowledge.base import KnowledgeBase
from bot.services.delay_events import dated_parts
from bot.services.delay_months import read_month
from bot.services.delay_reading import choice_alone, is_not_known, read_choices
from bot.services.delay_replies import SHOW, choice_key
from bot.services.intake_words import whole_choice

_RESUME: Final = frozenset(
    {
        *("where were we", "where was i", "continue", "go on", "resume", "keep going"),
        *("lets continue", "lets go on", "back to the check", "donde ibamos"),
        *("en que ibamos", "donde quedamos", "en que quedamos", "seguir", "continuar"),
        *("continue por favor", "sigamos", "seguimos", "donde estabamos", "siga"),
    }
)
_DONE: Final = frozenset(
    {
        *(
            "done",
            "im done",
            "finished",
            "that is all",
            "thats all",
            "thats it",
            "ready",
        ),
        *("listo", "lista", "eso es todo", "es todo", "ya", "ya esta", "nada mas"),
        *("nothing else", "no more", "terminado", "ya termine", "thats everything"),
    }
)
_SKIPS: Final = re.compile(
    r"^(?:(?:i|we) (?:would )?(?:prefer|rather|choose)|id (?:prefer|rather)|prefer) "
    r"(?:to )?not (?:to )?(?:say|tell|answer|share)(?: .{1,20})?$|"
    r"^i (?:dont|do not) (?:want|wish|care) to (?:say|tell|answer|share)(?: .{1,20})?$|"
    r"^(?:yo )?(?:prefiero|preferiria) no (?:decir|contestar|responder|contar)\w*"
    r"(?: .{1,20})?$|"
    r"^(?:yo )?no (?:lo )?(?:quiero|deseo|quisiera) (?:decir|contestar|responder|"
    r"contar)\w*(?: .{1,20})?$"
)
_SHOWS: Final = re.compile(
    r"^(?:(?:yes|yeah|ok|okay|si|claro|please|por favor) )*(?:show(?: it| me| them)*|"
    r"mu?estr[ae](?:me|melo|lo|noslo)?)(?: please| por favor)?$"
)
# They end a question only after something was chosen: "is there more?" "No."
_NO_MORE: Final = frozenset(
    {"no", "none", "nothing", "nada", "next", "siguiente", "no gracias", "no thanks"}
)


@dataclass(frozen=True)
class Value:
    """What a text gave for a question: a value, or the phrase that says why not."""

    text: str | None = None
    is_about: bool = False
    problem: str | None = None


def wants_to_resume(text: str) -> bool:
    """Return whether somebody asks where the check stopped.

    >>> wants_to_resume("¿Dónde íbamos?"), wants_to_resume("where is USCIS")
    (True, False)
    """
    return fold(text) in _RESUME


def wants_to_skip(text: str) -> bool:
    """Return whether somebody would rather not answer.

    >>> wants_to_skip("No quiero decir."), wants_to_skip("quiero decir marzo")
    (True, False)
    """
    return bool(_SKIPS.match(fold(text)))


def is_done(text: str, has_chosen: bool) -> bool:
    """Return whether somebody has no more to choose.

    >>> is_done("Listo.", True), is_done("no", True), is_done("listo", False)
    (True, True, False)
    """
    return has_chosen and fold(text) in _DONE | _NO_MORE


def read_confirming(text: str, knowledge: KnowledgeBase) -> str | None:
    """Return what the whole message says to the summary: show, change or cancel."""
    for choice in (SHOW, CHANGE, CANCEL):
        if _is_label(text, CONFIRM, choice, knowledge):
            return choice
    if _SHOWS.match(fold(text)):
        return SHOW
    said = whole_choice(text, CONFIRM, (SEND, CHANGE, CANCEL), knowledge)
    return SHOW if said == SEND else said


def read_value(
    field: str,
    text: str,
    language: Language,
    today: date,
    knowledge: KnowledgeBase | None = None,
) -> Value:
    """Return what a text gives for a question.

    `knowledge`: the question was just asked, and its labels are listened to as well.
    """
    if field == "since":
        return _read_since(text, language, today, is_asked=knowledge is not None)
    if knowledge is not None:
        for choice in POSSIBLE.get(field, ()):
            if _is_label(text, field, choice, knowledge):
                return Value(choice)
        alone = choice_alone(field, text)
        if alone is not None:
            return Value(alone)
    found = read_choices(field, text)
    if set(found) == {"uscis", "fbi"}:
        found = ("fbi",)  # A check of the FBI is what an office waits for.
    if len(found) == 1 or (found and is_several(field)):
        return Value(" ".join(found))
    if found and field == "filed":
        return Value(problem="delay_one_case")
    return Value(SKIPPED) if field in POSSIBLE and is_not_known(text) else Value()


def _read_since(text: str, language: Language, today: date, is_asked: bool) -> Value:
    parts = dated_parts(text)
    waiting = read_month(parts.filing, language, today)
    if waiting is None and is_asked:
        # The month of an interview may be meant; it is said, so that it can be mended.
        waiting = read_month(parts.event, language, today)
        waiting = replace(waiting, is_about=True) if waiting else None
    if waiting is None:
        return Value(SKIPPED) if is_not_known(text) else Value()
    if not waiting.month:
        return Value(problem="delay_since_range")
    return Value(waiting.month, waiting.is_about)


def _is_label(text: str, asked: str, choice: str, knowledge: KnowledgeBase) -> bool:
    key, folded = choice_key(asked, choice), fold(text)
    return any(folded == fold(knowledge.phrase(key, code)) for code in LANGUAGES)
