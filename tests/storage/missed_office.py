"""An office that keeps missed questions, with meanings that a test can foresee."""

from __future__ import annotations

import itertools
import json
import sqlite3
from datetime import datetime
from pathlib import Path

import numpy as np

from bot.core.languages import Language
from bot.core.messages import Reply
from bot.core.misses import Miss, MissKind
from bot.core.understanding import Understanding
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.encoder import DIMENSIONS, Vectors
from bot.services.miss_groups import note_miss
from bot.services.miss_watch import MissWatch, Watching
from bot.settings import Settings
from bot.storage import misses
from bot.storage.engine import Storage
from bot.storage.keys import content_cipher
from tests.builders import NOON

# Of two questions those are alike that name the same of these.
TOPICS = ("dog", "perro", "tattoo", "lottery", "goat")
SAME_AS = {"perro": "dog"}


def encode(texts: list[str]) -> Vectors:
    """Return a meaning by topic: nothing of it tells any other word."""
    vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
    for row, text in enumerate(texts):
        found = next((topic for topic in TOPICS if topic in text.lower()), "")
        topic = SAME_AS.get(found, found)
        vectors[row, TOPICS.index(topic) if topic else len(text) % 99 + 9] = 1.0
    return vectors


class Ids:
    """Draws ids in order, so that a test can name them."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)

    def __call__(self) -> str:
        return f"{next(self._numbers):016x}"


def miss(
    words: str,
    kind: MissKind = "refused",
    language: Language = "en",
    entry: str | None = None,
) -> Miss:
    """Return a missed question."""
    return Miss(kind, language, words, entry)


def note(storage: Storage, *missed: Miss, now: datetime = NOON, ids: Ids) -> None:
    """Keep missed questions with their meaning."""
    for one in missed:
        note_miss(storage, one, now.date(), ids, encode)


def kept_words(storage: Storage) -> list[str]:
    """Return the words of all questions that are kept."""
    with storage.read() as session:
        return sorted(kept.miss.words for kept in misses.all_misses(session))


class Office:
    """A watch over turns, worked off when a test says so."""

    def __init__(self, storage: Storage, knowledge: KnowledgeBase) -> None:
        self.now = NOON
        self.watch = MissWatch(
            Watching(storage, lambda: knowledge, encode, lambda: self.now, Ids(), 0.0)
        )

    def turn(
        self, visitor: str, words: str, reply: Reply, intent: str | None = None
    ) -> None:
        """Take in a turn and work on it."""
        signals = frozenset({"crisis"}) if intent == "crisis" else frozenset()
        asked = Understanding(words, "en", intent=intent, signals=signals)
        self.watch.see(visitor, asked, reply)
        self.watch.work_off()


def stored_bytes(settings: Settings) -> bytes:
    """Return the files of the database, in small letters."""
    files: list[Path] = sorted(settings.DATA_DIR.glob("rights_desk.db*"))
    return b"".join(path.read_bytes() for path in files).lower()


def decrypted(settings: Settings) -> bytes:
    """Return all that is encrypted about misses, made readable, in small letters."""
    cipher, found = content_cipher(settings), []
    with sqlite3.connect(settings.DATA_DIR / "rights_desk.db") as connection:
        rows = list(connection.execute("SELECT words, vector FROM misses"))
        rows += list(connection.execute("SELECT centre, NULL FROM miss_groups"))
    connection.close()
    for row in rows:
        found += [json.loads(cipher.decrypt(cell)) for cell in row if cell]
    return "\n".join(map(str, found)).lower().encode()
