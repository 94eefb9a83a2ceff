"""A person of the office takes over a conversation, writes in it, and hands it back.

Each function works in the transaction that it is given: who owns the conversation,
what the visitor reads and the audit row are kept together or not at all.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, Final

from bot.channels.whatsapp_limits import MAX_TEXT, MAX_TWILIO_TEXT, WINDOW_HOURS
from bot.core.consultations import Consultation
from bot.core.errors import ChangedByOther, NotAllowed, RequestGone
from bot.core.languages import DEFAULT_LANGUAGE, Language
from bot.core.staff import Staff
from bot.knowledge.base import KnowledgeBase
from bot.services import showing
from bot.services.handoff_messages import (
    MAX_REPLY,
    clean_reply,
    outgoing_of,
    staff_message,
    system_message,
)
from bot.storage import (
    audit,
    consultations,
    contacts,
    conversations,
    messages,
    outbox,
    ownership,
)
from bot.storage.conversations import Conversation
from bot.storage.engine import Transaction
from bot.storage.ownership import BOT, Ownership
from bot.storage.ownership import PERSON as PERSON

HANDED_BACK: Final = "handoff_handed_back"
ASKED_BACK: Final = "handoff_asked_back"
WINDOW_CLOSED: Final = "window_closed"
NOBODY_ANSWERED: Final = "handoff_nobody_answered"
REQUEST_GONE: Final = "handoff_request_gone"
# Requests in these states show that the person agreed to a talk with the office.
_AGREED: Final = frozenset({"new", "claimed", "scheduled", "closed"})
# The same words again, so soon: a form that was sent twice.
_REPEAT: Final = timedelta(seconds=30)
_WINDOW: Final = timedelta(hours=WINDOW_HOURS)
# After the window nobody could be told any more that nobody answered.
_LONGEST_SILENCE: Final = _WINDOW - timedelta(minutes=30)


def hear(session: Transaction, conversation: str, now: datetime) -> bool:
    """Return whether a person has the conversation; the assistant then says nothing.

    From the first unanswered words on the visitor waits. Until the transaction ends
    nobody can take the conversation over or hand it back.
    """
    owned = ownership.ownership_of(session, conversation, hold=True)
    if owned is None or not owned.is_person:
        return False
    return ownership.note_waiting(session, conversation, now)


def join(
    session: Transaction,
    conversation: str,
    staff: Staff,
    knowledge: KnowledgeBase,
    now: datetime,
) -> None:
    """Give the conversation to a staff member and tell the visitor who joined.

    Raises:
        RequestGone: there is no such conversation any more.
        NotAllowed: the visitor sent no request, or WhatsApp lets nobody write now.
        ChangedByOther: another person has it.
    """
    found = _find(session, conversation)
    request = request_of(session, conversation)
    if request is None or whatsapp_hindrance(session, conversation, now):
        raise NotAllowed
    if not ownership.take(session, conversation, staff.id, now):
        owned = ownership.ownership_of(session, conversation)
        if owned is not None and owned.staff_id == staff.id:
            return
        raise ChangedByOther
    language = _language(found)
    text = showing.say(knowledge, "handoff_joined", language, name=staff.name)
    back = showing.say(knowledge, "handoff_button_back", language)
    told = system_message(text, language, PERSON, staff.name, back)
    tell_visitor(session, found, told, "", now)
    audit.note(session, now, staff.id, "handoff_joined", request.reference)


def say(
    session: Transaction,
    conversation: str,
    staff: Staff,
    text: str,
    knowledge: KnowledgeBase,
    now: datetime,
    asking: Collection[str] = (),
) -> None:
    """Keep what a staff member writes to the visitor, and send it on.

    `asking`: the channels where a template can ask somebody to write first, once
    WhatsApp takes no free reply any more; the words then wait for that.

    Raises:
        RequestGone: there is no such conversation any more.
        NotAllowed: this person does not have it, WhatsApp lets nobody write now, or
            there are no words or too many. Nothing was kept.
    """
    owned = ownership.ownership_of(session, conversation, hold=True)
    found = _find(session, conversation)
    words = clean_reply(text)
    if owned is None or not owned.is_person or owned.staff_id != staff.id:
        raise NotAllowed
    if not 1 <= len(words) <= MAX_REPLY:
        raise NotAllowed
    hindrance = whatsapp_hindrance(session, conversation, now)
    if hindrance and not (hindrance == WINDOW_CLOSED and found.channel in asking):
        raise NotAllowed
    language = _language(found)
    back = showing.say(knowledge, "handoff_button_back", language)
    said = staff_message(staff.name, words, language, back)
    if _is_repeat(session, conversation, said, now):
        return
    said_by = showing.say(knowledge, "handoff_said_by", language, name=staff.name)
    tell_visitor(session, found, said, said_by, now, may_wait=bool(hindrance))
    ownership.note_staff(session, conversation, now)


def hand_back(
    session: Transaction,
    conversation: str,
    staff: Staff | None,
    knowledge: KnowledgeBase,
    now: datetime,
    phrase: str,
) -> bool:
    """Give the conversation back to the assistant and say so by a phrase.

    `staff` is None where the visitor or the time decides. Returns whether a person
    had it.

    Raises:
        RequestGone: there is no such conversation any more.
        NotAllowed: the staff member does not have it and is no admin.
    """
    found = _find(session, conversation)
    owned = ownership.ownership_of(session, conversation, hold=True)
    whose = None if staff is None or staff.role == "admin" else staff.id
    if not ownership.give_back(session, conversation, now, whose):
        if staff is not None:
            raise NotAllowed
        return False
    language = _language(found)
    name = staff.name if staff is not None else ""
    text = showing.say(knowledge, phrase, language, name=name)
    tell_visitor(session, found, system_message(text, language, BOT), "", now)
    request = request_of(session, conversation)
    audit.note(
        session,
        now,
        staff.id if staff is not None else None,
        "handoff_left",
        request.reference if request else "conversation",
        _by_whom(owned, staff, phrase),
    )
    return True


def give_back_silent(
    session: Transaction,
    now: datetime,
    silence: timedelta,
    knowledge: KnowledgeBase,
) -> list[str]:
    """Give back to the assistant what staff left unanswered; return which these are.

    On WhatsApp that is at the latest shortly before nobody may write there any more.
    What staff cannot reach any more, as its request was deleted, goes back at once.
    """
    given = ownership.without_request(session)
    for conversation in given:
        hand_back(session, conversation, None, knowledge, now, REQUEST_GONE)
    shortest = min(silence, _LONGEST_SILENCE)
    for conversation in ownership.waiting_longer_than(session, now - shortest):
        found = conversations.find_conversation(session, conversation)
        owned = ownership.ownership_of(session, conversation, hold=True)
        if found is None or owned is None or owned.waiting_since is None:
            continue
        patience = shortest if _is_whatsapp(found) else silence
        if owned.waiting_since > now - patience:
            continue
        if hand_back(session, conversation, None, knowledge, now, NOBODY_ANSWERED):
            given.append(conversation)
    return given


def request_of(session: Transaction, conversation: str) -> Consultation | None:
    """Return the newest request by which the visitor agreed to a talk, or None."""
    requests = consultations.of_conversation(session, conversation)
    agreed = [
        request
        for request in requests
        if request.consent_at is not None and request.state in _AGREED
    ]
    return agreed[0] if agreed else None


def whatsapp_window(
    session: Transaction,
    conversation: str,
    now: datetime,  # noqa: ARG001
) -> datetime | None:
    """Return until when WhatsApp takes (or took) free replies; None on the web."""
    contact = contacts.contact_of(session, conversation)
    return None if contact is None else contact.heard_at + _WINDOW


def whatsapp_hindrance(session: Transaction, conversation: str, now: datetime) -> str:
    """Return why nothing can be written on WhatsApp now; "" if something can.

    "window_closed": the person has not written for a day; "opted_out": wants no more.
    """
    contact = contacts.contact_of(session, conversation)
    if contact is None:
        return ""
    if contact.opted_out_at is not None:
        return "opted_out"
    return WINDOW_CLOSED if now - contact.heard_at > _WINDOW else ""


def tell_visitor(
    session: Transaction,
    found: Conversation,
    content: dict[str, Any],
    said_by: str,
    now: datetime,
    may_wait: bool = False,
) -> None:
    """Keep a message for the visitor, and send it on where WhatsApp takes it.

    `said_by` stands above a person's words there.
    """
    stored = messages.add_message(session, found.id, content, now)
    conversations.touch_conversation(session, found.id, now)
    if not _is_whatsapp(found):
        return
    if not may_wait and whatsapp_hindrance(session, found.id, now):
        return
    longest = MAX_TWILIO_TEXT if found.channel == "whatsapp_twilio" else MAX_TEXT
    for outgoing in outgoing_of(stored, said_by, longest):
        outbox.post(session, found.id, found.channel, outgoing, now)


def _is_repeat(
    session: Transaction, conversation: str, said: dict[str, Any], now: datetime
) -> bool:
    last = messages.messages_after(session, conversation, 0)[-1:]
    return any(
        said.items() <= message.items()
        and now - datetime.fromisoformat(message["at"]) < _REPEAT
        for message in last
    )


def _find(session: Transaction, conversation: str) -> Conversation:
    found = conversations.find_conversation(session, conversation)
    if found is None:
        raise RequestGone
    return found


def _language(found: Conversation) -> Language:
    return found.language or DEFAULT_LANGUAGE


def _is_whatsapp(found: Conversation) -> bool:
    return found.channel.startswith("whatsapp_")


def _by_whom(owned: Ownership | None, staff: Staff | None, phrase: str) -> str:
    if staff is not None:
        is_own = owned is not None and owned.staff_id == staff.id
        return "by staff" if is_own else "by an admin"
    reasons = {NOBODY_ANSWERED: "after silence", REQUEST_GONE: "request deleted"}
    return reasons.get(phrase, "by the visitor")
