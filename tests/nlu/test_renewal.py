"""An edited question is found in seconds, as if the index had been built anew."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.knowledge.coverage import Coverage
from bot.knowledge.encoder import encode
from bot.knowledge.examples import REJECTED, Example
from bot.knowledge.index import SearchIndex
from bot.knowledge.renewal import Learned, share_of_changed

BEFORE = [
    Example("how do i pay the bond", "bond"),
    Example("where can i pay bail for my brother", "bond"),
    Example("bond money for a detained person", "bond"),
    Example("who may come into my house", "door"),
    Example("do i have to open the door to agents", "door"),
    Example("agents knock at the door what now", "door"),
    Example("best pizza in town", REJECTED),
    Example("what is the weather", REJECTED),
]
NEW = "purple walrus paperwork"


def coverage_of(examples: list[Example]) -> Coverage:
    """Return what each entry's questions speak of."""
    texts: dict[str, list[str]] = {}
    for example in examples:
        texts.setdefault(example.entry, []).append(example.text)
    texts.pop(REJECTED, None)
    return Coverage(texts, (example.text for example in examples))


def build(examples: list[Example]) -> SearchIndex:
    """Return an index built from nothing."""
    texts = [example.text for example in examples]
    return SearchIndex.build(examples, encode(texts), coverage_of(examples))


def renew(examples: list[Example]) -> SearchIndex:
    """Return the index of BEFORE, brought up to other examples."""
    index = build(BEFORE)
    assert index.learned is not None
    return index.renewed(index.learned, examples, coverage_of(examples))


def first(index: SearchIndex, text: str) -> str:
    """Return the entry that comes first for a message."""
    return index.search([text], encode([text]))[0].candidates[0].entry


@pytest.mark.parametrize("entry", ["bond", "door", "walrus"])
def test_a_new_question_is_found_for_an_old_entry_and_for_a_new_one(entry: str) -> None:
    assert first(renew([*BEFORE, Example(NEW, entry)]), NEW) == entry


def test_a_question_that_was_taken_out_counts_no_more() -> None:
    with_new = [*BEFORE, Example(NEW, "door")]
    index = build(with_new)
    assert index.learned is not None
    without = index.renewed(index.learned, BEFORE, coverage_of(BEFORE))
    scored = without.search([NEW], encode([NEW]))[0].candidates
    assert max(candidate.nearest for candidate in scored) < 0.5


def test_an_entry_that_was_taken_out_is_never_found() -> None:
    index = renew([example for example in BEFORE if example.entry != "bond"])
    found = index.search(["how do i pay the bond"], encode(["how do i pay the bond"]))
    assert [candidate.entry for candidate in found[0].candidates] == ["door"]


def test_without_a_change_everything_scores_as_before() -> None:
    text = "pay the bond for my cousin"
    before, after = build(BEFORE), renew(list(reversed(BEFORE)))
    scores = [
        {c.entry: c.score for c in index.search([text], encode([text]))[0].candidates}
        for index in (before, after)
    ]
    assert scores[1] == pytest.approx(scores[0], abs=0.01)


def test_what_was_learned_survives_the_file(tmp_path: Path) -> None:
    learned = build(BEFORE).learned
    assert learned is not None
    learned.save(tmp_path / "some.learned.npz")
    again = Learned.load(tmp_path / "some.learned.npz")
    assert np.array_equal(again.keys, learned.keys)
    assert np.array_equal(again.dual, learned.dual)


def test_the_share_of_changed_examples_is_told() -> None:
    learned = build(BEFORE).learned
    assert learned is not None
    assert share_of_changed(learned, BEFORE) == 0
    assert share_of_changed(learned, [*BEFORE, Example(NEW, "bond")]) == pytest.approx(
        1 / 9
    )


def test_a_title_that_is_also_a_question_is_not_forgotten_by_another_change() -> None:
    twice = [*BEFORE, BEFORE[0]]
    index = build(twice)
    assert index.learned is not None
    after = index.renewed(
        index.learned, [*twice, Example(NEW, "door")], coverage_of(twice)
    )
    vectors = encode([BEFORE[0].text])
    before_score, after_score = (
        each.search([BEFORE[0].text], vectors)[0].candidates[0].score
        for each in (index, after)
    )
    assert after_score == pytest.approx(before_score, abs=0.02)


def test_a_change_and_its_undoing_leave_everything_as_it_was() -> None:
    index = build(BEFORE)
    assert index.learned is not None
    changed = [*BEFORE[1:], Example(NEW, "door")]
    there = index.renewed(index.learned, changed, coverage_of(changed))
    assert there.learned is not None
    back = there.renewed(there.learned, BEFORE, coverage_of(BEFORE))
    for example in BEFORE[:6]:
        assert first(back, example.text) == example.entry


def test_what_is_covered_after_a_change_is_as_if_counted_anew() -> None:
    after = [*BEFORE[1:], Example(NEW, "walrus")]
    texts = {"bond": [e.text for e in BEFORE[1:3]], "walrus": [NEW]}
    changed = coverage_of(BEFORE).changed(
        texts, ["bond", "door", "walrus"], [NEW], [BEFORE[0].text]
    )
    anew = coverage_of(after)
    for text in (NEW, "bond for my brother", "agents at the door"):
        names = ["bond", "door", "walrus"]
        assert changed.of(text, names) == pytest.approx(anew.of(text, names))
