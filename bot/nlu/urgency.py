"""Hears what cannot wait: agents at the door, despair, a deportation that is near."""

from __future__ import annotations

from dataclasses import dataclass
from re import Pattern
from typing import Final

from bot.core.matching import fold
from bot.core.understanding import CRISIS, DEPORTATION, NOW, PERHAPS_NOW
from bot.nlu import urgency_words as words
from bot.nlu.deportation import is_deported_soon
from bot.nlu.despair import has_dark_word, is_in_despair

_CRY_WORDS: Final = 7
_HELP_WORDS: Final = 5
_DESPAIR: Final = 0.75
# How likely the classifier must hold an emergency: by itself; where somebody or
# something of such a scene is named; where the words are those of a hurry; where
# nothing else is found to answer. Measured: docs/accuracy.md, "What cannot wait".
_SURE: Final = 0.8
_LIKELY: Final = 0.6
_HURRIED: Final = 0.35
_PERHAPS: Final = 0.25


def find_signals(
    text: str, emergency: float = 0.0, crisis: float = 0.0
) -> frozenset[str]:
    """Return the signals in a message: those of bot/core/understanding.py, or none.

    `emergency` and `crisis` are how likely the classifier holds those intents.

    >>> sorted(find_signals("la migra está tocando la puerta"))
    ['now']
    >>> sorted(find_signals("what if ice is at my door"))
    []
    """
    folded = fold(text)
    signals = set()
    if is_in_despair(folded) or (crisis >= _DESPAIR and has_dark_word(folded)):
        signals.add(CRISIS)
    if (happening := _happening(folded, emergency)) is not None:
        signals.add(happening)
    if is_deported_soon(folded):
        signals.add(DEPORTATION)
    return frozenset(signals)


@dataclass(frozen=True)
class _Scene:
    """What the words of a message tell of a scene."""

    is_present: bool
    is_urgent: bool
    is_told_of: bool
    is_short: bool
    names_something: bool

    @classmethod
    def of(cls, folded: str) -> _Scene:
        def has(pattern: Pattern[str]) -> bool:
            return pattern.search(folded) is not None

        has_actor, is_there = has(words.ACTOR), has(words.PRESENT)
        return cls(
            is_present=is_there and has_actor,
            is_urgent=has(words.RIGHT_NOW),
            is_told_of=has(words.SUPPOSED) or has(words.PAST),
            is_short=len(folded.split()) <= _CRY_WORDS,
            names_something=has_actor or is_there or has(words.SCENE),
        )


def _happening(folded: str, emergency: float) -> str | None:
    if words.ALONE_ENOUGH.match(folded) or _is_cry_for_help(folded):
        return NOW
    if words.SETTLED.search(folded) and not words.HARD_ACTOR.search(folded):
        is_short = len(folded.split()) <= _CRY_WORDS
        emergency = 0.0 if is_short else emergency
        folded = words.SETTLED.sub(" ", folded)
    if words.OVER.search(folded):
        return None
    scene = _Scene.of(folded)
    if _is_now(folded, scene, emergency):
        return NOW
    has_words = len(folded.split()) > 1
    is_perhaps = scene.names_something and has_words and emergency >= _PERHAPS
    others = (words.HABIT, words.LATELY)
    is_general = any(pattern.search(folded) for pattern in others)
    is_other = scene.is_told_of or is_general
    return PERHAPS_NOW if is_perhaps and not is_other else None


def _is_now(folded: str, scene: _Scene, emergency: float) -> bool:
    if scene.is_present and (scene.is_urgent or not scene.is_told_of):
        return True
    if scene.is_urgent and scene.names_something and emergency >= _HURRIED:
        return True
    is_habit = words.HABIT.search(folded) is not None
    if scene.is_told_of or (is_habit and not scene.is_urgent):
        return False
    # People in a hurry leave the verb out: "inmigracion afuera tocando duro".
    if scene.is_short and words.CRY.search(folded) and emergency >= _HURRIED:
        return True
    needed = _LIKELY if scene.names_something else _SURE
    return emergency >= needed


def _is_cry_for_help(folded: str) -> bool:
    """Return whether a few words only call for help against somebody."""
    said = words.HELP.sub("", folded, count=1).strip()
    if said == folded.strip() or len(folded.split()) > _HELP_WORDS:
        return False
    return words.AGAINST.fullmatch(said) is not None
