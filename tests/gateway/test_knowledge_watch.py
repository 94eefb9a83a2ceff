"""The gateway keeps watch over the knowledge folder and tells staff of faults once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.gateway.knowledge_watch import KnowledgeWatch
from bot.services import golden, snapshots
from bot.services.editing import Editing
from bot.services.editing_history import history
from bot.services.library import KnowledgeShelf
from bot.settings import Settings
from bot.storage import notices
from bot.storage.engine import Storage, open_storage, upgrade
from tests.builders import edit, write_knowledge
from tests.conftest import FakeClock

DOOR = "rights/door_knock.en.md"


@dataclass
class Office:
    """A watch over a folder, its clock and its database."""

    watch: KnowledgeWatch
    storage: Storage
    root: Path
    clock: FakeClock

    def step(self, seconds: float = 0) -> None:
        self.clock.pass_time(seconds=seconds)
        self.watch.step()

    def told(self) -> list[str]:
        with self.storage.read() as session:
            return [one.kind for one in notices.due_notices(session, self.clock())]

    def actions(self) -> list[str]:
        editing = Editing(self.storage, self.root, False, lambda moment: moment.date())
        return [version.action for version in history(editing, "door_knock")]


@pytest.fixture
def office(settings: Settings, clock: FakeClock, tmp_path: Path) -> Iterator[Office]:
    upgrade(settings)
    storage = open_storage(settings)
    root = write_knowledge(tmp_path)
    shelf = KnowledgeShelf(root, tmp_path / "kept")
    yield Office(
        KnowledgeWatch(storage, shelf, root, False, tmp_path / "models", clock),
        storage,
        root,
        clock,
    )
    storage.close()


def test_a_fault_that_lasts_is_told_once(office: Office) -> None:
    edit(office.root / DOOR, "status: draft", "status: drat")
    office.step()
    assert "knowledge_faulty" not in office.told()
    for _ in range(3):
        office.step(seconds=11)
    assert office.told().count("knowledge_faulty") == 1


def test_a_file_that_is_half_there_while_it_is_saved_is_not_told(
    office: Office,
) -> None:
    good = (office.root / DOOR).read_bytes()
    (office.root / DOOR).write_bytes(b"")
    office.step()
    (office.root / DOOR).write_bytes(good)
    office.step(seconds=11)
    office.step(seconds=11)
    assert "knowledge_faulty" not in office.told()


def test_another_fault_is_told_again(office: Office) -> None:
    for old, new in (("status: draft", "status: drat"), ("owner:", "ower:")):
        edit(office.root / DOOR, old, new)
        office.step()
        office.step(seconds=11)
    assert office.told().count("knowledge_faulty") == 2


def test_an_entry_that_falls_due_is_told_the_day_after(office: Office) -> None:
    office.step()
    assert "review_due" not in office.told()
    due = office.watch.shelf.current.entries["find_person"].review_by
    while office.clock().date() <= due:
        office.clock.pass_time(days=1)
    office.step()
    assert "review_due" in office.told()


def test_a_change_made_in_a_file_stands_in_the_history(office: Office) -> None:
    office.step()
    office.step(seconds=16)
    edit(office.root / DOOR, "You may keep the door closed.", "Keep it closed.")
    office.step(seconds=61)
    assert sorted(office.actions()) == ["edited_in_files", "first_seen"]


def test_a_model_that_was_no_better_is_told_once(
    office: Office, tmp_path: Path
) -> None:
    (tmp_path / "models").mkdir()
    path = golden.refusal_path(tmp_path / "models")
    golden.keep_refusal(path, golden.Verdict("v", 10, 9, 1, 0))
    for _ in range(3):
        office.step(seconds=61)
    assert office.told().count("retraining_refused") == 1


def test_each_month_has_one_snapshot(office: Office) -> None:
    for days in (0, 1, 1, 31):
        office.clock.pass_time(days=days)
        office.step(seconds=61)
    months = [kept.month for kept in snapshots.kept(office.storage)]
    assert len(months) == len(set(months)) == 2
