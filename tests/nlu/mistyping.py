"""Spells questions as people in a hurry do, to see whether they are understood."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from bot.core.matching import fold

_SLIPS: tuple[Callable[[str], str], ...] = (
    lambda word: word.replace("ll", "y"),
    lambda word: word.replace("v", "b") if "v" in word else word.replace("b", "v"),
    lambda word: re.sub(r"(?<!c)h", "", word),
    lambda word: re.sub("c(?=[ei])|z", "s", word),
    lambda word: re.sub("qu(?=[ei])", "k", word),
    lambda word: re.sub("g(?=[ei])", "j", word),
)


def as_it_sounds(text: str, chance: random.Random, slips: int = 2) -> str:
    """Return a Spanish text with some words written as they sound, without accents."""
    words = text.split(" ")
    for place in chance.sample(range(len(words)), len(words)):
        folded = fold(words[place])
        spelt = next(
            (
                new
                for slip in chance.sample(_SLIPS, len(_SLIPS))
                if (new := slip(folded)) != folded and len(new) > 1
            ),
            None,
        )
        if spelt and slips:
            words[place], slips = spelt, slips - 1
    return " ".join(words)


def mistyped(text: str, chance: random.Random, slips: int = 2) -> str:
    """Return a text with a letter of some words swapped, left out or doubled."""
    words = text.split(" ")
    long = [n for n, word in enumerate(words) if len(word) >= 5 and word.isalpha()]
    for place in chance.sample(long, min(slips, len(long))):
        word = words[place]
        at = chance.randrange(1, len(word) - 1)
        middle = chance.choice((word[at + 1] + word[at], word[at + 1], word[at] * 2))
        rest = word[at + 1 :] if middle == word[at] * 2 else word[at + 2 :]
        words[place] = word[:at] + middle + rest
    return " ".join(words)
