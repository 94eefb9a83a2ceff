"""The tables of the office: consultation requests, staff, who did what, counts."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
)

from bot.storage.tables import Base
from bot.storage.types import EncryptedJson, UtcDateTime


class ConsultationRow(Base):
    """A consultation request, from the first answer of its form until it is deleted.

    What the person said stands in `content`, encrypted. In plain stands only what the
    queue is sorted and filtered by.
    """

    __tablename__ = "consultations"
    id = Column(String(32), primary_key=True)
    # Four signs that staff and notices use; tells nothing without a sign-in.
    reference = Column(String(4), nullable=False, unique=True)
    # The hash of the longer number that only the visitor has.
    code_key = Column(String(64))
    # Goes with the conversation; the request stays.
    conversation_id = Column(String(32), index=True)
    channel = Column(String(20), nullable=False)
    language = Column(String(2), nullable=False)
    state = Column(String(12), nullable=False)
    is_urgent = Column(Boolean, nullable=False, default=False)
    matter = Column(String(30))
    content = Column(EncryptedJson, nullable=False)
    consent_version = Column(String(64))
    consent_at = Column(UtcDateTime)
    # The keyed hash of the message that sent it: the same message sends it once.
    sent_by = Column(String(64), unique=True)
    created_at = Column(UtcDateTime, nullable=False)
    submitted_at = Column(UtcDateTime)
    changed_at = Column(UtcDateTime, nullable=False)
    delete_at = Column(UtcDateTime, nullable=False, index=True)
    staff_id = Column(Integer, ForeignKey("staff.id"))
    # Counts changes: of two people who change it at once, one is refused.
    version = Column(Integer, nullable=False, default=1)

    __table_args__ = (
        Index("ix_consultations_state_is_urgent", "state", "is_urgent", "submitted_at"),
    )


class NoteRow(Base):
    """What a staff member noted about a request."""

    __tablename__ = "notes"
    id = Column(Integer, primary_key=True, autoincrement=True)
    consultation_id = Column(String(32), nullable=False, index=True)
    staff_id = Column(Integer, ForeignKey("staff.id"), nullable=False)
    content = Column(EncryptedJson, nullable=False)
    at = Column(UtcDateTime, nullable=False)


class ConsentTextRow(Base):
    """The words that somebody agreed to, as they stood then."""

    __tablename__ = "consent_texts"
    version = Column(String(64), primary_key=True)
    language = Column(String(2), nullable=False)
    text = Column(Text, nullable=False)
    first_used_at = Column(UtcDateTime, nullable=False)


class StaffRow(Base):
    """Somebody of the office who may sign in."""

    __tablename__ = "staff"
    id = Column(Integer, primary_key=True, autoincrement=True)
    login = Column(String(100), nullable=False, unique=True)
    # The name that a visitor reads when this person joins.
    name = Column(String(100), nullable=False)
    role = Column(String(10), nullable=False)
    language = Column(String(2), nullable=False, default="en")
    password_hash = Column(String(200))
    totp_secret = Column(EncryptedJson)
    # The last time step whose code was used: a code counts once.
    totp_step = Column(Integer, nullable=False, default=0)
    failures = Column(Integer, nullable=False, default=0)
    locked_until = Column(UtcDateTime)
    created_at = Column(UtcDateTime, nullable=False)
    disabled_at = Column(UtcDateTime)


class StaffSessionRow(Base):
    """A sign-in; the browser holds a token, here is its keyed hash."""

    __tablename__ = "staff_sessions"
    key = Column(String(64), primary_key=True)
    staff_id = Column(Integer, ForeignKey("staff.id"), nullable=False, index=True)
    created_at = Column(UtcDateTime, nullable=False)
    used_at = Column(UtcDateTime, nullable=False)
    expires_at = Column(UtcDateTime, nullable=False, index=True)


class InviteRow(Base):
    """A one-time link by which somebody sets a password and the second factor."""

    __tablename__ = "staff_invites"
    key = Column(String(64), primary_key=True)
    staff_id = Column(Integer, ForeignKey("staff.id"), nullable=False, index=True)
    expires_at = Column(UtcDateTime, nullable=False)


class AuditRow(Base):
    """Who did what, when; rows are added and never changed."""

    __tablename__ = "audit"
    id = Column(Integer, primary_key=True, autoincrement=True)
    at = Column(UtcDateTime, nullable=False, index=True)
    # Nobody: the visitor or the assistant itself.
    staff_id = Column(Integer)
    action = Column(String(40), nullable=False)
    # A request's reference, or another word that names no visitor.
    subject = Column(String(40), nullable=False, index=True)
    detail = Column(String(100), nullable=False, default="")


class DailyCountRow(Base):
    """How many replies of a kind were given on a day; counts only."""

    __tablename__ = "daily_counts"
    day = Column(Date, primary_key=True)
    channel = Column(String(20), primary_key=True)
    language = Column(String(2), primary_key=True)
    kind = Column(String(20), primary_key=True)
    number = Column(Integer, nullable=False)


class NoticeRow(Base):
    """Something that staff are told outside the console; holds no content."""

    __tablename__ = "notices"
    id = Column(Integer, primary_key=True, autoincrement=True)
    kind = Column(String(20), nullable=False)
    reference = Column(String(4))
    state = Column(String(10), nullable=False)
    attempts = Column(Integer, nullable=False, default=0)
    next_at = Column(UtcDateTime, nullable=False)
    created_at = Column(UtcDateTime, nullable=False)

    __table_args__ = (Index("ix_notices_state_next_at", "state", "next_at"),)
