"""Finds questions of different entries that a visitor could not tell apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from bot.core.errors import Fault
from bot.core.languages import LANGUAGES
from bot.knowledge.files import EntryFile
from bot.knowledge.limits import SAME_QUESTION
from bot.knowledge.loader import Pair
from bot.knowledge.spelling import SpellingFeatures

_ROWS_AT_ONCE: Final = 500
# A row's product with itself (spelling.py: 0.3 letters and 0.2 words).
_WHOLE: Final = 0.5


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
    rows = SpellingFeatures.fit(texts).transform(texts)
    columns = rows.T.tocsr()
    for start in range(0, len(texts), _ROWS_AT_ONCE):
        likeness = (rows[start : start + _ROWS_AT_ONCE] @ columns).tocoo()
        near = likeness.data >= SAME_QUESTION * _WHOLE
        for row, column in zip(likeness.row[near] + start, likeness.col[near]):
            if row < column and _are_confused(asked[row], asked[column]):
                yield _fault(asked[row], asked[column])


def _are_confused(first: _Asked, second: _Asked) -> bool:
    # The name of the state tells the two states' entries apart.
    states = {first.jurisdiction, second.jurisdiction}
    return first.entry != second.entry and states != {"NY", "NJ"}


def _fault(first: _Asked, second: _Asked) -> Fault:
    problem = f"'{second.text}' is nearly '{first.text}' of {first.entry}"
    return second.file.fault("questions", problem, "Keep it where it fits best.")
