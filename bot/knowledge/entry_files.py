"""Reads and writes the two files of an entry: both or none."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from bot.core.errors import ChangedByOther, ContentError, Fault, Wording
from bot.core.languages import LANGUAGES, Language
from bot.knowledge.files import name_of, read_text

# The audit holds this many characters.
MAX_ID: Final = 40
_NAME: Final = re.compile(r"[a-z0-9_]+")
# Folders beside the entries that hold no entries.
_NOT_GROUPS: Final = frozenset({"facts", "phrases"})
# A writer needs milliseconds; what is this old was left behind.
_LEFT_BEHIND: Final = timedelta(seconds=30)
# id, then the hashes of: the other file as written, this one before, this one after.
_WAITING: Final = re.compile(
    r"\.(?P<id>[a-z0-9_]+)\.(?P<language>en|es)\."
    r"(?P<other>\w{16})\.(?P<before>\w{16})\.(?P<after>\w{16})\.\w+\.new"
)


@dataclass(frozen=True)
class EntryTexts:
    """An entry's files as they stand; `base` tells whether they changed since."""

    group: str
    id: str
    texts: Mapping[Language, str]
    base: str


def base_of(texts: Mapping[Language, str]) -> str:
    """Return the hash that names a pair of file texts; "" for no text at all."""
    if not any(texts.values()):
        return ""
    joined = "\0".join(texts.get(language, "") for language in LANGUAGES)
    return hashlib.sha256(joined.encode()).hexdigest()


def read_texts(root: Path, entry_id: str) -> EntryTexts | None:
    """Return the texts of an entry's files, or None where there is no such file.

    Raises:
        ContentError: a file is too large or not UTF-8, or the id stands in two groups.
    """
    if not _NAME.fullmatch(entry_id):
        return None
    paths = [
        path
        for language in LANGUAGES
        for path in sorted(root.glob(f"*/{entry_id}.{language}.md"))
    ]
    groups = sorted({path.parent.name for path in paths})
    if not groups:
        return None
    if len(groups) > 1:
        name = f"{root.name}/{groups[1]}/{entry_id}.en.md"
        problem = Wording("this id also stands in {group}", group=groups[0])
        raise ContentError([Fault(name, "id", problem, "Rename or remove one.")])
    texts: dict[Language, str] = {}
    for language in LANGUAGES:
        text = _read(root, root / groups[0] / f"{entry_id}.{language}.md")
        if text is not None:
            texts[language] = text
    return EntryTexts(groups[0], entry_id, texts, base_of(texts)) if texts else None


def name_faults(root: Path, group: str, entry_id: str) -> list[Fault]:
    """Return what is wrong with the name of a new entry or of its group."""
    if _NAME.fullmatch(entry_id):
        standing = root.glob(f"*/{entry_id}.e[ns].md")
        if group in {path.parent.name for path in standing}:
            return []
    file = f"{root.name}/{group}/{entry_id}.en.md"
    faults = []
    if not _NAME.fullmatch(entry_id) or len(entry_id) > MAX_ID:
        remedy = Wording(
            "Use small letters, digits and _, at most {most}.", most=MAX_ID
        )
        faults.append(Fault(file, "id", "is no name of an entry", remedy))
    if not _NAME.fullmatch(group) or group in _NOT_GROUPS or len(group) > MAX_ID:
        faults.append(Fault(file, "group", "is no group", "Choose one of the groups."))
    return faults


def write_texts(
    root: Path,
    group: str,
    entry_id: str,
    texts: Mapping[Language, str],
    base: str | None = None,
) -> None:
    """Write both files of an entry, so that a reader meets old or new, never half.

    With one language, only that file is written; an unchanged file is not touched.

    Raises:
        ChangedByOther: the files are no longer those of `base`.
        ContentError: the group or id is no name, or the folder cannot be written.
    """
    faults = name_faults(root, group, entry_id)
    if faults:
        raise ContentError(faults)
    before = read_texts(root, entry_id)
    old = before.texts if before else {}
    if base is not None and base_of(old) != base:
        raise ChangedByOther
    changed = {code: text for code, text in texts.items() if old.get(code) != text}
    try:
        _write(root / group, entry_id, changed, old, texts)
    except OSError as error:
        name = f"{root.name}/{group}/{entry_id}"
        problem = Wording(
            "cannot be written ({why})", why=os.strerror(error.errno or 0)
        )
        remedy = "Ask whoever runs the server: the assistant must own this folder."
        raise ContentError([Fault(name, "file", problem, remedy)]) from None


