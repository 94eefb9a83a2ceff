"""Reads the entries of the folder, each from two files; unchanged ones only once."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bot.core.entries import Entry, EntryText
from bot.core.errors import ContentError, Fault, Wording
from bot.core.languages import LANGUAGES, Language
from bot.knowledge.entry_lines import status_of
from bot.knowledge.fields import field_faults
from bot.knowledge.files import (
    WRITE_FILE,
    EntryFile,
    name_of,
    read_entry_file,
    read_text,
)

_ENTRY_NAME: Final = re.compile(r"(?P<id>[a-z0-9_]+)\.(?P<language>en|es)\.md")

# Group and id of an entry.
Name = tuple[str, str]
Pair = dict[Language, EntryFile]
Stamp = tuple[int, int, int]
_NO_STAMP: Final = (0, 0, 0)
_NOT_OURS: Final = (".", "~", "#")


@dataclass
class EntryPairs:
    """The entry files of a folder; `read` may be called again and again."""

    root: Path
    _kept: dict[Path, tuple[Stamp, EntryFile | ContentError]] = field(
        default_factory=dict
    )

    def read(
        self, stamps: Mapping[Path, Stamp] | None = None
    ) -> tuple[dict[str, Entry], set[str], list[Fault]]:
        """Return the entries, the ids of those that cannot be read, and the faults.

        `stamps` is what stamps_of() said, if it was asked just now.
        """
        stamps = stamps_of(self.root) if stamps is None else stamps
        pairs, faults = self.files(stamps)
        entries: dict[str, Entry] = {}
        for (group, entry_id), pair in sorted(pairs.items()):
            try:
                entries.setdefault(entry_id, build_entry(group, entry_id, pair))
            except ContentError as error:
                # A file that is there but cannot be read was told already.
                if not self._is_there_unread(group, entry_id, pair, stamps):
                    faults += error.faults
        clashing, clashes = _clashes(entries, pairs)
        faults += clashes
        for entry_id in clashing:
            entries.pop(entry_id, None)
        named = {match["id"] for path in stamps if (match := _match(path))}
        return entries, named - entries.keys(), faults

    def _is_there_unread(
        self, group: str, entry_id: str, pair: Pair, stamps: Mapping[Path, Stamp]
    ) -> bool:
        return any(
            self.root / group / f"{entry_id}.{language}.md" in stamps
            for language in LANGUAGES
            if language not in pair
        )

    def withdrawn(
        self, broken: Iterable[str], stamps: Mapping[Path, Stamp]
    ) -> set[str]:
        """Return which of the broken entries are withdrawn all the same.

        Somebody takes a text away because it does harm: a fault must not keep it.
        """
        wanted = {f"{entry_id}.en.md" for entry_id in broken}
        found = set()
        for path in stamps:
            if path.name in wanted:
                with suppress(ContentError):
                    text = read_text(path, path.name)
                    if status_of(text) == "withdrawn":
                        found.add(path.name.split(".")[0])
        return found

    def files(
        self, stamps: Mapping[Path, Stamp] | None = None
    ) -> tuple[dict[Name, Pair], list[Fault]]:
        """Return the entry files by group, id and language, and the faults met."""
        stamps = stamps_of(self.root) if stamps is None else stamps
        files: dict[Name, Pair] = {}
        faults: list[Fault] = []
        for gone in self._kept.keys() - stamps.keys():
            del self._kept[gone]
        for path in sorted(path for path in stamps if path.suffix == ".md"):
            name = name_of(path, self.root)
            match = _match(path)
            if match is None:
                remedy = "Name it <id>.en.md or <id>.es.md, in small letters."
                faults.append(
                    Fault(name, "file name", "not a name of an entry", remedy)
                )
                continue
            language: Language = "en" if match["language"] == "en" else "es"
            file = self._file(path, stamps[path], name, language)
            if isinstance(file, ContentError):
                faults += file.faults
            else:
                files.setdefault((path.parent.name, match["id"]), {})[language] = file
        return files, faults

    def _file(
        self, path: Path, stamp: Stamp, name: str, language: Language
    ) -> EntryFile | ContentError:
        kept = self._kept.get(path)
        if kept is not None and kept[0] == stamp:
            return kept[1]
        found: EntryFile | ContentError
        try:
            found = read_entry_file(path, name, language)
        except ContentError as error:
            found = error
        # Of a file that changes while it is read, the next look sees another stamp.
        self._kept[path] = (stamp, found)
        return found


def knowledge_files(root: Path) -> list[Path]:
    """Return the files that count, in a fixed order; editors' swap files do not."""
    return sorted(stamps_of(root))


