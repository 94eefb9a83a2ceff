"""Lays a reply out for the chat API: one JSON message, readable also as plain text."""

from __future__ import annotations

from typing import Any, Final

from bot.channels.card_texts import numbered_options, texts_of
from bot.core.cards import AnswerCard, ShownReply

# What these buttons ask for stands in an answer's card already; a client that shows
# cards whole may leave them out.
_IN_THE_CARD: Final = {"/ask_more": "details", "/ask_sources": "sources"}


def render_reply(reply: ShownReply) -> dict[str, Any]:
    """Return a reply as the content of one message of the chat API."""
    return {
        "from": "bot",
        "kind": reply.kind,
        "language": reply.language,
        "text": as_plain_text(reply),
        "lead": list(reply.lead),
        "closing": list(reply.closing),
        "part": reply.part,
        "answers": [_card(card) for card in reply.cards],
        "options": [{"entry": entry, "title": title} for entry, title in reply.options],
        "choices": [{"label": b.label, "payload": b.payload} for b in reply.buttons],
    }


def render_visitor(
    text: str, language: str | None, client_id: str | None = None
) -> dict[str, Any]:
    """Return a visitor's own words as the content of one message.

    `client_id` is the id that the visitor's device gave it: by it the device knows
    its own message again.
    """
    return {
        "from": "visitor",
        "client_id": client_id,
        "kind": "message",
        "language": language,
        "text": text,
        "answers": [],
        "options": [],
        "choices": [],
    }


def present(message: dict[str, Any]) -> dict[str, Any]:
    """Return a stored message as it leaves the server, its choices as buttons."""
    shown = {key: value for key, value in message.items() if key != "choices"}
    shown["buttons"] = [
        {
            "id": f"{message['seq']}.{place}",
            "label": choice["label"],
            "shows": _IN_THE_CARD.get(choice["payload"]),
        }
        for place, choice in enumerate(message.get("choices", ()))
    ]
    return shown


def chosen_payload(message: dict[str, Any], place: int) -> tuple[str, str] | None:
    """Return the payload and label of a message's button, or None without one."""
    choices = message.get("choices", [])
    if not 0 <= place < len(choices):
        return None
    return choices[place]["payload"], choices[place]["label"]


def as_plain_text(reply: ShownReply) -> str:
    """Return all that a reply says, as text with blank lines between its parts."""
    blocks = list(reply.lead)
    blocks += [_card_text(card, reply) for card in reply.cards]
    blocks += numbered_options(reply)
    blocks += reply.closing
    return "\n\n".join(block for block in blocks if block)


def _card_text(card: AnswerCard, reply: ShownReply) -> str:
    texts = texts_of(card, reply)
    citations = "\n".join(f"{s.title}, {s.citation}: {s.url}" for s in texts.sources)
    blocks = [texts.title, texts.warning, texts.short, texts.details, texts.next_step]
    if citations:
        blocks.append(f"{reply.labels['sources']}:\n{citations}")
    blocks += [texts.checked, texts.late_warning]
    return "\n\n".join(block for block in blocks if block)


def _card(card: AnswerCard) -> dict[str, Any]:
    return {
        "entry": card.entry,
        "aliases": list(card.aliases),
        "title": card.title,
        "short": card.short,
        "details": card.details,
        "next_step": card.next_step,
        "sources": [
            {"title": s.title, "citation": s.citation, "url": s.url}
            for s in card.sources
        ],
        "jurisdiction": card.jurisdiction,
        "as_of": card.as_of.isoformat(),
        "review_by": card.review_by.isoformat(),
        "approved": card.approved,
        "emergency": card.emergency,
        "checked": card.checked,
        "notice": card.notice,
        "related": [{"entry": entry, "title": title} for entry, title in card.related],
    }
