"""Keeps a copy of the last good files, so that a restart need not trust broken ones."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from bot.knowledge.entry_pairs import Stamp, stamp_of, stamps_of
from bot.knowledge.parts import FolderReader, Parts


class GoodCopy:
    """A folder like knowledge/ whose files could all be read.

    Several processes may keep the same folder: each file is replaced in one step,
    and all of them copy the same files.
    """

    def __init__(self, root: Path, kept: Path) -> None:
        self._root = root
        self._kept = kept

    def read(self) -> Parts:
        """Return what the copy says; parts without anything if there is none."""
        if not self._kept.is_dir():
            return Parts({}, {})
        return FolderReader(self._kept).read()

    def renew(self, parts: Parts, seen: Mapping[Path, Stamp]) -> None:
        """Copy what could be read, and forget the entries that are gone.

        `seen` tells how the files stood before they were read: what changed since
        is not copied, as nobody knows whether it is good.

        Raises:
            OSError: the copy could not be written.
        """
        has_good_registers = all(fault.file.endswith(".md") for fault in parts.faults)
        copies = stamps_of(self._kept)
        for path, stamp in seen.items():
            entry_id, is_entry = path.name.split(".")[0], path.suffix == ".md"
            is_read = entry_id in parts.entries and entry_id not in parts.broken
            copy = self._kept / path.relative_to(self._root)
            if (is_read if is_entry else has_good_registers) and (
                stamp[:2] != copies.get(copy, stamp)[:2] or copy not in copies
            ):
                _copy(path, copy, stamp)
        if parts.faults:
            return
        wanted = {self._kept / path.relative_to(self._root) for path in seen}
        for copy in copies:
            if copy not in wanted:
                copy.unlink(missing_ok=True)


def _copy(path: Path, copy: Path, stamp: Stamp) -> None:
    copy.parent.mkdir(parents=True, exist_ok=True)
    partial = copy.with_name(f".{copy.name}.{os.getpid()}.partial")
    # With its time, by which the next look knows it as the same.
    shutil.copy2(path, partial)
    if stamp_of(path) == stamp:
        partial.replace(copy)
    else:
        partial.unlink()
