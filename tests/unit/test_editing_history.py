"""Every text that ever stood can be seen, compared and brought back."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.errors import ChangedByOther, ContentError, NotAllowed, RequestGone
from bot.core.staff import Staff
from bot.knowledge.entry_lines import status_of
from bot.services.editing_history import (
    Line,
    difference,
    history,
    note_outside_changes,
    roll_back,
)
from bot.services.editing_publishing import Published, approve, publish, withdraw
from bot.settings import Settings
from tests.builders import NOON, edit
from tests.unit.editing_office import ANA, DOOR, REVA, RHEA, Office, open_office

LATER = NOON + timedelta(days=1)


@pytest.fixture
def office(settings: Settings, knowledge_root: Path) -> Iterator[Office]:
    """The office."""
    with open_office(settings, knowledge_root) as opened:
        yield opened


def twice(office: Office) -> None:
    """Approve one text and publish another one over it."""
    office.draft()
    approve(office.editing, office.knowledge, DOOR, 1, REVA, NOON, "first")
    office.draft(old="Much more", new="Still more")
    publish(office.editing, office.knowledge, DOOR, 1, ANA, NOON, "second")


def back(office: Office, staff: Staff, place: int = -1) -> Published:
    """Bring a version back, by its place in the history."""
    version = history(office.editing, DOOR)[place].id
    base = office.files().base
    knowledge = office.knowledge
    return roll_back(
        *(office.editing, knowledge, DOOR, version, base, staff, LATER, "Was right.")
    )


def test_the_history_tells_the_newest_first(office: Office) -> None:
    twice(office)
    told = [(v.who, v.action, v.why) for v in history(office.editing, DOOR)]
    assert told == [
        (ANA.name, "knowledge_published", "second"),
        (REVA.name, "knowledge_approved", "first"),
    ]
    assert history(office.editing, "nothing_such") == []


def test_a_reviewer_brings_an_approved_text_back_as_it_was(office: Office) -> None:
    twice(office)
    back(office, RHEA)
    assert office.files().texts == history(office.editing, DOOR)[-1].texts
    assert status_of(office.files().texts["en"]) == "approved"
    assert office.actions()[-1] == (RHEA.id, "knowledge_rolled_back")


def test_an_editor_brings_an_approved_text_back_as_not_reviewed(office: Office) -> None:
    twice(office)
    back(office, ANA)
    entry = office.knowledge.entries[DOOR]
    assert (entry.status, entry.approved_by) == ("draft", None)
    assert entry.texts["en"].details == "Much more about this."


def test_rolling_back_takes_no_approved_text_away(office: Office) -> None:
    twice(office)
    back(office, RHEA)
    base = office.files().base
    version = history(office.editing, DOOR)[1].id
    with pytest.raises(NotAllowed):
        roll_back(
            *(office.strict(), office.knowledge, DOOR, version, base, ANA, LATER, "")
        )


def test_a_former_text_with_errors_does_not_come_back(office: Office) -> None:
    twice(office)
    (office.editing.root / "sources.yml").write_text("{}", encoding="utf-8")
    with pytest.raises(ContentError, match="sources"):
        back(office, RHEA)


def test_rolling_back_needs_the_version_and_the_files_as_seen(office: Office) -> None:
    twice(office)
    known, version = office.knowledge, history(office.editing, DOOR)[-1].id
    with pytest.raises(ChangedByOther):
        roll_back(office.editing, known, DOOR, version, "", REVA, LATER, "")
    base = office.files("jail_hold").base
    for entry, number in (("jail_hold", version), ("jail_hold", 99)):
        with pytest.raises(RequestGone):
            roll_back(office.editing, known, entry, number, base, REVA, LATER, "")


def test_the_first_look_records_all_and_a_second_nothing(office: Office) -> None:
    count = len(office.knowledge.entries)
    assert note_outside_changes(office.editing, office.knowledge, NOON) == count
    assert note_outside_changes(office.editing, office.knowledge, NOON) == 0
    (version,) = history(office.editing, DOOR)
    assert (version.who, version.action) == ("", "first_seen")


def test_a_file_edited_outside_gets_a_version(office: Office) -> None:
    note_outside_changes(office.editing, office.knowledge, NOON)
    edit(office.path("es"), "Más sobre esto.", "Otra cosa.")
    assert note_outside_changes(office.editing, office.knowledge, LATER) == 1
    version = history(office.editing, DOOR)[0]
    assert (version.action, version.at) == ("edited_in_files", LATER)
    assert "Otra cosa." in version.texts["es"]


def test_what_the_console_wrote_is_no_change_from_outside(office: Office) -> None:
    note_outside_changes(office.editing, office.knowledge, NOON)
    twice(office)
    withdraw(office.editing, DOOR, office.files().base, ANA, LATER, "")
    assert note_outside_changes(office.editing, office.knowledge, LATER) == 0


def test_a_file_that_cannot_be_read_is_left_until_it_can(office: Office) -> None:
    knowledge = office.knowledge
    note_outside_changes(office.editing, knowledge, NOON)
    office.path().write_bytes(b"\xff\xfe")
    assert note_outside_changes(office.editing, knowledge, LATER) == 0


def test_a_difference_shows_changed_lines_and_some_around() -> None:
    before = {"en": "\n".join(map(str, range(20))), "es": "same"}
    after = {"en": before["en"].replace("10", "ten"), "es": "same"}
    lines = difference(before, after)
    assert [line.kind for line in lines] == [
        *("gap", "same", "same", "same", "removed", "added"),
        *("same", "same", "same", "gap"),
    ]
    assert Line("removed", "en", "10") in lines
    assert Line("added", "en", "ten") in lines


@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [
        ({"en": "a"}, {"en": "a"}, []),
        ({}, {"en": "a\nb"}, ["added", "added"]),
        ({"en": "a"}, {}, ["removed"]),
        ({"es": "a\nb"}, {"es": "a"}, ["same", "removed"]),
    ],
)
def test_a_difference_of_short_texts_has_no_gap(
    before: dict[str, str], after: dict[str, str], kinds: list[str]
) -> None:
    assert [line.kind for line in difference(before, after)] == kinds


def test_huge_texts_are_compared_in_time() -> None:
    before, after = "a\n" * 60_000, "b\na\n" * 30_000
    assert difference({"en": before}, {"en": after})


def test_in_a_git_checkout_each_change_is_a_commit_of_its_person(
    office: Office,
) -> None:
    folder = office.editing.root.parent

    def git(*arguments: str) -> str:
        call = ["git", "-C", str(folder), *arguments]
        done = subprocess.run(call, capture_output=True, check=True, text=True)
        return done.stdout.strip()

    git("init", "--quiet")
    git("add", "knowledge")
    git("-c", "user.name=x", "-c", "user.email=x@y.z", "commit", "-qm", "first")
    office.draft()
    done = publish(office.editing, office.knowledge, DOOR, 1, ANA, NOON, "A reason.")
    assert (done.commit, done.is_committed) == (git("rev-parse", "HEAD"), True)
    assert history(office.editing, DOOR)[0].commit == done.commit
    told = git("log", "-1", "--name-only", "--format=%an|%s|%b")
    assert told.split("\n") == [
        f"{ANA.name}|knowledge: door_knock published, not reviewed yet|A reason.",
        *("", "", "knowledge/rights/door_knock.en.md"),
    ]