def stamps_of(root: Path) -> dict[Path, Stamp]:
    """Return the stamp of every file that counts; it is asked for all the time."""
    found: dict[Path, Stamp] = {}
    for entry in _listed(root):
        if entry.name.startswith(_NOT_OURS):
            continue
        if entry.name.endswith(".yml"):
            found[Path(entry.path)] = _stamp(entry)
        elif "." not in entry.name:
            for file in _listed(Path(entry.path)):
                if file.name.endswith((".md", ".yml")) and not file.name.startswith(
                    _NOT_OURS
                ):
                    found[Path(file.path)] = _stamp(file)
    return found


def _listed(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []


def _stamp(entry: os.DirEntry[str]) -> Stamp:
    try:
        status = entry.stat()
    except OSError:
        return _NO_STAMP
    return (status.st_mtime_ns, status.st_size, status.st_ino)


def stamp_of(path: Path) -> Stamp:
    """Return what changes with a file: its time, size and place; zeros without one."""
    try:
        status = path.stat()
    except OSError:
        return _NO_STAMP
    return (status.st_mtime_ns, status.st_size, status.st_ino)


def build_entry(group: str, entry_id: str, files: Pair) -> Entry:
    """Return the entry that its two language files make.

    Raises:
        ContentError: with every wrong or missing field.
    """
    missing = [language for language in LANGUAGES if language not in files]
    if missing:
        name = next(iter(files.values())).name
        remedy = Wording(WRITE_FILE, file=f"{entry_id}.{missing[0]}.md")
        raise ContentError(
            [
                Fault(
                    name,
                    "languages",
                    Wording("no '{language}' file", language=missing[0]),
                    remedy,
                )
            ]
        )
    english, spanish = files["en"], files["es"]
    faults = field_faults(english, spanish, entry_id)
    if faults:
        raise ContentError(faults)
    fields = english.fields
    return Entry(
        id=entry_id,
        group=group,
        aliases=tuple(fields["aliases"]),
        jurisdiction=str(fields["jurisdiction"]),
        status=str(fields["status"]),
        owner=str(fields["owner"]),
        as_of=fields["as_of"],
        review_by=fields["review_by"],
        volatile=fields["volatile"],
        emergency=fields["emergency"],
        sources=tuple(fields["sources"]),
        related=tuple(fields["related"]),
        texts={"en": _text(english), "es": _text(spanish)},
        approved_by=fields.get("approved_by"),
        approved_on=fields.get("approved_on"),
        approved_text=fields.get("approved_text"),
    )


def _match(path: Path) -> re.Match[str] | None:
    return _ENTRY_NAME.fullmatch(path.name)


def _text(file: EntryFile) -> EntryText:
    return EntryText(
        title=file.title,
        label=str(file.fields["label"]),
        short=file.short,
        details=file.details,
        next_step=file.next_step,
        questions=tuple(str(question) for question in file.fields["questions"]),
    )


def _clashes(
    entries: dict[str, Entry], pairs: dict[Name, Pair]
) -> tuple[set[str], list[Fault]]:
    """Return the ids of entries that claim another's name, and the faults told."""
    clashing: set[str] = set()
    faults: list[Fault] = []
    for entry_id, field_name, problem in _claims(entries, pairs):
        clashing.add(entry_id)
        for (_, other), pair in pairs.items():
            if other == entry_id and "en" in pair:
                faults.append(pair["en"].fault(field_name, problem, "Rename one."))
    return clashing, faults


def _claims(
    entries: dict[str, Entry], pairs: dict[Name, Pair]
) -> Iterator[tuple[str, str, str]]:
    for entry_id, times in Counter(entry_id for _, entry_id in pairs).items():
        if times > 1:
            yield entry_id, "id", "this id stands in two groups"
    claimed = Counter(name for entry in entries.values() for name in entry.aliases)
    for entry in entries.values():
        for name in entry.aliases:
            if name in entries or claimed[name] > 1:
                yield (
                    entry.id,
                    "aliases",
                    Wording("'{name}' is another entry's name", name=name),
                )
