"""Answers of every system are counted alike, as `make eval` counts ours."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bench.figures import count_outcomes, outcome_of, read_files
from bot.knowledge.base import KnowledgeBase

BOND = {"q": "bond?", "lang": "en", "accept": ["bail_price"]}
GONE = {"q": "gone?", "lang": "en", "accept": ["gone"]}
PIZZA = {"q": "¿pizza?", "lang": "es", "accept": []}
KNOWN: dict[str, Any] = {**BOND, "accept_known": ["bond_money"]}
OUTSIDE: dict[str, Any] = {**PIZZA, "accept_known": []}


def test_rows_are_read_with_the_entries_that_exist(
    small_knowledge: KnowledgeBase, tmp_path: Path
) -> None:
    path = tmp_path / "rows.jsonl"
    lines = [json.dumps(row) for row in (BOND, GONE, PIZZA)]
    path.write_text("\n\n".join(lines), encoding="utf-8")
    assert read_files([path], small_knowledge) == {"rows.jsonl": [KNOWN, OUTSIDE]}


@pytest.mark.parametrize(
    ("row", "entry", "refused", "outcome"),
    [
        (KNOWN, "bond_money", False, "right"),
        (KNOWN, "door_knock", False, "wrong"),
        (KNOWN, "", False, "wrong"),
        (KNOWN, "bond_money", True, "refused"),
        ({**KNOWN, "ok_to_refer": True}, "", True, "referred"),
        (OUTSIDE, "bond_money", False, "wrong"),
        (OUTSIDE, "bond_money", True, "right"),
    ],
    ids=[
        "the entry",
        "another entry",
        "no entry of ours",
        "refused",
        "refused where a person will do",
        "outside and answered",
        "outside and refused",
    ],
)
def test_a_reply_of_one_entry_or_a_refusal_is_judged(
    row: dict[str, Any], entry: str, refused: bool, outcome: str
) -> None:
    assert outcome_of(row, entry, refused) == outcome


def test_outcomes_are_shares_of_a_file_and_language() -> None:
    spanish = {**KNOWN, "lang": "es"}
    rows = {"f": [KNOWN, KNOWN, KNOWN, spanish, OUTSIDE]}
    said = iter(["right", "wrong", "right", "offered", "right"])
    assert count_outcomes(rows, lambda row: next(said)) == {
        "f, answerable, en": pytest.approx({"right": 200 / 3, "wrong": 100 / 3}),
        "f, answerable, es": {"offered": 100.0},
        "f, outside, es": {"right": 100.0},
    }
