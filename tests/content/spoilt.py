"""Spoils a knowledge folder in one place, and finds what is told about it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from bot.core.errors import Fault
from bot.knowledge.checks import check_knowledge
from tests.builders import TODAY, edit

DOOR = "rights/door_knock.en.md"
PUERTA = "rights/door_knock.es.md"
BOND = "detained/bond_money.en.md"
SENTENCE = "You may keep the door closed."


class Spoilt(NamedTuple):
    """How a folder is spoilt, and what must be told about it."""

    file: str
    field: str
    remedy: str
    spoil: Callable[[Path], None]


def edited(place: str, old: str, new: str) -> Callable[[Path], None]:
    """Return what replaces a text in a file."""
    return lambda root: edit(root / place, old, new)


def written(place: str, data: bytes) -> Callable[[Path], None]:
    """Return what overwrites a file."""

    def write(root: Path) -> None:
        (root / place).parent.mkdir(exist_ok=True)
        (root / place).write_bytes(data)

    return write


def removed(place: str) -> Callable[[Path], None]:
    """Return what removes a file."""
    return lambda root: (root / place).unlink()


def faults_at(root: Path, file: str, field: str) -> list[Fault]:
    """Return the errors that name a file and a field."""
    faults = [fault for fault in check_knowledge(root, TODAY) if not fault.is_warning]
    name = f"knowledge/{file}"
    return [fault for fault in faults if (fault.file, fault.field) == (name, field)]
