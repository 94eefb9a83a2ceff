"""Decides which lines of a page may be shown, and how fresh and reviewed they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.core.delay_rules import Line
from bot.core.entries import Entry, Freshness
from bot.knowledge.base import KnowledgeBase


@dataclass(frozen=True)
class Kept:
    """The lines that are shown, and whether others were left out, and why."""

    lines: tuple[Line, ...]
    is_outdated: bool = False
    is_held_back: bool = False

    @property
    def is_unreviewed(self) -> bool:
        """Whether nothing of the law is left."""
        return self.is_held_back and not any(line.behind for line in self.lines)

    @property
    def has_spare(self) -> bool:
        """Whether there is a line that can go where no room is left."""
        return any(line.is_spare for line in self.lines)

    def without_last_spare(self) -> Kept:
        """Return the same without the last of the lines that can go."""
        spare = [place for place, line in enumerate(self.lines) if line.is_spare]
        last = spare[-1]
        return replace(self, lines=(*self.lines[:last], *self.lines[last + 1 :]))


def reviewed_only(knowledge: KnowledgeBase, require_approved: bool) -> KnowledgeBase:
    """Return the knowledge with the entries alone that visitors may get."""
    if not require_approved:
        return knowledge
    shown = {entry.id: entry for entry in knowledge.shown(require_approved)}
    return replace(knowledge, entries=shown)


def kept_lines(lines: Iterable[Line], knowledge: KnowledgeBase, today: date) -> Kept:
    """Return what may be shown of some lines on a day."""
    known, held_back, outdated = [], False, False
    for line in lines:
        if line.behind and knowledge.find(line.behind) is None:
            held_back = True
        elif line.is_volatile and not _may_be_shown(line, knowledge, today):
            outdated = True
        else:
            known.append(line)
    keys = {line.key for line in known}
    shown = tuple(line for line in known if line.instead_of not in keys)
    return Kept(shown, outdated, held_back)


def entries_of(
    lines: Iterable[Line], knowledge: KnowledgeBase, today: date
) -> Iterator[Entry]:
    """Yield the entries to read on, each once, in the order of the lines."""
    seen: set[str] = set()
    for line in lines:
        entry = knowledge.find(line.entry or "")
        if entry is None or entry.id in seen or not _is_fresh(entry, today):
            continue
        seen.add(entry.id)
        yield entry


def overdue_since(
    lines: Iterable[Line], knowledge: KnowledgeBase, today: date
) -> date | None:
    """Return the day of the oldest overdue check that changing law rests on."""
    changing = [line for line in lines if line.is_volatile]
    days = [
        entry.as_of
        for entry in _entries_behind(changing, knowledge)
        if entry.freshness(today) is not Freshness.CURRENT
    ]
    return min(days, default=None)


def checked_on(lines: Sequence[Line], knowledge: KnowledgeBase) -> date | None:
    """Return the oldest day on which something behind the lines was checked."""
    days = [entry.as_of for entry in _entries_behind(lines, knowledge)]
    for line in lines:
        for key in line.values.values():
            known = knowledge.facts.get(key) or knowledge.sources.get(key)
            days += [known.checked_on] if known else []
    return min(days, default=None)


def is_draft(lines: Iterable[Line], knowledge: KnowledgeBase) -> bool:
    """Return whether an entry behind the lines is not approved yet."""
    entries = _entries_behind(lines, knowledge)
    return any(entry.status != "approved" for entry in entries)


def _entries_behind(lines: Iterable[Line], knowledge: KnowledgeBase) -> Iterator[Entry]:
    for line in lines:
        entry = knowledge.find(line.behind)
        if entry is not None:
            yield entry


def _may_be_shown(line: Line, knowledge: KnowledgeBase, today: date) -> bool:
    """Whether a line on changing law still has an entry that it can rest on."""
    entry = knowledge.find(line.behind)
    return entry is not None and _is_fresh(entry, today)


def _is_fresh(entry: Entry, today: date) -> bool:
    is_old = entry.freshness(today) is Freshness.WITHDRAWN
    return entry.status != "withdrawn" and not is_old
