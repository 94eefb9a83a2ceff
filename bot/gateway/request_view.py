"""Lays out the page /request: the form for the number, the state, what can be done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from bot.core.consultations import Appointment, Consultation, State
from bot.core.dates import spoken_date
from bot.core.languages import Language, other_language
from bot.gateway.console.desk import spoken_time
from bot.gateway.layouts import layouts
from bot.gateway.plain_form import LANGUAGE_NAMES
from bot.knowledge.base import KnowledgeBase
from bot.services.showing import say

# What the page shows: the form alone, a request, or the question before deleting it.
Step = Literal["number", "request", "sure"]
_WORDS: Final = (
    "plain_history",
    "plain_leave",
    "plain_problem",
    "request_page_another",
    "request_page_calendar",
    "request_page_calendar_note",
    "request_page_delete",
    "request_page_delete_now",
    "request_page_delete_note",
    "request_page_hint",
    "request_page_intro",
    "request_page_keep",
    "request_page_label",
    "request_page_look",
    "request_page_not",
    "request_page_state",
    "request_page_sure",
    "request_page_sure_note",
    "request_page_title",
)
# A visitor whose request was taken for spam reads that it is closed: that is true,
# and one who sends spam learns nothing.
_STATES: Final[Mapping[State, str]] = {
    "new": "request_page_new",
    "claimed": "request_page_claimed",
    "scheduled": "request_page_scheduled",
    "closed": "request_page_closed",
    "spam": "request_page_closed",
}
_KINDS: Final = {"phone": "request_page_phone", "office": "request_page_office"}


@dataclass(frozen=True)
class StatusPage:
    """What one page shows; `number` stands in its form."""

    language: Language
    step: Step = "number"
    number: str = ""
    lines: tuple[str, ...] = ()
    has_appointment: bool = False
    problem: str = ""
    notice: str = ""


def render_status(page: StatusPage, knowledge: KnowledgeBase) -> str:
    """Return the page as HTML."""
    other = other_language(page.language)
    return (
        layouts()
        .get_template("request_status.html")
        .render(
            page=page,
            language=page.language,
            words={key: say(knowledge, key, page.language) for key in _WORDS},
            other_language=other,
            other_name=LANGUAGE_NAMES[other],
        )
    )


def is_told(found: Consultation) -> bool:
    """Return whether a request is one of whose state the visitor is told."""
    return found.state in _STATES


def appointment_of(found: Consultation) -> Appointment | None:
    """Return the appointment that stands, if one does."""
    return found.appointment if found.state == "scheduled" else None


def status_lines(
    found: Consultation, knowledge: KnowledgeBase, language: Language
) -> tuple[str, ...]:
    """Return how a request stands, in plain words and with nothing that it holds."""
    local = knowledge.desk.local

    def tell(key: str, **values: str) -> str:
        return say(knowledge, key, language, **values)

    meeting = appointment_of(found)
    key = _STATES[found.state]
    if found.state == "scheduled" and meeting is None:
        key = "request_page_claimed"
    values = {}
    if meeting is not None:
        values = {
            "when": spoken_time(local(meeting.starts_at), language),
            "minutes": str(meeting.minutes),
            "kind": tell(_KINDS[meeting.kind]),
        }
    sent_at = found.submitted_at or found.created_at
    return (
        tell(key, **values),
        tell("request_page_sent", date=spoken_date(local(sent_at).date(), language)),
        tell(
            "request_page_kept",
            date=spoken_date(local(found.delete_at).date(), language),
        ),
    )
