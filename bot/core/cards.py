"""What a visitor is shown: texts put together, no longer ids to look up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.core.languages import Language
from bot.core.messages import Button, ReplyKind


@dataclass(frozen=True)
class SourceLine:
    """An authority as it is shown under an answer."""

    title: str
    citation: str
    url: str


@dataclass(frozen=True)
class AnswerCard:
    """One entry as it is shown: in one language, facts filled in, as of a day."""

    entry: str
    aliases: tuple[str, ...]
    title: str
    short: str
    details: str
    next_step: str
    sources: tuple[SourceLine, ...]
    jurisdiction: str
    as_of: date
    review_by: date
    approved: bool
    emergency: bool
    checked: str
    notice: str
    related: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ShownReply:
    """A reply with all its texts, for any channel to lay out."""

    kind: ReplyKind
    language: Language
    lead: tuple[str, ...]
    cards: tuple[AnswerCard, ...]
    closing: tuple[str, ...]
    options: tuple[tuple[str, str], ...]
    buttons: tuple[Button, ...]
    part: str
    labels: Mapping[str, str]
