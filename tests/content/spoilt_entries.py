"""Ways to spoil one entry's file so that it must not be taken up."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from tests.builders import edit
from tests.content.spoilt import DOOR, PUERTA, edited, removed, written

SHORT = "You may keep the door closed."


def _nested(root: Path) -> None:
    edit(root / DOOR, "aliases: []", "aliases: " + "[" * 90_000)


def _laughing(root: Path) -> None:
    lines = ["aliases:", "- &a [x, x]", *(f"- &{c} [*a, *a]" for c in "bcdefgh")]
    edit(root / DOOR, "aliases: []", "\n".join(lines))


def _doubled(root: Path) -> None:
    for code in ("en", "es"):
        shutil.copy(root / f"rights/door_knock.{code}.md", root / "warrants")


def _pipe(root: Path) -> None:
    (root / DOOR).unlink()
    os.mkfifo(root / DOOR)


def _dead_link(root: Path) -> None:
    (root / DOOR).unlink()
    (root / DOOR).symlink_to(root / "nowhere.md")


def _folder(root: Path) -> None:
    (root / DOOR).unlink()
    (root / DOOR).mkdir()


SPOILT: dict[str, tuple[str, Callable[[Path], None]]] = {
    "empty": (DOOR, written(DOOR, b"")),
    "half written": (DOOR, lambda root: os.truncate(root / DOOR, 300)),
    "not UTF-8": (PUERTA, written(PUERTA, b"---\nlabel: \xff\n---\n")),
    "one megabyte": (DOOR, written(DOOR, b"x" * 1_000_000)),
    "brackets without end": (DOOR, _nested),
    "parts that repeat parts": (DOOR, _laughing),
    "one language gone": (PUERTA, removed(DOOR)),
    "a dead link": (DOOR, _dead_link),
    "a folder": (DOOR, _folder),
    "a pipe": (DOOR, _pipe),
    "no such status": (DOOR, edited(DOOR, "status: draft", "status: drat")),
    "a moment for a day": (
        DOOR,
        edited(DOOR, "as_of: 2026-07-15", "as_of: 2026-07-15 10:00:00"),
    ),
    "a day that is none": (
        DOOR,
        edited(DOOR, "as_of: 2026-07-15", "as_of: 2026-02-31"),
    ),
    "an id in two groups": (DOOR, _doubled),
    "an alias of another's id": (
        DOOR,
        edited(DOOR, "aliases: []", "aliases: [jail_hold]"),
    ),
    "a question with a colon": (
        DOOR,
        edited(DOOR, "questions:\n", "questions:\n- a: b\n"),
    ),
    "approved by nobody": (
        DOOR,
        edited(DOOR, "status: draft", "status: approved"),
    ),
    "a source nobody knows": (DOOR, edited(DOOR, "- usc-1", "- plyler")),
    "a fact nobody knows": (DOOR, edited(DOOR, SHORT, "Pay {{fact:nope}}.")),
    "a fact in one language": (
        PUERTA,
        edited(DOOR, SHORT, "Pay {{fact:bond_minimum}}."),
    ),
    "an owner nobody knows": (DOOR, edited(DOOR, "owner: intake", "owner: nobody")),
    "a promise": (DOOR, edited(DOOR, SHORT, "We guarantee it.")),
    "no short answer": (
        DOOR,
        edited(DOOR, f"{SHORT} Ask for a warrant signed by a judge.", ""),
    ),
    "a page of a short answer": (DOOR, edited(DOOR, SHORT, "You may. " * 32)),
}
