"""Hears what cannot wait: agents at the door, despair, a deportation that is near."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from re import Pattern
from typing import Final

from bot.core.matching import fold
from bot.core.understanding import (
    CRISIS,
    DEPORTATION,
    GUESSED,
    NOW,
    PERHAPS_NOW,
)
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
    signals |= _happening(folded, emergency)
    if is_deported_soon(folded):
        signals.add(DEPORTATION)
    return frozenset(signals)


def signals_of(
    texts: Iterable[str], emergency: float = 0.0, crisis: float = 0.0
) -> frozenset[str]:
    """Return the signals in any wording of one message; what one says is no guess.

    >>> sorted(signals_of(["ice is hear", "ice is here"], emergency=0.7))
    ['now']
    """
    heard = [find_signals(text, emergency, crisis) for text in texts]
    is_said = any(NOW in signals and GUESSED not in signals for signals in heard)
    unsaid = {GUESSED, PERHAPS_NOW} if is_said else set[str]()
    return frozenset[str]().union(*heard) - unsaid


@dataclass(frozen=True)
class _Scene:
    """What the words of a message tell of a scene."""

    is_present: bool
    is_urgent: bool
    is_told_of: bool
    is_habit: bool
    is_cry: bool
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
            is_habit=has(words.HABIT),
            is_cry=len(folded.split()) <= _CRY_WORDS and has(words.CRY),
            names_something=has_actor or is_there or has(words.SCENE),
        )


def _happening(folded: str, emergency: float) -> frozenset[str]:
    if words.ALONE_ENOUGH.match(folded) or _is_cry_for_help(folded):
        return frozenset({NOW})
    if words.SETTLED.search(folded) and not words.HARD_ACTOR.search(folded):
        is_short = len(folded.split()) <= _CRY_WORDS
        emergency = 0.0 if is_short else emergency
        folded = words.SETTLED.sub(" ", folded)
    if words.OVER.search(folded):
        return frozenset()
    scene = _Scene.of(folded)
    if _is_said(scene, emergency):
        return frozenset({NOW})
    if scene.is_told_of or (scene.is_habit and not scene.is_urgent):
        return frozenset()
    if emergency >= (_LIKELY if scene.names_something else _SURE):
        return frozenset({NOW, GUESSED})
    may_be = scene.names_something and len(folded.split()) > 1 and not scene.is_habit
    is_perhaps = may_be and not words.LATELY.search(folded) and emergency >= _PERHAPS
    return frozenset({PERHAPS_NOW}) if is_perhaps else frozenset()


def _is_said(scene: _Scene, emergency: float) -> bool:
    """Return whether words of the message say that it happens now."""
    if scene.is_present and (scene.is_urgent or not scene.is_told_of):
        return True
    if emergency < _HURRIED:
        return False
    if scene.is_urgent and scene.names_something:
        return True
    # People in a hurry leave the verb out: "inmigracion afuera tocando duro".
    return scene.is_cry and not scene.is_told_of and not scene.is_habit


def _is_cry_for_help(folded: str) -> bool:
    """Return whether a few words only call for help against somebody."""
    said = words.HELP.sub("", folded, count=1).strip()
    if said == folded.strip() or len(folded.split()) > _HELP_WORDS:
        return False
    return words.AGAINST.fullmatch(said) is not None
