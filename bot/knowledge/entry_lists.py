"""Reads the lists of entries: what new visitors see, what a lone word may mean."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from pathlib import Path
from typing import Final

from bot.core.errors import ContentError, Fault, Wording
from bot.core.matching import fold
from bot.core.messages import MAX_OPTIONS
from bot.knowledge.registers import read_mapping

STARTERS: Final = "starters.yml"
LONE_WORDS: Final = "lone_words.yml"
_MOST_STARTERS: Final = 4
# Beside them a person is offered.
_MOST_MEANINGS: Final = MAX_OPTIONS - 1

_Lists = dict[str, tuple[str, ...]]


def read_starters(root: Path) -> _Lists:
    """Return the ids of entries by group; none if there is no such file.

    Raises:
        ContentError: a group has no list, or too long a one.
    """
    return _read(root, STARTERS, _MOST_STARTERS)


def read_lone_words(root: Path) -> _Lists:
    """Return the ids of entries by word, folded; none if there is no such file.

    Raises:
        ContentError: words have no list, or too long a one, or stand twice.
    """
    meanings: _Lists = {}
    faults = []
    for words, names in _read(root, LONE_WORDS, _MOST_MEANINGS).items():
        for word in map(fold, words.split(",")):
            if word in meanings:
                problem = Wording("{word} stands twice", word=repr(word))
                remedy = "Keep it in one line only."
                faults.append(Fault(_name(root, LONE_WORDS), words, problem, remedy))
            meanings[word] = names
    if faults:
        raise ContentError(faults)
    return meanings


def unknown_entries(
    root: Path, file: str, lists: Mapping[str, Sequence[str]], known: Container[str]
) -> list[Fault]:
    """Return a fault for every id in a file that no entry has."""
    return [
        Fault(
            _name(root, file),
            key,
            Wording("no entry {name}", name=repr(name)),
            "Mend or remove the id.",
        )
        for key, names in lists.items()
        for name in names
        if name not in known
    ]


def _read(root: Path, file: str, most: int) -> _Lists:
    path = root / file
    if not path.is_file():
        return {}
    faults = []
    lists = {}
    for key, names in read_mapping(path, root).items():
        if not isinstance(names, list) or not 1 <= len(names) <= most:
            remedy = Wording("Write one to {most} ids of entries: [id, id].", most=most)
            faults.append(Fault(_name(root, file), str(key), "no such list", remedy))
            continue
        lists[str(key)] = tuple(map(str, names))
    if faults:
        raise ContentError(faults)
    return lists


def _name(root: Path, file: str) -> str:
    return (root / file).relative_to(root.parent).as_posix()
