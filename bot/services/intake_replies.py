"""Builds what the form says: a question with its buttons, the summary, the end."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from bot.core.consultations import CONFIRM, FIELDS, Consultation
from bot.core.dates import spoken_date
from bot.core.intake import (
    SKIPPED,
    Answers,
    applies,
    choice_key,
    choices_of,
    is_choice,
    label_key,
    question_key,
)
from bot.core.languages import Language
from bot.core.messages import Button, Channel, Reply
from bot.knowledge.base import KnowledgeBase
from bot.services.intake_reading import spoken_phone

URGENT_DETAINED: Final = "intake_urgent_detained"
# What the delay check was told counts here, too, once the person has agreed.
CARRIED: Final = "delay_carried_over"
GO_ON: Final = "intake_go_on"
_FIRST_STEPS: Final = "family_detained_first_steps"
_CONSENT: Final = ("intake_consent",)
_CONSENT_WHATSAPP: Final = ("intake_consent", "intake_consent_whatsapp")
_VERSION_SIGNS: Final = 16


# Its path; with the office's own address where PUBLIC_URL tells it.
REQUEST_PAGE: Final = "/request"


@dataclass(frozen=True)
class Form:
    """What a question is built from; `draft` is the id of the request so far."""

    knowledge: KnowledgeBase
    channel: Channel
    language: Language
    kept_days: int
    draft: str
    answers: Answers


@dataclass(frozen=True)
class Consent:
    """The words that are agreed to, and the version that names exactly these words."""

    text: str
    version: str


def ask(form: Form, asked: str, said: Sequence[str] = ()) -> Reply:
    """Return a question of the form, after what is said first."""
    choices = choices_of(asked, form.knowledge.desk, form.channel, form.answers)
    return Reply(
        "form",
        form.language,
        entries=_first_steps(form.knowledge, said),
        phrases=(*said, *_question(form, asked)),
        buttons=tuple(
            Button(
                choice_key(asked, choice),
                f'/choose_answer{{"answer": "{asked}.{choice}"}}',
            )
            for choice in choices
        ),
        values={**_values(form, asked), **(_noted(form) if CARRIED in said else {})},
    )


def _noted(form: Form) -> dict[str, str]:
    """Return what the delay check was told already, for the words that say so."""
    known = [name for name in ("place", "matter") if name in form.answers]
    language = form.language
    spoken = (
        spoken_answer(name, form.answers[name], form.knowledge, language)
        for name in known
    )
    return {"noted": ", ".join(spoken)}


def go_on(form: Form, asked: str, reply: Reply) -> Reply:
    """Return the answer to a question in the middle, and then the form's own again."""
    question = ask(replace(form, language=reply.language), asked)
    return replace(
        reply,
        phrases=(*reply.phrases, GO_ON, *question.phrases),
        buttons=question.buttons,
        values={**reply.values, **question.values},
    )


def over(language: Language, *said: str) -> Reply:
    """Return what is said when the form ends without a request."""
    return Reply("form", language, phrases=said)


def confirm_sent(
    sent: Consultation,
    number: str,
    knowledge: KnowledgeBase,
    language: Language,
    now: datetime,
    page: str = REQUEST_PAGE,
) -> Reply:
    """Return the confirmation: the private number, what happens next, what it is not.

    `page`: where the visitor looks the request up.

    The same request gives the same number each time.
    """
    values = {"number": number, "page": page}
    desk = knowledge.desk
    opening = desk.next_opening(now)
    said = ["intake_sent"]
    if desk.is_open(now):
        said.append("intake_next_now")
    elif opening is not None:
        said.append("intake_next_opening")
        values["opening_day"] = spoken_date(opening.date(), language)
        values["opening_time"] = _spoken_time(opening, language)
    else:
        said.append("intake_next_unknown")
    if sent.is_urgent and knowledge.office.get("phone", {}).get(language):
        said.append("intake_urgent_call")
    said += ["intake_not_yet_client", "intake_look_up"]
    return Reply("form", language, phrases=tuple(said), values=values)


def consent(
    knowledge: KnowledgeBase, channel: Channel, language: Language, kept_days: int
) -> Consent:
    """Return the words of the consent screen as this visitor reads them."""
    text = "\n\n".join(
        knowledge.phrase(key, language, days=str(kept_days))
        for key in _consent_phrases(channel)
    )
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    return Consent(text, f"{digest[:_VERSION_SIGNS]}.{language}")


def summary_lines(
    consultation: Consultation, knowledge: KnowledgeBase, language: Language
) -> list[str]:
    """Return the answers of a request as lines "Label: value", in their order."""
    answers = consultation.answers
    return [
        f"{knowledge.phrase(label_key(field), language)}: "
        f"{spoken_answer(field, answers[field], knowledge, language)}"
        for field in FIELDS
        if field != "consent" and field in answers and applies(field, answers)
    ]


def spoken_answer(
    field: str, value: str, knowledge: KnowledgeBase, language: Language
) -> str:
    """Return one kept answer in words: a choice's label, a date, or own words."""
    if value == SKIPPED:
        return knowledge.phrase("intake_skipped", language)
    if is_choice(field, value):
        return knowledge.phrase(choice_key(field, value), language)
    if field == "urgent_date":
        return _spoken_day(value, language)
    if field == "address" and value.startswith("+"):
        return spoken_phone(value)
    return value


def _question(form: Form, asked: str) -> tuple[str, ...]:
    if asked == "consent":
        return (*_consent_phrases(form.channel), "intake_ask_consent")
    return (question_key(asked, form.channel, form.answers),)


def _consent_phrases(channel: Channel) -> tuple[str, ...]:
    return _CONSENT if channel == "web" else _CONSENT_WHATSAPP


def _values(form: Form, asked: str) -> Mapping[str, str]:
    if asked == "consent":
        return {"asks": asked, "days": str(form.kept_days)}
    if asked == "kind":
        return {"asks": asked, "minutes": str(form.knowledge.desk.minutes)}
    if asked == CONFIRM:
        return {"asks": asked, "draft": form.draft}
    return {"asks": asked}


def _first_steps(knowledge: KnowledgeBase, said: Sequence[str]) -> tuple[str, ...]:
    if URGENT_DETAINED not in said or knowledge.find(_FIRST_STEPS) is None:
        return ()
    return (_FIRST_STEPS,)


def _spoken_day(value: str, language: Language) -> str:
    try:
        return spoken_date(date.fromisoformat(value), language)
    except ValueError:
        return value


def _spoken_time(moment: datetime, language: Language) -> str:
    half = ("a.m.", "p.m.") if language == "en" else ("a. m.", "p. m.")
    return f"{moment.hour % 12 or 12}:{moment:%M} {half[moment.hour >= 12]}"
