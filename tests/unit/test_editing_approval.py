"""An approval holds for the text that was approved, and for no other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.errors import Fault
from bot.knowledge.checks import check_knowledge
from bot.knowledge.entry_lines import field_of, status_of
from bot.knowledge.signed_text import mark_of
from bot.services.editing import open_entry
from bot.services.editing_publishing import approve, approve_as_is, publish
from bot.services.library import KnowledgeShelf
from bot.settings import Settings
from tests.builders import NOON, edit
from tests.unit.editing_office import ANA, DOOR, REVA, Office, open_office

LATER = NOON + timedelta(days=1)


@pytest.fixture
def office(settings: Settings, knowledge_root: Path) -> Iterator[Office]:
    """The office, with one approved answer."""
    with open_office(settings, knowledge_root) as opened:
        opened.draft()
        approve(opened.editing, opened.knowledge, DOOR, 1, REVA, LATER, "Read it.")
        yield opened


def faults(office: Office) -> list[Fault]:
    """Return what is wrong with the approval."""
    found = check_knowledge(office.editing.root, LATER.date())
    return [fault for fault in found if fault.field == "approved_text"]


def test_the_mark_of_the_approved_text_stands_in_the_file(office: Office) -> None:
    entry = office.knowledge.entries[DOOR]
    assert entry.approved_text == mark_of(entry)
    assert faults(office) == []


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("en", "Much more about this.", "Something else."),
        ("es", "Más sobre esto.", "Otra cosa."),
        ("en", "jurisdiction: US", "jurisdiction: NJ"),
    ],
)
def test_visitors_keep_the_approved_text_when_its_file_is_changed(
    office: Office, language: str, old: str, new: str
) -> None:
    shelf = KnowledgeShelf(office.editing.root)
    approved = shelf.current.entries[DOOR]
    edit(office.path(language), old, new)
    (fault,) = faults(office)
    assert not fault.is_warning
    assert shelf.look().entries[DOOR] == approved
    edit(office.path(), "status: approved", "status: draft")
    assert faults(office) == []
    assert shelf.look().entries[DOOR].status == "draft"


def test_questions_dates_and_the_owner_may_change_without_a_new_approval(
    office: Office,
) -> None:
    edit(office.path(), "review_by: 2027-01-15", "review_by: 2027-01-14")
    edit(office.path("es"), "questions:\n", "questions:\n  - otra manera de decirlo\n")
    assert faults(office) == []


def test_a_changed_text_is_approved_anew_by_its_button(office: Office) -> None:
    edit(office.path(), "Much more about this.", "Something else.")
    base = open_entry(office.editing, DOOR).base
    approve_as_is(office.editing, DOOR, base, REVA, LATER, office.knowledge)
    assert faults(office) == []


def test_an_approval_from_before_the_marks_is_told_and_still_holds(
    office: Office,
) -> None:
    mark = field_of(office.files().texts["en"], "approved_text")
    edit(office.path(), f"approved_text: {mark}\n", "")
    (fault,) = faults(office)
    assert fault.is_warning
    assert office.knowledge.entries[DOOR].status == "approved"


def test_publishing_takes_the_mark_away_with_the_approval(office: Office) -> None:
    office.draft(ANA, "Much more about this.", "Less about this.")
    publish(office.editing, office.knowledge, DOOR, 1, ANA, LATER, "A reason.")
    text = office.files().texts["en"]
    assert (status_of(text), field_of(text, "approved_text")) == ("draft", "")
