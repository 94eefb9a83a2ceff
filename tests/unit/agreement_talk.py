"""Searches the made-up list and reads the replies about it, for tests."""

from __future__ import annotations

from bot.core.languages import Language
from bot.core.messages import Reply
from bot.knowledge.base import KnowledgeBase
from bot.services.agreement_replies import reply_about_place
from bot.services.agreement_search import Found, search
from bot.services.showing import show_reply
from tests.unit.agreement_list import DATED, TODAY, agreements, overrides


def look(text: str, language: Language = "en", **given: object) -> Found:
    """Search the made-up list."""
    settings: dict[str, object] = {"dated": DATED, "today": TODAY, **given}
    return search(text, language, agreements(), overrides(), **settings)  # type: ignore[arg-type]


def lead_of(reply: Reply, knowledge: KnowledgeBase) -> list[str]:
    """Return the texts of a reply as a visitor reads them."""
    return list(show_reply(reply, knowledge, TODAY).lead)


def said(text: str, knowledge: KnowledgeBase, language: Language = "en") -> str:
    """Return all that is said of a place."""
    found = look(text, language)
    return "\n".join(lead_of(reply_about_place(found, language, knowledge), knowledge))
