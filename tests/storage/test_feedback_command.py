"""python -m bot feedback prints votes, worst first, and the shared questions."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.core.feedback import Vote
from bot.settings import load_settings
from bot.storage import feedback
from bot.storage.engine import open_storage, upgrade
from tests.storage.conftest import vote


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An installation run from the command line."""
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "installed"))
    monkeypatch.setenv("DATABASE_URL", "")
    monkeypatch.setenv("SECRET_KEY", "")
    before = os.umask(0o077)
    yield
    os.umask(before)


def keep(*votes: Vote) -> None:
    """Record votes in the installation."""
    upgrade(load_settings())
    storage = open_storage(load_settings())
    with storage.begin() as session:
        for one in votes:
            feedback.record_vote(session, one)
    storage.close()


def printed(capsys: pytest.CaptureFixture[str], *options: str) -> str:
    """Return what the command prints."""
    assert main(["feedback", *options]) == 0
    return capsys.readouterr().out


def test_without_votes_it_says_so(
    installed: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "No votes yet" in printed(capsys)
    assert "No shared questions" in printed(capsys, "--questions")


def test_the_answer_that_helps_least_stands_first(
    installed: None, capsys: pytest.CaptureFixture[str]
) -> None:
    keep(vote("1", helpful=True), vote("2", entry="bond_money", language="es"))
    table = printed(capsys)
    rows = [line.replace("│", " ").split() for line in table.splitlines()]
    wanted = [["bond_money", "es", "0", "1"], ["jail_hold", "en", "1", "0"]]
    assert [row for row in rows if row in wanted] == wanted
    assert "waiting to be read: 0" in table


def test_shared_questions_are_counted_and_printed_only_when_asked_for(
    installed: None, capsys: pytest.CaptureFixture[str]
) -> None:
    keep(vote("1", "what is [bold]this[/bold]"), vote("2"))
    table = printed(capsys)
    assert "waiting to be read: 1 (python -m bot feedback --questions)" in table
    assert "what is" not in table
    assert printed(capsys, "--questions").splitlines() == [
        "2026-07-20  jail_hold (en, down)",
        "    what is [bold]this[/bold]",
    ]
