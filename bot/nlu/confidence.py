"""Decides which intent counts: courtesies must be sure, emergencies come first."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Final

from bot.core.understanding import (
    CRISIS,
    DEPORTATION,
    GROUP_INTENT_PREFIX,
    NOW,
    OUT_OF_SCOPE,
    TOLD,
)
from bot.nlu.courtesies import NO_WORDS, CourtesyWords
from bot.nlu.wishes import may_be_wish
from bot.services.request_codes import find_code_in

EMERGENCY_INTENT: Final = "report_emergency"
CRISIS_INTENT: Final = "crisis"
REQUEST_INTENT: Final = "check_request"
_SHORT_WORDS: Final = 8
# A long message is seldom a mere courtesy: it must look much more like one.
_NEEDED_SHORT: Final = 0.5
_NEEDED_LONG: Final = 0.85


def choose_intent(
    text: str,
    likely: Mapping[str, float],
    signals: Set[str],
    courtesies: CourtesyWords = NO_WORDS,
) -> str:
    """Return the intent to act on; `courtesies` tells what a word or two can mean.

    >>> choose_intent("hello", {"greet": 0.9, "ask_rights": 0.1}, frozenset())
    'greet'
    >>> choose_intent("ice is here", {"greet": 0.9, "ask_rights": 0.1}, {"now"})
    'report_emergency'
    """
    if CRISIS in signals:
        return CRISIS_INTENT
    if signals & {NOW, DEPORTATION}:
        return EMERGENCY_INTENT
    if find_code_in(text) is not None:
        return REQUEST_INTENT
    candidates = {
        name: value
        for name, value in likely.items()
        if name not in (CRISIS_INTENT, EMERGENCY_INTENT)
    }
    best = max(candidates, key=candidates.__getitem__)
    if _is_question(best):
        return best
    needed = _NEEDED_SHORT if len(text.split()) <= _SHORT_WORDS else _NEEDED_LONG
    is_meant = courtesies.may_be(best, text) and may_be_wish(best, text, likely[best])
    if candidates[best] >= needed and is_meant:
        return best
    questions = {
        name: value for name, value in candidates.items() if _is_question(name)
    }
    return max(questions, key=questions.__getitem__) if questions else best


def _is_question(intent: str) -> bool:
    named = intent in (
        "ask_more",
        "ask_sources",
        "ask_capabilities",
        "ask_bot_feelings",
    )
    return intent in (OUT_OF_SCOPE, TOLD) or (
        intent.startswith(GROUP_INTENT_PREFIX) and not named
    )
