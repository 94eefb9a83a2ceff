"""Coverage tells how much of a message an entry speaks about; rare words count most."""

from __future__ import annotations

import pytest

from bot.knowledge.coverage import Coverage, stems

TEXTS = {
    "detainer": ["what is a detainer", "a detainer holds a person"],
    "police": ["can the police stop me"],
}
EVERYDAY = ["what is a lawyer", "what is the law", "what is a police officer", "a", "a"]


@pytest.fixture
def coverage() -> Coverage:
    """What two entries speak about."""
    return Coverage(TEXTS, EVERYDAY)


def test_entry_covers_a_message_whose_words_it_has(coverage: Coverage) -> None:
    assert coverage.of("what is a detainer", ["detainer"]) == [pytest.approx(1.0)]


def test_entry_covers_nothing_of_a_message_about_something_else(
    coverage: Coverage,
) -> None:
    assert coverage.of("pizza delivery tonight", ["detainer", "police"]) == [0.0, 0.0]


def test_rare_word_counts_more_than_everyday_words(coverage: Coverage) -> None:
    without_the_rare, with_the_rare = coverage.of(
        "what is detainer", ["police", "detainer"]
    )
    rare_missing = coverage.of("what is pizza", ["detainer"])[0]
    assert without_the_rare == 0.0
    assert with_the_rare == pytest.approx(1.0)
    assert 0.0 < rare_missing < 0.5


def test_endings_of_words_do_not_matter(coverage: Coverage) -> None:
    assert coverage.of("detained", ["detainer"]) == [pytest.approx(1.0)]


def test_share_is_none_when_a_message_has_no_words(coverage: Coverage) -> None:
    assert coverage.of("?!", ["detainer", "police"]) == [0.0, 0.0]


def test_word_of_one_example_does_not_count_when_it_is_left_out(
    coverage: Coverage,
) -> None:
    counted = coverage.of("holds detainer", ["detainer"])[0]
    left_out = coverage.of("holds detainer", ["detainer"], left_out="detainer")[0]
    assert left_out < counted == pytest.approx(1.0)


def test_stems_are_the_beginnings_of_folded_words() -> None:
    assert stems("¿Detención 287(g)?") == ["deten", "287g"]
