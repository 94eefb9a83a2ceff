"""What a message names outright: an entry by button or place, a court case."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.understanding import Understanding
from bot.knowledge.base import KnowledgeBase
from bot.services.context import Context
from bot.services.naming import chosen_entry, names_unknown_case
from tests.builders import message

OFFERED = Context(offered=("jail_hold", "bond_money"))
NAMED = {"entry": ("slow_case",)}


@pytest.mark.parametrize(
    ("said", "entry"),
    [
        (message("/choose_entry", "choose_entry", entities=NAMED), "slow_case"),
        (message("/choose_entry", "ask_rights", entities=NAMED), None),
        (message("/choose_entry", "choose_entry"), None),
        (message("2"), "bond_money"),
        (message("the third one"), None),
        (message("what is bond"), None),
    ],
    ids=[
        "a button",
        "an entry without a button",
        "a button without an entry",
        "a place",
        "a place that was not offered",
        "a question",
    ],
)
def test_an_entry_is_chosen_by_its_button_or_its_place(
    said: Understanding, entry: str | None
) -> None:
    assert chosen_entry(said, OFFERED) == entry


@pytest.mark.parametrize(
    ("text", "is_unknown"),
    [
        ("what did Zadvydas v. Davis decide?", False),
        ("¿qué decidió Zadvydas contra Davis?", False),
        ("what happened in Alvarez v. ICE?", True),
        ("what is bond", False),
    ],
    ids=["told of", "told of, in Spanish", "not told of", "no case"],
)
def test_a_case_is_unknown_when_no_entry_tells_of_it(
    small_knowledge: KnowledgeBase, text: str, is_unknown: bool
) -> None:
    entry = small_knowledge.entries["slow_case"]
    words = replace(entry.texts["en"], details="See Zadvydas v. Davis.")
    told = replace(entry, texts={**entry.texts, "en": words})
    entries = {**small_knowledge.entries, "slow_case": told}
    knowledge = replace(small_knowledge, entries=entries)
    assert names_unknown_case(text, knowledge) is is_unknown
