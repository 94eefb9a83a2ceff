"""One consultation request: what was answered, what was done, what to do next."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from starlette.responses import Response

from bot.core.consultations import FIELDS, Consultation, shown_reference
from bot.core.dates import spoken_date
from bot.core.errors import ChangedByOther, NotAllowed, RequestGone
from bot.core.intake import applies, label_key
from bot.core.languages import Language, as_language
from bot.core.staff import Staff
from bot.gateway.console.desk import (
    ConsolePage,
    Visit,
    desk_of,
    go_to,
    read_fields,
    show,
)
from bot.gateway.console.queue import age_of
from bot.gateway.console.request_forms import (
    NAMES,
    Mistake,
    days_offered,
    read_appointment,
    read_note,
    read_reason,
    read_version,
)
from bot.gateway.console.words import Words
from bot.knowledge.base import KnowledgeBase
from bot.services import requests
from bot.services.appointment_news import tell_appointment
from bot.services.intake_replies import spoken_answer
from bot.services.request_codes import page_at
from bot.services.requests import CLOSE_REASONS, MAX_NOTE, RequestView, steps_of
from bot.storage import consultations
from bot.storage.audit import AuditEntry
from bot.storage.engine import Transaction

_NUMBER: Final = re.compile(r"\+[1-9][0-9]{6,14}")
# Nothing that could add a subject, a text or a second address to a mail.
_MAIL: Final = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


@dataclass(frozen=True)
class Answer:
    """A field by its name, what was answered, and how to call or write there."""

    label: str
    value: str
    link: str = ""


def answers_of(
    request: Consultation, knowledge: KnowledgeBase, language: Language
) -> list[Answer]:
    """Return all that was asked, with the answers in the reader's language."""
    given = request.answers
    return [
        Answer(
            knowledge.phrase(label_key(field), language),
            spoken_answer(field, given[field], knowledge, language)
            if field in given
            else "",
            contact_link(given) if field == "address" else "",
        )
        for field in FIELDS
        if field != "consent" and applies(field, given)
    ]


def contact_link(answers: Mapping[str, str]) -> str:
    """Return a link that calls or writes to the person; "" for anything else.

    >>> contact_link({"reach": "phone", "address": "+12125550100"})
    'tel:+12125550100'
    >>> contact_link({"reach": "email", "address": "javascript:alert(1)"})
    ''
    """
    reach, address = answers.get("reach"), answers.get("address", "")
    if reach == "email":
        return f"mailto:{address}" if _MAIL.fullmatch(address) else ""
    return f"tel:{address}" if _NUMBER.fullmatch(address) else ""


def what_was_done(entry: AuditEntry, words: Words, language: Language) -> str:
    """Return what a line of the history tells, with its reason or kind of file."""
    action = f"request.did_{entry.action}"
    known = action if action in words else "request.did_other"
    done = words.say(known, language, action=entry.action)
    detail = entry.detail
    for kind in ("reason", "detail"):
        key = f"request.{kind}_{entry.detail.replace(' ', '_')}"
        detail = words.say(key, language) if key in words else detail
    return f"{done} ({detail})" if detail else done


async def show_request(visit: Visit) -> Response:
    """Show a request; every look leaves an audit row."""
    return await _show(visit, {})


async def change_request(visit: Visit) -> Response:
    """Do what the pressed button says, or show the request as it is and why not.

    All forms of the page come to its own address, so that the address is one that can
    be loaded again, whatever the answer was.
    """
    fields = await read_fields(visit)
    action = fields.get("action", "")
    try:
        await asyncio.to_thread(_do, visit, action, fields)
    except Mistake as mistake:
        return await _show(visit, fields, 422, mistake=mistake)
    except ChangedByOther:
        return await _show(visit, fields, 409, problem="request.changed_by_other")
    except NotAllowed:
        return await _show(visit, fields, 409, problem="request.not_possible")
    return go_to(visit, f"/requests/{_reference(visit)}", f"request.done_{action}")


@dataclass(frozen=True)
class Change:
    """What somebody wants to change: the request as they saw it, and their form."""

    session: Transaction
    visit: Visit
    found: Consultation
    fields: Mapping[str, str]

    @property
    def who(self) -> tuple[Transaction, str, Staff, int]:
        """What every step begins with."""
        found = self.found
        return self.session, found.reference, self.visit.staff, found.version


