"""python -m bot knowledge preview ID: shows how an entry looks to visitors."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Final

from rich.console import Console
from rich.panel import Panel

from bot.channels.web import as_plain_text
from bot.channels.whatsapp_layout import lay_out
from bot.core.cards import ShownReply
from bot.core.languages import LANGUAGES
from bot.core.messages import Button, Reply
from bot.core.whatsapp import Outgoing
from bot.knowledge.loader import load_knowledge
from bot.services.showing import show_reply
from bot.settings import load_settings

CHANNELS: Final = ("web", "whatsapp")
_BUTTONS: Final = (
    Button("button_details", "/ask_more"),
    Button("button_sources", "/ask_sources"),
    Button("button_person", "/request_consultation"),
)


def preview(entry_id: str, channel: str) -> int:
    """Print an entry in both languages; return 1 if there is no such entry."""
    knowledge = load_knowledge(load_settings().KNOWLEDGE_DIR)
    entry = knowledge.find(entry_id)
    if entry is None:
        near = [name for name in knowledge.entries if entry_id in name]
        print(f"There is no entry {entry_id!r}. {' '.join(sorted(near)[:5])}".rstrip())
        return 1
    kind = "emergency" if entry.emergency else "answer"
    today = datetime.now(timezone.utc).date()
    for language in LANGUAGES:
        reply = Reply(
            "answer", language, (entry.id,), phrases=("disclaimer",), buttons=_BUTTONS
        )
        shown = show_reply(reply, knowledge, today)
        text = _whatsapp(shown) if channel == "whatsapp" else as_plain_text(shown)
        title = f"{entry.id} ({language}, {channel}, {kind}, {len(text)} characters)"
        Console(width=72).print(Panel(text, title=title, highlight=False))
    return 0


def _whatsapp(shown: ShownReply) -> str:
    outgoing: Outgoing = lay_out(shown, 1)
    buttons = "".join(f"\n[ {choice.title} ]" for choice in outgoing.choices)
    return f"{outgoing.body}\n{buttons}"
