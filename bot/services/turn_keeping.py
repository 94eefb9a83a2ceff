"""Keeps a turn: what the visitor said, never a private answer, and what was replied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from bot.channels.web import render_reply, render_visitor
from bot.core.cards import ShownReply
from bot.core.languages import Language
from bot.core.messages import Reply
from bot.knowledge.base import KnowledgeBase
from bot.services.intake_replies import summary_lines
from bot.services.request_codes import hide_codes
from bot.storage import consultations, conversations
from bot.storage.conversations import Conversation
from bot.storage.engine import Transaction
from bot.storage.ownership import PERSON

APOLOGY: Final = "apology"
# What stands in a stored message where the lines of a request are shown.
_SUMMARY: Final = "{summary}"


def visitor_message(
    found: Conversation,
    typed: str | None,
    pressed: str | None,
    knowledge: KnowledgeBase,
    language: Language,
    client_id: str | None = None,
) -> dict[str, Any]:
    """Return what is kept of a visitor's message in the transcript.

    `typed` are a visitor's own words, `pressed` is the label of a choice. While the
    form asks, whatever is typed may be personal: only a placeholder is kept of it.
    """
    text = pressed if pressed is not None else hide_codes(typed or "")
    # What is written to a person of the office is for them to read.
    if pressed is None and found.asked is not None and found.owner != PERSON:
        of_delay = found.asked.startswith("delay_")
        key = "delay_private_answer" if of_delay else "private_answer"
        text = knowledge.phrase(key, language)
    return render_visitor(text, language, client_id)


def reply_message(reply: Reply, shown: ShownReply) -> dict[str, Any]:
    """Return what is kept of a reply; the lines of a request are not among it."""
    content = render_reply(shown)
    if draft := reply.values.get("draft"):
        content["draft"] = draft
    return content


def note_asked(session: Transaction, found: Conversation, reply: Reply) -> None:
    """Note what the form asks now; after an apology it still asks the same."""
    asks = reply.values.get("asks")
    if APOLOGY not in reply.phrases and asks != found.asked:
        conversations.set_asked(session, found.id, asks)


def with_summaries(
    session: Transaction, messages: Sequence[dict[str, Any]], knowledge: KnowledgeBase
) -> list[dict[str, Any]]:
    """Return stored messages as the visitor reads them: with the request's lines."""
    return [_with_summary(session, message, knowledge) for message in messages]


def _with_summary(
    session: Transaction, message: dict[str, Any], knowledge: KnowledgeBase
) -> dict[str, Any]:
    draft = message.get("draft")
    if draft is None:
        return message
    lines = _lines(session, draft, knowledge, message["language"])
    filled = {
        "text": message["text"].replace(_SUMMARY, lines),
        "lead": [line.replace(_SUMMARY, lines) for line in message["lead"]],
        "closing": [line.replace(_SUMMARY, lines) for line in message["closing"]],
    }
    kept = {key: value for key, value in message.items() if key != "draft"}
    return {**kept, **filled}


def with_summary_lines(
    session: Transaction, reply: Reply, shown: ShownReply, knowledge: KnowledgeBase
) -> ShownReply:
    """Return a reply with the request's lines, for a channel that sends it once."""
    draft = reply.values.get("draft")
    if draft is None:
        return shown
    lines = _lines(session, draft, knowledge, reply.language)
    lead = tuple(line.replace(_SUMMARY, lines) for line in shown.lead)
    closing = tuple(line.replace(_SUMMARY, lines) for line in shown.closing)
    return replace(shown, lead=lead, closing=closing)


def _lines(
    session: Transaction, draft: str, knowledge: KnowledgeBase, language: Language
) -> str:
    found = consultations.find(session, draft)
    if found is None:
        return knowledge.phrase("request_lines_gone", language)
    return "\n".join(summary_lines(found, knowledge, language))
