"""Missed questions: masked, grouped by meaning, kept 30 days, tied to nobody."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

import pytest

from bot.core.errors import NotAllowed, RequestGone
from bot.core.messages import Reply
from bot.core.misses import GROUP_STATES
from bot.core.staff import Role, Staff
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.loader import load_knowledge
from bot.services import miss_groups
from bot.services.feedback import Ballot, cast_vote
from bot.services.miss_groups import note_miss, read_meanings
from bot.services.misses import groups, overview, set_state
from bot.services.retention import delete_old_conversations
from bot.settings import Settings
from bot.storage import audit, messages, misses
from bot.storage.engine import Storage
from tests.builders import NOON, write_knowledge
from tests.storage.conftest import CONVERSATION
from tests.storage.missed_office import (
    Ids,
    Office,
    decrypted,
    encode,
    kept_words,
    miss,
    note,
    stored_bytes,
)

DOGS = ("a dog license", "license for my dog", "is a dog allowed")
NO = Reply("no_answer", "en", options=("bond_money", "human_please"))
ASKS = Reply("clarify", "en", options=("bond_money", "human_please"))
PERSON = Reply("handoff", "en", entries=("human_please",))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """The small knowledge folder."""
    return load_knowledge(write_knowledge(tmp_path_factory.mktemp("missed")))


@pytest.fixture
def ids() -> Ids:
    """Ids in order."""
    return Ids()


def person(role: Role = "editor") -> Staff:
    """Return somebody of a role."""
    return Staff(1, "ana", "Ana", role, "en")


def test_questions_of_one_meaning_are_one_group_in_both_languages(
    storage: Storage, small: KnowledgeBase, ids: Ids
) -> None:
    note(storage, *map(miss, DOGS), miss("mi perro", language="es"), ids=ids)
    note(storage, *[miss("a tattoo")] * 3, ids=ids)
    first, second = groups(storage, small)
    assert (first.count, first.languages, second.count) == (4, ["en", "es"], 3)
    assert set(first.examples) == {*DOGS, "mi perro"}
    assert second.examples == ["a tattoo"]


def test_what_fewer_than_three_asked_is_counted_and_not_shown(
    storage: Storage, small: KnowledgeBase, ids: Ids
) -> None:
    note(storage, *map(miss, DOGS), miss("a goat"), miss("my goat"), ids=ids)
    with storage.read() as session:
        found = overview(session, small)
    assert ([group.count for group in found.groups], found.rare) == ([3], 2)


def test_a_rare_group_can_be_neither_found_nor_changed(
    storage: Storage, ids: Ids
) -> None:
    note(storage, miss("a goat"), ids=ids)
    with storage.read() as session:
        (group,) = misses.all_groups(session)
    with pytest.raises(RequestGone):
        set_state(storage, group.id, "covered", person(), NOON)


def test_groups_stay_the_same_over_days(
    storage: Storage, small: KnowledgeBase, ids: Ids
) -> None:
    note(storage, *map(miss, DOGS), ids=ids)
    (before,) = groups(storage, small)
    later = NOON + timedelta(days=9)
    note(storage, miss("dog tax"), now=later, ids=ids)
    (after,) = groups(storage, small)
    assert (after.id, after.count, after.last_seen) == (before.id, 4, later.date())


@pytest.mark.parametrize("state", GROUP_STATES)
def test_a_state_is_kept_noted_and_stays_when_more_ask(
    storage: Storage, small: KnowledgeBase, ids: Ids, state: str
) -> None:
    note(storage, *map(miss, DOGS), ids=ids)
    (group,) = groups(storage, small)
    set_state(storage, group.id, state, person(), NOON)  # type: ignore[arg-type]
    note(storage, miss("dog tax"), ids=ids)
    (found,) = groups(storage, small, state=state)  # type: ignore[arg-type]
    assert found.count == 4
    with storage.read() as session:
        noted = [(one.action, one.detail) for one in audit.latest(session, 9)]
    expected = [] if state == "open" else [(f"misses_{state}", group.id)]
    assert noted == expected


@pytest.mark.parametrize("role", ["reviewer", "intake"])
def test_who_may_not_read_misses_may_not_change_them(
    storage: Storage, small: KnowledgeBase, ids: Ids, role: Role
) -> None:
    note(storage, *map(miss, DOGS), ids=ids)
    (group,) = groups(storage, small)
    with pytest.raises(NotAllowed):
        set_state(storage, group.id, "covered", person(role), NOON)


def test_the_language_can_be_chosen(
    storage: Storage, small: KnowledgeBase, ids: Ids
) -> None:
    note(storage, *map(miss, DOGS), ids=ids)
    assert len(groups(storage, small, language="en")) == 1
    assert groups(storage, small, language="es") == []


@pytest.mark.parametrize(
    ("entries", "nearest", "suggestion"),
    [
        (["bond_money", "bond_money", None], "bond_money", "add"),
        (["bond_money", None, None], "bond_money", "new"),
        ([None, None, None], None, "new"),
        (["human_please", "gone", "out_of_scope"], None, "new"),
    ],
)
def test_the_nearest_entry_is_suggested_where_most_came_near_it(
    storage: Storage,
    small: KnowledgeBase,
    ids: Ids,
    entries: list[str | None],
    nearest: str | None,
    suggestion: str,
) -> None:
    note(storage, *[miss("a dog", entry=entry) for entry in entries], ids=ids)
    (group,) = groups(storage, small)
    assert (group.nearest_entry, group.suggestion) == (nearest, suggestion)


def test_after_thirty_days_nothing_of_a_question_is_left(
    storage: Storage, settings: Settings, ids: Ids
) -> None:
    note(storage, *map(miss, DOGS), ids=ids)
    delete_old_conversations(storage, NOON + timedelta(days=29), 48)
    assert len(kept_words(storage)) == 3
    delete_old_conversations(storage, NOON + timedelta(days=30), 48)
    assert kept_words(storage) == []
    with storage.read() as session:
        assert misses.all_groups(session) == []


def test_the_middle_of_a_group_forgets_with_its_questions(
    storage: Storage, monkeypatch: pytest.MonkeyPatch, ids: Ids
) -> None:
    monkeypatch.setattr(miss_groups, "NEAR", 0.0)
    note(storage, miss("a dog"), ids=ids)
    later = NOON + timedelta(days=5)
    note(storage, miss("a tattoo"), now=later, ids=ids)
    delete_old_conversations(storage, NOON + timedelta(days=31), 48)
    with storage.read() as session:
        (group,), (left,) = misses.all_groups(session), misses.all_misses(session)
    assert group.centre == left.vector


def test_a_flood_is_not_kept(
    storage: Storage, monkeypatch: pytest.MonkeyPatch, ids: Ids
) -> None:
    monkeypatch.setattr(miss_groups, "MOST_A_DAY", 2)
    note(storage, *map(miss, DOGS), ids=ids)
    assert len(kept_words(storage)) == 2
    note(storage, miss("next day dog"), now=NOON + timedelta(days=1), ids=ids)
    assert len(kept_words(storage)) == 3


def test_the_same_visitor_counts_once_in_a_group(storage: Storage, ids: Ids) -> None:
    counted: set[str] = set()
    day = NOON.date()
    said = [
        note_miss(storage, miss(words), day, ids, encode, counted)
        for words in (*DOGS, "a tattoo")
    ]
    assert said == [True, False, False, True]


def test_a_question_without_its_meaning_is_grouped_later(
    storage: Storage, small: KnowledgeBase, ids: Ids
) -> None:
    for words in DOGS:
        note_miss(storage, miss(words, "thumbs_down"), NOON.date(), ids)
    assert groups(storage, small) == []
    assert read_meanings(storage, encode, ids) == 3
    (group,) = groups(storage, small)
    assert group.kinds == [("thumbs_down", 3)]
    assert read_meanings(storage, encode, ids) == 0


UP, DOWN, SHARED = (True, False), (False, False), (False, True)


def _voted(storage: Storage, question: str, *votes: tuple[bool, bool]) -> None:
    """Put a question and its answer into a conversation, and vote on it."""
    with storage.begin() as session:
        said = {"from": "visitor", "text": question}
        messages.add_message(session, CONVERSATION, said, NOON)
        answers = [{"entry": "bond_money"}]
        given = {"from": "bot", "text": "", "language": "en", "answers": answers}
        seq = messages.add_message(session, CONVERSATION, given, NOON)["seq"]
    for helpful, share in votes:
        ballot = Ballot(CONVERSATION, seq, "bond_money", helpful, share)
        cast_vote(storage, b"key", ballot, NOON, Ids())


@pytest.mark.parametrize(
    ("votes", "kept"),
    [
        ([DOWN, SHARED], ["does [name] need a dog"]),
        ([DOWN], []),
        ([UP], []),
        ([(True, True)], []),
        ([DOWN, SHARED, SHARED], ["does [name] need a dog"]),
    ],
)
def test_a_question_under_a_thumb_down_is_kept_masked_once_it_is_shared(
    started: Storage, votes: list[tuple[bool, bool]], kept: list[str]
) -> None:
    _voted(started, "does Juan Perez need a dog", *votes)
    assert kept_words(started) == kept


def test_without_the_setting_a_vote_keeps_no_question(started: Storage) -> None:
    _voted(started, "a dog or two")
    ballot = Ballot(CONVERSATION, 2, "bond_money", helpful=False, share=True)
    cast_vote(started, b"key", ballot, NOON)
    assert kept_words(started) == []


CANARIES = (
    "quetzalli",
    "tzocquemil",
    "917-555-0142",
    "555-0142",
    "208123456",
    "7XQM-93TD",
    "07302",
)


def test_no_name_and_no_number_of_a_missed_question_is_anywhere_in_the_database(
    started: Storage, settings: Settings, small: KnowledgeBase
) -> None:
    said = (
        "my cousin Quetzalli Tzocquemil, 917-555-0142, A208123456, has a dog",
        "me llamo quetzalli tzocquemil y mi perro vive en 120 Grove Street 07302",
        "R-4F2K-7XQM-93TD is my dog",
    )
    office = Office(started, small)
    for number, words in enumerate(said):
        office.turn(f"visitor-{number}", words, NO)
        office.turn(f"visitor-{number}", words, ASKS)
        office.turn(f"visitor-{number}", "/request_consultation", PERSON)
        _voted(started, words, DOWN, SHARED)
    with started.begin() as session:
        # The transcript has the words for 48 hours; it is not what is asked here.
        session.execute(messages._TABLE.delete())
    started.forget_deleted()
    everything = stored_bytes(settings) + decrypted(settings)
    assert b"dog" in everything
    found = [c for c in (*CANARIES, "visitor-") if c.lower().encode() in everything]
    assert found == []


def test_no_row_tells_when_or_in_which_order_it_came(
    storage: Storage, settings: Settings, ids: Ids
) -> None:
    note(storage, *map(miss, DOGS), ids=ids)
    with sqlite3.connect(settings.DATA_DIR / "rights_desk.db") as connection:
        columns = {row[1] for row in connection.execute("PRAGMA table_info(misses)")}
        with pytest.raises(sqlite3.OperationalError):
            connection.execute("SELECT rowid FROM misses")
    connection.close()
    assert columns == {
        *("id", "day", "language", "kind", "entry", "words", "vector", "group_id")
    }
