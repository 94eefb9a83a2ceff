"""The curve of wrong answers against coverage, and the rows it is measured on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.core.languages import Language
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.ranking import Candidate, Ranking
from bot.services.calibration import Row, read_rows
from bot.services.risk import RiskPoint, point_at, risk_curve
from bot.services.thresholds import Thresholds

BY_SCORE = Thresholds((1.0, 0.0, 0.0, 0.0, 0.0), 0.0, 0.5, 0.1)
# For each message the score of its best entry, and whether that entry is right.
ASKED = {
    "sure": (4.0, True),
    "odd": (-1.0, False),
    "so": (1.0, True),
    "bad": (2.0, False),
}
FILE = (
    {"q": "bond?", "lang": "en", "accept": ["bond_money"]},
    {"q": "¿fianza?", "lang": "es", "accept": ["bail_price"]},
    {"q": "gone?", "lang": "en", "accept": ["gone"]},
    {"q": "pizza?", "lang": "en", "accept": []},
    {"q": "¿sopa?", "lang": "es", "accept": []},
)


class FakeIndex:
    """An index that ranks each message as told."""

    def search(
        self, texts: list[str], vectors: object, english: object
    ) -> list[Ranking]:
        """Return the ranking for each text."""
        return [
            Ranking((Candidate("a", ASKED[text][0], 0.0, 0.0),), 0.0) for text in texts
        ]


@pytest.fixture
def curve() -> list[RiskPoint]:
    """The curve of four messages: right, wrong, right, wrong from the surest on."""
    rows = [
        Row(text, frozenset({"a" if right else "b"}))
        for text, (_, right) in ASKED.items()
    ]
    return risk_curve(BY_SCORE, FakeIndex(), rows)  # type: ignore[arg-type]


def test_the_curve_goes_from_the_surest_message_to_all(curve: list[RiskPoint]) -> None:
    assert [point.coverage for point in curve] == [0.25, 0.5, 0.75, 1.0]
    certainties = [point.certainty for point in curve]
    assert certainties == sorted(certainties, reverse=True)


def test_the_curve_counts_the_wrong_ones_of_all_messages(
    curve: list[RiskPoint],
) -> None:
    assert [point.wrong for point in curve] == [0.0, 0.25, 0.25, 0.5]


def test_wrong_answers_never_become_fewer_along_the_curve(
    curve: list[RiskPoint],
) -> None:
    wrong = [point.wrong for point in curve]
    assert wrong == sorted(wrong)


def test_there_is_no_curve_of_nothing() -> None:
    assert risk_curve(BY_SCORE, FakeIndex(), []) == []  # type: ignore[arg-type]


POINTS = [RiskPoint(0.9, 0.3, 0.0), RiskPoint(0.6, 0.7, 0.1), RiskPoint(0.2, 1.0, 0.3)]


@pytest.mark.parametrize(
    ("certainty", "point"),
    [
        (0.5, POINTS[1]),
        (0.6, POINTS[1]),
        (0.9, POINTS[0]),
        (0.0, POINTS[2]),
        (0.95, RiskPoint(1.0, 0.0, 0.0)),
    ],
    ids=["between two", "just there", "the first", "the last", "never as sure"],
)
def test_the_point_is_the_last_one_that_is_sure_enough(
    certainty: float, point: RiskPoint
) -> None:
    assert point_at(POINTS, certainty) == point


@pytest.mark.parametrize(
    ("language", "answerable", "unanswerable"),
    [
        (None, ["bond?", "¿fianza?"], ["pizza?", "¿sopa?"]),
        ("en", ["bond?"], ["pizza?"]),
        ("es", ["¿fianza?"], ["¿sopa?"]),
    ],
    ids=["both", "en", "es"],
)
def test_rows_are_read_by_language_without_those_of_missing_entries(
    small_knowledge: KnowledgeBase,
    tmp_path: Path,
    language: Language | None,
    answerable: list[str],
    unanswerable: list[str],
) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(map(json.dumps, FILE)), encoding="utf-8")
    found = read_rows(path, small_knowledge, language)
    assert [[row.text for row in part] for part in found] == [answerable, unanswerable]


def test_a_row_accepts_the_entry_that_an_alias_names(
    small_knowledge: KnowledgeBase, tmp_path: Path
) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps(FILE[1]), encoding="utf-8")
    (row,), _ = read_rows(path, small_knowledge, "es")
    assert row.accept == {"bond_money"}
