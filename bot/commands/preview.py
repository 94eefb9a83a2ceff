"""python -m bot knowledge preview ID: shows how an entry looks to visitors."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timezone
from typing import Final

from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from bot.channels.web import as_plain_text
from bot.channels.whatsapp_layout import lay_out
from bot.core.cards import ShownReply
from bot.core.entries import Entry
from bot.core.languages import LANGUAGES, Language
from bot.core.messages import Button, Reply
from bot.core.whatsapp import Outgoing
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.loader import load_knowledge
from bot.services.showing import show_entry, show_reply
from bot.settings import load_settings

CHANNELS: Final = ("terminal", "web", "whatsapp")
_BUTTONS: Final = (
    Button("button_details", "/ask_more"),
    Button("button_sources", "/ask_sources"),
    Button("button_person", "/request_consultation"),
)


def preview(entry_id: str, channel: str) -> int:
    """Print an entry in both languages; return 1 if there is no such entry.

    Raises:
        ContentError: the knowledge folder has faults.
    """
    knowledge = load_knowledge(load_settings().KNOWLEDGE_DIR)
    entry = knowledge.find(entry_id)
    if entry is None:
        return no_such_entry(entry_id, knowledge)
    kind = "emergency" if entry.emergency else "answer"
    today = knowledge.desk.local(datetime.now(timezone.utc)).date()
    for language in LANGUAGES:
        if channel == "terminal":
            text = whole_entry(entry, knowledge, language, today)
        else:
            text = as_shown(entry, knowledge, language, today, channel)
        title = f"{entry.id} ({language}, {channel}, {kind}, {len(text)} characters)"
        Console(width=72).print(Panel(Text(text), title=title))
    return 0


def no_such_entry(entry_id: str, knowledge: KnowledgeBase) -> int:
    """Say that there is no such entry, and which have names like it; return 1."""
    near = " ".join(sorted(name for name in knowledge.entries if entry_id in name)[:5])
    told = f"There is no entry {entry_id!r}."
    print(f"{told} Perhaps: {near}" if near else told, file=sys.stderr)
    return 1


def as_shown(
    entry: Entry,
    knowledge: KnowledgeBase,
    language: Language,
    today: date,
    channel: str,
) -> str:
    """Return the first answer with its buttons, as web or WhatsApp shows it."""
    reply = Reply(
        "answer", language, (entry.id,), phrases=("disclaimer",), buttons=_BUTTONS
    )
    shown = show_reply(reply, knowledge, today)
    if channel == "whatsapp":
        return _whatsapp(shown)
    # The card of the chat page carries the title, and its parts to be opened.
    card = replace(shown, lead=(*shown.lead, shown.cards[0].title))
    buttons = "\n".join(f"[ {button.label} ]" for button in shown.buttons)
    return f"{as_plain_text(card)}\n\n{buttons}"


def whole_entry(
    entry: Entry, knowledge: KnowledgeBase, language: Language, today: date
) -> str:
    """Return all that an entry says, with what only staff see of it."""
    return "\n\n".join(_parts(entry, knowledge, language, today))


def _parts(
    entry: Entry, knowledge: KnowledgeBase, language: Language, today: date
) -> Iterator[str]:
    card = show_entry(entry, knowledge, language, today)
    words = entry.texts[language]
    yield f"# {card.title}\nButton: {words.label}"
    yield from filter(None, (card.notice, card.short, card.details, card.next_step))
    if card.sources:
        yield "\n".join(f"- {s.title}, {s.citation}: {s.url}" for s in card.sources)
    if card.related:
        yield "\n".join(f"-> {title}" for _, title in card.related)
    yield card.checked
    asked = "\n".join(f"  {question}" for question in words.questions)
    yield (
        f"{entry.jurisdiction} \u00b7 {entry.status} \u00b7 {entry.owner} \u00b7 "
        f"review by {entry.review_by}\n{len(words.questions)} questions:\n{asked}"
    )


def _whatsapp(shown: ShownReply) -> str:
    outgoing: Outgoing = lay_out(shown, 1)
    buttons = "".join(f"\n[ {choice.title} ]" for choice in outgoing.choices)
    return f"{outgoing.body}\n{buttons}"
