"""Finds questions of different entries that a visitor could not tell apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from bot.core.errors import Fault, Wording
from bot.core.languages import LANGUAGES
from bot.knowledge.files import EntryFile
from bot.knowledge.limits import SAME_QUESTION
from bot.knowledge.loader import Pair
from bot.knowledge.spelling import (
    CHARACTER_SHARE,
    LARGEST_LIKENESS,
    SpellingFeatures,
)

Rows = NDArray[np.int32]
_ROWS_AT_ONCE: Final = 500


class _Asked(NamedTuple):
    """A question, the entry it stands in and the file to mend."""

    text: str
    entry: str
    jurisdiction: str
    file: EntryFile


def alike_faults(files: Mapping[tuple[str, str], Pair]) -> Iterator[Fault]:
    """Yield a fault for each pair of nearly equal questions in different entries."""
    for language in LANGUAGES:
        asked = [
            _Asked(
                str(question), entry_id, str(pair["en"].fields["jurisdiction"]), file
            )
            for (_, entry_id), pair in sorted(files.items())
            for file in (pair[language],)
            for question in file.fields["questions"]
        ]
        if asked:
            yield from _alike(asked)


def _alike(asked: list[_Asked]) -> Iterator[Fault]:
    texts = [question.text for question in asked]
    features = SpellingFeatures.fit(texts)
    rows = features.transform(texts)
    first, second = _pairs_with_words_in_common(rows[:, features.first_word :])
    likeness = np.asarray(rows[first].multiply(rows[second]).sum(axis=1)).ravel()
    near = likeness >= SAME_QUESTION * LARGEST_LIKENESS
    for row, column in zip(first[near], second[near]):
        if _are_confused(asked[row], asked[column]):
            yield _fault(asked[row], asked[column])


def _pairs_with_words_in_common(words: sparse.csr_matrix) -> tuple[Rows, Rows]:
    """Return the pairs whose words alone leave near equality possible.

    Letters can add at most CHARACTER_SHARE, so the words must bring the rest; that
    spares comparing the letters of a hundred million pairs.
    """
    least = SAME_QUESTION * LARGEST_LIKENESS - CHARACTER_SHARE
    columns = words.T.tocsr()
    first, second = [], []
    for start in range(0, words.shape[0], _ROWS_AT_ONCE):
        likeness = (words[start : start + _ROWS_AT_ONCE] @ columns).tocoo()
        rows = likeness.row + start
        near = (likeness.data >= least) & (rows < likeness.col)
        first.append(rows[near])
        second.append(likeness.col[near])
    return np.concatenate(first), np.concatenate(second)


def _are_confused(first: _Asked, second: _Asked) -> bool:
    # The name of the state tells the two states' entries apart.
    states = {first.jurisdiction, second.jurisdiction}
    return first.entry != second.entry and states != {"NY", "NJ"}


def nearly(question: str, other: str, entry: str) -> Wording:
    """Return the words that tell of two questions alike."""
    return Wording(
        "'{words}' is nearly '{other}' of {entry}",
        words=question,
        other=other,
        entry=entry,
    )


def _fault(first: _Asked, second: _Asked) -> Fault:
    problem = nearly(second.text, first.text, first.entry)
    return second.file.fault("questions", problem, "Keep it where it fits best.")
