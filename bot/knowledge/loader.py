"""Turns the folder knowledge/ into a KnowledgeBase, or says all that is wrong."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from bot.core.errors import ContentError, Fault
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.entry_pairs import (
    EntryPairs,
    Name,
    Pair,
    build_entry,
    knowledge_files,
)
from bot.knowledge.files import read_bytes
from bot.knowledge.parts import FolderReader, knowledge_of, list_faults

__all__ = [
    "Pair",
    "build_entry",
    "fingerprint",
    "knowledge_files",
    "load_knowledge",
    "read_entry_files",
]


def load_knowledge(root: Path) -> KnowledgeBase:
    """Return the knowledge base in a folder.

    Raises:
        ContentError: with every fault that keeps a file from being read.
    """
    parts = FolderReader(root).read()
    faults = [*parts.faults, *list_faults(root, parts)]
    if faults:
        raise ContentError(faults)
    return knowledge_of(parts, fingerprint(root))


def fingerprint(root: Path) -> str:
    """Return a short hash of all knowledge files, the same on every machine."""
    digest = hashlib.sha256()
    for path in knowledge_files(root):
        digest.update(os.fsencode(path.relative_to(root).as_posix()) + b"\0")
        try:
            digest.update(read_bytes(path, path.name) + b"\0")
        except ContentError:
            digest.update(b"unread\0")
    return digest.hexdigest()[:16]


def read_entry_files(root: Path) -> tuple[dict[Name, Pair], list[Fault]]:
    """Return the entry files by group, id and language, and the faults met."""
    return EntryPairs(root).files()
