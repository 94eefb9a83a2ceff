"""Turns the folder knowledge/ into a KnowledgeBase, or says all that is wrong."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Final

from bot.core.entries import JURISDICTIONS, STATUSES, Entry, EntryText
from bot.core.errors import ContentError, Fault
from bot.core.languages import LANGUAGES, Language
from bot.knowledge.base import KnowledgeBase, by_any_id
from bot.knowledge.canned_file import read_canned
from bot.knowledge.desk_file import read_desk
from bot.knowledge.files import EntryFile, read_entry_file
from bot.knowledge.registers import read_facts, read_office, read_phrases, read_sources
from bot.knowledge.starters import check_starters, read_starters

_ENTRY_NAME: Final = re.compile(r"(?P<id>[a-z0-9_]+)\.(?P<language>en|es)\.md")
_SHARED_FIELDS: Final = {
    "id", "label", "aliases", "jurisdiction", "status", "owner", "as_of", "review_by",
    "volatile", "emergency", "sources", "related", "questions",
}  # fmt: skip
_APPROVAL_FIELDS: Final = {"approved_by", "approved_on"}
_EXCEPTION_FIELDS: Final = {"reading_level_exception"}
_SPANISH_FIELDS: Final = {"label", "translated_on", "questions"}


def load_knowledge(root: Path) -> KnowledgeBase:
    """Return the knowledge base in a folder.

    Raises:
        ContentError: with every fault that keeps a file from being read.
    """
    files, faults = read_entry_files(root)
    entries: dict[str, Entry] = {}
    for (group, entry_id), languages in sorted(files.items()):
        try:
            entry = build_entry(group, entry_id, languages)
        except ContentError as error:
            faults += error.faults
            continue
        if entry.id in entries:
            faults.append(
                languages["en"].fault(
                    "id", "this id stands in two groups", "Rename one."
                )
            )
        entries[entry.id] = entry
    registers: list[Any] = []
    readers: tuple[Callable[[Path], Any], ...] = (
        read_sources,
        read_facts,
        read_office,
        read_phrases,
        read_starters,
        read_desk,
        read_canned,
    )
    for read in readers:
        try:
            registers.append(read(root))
        except ContentError as error:
            faults += error.faults
    if faults:
        raise ContentError(faults)
    sources, facts, office, phrases, starters, desk, canned = registers
    check_starters(root, starters, by_any_id(entries))
    return KnowledgeBase(
        entries=entries,
        sources=sources,
        facts=facts,
        office=office,
        phrases=phrases,
        starters=starters,
        desk=desk,
        canned=canned,
        version=fingerprint(root),
        _by_any_id=by_any_id(entries),
    )


def knowledge_files(root: Path) -> list[Path]:
    """Return the files that count, in a fixed order; editors' swap files do not."""
    paths = [*root.glob("*/*.md"), *root.glob("*.yml"), *root.glob("*/*.yml")]
    return sorted(path for path in paths if not path.name.startswith((".", "~", "#")))


def fingerprint(root: Path) -> str:
    """Return a short hash of all knowledge files, the same on every machine."""
    digest = hashlib.sha256()
    for path in knowledge_files(root):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0")
        digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


Pair = dict[Language, EntryFile]


def read_entry_files(root: Path) -> tuple[dict[tuple[str, str], Pair], list[Fault]]:
    """Return the entry files by group, id and language, and the faults met."""
    files: dict[tuple[str, str], Pair] = {}
    faults: list[Fault] = []
    for path in knowledge_files(root):
        if path.suffix != ".md":
            continue
        name = path.relative_to(root.parent).as_posix()
        match = _ENTRY_NAME.fullmatch(path.name)
        if match is None:
            remedy = "Name it <id>.en.md or <id>.es.md, in small letters."
            faults.append(Fault(name, "file name", "not a name of an entry", remedy))
            continue
        language: Language = "en" if match["language"] == "en" else "es"
        try:
            file = read_entry_file(path, name, language)
        except ContentError as error:
            faults += error.faults
            continue
        files.setdefault((path.parent.name, match["id"]), {})[language] = file
    return files, faults


def build_entry(group: str, entry_id: str, files: Pair) -> Entry:
    """Return the entry that its two language files make.

    Raises:
        ContentError: with every wrong or missing field.
    """
    missing = [language for language in LANGUAGES if language not in files]
    if missing:
        name = next(iter(files.values())).name
        remedy = f"Write {entry_id}.{missing[0]}.md in the same folder."
        raise ContentError(
            [Fault(name, "languages", f"no '{missing[0]}' file", remedy)]
        )
    english, spanish = files["en"], files["es"]
    faults = _field_faults(
        english, _SHARED_FIELDS, _APPROVAL_FIELDS | _EXCEPTION_FIELDS
    )
    faults += _field_faults(spanish, _SPANISH_FIELDS, _EXCEPTION_FIELDS)
    if not faults:
        faults = _value_faults(english, entry_id)
    if faults:
        raise ContentError(faults)
    fields = english.fields
    return Entry(
        id=entry_id,
        group=group,
        aliases=tuple(map(str, fields["aliases"])),
        jurisdiction=str(fields["jurisdiction"]),
        status=str(fields["status"]),
        owner=str(fields["owner"]),
        as_of=fields["as_of"],
        review_by=fields["review_by"],
        volatile=bool(fields["volatile"]),
        emergency=bool(fields["emergency"]),
        sources=tuple(map(str, fields["sources"])),
        related=tuple(map(str, fields["related"])),
        texts={"en": _text(english), "es": _text(spanish)},
        approved_by=fields.get("approved_by"),
        approved_on=fields.get("approved_on"),
    )


def _text(file: EntryFile) -> EntryText:
    return EntryText(
        title=file.title,
        label=str(file.fields["label"]),
        short=file.short,
        details=file.details,
        next_step=file.next_step,
        questions=tuple(str(question) for question in file.fields["questions"]),
    )


def _field_faults(file: EntryFile, wanted: set[str], allowed: set[str]) -> list[Fault]:
    present = set(file.fields)
    faults = [
        file.fault(field, "this field is missing", f"Add a line '{field}: ...'.")
        for field in sorted(wanted - present)
    ]
    faults += [
        file.fault(str(field), "no such field", "Remove it or mend its spelling.")
        for field in sorted(map(str, present - wanted - allowed))
    ]
    questions = file.fields.get("questions")
    if "questions" in present and not (isinstance(questions, list) and questions):
        faults.append(
            file.fault("questions", "no list", "Write each as '  - question'.")
        )
    return faults


def _value_faults(file: EntryFile, entry_id: str) -> list[Fault]:
    fields, faults = file.fields, []
    if fields["id"] != entry_id:
        faults.append(
            file.fault("id", "differs from the file name", f"Write {entry_id}.")
        )
    for field, allowed in (("jurisdiction", JURISDICTIONS), ("status", STATUSES)):
        if fields[field] not in allowed:
            remedy = f"Write one of: {', '.join(allowed)}."
            faults.append(file.fault(field, f"'{fields[field]}' is not known", remedy))
    for field in ("as_of", "review_by"):
        if not isinstance(fields[field], date):
            faults.append(file.fault(field, "no date", "Write it as 2026-07-15."))
    for field in ("volatile", "emergency"):
        if not isinstance(fields[field], bool):
            faults.append(
                file.fault(field, "neither true nor false", "Write true or false.")
            )
    for field in ("aliases", "sources", "related"):
        if not isinstance(fields[field], list):
            faults.append(file.fault(field, "no list", "Write it as [one, two]."))
    return faults
