"""Puts texts to a reply: the entry's words, today's facts, sources and dates."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from bot.core.cards import AnswerCard, ShownReply, SourceLine
from bot.core.dates import spoken_date
from bot.core.entries import Entry, Freshness
from bot.core.intake import stands_after_answers
from bot.core.languages import Language
from bot.core.messages import Button, Reply
from bot.knowledge.base import KnowledgeBase
from bot.services.delay_replies import stands_after_answers as asks_of_delay

_CLOSING: Final = frozenset(
    {"disclaimer", "ask_state", "partly_answered", "whatsapp_first"}
)
_OFFICE_BLANK: Final = re.compile(r"\{office_([a-z]+)\}")


def show_reply(
    reply: Reply, knowledge: KnowledgeBase, today: date, require_approved: bool = False
) -> ShownReply:
    """Return the reply with its texts.

    Raises:
        KeyError: the reply names an entry or a phrase that the files do not have.
    """
    language = reply.language
    closing = [key for key in reply.phrases if _is_closing(key, reply)]
    lead = [key for key in reply.phrases if key not in closing]
    options = [(name, _entry(knowledge, name)) for name in reply.options]
    choices = [
        Button(entry.texts[language].label, f'/choose_entry{{"entry": "{entry.id}"}}')
        for _, entry in options
    ]
    buttons = [
        Button(_phrase(knowledge, button.label, reply), button.payload)
        for button in reply.buttons
    ]
    return ShownReply(
        kind=reply.kind,
        language=language,
        lead=tuple(_phrase(knowledge, key, reply) for key in lead),
        cards=tuple(
            show_entry(
                _entry(knowledge, name), knowledge, language, today, require_approved
            )
            for name in reply.entries
        ),
        closing=tuple(_phrase(knowledge, key, reply) for key in closing),
        options=tuple((entry.id, entry.texts[language].title) for _, entry in options),
        buttons=tuple(choices or buttons),
        part=reply.part,
        labels={
            key: say(knowledge, f"button_{key}", language)
            for key in ("details", "sources", "options")
        },
    )


def _is_closing(key: str, reply: Reply) -> bool:
    """Whether a phrase stands below the answers, such as the form's next question."""
    is_question = stands_after_answers(key) or asks_of_delay(key)
    return key in _CLOSING or (bool(reply.entries) and is_question)


def show_entry(
    entry: Entry,
    knowledge: KnowledgeBase,
    language: Language,
    today: date,
    require_approved: bool = False,
) -> AnswerCard:
    """Return an entry as a visitor sees it on a day."""
    words = entry.texts[language]
    sources = _sources(entry, knowledge, language)
    url = sources[0].url if sources else ""
    as_of = spoken_date(entry.as_of, language)
    freshness = entry.freshness(today)
    short, details = words.short, words.details
    notice = ""
    if freshness is Freshness.WITHDRAWN:
        short, details = (
            say(knowledge, "too_old_to_show", language, date=as_of, url=url),
            "",
        )
    elif freshness is Freshness.OVERDUE and url:
        notice = say(knowledge, "overdue", language, date=as_of, url=url)
    approved = entry.status == "approved"
    related = [
        other
        for name in entry.related
        if (other := knowledge.find(name)) and other.is_published(require_approved)
    ]
    return AnswerCard(
        entry=entry.id,
        aliases=entry.aliases,
        title=words.title,
        short=knowledge.fill(short, language, today),
        details=knowledge.fill(details, language, today),
        next_step=knowledge.fill(words.next_step, language, today),
        sources=sources,
        jurisdiction=entry.jurisdiction,
        as_of=entry.as_of,
        review_by=entry.review_by,
        approved=approved,
        emergency=entry.emergency,
        checked=_checked(knowledge, language, as_of, approved),
        notice=notice,
        related=tuple((other.id, other.texts[language].title) for other in related),
    )


def say(knowledge: KnowledgeBase, key: str, language: Language, **values: str) -> str:
    """Return a phrase with the office's data and the given values in its blanks."""
    text = knowledge.phrase(key, language, **values)
    return _OFFICE_BLANK.sub(lambda m: knowledge.office_value(m[1], language), text)


def _sources(
    entry: Entry, knowledge: KnowledgeBase, language: Language
) -> tuple[SourceLine, ...]:
    return tuple(
        SourceLine(source.title[language], source.citation, source.url)
        for key in entry.sources
        if (source := knowledge.sources.get(key)) is not None
    )


def _checked(
    knowledge: KnowledgeBase, language: Language, as_of: str, approved: bool
) -> str:
    checked = say(knowledge, "checked_on", language, date=as_of)
    return checked if approved else f"{checked} {say(knowledge, 'draft', language)}"


def _phrase(knowledge: KnowledgeBase, key: str, reply: Reply) -> str:
    text = say(knowledge, key, reply.language)
    values = dict(reply.values)
    if state := values.pop("state_phrase", ""):
        values["state"] = knowledge.phrase(state, reply.language)
    for name, value in values.items():
        text = text.replace("{" + name + "}", value)
    return text


def _entry(knowledge: KnowledgeBase, name: str) -> Entry:
    entry = knowledge.find(name)
    if entry is None:
        raise KeyError(name)
    return entry
