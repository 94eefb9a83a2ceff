"""Tells what visitors would read differently: two states of the folder compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.core.entries import Entry
from bot.core.languages import LANGUAGES, Language
from bot.knowledge.base import KnowledgeBase
from bot.services.editing_history import Line, difference
from bot.services.showing import say, show_entry


@dataclass(frozen=True)
class ReadingChange:
    """An entry that visitors read differently; `questions` counts those in and out."""

    entry: str
    kind: Literal["new", "gone", "changed"]
    lines: tuple[Line, ...]
    questions_added: int
    questions_removed: int


def reading_changes(
    before: KnowledgeBase, after: KnowledgeBase, today: date, require_approved: bool
) -> Iterator[ReadingChange]:
    """Yield the entries that a visitor reads differently, or finds by other words."""
    names = sorted({*before.entries, *after.entries})
    for name in names:
        old = _published(before, name, require_approved)
        new = _published(after, name, require_approved)
        if old is None and new is None:
            continue
        lines = tuple(
            difference(
                _readable(old, before, today, require_approved),
                _readable(new, after, today, require_approved),
            )
        )
        asked_before, asked = _questions(old), _questions(new)
        if lines or asked != asked_before:
            kind: Literal["new", "gone", "changed"] = "changed"
            if old is None or new is None:
                kind = "new" if old is None else "gone"
            added, removed = len(asked - asked_before), len(asked_before - asked)
            yield ReadingChange(name, kind, lines, added, removed)


def _published(
    knowledge: KnowledgeBase, name: str, require_approved: bool
) -> Entry | None:
    entry = knowledge.entries.get(name)
    return entry if entry and entry.is_published(require_approved) else None


def _readable(
    entry: Entry | None, knowledge: KnowledgeBase, today: date, require_approved: bool
) -> dict[Language, str]:
    if entry is None:
        return dict.fromkeys(LANGUAGES, "")
    texts: dict[Language, str] = {}
    for language in LANGUAGES:
        card = show_entry(entry, knowledge, language, today, require_approved)
        sources = [f"{s.title}, {s.citation}: {s.url}" for s in card.sources]
        related = [f"-> {title}" for _, title in card.related]
        blocks = (
            card.title,
            f"[{entry.texts[language].label}]",
            card.notice,
            card.short,
            card.details,
            card.next_step,
            say(knowledge, "button_sources", language) if sources else "",
            *sources,
            card.checked,
            *related,
        )
        texts[language] = "\n".join(block for block in blocks if block) + "\n"
    return texts


def _questions(entry: Entry | None) -> set[str]:
    texts = entry.texts.values() if entry else ()
    return {question for words in texts for question in words.questions}
