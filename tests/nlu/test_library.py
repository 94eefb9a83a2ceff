"""The running library takes up edits, and later the index that training built."""

from __future__ import annotations

import logging
import time
from pathlib import Path

import pytest

from bot.knowledge.rejected import read_rejected
from bot.services import library
from bot.services.indexing import load_or_build_index
from bot.services.library import Library
from bot.settings import NLU_FOLDER, load_settings
from tests.builders import edit, write_knowledge

NEW = "what if the purple walrus brings paperwork"


def _until(condition: str, caplog: pytest.LogCaptureFixture, running: Library) -> None:
    ends = time.monotonic() + 30
    while condition not in caplog.messages:
        assert time.monotonic() < ends, caplog.messages
        running.look()
        time.sleep(0.05)


def test_a_renewed_index_gives_way_to_the_one_that_training_builds(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library, "_BUILT_SECONDS", 0.0)
    caplog.set_level(logging.INFO)
    root = write_knowledge(tmp_path)
    settings = load_settings(
        {"KNOWLEDGE_DIR": str(root), "DATA_DIR": str(tmp_path / "var")}
    )
    running = Library(settings)
    edit(root / "rights/door_knock.en.md", "questions:\n", f"questions:\n- {NEW}\n")
    _until("index rebuilt", caplog, running)
    renewed = running.index
    running.look()
    assert running.index is renewed
    # As training does, in a process of its own.
    rejected = read_rejected(NLU_FOLDER)
    load_or_build_index(running.current, rejected, tmp_path / "var" / "index")
    _until("index taken up as training built it", caplog, running)
    assert running.index is not renewed
