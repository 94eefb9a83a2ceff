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
from bot.knowledge.entry_pairs import Stamp, stamps_of
from bot.knowledge.good_copy import GoodCopy
from bot.knowledge.index import SearchIndex
from bot.knowledge.loader import fingerprint
from bot.knowledge.parts import (
    FolderReader,
    held_over,
    knowledge_of,
    list_faults,
)
from bot.knowledge.rejected import read_rejected
from bot.services.indexing import (
    built_index,
    index_after,
    load_or_build_index,
    renewed_index,
)
from bot.settings import NLU_FOLDER, Settings

logger: Final = logging.getLogger(__name__)
_LOOK_SECONDS: Final = 1.0
# How often to see if training has built the index that was only brought up to date.
_BUILT_SECONDS: Final = 20.0


class KnowledgeShelf:
    """The knowledge base as the files have it; no faulty file replaces a good one.

    `kept` is where a copy of the last good files is, for the next start; `reader` may
    have read the folder before.
    """

    def __init__(
        self,
        root: Path,
        kept: Path | None = None,
        reader: FolderReader | None = None,
    ) -> None:
        self._root = root
        self._reader = reader or FolderReader(root)
        self._copy = GoodCopy(root, kept) if kept is not None else None
        self._lock = threading.Lock()
        self._looked = time.monotonic()
        self._seen = stamps_of(root)
        self._copied: dict[Path, Stamp] = {}
        self.faults: list[Fault] = []
        self._parts = self._reader.read_fit(self._seen, {})
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
            seen = stamps_of(self._root)
            if seen != self._seen:
                self._seen = seen
                before = self._parts
                read = self._reader.read_fit(seen, before.registers)
                self._parts = held_over(read, before)
                self.current = self._shelved()
                logger.info("knowledge taken up: version %s", self.current.version)
        return self.current

    def keep_copy(self) -> None:
        """Keep the good files for the next start, if they changed since the last time.

        Raises:
            OSError: the copy could not be written.
        """
        with self._lock:
            if self._copy is not None and self._copied != self._seen:
                self._copy.renew(self._parts, self._seen)
                self._copied = self._seen

    def _shelved(self) -> KnowledgeBase:
        faults = [*self._parts.faults, *list_faults(self._root, self._parts)]
        version = fingerprint(self._root) + ("-held" if faults else "")
        knowledge = knowledge_of(self._parts, version)
        for fault in faults:
            if fault not in self.faults:
                logger.error("knowledge not taken up: %s", fault)
        self.faults = faults
        return knowledge


class Library(KnowledgeShelf):
    """The knowledge base together with the index that finds entries in it."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings.KNOWLEDGE_DIR, good_copy_of(settings))
        self._cache = settings.DATA_DIR / "index"
        self._rejected = read_rejected(NLU_FOLDER)
        self._indexed = self.current
        self._building: threading.Thread | None = None
        self._looked_for_built = time.monotonic()
        self.index = self._open_index(self.current)
        # Loads the encoder now, so that no visitor waits for it.
        encode(["."])

    def look(self) -> KnowledgeBase:
        """Return the knowledge base; new questions follow once they are indexed."""
        current = super().look()
        if self._building is not None and self._building.is_alive():
            return current
        if current is not self._indexed:
            before, self._indexed = self._indexed, current
            self._start(lambda: self._rebuild(before, current))
        elif self._is_renewed and self._is_time_for_built():
            self._start(lambda: self._take_up_built(current))
        return current

    def _start(self, work: Callable[[], None]) -> None:
        self._building = threading.Thread(target=work, daemon=True)
        self._building.start()

    def _rebuild(self, before: KnowledgeBase, knowledge: KnowledgeBase) -> None:
        renewed = index_after(self.index, before, knowledge, self._rejected)
        self._is_renewed = renewed is not None
        self.index = renewed or self._open_index(knowledge)
        logger.info("index rebuilt")

    def _take_up_built(self, knowledge: KnowledgeBase) -> None:
        built = built_index(knowledge, self._rejected, self._cache)
        if built is not None:
            self.index, self._is_renewed = built, False
            logger.info("index taken up as training built it")

    def _is_time_for_built(self) -> bool:
        is_time = time.monotonic() - self._looked_for_built >= _BUILT_SECONDS
        if is_time:
            self._looked_for_built = time.monotonic()
        return is_time

    def _open_index(self, knowledge: KnowledgeBase) -> SearchIndex:
        renewed = renewed_index(knowledge, self._rejected, self._cache)
        self._is_renewed = renewed is not None
        if renewed is not None:
            return renewed
        return load_or_build_index(knowledge, self._rejected, self._cache)


def keep_looking(shelf: KnowledgeShelf, goes_on: Callable[[], bool]) -> None:
    """Look at the files again and again, so that no visitor's turn has to."""
    while goes_on():
        time.sleep(_LOOK_SECONDS / 2)
        try:
            shelf.look()
            shelf.keep_copy()
        except (ContentError, OSError) as error:
            logger.error("knowledge not looked at: %s", type(error).__name__)


def good_copy_of(settings: Settings) -> Path:
    """Return where the last good files are kept for the next start."""
    return settings.DATA_DIR / "knowledge-good"
