"""The tables of what visitors asked and did not get: masked words, no tie to anybody.

The most dangerous tables we have. No conversation, no channel, no time of day; and the
keys are drawn by lot, so that the order of rows tells nothing either.
"""

from __future__ import annotations

from typing import Any, ClassVar, Final

from sqlalchemy import Column, Date, ForeignKey, Integer, String

from bot.storage.tables import Base
from bot.storage.types import EncryptedJson, UtcDateTime

# Without it SQLite would number the rows as they came.
_BY_LOT: Final[dict[str, Any]] = {"sqlite_with_rowid": False}


class MissGroupRow(Base):
    """Questions that mean the same, and what staff made of them."""

    __tablename__ = "miss_groups"
    __table_args__: ClassVar = _BY_LOT
    id = Column(String(16), primary_key=True)
    state = Column(String(10), nullable=False)
    # The middle of the vectors of its questions.
    centre = Column(EncryptedJson, nullable=False)
    changed_by = Column(Integer)
    changed_at = Column(UtcDateTime)


class MissRow(Base):
    """One question, masked; kept 30 days."""

    __tablename__ = "misses"
    __table_args__: ClassVar = _BY_LOT
    id = Column(String(16), primary_key=True)
    day = Column(Date, nullable=False, index=True)
    language = Column(String(2), nullable=False)
    kind = Column(String(12), nullable=False)
    # What was given, or came nearest.
    entry = Column(String(100))
    words = Column(EncryptedJson, nullable=False)
    # Both are missing until the action server has read the words.
    vector = Column(EncryptedJson)
    group_id = Column(String(16), ForeignKey("miss_groups.id"), index=True)
