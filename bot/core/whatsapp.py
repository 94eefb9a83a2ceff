"""What is heard from WhatsApp and said there, whichever provider carries it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

HeardKind = Literal[
    "text",
    "choice",
    "media",
    "other",
    "reaction",
    "edit",
    "revoke",
    "system",
    "unsupported",
]
DeliveryState = Literal["sent", "delivered", "read", "failed"]


@dataclass(frozen=True)
class Person:
    """Whom WhatsApp knows: by a business-scoped id, a phone number (digits), both."""

    user_id: str | None
    phone: str | None

    @property
    def key(self) -> str:
        """The name that stands for the person before it is hashed; "" for nobody."""
        return self.user_id or self.phone or ""


@dataclass(frozen=True)
class Heard:
    """One thing that a person did; `choice` is the id of a button or a list's row."""

    provider_id: str
    person: Person
    at: datetime
    kind: HeardKind
    text: str | None = None
    choice: str | None = None
    quoted: str | None = None
    new_person: Person | None = None


@dataclass(frozen=True)
class Status:
    """What became of a message of ours; `callback` is the name that we gave it."""

    provider_id: str
    state: DeliveryState
    at: datetime
    error: int | None = None
    callback: str | None = None


@dataclass(frozen=True)
class Webhook:
    """All that one call of a provider tells; `unknown` counts what we do not know."""

    heard: tuple[Heard, ...] = ()
    statuses: tuple[Status, ...] = ()
    unknown: int = 0


@dataclass(frozen=True)
class Choice:
    """Something to press: the id comes back, title and description are shown."""

    id: str
    title: str
    description: str = ""


@dataclass(frozen=True)
class Outgoing:
    """One message laid out for WhatsApp: up to three choices are buttons, or a list."""

    body: str
    choices: tuple[Choice, ...] = ()
    list_label: str = ""
