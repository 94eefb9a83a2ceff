"""A new model is taken up while visitors ask; a broken one changes nothing."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.assistant import Assistant, lend_index
from bot.settings import load_settings
from tests.e2e.conftest import Talk, entries
from tests.standins.serving import wait_until

QUESTION = "what is a 287(g) agreement"
MODEL = "rights-desk.tar.gz"


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the models' folder."""
    copy = tmp_path_factory.mktemp("swapped") / "models"
    shutil.copytree(load_settings().MODEL_DIR, copy)
    return copy


@pytest.fixture(scope="module")
def assistant(models: Path) -> Iterator[Assistant]:
    """The assistant on that folder."""
    data = models.parent / "var"
    lend_index(data)
    running = Assistant(data, models, RATE_LIMITS="off")
    running.start()
    yield running
    running.stop()


def _told(assistant: Assistant, words: str) -> int:
    return assistant.log.read_text(errors="replace").count(words)


@pytest.mark.parametrize(
    ("is_broken", "told"),
    [(False, "new model taken up"), (True, "new model not taken up")],
)
def test_no_turn_is_lost_while_the_model_changes(
    is_broken: bool, told: str, assistant: Assistant, models: Path
) -> None:
    talk = Talk(assistant.address, "en")
    before = _told(assistant, told)
    new = models / "new.tar.gz"
    good = (models / MODEL).read_bytes()
    new.write_bytes(b"no model" if is_broken else good)
    new.replace(models / MODEL)
    ends = time.monotonic() + 15
    while time.monotonic() < ends and _told(assistant, told) == before:
        assert entries(talk.say(QUESTION)) == ["what_is_287g"]
    assert _told(assistant, told) == before + 1
    assert entries(talk.say(QUESTION)) == ["what_is_287g"]
    (models / MODEL).write_bytes(good)


def test_a_start_with_new_questions_does_not_wait_for_training(
    models: Path, tmp_path: Path
) -> None:
    knowledge = tmp_path / "knowledge"
    shutil.copytree(load_settings().KNOWLEDGE_DIR, knowledge)
    path = knowledge / "287g" / "what_is_287g.en.md"
    text = path.read_text(encoding="utf-8")
    asked = "does the blue heron pact cover plover patrols"
    new = "".join(f"  - {start}{asked}\n" for start in ("", "tell me, ", "so "))
    path.write_text(
        text.replace("questions:\n", f"questions:\n{new}"), encoding="utf-8"
    )
    data = tmp_path / "var"
    lend_index(data)
    running = Assistant(data, models, RATE_LIMITS="off", KNOWLEDGE_DIR=str(knowledge))
    seconds = running.start()
    try:
        talk = Talk(running.address, "en")
        wait_until(lambda: entries(talk.say(asked)) == ["what_is_287g"], 10)
    finally:
        running.stop()
    assert seconds < 30
