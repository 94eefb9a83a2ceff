"""Says in words all that stands on the paper of a request."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.core.consultations import Consultation, shown_reference
from bot.core.languages import Language, as_language
from bot.gateway.console.desk import spoken_time
from bot.gateway.console.request_page import answers_of, what_was_done
from bot.gateway.console.words import Words
from bot.knowledge.base import KnowledgeBase
from bot.services.request_pdf import PrintedRequest, Section
from bot.services.requests import RequestView


@dataclass(frozen=True)
class Speaker:
    """Says the console's words in the language of who is there."""

    words: Words
    language: Language
    knowledge: KnowledgeBase

    def say(self, key: str, **blanks: object) -> str:
        """Return the words of a key."""
        return self.words.say(key, self.language, **blanks)

    def line(self, label: str, value: str) -> str:
        """Return a label with its value."""
        return self.say("exports.line", label=label, value=value)

    def time(self, moment: datetime) -> str:
        """Return a moment by the office's clock."""
        return spoken_time(self.knowledge.desk.local(moment), self.language)

    def name(self, view: RequestView, staff_id: int | None) -> str:
        """Return who did something."""
        if staff_id is None:
            return self.say("request.by_itself")
        known = view.staff_names.get(staff_id)
        return known or self.say("request.former_staff", number=staff_id)


def lay_out(speak: Speaker, view: RequestView, now: datetime) -> PrintedRequest:
    """Return the paper: at a glance, answers, notes, history, consent."""
    say, found = speak.say, view.consultation
    sections = (
        Section(say("request.at_a_glance"), tuple(_glance(speak, view, now))),
        Section(say("request.answers"), tuple(_answers(speak, found))),
        Section(say("request.notes"), tuple(_notes(speak, view))),
        Section(say("request.history"), tuple(_history(speak, view))),
        Section(say("request.consent"), tuple(_consent(speak, view))),
    )
    reference = shown_reference(found.reference)
    return PrintedRequest(
        title=say("request.title", reference=reference),
        confidential=say("exports.confidential"),
        replaced=say("exports.replaced"),
        language=speak.language,
        sections=sections,
    )


def _glance(speak: Speaker, view: RequestView, now: datetime) -> Iterator[str]:
    found, say = view.consultation, speak.say
    if found.is_urgent:
        yield say("request.urgent")
    yield speak.line(say("request.state"), say(f"queue.state_{found.state}"))
    holder = say("request.nobody")
    if found.staff_id is not None:
        holder = speak.name(view, found.staff_id)
    yield speak.line(say("request.with"), holder)
    meeting = found.appointment
    if meeting is not None:
        spoken = say(
            "request.appointment_at",
            moment=speak.time(meeting.starts_at),
            minutes=meeting.minutes,
            kind=say(f"request.kind_{meeting.kind}"),
        )
        yield speak.line(say("request.appointment"), spoken)
    if found.close_reason:
        reason = say(f"request.reason_{found.close_reason}")
        yield speak.line(say("request.reason"), reason)
    sent_at = found.submitted_at or found.created_at
    channel = found.channel.partition("_")[0]
    yield speak.line(say("request.received"), speak.time(sent_at))
    yield speak.line(say("request.channel"), say(f"queue.channel_{channel}"))
    yield speak.line(say("request.language"), say(f"queue.language_{found.language}"))
    yield speak.line(say("exports.saved"), speak.time(now))


def _answers(speak: Speaker, found: Consultation) -> Iterator[str]:
    for answer in answers_of(found, speak.knowledge, speak.language):
        value = answer.value or speak.say("request.no_answer")
        yield speak.line(answer.label, value)


def _notes(speak: Speaker, view: RequestView) -> Iterator[str]:
    if not view.notes:
        yield speak.say("request.notes_none")
    for note in view.notes:
        name, moment = speak.name(view, note.staff_id), speak.time(note.at)
        who = speak.say("request.note_by", name=name, moment=moment)
        yield f"{who}\n{note.text}"


def _history(speak: Speaker, view: RequestView) -> Iterator[str]:
    for entry in view.history:
        yield speak.say(
            "request.history_line",
            moment=speak.time(entry.at),
            name=speak.name(view, entry.staff_id),
            action=what_was_done(entry, speak.words, speak.language),
        )


def _consent(speak: Speaker, view: RequestView) -> Iterator[str]:
    found, version = view.consultation, view.consultation.consent_version
    if version is None or found.consent_at is None:
        yield speak.say("request.consent_none")
        return
    spoken = as_language(version[-2:]) or found.language
    yield speak.say(
        "request.consent_given",
        moment=speak.time(found.consent_at),
        spoken=speak.say(f"queue.language_{spoken}"),
        version=version,
    )
    yield view.consent_text or speak.say("request.consent_text_gone")
