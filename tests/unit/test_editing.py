"""Drafts: kept, sent, given back, and never lost to somebody else's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.errors import ChangedByOther, ContentError, NotAllowed, RequestGone
from bot.services.editing import (
    all_drafts,
    discard_draft,
    open_entry,
    rebase_draft,
    return_to_editor,
    save_draft,
    send_for_review,
)
from bot.settings import Settings
from tests.builders import NOON, edit
from tests.unit.editing_office import ANA, DOOR, INA, REVA, RHEA, Office, open_office

LATER = NOON + timedelta(hours=1)


@pytest.fixture
def office(settings: Settings, knowledge_root: Path) -> Iterator[Office]:
    """The office."""
    with open_office(settings, knowledge_root) as opened:
        yield opened


def test_an_entry_opens_with_its_files_and_no_draft(office: Office) -> None:
    found = open_entry(office.editing, DOOR)
    files = office.files()
    assert (found.group, found.texts, found.base) == ("rights", files.texts, files.base)
    assert (found.draft, found.is_outdated) == (None, False)


@pytest.mark.parametrize("entry", ["nothing_such", "../office", ""])
def test_an_entry_that_is_none_is_gone(office: Office, entry: str) -> None:
    with pytest.raises(RequestGone):
        open_entry(office.editing, entry)


def test_a_kept_draft_changes_no_file(office: Office) -> None:
    before = office.files()
    draft = office.draft()
    assert office.files() == before
    assert open_entry(office.editing, DOOR).draft == draft
    assert (draft.version, draft.changed_by, draft.state) == (1, ANA.id, "draft")
    assert office.actions() == [(ANA.id, "knowledge_drafted")]


def test_a_draft_of_a_new_entry_needs_no_file(office: Office) -> None:
    texts = {"en": "anything\r\nat all", "es": ""}
    save_draft(office.editing, "new_one", "rights", texts, "", 0, ANA, NOON, "a note")
    found = open_entry(office.editing, "new_one")
    assert (found.texts, found.base, found.is_outdated) == ({}, "", False)
    assert found.draft is not None
    assert (found.draft.texts["en"], found.draft.note) == ("anything\nat all", "a note")


def test_of_two_people_who_save_at_once_the_second_is_refused(office: Office) -> None:
    first = office.draft()
    found = open_entry(office.editing, DOOR)
    for version in (0, 2):
        with pytest.raises(ChangedByOther):
            save_draft(
                *(office.editing, DOOR, "rights", found.texts, found.base, version),
                *(REVA, LATER),
            )
    assert open_entry(office.editing, DOOR).draft == first


def test_saving_without_a_change_does_not_make_somebody_the_last_editor(
    office: Office,
) -> None:
    draft = office.draft()
    again = save_draft(
        *(office.editing, DOOR, "rights", draft.texts, draft.base, 1, REVA, LATER)
    )
    assert again == draft


def test_a_change_while_it_waits_for_review_makes_it_a_draft_again(
    office: Office,
) -> None:
    draft = office.draft()
    sent = send_for_review(office.editing, DOOR, draft.version, ANA, LATER)
    assert (sent.state, sent.sent_by, sent.sent_at) == ("in_review", ANA.id, LATER)
    with pytest.raises(NotAllowed):
        send_for_review(office.editing, DOOR, sent.version, ANA, LATER)
    changed = office.draft(REVA, "Much more", "Still more")
    assert (changed.state, changed.changed_by) == ("draft", REVA.id)


def test_a_reviewer_gives_it_back_with_a_word_why(office: Office) -> None:
    sent = send_for_review(office.editing, DOOR, office.draft().version, ANA, NOON)
    back = return_to_editor(
        office.editing, DOOR, sent.version, REVA, LATER, "Check it."
    )
    assert (back.state, back.note, back.changed_by) == ("draft", "Check it.", ANA.id)
    with pytest.raises(NotAllowed):
        return_to_editor(office.editing, DOOR, back.version, REVA, LATER, "")


def test_only_a_reviewer_or_who_sent_it_gives_it_back(office: Office) -> None:
    sent = send_for_review(office.editing, DOOR, office.draft().version, RHEA, NOON)
    with pytest.raises(NotAllowed):
        return_to_editor(office.editing, DOOR, sent.version, ANA, LATER, "")
    back = return_to_editor(office.editing, DOOR, sent.version, RHEA, LATER, "")
    assert back.state == "draft"


def test_a_draft_over_files_that_changed_is_outdated_until_it_goes_on(
    office: Office,
) -> None:
    draft = office.draft()
    edit(office.path(), "More about this.", "Mended elsewhere.")
    assert open_entry(office.editing, DOOR).is_outdated
    rebased = rebase_draft(office.editing, DOOR, draft.version, REVA, LATER)
    assert not open_entry(office.editing, DOOR).is_outdated
    assert (rebased.texts, rebased.changed_by) == (draft.texts, ANA.id)


def test_a_discarded_draft_leaves_the_files(office: Office) -> None:
    before = office.files()
    discard_draft(office.editing, DOOR, office.draft().version, REVA, LATER)
    assert open_entry(office.editing, DOOR).draft is None
    assert office.files() == before
    assert office.actions()[-1] == (REVA.id, "knowledge_discarded")


Step = Callable[[Office, int], object]
STEPS: dict[str, Step] = {
    "rebase": lambda o, v: rebase_draft(o.editing, DOOR, v, ANA, NOON),
    "send": lambda o, v: send_for_review(o.editing, DOOR, v, ANA, NOON),
    "return": lambda o, v: return_to_editor(o.editing, DOOR, v, REVA, NOON, ""),
    "discard": lambda o, v: discard_draft(o.editing, DOOR, v, ANA, NOON),
}


@pytest.mark.parametrize("step", STEPS)
def test_every_step_needs_the_draft_as_it_was_seen(office: Office, step: str) -> None:
    with pytest.raises(RequestGone):
        STEPS[step](office, 1)
    office.draft()
    with pytest.raises(ChangedByOther):
        STEPS[step](office, 2)


def test_who_may_not_edit_keeps_nothing(office: Office) -> None:
    with pytest.raises(NotAllowed):
        office.draft(INA)
    assert all_drafts(office.editing) == []


@pytest.mark.parametrize(
    ("entry", "group", "texts"),
    [
        ("../x", "rights", {}),
        ("new", "phrases", {}),
        ("new", "rights", {"en": "ñ" * 150_000}),
    ],
)
def test_what_could_never_be_a_file_is_refused(
    office: Office, entry: str, group: str, texts: dict[str, str]
) -> None:
    with pytest.raises(ContentError):
        save_draft(office.editing, entry, group, texts, "", 0, ANA, NOON)


def test_an_entry_does_not_move_to_another_group(office: Office) -> None:
    files = office.files()
    with pytest.raises(NotAllowed):
        save_draft(
            *(office.editing, DOOR, "detained", files.texts, files.base, 0, ANA, NOON)
        )


def test_drafts_that_wait_come_first(office: Office) -> None:
    for entry in ("b_one", "a_one"):
        save_draft(office.editing, entry, "rights", {}, "", 0, ANA, NOON)
    send_for_review(office.editing, "b_one", 1, ANA, NOON)
    assert [draft.entry for draft in all_drafts(office.editing)] == ["b_one", "a_one"]
