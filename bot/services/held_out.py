"""Tells how often an entry is found from its own questions, each left out in turn."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from bot.knowledge.examples import REJECTED, Example
from bot.knowledge.index import SearchIndex


@dataclass(frozen=True)
class Found:
    """Of an entry's questions: how many lead back to it first, or among three."""

    entry: str
    questions: int
    first: int
    among_three: int
    taken_for: str

    @property
    def share(self) -> float:
        """The share of its questions that lead back to it first."""
        return self.first / self.questions


def held_out_report(index: SearchIndex, examples: Sequence[Example]) -> list[Found]:
    """Return how each entry is found from its own questions, the worst first."""
    first: Counter[str] = Counter()
    among: Counter[str] = Counter()
    total: Counter[str] = Counter()
    mistaken: dict[str, Counter[str]] = defaultdict(Counter)
    for example, ranking in index.held_out(examples):
        if example.entry == REJECTED:
            continue
        names = [candidate.entry for candidate in ranking.candidates[:3]]
        total[example.entry] += 1
        first[example.entry] += names[:1] == [example.entry]
        among[example.entry] += example.entry in names
        if names and names[0] != example.entry:
            mistaken[example.entry][names[0]] += 1
    report = [
        Found(
            entry,
            total[entry],
            first[entry],
            among[entry],
            next((name for name, _ in mistaken[entry].most_common(1)), ""),
        )
        for entry in total
    ]
    return sorted(report, key=lambda found: (found.share, found.entry))
