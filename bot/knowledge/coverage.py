"""Tells how much of a message an entry speaks about: "police" is not enough."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import copy
from functools import lru_cache
from typing import Final

from bot.core.matching import fold

_PREFIX: Final = 5


class Coverage:
    """The share of a message's telling words that stand in an entry's texts."""

    def __init__(
        self, texts: Mapping[str, Iterable[str]], everyday: Iterable[str]
    ) -> None:
        """Take each entry's texts, and texts in which everyday words can be counted."""
        self._words = {entry: _counted(lines) for entry, lines in texts.items()}
        self._seen: Counter[str] = Counter()
        self._documents = 0
        for text in everyday:
            self._documents += 1
            self._seen.update(set(stems(text)))
        self._weigh()

    def changed(
        self,
        texts: Mapping[str, Iterable[str]],
        entries: Collection[str],
        new: Sequence[str],
        gone: Sequence[str],
    ) -> Coverage:
        """Return the coverage after some entries changed, without reading all again.

        `texts` are those of the entries that changed or are new, `entries` all that
        there are now; `new` and `gone` are everyday texts.
        """
        after = copy(self)
        after._words = {
            name: self._words[name] for name in entries if name not in texts
        }
        after._words |= {entry: _counted(lines) for entry, lines in texts.items()}
        after._seen = self._seen.copy()
        for text in new:
            after._seen.update(set(stems(text)))
        for text in gone:
            after._seen.subtract(set(stems(text)))
        after._documents += len(new) - len(gone)
        after._weigh()
        return after

    def _weigh(self) -> None:
        self._weights = {
            word: math.log((1 + self._documents) / (1 + count))
            for word, count in self._seen.items()
            if count > 0
        }
        self._unseen = math.log(1 + self._documents)

    def of(
        self, text: str, entries: Sequence[str], left_out: str | None = None
    ) -> list[float]:
        """Return for each entry the share, 0 to 1, of the text's weight that it covers.

        `left_out` names the entry that the text itself is an example of: words
        that stand only in this example do not count.
        """
        weights = {word: self._weights.get(word, self._unseen) for word in stems(text)}
        total = sum(weights.values())
        if not total:
            return [0.0] * len(entries)
        shares = []
        for entry in entries:
            needed = 2 if entry == left_out else 1
            counts = self._words[entry]
            covered = sum(w for word, w in weights.items() if counts[word] >= needed)
            shares.append(covered / total)
        return shares


def _counted(lines: Iterable[str]) -> Counter[str]:
    return Counter(stem for text in lines for stem in set(stems(text)))


@lru_cache(maxsize=4096)
def _stem(word: str) -> str:
    return word[:_PREFIX]


def stems(text: str) -> list[str]:
    """Return the beginnings of a text's words, so that endings do not matter.

    >>> stems("Arrested, arrestado!")
    ['arres', 'arres']
    """
    return [_stem(word) for word in fold(text).split()]
