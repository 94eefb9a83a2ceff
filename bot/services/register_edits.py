"""Staff change a source, a dated figure or the owners: checked, noted and committed."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from bot.core.errors import (
    ChangedByOther,
    ContentError,
    Fault,
    StorageError,
    Wording,
)
from bot.core.staff import Staff
from bot.knowledge.check_citations import source_citation_fault
from bot.knowledge.entry_lines import paragraphs
from bot.knowledge.files import name_of, read_text
from bot.knowledge.register_lines import with_item, with_owners
from bot.knowledge.registers import (
    read_facts,
    read_mapping,
    read_owners,
    read_sources,
)
from bot.services.edit_commits import Commit, commit
from bot.services.editing import Editing, require
from bot.storage import audit
from bot.storage import knowledge_edits as edits

SOURCES: Final = "sources.yml"
OFFICE: Final = "office.yml"
_REGISTERS: Final = (SOURCES, OFFICE)
_MOST_SUBJECT: Final = 40
_MOST_WHY: Final = 1000


@dataclass(frozen=True)
class ItemEdit:
    """What somebody wants of an item; `base` names the row they saw, "" for none."""

    file: str
    key: str
    row: Mapping[str, Any]
    base: str
    staff: Staff
    now: datetime
    why: str = ""

    @property
    def kind(self) -> str:
        """The kind of item, as the audit and the commit call it."""
        return "source" if self.file == SOURCES else "fact"


def item_base(row: object) -> str:
    """Return what names an item as it stands; "" where there is none."""
    return "" if row is None else hashlib.sha256(repr(row).encode()).hexdigest()


def raw_item(root: Path, file: str, key: str) -> dict[str, Any] | None:
    """Return an item as its file has it, None where there is none.

    Raises:
        ContentError: the file cannot be read.
    """
    row = read_mapping(root / file, root).get(key)
    return row if isinstance(row, dict) else None


def fact_files(root: Path) -> list[str]:
    """Return the files that hold figures, by their path in the folder."""
    return [f"facts/{path.name}" for path in sorted((root / "facts").glob("*.yml"))]


def save_item(editing: Editing, edit: ItemEdit) -> Commit:
    """Write a source or a figure, new or changed.

    Nobody's answer rests on a new one yet; a changed one changes answers that may be
    approved, so that only who may approve may change it.

    Raises:
        NotAllowed: the role does not allow it.
        ChangedByOther: the item is no longer as it was seen.
        ContentError: it is wrong, or the file cannot be written.
    """
    is_new = not edit.base
    require(edit.staff, "edit_knowledge" if is_new else "approve_knowledge")
    root = editing.root

    def changed(text: str, name: str) -> str:
        if item_base(raw_item(root, edit.file, edit.key)) != edit.base:
            raise ChangedByOther
        after = with_item(text, name, edit.key, edit.row)
        _check_item(root, edit, after)
        return after

    action = f"{edit.kind}_{'added' if is_new else 'changed'}"
    return _write(editing, edit, action, changed)


def add_owner(
    editing: Editing, owner: str, staff: Staff, now: datetime, why: str = ""
) -> Commit:
    """Add a name that may own entries.

    Raises:
        NotAllowed: the role does not allow it.
        ChangedByOther: there is one of that name.
        ContentError: the file cannot be read or written.
    """
    require(staff, "approve_knowledge")

    def changed(text: str, name: str) -> str:
        owners = read_owners(editing.root)
        if owner in owners:
            raise ChangedByOther
        return with_owners(text, name, [*owners, owner])

    edit = ItemEdit(OFFICE, owner, {}, "", staff, now, why)
    return _write(editing, edit, "owner_added", changed)


def _write(
    editing: Editing,
    edit: ItemEdit,
    action: str,
    changed: Callable[[str, str], str],
) -> Commit:
    path = editing.root / edit.file
    name, before = name_of(path, editing.root), ""
    try:
        with editing.storage.begin() as session:
            # Whoever writes files waits here: what is read now is what is replaced.
            edits.take_turn(session, edit.now)
            text = read_text(path, name)
            after = changed(text, name)
            subject = edit.key[:_MOST_SUBJECT]
            audit.note(session, edit.now, edit.staff.id, action, subject)
            # Last: if it fails, the note does not stay either.
            _replace(path, name, after)
            before = text
    except StorageError:
        if before:
            _replace(path, name, before)
        raise
    said = f"knowledge: {action.replace('_', ' ')}: {edit.key}"
    why = paragraphs(edit.why)[:_MOST_WHY]
    message = f"{said}\n\n{why}\n" if why else f"{said}\n"
    return commit(editing.root, [path], edit.staff.name, message)


def _check_item(root: Path, edit: ItemEdit, after: str) -> None:
    """Refuse what the folder's own checks would refuse, read as files are read."""
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / root.name
        shutil.copytree(root / "facts", copy / "facts")
        for file in _REGISTERS:
            shutil.copy(root / file, copy / file)
        (copy / edit.file).write_text(after, encoding="utf-8")
        sources, facts = read_sources(copy), read_facts(copy)
    name = f"{root.name}/{edit.file}"
    if edit.kind == "source":
        fault = source_citation_fault(sources[edit.key], name)
        if fault is not None:
            raise ContentError([fault])
    elif facts[edit.key].source not in sources:
        problem = Wording("'{name}' is unknown", name=facts[edit.key].source)
        raise ContentError([Fault(name, "source", problem, "Add the source.")])


def _replace(path: Path, name: str, text: str) -> None:
    partial = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    try:
        with partial.open("xb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        partial.chmod(path.stat().st_mode & 0o777)
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        problem = Wording(
            "cannot be written ({why})", why=os.strerror(error.errno or 0)
        )
        remedy = "Ask whoever runs the server: the assistant must own this folder."
        raise ContentError([Fault(name, "file", problem, remedy)]) from None
