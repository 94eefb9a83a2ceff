"""What staff see of a conversation: what was said, who has it, whether it arrives."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from bot.core.consultations import Consultation
from bot.core.errors import RequestGone
from bot.core.languages import DEFAULT_LANGUAGE, Language
from bot.core.staff import Staff
from bot.services import handoffs
from bot.services.request_codes import hide_codes
from bot.storage import (
    audit,
    consultations,
    conversations,
    messages,
    outbox,
    ownership,
)
from bot.storage.engine import Transaction
from bot.storage.outbox import Delivery
from bot.storage.ownership import Ownership

Mode = Literal["gone", "reply", "watch", "take", "no_consent", "no_way"]


@dataclass(frozen=True)
class Line:
    """One message as staff read it; `has_summary`: a request's lines stood in it."""

    seq: int
    who: str
    name: str
    text: str
    at: datetime
    language: str
    has_summary: bool = False


@dataclass(frozen=True)
class Talk:
    """A conversation; without an owner it was deleted by its visitor or by time."""

    request: Consultation
    language: Language
    channel: str
    owned: Ownership | None
    holder: str
    lines: tuple[Line, ...]
    last: int
    is_visitor_typing: bool
    is_agreed: bool
    window_until: datetime | None
    hindrance: str
    deliveries: tuple[Delivery, ...]

    def mode(self, staff: Staff) -> Mode:
        """Return what a staff member can do here."""
        if self.owned is None:
            return "gone"
        if self.owned.is_person:
            return "reply" if self.owned.staff_id == staff.id else "watch"
        if not self.is_agreed:
            return "no_consent"
        return "no_way" if self.hindrance else "take"

    @property
    def mark(self) -> str:
        """A short sign of all but the messages: another one means that it changed."""
        states = [(delivery.state, delivery.error) for delivery in self.deliveries]
        owned = self.owned
        owner = owned and (owned.owner, owned.staff_id, owned.since)
        waiting = owned and owned.waiting_since
        way = (self.hindrance, self.window_until, self.is_agreed)
        seen = (owner, waiting, self.is_visitor_typing, way, states)
        return hashlib.sha256(repr(seen).encode()).hexdigest()[:12]


def read_talk(
    session: Transaction, reference: str, now: datetime, after: int = 0
) -> Talk:
    """Return the conversation of a request, its messages after a number.

    Raises:
        RequestGone: there is no such request.
    """
    request = consultations.find_by_reference(session, reference)
    if request is None:
        raise RequestGone
    whose = request.conversation
    found = conversations.find_conversation(session, whose) if whose else None
    if found is None:
        return _gone(request)
    owned = ownership.ownership_of(session, found.id)
    holders = [owned.staff_id] if owned and owned.staff_id is not None else []
    new = messages.messages_after(session, found.id, after)
    return Talk(
        request=request,
        language=found.language or DEFAULT_LANGUAGE,
        channel=found.channel,
        owned=owned,
        holder="".join(audit.names_of(session, holders).values()),
        lines=tuple(_line(message) for message in new),
        last=new[-1]["seq"] if new else after,
        is_visitor_typing=owned is not None and owned.is_typing("visitor", now),
        is_agreed=handoffs.request_of(session, found.id) is not None,
        window_until=handoffs.whatsapp_window(session, found.id, now),
        hindrance=handoffs.whatsapp_hindrance(session, found.id, now),
        deliveries=tuple(outbox.states_of(session, found.id)),
    )


def look_at_talk(
    session: Transaction, reference: str, staff: Staff, now: datetime
) -> Talk:
    """Return the conversation of a request, and note who looked at it.

    Raises:
        RequestGone: there is no such request.
    """
    talk = read_talk(session, reference, now)
    audit.note(session, now, staff.id, "conversation_viewed", reference)
    return talk


def _line(message: dict[str, Any]) -> Line:
    return Line(
        seq=message["seq"],
        who=message["from"],
        name=message.get("name") or "",
        # Whoever has the whole number can delete the request: it is the visitor's.
        text=hide_codes(message["text"]),
        at=datetime.fromisoformat(message["at"]),
        language=message.get("language") or DEFAULT_LANGUAGE,
        has_summary="draft" in message,
    )


def _gone(request: Consultation) -> Talk:
    return Talk(
        request=request,
        language=request.language,
        channel=request.channel,
        owned=None,
        holder="",
        lines=(),
        last=0,
        is_visitor_typing=False,
        is_agreed=False,
        window_until=None,
        hindrance="",
        deliveries=(),
    )
