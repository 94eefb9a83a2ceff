"""One entry is checked as it is typed, as strictly as the whole folder."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot.core.errors import ContentError, Fault
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.checks import check_knowledge
from bot.knowledge.draft_check import built_entry, check_entry
from bot.knowledge.entry_files import read_texts, write_texts
from bot.knowledge.loader import load_knowledge
from bot.settings import PROJECT_ROOT
from tests.builders import TODAY

Edit = Callable[[str], str]
NEAR = "um, How much is an immigration bond now?"


def texts_with(root: Path, language: str, old: str, new: str) -> dict[str, str]:
    """Return the texts of an entry with one thing changed."""
    found = read_texts(root, "door_knock")
    assert found is not None
    assert old in found.texts[language]
    return {**found.texts, language: found.texts[language].replace(old, new, 1)}


def checked(root: Path, texts: dict[str, str]) -> list[Fault]:
    """Return the faults of an entry with other texts than the folder's."""
    knowledge = load_knowledge(root)
    return check_entry(knowledge, root, "rights", "door_knock", texts, TODAY)


CASES = {
    "a wrong date": ("en", "as_of: 2026-07-15", "as_of: soon"),
    "a date to come": ("en", "as_of: 2026-07-15", "as_of: 2026-12-15"),
    "a review too early": ("en", "review_by: 2027-01-15", "review_by: 2026-07-01"),
    "an overdue review": ("en", "review_by: 2027-01-15", "review_by: 2026-07-19"),
    "an unknown source": ("en", "- usc-1", "- usc-9"),
    "an unknown entry": ("en", "- jail_hold", "- nothing_such"),
    "an unknown owner": ("en", "owner: intake", "owner: nobody"),
    "an unknown status": ("en", "status: draft", "status: good"),
    "approved by nobody": ("en", "status: draft", "status: approved"),
    "approved too early": (
        *("en", "status: draft"),
        "status: approved\napproved_by: Eva\napproved_on: 2026-07-01",
    ),
    "approved in the future": (
        *("en", "status: draft"),
        "status: approved\napproved_by: Eva\napproved_on: 2026-07-21",
    ),
    "an old translation": ("es", "2026-07-15", "2026-07-14"),
    "a fact in one language": ("es", "Más sobre esto.", "{{fact:bond_minimum}}"),
    "an unknown fact": ("en", "More about this.", "{{fact:no}}"),
    "a promise": ("en", "More about this.", "We guarantee it."),
    "a bad citation": ("en", "More about this.", "See 8 USC 1226 (a)."),
    "html": ("es", "Más sobre esto.", "<b>Más</b>"),
    "a long label": ("en", "label: door_knock", "label: door_knock_door_knock_x"),
    "a label of another": ("en", "label: door_knock", "label: bond_money"),
    "a title of another": (
        "en",
        "# ICE is at",
        "# How much is an immigration bond?\nICE is at",
    ),
    "a question of another": (
        *("en", "questions:\n"),
        "questions:\n- How much is an immigration bond?\n",
    ),
    "a near question": ("en", "questions:\n", f"questions:\n- '{NEAR}'\n"),
    "a question twice": ("en", "questions:\n", "questions:\n- abc?\n- ABC\n"),
    "no questions": ("en", "questions:\n", "questions: []\nnever:\n"),
    "an unknown field": ("en", "owner:", "colour: red\nowner:"),
    "an alias of another": ("en", "aliases: []", "aliases: [bail_price]"),
    "no heading": ("es", "## Más", "## Otro"),
    "no fields": ("en", "---\n", ""),
    "an empty next step": ("en", "Speak to a lawyer.", ""),
}


@pytest.mark.parametrize("case", CASES)
def test_what_the_folder_would_be_told_is_told_while_typing(
    root: Path, case: str
) -> None:
    texts = texts_with(root, *CASES[case])
    told = checked(root, texts)
    write_texts(root, "rights", "door_knock", texts)
    folder = [f for f in check_knowledge(root, TODAY) if "/door_knock." in f.file]
    assert folder != []
    # The folder adds that a file which cannot be read is missing.
    assert {_place(f) for f in folder if f.field != "languages"} <= set(
        map(_place, told)
    )
    assert any(not f.is_warning for f in folder) == any(not f.is_warning for f in told)


def _place(fault: Fault) -> tuple[str, str, int | None]:
    return fault.file, fault.field, fault.line


def test_an_entry_as_it_stands_has_the_faults_of_the_folder(root: Path) -> None:
    found = read_texts(root, "door_knock")
    assert found is not None
    folder = [f for f in check_knowledge(root, TODAY) if "/door_knock." in f.file]
    assert checked(root, dict(found.texts)) == folder


def test_a_new_entry_is_checked_against_the_others(root: Path) -> None:
    texts = texts_with(root, "en", "id: door_knock", "id: new_one")
    knowledge = load_knowledge(root)
    faults = check_entry(knowledge, root, "rights", "new_one", texts, TODAY)
    assert any("also stands in door_knock" in str(fault) for fault in faults)


@pytest.mark.parametrize(
    ("group", "entry", "field"),
    [
        ("rights", "jail_hold", "id"),
        ("rights", "bail_price", "id"),
        ("phrases", "new_one", "group"),
        ("rights", "No Name", "id"),
    ],
)
def test_a_name_that_may_not_be_is_told(
    root: Path, group: str, entry: str, field: str
) -> None:
    texts = texts_with(root, "en", "id: door_knock", f"id: {entry}")
    faults = check_entry(load_knowledge(root), root, group, entry, texts, TODAY)
    assert field in {fault.field for fault in faults if not fault.is_warning}


def test_a_missing_or_huge_text_is_told(root: Path) -> None:
    texts = texts_with(root, "en", "owner", "owner")
    assert checked(root, {"en": texts["en"]})
    assert "larger" in str(checked(root, {**texts, "es": "x" * 300_000})[0])


def test_a_checked_entry_of_the_real_folder_takes_no_time(
    knowledge: KnowledgeBase,
) -> None:
    root = PROJECT_ROOT / "knowledge"
    found = read_texts(root, "what_is_287g")
    assert found is not None

    def once() -> float:
        start = time.process_time()
        day = date(2026, 11, 22)
        faults = check_entry(knowledge, root, found.group, found.id, found.texts, day)
        assert [str(fault) for fault in faults if not fault.is_warning] == []
        return time.process_time() - start

    once()
    assert min(once() for _ in range(3)) < 0.3


def test_a_near_question_is_found_among_the_real_ones(knowledge: KnowledgeBase) -> None:
    root = PROJECT_ROOT / "knowledge"
    found = read_texts(root, "what_is_287g")
    assert found is not None
    question = next(
        q
        for q in knowledge.entries["mandamus_requirements"].texts["en"].questions
        if len(q.split()) > 8
    )
    near = question.replace("?", "") + " ok"
    english = found.texts["en"].replace("questions:\n", f'questions:\n  - "{near}"\n')
    texts = {**found.texts, "en": english}
    day = date(2026, 11, 22)
    faults = check_entry(knowledge, root, found.group, found.id, texts, day)
    assert any("mandamus_requirements" in str(fault) for fault in faults)


def test_texts_that_are_no_entry_make_none() -> None:
    with pytest.raises(ContentError, match="no fields between"):
        built_entry("rights", "door_knock", {"en": "hello", "es": "hola"})
