"""Lets an index take up edited questions in seconds: what it learned is kept beside."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.examples import REJECTED, Example

Rows = NDArray[np.int64]
# A whole index is built anew where more than this share of the examples changed.
MOST_CHANGED = 0.02


@dataclass(frozen=True)
class Learned:
    """How much each example counted for each entry, in the order of the index's rows.

    `keys` stand for the examples, entry and text together.
    """

    keys: NDArray[np.uint64]
    dual: NDArray[np.float16]

    def save(self, path: Path) -> None:
        """Write it as plain arrays."""
        partial = path.with_suffix(".partial.npz")
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savez(partial, keys=self.keys, dual=self.dual)
        partial.replace(path)

    @classmethod
    def load(cls, path: Path) -> Learned:
        """Return what save() wrote.

        Raises:
            OSError, ValueError, KeyError: the file is missing or damaged.
        """
        with np.load(path, allow_pickle=False) as stored:
            return cls(stored["keys"], stored["dual"])


@dataclass(frozen=True)
class Change:
    """Which examples are new, gone or known and where; which classes are touched.

    `kept_from` and `gone` are rows of the former index, the others of the present
    one. `ours` and `theirs` are the columns of the classes that both have.
    """

    new: Rows
    kept: Rows
    kept_from: Rows
    gone: Rows
    ours: Rows
    theirs: Rows
    touched: Rows


def names_of(examples: Sequence[Example]) -> list[str]:
    """Return the entries in the order of their columns; rejected ones are last."""
    return [*sorted({example.entry for example in examples} - {REJECTED}), REJECTED]


def labels_of(examples: Sequence[Example], names: Sequence[str]) -> Rows:
    """Return the column of each example's entry."""
    column_of = {name: column for column, name in enumerate(names)}
    return np.array([column_of[example.entry] for example in examples])


def learned_of(
    examples: Sequence[Example], dual: NDArray[np.float32], order: Rows
) -> Learned:
    """Return what an index learned; `order` is that of the index's rows."""
    return Learned(_keys(examples)[order], dual[order].astype(np.float16))


def share_of_changed(learned: Learned, examples: Sequence[Example]) -> float:
    """Return how many examples are new or gone, as a share of the present ones."""
    keys = _keys(examples)
    new = np.count_nonzero(~np.isin(keys, learned.keys))
    gone = np.count_nonzero(~np.isin(learned.keys, keys))
    return (new + gone) / len(keys) if len(keys) else 1.0


def change_of(
    learned: Learned,
    names_before: Sequence[str],
    examples: Sequence[Example],
    names: Sequence[str],
    labels: Rows,
) -> Change:
    """Return what differs between the examples learned and these."""
    keys = _keys(examples)
    # A title that is also a question stands there twice: each has a row of its own.
    rows_of: dict[int, list[int]] = {}
    for row, key in enumerate(learned.keys):
        rows_of.setdefault(int(key), []).append(row)
    before = np.array([(rows_of.get(int(key)) or [-1]).pop() for key in keys])
    kept, new = np.flatnonzero(before >= 0), np.flatnonzero(before < 0)
    column_before = {name: column for column, name in enumerate(names_before)}
    ours = np.flatnonzero([name in column_before for name in names])
    theirs = np.array([column_before[names[column]] for column in ours], dtype=int)
    gone = np.setdiff1d(np.arange(len(learned.keys)), before)
    # What was forgotten counted most for its own entry.
    of_gone = {names_before[column] for column in np.argmax(learned.dual[gone], axis=1)}
    column_of = {name: column for column, name in enumerate(names)}
    touched = {column_of[name] for name in of_gone if name in column_of}
    touched |= {int(column) for column in labels[new]}
    columns = np.array(sorted(touched), dtype=int)
    return Change(new, kept, before[kept], gone, ours, theirs, columns)


def _keys(examples: Sequence[Example]) -> NDArray[np.uint64]:
    digests = (
        hashlib.blake2b(f"{e.entry}\0{e.text}".encode(), digest_size=8).digest()
        for e in examples
    )
    return np.frombuffer(b"".join(digests), dtype=np.uint64)
