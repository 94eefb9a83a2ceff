"""People send a question in two messages: floors for messages cut in two."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

import pytest

from bot.commands.knowledge_try import RULES_FOLDER, understand
from bot.core.messages import Reply
from bot.core.understanding import Understanding
from bot.services.context import Context
from bot.services.library import Library
from bot.services.thresholds import load_thresholds
from bot.services.trying import read_actions, try_question
from bot.settings import load_settings
from tests.builders import TODAY
from tests.nlu.conftest import rows_of

# No judge, threshold or weight was learned from these.
FILES: Final = ("chat.jsonl", "unseen.jsonl")
_CUT: Final = re.compile(r"(?<=[.!?])\s+|\n+|, | pero | but | and | y ")

Row = dict[str, Any]


def _halves(row: Row) -> list[str]:
    halves = [half.strip() for half in _CUT.split(row["q"], maxsplit=1)]
    long_enough = len(halves) == 2 and len(halves[0].split()) >= 3
    return halves if long_enough and row["accept"] else []


@pytest.fixture(scope="module")
def second_replies() -> list[tuple[Row, Reply, Reply]]:
    """The replies to second halves whose first half was not answered.

    Row, the reply after the first half, the reply to the second half alone.
    """
    settings = load_settings()
    library, actions = Library(settings), read_actions(RULES_FOLDER)
    thresholds = load_thresholds(settings.THRESHOLDS_FILE)

    @cache
    def understood(text: str) -> Understanding:
        return understand(settings, text)

    def ask(text: str, context: Context) -> tuple[Reply | None, Context]:
        message, language = understood(text), context.language
        tried = try_question(
            message, language, library, thresholds, False, actions, TODAY, context
        )
        return tried.reply, tried.context

    asked = []
    # Every second one: the others say the same, and take as long again.
    for row in (row for name in FILES for row in rows_of(name)[::2]):
        if not (halves := _halves(row)):
            continue
        new = Context(row["lang"])
        first, context = ask(halves[0], new)
        if first is None or first.kind not in ("clarify", "no_answer"):
            continue
        (together, _), (alone, _) = ask(halves[1], context), ask(halves[1], new)
        if together is not None and alone is not None:
            asked.append((row, together, alone))
    return asked


def _share(replies: list[tuple[Row, Reply]], is_right: bool) -> float:
    met = [
        (reply.entries[0] in row["accept"]) is is_right
        for row, reply in replies
        if reply.entries
    ]
    return sum(met) / len(replies)


def test_the_second_half_is_understood_with_the_first(
    second_replies: list[tuple[Row, Reply, Reply]],
) -> None:
    together = _share([(row, reply) for row, reply, _ in second_replies], True)
    alone = _share([(row, reply) for row, _, reply in second_replies], True)
    assert together >= alone + 0.06
    assert together >= 0.48


def test_reading_both_halves_makes_hardly_more_wrong(
    second_replies: list[tuple[Row, Reply, Reply]],
) -> None:
    together = _share([(row, reply) for row, reply, _ in second_replies], False)
    alone = _share([(row, reply) for row, _, reply in second_replies], False)
    assert together <= alone + 0.02
