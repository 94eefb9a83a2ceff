"""A consultation request: its fields, its states, who may change it to what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal, get_args

from bot.core.languages import Language
from bot.core.messages import Channel

Field = Literal[
    "consent",
    "place",
    "urgency",
    "urgent_date",
    "other_side",
    "matter",
    "reach",
    "address",
    "reach_time",
    "message_ok",
    "name",
    "spoken",
    "kind",
    "times",
]
# The order in which they are asked (ABA Model Rule 1.18: warning and consent first,
# then only what first contact and the conflict check need).
FIELDS: Final[tuple[Field, ...]] = get_args(Field)
# What the form asks beside the fields: whether all is right, and what to change.
CONFIRM: Final = "confirm"
CHANGE: Final = "change"

State = Literal["draft", "new", "claimed", "scheduled", "closed", "spam", "withdrawn"]
STATES: Final[tuple[State, ...]] = get_args(State)
REFERENCE_SIGNS: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True)
class Appointment:
    """When and how the office talks with the person; `minutes` at most."""

    starts_at: datetime
    minutes: int
    kind: Literal["phone", "office"]


@dataclass(frozen=True)
class Consultation:
    """A request as it is kept. `answers` has a value for each field that was answered.

    Values are the ids of choices (see bot/core/intake.py) or, for `other_side`,
    `address`, `name`, the person's own words; `urgent_date` is an ISO date, "unknown"
    or "".
    """

    id: str
    reference: str
    conversation: str | None
    channel: Channel
    language: Language
    state: State
    is_urgent: bool
    answers: Mapping[str, str]
    created_at: datetime
    changed_at: datetime
    delete_at: datetime
    version: int
    consent_version: str | None = None
    consent_at: datetime | None = None
    submitted_at: datetime | None = None
    staff_id: int | None = None
    appointment: Appointment | None = None
    close_reason: str = ""

    @property
    def matter(self) -> str:
        """The id of its matter; "" while it is not known."""
        return self.answers.get("matter", "")

    @property
    def deadline(self) -> date | None:
        """The day of a deadline or hearing, if the person gave one."""
        given = self.answers.get("urgent_date", "")
        try:
            return date.fromisoformat(given)
        except ValueError:
            return None


def shown_reference(reference: str) -> str:
    """Return a reference as staff and notices show it.

    >>> shown_reference("4F2K")
    'R-4F2K'
    """
    return f"R-{reference}"
