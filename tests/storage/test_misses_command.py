"""The command `knowledge misses` prints the groups, and notes that they were read."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from bot.commands.knowledge import add_knowledge_commands, run
from bot.settings import load_settings
from bot.storage import audit
from bot.storage.engine import open_storage, upgrade
from tests.builders import write_knowledge
from tests.storage.missed_office import Ids, miss, note


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation in a folder of its own, in which three people asked for dogs."""
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("KNOWLEDGE_DIR", str(write_knowledge(tmp_path)))
    settings = load_settings()
    upgrade(settings)
    storage = open_storage(settings)
    asked = [miss(words) for words in ("a dog", "my dog", "dog [name]", "a goat")]
    note(storage, *asked, ids=Ids())
    storage.close()


def printed(capsys: pytest.CaptureFixture[str], *given: str) -> str:
    """Run the command and return what it prints."""
    parser = argparse.ArgumentParser()
    add_knowledge_commands(parser.add_subparsers())
    assert run(parser.parse_args(["knowledge", "misses", *given])) == 0
    return capsys.readouterr().out


def test_the_groups_are_printed_with_their_counts(
    installed: None, capsys: pytest.CaptureFixture[str]
) -> None:
    out = printed(capsys)
    assert "3 times, last on 2026-07-20, en (not answered: 3)" in out
    assert "    - dog [name]" in out
    assert "goat" not in out
    assert "fewer than 3 people asked: 1." in out


def test_another_state_or_language_has_nothing(
    installed: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "Nothing to do." in printed(capsys, "--state", "covered")
    assert "Nothing to do." in printed(capsys, "--language", "es")


def test_reading_at_the_command_line_is_noted(
    installed: None, capsys: pytest.CaptureFixture[str]
) -> None:
    printed(capsys)
    storage = open_storage(load_settings())
    with storage.read() as session:
        noted = [(one.action, one.staff_id) for one in audit.latest(session, 5)]
    storage.close()
    assert noted == [("misses_read", None)]
