"""The messages of a hand-off: what staff say and what is told of them, by channel."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from bot.channels.whatsapp_limits import MAX_BODY_WITH_CHOICES
from bot.channels.whatsapp_text import cut_between_words, size
from bot.core.languages import Language
from bot.core.safety import clean_text

BACK: Final = "/back_to_assistant"
MAX_REPLY: Final = 2_000
_BLANK_LINES: Final = re.compile(r"\n{3,}")
# Where a long text may be divided, the best place first.
_ENDS: Final = ("\n\n", "\n", ". ", " ")


def clean_reply(text: str) -> str:
    """Return what somebody typed without controls and hidden marks, lines kept.

    >>> clean_reply(" Good  day \\r\\n\\r\\n\\r\\n\\r\\nCall\\u202e us ")
    'Good day\\n\\nCall us'
    """
    lines = "\n".join(clean_text(line) for line in text.splitlines())
    return _BLANK_LINES.sub("\n\n", lines).strip()


def staff_message(
    name: str, text: str, language: Language, back: str
) -> dict[str, Any]:
    """Return a person's words as the content of one message of the chat API."""
    return {
        "from": "staff",
        "kind": "message",
        "name": name,
        "language": language,
        "text": text,
        "answers": [],
        "options": [],
        "choices": [{"label": back, "payload": BACK}],
    }


def system_message(
    text: str, language: Language, owner: str, name: str = "", back: str = ""
) -> dict[str, Any]:
    """Return the news of who answers from now on as the content of one message.

    `owner`: "person" or "bot"; `name`: whose name it is; `back`: the button's label.
    """
    return {
        "from": "system",
        "kind": "handoff",
        "owner": owner,
        "name": name,
        "language": language,
        "text": text,
        "answers": [],
        "options": [],
        "choices": [{"label": back, "payload": BACK}] if back else [],
    }


def outgoing_of(
    message: dict[str, Any], said_by: str, longest: int
) -> Iterator[dict[str, Any]]:
    """Yield a stored message as WhatsApp gets it: long ones in several parts.

    `said_by` stands above a person's words; only news of the system have a button,
    which leaves room for a quarter of the text only.
    """
    text = f"{said_by}\n{message['text']}" if said_by else message["text"]
    choices = [
        {"id": f"{message['seq']}.{place}", "title": each["label"], "description": ""}
        for place, each in enumerate(message["choices"])
        if message["from"] == "system"
    ]
    if choices:
        text = cut_between_words(text, MAX_BODY_WITH_CHOICES)
    for part in split_text(text, longest):
        yield {
            "body": part,
            "choices": choices,
            "list_label": "",
            "always": False,
            "staff": message["from"] == "staff",
        }


def split_text(text: str, most: int) -> list[str]:
    """Return a text in parts of at most so many characters, divided at good places.

    >>> split_text("One. Two.\\n\\nThree.", 12)
    ['One. Two.', 'Three.']
    """
    parts, rest = [], text.strip()
    while size(rest) > most:
        part = _first_part(rest, most)
        parts.append(part.rstrip())
        rest = rest[len(part) :].lstrip()
    return [*parts, rest] if rest else parts


def _first_part(text: str, most: int) -> str:
    fitting = text[:most]
    while size(fitting) > most:
        fitting = fitting[:-1]
    for end in _ENDS:
        place = fitting.rfind(end)
        # A part of a few words only would look like a mistake.
        if place > len(fitting) // 3:
            return fitting[: place + len(end)]
    return fitting
