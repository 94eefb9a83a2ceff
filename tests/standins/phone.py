"""A person with a telephone: everything that they can do in WhatsApp is an event."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any

_counter = itertools.count(1)


@dataclass(frozen=True)
class Event:
    """One thing that a person did, whoever carries it to us."""

    phone: Phone
    kind: str
    content: dict[str, Any]
    id: int = field(default_factory=lambda: next(_counter))
    at: datetime = field(default_factory=lambda: datetime.now(timezone.utc))
    quoted: str | None = None


@dataclass(frozen=True)
class Phone:
    """A person, known by a number, a business-scoped id, or both."""

    number: str | None = "15555550123"
    user_id: str | None = "US.13491208655302741918"

    def does(self, kind: str, at: datetime | None = None, **content: Any) -> Event:
        """Return any event, now or at another time."""
        quoted = content.pop("quoted", None)
        moment = at or datetime.now(timezone.utc)
        return Event(self, kind, content, at=moment, quoted=quoted)

    def says(self, words: str, **more: Any) -> Event:
        """Write a text."""
        return self.does("text", words=words, **more)

    def presses(self, id: str, title: str = "?", **more: Any) -> Event:
        """Press a button."""
        return self.does("button", id=id, title=title, **more)

    def picks(self, id: str, title: str = "?", **more: Any) -> Event:
        """Pick a row of a list."""
        return self.does("list", id=id, title=title, **more)

    def sends(self, kind: str = "image", **more: Any) -> Event:
        """Send an image, audio, video, document or sticker."""
        return self.does(kind, **more)

    def reacts(self, to: str, emoji: str = "👍", **more: Any) -> Event:
        """React to a message with an emoji."""
        return self.does("reaction", to=to, emoji=emoji, **more)

    def edits(self, event: str, words: str, **more: Any) -> Event:
        """Change the words of an earlier message."""
        return self.does("edit", to=event, words=words, **more)

    def revokes(self, event: str, **more: Any) -> Event:
        """Take an earlier message back."""
        return self.does("revoke", to=event, **more)

    def becomes(self, phone: Phone, **more: Any) -> Event:
        """Change the number, and with it the business-scoped id."""
        return self.does("system", phone=phone, **more)


def album(phone: Phone, size: int = 3, **more: Any) -> list[Event]:
    """Return the pictures of an album, which come one by one."""
    return [phone.sends("image", **more) for _ in range(size)]
