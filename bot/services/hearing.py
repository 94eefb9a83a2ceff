"""Takes in what WhatsApp tells: each event once, people known by hashes only."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime

from bot.channels.whatsapp_limits import MAX_TEXT
from bot.channels.whatsapp_text import cut_between_words
from bot.core.conversations import conversation_id
from bot.core.messages import Channel, Incoming
from bot.core.whatsapp import Heard, Person, Status, Webhook
from bot.services import notices
from bot.services.handoff_messages import clean_reply
from bot.storage import contacts, conversations, inbox, outbox, seen
from bot.storage.engine import Transaction


@dataclass(frozen=True)
class Taken:
    """What one call of a provider brought: new messages, repeats, statuses known."""

    new: int = 0
    repeated: int = 0
    statuses: int = 0


def hashed(key: bytes, *parts: str) -> str:
    """Return the keyed hash under which an id of a provider is kept."""
    return hmac.new(key, "\0".join(parts).encode(), hashlib.sha256).hexdigest()


def take_in(
    session: Transaction, channel: Channel, webhook: Webhook, key: bytes, now: datetime
) -> Taken:
    """Put every new event into the inbox and note every status.

    Raises:
        StorageError: nothing of the call was kept; the provider sends it again.
    """
    new = 0
    for heard in webhook.heard:
        message_key = hashed(key, channel, heard.provider_id)
        if seen.see(session, channel, message_key, now):
            new += 1
            _accept(session, channel, heard, message_key, key, now)
    statuses = sum(
        _note(session, channel, status, key, now) for status in webhook.statuses
    )
    return Taken(new, len(webhook.heard) - new, statuses)


def _accept(
    session: Transaction,
    channel: Channel,
    heard: Heard,
    message_key: str,
    key: bytes,
    now: datetime,
) -> None:
    person_key = _person_key(session, channel, heard.person, key)
    if heard.kind == "system":
        if heard.new_person is not None and heard.new_person.key:
            new_key = hashed(key, channel, heard.new_person.key)
            contacts.rename_contact(session, person_key, new_key)
        return
    known = contacts.find_contact(session, person_key)
    conversation = (
        known.conversation
        if known is not None
        else conversation_id(f"{channel}:{heard.person.key}", key)
    )
    if conversations.find_conversation(session, conversation) is None:
        conversations.start_conversation(session, conversation, channel, None, now)
    # A clock ahead of ours must not open the window for longer.
    at = min(heard.at, now)
    contacts.note_contact(session, person_key, channel, conversation, heard.person, at)
    text = None if heard.text is None else _kept(heard.text)
    incoming = Incoming(
        channel, conversation, heard.provider_id, text, heard.choice, heard.at
    )
    inbox.accept(session, incoming, message_key, heard.kind)


def _kept(text: str) -> str:
    """Return what is kept of a text: clean, and no longer than one of ours may be.

    The assistant reads less than that; a person of the office may have all of it.
    """
    return cut_between_words(clean_reply(text), MAX_TEXT)


def _person_key(
    session: Transaction, channel: Channel, person: Person, key: bytes
) -> str:
    """Return the hash that a person is known by.

    Whoever wrote without their id before is the same by the telephone number, and
    keeps the conversation and the wish for no more messages.
    """
    first, *others = [
        hashed(key, channel, name) for name in (person.user_id, person.phone) if name
    ]
    for other in others:
        if contacts.find_contact(session, other) is not None:
            contacts.rename_contact(session, other, first)
    return first


def _note(
    session: Transaction, channel: Channel, status: Status, key: bytes, now: datetime
) -> bool:
    callback = status.callback or ""
    outbox_id = int(callback) if callback.isascii() and callback.isdigit() else None
    provider_key = hashed(key, channel, status.provider_id)
    conversation = outbox.note_status(
        session, status.state, provider_key, outbox_id, status.error
    )
    if conversation is not None and status.state == "failed":
        notices.post_undelivered(session, conversation, now)
    return conversation is not None
