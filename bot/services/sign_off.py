"""What an attorney reads and signs of an entry: both languages, sources, dates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.core.entries import Entry
from bot.core.facts import placeholders
from bot.core.languages import Language
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.signed_text import mark_of

_PARTS: Final = (
    ("Short answer", "short"),
    ("More", "details"),
    ("Next step", "next_step"),
)


@dataclass(frozen=True)
class PaperPart:
    """One part of an answer, in both languages."""

    heading: str
    english: str
    spanish: str


@dataclass(frozen=True)
class Paper:
    """One entry as it is printed."""

    id: str
    english_title: str
    spanish_title: str
    facts: tuple[str, ...]
    parts: tuple[PaperPart, ...]
    sources: tuple[str, ...]
    figures: tuple[str, ...]
    mark: str

    @property
    def foot(self) -> str:
        """What stands on each page: the entry and the mark of its text."""
        return f"{self.id} \u00b7 text {self.mark}"


def papers_of(
    entries: Iterable[Entry], knowledge: KnowledgeBase, today: date
) -> list[Paper]:
    """Return the entries as they are printed on a day."""
    return [_paper(entry, knowledge, today) for entry in entries]


def _paper(entry: Entry, knowledge: KnowledgeBase, today: date) -> Paper:
    def filled(language: Language, part: str) -> str:
        return knowledge.fill(_part(entry, language, part), language, today)

    return Paper(
        id=entry.id,
        english_title=entry.texts["en"].title,
        spanish_title=entry.texts["es"].title,
        facts=tuple(_facts(entry)),
        parts=tuple(
            PaperPart(heading, filled("en", part), filled("es", part))
            for heading, part in _PARTS
        ),
        sources=tuple(
            f"{source.title['en']}, {source.citation}: {source.url} "
            f"(checked {source.checked_on})"
            for key in entry.sources
            if (source := knowledge.sources.get(key)) is not None
        ),
        figures=tuple(_figures(entry, knowledge, today)),
        mark=mark_of(entry),
    )


def _facts(entry: Entry) -> Iterable[str]:
    yield f"Holds for: {entry.jurisdiction}"
    yield f"Status: {_status(entry)}"
    yield f"Law checked on: {entry.as_of}"
    yield f"To be reviewed by: {entry.review_by}"
    yield f"Owner: {entry.owner}"
    if entry.volatile:
        yield "This law changes often."
    if entry.emergency:
        yield "For emergencies: what to do now comes first."


def _status(entry: Entry) -> str:
    if entry.status == "approved":
        return f"approved by {entry.approved_by} on {entry.approved_on}"
    return "not yet reviewed by an attorney" if entry.status == "draft" else "withdrawn"


def _figures(entry: Entry, knowledge: KnowledgeBase, today: date) -> Iterable[str]:
    texts = [_part(entry, "en", part) for _, part in _PARTS]
    for kind, key in sorted(placeholders("\n".join(texts))):
        value = knowledge.fill(f"{{{{{kind}:{key}}}}}", "en", today)
        fact = knowledge.facts.get(key) if kind == "fact" else None
        origin = f" ({fact.source}, checked {fact.checked_on})" if fact else ""
        yield f"{key}: {value}{origin}"


def _part(entry: Entry, language: Language, part: str) -> str:
    return str(getattr(entry.texts[language], part))
