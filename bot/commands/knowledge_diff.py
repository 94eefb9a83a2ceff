"""python -m bot knowledge diff: what visitors would read differently than before."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from datetime import datetime, timezone
from pathlib import Path, PurePosixPath
from typing import Final

from bot.commands.knowledge_desk import Desk, open_desk
from bot.core.errors import BotError, RequestGone
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.loader import load_knowledge
from bot.services.editing_history import history
from bot.services.reading_changes import ReadingChange, reading_changes
from bot.services.snapshots import zip_of
from bot.settings import Settings, load_settings

_MONTH: Final = re.compile(r"20\d\d-\d\d")
_REVISION: Final = re.compile(r"[\w./~^@{}-]{1,100}")
_SIGNS: Final = {"same": "  ", "added": "+ ", "removed": "- ", "gap": "  ..."}
_GIT_SECONDS: Final = 30
_KINDS: Final = (".md", ".yml")


def diff(entry_id: str | None, against: str | None) -> int:
    """Print what differs from a revision, a snapshot, or what the console wrote last.

    Raises:
        BotError: there is no such revision, snapshot or entry.
        ContentError: the files then or now cannot be read.
    """
    settings = load_settings()
    now = datetime.now(timezone.utc)
    after = load_knowledge(settings.KNOWLEDGE_DIR)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / settings.KNOWLEDGE_DIR.name
        _restore(settings, against, root, now)
        before = load_knowledge(root)
    if entry_id and not (entry_id in before.entries or entry_id in after.entries):
        raise BotError(f"There is no entry {entry_id!r}, neither then nor now.")
    today = after.desk.local(now).date()
    changes = reading_changes(before, after, today, settings.REQUIRE_APPROVED)
    wanted = [each for each in changes if entry_id in (None, each.entry)]
    tell(wanted, before, after)
    return 0


def tell(
    changes: Iterable[ReadingChange], before: KnowledgeBase, after: KnowledgeBase
) -> None:
    """Print the changes, entry by entry and language by language."""
    count = 0
    for change in changes:
        count += 1
        entry = after.entries.get(change.entry) or before.entries[change.entry]
        print(f"== {entry.group}/{change.entry}: {change.kind}")
        language = ""
        for line in change.lines:
            if line.language != language:
                language = line.language
                print(f"[{language}]")
            print(f"{_SIGNS[line.kind]}{line.text}")
        if change.questions_added or change.questions_removed:
            print(
                f"questions: {change.questions_added} added, "
                f"{change.questions_removed} removed"
            )
        print()
    print(f"Entries that differ for visitors: {count}." if count else "No difference.")


def _restore(
    settings: Settings, against: str | None, root: Path, now: datetime
) -> None:
    """Write the folder as it was."""
    if against is not None and _MONTH.fullmatch(against):
        with open_desk(settings, now) as desk:
            _write(root, _zipped(desk, against))
        return
    files = _of_git(settings.KNOWLEDGE_DIR, against or "HEAD")
    if files is not None:
        _write(root, files)
        return
    if against is not None:
        raise BotError(f"git has no revision {against!r} of the knowledge folder.")
    shutil.copytree(settings.KNOWLEDGE_DIR, root)
    with open_desk(settings, now) as desk:
        _write(root, _latest(desk, root))


def _zipped(desk: Desk, month: str) -> dict[str, bytes]:
    try:
        data = zip_of(desk.storage, month)
    except RequestGone:
        raise BotError(f"No snapshot of {month} is kept.") from None
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {
            PurePosixPath(*PurePosixPath(name).parts[1:]).as_posix(): archive.read(name)
            for name in archive.namelist()
            if len(PurePosixPath(name).parts) > 1
        }


def _of_git(root: Path, revision: str) -> dict[str, bytes] | None:
    """Return the files of a revision by their place in the folder; None without git."""
    if not _REVISION.fullmatch(revision) or revision.startswith("-"):
        return None
    command = ["git", "-C", str(root), "archive", "--format=tar", revision, "--", "."]
    try:
        done = subprocess.run(
            command, capture_output=True, check=True, timeout=_GIT_SECONDS
        )
    except (OSError, subprocess.SubprocessError):
        return None
    files = {}
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        for member in archive:
            content = archive.extractfile(member) if member.isfile() else None
            if content is not None:
                files[PurePosixPath(member.name).as_posix()] = content.read()
    return files or None


def _latest(desk: Desk, root: Path) -> dict[str, bytes]:
    """Return the texts that the console wrote last, where it wrote any."""
    files = {}
    for english in sorted(root.glob("*/*.en.md")):
        entry = english.name.removesuffix(".en.md")
        for version in history(desk.editing, entry)[:1]:
            for language, text in version.texts.items():
                place = f"{english.parent.name}/{entry}.{language}.md"
                files[place] = text.encode()
    return files


def _write(root: Path, files: Mapping[str, bytes]) -> None:
    for place, data in files.items():
        path = (root / place).resolve()
        if path.suffix in _KINDS and path.is_relative_to(root.resolve()):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
