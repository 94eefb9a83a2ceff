"""Decides between an answer, a question back and an honest "I do not know"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np

from bot.core.entries import Entry
from bot.core.messages import MAX_OPTIONS
from bot.core.understanding import Understanding
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.encoder import Vectors, encode, unpack_vector
from bot.knowledge.index import SearchIndex
from bot.knowledge.ranking import Candidate, Ranking
from bot.knowledge.second_look import Languages
from bot.services.thresholds import Thresholds

# A candidate this far below the best is no real choice.
_RIVAL_SHARE: Final = 0.45
# Below this certainty not even the subject is likely the right one.
_NEAR_AT_ALL: Final = 0.05
# How much the last answer counts for a message that may go on from it: measured on
# 146 such messages, and on 464 that begin something new (docs/accuracy.md).
_SAME_GROUP: Final = 0.15
_RELATED: Final = 0.10
_TOPIC_SHARE: Final = 0.6
# So sure of a message alone, its words need no help of the last answer.
_CLEAR_ALONE: Final = 0.93
# So sure must be what only the last answer suggests.
_CLEAR_BESIDE: Final = 0.85
# So much surer must a message be with what was typed before it than without, and so
# sure to be answered: measured on messages cut in two (docs/accuracy.md).
_SURER_TOGETHER: Final = 0.1
_CLEAR_TOGETHER: Final = 0.75
# How much the words of a message lean on the last answer: "How much?" wholly.
Leaning = Literal["not", "partly", "wholly"]
# The entry that lists our subjects is what a lost visitor gets, never a match to be
# sure of.
_NO_MATCHES: Final = frozenset({"out_of_scope"})


@dataclass(frozen=True)
class Finding:
    """What was found for one question, best entry first, and how sure that is."""

    verdict: Literal["answer", "clarify", "unknown"]
    entries: tuple[str, ...]
    certainty: float
    others: tuple[str, ...] = ()


class Finder:
    """Searches the index for visitors: only entries that may be shown."""

    def __init__(
        self,
        knowledge: KnowledgeBase,
        index: SearchIndex,
        thresholds: Thresholds,
        require_approved: bool,
    ) -> None:
        self._knowledge = knowledge
        self._index = index
        self._thresholds = thresholds
        self._shown = {entry.id for entry in knowledge.shown(require_approved)}

    def find(
        self,
        message: Understanding,
        topic: Sequence[str] = (),
        leaning: Leaning = "wholly",
    ) -> Finding:
        """Return what answers a message.

        `topic`: the entries that it may go on from; `leaning`: how much its words
        lean on them.
        """
        (ranking,) = self._rank_each([message])
        alone = self._judge(ranking)
        is_answered = alone.verdict == "answer"
        if not topic or (is_answered and leaning == "not"):
            return alone
        beside = self._judge(self._rank_beside(message.meant, ranking, topic))
        if leaning == "wholly":
            return self._or_topic(beside, topic)
        if leaning == "partly" and is_answered and alone.certainty >= _CLEAR_ALONE:
            return self._either(alone, beside, topic)
        if leaning == "partly":
            return beside
        # What only repeats the last answer is no answer to words that do not ask it.
        is_new = beside.verdict == "answer" and beside.entries[0] not in topic
        return beside if is_new and beside.certainty >= _CLEAR_BESIDE else alone

    def _either(self, alone: Finding, beside: Finding, topic: Sequence[str]) -> Finding:
        """Ask back where a message is clear alone, and as clear as one that goes on.

        "Can I sue them", after a late case: both readings are offered.
        """
        is_far = self._is_far(alone.entries[0], topic)
        goes_on = beside.verdict == "answer" and not self._is_far(
            beside.entries[0], topic
        )
        if not (is_far and goes_on):
            return alone
        choices = (beside.entries[0], alone.entries[0])
        return Finding("clarify", choices, alone.certainty)

    def _or_topic(self, found: Finding, topic: Sequence[str]) -> Finding:
        """Ask back where an answer to "what do I bring?" leaves the topic."""
        if found.verdict != "answer" or not self._is_far(found.entries[0], topic):
            return found
        return Finding("clarify", (topic[0], found.entries[0]), found.certainty)

    def _is_far(self, name: str, topic: Sequence[str]) -> bool:
        """Return whether an entry has nothing to do with those of a topic."""
        entries = [entry for each in topic if (entry := self._knowledge.find(each))]
        return name not in topic and self._nearness(name, entries) == 0.0

    def find_together(
        self, message: Understanding, before: str, alone: Finding
    ) -> Finding:
        """Return what answers a message that goes on from words nothing answered.

        `alone`: what was found without them; it stands unless they make it surer.
        """
        both = f"{before}. {message.meant}"
        (ranking,) = self._rank([both], message.language)
        together = self._judge(ranking, _CLEAR_TOGETHER)
        if together.verdict == "answer" and alone.verdict != "answer":
            return together
        is_surer = together.certainty > alone.certainty + _SURER_TOGETHER
        return together if is_surer else alone

    def find_each(self, messages: Sequence[Understanding]) -> list[Finding]:
        """Return what answers each of several messages, by itself."""
        return [self._judge(ranking) for ranking in self._rank_each(messages)]

    def find_parts(self, message: Understanding) -> list[Finding]:
        """Return what answers each question of a message."""
        texts = [part.text for part in message.parts]
        return self.find_all(texts, message.language)

    def find_all(
        self, texts: Sequence[str], languages: Languages = None
    ) -> list[Finding]:
        """Return what answers each of several questions in some languages."""
        return [self._judge(ranking) for ranking in self._rank(texts, languages)]

    def best_among(self, text: str, entries: Sequence[str]) -> tuple[str, float] | None:
        """Return the best of some entries for a message, with its score, or None."""
        for candidate in self._rank([text])[0].candidates:
            if candidate.entry in entries:
                return candidate.entry, candidate.score
        return None

    def _rank_each(self, messages: Sequence[Understanding]) -> list[Ranking]:
        vectors = [_vector(message) for message in messages]
        languages = [message.language for message in messages]
        texts = [message.meant for message in messages]
        found = self._index.search(texts, np.vstack(vectors), languages)
        return [self._only_shown(ranking) for ranking in found]

    def _rank(self, texts: Sequence[str], languages: Languages = None) -> list[Ranking]:
        rankings = self._index.search(texts, encode(list(texts)), languages)
        return [self._only_shown(ranking) for ranking in rankings]

    def _only_shown(self, ranking: Ranking) -> Ranking:
        shown = [
            candidate
            for candidate in ranking.candidates
            if candidate.entry in self._shown
        ]
        return replace(ranking, candidates=tuple(shown))

    def _rank_beside(self, text: str, alone: Ranking, topic: Sequence[str]) -> Ranking:
        """Return how a message ranks by itself and beside the titles of a topic."""
        entries = [entry for name in topic if (entry := self._knowledge.find(name))]
        titles = [
            f"{text} {words.title}" for e in entries for words in e.texts.values()
        ]
        joined = self._rank(titles)
        scores = {c.entry: (1 - _TOPIC_SHARE) * c.score for c in alone.candidates}
        for ranking in joined:
            for candidate in ranking.candidates:
                share = _TOPIC_SHARE * candidate.score / len(joined)
                scores[candidate.entry] = scores.get(candidate.entry, 0.0) + share
        kept = {c.entry: c for ranking in (*joined, alone) for c in ranking.candidates}
        ranked = sorted(
            (
                replace(kept[name], score=score + self._nearness(name, entries))
                for name, score in scores.items()
            ),
            key=lambda candidate: -candidate.score,
        )
        first = ranked[0].entry if ranked else ""
        agreement = next(
            (
                ranking.agreement
                for ranking in (*joined, alone)
                if ranking.candidates and ranking.candidates[0].entry == first
            ),
            alone.agreement,
        )
        words = max(ranking.words for ranking in (*joined, alone))
        return Ranking(tuple(ranked), alone.rejected / 2, agreement, words)

    def _nearness(self, name: str, topic: Sequence[Entry]) -> float:
        entry = self._knowledge.find(name)
        if entry is None or entry in topic:
            return 0.0
        same_group = any(entry.group == other.group for other in topic)
        related = any(name in other.related for other in topic)
        return _SAME_GROUP * same_group + _RELATED * related

    def _judge(self, ranking: Ranking, least: float = 0.0) -> Finding:
        """Return what is made of a ranking; an answer is at least so certain."""
        if not ranking.candidates:
            return Finding("unknown", (), 0.0)
        thresholds = self._thresholds.of(ranking)
        certainty = thresholds.certainty(ranking)
        first = ranking.candidates[0]
        if first.entry in _NO_MATCHES:
            return Finding("unknown", (first.entry,), certainty)
        if certainty >= max(thresholds.answer, least):
            others = self._rivals(ranking.candidates)[1 : MAX_OPTIONS + 1]
            return Finding("answer", (first.entry,), certainty, others)
        if certainty >= thresholds.clarify:
            return Finding("clarify", self._choices(ranking.candidates), certainty)
        near = self._choices(ranking.candidates) if certainty >= _NEAR_AT_ALL else ()
        return Finding("unknown", (first.entry,), certainty, near)

    def _choices(self, candidates: Sequence[Candidate]) -> tuple[str, ...]:
        first = candidates[0]
        rivals = self._rivals(candidates)
        entry = self._knowledge.find(first.entry)
        related = (
            [name for name in entry.related if name in self._shown] if entry else []
        )
        choices = dict.fromkeys(
            name for name in (*rivals, *related) if name not in _NO_MATCHES
        )
        return tuple(choices)[:MAX_OPTIONS]

    def _rivals(self, candidates: Sequence[Candidate]) -> tuple[str, ...]:
        """Return the entries that are a real choice, the best first."""
        enough = _RIVAL_SHARE * candidates[0].score
        return tuple(c.entry for c in candidates if c.score >= enough)


def _vector(message: Understanding) -> Vectors:
    packed = unpack_vector(message.vector)
    return encode([message.meant]) if packed is None else packed
