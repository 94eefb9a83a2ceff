"""The tables of staff's work on the entries: drafts, versions, monthly copies.

They hold the office's own texts, nothing about any visitor.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, String, Text

from bot.storage.tables import Base
from bot.storage.types import UtcDateTime


class KnowledgeDraftRow(Base):
    """The next text of an entry, before visitors get it; one an entry."""

    __tablename__ = "knowledge_drafts"
    entry_id = Column(String(100), primary_key=True)
    entry_group = Column(String(100), nullable=False)
    # The two file texts, as JSON.
    texts = Column(Text, nullable=False)
    # The hash of the files from which it was made; empty: there were none.
    base = Column(String(64), nullable=False)
    state = Column(String(12), nullable=False)
    changed_by = Column(Integer, nullable=False)
    changed_at = Column(UtcDateTime, nullable=False)
    sent_by = Column(Integer)
    sent_at = Column(UtcDateTime)
    note = Column(Text, nullable=False, default="")
    # Counts changes: of two people who save at once, one is refused.
    version = Column(Integer, nullable=False)


class KnowledgeVersionRow(Base):
    """How the files of an entry stood once; rows are added and never changed."""

    __tablename__ = "knowledge_versions"
    id = Column(Integer, primary_key=True, autoincrement=True)
    entry_id = Column(String(100), nullable=False)
    at = Column(UtcDateTime, nullable=False)
    # Nobody: the files were edited outside the console.
    staff_id = Column(Integer)
    name = Column(String(100), nullable=False, default="")
    # Who wrote the text, where that is somebody else than who put it there.
    written_by = Column(Integer)
    action = Column(String(40), nullable=False)
    why = Column(Text, nullable=False, default="")
    texts = Column(Text, nullable=False)
    base = Column(String(64), nullable=False)
    # The git commit, filled in right after.
    commit_id = Column(String(64))

    __table_args__ = (Index("ix_knowledge_versions_entry_id_id", "entry_id", "id"),)


class KnowledgeSnapshotRow(Base):
    """All texts of a month in one zip file."""

    __tablename__ = "knowledge_snapshots"
    # "2026-11"
    month = Column(String(7), primary_key=True)
    taken_at = Column(UtcDateTime, nullable=False)
    entries = Column(Integer, nullable=False)
    sha256 = Column(String(64), nullable=False)
    zipped = Column(LargeBinary, nullable=False)
