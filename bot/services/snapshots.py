"""Keeps a copy of all texts each month, for three years (rules on advertising)."""

from __future__ import annotations

import hashlib
import io
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Final

from bot.core.errors import ContentError, RequestGone
from bot.knowledge.entry_lines import field_of
from bot.knowledge.files import read_bytes
from bot.knowledge.loader import fingerprint, knowledge_files
from bot.storage import knowledge_snapshots as snapshots
from bot.storage.engine import Storage
from bot.storage.knowledge_snapshots import KeptSnapshot

__all__ = ["KeptSnapshot", "forget_older", "kept", "take_if_due", "take_snapshot"]

# Three years, and the month that has just begun.
KEPT_MONTHS: Final = 37
_MANIFEST: Final = "MANIFEST.txt"
_MONTH: Final = "%Y-%m"


def take_snapshot(storage: Storage, root: Path, now: datetime, month: str) -> bool:
    """Keep all texts as they stand; False where the month ("2026-11") has its copy.

    Raises:
        StorageError: the database did not answer; nothing was kept.
    """
    zipped, entries = zip_folder(root, now, month)
    sha256 = hashlib.sha256(zipped).hexdigest()
    with storage.begin() as session:
        return snapshots.keep_snapshot(session, month, now, entries, sha256, zipped)


def take_if_due(storage: Storage, root: Path, today: date, now: datetime) -> bool:
    """Take this month's copy if there is none yet; return whether it was taken."""
    month = today.strftime(_MONTH)
    with storage.read() as session:
        if snapshots.has_snapshot(session, month):
            return False
    return take_snapshot(storage, root, now, month)


def kept(storage: Storage) -> list[KeptSnapshot]:
    """Return the copies that are kept, newest first, without their bytes."""
    with storage.read() as session:
        return snapshots.kept_snapshots(session)


def zip_of(storage: Storage, month: str) -> bytes:
    """Return the zip file of a month.

    Raises:
        RequestGone: no copy of that month is kept.
    """
    with storage.read() as session:
        found = snapshots.zipped_of(session, month)
    if found is None:
        raise RequestGone
    return found


def forget_older(storage: Storage, now: datetime) -> int:
    """Delete copies older than 37 months; return how many."""
    months = now.year * 12 + now.month - 1 - KEPT_MONTHS
    oldest = f"{months // 12:04}-{months % 12 + 1:02}"
    with storage.begin() as session:
        return snapshots.forget_snapshots_before(session, oldest)


def zip_folder(root: Path, now: datetime, month: str) -> tuple[bytes, int]:
    """Return a zip file of the folder and how many entries it holds.

    The same folder at the same moment gives the same bytes on every machine.
    """
    files: dict[str, bytes] = {}
    for path in knowledge_files(root):
        try:
            data = read_bytes(path, path.name)
        except ContentError:
            continue
        name = path.relative_to(root.parent).as_posix()
        files[name.encode("utf-8", "replace").decode()] = data
    english = [name for name in sorted(files) if name.endswith(".en.md")]
    manifest = _manifest(root, files, now, month)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in [(_MANIFEST, manifest.encode()), *sorted(files.items())]:
            # A zip file knows no zone; the moment stands in the list of files.
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            info.create_system = 3
            archive.writestr(info, data)
    return buffer.getvalue(), len(english)


def _manifest(root: Path, files: dict[str, bytes], now: datetime, month: str) -> str:
    lines = [
        f"All texts of {month}, as they stood at {now.isoformat(timespec='seconds')}",
        f"knowledge version {fingerprint(root)}",
        "sha256, status, law checked on, to be reviewed by, file",
        "",
    ]
    for name, data in sorted(files.items()):
        text = data.decode("utf-8", "replace").replace("\r\n", "\n")
        fields = ("status", "as_of", "review_by")
        told = [field_of(text, field) or "-" for field in fields]
        lines.append(" ".join((hashlib.sha256(data).hexdigest(), *told, name)))
    return "\n".join(lines) + "\n"