def _do(visit: Visit, action: str, fields: Mapping[str, str]) -> None:
    with visit.world.storage.begin() as session:
        found = consultations.find_by_reference(session, _reference(visit))
        if found is None:
            raise RequestGone
        if found.version != read_version(fields):
            raise ChangedByOther
        if action not in _ACTIONS:
            raise NotAllowed
        _ACTIONS[action](Change(session, visit, found, fields))


def _schedule(change: Change) -> None:
    desk, now = change.visit.world.shelf.current.desk, change.visit.now
    kept_days = _kept_days(change.found)
    appointment = read_appointment(change.fields, desk, now, kept_days)
    _tell_visitor(change, requests.schedule(*change.who, appointment, now))


def _reopen(change: Change) -> None:
    reopened = requests.reopen(*change.who, change.visit.now)
    if change.found.state == "scheduled":
        _tell_visitor(change, reopened)


def _tell_visitor(change: Change, request: Consultation) -> None:
    world, now = change.visit.world, change.visit.now
    page = page_at(world.settings.PUBLIC_URL)
    tell_appointment(change.session, request, world.shelf.current, now, page)


def _close(change: Change) -> None:
    reason = read_reason(change.fields, CLOSE_REASONS)
    requests.close(*change.who, reason, change.visit.now)


def _add_note(change: Change) -> None:
    text = read_note(change.fields, MAX_NOTE)
    session, reference, staff, _ = change.who
    requests.add_note(session, reference, staff, text, change.visit.now)


_ACTIONS: Final[Mapping[str, Callable[[Change], object]]] = {
    "claim": lambda change: requests.claim(*change.who, change.visit.now),
    "give_up": lambda change: requests.give_up(*change.who, change.visit.now),
    "mark_spam": lambda change: requests.mark_spam(*change.who, change.visit.now),
    "reopen": _reopen,
    "schedule": _schedule,
    "close": _close,
    "note": _add_note,
}


async def _show(
    visit: Visit,
    fields: Mapping[str, str],
    status: int = 200,
    problem: str = "",
    mistake: Mistake | None = None,
) -> Response:
    view = await asyncio.to_thread(_look, visit)
    return show(
        visit,
        "request.html",
        status,
        problem=problem,
        mistake=mistake,
        typed=_typed(visit, view.consultation, fields),
        **_shown(visit, view),
    )


def _look(visit: Visit) -> RequestView:
    with visit.world.storage.begin() as session:
        return requests.look_at(session, _reference(visit), visit.staff, visit.now)


def _shown(visit: Visit, view: RequestView) -> dict[str, Any]:
    knowledge, language = visit.world.shelf.current, visit.staff.language
    request = view.consultation
    version = request.consent_version or ""
    first, last = days_offered(knowledge.desk, visit.now, _kept_days(request))
    submitted_at = request.submitted_at or request.created_at
    return {
        "consultation": request,
        "shown": shown_reference(request.reference),
        "channel": request.channel.partition("_")[0],
        "submitted_at": submitted_at,
        "age": age_of(submitted_at, visit.now),
        "deletion_day": spoken_date(
            knowledge.desk.local(request.delete_at).date(), language
        ),
        "answers": answers_of(request, knowledge, language),
        "notes": view.notes,
        "most_signs": MAX_NOTE,
        "history": [
            (entry, what_was_done(entry, desk_of(visit.request).words, language))
            for entry in reversed(view.history)
        ],
        "names": view.staff_names,
        "consent_text": view.consent_text,
        "consent_language": as_language(version[-2:]) or request.language,
        "steps": steps_of(request),
        "reasons": CLOSE_REASONS,
        "desk": knowledge.desk,
        "first_day": first.isoformat(),
        "last_day": last.isoformat(),
    }


def _typed(
    visit: Visit, request: Consultation, fields: Mapping[str, str]
) -> dict[str, str]:
    desk = visit.world.shelf.current.desk
    wish = request.answers.get("kind", "")
    proposed = {"minutes": str(desk.minutes), "kind": wish}
    if request.appointment:
        local = desk.local(request.appointment.starts_at)
        proposed = {
            "day": local.date().isoformat(),
            "time": f"{local:%H:%M}",
            "minutes": str(request.appointment.minutes),
            "kind": request.appointment.kind,
        }
    return {name: fields.get(name, proposed.get(name, "")) for name in NAMES}


def _reference(visit: Visit) -> str:
    reference: str = visit.request.path_params["reference"]
    return reference.upper()


def _kept_days(request: Consultation) -> int:
    return (request.delete_at - request.changed_at).days


pages: Final = (
    ConsolePage("/requests/{reference}", show_request, "see_requests"),
    ConsolePage("/requests/{reference}", change_request, "change_requests", ("POST",)),
)
