"""What a visitor is told in the chat about a request that was sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.core.consultations import CONFIRM, Consultation, shown_reference
from bot.core.dates import spoken_date
from bot.core.intake import SEND
from bot.core.languages import Language
from bot.core.messages import Button, Reply
from bot.knowledge.base import KnowledgeBase
from bot.services import request_codes
from bot.services.intake_replies import REQUEST_PAGE, confirm_sent
from bot.services.replies import CHECK_BUTTON
from bot.storage import consultations
from bot.storage.engine import Storage, Transaction

_STATES: Final = {
    "new": "request_is_new",
    "claimed": "request_is_claimed",
    "scheduled": "request_is_scheduled",
    "closed": "request_is_closed",
    "spam": "request_is_closed",
}
_SEND: Final = f"{CONFIRM}.{SEND}"
_JUST_SENT: Final = timedelta(hours=1)
_START: Final = Button("button_request", "/start_request")


@dataclass(frozen=True)
class Asked:
    """What a visitor wants to know or do; `text` may hold the private number."""

    conversation: str
    language: Language
    text: str
    wants_delete: bool = False
    is_sure: bool = False
    # A choice of the form that was pressed when the form was over.
    pressed: str = ""
    page: str = REQUEST_PAGE


def reply_about_request(
    storage: Storage,
    knowledge: KnowledgeBase,
    asked: Asked,
    key: bytes,
    now: datetime,
) -> Reply:
    """Return what became of a request, or do away with it when that is confirmed.

    Without the private number only the requests of this very conversation are found.
    """
    if asked.pressed:
        return _after_the_form(storage, knowledge, asked, key, now)
    typed = request_codes.find_code_in(asked.text)
    with storage.begin() as session:
        found = _find(session, asked, typed, key)
        if found is None:
            return _unknown(asked, typed is not None)
        code = request_codes.code_of(found.id, found.reference, key)
        if not asked.wants_delete:
            return _tell(asked, knowledge, found, code)
        if not asked.is_sure:
            return _ask_again(asked, found, code)
        request_codes.withdraw(session, code, key, now)
    storage.forget_deleted()
    values = {"reference": shown_reference(found.reference)}
    return _say(asked, "request_deleted", values=values)


def _after_the_form(
    storage: Storage,
    knowledge: KnowledgeBase,
    asked: Asked,
    key: bytes,
    now: datetime,
) -> Reply:
    """Say the number again to whoever did not get the answer to "Send"."""
    if asked.pressed.startswith("delay_"):
        gone = ("intake_old_button",)
        return Reply("notice", asked.language, phrases=gone, buttons=(CHECK_BUTTON,))
    if asked.pressed == _SEND:
        with storage.read() as session:
            own = consultations.of_conversation(session, asked.conversation)
        sent_at = own[0].submitted_at if own else None
        if sent_at is not None and now - sent_at < _JUST_SENT:
            number = request_codes.code_of(own[0].id, own[0].reference, key)
            return confirm_sent(
                own[0], number, knowledge, asked.language, now, asked.page
            )
    return _say(asked, "request_question_gone")


def _find(
    session: Transaction, asked: Asked, typed: str | None, key: bytes
) -> Consultation | None:
    if typed is not None:
        return request_codes.status_of(session, typed, key)
    own = consultations.of_conversation(session, asked.conversation)
    return own[0] if own else None


def _unknown(asked: Asked, has_number: bool) -> Reply:
    phrase = "request_number_unknown" if has_number else "request_none_here"
    return _say(asked, phrase, buttons=(_START,))


def _tell(
    asked: Asked, knowledge: KnowledgeBase, found: Consultation, code: str
) -> Reply:
    values = {"reference": shown_reference(found.reference)}
    if found.appointment is not None:
        here = knowledge.desk.local(found.appointment.starts_at)
        day = spoken_date(here.date(), asked.language)
        values["when"] = f"{day}, {here:%H:%M}"
    delete = Button("button_delete_request", _delete_payload(code))
    phrases = (_STATES[found.state], "request_not_yet_client")
    return _say(asked, *phrases, values=values, buttons=(delete,))


def _ask_again(asked: Asked, found: Consultation, code: str) -> Reply:
    values = {"reference": shown_reference(found.reference)}
    sure = Button("button_delete_sure", _delete_payload(code, is_sure=True))
    return _say(asked, "request_delete_sure", values=values, buttons=(sure,))


def _delete_payload(code: str, is_sure: bool = False) -> str:
    sure = ', "sure": "yes"' if is_sure else ""
    return f'/delete_request{{"request": "{code}"{sure}}}'


def _say(
    asked: Asked,
    *phrases: str,
    values: dict[str, str] | None = None,
    buttons: tuple[Button, ...] = (),
) -> Reply:
    return Reply(
        "notice",
        asked.language,
        phrases=phrases,
        values=values or {},
        buttons=buttons,
    )
