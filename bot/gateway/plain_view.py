"""Lays a conversation out for the plain page: what stands where, as escaped HTML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from jinja2 import Environment

from bot.channels.rich_text import read_blocks
from bot.core.languages import LANGUAGES, Language, as_language, other_language
from bot.gateway.layouts import FOLDER, escaping
from bot.gateway.plain_form import LANGUAGE_NAMES
from bot.knowledge.base import KnowledgeBase
from bot.services.showing import say

# The phrases that the page itself says around the conversation.
_WORDS: Final = (
    "button_sources",
    "incidents_title",
    "plain_assistant",
    "plain_conversation",
    "plain_delete",
    "plain_delete_note",
    "plain_details",
    "plain_hint",
    "plain_history",
    "plain_label",
    "plain_leave",
    "plain_next",
    "plain_problem",
    "plain_related",
    "plain_send",
    "plain_staff",
    "plain_title",
    "plain_you",
)
_SPEAKERS: Final = {"visitor": "plain_you", "staff": "plain_staff"}
_MESSAGE: Final[Mapping[str, Any]] = {
    "seq": 0,
    "kind": "message",
    "text": "",
    "part": "short",
    "lead": (),
    "closing": (),
    "answers": (),
}


@dataclass(frozen=True)
class Page:
    """What one page shows: the conversation, and the form to go on with."""

    language: Language
    messages: list[dict[str, Any]]
    message_id: str
    token: str = ""
    text: str = ""
    notice: str = ""
    problem: tuple[str, ...] = ()
    is_text_wrong: bool = False


def render_page(page: Page, knowledge: KnowledgeBase) -> str:
    """Return the page as HTML."""
    words = {
        language: {key: say(knowledge, key, language) for key in _WORDS}
        for language in LANGUAGES
    }
    other = other_language(page.language)
    return (
        _templates()
        .get_template("plain_chat.html")
        .render(
            page=page,
            language=page.language,
            words=words[page.language],
            other_language=other,
            other_name=LANGUAGE_NAMES[other],
            shown=[
                view_of(message, page.language, words, place == len(page.messages))
                for place, message in enumerate(page.messages, start=1)
            ],
        )
    )


@cache
def _templates() -> Environment:
    templates = escaping(FOLDER)
    templates.filters["blocks"] = read_blocks
    templates.tests["web_address"] = is_web_address
    return templates


def view_of(
    message: dict[str, Any],
    language: Language,
    words: Mapping[Language, Mapping[str, str]],
    is_newest: bool,
) -> dict[str, Any]:
    """Return a message with all that the template asks for."""
    spoken = as_language(message.get("language")) or language
    said = words[spoken]
    is_from_bot = message.get("from") not in _SPEAKERS
    has_parts = any(message.get(key) for key in ("lead", "answers", "closing"))
    return {
        **_MESSAGE,
        **message,
        "text": "" if is_from_bot and has_parts else message.get("text", ""),
        "language": spoken,
        "words": said,
        "speaker": said[_SPEAKERS.get(message.get("from", ""), "plain_assistant")],
        "is_from_visitor": message.get("from") == "visitor",
        "is_emergency": message.get("kind") == "emergency",
        "is_newest": is_newest,
        "choices": choices_of(message, is_newest),
        "related": related_of(message),
    }


def choices_of(message: dict[str, Any], is_newest: bool) -> list[dict[str, str]]:
    """Return a message's buttons, an offered entry's with its full title.

    "Tell me more" means the last answer, wherever it stands: it is shown there only.
    An offered entry stays the same entry, so that it can be chosen later too.
    """
    titles = [option["title"] for option in message.get("options", ())]
    if not titles and not is_newest:
        return []
    return [
        {
            "id": button["id"],
            "label": titles[place] if place < len(titles) else button["label"],
        }
        for place, button in enumerate(message.get("buttons", ()))
    ]


def related_of(message: dict[str, Any]) -> list[str]:
    """Return the titles of entries near those answered with, each once."""
    if message.get("kind") != "answer":
        return []
    answers = message.get("answers", ())
    answered = {answer.get("entry") for answer in answers}
    titles = (
        other["title"]
        for answer in answers
        for other in answer.get("related", ())
        if other["entry"] not in answered
    )
    return list(dict.fromkeys(titles))


def is_web_address(url: str) -> bool:
    """Return whether an address may become a link.

    >>> is_web_address("https://www.uscis.gov"), is_web_address("javascript:alert(1)")
    (True, False)
    """
    return url.startswith("https://")
