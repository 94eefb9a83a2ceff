"""Visitors ask whether their county is in ICE's list, on the web and on WhatsApp."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path

import pytest

from bench.assistant import Assistant, lend_index
from bot.settings import load_settings
from tests.e2e.conftest import Talk, entries
from tests.sheets import Line, lines, workbook

ASKED = "do the cops in collier county work with ice"


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """The assistant of an office that will import the list in the first test."""
    folder: Path = tmp_path_factory.mktemp("listed")
    lend_index(folder / "var")
    running = Assistant(folder / "var", load_settings().MODEL_DIR, RATE_LIMITS="off")
    running.start()
    yield running
    running.stop()


def _import(assistant: Assistant, folder: Path) -> None:
    collier = Line(agency="Collier County Sheriff's Office", county="Collier County")
    orange = [
        Line(
            state=state, agency="Orange County Sheriff's Office", county="Orange County"
        )
        for state in ("FLORIDA", "TEXAS")
    ]
    day = datetime.now(timezone.utc).date()
    path = folder / f"participatingAgencies{day:%m%d%Y}am.xlsx"
    path.write_bytes(workbook([*lines(30), collier, *orange]))
    done = assistant.command("agreements", "import", str(path))
    assert done.returncode == 0, done.stderr


def test_before_an_import_the_entries_tell_where_to_look(listed: Assistant) -> None:
    message = Talk(listed.address, "en").say(ASKED)
    shown = [*entries(message), *(one["entry"] for one in message["options"])]
    assert {"check_my_county", "county_no_match", "cooperate_without_287g"} & set(shown)


def test_after_the_import_the_list_answers_without_a_restart(
    listed: Assistant, tmp_path: Path
) -> None:
    _import(listed, tmp_path)
    message = Talk(listed.address, "en").say(ASKED)
    assert message["kind"] == "answer"
    assert "Collier County Sheriff" in message["text"]
    assert "model_task_force" in [*entries(message), *_offered(message)]


def _offered(message: dict[str, object]) -> list[str]:
    options = message["options"]
    assert isinstance(options, list)
    return [one["entry"] for one in options]


def test_a_name_in_two_states_is_asked_back_and_the_button_answers(
    listed: Assistant,
) -> None:
    talk = Talk(listed.address, "es")
    message = talk.say("¿el condado de Orange tiene un acuerdo 287(g)?")
    assert message["kind"] == "clarify"
    label = next(b for b in message["buttons"] if "Florida" in b["label"])
    answer = talk.send(button=label["id"]).json()["messages"][-1]
    assert answer["kind"] == "answer"
    assert "Orange County Sheriff" in answer["text"]


def test_a_place_that_is_not_listed_is_never_called_safe(listed: Assistant) -> None:
    talk = Talk(listed.address, "en")
    message = talk.say("does Boise Idaho have a 287(g) agreement")
    assert message["kind"] == "answer"
    assert "does not mean" in message["text"]


def test_what_is_typed_after_the_question_back_is_the_place(listed: Assistant) -> None:
    talk = Talk(listed.address, "en")
    assert talk.say("does my county have an agreement with ice")["kind"] == "clarify"
    answer = talk.say("collier, florida")
    assert "Collier County Sheriff" in answer["text"]


def test_other_questions_are_answered_as_before(listed: Assistant) -> None:
    message = Talk(listed.address, "en").say("what is a 287(g) agreement")
    assert entries(message) == ["what_is_287g"]
