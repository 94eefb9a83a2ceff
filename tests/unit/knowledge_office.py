"""An installation with a small knowledge folder and two people, for the commands."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

import pytest

from bot.commands.knowledge import add_knowledge_commands, run
from bot.core.errors import BotError
from bot.services import accounts
from bot.settings import load_settings
from bot.storage.engine import open_storage, upgrade
from tests.builders import write_knowledge

NOW = datetime.now(timezone.utc)


@dataclass(frozen=True)
class Office:
    """Where things lie, and what a command said."""

    root: Path
    folder: Path
    said: pytest.CaptureFixture[str]

    def run(self, *words: str) -> tuple[int, str]:
        """Run a task of `knowledge`; return its exit code and all that it said."""
        self.said.readouterr()
        parser = argparse.ArgumentParser()
        add_knowledge_commands(parser.add_subparsers())
        refused = ""
        try:
            code = run(parser.parse_args(["knowledge", *words]))
        except BotError as error:  # As bot/__main__.py does.
            code, refused = 1, str(error)
        told = self.said.readouterr()
        return code, told.out + told.err + refused

    def add_staff(self, login: str, role: str) -> None:
        """Let somebody use the console."""
        settings = load_settings()
        upgrade(settings)
        storage = open_storage(settings)
        with storage.begin() as session:
            accounts.add(session, None, login, f"Mx {login}", role, "en", NOW)
        storage.close()

    def text(self, place: str) -> str:
        """Return the text of a file."""
        return (self.root / place).read_text(encoding="utf-8")


def open_office(
    folder: Path, monkeypatch: pytest.MonkeyPatch, said: pytest.CaptureFixture[str]
) -> Office:
    """Return an office whose settings name a small folder of its own."""
    root = write_knowledge(folder)
    monkeypatch.setenv("KNOWLEDGE_DIR", str(root))
    monkeypatch.setenv("DATA_DIR", str(folder / "var"))
    return Office(root, folder, said)
