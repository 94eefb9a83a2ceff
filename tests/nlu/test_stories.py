"""The trained model follows every rule, and Rasa finds no fault in its data."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from bot.settings import PROJECT_ROOT

MODEL = PROJECT_ROOT / "models" / "rights-desk.tar.gz"
STORIES = PROJECT_ROOT / "tests" / "stories"


def _bot(data_folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the bot with a data folder of its own."""
    environment = {**os.environ, "DATA_DIR": str(data_folder)}
    environment.pop("MODEL_DIR", None)
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=PROJECT_ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def _intents(folder: Path, kind: str) -> set[str]:
    """Return the intents that the rules or stories of a folder begin a turn with."""
    return {
        step["intent"]
        for path in folder.glob("*.yml")
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))[kind]
        for step in block["steps"]
        if "intent" in step
    }


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The trained model; `make test` has trained it before, a fresh clone has not."""
    if not MODEL.is_file():
        result = _bot(tmp_path_factory.mktemp("var"), "train")
        assert result.returncode == 0, result.stderr
    return MODEL


def test_every_rule_has_a_story() -> None:
    rules = _intents(PROJECT_ROOT / "data" / "rules", "rules")
    assert rules - _intents(STORIES, "stories") == set()


@pytest.mark.timeout(600)
def test_model_predicts_intent_and_action_of_every_story(
    model: Path, tmp_path: Path
) -> None:
    command = ["rasa", "test", "core", "--model", str(model), "--e2e"]
    command += ["--stories", str(STORIES), "--fail-on-prediction-errors"]
    result = _bot(tmp_path, *command, "--no-plot", "--out", str(tmp_path / "results"))
    assert result.returncode == 0, (result.stdout + result.stderr)[-2000:]


@pytest.mark.timeout(300)
def test_training_data_have_no_fault(tmp_path: Path) -> None:
    result = _bot(tmp_path, "rasa", "data", "validate", "--fail-on-warnings")
    assert result.returncode == 0, (result.stdout + result.stderr)[-2000:]
