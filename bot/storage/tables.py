"""The tables. What a visitor said or was told stands only in encrypted columns."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Index,
    Integer,
    MetaData,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import declarative_base

from bot.storage.types import EncryptedJson, UtcDateTime

metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)
Base: Any = declarative_base(metadata=metadata)
# Without it SQLite gives the number of a deleted row out again, and what a provider
# tells of the old message would be taken for the new one's.
_NUMBERED_ONCE: Final = {"sqlite_autoincrement": True}


class ConversationRow(Base):
    """A conversation: no name or address, only its last use and who answers."""

    __tablename__ = "conversations"
    id = Column(String(32), primary_key=True)
    channel = Column(String(20), nullable=False)
    language = Column(String(2))
    # "bot" or "person"; of a person, who it is and since when.
    owner = Column(String(10), nullable=False, default="bot")
    staff_id = Column(Integer)
    owner_since = Column(UtcDateTime)
    # When staff last did something here: other gateways look for that.
    staff_at = Column(UtcDateTime, index=True)
    # Since when a visitor has waited for the person who has the conversation.
    waiting_since = Column(UtcDateTime, index=True)
    staff_typing_until = Column(UtcDateTime)
    visitor_typing_until = Column(UtcDateTime)
    # The field of the form that was asked last: what is typed then is not shown.
    asked = Column(String(20))
    created_at = Column(UtcDateTime, nullable=False)
    last_message_at = Column(UtcDateTime, nullable=False, index=True)


class InboxRow(Base):
    """A message that was accepted; it is worked on exactly once."""

    __tablename__ = "inbox"
    id = Column(Integer, primary_key=True, autoincrement=True)
    channel = Column(String(20), nullable=False)
    message_key = Column(String(64), nullable=False)
    conversation_id = Column(String(32), nullable=False)
    content = Column(EncryptedJson, nullable=False)
    state = Column(String(10), nullable=False)
    received_at = Column(UtcDateTime, nullable=False)

    __table_args__ = (
        UniqueConstraint("channel", "message_key"),
        Index("ix_inbox_conversation_id_state", "conversation_id", "state"),
        _NUMBERED_ONCE,
    )


class MessageRow(Base):
    """A message that the visitor may read, in order: the outbox and the transcript."""

    __tablename__ = "messages"
    conversation_id = Column(String(32), primary_key=True)
    seq = Column(Integer, primary_key=True, autoincrement=False)
    inbox_id = Column(Integer, index=True)
    content = Column(EncryptedJson, nullable=False)
    at = Column(UtcDateTime, nullable=False)


class ContactRow(Base):
    """Where a person on WhatsApp can be answered; known by a keyed hash only."""

    __tablename__ = "contacts"
    person_key = Column(String(64), primary_key=True)
    channel = Column(String(20), nullable=False)
    conversation_id = Column(String(32), nullable=False, index=True)
    address = Column(EncryptedJson)
    heard_at = Column(UtcDateTime, nullable=False)
    opted_out_at = Column(UtcDateTime)
    # Pacing: the moment until which this person's share of messages is used up.
    paced_until = Column(UtcDateTime)


class OutboxRow(Base):
    """A message on its way to a person on WhatsApp, and what became of it."""

    __tablename__ = "outbox"
    id = Column(Integer, primary_key=True, autoincrement=True)
    conversation_id = Column(String(32), nullable=False)
    channel = Column(String(20), nullable=False)
    content = Column(EncryptedJson, nullable=False)
    state = Column(String(10), nullable=False)
    attempts = Column(Integer, nullable=False, default=0)
    next_at = Column(UtcDateTime, nullable=False)
    created_at = Column(UtcDateTime, nullable=False)
    # The provider's id of it, as a keyed hash; the number of its last error.
    provider_key = Column(String(64), index=True)
    error = Column(Integer)

    __table_args__ = (
        Index("ix_outbox_state_next_at", "state", "next_at"),
        Index("ix_outbox_conversation_id_id", "conversation_id", "id"),
        _NUMBERED_ONCE,
    )


class SeenRow(Base):
    """The id of a message that came by webhook, hashed; so it counts once."""

    __tablename__ = "seen"
    channel = Column(String(20), primary_key=True)
    message_key = Column(String(64), primary_key=True)
    at = Column(UtcDateTime, nullable=False, index=True)


class LeaseRow(Base):
    """Which gateway works on something, and until when the others leave it alone."""

    __tablename__ = "leases"
    name = Column(String(40), primary_key=True)
    holder = Column(String(32), nullable=False)
    until = Column(UtcDateTime, nullable=False)


class FeedbackRow(Base):
    """A vote on an answer; whose it is stands here only while its words are kept."""

    __tablename__ = "feedback"
    id = Column(Integer, primary_key=True, autoincrement=True)
    vote = Column(String(64), nullable=False, unique=True)
    entry = Column(String(100), nullable=False)
    language = Column(String(2), nullable=False)
    channel = Column(String(20), nullable=False)
    helpful = Column(Boolean, nullable=False)
    at = Column(UtcDateTime, nullable=False)
    words = Column(EncryptedJson)
    conversation_id = Column(String(32), index=True)

    __table_args__ = (
        CheckConstraint(
            "(words IS NULL) = (conversation_id IS NULL)", name="named_while_words"
        ),
    )


class TrackerRow(Base):
    """Rasa's memory of a conversation's present session."""

    __tablename__ = "trackers"
    conversation_id = Column(String(32), primary_key=True)
    content = Column(EncryptedJson, nullable=False)
    updated_at = Column(UtcDateTime, nullable=False, index=True)
