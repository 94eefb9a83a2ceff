"""What cannot wait is told at once; what people tell of their lives is no emergency."""

from __future__ import annotations

from typing import Any, Final

import pytest

from bot.commands.knowledge_try import RULES_FOLDER, understand
from bot.core.messages import Reply
from bot.services.library import Library
from bot.services.thresholds import load_thresholds
from bot.services.trying import read_actions, try_question
from bot.settings import load_settings
from tests.builders import TODAY
from tests.nlu.conftest import rows_of

# Written before the words were chosen by which an emergency is heard; no example.
HAPPENING: Final = "emergencies.jsonl"
# Statements without a question; none of them is an example.
TOLD: Final = "told.jsonl"
# The encoder's numbers differ a little from one processor to another: a message at a
# limit may fall on its other side.
STRAY: Final = 1
# Answers that tell what to do in such a scene.
FITTING: Final = frozenset(
    {
        "car_stop",
        "citizen_or_lpr_stopped",
        "ice_arrested_me",
        "ice_at_door",
        "ice_at_work",
        "ice_checkin",
        "in_jail_rights",
        "minors_alone",
        "police_at_door",
        "signing_papers",
        "street_stop",
        "who_may_ask_status",
        "witness_raid",
    }
)


def _replies(name: str) -> list[tuple[str, Reply]]:
    settings = load_settings()
    library, actions = Library(settings), read_actions(RULES_FOLDER)
    thresholds = load_thresholds(settings.THRESHOLDS_FILE)
    asked: list[tuple[str, Any]] = []
    for row in rows_of(name):
        message = understand(settings, row["q"])
        tried = try_question(
            message, row["lang"], library, thresholds, False, actions, TODAY
        )
        asked.append((row["q"], tried.reply))
    return asked


@pytest.fixture(scope="module")
def happening() -> list[tuple[str, Reply]]:
    """Emergencies with the replies to them."""
    return _replies(HAPPENING)


@pytest.fixture(scope="module")
def told() -> list[tuple[str, Reply]]:
    """Statements of people about themselves, with the replies to them."""
    return _replies(TOLD)


def test_nearly_every_emergency_is_told_what_to_do(
    happening: list[tuple[str, Reply]],
) -> None:
    missed = [
        text
        for text, reply in happening
        if reply.kind != "emergency" and not FITTING.issuperset(reply.entries or ("",))
    ]
    assert len(missed) <= 7, missed


def test_hardly_an_emergency_gets_an_answer_about_something_else(
    happening: list[tuple[str, Reply]],
) -> None:
    answered = [(t, r.entries) for t, r in happening if r.kind == "answer"]
    elsewhere = [row for row in answered if not FITTING.issuperset(row[1])]
    assert len(elsewhere) <= STRAY, elsewhere


def test_hardly_an_emergency_is_met_with_small_talk(
    happening: list[tuple[str, Reply]],
) -> None:
    met = [text for text, reply in happening if reply.kind == "small_talk"]
    assert len(met) <= STRAY, met


def test_what_people_tell_of_themselves_is_hardly_an_emergency(
    told: list[tuple[str, Reply]],
) -> None:
    alarmed = [text for text, reply in told if reply.kind == "emergency"]
    assert len(alarmed) <= STRAY, alarmed


def test_what_people_tell_of_themselves_is_hardly_ever_refused(
    told: list[tuple[str, Reply]],
) -> None:
    refused = [text for text, reply in told if reply.kind in ("no_answer", "handoff")]
    assert len(refused) <= 4, refused


def test_what_is_asked_after_a_statement_is_what_we_ask(
    told: list[tuple[str, Reply]],
) -> None:
    asked = [reply for _, reply in told if reply.phrases == ("told",)]
    assert len(asked) >= 0.5 * len(told)