def take_back(root: Path, group: str, entry_id: str, before: EntryTexts | None) -> None:
    """Bring files back to what they were before a write whose record was not kept.

    Raises:
        ContentError: the folder cannot be written.
    """
    old = before.texts if before else {}
    for language in LANGUAGES:
        if language not in old:
            (root / group / f"{entry_id}.{language}.md").unlink(missing_ok=True)
    if old:
        write_texts(root, group, entry_id, old)


def finish_interrupted(root: Path, now: datetime) -> int:
    """Finish or remove what a crash left between two files; return how many files.

    The second file is brought in only where the first one stands as it was written
    and nobody touched the second since.
    """
    found = 0
    for path in root.glob("*/.*.new"):
        match = _WAITING.fullmatch(path.name)
        if match is None:
            continue
        try:
            age = now.timestamp() - path.stat().st_mtime
            if age < _LEFT_BEHIND.total_seconds():
                continue
            language: Language = "en" if match["language"] == "en" else "es"
            other: Language = "es" if language == "en" else "en"
            target = path.with_name(f"{match['id']}.{language}.md")
            stands = {
                "other": _mark(_read(root, _file(path.parent, match["id"], other))),
                "before": _mark(_read(root, target)),
                "after": _mark(_read(root, path)),
            }
            is_whole = stands == {key: match[key] for key in stands}
            if is_whole and language == "es":
                path.replace(target)
            else:
                path.unlink()
        except (OSError, ContentError):
            continue
        found += 1
    return found


def _write(
    folder: Path,
    entry_id: str,
    changed: Mapping[Language, str],
    old: Mapping[Language, str],
    texts: Mapping[Language, str],
) -> None:
    folder.mkdir(exist_ok=True)
    waiting: dict[Path, Path] = {}
    done: list[Path] = []
    both = {**old, **texts}
    try:
        for code in (code for code in LANGUAGES if code in changed):
            other: Language = "es" if code == "en" else "en"
            marks = (_mark(both.get(other)), _mark(old.get(code)), _mark(changed[code]))
            token = secrets.token_hex(4)
            target = _file(folder, entry_id, code)
            path = folder / f".{entry_id}.{code}.{'.'.join(marks)}.{token}.new"
            waiting[path] = target
            _put(path, changed[code], target)
        for path, target in waiting.items():
            path.replace(target)
            done.append(target)
    except OSError:
        _undo(done, entry_id, old)
        raise
    finally:
        for path in waiting:
            path.unlink(missing_ok=True)
    _sync(folder)


def _undo(done: list[Path], entry_id: str, old: Mapping[Language, str]) -> None:
    for target in done:
        code: Language = "en" if target.name == f"{entry_id}.en.md" else "es"
        if code not in old:
            target.unlink(missing_ok=True)
            continue
        path = target.with_name(f".{target.name}.{secrets.token_hex(4)}.new")
        _put(path, old[code], target)
        path.replace(target)


def _put(path: Path, text: str, target: Path) -> None:
    with path.open("xb") as file:
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())
    if target.is_file():
        path.chmod(target.stat().st_mode & 0o777)


def _sync(folder: Path) -> None:
    """Make the new names outlast a power cut, where the system can."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    except OSError:
        return
    finally:
        os.close(descriptor)


def _file(folder: Path, entry_id: str, language: Language) -> Path:
    return folder / f"{entry_id}.{language}.md"


def _read(root: Path, path: Path) -> str | None:
    return read_text(path, name_of(path, root)) if path.exists() else None


def _mark(text: str | None) -> str:
    return hashlib.sha256(b"" if text is None else text.encode()).hexdigest()[:16]
