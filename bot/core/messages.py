"""What comes in from a channel and what goes out to it, in Rights Desk's own terms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal, get_args

from bot.core.languages import DEFAULT_LANGUAGE, Language, as_language

Channel = Literal["web", "whatsapp_cloud", "whatsapp_twilio"]
ReplyKind = Literal[
    "answer",
    "clarify",
    "no_answer",
    "emergency",
    "form",
    "handoff",
    "notice",
    "small_talk",
]
ReplyPart = Literal["short", "details", "sources"]
REPLY_KINDS: Final[tuple[ReplyKind, ...]] = get_args(ReplyKind)

MAX_OPTIONS: Final = 3
# An answer has at most three; a question of the form has one for each choice.
MAX_BUTTONS: Final = 10


@dataclass(frozen=True)
class Incoming:
    """One message of a visitor, verified and cleaned by its channel."""

    channel: Channel
    conversation: str
    message_id: str
    text: str | None
    payload: str | None
    at: datetime


@dataclass(frozen=True)
class Button:
    """A choice under a message; the phrase key of its words, and what it sends."""

    label: str
    payload: str


@dataclass(frozen=True)
class Reply:
    """The assistant's one reply to one message, without its texts.

    Texts are looked up by the gateway when it renders, so that no copy of them
    travels through Rasa's tracker. `entries` are the ids answered with;
    `options` the ids offered to choose from; `phrases` keys of
    knowledge/phrases; `part` is how much of each entry is shown.
    """

    kind: ReplyKind
    language: Language
    entries: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    buttons: tuple[Button, ...] = ()
    part: ReplyPart = "short"
    values: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return the reply as JSON types, as the action server sends it."""
        return {
            "kind": self.kind,
            "language": self.language,
            "entries": list(self.entries),
            "options": list(self.options),
            "phrases": list(self.phrases),
            "buttons": [[button.label, button.payload] for button in self.buttons],
            "part": self.part,
            "values": dict(self.values),
        }


def reply_from_json(data: Mapping[str, Any]) -> Reply:
    """Return the Reply that JSON describes.

    Raises:
        ValueError: the kind or part is none of ours, or a field is missing.
    """
    kind = data.get("kind")
    part = data.get("part", "short")
    if kind not in REPLY_KINDS or part not in ("short", "details", "sources"):
        raise ValueError("not a reply of this assistant")
    return Reply(
        kind=kind,
        language=as_language(data.get("language")) or DEFAULT_LANGUAGE,
        entries=tuple(map(str, data.get("entries", ()))),
        options=tuple(map(str, data.get("options", ())))[:MAX_OPTIONS],
        phrases=tuple(map(str, data.get("phrases", ()))),
        buttons=tuple(
            Button(str(label), str(payload))
            for label, payload in data.get("buttons", ())[:MAX_BUTTONS]
        ),
        part=part,
        values={str(k): str(v) for k, v in data.get("values", {}).items()},
    )
