"""A change of an entry tells which known questions it would answer differently."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.entries import Entry
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.encoder import encode, pack_vector
from bot.services.effect import (
    Difference,
    Effect,
    Question,
    Told,
    effect_of,
    known_questions,
    nearest_entries,
)
from bot.services.indexing import load_or_build_index
from bot.services.kept_index import KeptIndex
from tests.fakes import FakeLibrary, library_with
from tests.unit.conftest import REJECTED, THRESHOLDS

WALRUS = "where does the purple walrus file its paperwork"


def asking(entry: Entry, *questions: str) -> Entry:
    """Return an entry whose English questions are these."""
    words = replace(entry.texts["en"], questions=questions)
    return replace(entry, texts={**entry.texts, "en": words})


def effect(
    library: FakeLibrary, changed: Entry, require_approved: bool = False
) -> Effect:
    """Return the effect of a changed or new entry on a library."""
    before, after = library.current, library.current.with_entry(changed)
    renewed = FakeLibrary(after, REJECTED)
    return effect_of(
        changed.id,
        before,
        after,
        library.index,
        renewed.index,
        THRESHOLDS,
        require_approved,
        known_questions(changed.id, before, after, renewed.index, encode),
    )


def test_a_change_of_nothing_has_no_effect(small_library: FakeLibrary) -> None:
    entry = small_library.current.entries["bond_money"]
    found = effect(small_library, entry)
    assert found.is_empty
    assert found.tried == found.known > len(entry.texts["en"].questions)


def test_an_effect_is_large_where_more_than_two_in_a_hundred_get_something_else() -> (
    None
):
    told = Told("answer", "bond_money")
    one = Difference(Question("q", "en", "bond_money", ""), told, told)
    gained, few, many = (one,) * 50, (one,) * 2, (one,) * 3
    assert not Effect(100, 100, gained, (), few).is_large
    assert Effect(100, 100, (), (), many).is_large
    assert Effect(100, 100, (), (one,), few).is_large
    assert Effect(100, 100, (), (), few, (one,)).is_large
    assert not Effect(0, 0, (), (), ()).is_large
    assert not Effect(9, 9, (), (), (), (one,)).is_empty


def test_a_new_question_is_gained(small_library: FakeLibrary) -> None:
    entry = small_library.current.entries["bond_money"]
    found = effect(small_library, asking(entry, *entry.texts["en"].questions, WALRUS))
    gained = [(each.question.text, each.question.language) for each in found.gained]
    assert gained == [(WALRUS, "en")]
    assert found.gained[0].after.answers_with("bond_money")
    assert not found.gained[0].before.answers_with("bond_money")


def test_a_question_that_another_entry_takes_is_lost(
    small_library: FakeLibrary,
) -> None:
    entries = small_library.current.entries
    taken = entries["bond_money"].texts["en"]
    thief = asking(entries["find_person"], taken.title, *taken.questions)
    words = replace(thief.texts["en"], title=taken.title, short=taken.short)
    thief = replace(thief, texts={**thief.texts, "en": words})
    without = asking(entries["bond_money"], "nothing like it")
    base = small_library.current.with_entry(without)
    library = FakeLibrary(base, REJECTED)
    found = effect(library, thief)
    others = {each.question.entry for each in found.taken}
    assert "bond_money" in others


def test_a_new_question_that_another_entry_answered_is_taken_and_not_gained(
    small_library: FakeLibrary,
) -> None:
    entries = small_library.current.entries
    robbed = asking(entries["bond_money"], WALRUS)
    library = FakeLibrary(small_library.current.with_entry(robbed), REJECTED)
    own = entries["find_person"]
    thief = asking(own, *own.texts["en"].questions, WALRUS)
    without = asking(entries["bond_money"], "nothing like it")
    both = library.current.with_entry(without).with_entry(thief)
    renewed = FakeLibrary(both, REJECTED)
    question = Question(WALRUS, "en", "find_person", pack_vector(encode([WALRUS])[0]))
    theirs = replace(question, entry="bond_money")
    found = effect_of(
        *("find_person", library.current, both, library.index, renewed.index),
        *(THRESHOLDS, False, [question, theirs]),
    )
    assert [each.question for each in found.taken] == [question, theirs]
    assert not found.gained
    assert not found.changed


def test_a_removed_question_is_tried_too(small_library: FakeLibrary) -> None:
    entry = small_library.current.entries["bond_money"]
    with_walrus = asking(entry, *entry.texts["en"].questions, WALRUS)
    library = FakeLibrary(small_library.current.with_entry(with_walrus), REJECTED)
    found = effect(library, entry)
    assert [each.question.text for each in found.lost] == [WALRUS]


def test_a_new_entry_gains_its_questions(small_library: FakeLibrary) -> None:
    entry = small_library.current.entries["bond_money"]
    walrus = replace(asking(entry, WALRUS), id="walrus", aliases=())
    found = effect(small_library, walrus)
    assert WALRUS in {each.question.text for each in found.gained}


def test_a_withdrawn_entry_loses_all_its_questions(small_library: FakeLibrary) -> None:
    entry = small_library.current.entries["slow_case"]
    found = effect(small_library, replace(entry, status="withdrawn"))
    asked = {entry.texts["en"].title, *entry.texts["en"].questions}
    assert asked <= {each.question.text for each in found.lost}
    assert not found.gained


def test_where_only_approved_ones_are_shown_approving_gains(
    small_library: FakeLibrary,
) -> None:
    entry = small_library.current.entries["slow_case"]
    found = effect(small_library, replace(entry, status="approved"), True)
    assert entry.texts["en"].title in {each.question.text for each in found.gained}


def test_when_time_is_up_the_rest_is_not_tried(small_library: FakeLibrary) -> None:
    knowledge, index = small_library.current, small_library.index
    known = known_questions("bond_money", knowledge, knowledge, index, encode)
    questions = (known * 200)[:200]
    moments = iter([True, True, False])
    found = effect_of(
        "bond_money",
        knowledge,
        knowledge,
        index,
        index,
        THRESHOLDS,
        False,
        questions,
        lambda: next(moments),
    )
    # They are tried 64 at a time.
    assert (found.tried, found.known) == (128, 200)


def test_own_questions_come_first_and_no_entry_is_its_own_neighbour(
    small_library: FakeLibrary,
) -> None:
    knowledge, index = small_library.current, small_library.index
    questions = known_questions("bond_money", knowledge, knowledge, index, encode)
    owners = [question.entry for question in questions]
    own = owners.count("bond_money")
    assert owners[:own] == ["bond_money"] * own
    near = nearest_entries("bond_money", questions[:own], index, encode)
    assert near
    assert "bond_money" not in near


def test_an_alias_of_a_new_entry_is_known(small_library: FakeLibrary) -> None:
    entry = small_library.current.entries["bond_money"]
    other = library_with(
        small_library,
        small_library.current.with_entry(replace(entry, aliases=("price_of_bond",))),
    )
    found = other.knowledge().find("price_of_bond")
    assert found is not None
    assert found.id == "bond_money"


def test_the_kept_index_is_brought_to_a_change_and_stays_as_it_is(
    small_knowledge: KnowledgeBase, tmp_path: Path
) -> None:
    load_or_build_index(small_knowledge, REJECTED, tmp_path)
    files = {path: path.read_bytes() for path in tmp_path.iterdir()}
    entry = small_knowledge.entries["bond_money"]
    changed = asking(entry, *entry.texts["en"].questions, WALRUS)
    kept = KeptIndex(tmp_path)
    before = kept.of(small_knowledge, REJECTED)
    after = kept.of(small_knowledge.with_entry(changed), REJECTED)
    assert before is not None
    assert after is not None
    scores = [
        index.search([WALRUS], encode([WALRUS]))[0].candidates[0].nearest
        for index in (before, after)
    ]
    assert scores[0] < 0.6
    assert scores[1] > 0.95
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == files


@pytest.mark.parametrize("spoil", ["nothing kept", "damaged", "no index"])
def test_without_a_good_kept_index_there_is_none(
    small_knowledge: KnowledgeBase, tmp_path: Path, spoil: str
) -> None:
    if spoil != "nothing kept":
        load_or_build_index(small_knowledge, REJECTED, tmp_path)
        learned = next(tmp_path.glob("*.learned.npz"))
        index = learned.with_name(learned.name.replace(".learned", ""))
        index.unlink() if spoil == "no index" else learned.write_bytes(b"x")
    assert KeptIndex(tmp_path).of(small_knowledge, REJECTED) is None
