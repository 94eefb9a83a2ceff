"""A start knows whether the search index is there, and builds it before it opens."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.commands.training import has_index, read_first
from bot.knowledge.index import SearchIndex
from bot.settings import Settings, load_settings
from tests.builders import write_knowledge


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of a small knowledge folder and a data folder that is still empty."""
    return load_settings(
        {
            "KNOWLEDGE_DIR": str(write_knowledge(tmp_path)),
            "DATA_DIR": str(tmp_path / "var"),
        }
    )


def test_the_index_that_training_left_is_known(real_index: SearchIndex) -> None:
    assert real_index.seconds.keys() == {"en", "es"}
    assert has_index(load_settings())


def test_an_empty_data_folder_is_filled_before_the_start(settings: Settings) -> None:
    assert not has_index(settings)
    read_first(settings)
    assert has_index(settings)


@pytest.mark.parametrize("lost", ["some.learned.npz", "look-en.npz", "look-es.npz"])
def test_an_index_that_lacks_a_part_is_none(lost: str, settings: Settings) -> None:
    folder = settings.DATA_DIR / "index"
    folder.mkdir(parents=True)
    for name in ("some.learned.npz", "look-en.npz", "look-es.npz"):
        (folder / name).touch()
    assert has_index(settings)
    (folder / lost).unlink()
    assert not has_index(settings)


def test_a_broken_folder_does_not_stop_the_start(settings: Settings) -> None:
    entry = next(settings.KNOWLEDGE_DIR.rglob("*.en.md"))
    entry.write_text("no entry", encoding="utf-8")
    read_first(settings)
    assert not has_index(settings)
