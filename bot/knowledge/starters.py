"""Reads which questions a new visitor is shown first."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from pathlib import Path
from typing import Final

from bot.core.errors import ContentError, Fault, Wording
from bot.knowledge.registers import read_mapping

_FILE: Final = "starters.yml"
_MOST: Final = 4


def read_starters(root: Path) -> dict[str, tuple[str, ...]]:
    """Return the ids of entries by group; none if there is no such file.

    Raises:
        ContentError: a group has no list, or too long a one.
    """
    path = root / _FILE
    if not path.is_file():
        return {}
    faults = []
    starters = {}
    for group, names in read_mapping(path, root).items():
        if not isinstance(names, list) or not 1 <= len(names) <= _MOST:
            remedy = Wording(
                "Write one to {most} ids of entries: [id, id].", most=_MOST
            )
            faults.append(Fault(_name(root), str(group), "no such list", remedy))
            continue
        starters[str(group)] = tuple(map(str, names))
    if faults:
        raise ContentError(faults)
    return starters


def check_starters(
    root: Path, starters: Mapping[str, Sequence[str]], known: Container[str]
) -> None:
    """Make sure that each named entry exists.

    Raises:
        ContentError: naming every id that does not.
    """
    faults = [
        Fault(
            _name(root),
            group,
            Wording("no entry {name}", name=repr(name)),
            "Mend or remove the id.",
        )
        for group, names in starters.items()
        for name in names
        if name not in known
    ]
    if faults:
        raise ContentError(faults)


def _name(root: Path) -> str:
    return (root / _FILE).relative_to(root.parent).as_posix()
