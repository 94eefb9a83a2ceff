"""An office's hand-offs in a database of their own, done one by one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.core.messages import Channel
from bot.core.staff import Staff
from bot.knowledge.base import KnowledgeBase
from bot.services import handoffs
from bot.settings import Settings
from bot.storage import audit, conversations, messages, outbox, ownership
from bot.storage.engine import Storage, open_storage, upgrade
from tests.builders import NOON
from tests.live_office import (
    ANA,
    REFERENCE,
    open_office,
    send_request,
    write_by_whatsapp,
)

CHAT = "c" * 32
MINUTE = timedelta(minutes=1)
DAY = timedelta(hours=24)


class Office:
    """A conversation, and what can be done with it, each in a transaction."""

    def __init__(self, storage: Storage, knowledge: KnowledgeBase) -> None:
        self.storage = storage
        self.knowledge = knowledge

    def join(self, staff: Staff = ANA, now: datetime = NOON) -> None:
        with self.storage.begin() as session:
            handoffs.join(session, CHAT, staff, self.knowledge, now)

    def say(self, text: str, staff: Staff = ANA, now: datetime = NOON) -> None:
        with self.storage.begin() as session:
            handoffs.say(session, CHAT, staff, text, self.knowledge, now)

    def hand_back(self, staff: Staff | None, now: datetime = NOON) -> bool:
        phrase = handoffs.HANDED_BACK if staff else handoffs.ASKED_BACK
        with self.storage.begin() as session:
            return handoffs.hand_back(session, CHAT, staff, self.knowledge, now, phrase)

    def hear(self, now: datetime = NOON) -> bool:
        with self.storage.begin() as session:
            return handoffs.hear(session, CHAT, now)

    def give_back_silent(self, now: datetime, silence: timedelta) -> list[str]:
        with self.storage.begin() as session:
            return handoffs.give_back_silent(session, now, silence, self.knowledge)

    def said(self) -> list[dict[str, Any]]:
        with self.storage.read() as session:
            return messages.messages_after(session, CHAT, 0)

    def sent(self) -> list[dict[str, Any]]:
        """Return what waits to be sent by WhatsApp, and take it out."""
        found = []
        with self.storage.begin() as session:
            while item := outbox.oldest_unsent(session, CHAT):
                found.append(item.content)
                outbox.set_state(session, item.id, outbox.SENT)
        return found

    def owner(self) -> str:
        with self.storage.read() as session:
            found = ownership.ownership_of(session, CHAT)
        assert found is not None
        return found.owner

    def history(self) -> list[tuple[int | None, str, str]]:
        with self.storage.read() as session:
            found = audit.of_subject(session, REFERENCE)
        return [(entry.staff_id, entry.action, entry.detail) for entry in found]


@pytest.fixture
def empty(settings: Settings, knowledge: KnowledgeBase) -> Iterator[Office]:
    """An office that nobody has written to yet."""
    upgrade(settings)
    storage = open_storage(settings)
    with storage.begin() as session:
        open_office(session, NOON)
    yield Office(storage, knowledge)
    storage.close()


@pytest.fixture
def office(empty: Office) -> Office:
    """The same with a visitor of the website who has sent a request."""
    with empty.storage.begin() as session:
        conversations.start_conversation(session, CHAT, "web", "en", NOON)
        send_request(session, CHAT, NOON)
    return empty


def on_whatsapp(office: Office, channel: Channel = "whatsapp_cloud") -> Office:
    """Return the office with a visitor on WhatsApp who has sent a request."""
    with office.storage.begin() as session:
        write_by_whatsapp(session, CHAT, NOON, channel)
        send_request(session, CHAT, NOON)
    return office
