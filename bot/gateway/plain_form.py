"""What the form of the plain page holds, and what a visitor says with it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from bot.core.languages import Language, as_language, other_language
from bot.gateway.problems import Problem
from bot.gateway.reading import SentMessage, read_message

# Each language by its own name; the assistant takes the same word as a wish for it.
LANGUAGE_NAMES: Final[Mapping[Language, str]] = {"en": "English", "es": "Español"}


@dataclass(frozen=True)
class PlainForm:
    """The form as it came back; the words in its box come with every button."""

    language: Language
    message_id: str = ""
    token: str = ""
    text: str = ""
    button: str = ""
    ask: str = ""
    action: str = ""

    @property
    def is_switch(self) -> bool:
        """Whether the visitor wants the other language."""
        return self.action == "switch"

    @property
    def is_delete(self) -> bool:
        """Whether the visitor wants the conversation deleted."""
        return self.action == "delete"

    @property
    def kept_text(self) -> str:
        """What stays in the box when a message has been answered."""
        return self.text if self.is_switch or self.ask or self.button else ""

    @property
    def unsent_text(self) -> str:
        """What stays in the box when a message was not answered."""
        return self.text or self.ask

    def in_other_language(self) -> PlainForm:
        """Return the form in the language that is not its own."""
        return replace(self, language=other_language(self.language))

    def sent_message(self) -> SentMessage:
        """Return what the visitor says; the same said again has the same id.

        The id is made of the form's and of the words, so that a form that is sent
        again with other words, after the browser's Back, is another message.

        Raises:
            Problem: the form's id or its button is none of ours.
        """
        if not is_message_id(self.message_id):
            raise Problem("bad_request")
        text: str | None = self.ask or self.text
        button = None
        if self.is_switch:
            text = LANGUAGE_NAMES[other_language(self.language)]
        elif self.button:
            text, button = None, self.button
        said = "\n".join((self.message_id, button or "", text or ""))
        name = hashlib.sha256(said.encode("utf-8")).hexdigest()
        return read_message({"id": name, "text": text, "button": button})


def read_plain_form(fields: Mapping[str, str], preferred: Language) -> PlainForm:
    """Return the page's form from the fields that came."""
    return PlainForm(
        language=as_language(fields.get("language")) or preferred,
        # Browsers send line breaks as two characters; a visitor counts one.
        text=fields.get("text", "").replace("\r\n", "\n"),
        **{
            name: fields.get(name, "").strip()
            for name in ("message_id", "token", "button", "ask", "action")
        },
    )


def new_message_id() -> str:
    """Return an id that nobody can guess, for a form that was not sent yet."""
    return str(uuid.uuid4())


def is_message_id(value: str) -> bool:
    """Return whether a value has the form of an id that we put into a form.

    >>> is_message_id(new_message_id()), is_message_id("1")
    (True, False)
    """
    try:
        return str(uuid.UUID(value)) == value
    except ValueError:
        return False


def first_token(sent: SentMessage, key: bytes) -> str:
    """Return the token of the conversation that a message begins.

    The first form has no token yet. Made of the message, it is the same when the
    form is sent twice, and so the conversation begins once.
    """
    digest = hmac.new(key, b"first:" + sent.id.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")
