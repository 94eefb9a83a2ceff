"""Questions that go on from an answer get theirs: floors for the dialogue."""

from __future__ import annotations

from typing import Any

import pytest

from bot.commands.knowledge_try import RULES_FOLDER, understand
from bot.core.messages import Reply
from bot.knowledge.base import KnowledgeBase
from bot.services.context import Context
from bot.services.library import Library
from bot.services.thresholds import load_thresholds
from bot.services.trying import read_actions, try_question
from bot.settings import load_settings
from tests.builders import TODAY
from tests.nlu.conftest import rows_of

Row = dict[str, Any]
# By these messages the weights in bot/services/finding.py were chosen.
FILE = "follow_ups.jsonl"


@pytest.fixture(scope="module")
def replies() -> list[tuple[Row, Reply]]:
    """Each message with the reply to it, right after the answer it goes on from."""
    settings = load_settings()
    library, actions = Library(settings), read_actions(RULES_FOLDER)
    thresholds = load_thresholds(settings.THRESHOLDS_FILE)
    asked = []
    for row in rows_of(FILE):
        tried = try_question(
            understand(settings, row["q"]),
            row["lang"],
            library,
            thresholds,
            False,
            actions,
            TODAY,
            Context(row["lang"], topic=(row["after"],)),
        )
        assert tried.reply is not None, row["q"]
        asked.append((row, tried.reply))
    return asked


@pytest.mark.parametrize(("language", "least_right"), [("en", 0.85), ("es", 0.76)])
def test_follow_ups_are_answered(
    replies: list[tuple[Row, Reply]], language: str, least_right: float
) -> None:
    right = [
        reply.entries[:1] != () and reply.entries[0] in row["accept"]
        for row, reply in replies
        if row["lang"] == language
    ]
    assert sum(right) / len(right) >= least_right


def test_few_follow_ups_get_a_wrong_answer(replies: list[tuple[Row, Reply]]) -> None:
    wrong = [
        row["q"]
        for row, reply in replies
        if reply.entries and reply.entries[0] not in row["accept"]
    ]
    assert len(wrong) <= 0.12 * len(replies), wrong


def test_what_asks_on_is_never_met_with_small_talk(
    replies: list[tuple[Row, Reply]],
) -> None:
    met = [row["q"] for row, reply in replies if reply.kind == "small_talk"]
    assert len(met) <= 3, met


def test_every_entry_named_exists(knowledge: KnowledgeBase) -> None:
    names = {n for row in rows_of(FILE) for n in (row["after"], *row["accept"])}
    assert [n for n in sorted(names) if n not in knowledge.entries] == []
