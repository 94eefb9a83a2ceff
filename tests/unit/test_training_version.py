"""A start trains only for our own code; staff's questions are learned beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.commands import training
from bot.settings import Settings, load_settings
from tests.builders import edit, write_knowledge

DOOR = "rights/door_knock.en.md"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of a folder of its own with a model that fits it."""
    (tmp_path / "models").mkdir()
    settings = load_settings(
        {
            "KNOWLEDGE_DIR": str(write_knowledge(tmp_path)),
            "MODEL_DIR": str(tmp_path / "models"),
        }
    )
    training.model_path(settings).write_bytes(b"a model")
    training.stamp_model(settings, training.training_version(settings))
    return settings


def test_a_model_of_the_same_inputs_is_up_to_date(settings: Settings) -> None:
    version = training.training_version(settings)
    assert training.is_up_to_date(settings, version)
    assert training.may_start(settings)


@pytest.mark.parametrize(
    ("old", "new", "is_learned_anew"),
    [
        ("You may keep the door closed.", "Keep it closed.", False),
        ("questions:\n", "questions:\n- a new wording\n", True),
        ("# ICE is at my door.", "# ICE is at our door.", True),
        ("status: draft", "status: withdrawn", False),
    ],
    ids=["short answer", "question", "title", "status"],
)
def test_only_what_is_learned_from_makes_a_model_old(
    old: str, new: str, is_learned_anew: bool, settings: Settings
) -> None:
    edit(settings.KNOWLEDGE_DIR / DOOR, old, new)
    version = training.training_version(settings)
    assert training.is_up_to_date(settings, version) is not is_learned_anew
    # Either way visitors are served at once.
    assert training.may_start(settings)


def test_a_model_of_other_code_does_not_serve(settings: Settings) -> None:
    version = training.training_version(settings)
    other = training.TrainingVersion("other", version.questions)
    training.stamp_model(settings, other)
    assert not training.may_start(settings)
    assert not training.is_up_to_date(settings, version)


def test_without_a_model_nothing_serves(settings: Settings) -> None:
    training.model_path(settings).unlink()
    assert not training.may_start(settings)
