"""Figures that change (fees, time limits, phones): each with dates and a source."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.core.languages import Language

PLACEHOLDER: Final = re.compile(
    r"\{\{(?P<kind>fact|office):(?P<key>[a-z0-9_]{1,64})\}\}"
)


@dataclass(frozen=True)
class FactValue:
    """What a fact was from one day to another, in both languages."""

    text: Mapping[Language, str]
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True)
class Fact:
    """A dated figure with the source it was read from."""

    key: str
    source: str
    checked_on: date
    values: tuple[FactValue, ...]

    def text_on(self, day: date, language: Language) -> str | None:
        """Return the figure on a day, or None when none is known for that day.

        Never the last known figure: a fee of last year shown as today's does harm.
        """
        for value in self.values:
            ended = value.valid_to is not None and day > value.valid_to
            if value.valid_from <= day and not ended:
                return value.text[language]
        return None


def placeholders(text: str) -> set[tuple[str, str]]:
    """Return the (kind, key) pairs of all placeholders in a text.

    >>> sorted(placeholders("Pay {{fact:fee}}; call {{office:phone}}"))
    [('fact', 'fee'), ('office', 'phone')]
    """
    return {(m["kind"], m["key"]) for m in PLACEHOLDER.finditer(text)}


def fill(text: str, value_of: Callable[[str, str], str]) -> str:
    """Return the text with every placeholder replaced by value_of(kind, key).

    >>> fill("Pay {{fact:fee}}.", lambda kind, key: "$405")
    'Pay $405.'
    """
    return PLACEHOLDER.sub(lambda m: value_of(m["kind"], m["key"]), text)
