"""Tells a visitor, where the conversation is still there, when their appointment is."""

from __future__ import annotations

from datetime import datetime

from bot.core.consultations import Consultation, shown_reference
from bot.core.dates import spoken_date
from bot.core.languages import DEFAULT_LANGUAGE
from bot.knowledge.base import KnowledgeBase
from bot.services import showing
from bot.services.handoff_messages import system_message
from bot.services.handoffs import tell_visitor
from bot.storage import conversations, ownership
from bot.storage.engine import Transaction


def tell_appointment(
    session: Transaction,
    request: Consultation,
    knowledge: KnowledgeBase,
    now: datetime,
    page: str,
) -> bool:
    """Tell the day and time in the conversation; return whether it is still there.

    A request without an appointment is told to have none any more. `page`: where the
    visitor looks the request up.
    """
    if request.conversation is None:
        return False
    found = conversations.find_conversation(session, request.conversation)
    if found is None:
        return False
    language = found.language or DEFAULT_LANGUAGE
    values = {"reference": shown_reference(request.reference), "page": page}
    phrase = "handoff_appointment_off"
    if request.appointment is not None:
        here = knowledge.desk.local(request.appointment.starts_at)
        phrase = f"handoff_appointment_{request.appointment.kind}"
        values["when"] = f"{spoken_date(here.date(), language)}, {here:%H:%M}"
    text = showing.say(knowledge, phrase, language, **values)
    tell_visitor(session, found, system_message(text, language, found.owner), "", now)
    ownership.note_news(session, found.id, now)
    return True
