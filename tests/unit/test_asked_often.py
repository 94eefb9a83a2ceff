"""How often each entry is asked for, beside the usual one."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.errors import SetupError
from bot.knowledge.asked_often import ASKED, how_often, write_how_often
from bot.knowledge.base import KnowledgeBase


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file of counts that is not there yet."""
    return tmp_path / "asked.json"


def test_what_is_asked_more_than_usual_counts_more(file: Path) -> None:
    messages = [["bond"]] * 9 + [["court"]] * 2 + [["travel"]]
    write_how_often(messages, ["bond", "court", "travel"], file)
    asked = how_often(file)
    assert asked["bond"] > asked["court"] == 0.0 > asked["travel"]


def test_an_entry_that_nobody_asks_for_is_the_rarest(file: Path) -> None:
    write_how_often([["bond"], ["bond"], ["court"]], ["bond", "court", "rare"], file)
    asked = how_often(file)
    assert asked["rare"] == min(asked.values())


def test_a_message_that_two_entries_answer_counts_a_half_for_each(file: Path) -> None:
    write_how_often([["bond", "court"], ["travel"]], ["bond", "court", "travel"], file)
    asked = how_often(file)
    assert asked["bond"] == asked["court"] < asked["travel"]


@pytest.mark.parametrize("text", ["", "[]", '{"bond": "often"}', "nothing"])
def test_a_damaged_file_tells_its_name_and_the_remedy(file: Path, text: str) -> None:
    file.write_text(text)
    with pytest.raises(SetupError, match=r"asked\.json is missing or damaged"):
        how_often(file)


def test_a_missing_file_tells_its_name(file: Path) -> None:
    with pytest.raises(SetupError, match=r"asked\.json"):
        how_often(file)


def test_the_file_in_use_names_no_entry_that_is_gone(knowledge: KnowledgeBase) -> None:
    assert how_often(ASKED).keys() <= knowledge.entries.keys()
