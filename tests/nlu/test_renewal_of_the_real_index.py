"""What staff take out of one entry makes no other entry harder to find."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.index import SearchIndex
from bot.knowledge.rejected import read_rejected
from bot.services.finding import Finder
from bot.services.indexing import index_after
from bot.services.thresholds import load_thresholds
from bot.settings import NLU_FOLDER, load_settings

ENTRY = "interpreter"
KEPT = 12
THRESHOLDS = load_thresholds(load_settings().THRESHOLDS_FILE)


def _cut(knowledge: KnowledgeBase) -> KnowledgeBase:
    """Return the knowledge with most English questions of an entry taken out."""
    entry = knowledge.entries[ENTRY]
    words = entry.texts["en"]
    assert len(words.questions) > 5 * KEPT
    short = replace(words, questions=words.questions[:KEPT])
    texts = {**entry.texts, "en": short}
    changed = {ENTRY: replace(entry, texts=texts)}
    return replace(knowledge, entries={**knowledge.entries, **changed})


@pytest.fixture(scope="module")
def asked(knowledge: KnowledgeBase) -> list[tuple[str, str]]:
    """Two questions of each entry, with the entry."""
    return [
        (entry.id, text)
        for entry in knowledge.entries.values()
        for text in entry.texts["en"].questions[:10:5]
    ]


def _answered_right(
    knowledge: KnowledgeBase, index: SearchIndex, asked: list[tuple[str, str]]
) -> int:
    finder = Finder(knowledge, index, THRESHOLDS, require_approved=False)
    found = finder.find_all([text for _, text in asked], "en")
    return sum(
        each.verdict == "answer" and each.entries[0] == entry
        for (entry, _), each in zip(asked, found)
    )


def test_taking_out_most_questions_of_an_entry_costs_the_others_nothing(
    knowledge: KnowledgeBase, real_index: SearchIndex, asked: list[tuple[str, str]]
) -> None:
    rejected, cut = read_rejected(NLU_FOLDER), _cut(knowledge)
    before = _answered_right(knowledge, real_index, asked)
    after = index_after(real_index, knowledge, cut, rejected)
    assert after is not None
    assert _answered_right(cut, after, asked) >= before - 2
    back = index_after(after, cut, knowledge, rejected)
    assert back is not None
    assert _answered_right(knowledge, back, asked) >= before - 1
