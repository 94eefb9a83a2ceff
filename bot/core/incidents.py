"""What went wrong with what visitors entrusted or were told, as the public reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.core.languages import Language


@dataclass(frozen=True)
class Account:
    """What is told of an incident in one language."""

    happened: str
    touched: str
    done: str


@dataclass(frozen=True)
class Incident:
    """One incident of the page /incidents; `day` is when it was noticed."""

    day: date
    accounts: Mapping[Language, Account]
