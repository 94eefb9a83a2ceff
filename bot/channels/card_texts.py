"""Which texts of an answer are shown, and on which side of it the warning stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.core.cards import AnswerCard, ShownReply, SourceLine

_FEW_SOURCES: Final = 2


@dataclass(frozen=True)
class CardTexts:
    """The texts of one answer in their order; what is not shown is empty."""

    title: str
    warning: str
    short: str
    details: str
    next_step: str
    sources: tuple[SourceLine, ...]
    checked: str
    late_warning: str


def texts_of(card: AnswerCard, reply: ShownReply) -> CardTexts:
    """Return the texts of an answer that the reply's part shows."""
    is_emergency = reply.kind == "emergency"
    with_details = reply.part == "details"
    return CardTexts(
        title=card.title if len(reply.cards) > 1 else "",
        # In an emergency the first words are what to do; the warning comes after.
        warning="" if is_emergency else card.notice,
        short=card.short,
        details=card.details if with_details else "",
        next_step=card.next_step if with_details or not is_emergency else "",
        sources=card.sources
        if reply.part == "sources"
        else card.sources[:_FEW_SOURCES],
        checked=card.checked,
        late_warning=card.notice if is_emergency else "",
    )


def numbered_options(reply: ShownReply) -> list[str]:
    """Return the titles to choose from, each with its number."""
    return [
        f"{place}. {title}" for place, (_, title) in enumerate(reply.options, start=1)
    ]
