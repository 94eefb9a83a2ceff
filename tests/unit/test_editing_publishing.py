"""A draft reaches visitors: published, or approved by somebody else, once only."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.core.errors import (
    ChangedByOther,
    ContentError,
    NotAllowed,
    RequestGone,
    StorageError,
)
from bot.core.staff import Staff
from bot.knowledge.entry_files import write_texts
from bot.knowledge.entry_lines import field_of, status_of
from bot.services.editing import open_entry, save_draft
from bot.services.editing_history import history
from bot.services.editing_publishing import (
    Published,
    approve,
    publish,
)
from bot.settings import Settings
from bot.storage import knowledge_edits
from tests.builders import NOON, edit
from tests.unit.editing_office import ANA, DOOR, INA, REVA, RHEA, Office, open_office

LATER = NOON + timedelta(days=1)


@pytest.fixture
def office(settings: Settings, knowledge_root: Path) -> Iterator[Office]:
    """The office."""
    with open_office(settings, knowledge_root) as opened:
        yield opened


def put(office: Office, staff: Staff = ANA, version: int = 1, **more: Any) -> Published:
    """Publish the draft."""
    editing = more.get("editing", office.editing)
    return publish(editing, office.knowledge, DOOR, version, staff, LATER, "A reason.")


def sign(office: Office, staff: Staff = REVA, version: int = 1) -> Published:
    """Approve the draft."""
    knowledge = office.knowledge
    return approve(office.editing, knowledge, DOOR, version, staff, LATER, "Read it.")


def status(office: Office) -> str:
    """Return the status that the file states."""
    return status_of(office.files().texts["en"])


def test_what_is_published_stands_in_the_files_as_not_reviewed(office: Office) -> None:
    edit(office.path(), "status: draft", "status: approved\napproved_by: X")
    draft = office.draft()
    done = put(office)
    files = office.files()
    assert files.texts["es"] == draft.texts["es"]
    assert "Much more about this." in files.texts["en"]
    assert (status(office), field_of(files.texts["en"], "approved_by")) == ("draft", "")
    assert open_entry(office.editing, DOOR).draft is None
    assert office.actions()[-1] == (ANA.id, "knowledge_published")
    assert done == Published(DOOR, None, False, "")
    (version,) = history(office.editing, DOOR)
    assert (version.who, version.action, version.why) == (
        *(ANA.name, "knowledge_published", "A reason."),
    )
    assert version.texts == files.texts


def test_an_approval_names_the_person_and_the_day(office: Office) -> None:
    office.draft()
    sign(office)
    entry = office.knowledge.entries[DOOR]
    assert (entry.status, entry.approved_by) == ("approved", REVA.name)
    assert entry.approved_on == LATER.date()
    assert office.actions()[-1] == (REVA.id, "knowledge_approved")


@pytest.mark.parametrize(
    ("author", "reviewer"), [(REVA, REVA), (ANA, ANA), (ANA, INA), (REVA, ANA)]
)
def test_nobody_approves_an_own_text_and_only_reviewers_do(
    office: Office, author: Staff, reviewer: Staff
) -> None:
    office.draft(author)
    before = office.files()
    with pytest.raises(NotAllowed):
        sign(office, reviewer)
    assert office.files() == before
    assert open_entry(office.editing, DOOR).draft is not None


@pytest.mark.parametrize("step", [put, sign])
def test_a_text_with_errors_is_refused_and_kept(
    office: Office, step: Callable[[Office], Published]
) -> None:
    office.draft(new="We guarantee it.")
    before = office.files()
    with pytest.raises(ContentError, match="promise"):
        step(office)
    assert office.files() == before
    assert open_entry(office.editing, DOOR).draft is not None


@pytest.mark.parametrize("step", [put, sign])
def test_files_that_changed_meanwhile_are_not_overwritten(
    office: Office, step: Callable[[Office], Published]
) -> None:
    office.draft()
    edit(office.path("es"), "Más sobre esto.", "Otra cosa.")
    before = office.files()
    with pytest.raises(ChangedByOther):
        step(office)
    assert office.files() == before
    assert history(office.editing, DOOR) == []


def test_where_only_approved_texts_are_shown_none_is_taken_away(office: Office) -> None:
    office.draft()
    sign(office)
    office.draft(old="Much more", new="Less")
    with pytest.raises(NotAllowed):
        put(office, editing=office.strict())
    assert status(office) == "approved"


def test_where_only_approved_texts_are_shown_others_may_be_published(
    office: Office,
) -> None:
    office.draft()
    put(office, editing=office.strict())
    assert status(office) == "draft"


def test_of_two_gateways_that_publish_at_once_one_is_refused(office: Office) -> None:
    office.draft()
    knowledge = office.knowledge
    outcomes: list[str] = []

    def run(staff: Staff) -> None:
        try:
            publish(office.editing, knowledge, DOOR, 1, staff, LATER, "")
            outcomes.append("done")
        except (ChangedByOther, RequestGone):
            outcomes.append("refused")

    threads = [threading.Thread(target=run, args=(one,)) for one in (ANA, REVA, RHEA)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["done", "refused", "refused"]
    assert len(history(office.editing, DOOR)) == 1


def test_a_failing_write_leaves_no_trace(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = office.draft()

    def fail(self: Path, target: Path) -> Path:
        raise PermissionError(13, "no")

    with monkeypatch.context() as spoilt:
        spoilt.setattr(Path, "replace", fail)
        with pytest.raises(ContentError, match="cannot be written"):
            put(office)
    assert open_entry(office.editing, DOOR).draft == draft
    assert history(office.editing, DOOR) == []
    assert [action for _, action in office.actions()] == ["knowledge_drafted"]


@pytest.mark.parametrize("is_new", [False, True])
def test_a_database_that_fails_at_the_end_brings_the_files_back(
    office: Office, monkeypatch: pytest.MonkeyPatch, is_new: bool
) -> None:
    before = office.files()
    office.draft()
    if is_new:
        for language in ("en", "es"):
            office.path(language).unlink()
        draft = open_entry(office.editing, DOOR).draft
        assert draft is not None
        save_draft(office.editing, DOOR, "rights", draft.texts, "", 1, ANA, NOON)
    begin, knowledge = office.editing.storage.begin, office.knowledge

    @contextmanager
    def failing() -> Iterator[Any]:
        with begin() as session:
            yield session
            raise StorageError("lost")

    version = 2 if is_new else 1
    with monkeypatch.context() as spoilt:
        spoilt.setattr(office.editing.storage, "begin", failing)
        with pytest.raises(StorageError):
            publish(office.editing, knowledge, DOOR, version, ANA, LATER, "")
    if is_new:
        assert not office.path("en").exists()
        assert not office.path("es").exists()
    else:
        assert office.files() == before
    assert open_entry(office.editing, DOOR).draft is not None


def test_a_new_entry_is_published_from_nothing(office: Office) -> None:
    texts = {
        code: text.replace("door_knock", "new_one").replace("at my door", "in my car")
        for code, text in office.files().texts.items()
    }
    texts["es"] = texts["es"].replace("en mi puerta", "en mi coche")
    save_draft(office.editing, "new_one", "rights", texts, "", 0, ANA, NOON)
    publish(office.editing, office.knowledge, "new_one", 1, ANA, LATER, "")
    assert "new_one" in office.knowledge.entries


def test_a_lost_number_of_a_commit_does_not_undo_the_publishing(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: Any) -> None:
        raise StorageError("lost")

    office.draft()
    monkeypatch.setattr(knowledge_edits, "note_commit", fail)
    put(office)
    assert "Much more" in office.files().texts["en"]


def test_a_draft_of_an_entry_that_came_meanwhile_is_refused(office: Office) -> None:
    knowledge, texts = office.knowledge, office.files().texts
    save_draft(office.editing, "new_one", "rights", texts, "", 0, ANA, NOON)
    write_texts(office.editing.root, "rights", "new_one", texts)
    with pytest.raises(ChangedByOther):
        publish(office.editing, knowledge, "new_one", 1, ANA, LATER, "")
