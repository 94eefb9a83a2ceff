"""Says at once what cannot wait for the result: a denial, a notice of a court."""

from __future__ import annotations

from datetime import date
from typing import Final

from bot.core.delay import DENIED, YES, Answers
from bot.core.delay_rules import line_of, road_of
from bot.core.languages import Language
from bot.knowledge.base import KnowledgeBase
from bot.services.delay_events import names_court_notice, says_denied
from bot.services.delay_findings import spoken_value
from bot.services.delay_kept import without
from bot.services.delay_reading import read_choices
from bot.services.delay_replies import Said

_ON_DENIAL: Final = ("delay_waited_denied",)
_ON_REFUSED_VISA: Final = ("delay_waited_refused",)
# With these papers "my visa" is one of a consulate; with a U visa it is not.
_PAPERS_OF_A_VISA: Final = frozenset({"", "visa", "i130"})
_ON_NOTICE: Final = ("delay_waited_court", "delay_risk_missed")


def with_denial(answers: Answers, text: str) -> dict[str, str]:
    """Return the answers with what a text tells of a denial, at any question."""
    is_denied = says_denied(text)
    if is_denied is None:
        return dict(answers)
    return {**answers, DENIED: YES} if is_denied else without(answers, DENIED)


def alert(
    asked: str,
    text: str,
    answers: Answers,
    knowledge: KnowledgeBase,
    language: Language,
    today: date,
) -> Said:
    """Return what a text makes us say before anything else; often nothing.

    `answers` as they stand after the text.
    """
    if says_denied(text):
        keys = _ON_REFUSED_VISA if _is_of_visa(text, answers) else _ON_DENIAL
        return _lines(keys, knowledge, language, today)
    # As what was filed it is an answer, and the check goes on about the court.
    if asked != "filed" and names_court_notice(text):
        return _lines(_ON_NOTICE, knowledge, language, today)
    return Said()


def _is_of_visa(text: str, answers: Answers) -> bool:
    """Whether what was denied is a visa; the ways of 30 days are not said of one."""
    is_named = read_choices("filed", text) == ("visa",)
    return road_of(answers) == "visa" or (
        is_named and answers.get("filed", "") in _PAPERS_OF_A_VISA
    )


def _lines(
    keys: tuple[str, ...], knowledge: KnowledgeBase, language: Language, today: date
) -> Said:
    """Return lines with the first one's entry to read on, where that may be shown."""
    lines = [line_of(key) for key in keys]
    entry = knowledge.find(lines[0].entry or "")
    if entry is None:
        return Said()
    values = {
        name: spoken_value(name, value, knowledge, language, today)
        for line in lines
        for name, value in line.values.items()
    }
    return Said(keys, values, entry.id)
