"""The report of an evaluation: shares by language and group, and the curve."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.commands.eval_report import write_report
from bot.commands.evaluating import Result
from bot.knowledge.base import KnowledgeBase
from bot.services.risk import RiskPoint

CURVES = {
    "en": [RiskPoint(0.9, 0.5, 0.0), RiskPoint(0.4, 1.0, 0.25)],
    "es": [RiskPoint(0.8, 1.0, 0.1)],
}
CHOSEN = {"en": RiskPoint(0.9, 0.5, 0.0), "es": RiskPoint(0.8, 1.0, 0.125)}


def result(
    outcome: str, language: str = "en", accept: tuple[str, ...] = (), **row: Any
) -> Result:
    """Return what a message got; `accept`: the entries that answer it."""
    known = [name for name in accept if name != "gone"]
    whole = {"lang": language, "accept": list(accept), "accept_known": known, **row}
    return Result(whole, "answer", (), (), outcome)


RESULTS = {
    "ours.jsonl": [
        result("right", "en", ("bond_money",)),
        result("wrong", "en", ("bond_money",)),
        result("offered", "en", ("door_knock",)),
        result("right", "es", ("door_knock",)),
        result("right", "en"),
        result("refused", "en", ("gone",)),
        result("wrong", "en", near_miss=True),
    ],
    "outside.jsonl": [result("right", "es")],
}


@pytest.fixture(scope="module")
def report(
    small_knowledge: KnowledgeBase, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The report of a few results."""
    folder = tmp_path_factory.mktemp("var") / "results" / "eval"
    return write_report(folder, RESULTS, CURVES, CHOSEN, small_knowledge)


@pytest.mark.parametrize(
    "line",
    [
        "| messages | n | right | offered | referred | refused | wrong |",
        "| answerable | 4 | 50.0 | 25.0 | 0.0 | 0.0 | 25.0 |",
        "| answerable, en | 3 | 33.3 | 33.3 | 0.0 | 0.0 | 33.3 |",
        "| answerable, es | 1 | 100.0 | 0.0 | 0.0 | 0.0 | 0.0 |",
        "| no entry yet | 1 | 0.0 | 0.0 | 0.0 | 100.0 | 0.0 |",
        "| outside, en | 1 | 100.0 | 0.0 | 0.0 | 0.0 | 0.0 |",
        "| outside, near miss, en | 1 | 0.0 | 0.0 | 0.0 | 0.0 | 100.0 |",
        "| group | n | right | offered | referred | refused | wrong |",
        "| detained | 2 | 50.0 | 0.0 | 0.0 | 0.0 | 50.0 |",
        "| rights | 2 | 50.0 | 50.0 | 0.0 | 0.0 | 0.0 |",
        "## ours.jsonl",
        "## outside.jsonl",
        "![curve](curve.png)",
        "- en: answers 50.0 % of the answerable messages, 0.0 % wrongly",
        "- es: answers 100.0 % of the answerable messages, 12.5 % wrongly",
    ],
)
def test_the_report_has_the_line(report: Path, line: str) -> None:
    assert line in report.read_text(encoding="utf-8").splitlines()


def test_every_table_has_a_rule_as_wide_as_its_head(report: Path) -> None:
    lines = report.read_text(encoding="utf-8").splitlines()
    heads = [row for row, line in enumerate(lines) if line.startswith("|---")]
    assert len(heads) == 3
    assert {lines[row].count("|") for row in heads} == {8}
    assert {lines[row - 1].count("|") for row in heads} == {8}


def test_a_file_without_answerable_rows_has_no_table_of_groups(report: Path) -> None:
    text = report.read_text(encoding="utf-8")
    assert "group" not in text.split("## outside.jsonl")[1]


def test_the_group_is_that_of_the_entry_that_exists(
    small_knowledge: KnowledgeBase, tmp_path: Path
) -> None:
    rows = {"f": [result("right", "en", ("gone", "bond_money"))]}
    path = write_report(tmp_path, rows, CURVES, CHOSEN, small_knowledge)
    assert "| detained | 1 |" in path.read_text(encoding="utf-8")


def test_the_curve_is_drawn_beside_the_report(report: Path) -> None:
    picture = (report.parent / "curve.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
