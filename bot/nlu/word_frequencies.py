"""Tells how common a word is in everyday English and Spanish."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.core.languages import LANGUAGES, Language
from bot.core.matching import fold

# Rarer words are told no more from words that do not exist.
_RAREST: Final = 2.0
UNKNOWN: Final = 1.5
_STEPS: Final = 25


@dataclass(frozen=True)
class WordFrequencies:
    """On the Zipf scale: 3 is once in a million words, 6 once in a thousand.

    Words stand as hashes in order, so that 200,000 take 2 MB and not 40.
    """

    hashes: Mapping[Language, NDArray[np.uint64]]
    steps: Mapping[Language, NDArray[np.uint8]]

    @classmethod
    def from_counts(
        cls, shares: Mapping[Language, Mapping[str, float]]
    ) -> WordFrequencies:
        """Return the table of words with the share of a text that each makes."""
        hashes, steps = {}, {}
        for language, share_of in shares.items():
            known: dict[int, int] = {}
            for word, share in share_of.items():
                zipf = math.log10(share) + 9
                if zipf >= _RAREST and " " not in (folded := fold(word)):
                    key = _hash(folded)
                    known[key] = max(known.get(key, 0), round(zipf * _STEPS))
            hashes[language] = np.array(sorted(known), dtype=np.uint64)
            steps[language] = np.array(
                [known[key] for key in sorted(known)], dtype=np.uint8
            )
        return cls(hashes, steps)

    def zipf(self, word: str, language: Language) -> float:
        """Return how common a folded word is; UNKNOWN if it hardly occurs."""
        hashes, key = self.hashes[language], np.uint64(_hash(word))
        place = int(np.searchsorted(hashes, key))
        if place < len(hashes) and hashes[place] == key:
            return float(self.steps[language][place]) / _STEPS
        return UNKNOWN

    def save(self, path: Path) -> None:
        """Write the table as plain arrays."""
        arrays: dict[str, NDArray[np.uint64] | NDArray[np.uint8]] = {}
        for language in LANGUAGES:
            arrays[f"{language}_hashes"] = self.hashes[language]
            arrays[f"{language}_steps"] = self.steps[language]
        np.savez(path, **arrays)

    @classmethod
    def load(cls, path: Path) -> WordFrequencies:
        """Return the table that save() wrote."""
        with np.load(path, allow_pickle=False) as stored:
            return cls(
                {language: stored[f"{language}_hashes"] for language in LANGUAGES},
                {language: stored[f"{language}_steps"] for language in LANGUAGES},
            )


def everyday_frequencies() -> WordFrequencies:
    """Return the table of the word lists that `wordfreq` brings."""
    # Only training needs the lists: 60 MB once they are read.
    from wordfreq import get_frequency_dict

    return WordFrequencies.from_counts(
        {language: get_frequency_dict(language, "large") for language in LANGUAGES}
    )


def _hash(word: str) -> int:
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "little")
