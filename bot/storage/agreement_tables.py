"""The tables of ICE's 287(g) lists: every list that was imported, and which one counts.

They hold public data about agencies, nothing about any visitor.
"""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Integer, String, Text

from bot.storage.tables import Base
from bot.storage.types import UtcDateTime


class AgreementSnapshotRow(Base):
    """One imported list; kept for ever."""

    __tablename__ = "agreement_snapshots"
    id = Column(Integer, primary_key=True, autoincrement=True)
    # The day that the list counts as of, and the day it was taken from ICE's page.
    dated = Column(Date, nullable=False)
    downloaded = Column(Date)
    imported_at = Column(UtcDateTime, nullable=False)
    source = Column(String(300), nullable=False)
    # Of the file: the same one twice is nothing new.
    sha256 = Column(String(64), nullable=False, unique=True)
    # What a person should look at, as JSON.
    remarks = Column(Text, nullable=False, default="[]")


class AgreementRow(Base):
    """One line of a list."""

    __tablename__ = "agreements"
    snapshot_id = Column(
        Integer, ForeignKey("agreement_snapshots.id"), primary_key=True
    )
    place = Column(Integer, primary_key=True)
    state = Column(String(2), nullable=False)
    agency = Column(String(300), nullable=False)
    kind = Column(String(300), nullable=False)
    county = Column(String(300), nullable=False)
    model = Column(String(3), nullable=False)
    signed = Column(Date)
    moa_url = Column(Text, nullable=False)
    addendum_url = Column(Text, nullable=False)
    flags = Column(Text, nullable=False)


class AgreementSwapRow(Base):
    """That a list became the current one; the last row tells which one counts."""

    __tablename__ = "agreement_swaps"
    # Without a gap: of two swaps at the same moment one finds its place taken.
    place = Column(Integer, primary_key=True, autoincrement=False)
    snapshot_id = Column(Integer, ForeignKey("agreement_snapshots.id"), nullable=False)
    at = Column(UtcDateTime, nullable=False)
