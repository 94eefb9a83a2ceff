"""Shows an entry as a visitor would read it: as a web card and a WhatsApp message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from bot.channels.rich_text import read_blocks
from bot.channels.whatsapp_layout import lay_out
from bot.channels.whatsapp_limits import MAX_BODY_WITH_CHOICES, MAX_TEXT
from bot.channels.whatsapp_text import size
from bot.core.cards import AnswerCard
from bot.core.entries import Entry
from bot.core.languages import LANGUAGES, Language
from bot.core.messages import Button, Reply, ReplyKind
from bot.core.whatsapp import Outgoing
from bot.gateway.plain_view import is_web_address
from bot.knowledge.base import KnowledgeBase
from bot.services.showing import say, show_reply

_BUTTONS: Final = (
    Button("button_details", "/ask_more"),
    Button("button_sources", "/ask_sources"),
    Button("button_person", "/request_consultation"),
)
_WORDS: Final = ("button_sources", "plain_details", "plain_next", "plain_related")


@dataclass(frozen=True)
class Preview:
    """An entry in one language as visitors read it, on the web and on WhatsApp."""

    language: Language
    card: AnswerCard
    parts: Mapping[str, Any]
    words: Mapping[str, str]
    buttons: tuple[str, ...]
    closing: tuple[str, ...]
    links: frozenset[str]
    outgoing: Outgoing
    characters: int
    most: int


def previews_of(
    entry: Entry, knowledge: KnowledgeBase, today: date, require_approved: bool
) -> list[Preview]:
    """Return an entry as visitors would read it, in each language.

    Raises:
        KeyError: it names something that the knowledge does not have.
    """
    changed = knowledge.with_entry(entry)
    return [
        _preview(entry, changed, code, today, require_approved) for code in LANGUAGES
    ]


def _preview(
    entry: Entry,
    knowledge: KnowledgeBase,
    language: Language,
    today: date,
    require_approved: bool,
) -> Preview:
    kind: ReplyKind = "emergency" if entry.emergency else "answer"
    reply = Reply(
        kind, language, (entry.id,), phrases=("disclaimer",), buttons=_BUTTONS
    )
    shown = show_reply(reply, knowledge, today, require_approved)
    card, outgoing = shown.cards[0], lay_out(shown, 1)
    return Preview(
        language=language,
        card=card,
        parts={
            part: read_blocks(getattr(card, part))
            for part in ("short", "details", "next_step")
        },
        words={key: say(knowledge, key, language) for key in _WORDS},
        buttons=tuple(button.label for button in shown.buttons),
        closing=shown.closing,
        links=frozenset(s.url for s in card.sources if is_web_address(s.url)),
        outgoing=outgoing,
        characters=size(outgoing.body),
        most=MAX_BODY_WITH_CHOICES if outgoing.choices else MAX_TEXT,
    )
