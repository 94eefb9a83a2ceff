"""Holds the knowledge base and its index; takes up edits while the assistant runs."""

from __future__ import annotations

import hashlib
import logging
import threading
import time
from pathlib import Path
from typing import Final

from bot.core.errors import ContentError
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.coverage import Coverage
from bot.knowledge.encoder import VectorCache, encode
from bot.knowledge.examples import Example, examples_of
from bot.knowledge.index import SearchIndex
from bot.knowledge.loader import knowledge_files, load_knowledge
from bot.knowledge.rejected import read_rejected
from bot.knowledge.renewal import MOST_NEW, Learned, share_of_new
from bot.settings import NLU_FOLDER, Settings

logger: Final = logging.getLogger(__name__)
_LOOK_SECONDS: Final = 1.0


class KnowledgeShelf:
    """The knowledge base as the files have it; no faulty file replaces a good one."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._seen = _state(root)
        self._looked = time.monotonic()
        self._lock = threading.Lock()
        self.current = load_knowledge(root)
        self.faults: list[str] = []

    def knowledge(self) -> KnowledgeBase:
        """Return the knowledge base, taken up anew if a file changed."""
        if time.monotonic() - self._looked < _LOOK_SECONDS:
            return self.current
        with self._lock:
            self._looked = time.monotonic()
            state = _state(self._root)
            if state != self._seen:
                self._seen = state
                self._take_up()
        return self.current

    def _take_up(self) -> None:
        try:
            self.current = load_knowledge(self._root)
        except (ContentError, OSError) as error:
            faults = getattr(error, "faults", [])
            self.faults = [str(fault) for fault in faults] or [type(error).__name__]
            for fault in self.faults:
                logger.error("knowledge not taken up: %s", fault)
            return
        self.faults = []
        logger.info("knowledge taken up: version %s", self.current.version)


class Library(KnowledgeShelf):
    """The knowledge base together with the index that finds entries in it."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings.KNOWLEDGE_DIR)
        self._cache = settings.DATA_DIR / "index"
        self._rejected = read_rejected(NLU_FOLDER)
        self._indexed = self.current
        self._building: threading.Thread | None = None
        self.index = self._open_index(self.current)
        # Loads the encoder now, so that no visitor waits for it.
        encode(["."])

    def knowledge(self) -> KnowledgeBase:
        """Return the knowledge base; new questions follow once they are indexed."""
        current = super().knowledge()
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


def coverage_of(knowledge: KnowledgeBase, examples: list[Example]) -> Coverage:
    """Return what each entry speaks about, by all its texts in both languages."""
    texts = {
        entry.id: [
            text
            for words in entry.texts.values()
            for text in (
                words.title,
                words.short,
                words.details,
                words.next_step,
                *words.questions,
            )
        ]
        for entry in knowledge.entries.values()
    }
    return Coverage(texts, (example.text for example in examples))


def load_or_build_index(
    knowledge: KnowledgeBase, rejected: list[str], folder: Path
) -> SearchIndex:
    """Return the index of the knowledge base, from its file if that is still right."""
    examples = examples_of(knowledge, rejected)
    coverage = coverage_of(knowledge, examples)
    path = folder / f"{_examples_version(knowledge, rejected)}.npz"
    try:
        return SearchIndex.load(path, coverage)
    except (OSError, ValueError, KeyError):
        pass
    vectors = VectorCache(folder / "vectors.npz")
    texts = [example.text for example in examples]
    index = SearchIndex.build(examples, vectors.encode(texts), coverage)
    vectors.save(texts)
    index.save(path)
    learned = _learned_path(path)
    if index.learned is not None:
        index.learned.save(learned)
    for old in folder.glob("*.npz"):
        if old not in (path, learned, folder / "vectors.npz"):
            old.unlink(missing_ok=True)
    return index


def renewed_index(
    knowledge: KnowledgeBase, rejected: list[str], folder: Path
) -> SearchIndex | None:
    """Return the index kept in a folder, brought up to the present questions.

    None where it is up to date already, or too much changed, or none is kept.
    """
    examples = examples_of(knowledge, rejected)
    if (folder / f"{_examples_version(knowledge, rejected)}.npz").is_file():
        return None
    coverage = coverage_of(knowledge, examples)
    for kept in folder.glob("*.learned.npz"):
        try:
            learned = Learned.load(kept)
            if share_of_new(learned, examples) > MOST_NEW:
                continue
            before = SearchIndex.load(_index_path(kept), coverage)
        except (OSError, ValueError, KeyError):
            continue
        return before.renewed(learned, examples, coverage)
    return None


def _learned_path(index: Path) -> Path:
    return index.with_name(f"{index.stem}.learned.npz")


def _index_path(learned: Path) -> Path:
    return learned.with_name(learned.name.replace(".learned", ""))


def _examples_version(knowledge: KnowledgeBase, rejected: list[str]) -> str:
    digest = hashlib.sha256()
    for example in examples_of(knowledge, rejected):
        digest.update(f"{example.entry}\0{example.text}\0".encode())
    return digest.hexdigest()[:16]


def _state(root: Path) -> tuple[tuple[str, int, int], ...]:
    rows = []
    for path in knowledge_files(root):
        try:
            status = path.stat()
        except FileNotFoundError:
            continue
        rows.append((str(path), status.st_mtime_ns, status.st_size))
    return tuple(rows)
