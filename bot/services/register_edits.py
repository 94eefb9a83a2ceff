"""Staff change a source, a dated figure or the owners: checked, noted and committed."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from bot.core.entries import Source
from bot.core.errors import (
    ChangedByOther,
    ContentError,
    Fault,
    StorageError,
    Wording,
)
from bot.core.facts import FactValue
from bot.core.languages import LANGUAGES, Language
from bot.core.staff import Staff
from bot.knowledge.check_citations import source_citation_fault
from bot.knowledge.check_registers import (
    future_faults,
    gap_faults,
    number_faults,
    order_faults,
    said_faults,
)
from bot.knowledge.entry_lines import paragraphs
from bot.knowledge.files import name_of, read_text
from bot.knowledge.register_lines import with_item, with_owners
from bot.knowledge.registers import (
    fact_in,
    read_mapping,
    read_office,
    read_owners,
    source_in,
)
from bot.services.edit_commits import Commit, commit
from bot.services.editing import Editing, require
from bot.services.register_changes import what_changed
from bot.storage import audit
from bot.storage import knowledge_edits as edits

SOURCES: Final = "sources.yml"
OFFICE: Final = "office.yml"
_MOST_SUBJECT: Final = 40
_MOST_WHY: Final = 1000
# What the audit keeps of a change, and of what was before and what is now.


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


def file_with(root: Path, kind: str, key: str) -> str | None:
    """Return the file that holds an item, None where there is none of that name.

    Raises:
        ContentError: a file cannot be read.
    """
    files = [SOURCES] if kind == "source" else fact_files(root)
    return next((file for file in files if raw_item(root, file, key) is not None), None)


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

    def changed(text: str, name: str) -> tuple[str, str]:
        row = raw_item(root, edit.file, edit.key)
        is_taken = is_new and file_with(root, edit.kind, edit.key) is not None
        if is_taken or item_base(row) != edit.base:
            raise ChangedByOther
        after = with_item(text, name, edit.key, edit.row)
        faults = item_faults(editing, edit)
        if faults:
            raise ContentError(faults)
        read = source_in if edit.kind == "source" else fact_in
        read(name, edit.key, edit.row)
        return after, what_changed(row or {}, edit.row, edit.why)

    action = f"{edit.kind}_{'added' if is_new else 'changed'}"
    return _write(editing, edit, action, changed)


def item_faults(editing: Editing, edit: ItemEdit) -> list[Fault]:
    """Return all that is wrong with what an item would say.

    Fields that it lacks are passed over: the form tells them.
    """
    file, row = f"{editing.root.name}/{edit.file}", edit.row
    today = editing.today(edit.now)
    faults = list(future_faults(file, "checked_on", row.get("checked_on"), today))
    if edit.kind == "source":
        return [*faults, *_source_faults(file, edit)]
    sources = read_mapping(editing.root / SOURCES, editing.root)
    source = row.get("source")
    if source is not None and source not in sources:
        problem = Wording("'{name}' is unknown", name=source)
        faults.append(Fault(file, "source", problem, "Add the source."))
    return [*faults, *_value_faults(file, row)]


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

    def changed(text: str, name: str) -> tuple[str, str]:
        # Owners that are no list are told, and not written over.
        read_office(editing.root)
        owners = read_owners(editing.root)
        if owner in owners:
            raise ChangedByOther
        return with_owners(text, name, [*owners, owner]), ""

    edit = ItemEdit(OFFICE, owner, {}, "", staff, now, why)
    return _write(editing, edit, "owner_added", changed)


def _write(
    editing: Editing,
    edit: ItemEdit,
    action: str,
    changed: Callable[[str, str], tuple[str, str]],
) -> Commit:
    path = editing.root / edit.file
    name, before = name_of(path, editing.root), ""
    try:
        with editing.storage.begin() as session:
            # Whoever writes files waits here: what is read now is what is replaced.
            edits.take_turn(session, edit.now)
            text = read_text(path, name)
            after, detail = changed(text, name)
            subject = edit.key[:_MOST_SUBJECT]
            audit.note(session, edit.now, edit.staff.id, action, subject, detail)
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


def _source_faults(file: str, edit: ItemEdit) -> list[Fault]:
    row, faults = edit.row, list[Fault]()
    for field, language in _TITLES.items():
        faults += said_faults(file, field, {language: str(row.get(field) or "")})
    url, citation = str(row.get("url") or ""), str(row.get("citation") or "")
    if url and not url.startswith("https://"):
        problem = Wording("{address} is not https", address=url)
        faults.append(Fault(file, "url", problem, "Use the https address."))
    source = Source(edit.key, {}, citation, url, date.min, False)
    fault = source_citation_fault(source, file) if citation else None
    return [*faults, *([replace(fault, field="citation")] if fault else [])]


_TITLES: Final[Mapping[str, Language]] = {"title": "en", "title_es": "es"}


def _value_faults(file: str, row: Mapping[str, Any]) -> list[Fault]:
    faults: list[Fault] = []
    values: list[FactValue] = []
    for value in row["values"]:
        said = {code: str(value.get(code) or "") for code in LANGUAGES}
        for language in LANGUAGES:
            faults += said_faults(file, language, {language: said[language]})
        faults += number_faults(file, "es", said)
        first, last = value.get("valid_from"), value.get("valid_to")
        if isinstance(first, date):
            values.append(FactValue(said, first, last))
    if len(values) == len(row["values"]):
        faults += order_faults(file, "valid_to", values)
        faults += gap_faults(file, "valid_to", values)
    return faults


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
