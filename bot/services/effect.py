"""Tells which known questions a change of one entry would answer differently."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain, takewhile
from typing import Final, Literal

import numpy as np

from bot.core.languages import LANGUAGES, Language
from bot.core.understanding import Understanding
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.encoder import Vectors, pack_vector
from bot.knowledge.index import SearchIndex
from bot.knowledge.renewal import MOST_CHANGED
from bot.services.finding import Finder
from bot.services.thresholds import Thresholds

NEIGHBOURS: Final = 12
# Of the neighbours' questions, so many that mean most nearly what the entry's own do.
NEAR_QUESTIONS: Final = 600
_LOOKED_AT: Final = 5
_AT_ONCE: Final = 64
_KINDS: Final = ("gained", "lost", "changed", "taken")
Encode = Callable[[list[str]], Vectors]


@dataclass(frozen=True)
class Question:
    """A question that stands in an entry, with its meaning as a vector."""

    text: str
    language: Language
    entry: str
    vector: str


@dataclass(frozen=True)
class Told:
    """What a question gets: an answer, a choice or an honest no, and the first entry.

    Without an answer the entry is the nearest one; "" where none is near.
    """

    verdict: Literal["answer", "clarify", "unknown"]
    entry: str

    def answers_with(self, entry: str) -> bool:
        """Return whether a question is answered, with this entry."""
        return self.verdict == "answer" and self.entry == entry


@dataclass(frozen=True)
class Difference:
    """A question that would get something else than now."""

    question: Question
    before: Told
    after: Told


@dataclass(frozen=True)
class Effect:
    """What a change does: questions that reach their own entry only after it, those
    that reach it no more, and those that get something else in another way.

    `tried` is how many of the `known` ones there was time for; `taken`, what the entry
    answers now and should not, or what another one answered surely before.
    """

    known: int
    tried: int
    gained: tuple[Difference, ...]
    lost: tuple[Difference, ...]
    changed: tuple[Difference, ...]
    taken: tuple[Difference, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether every question gets what it got."""
        return not (self.gained or self.lost or self.changed or self.taken)

    @property
    def is_large(self) -> bool:
        """Whether so much changes that somebody should look before it is published.

        What reaches its own entry only now is what a change is made for.
        """
        other = len(self.lost) + len(self.changed) + len(self.taken)
        return other > MOST_CHANGED * self.tried


def effect_of(
    entry_id: str,
    knowledge_before: KnowledgeBase,
    knowledge_after: KnowledgeBase,
    index_before: SearchIndex,
    index_after: SearchIndex,
    thresholds: Thresholds,
    require_approved: bool,
    questions: Sequence[Question],
    goes_on: Callable[[], bool] = lambda: True,
) -> Effect:
    """Return which questions a change of an entry would answer differently.

    They are tried in their order for as long as `goes_on` says.
    """
    before = Finder(knowledge_before, index_before, thresholds, require_approved)
    after = Finder(knowledge_after, index_after, thresholds, require_approved)
    kinds: dict[str, list[Difference]] = {name: [] for name in _KINDS}
    tried = 0
    starts = takewhile(lambda _: goes_on(), range(0, len(questions), _AT_ONCE))
    for found in chain.from_iterable(
        _differences(before, after, questions[start : start + _AT_ONCE])
        for start in starts
    ):
        tried += 1
        if found.before != found.after:
            kinds[_kind_of(found, entry_id)].append(found)
    return Effect(
        len(questions), tried, **{name: tuple(kinds[name]) for name in _KINDS}
    )


def _kind_of(found: Difference, entry_id: str) -> str:
    """Return what a difference is to the person who changes an entry.

    A question is taken from another entry where the changed one answers it now, and
    it either stands in another entry or was surely answered by one.
    """
    question, before, after = found.question, found.before, found.after
    was_others = before.verdict == "answer" and before.entry != entry_id
    is_taken = question.entry != entry_id or was_others
    if after.answers_with(entry_id) and is_taken:
        return "taken"
    did, does = (told.answers_with(question.entry) for told in (before, after))
    if did == does:
        return "changed"
    return "gained" if does else "lost"


def _differences(
    before: Finder, after: Finder, questions: Sequence[Question]
) -> list[Difference]:
    told = (_told(before, questions), _told(after, questions))
    return [Difference(*each) for each in zip(questions, *told)]


def _told(finder: Finder, questions: Sequence[Question]) -> list[Told]:
    found = finder.find_each(
        [Understanding(q.text, language=q.language, vector=q.vector) for q in questions]
    )
    return [Told(f.verdict, f.entries[0] if f.entries else "") for f in found]


def known_questions(
    entry_id: str,
    before: KnowledgeBase,
    after: KnowledgeBase,
    index: SearchIndex,
    encode: Encode,
) -> list[Question]:
    """Return an entry's questions, as they are and as they will be, and those of the
    entries nearest to it by the index, the most alike first.
    """
    own = _questions_of(entry_id, (after, before), encode)
    names = nearest_entries(entry_id, own, index, encode)
    near = [
        question for name in names for question in _questions_of(name, (after,), encode)
    ]
    return [*own, *_most_alike(near, own, encode)]


def _most_alike(
    near: list[Question], own: list[Question], encode: Encode
) -> list[Question]:
    if not near or not own:
        return near
    meant = encode([one.text for one in near]) @ encode([one.text for one in own]).T
    order = np.argsort(-meant.max(axis=1), kind="stable")[:NEAR_QUESTIONS]
    return [near[place] for place in order]


def nearest_entries(
    entry_id: str, questions: Sequence[Question], index: SearchIndex, encode: Encode
) -> list[str]:
    """Return the entries that come nearest to the questions of an entry."""
    texts = [question.text for question in questions]
    counted: Counter[str] = Counter()
    for ranking in index.search(texts, encode(texts)):
        for candidate in ranking.candidates[:_LOOKED_AT]:
            counted[candidate.entry] += 1
    counted.pop(entry_id, None)
    return [name for name, _ in counted.most_common(NEIGHBOURS)]


def _questions_of(
    entry_id: str, bases: Sequence[KnowledgeBase], encode: Encode
) -> list[Question]:
    found: dict[str, Language] = {}
    for knowledge in bases:
        entry = knowledge.entries.get(entry_id)
        for language in LANGUAGES if entry is not None else ():
            words = entry.texts[language] if entry is not None else None
            for text in (*words.questions, words.title) if words else ():
                found.setdefault(text, language)
    vectors = encode(list(found))
    return [
        Question(text, language, entry_id, pack_vector(vector))
        for (text, language), vector in zip(found.items(), vectors)
    ]
