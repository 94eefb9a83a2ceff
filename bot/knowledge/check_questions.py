"""Finds questions of different entries that a visitor could not tell apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np

from bot.core.errors import Fault
from bot.core.languages import LANGUAGES
from bot.knowledge.files import EntryFile
from bot.knowledge.limits import SAME_QUESTION
from bot.knowledge.loader import Pair
from bot.knowledge.spelling import SpellingFeatures

_ROWS_AT_ONCE: Final = 500
# A row's product with itself (spelling.py: 0.3 letters and 0.2 words).
_WHOLE: Final = 0.5


def alike_faults(files: Mapping[tuple[str, str], Pair]) -> Iterator[Fault]:
    """Yield a warning for each pair of nearly equal questions in different entries."""
    for language in LANGUAGES:
        asked = [
            (str(question), entry_id, pair[language])
            for (_, entry_id), pair in sorted(files.items())
            for question in pair[language].fields["questions"]
        ]
        if asked:
            yield from _alike(asked)


def _alike(asked: list[tuple[str, str, EntryFile]]) -> Iterator[Fault]:
    texts = [text for text, _, _ in asked]
    owners = np.array([entry_id for _, entry_id, _ in asked])
    rows = SpellingFeatures.fit(texts).transform(texts)
    columns = rows.T.tocsr()
    for start in range(0, len(texts), _ROWS_AT_ONCE):
        likeness = (rows[start : start + _ROWS_AT_ONCE] @ columns).tocoo()
        near = likeness.data >= SAME_QUESTION * _WHOLE
        for row, column in zip(likeness.row[near] + start, likeness.col[near]):
            if row < column and owners[row] != owners[column]:
                yield _fault(asked[row], asked[column])


def _fault(
    first: tuple[str, str, EntryFile], second: tuple[str, str, EntryFile]
) -> Fault:
    problem = f"'{second[0]}' is nearly '{first[0]}' of {first[1]}"
    return second[2].fault("questions", problem, "Keep it where it fits best.")
