"""Texts as they stand in the files: approved, withdrawn, restored, reviewed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.core.errors import ChangedByOther, ContentError, NotAllowed, RequestGone
from bot.core.staff import Staff
from bot.knowledge.entry_lines import field_of, status_of
from bot.services.editing_publishing import (
    Published,
    approve,
    approve_as_is,
    mark_reviewed,
    publish,
    restore,
    withdraw,
)
from bot.settings import Settings
from tests.builders import NOON, edit
from tests.unit.editing_office import ANA, DOOR, INA, REVA, RHEA, Office, open_office

LATER = NOON + timedelta(days=1)
REVIEW = date(2027, 3, 1)


@pytest.fixture
def office(settings: Settings, knowledge_root: Path) -> Iterator[Office]:
    """The office."""
    with open_office(settings, knowledge_root) as opened:
        yield opened


def put(office: Office, staff: Staff) -> Published:
    """Publish the draft."""
    return publish(office.editing, office.knowledge, DOOR, 1, staff, LATER, "")


def sign(office: Office) -> Published:
    """Approve the draft."""
    return approve(office.editing, office.knowledge, DOOR, 1, REVA, LATER, "")


def status(office: Office) -> str:
    """Return the status that the file states."""
    return status_of(office.files().texts["en"])


def test_a_text_that_stands_is_approved_as_it_is_by_another_than_its_writer(
    office: Office,
) -> None:
    office.draft(REVA)
    put(office, REVA)
    base = office.files().base
    for nobody in (REVA, ANA):
        with pytest.raises(NotAllowed):
            approve_as_is(office.editing, DOOR, base, nobody, LATER)
    approve_as_is(office.editing, DOOR, base, RHEA, LATER)
    assert office.knowledge.entries[DOOR].approved_by == RHEA.name
    # The words are still those of who wrote them.
    with pytest.raises(NotAllowed):
        approve_as_is(office.editing, DOOR, office.files().base, REVA, LATER)


def test_a_text_that_nobody_is_known_to_have_written_may_be_approved(
    office: Office,
) -> None:
    office.draft(REVA)
    put(office, REVA)
    edit(office.path(), "Much more", "Elsewhere more")
    approve_as_is(office.editing, DOOR, office.files().base, REVA, LATER)
    assert status(office) == "approved"


def test_an_approval_as_it_stands_is_refused_where_it_has_errors(
    office: Office,
) -> None:
    edit(office.path(), "More about this.", "We guarantee it.")
    with pytest.raises(ContentError, match="promise"):
        approve_as_is(
            *(office.editing, DOOR, office.files().base, REVA, LATER, office.knowledge)
        )


BROKEN = {
    "a wrong date": ("as_of: 2026-07-15", "as_of: soon"),
    "no YAML at all": ("aliases: []", "aliases: ["),
    "no status": ("status: draft\n", ""),
    "no headings": ("## More", "More"),
    "no fields": ("---\n", ""),
}


@pytest.mark.parametrize("case", BROKEN)
def test_an_entry_is_withdrawn_whatever_is_wrong_with_it(
    office: Office, case: str
) -> None:
    edit(office.path(), *BROKEN[case])
    before = office.files()
    withdraw(office.editing, DOOR, before.base, ANA, LATER, "Wrong.")
    after = office.files()
    assert status(office) == "withdrawn"
    assert after.texts["es"] == before.texts["es"]
    left = [
        [line for line in texts["en"].split("\n") if line[:6] not in ("---", "status")]
        for texts in (before.texts, after.texts)
    ]
    assert left[0] == left[1]


def test_withdrawing_changes_one_line(office: Office) -> None:
    before = office.files()
    withdraw(office.editing, DOOR, before.base, ANA, LATER, "Wrong.")
    assert office.files().texts["en"] == before.texts["en"].replace(
        "status: draft", "status: withdrawn"
    )
    assert office.actions() == [(ANA.id, "knowledge_withdrawn")]


def test_an_entry_without_its_english_file_cannot_be_withdrawn(office: Office) -> None:
    office.path().unlink()
    with pytest.raises(ContentError, match="no 'en' file"):
        withdraw(office.editing, DOOR, office.files().base, ANA, LATER, "")


def test_what_was_withdrawn_comes_back_as_not_reviewed(office: Office) -> None:
    office.draft()
    sign(office)
    withdraw(office.editing, DOOR, office.files().base, ANA, LATER, "")
    with pytest.raises(NotAllowed):
        withdraw(office.editing, DOOR, office.files().base, ANA, LATER, "")
    with pytest.raises(NotAllowed):
        approve_as_is(office.editing, DOOR, office.files().base, RHEA, LATER)
    restore(office.editing, DOOR, office.files().base, ANA, LATER, "")
    entry = office.knowledge.entries[DOOR]
    assert (entry.status, entry.approved_by) == ("draft", None)
    with pytest.raises(NotAllowed):
        restore(office.editing, DOOR, office.files().base, ANA, LATER, "")


def test_a_review_without_a_change_sets_the_days(office: Office) -> None:
    before = office.files()
    mark_reviewed(
        *(office.editing, office.knowledge, DOOR, before.base, REVIEW, REVA, LATER)
    )
    entry = office.knowledge.entries[DOOR]
    assert (entry.as_of, entry.review_by) == (LATER.date(), REVIEW)
    assert entry.status == "draft"
    # What was up to date is not told to be an old translation.
    assert field_of(office.files().texts["es"], "translated_on") == "2026-07-21"
    assert office.actions() == [(REVA.id, "knowledge_reviewed")]


def test_an_old_translation_stays_old_in_a_review(office: Office) -> None:
    edit(office.path("es"), "2026-07-15", "2026-07-01")
    base = office.files().base
    mark_reviewed(*(office.editing, office.knowledge, DOOR, base, REVIEW, REVA, LATER))
    assert field_of(office.files().texts["es"], "translated_on") == "2026-07-01"


def test_an_approved_text_is_approved_anew_by_its_review(office: Office) -> None:
    office.draft(RHEA)
    sign(office)
    after = replace(office.editing, today=lambda now: date(2026, 9, 1))
    base = office.files().base
    with pytest.raises(NotAllowed):
        mark_reviewed(after, office.knowledge, DOOR, base, REVIEW, RHEA, LATER)
    mark_reviewed(after, office.knowledge, DOOR, base, REVIEW, REVA, LATER)
    entry = office.knowledge.entries[DOOR]
    assert (entry.status, entry.approved_on) == ("approved", date(2026, 9, 1))


def test_a_review_that_is_due_before_it_was_made_is_refused(office: Office) -> None:
    early = LATER.date()
    with pytest.raises(ContentError, match="review_by"):
        mark_reviewed(
            *(office.editing, office.knowledge, DOOR, office.files().base, early),
            *(REVA, LATER),
        )


Step = Callable[[Office, str, Staff], object]
STEPS: dict[str, Step] = {
    "approve": lambda o, b, s: approve_as_is(o.editing, DOOR, b, s, NOON),
    "withdraw": lambda o, b, s: withdraw(o.editing, DOOR, b, s, NOON, ""),
    "restore": lambda o, b, s: restore(o.editing, DOOR, b, s, NOON, ""),
    "review": lambda o, b, s: mark_reviewed(
        *(o.editing, o.knowledge, DOOR, b, REVIEW, s, NOON)
    ),
}


@pytest.mark.parametrize("step", STEPS)
def test_every_step_needs_the_files_as_they_were_seen(
    office: Office, step: str
) -> None:
    with pytest.raises(ChangedByOther):
        STEPS[step](office, "0" * 64, REVA)
    base = office.files().base
    for language in ("en", "es"):
        office.path(language).unlink()
    with pytest.raises(RequestGone):
        STEPS[step](office, base, REVA)


@pytest.mark.parametrize("step", STEPS)
def test_who_may_not_edit_changes_nothing(office: Office, step: str) -> None:
    with pytest.raises(NotAllowed):
        STEPS[step](office, office.files().base, INA)
