"""Holds the knowledge base and its index; takes up edits while the assistant runs."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from bot.core.errors import ContentError, Fault
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.encoder import encode
from bot.knowledge.entry_pairs import EntryPairs, Stamp, knowledge_files, stamp_of
from bot.knowledge.good_copy import GoodCopy
from bot.knowledge.index import SearchIndex
from bot.knowledge.loader import fingerprint
from bot.knowledge.parts import held_over, knowledge_of, read_parts, starter_faults
from bot.knowledge.rejected import read_rejected
from bot.services.indexing import load_or_build_index, renewed_index
from bot.settings import NLU_FOLDER, Settings

logger: Final = logging.getLogger(__name__)
_LOOK_SECONDS: Final = 1.0


class KnowledgeShelf:
    """The knowledge base as the files have it; no faulty file replaces a good one.

    `kept` is where a copy of the last good files is, for the next start.
    """

    def __init__(self, root: Path, kept: Path | None = None) -> None:
        self._root = root
        self._pairs = EntryPairs(root)
        self._copy = GoodCopy(root, kept) if kept is not None else None
        self._lock = threading.Lock()
        self._looked = time.monotonic()
        self._seen = _state(root)
        self.faults: list[Fault] = []
        self._parts = read_parts(root, self._pairs)
        if self._parts.faults and self._copy is not None:
            self._parts = held_over(self._parts, self._copy.read())
        self.current = self._shelved()

    def knowledge(self) -> KnowledgeBase:
        """Return the knowledge base, taken up anew if a file changed."""
        if time.monotonic() - self._looked >= _LOOK_SECONDS:
            self.look()
        return self.current

    def look(self) -> KnowledgeBase:
        """Return the knowledge base as the files have it at this moment."""
        with self._lock:
            self._looked = time.monotonic()
            state = _state(self._root)
            if state != self._seen:
                self._seen = state
                self._parts = held_over(
                    read_parts(self._root, self._pairs), self._parts
                )
                self.current = self._shelved()
                logger.info("knowledge taken up: version %s", self.current.version)
        return self.current

    def _shelved(self) -> KnowledgeBase:
        faults = [*self._parts.faults, *starter_faults(self._root, self._parts)]
        version = fingerprint(self._root) + ("-held" if faults else "")
        knowledge = knowledge_of(self._parts, version)
        for fault in faults:
            if fault not in self.faults:
                logger.error("knowledge not taken up: %s", fault)
        self.faults = faults
        self._keep_copy()
        return knowledge

    def _keep_copy(self) -> None:
        if self._copy is None:
            return
        try:
            self._copy.renew(self._parts, self._seen)
        except OSError as error:
            logger.error("no copy of the good files: %s", type(error).__name__)


class Library(KnowledgeShelf):
    """The knowledge base together with the index that finds entries in it."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings.KNOWLEDGE_DIR, good_copy_of(settings))
        self._cache = settings.DATA_DIR / "index"
        self._rejected = read_rejected(NLU_FOLDER)
        self._indexed = self.current
        self._building: threading.Thread | None = None
        self.index = self._open_index(self.current)
        # Loads the encoder now, so that no visitor waits for it.
        encode(["."])

    def look(self) -> KnowledgeBase:
        """Return the knowledge base; new questions follow once they are indexed."""
        current = super().look()
        busy = self._building is not None and self._building.is_alive()
        if current is not self._indexed and not busy:
            self._indexed = current
            self._building = threading.Thread(
                target=self._rebuild, args=(current,), daemon=True
            )
            self._building.start()
        return current

    def _rebuild(self, knowledge: KnowledgeBase) -> None:
        self.index = self._open_index(knowledge)
        logger.info("index rebuilt")

    def _open_index(self, knowledge: KnowledgeBase) -> SearchIndex:
        renewed = renewed_index(knowledge, self._rejected, self._cache)
        if renewed is not None:
            return renewed
        return load_or_build_index(knowledge, self._rejected, self._cache)


def keep_looking(shelf: KnowledgeShelf, goes_on: Callable[[], bool]) -> None:
    """Look at the files again and again, so that no visitor's turn has to."""
    while goes_on():
        time.sleep(_LOOK_SECONDS / 2)
        try:
            shelf.look()
        except (ContentError, OSError) as error:
            logger.error("knowledge not looked at: %s", type(error).__name__)


def good_copy_of(settings: Settings) -> Path:
    """Return where the last good files are kept for the next start."""
    return settings.DATA_DIR / "knowledge-good"


def _state(root: Path) -> dict[Path, Stamp]:
    return {path: stamp_of(path) for path in knowledge_files(root)}
