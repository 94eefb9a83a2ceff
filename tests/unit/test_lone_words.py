"""A message of one word, or of a place only: its meaning is asked, not guessed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.errors import ContentError
from bot.knowledge.entry_lists import read_lone_words
from bot.knowledge.loader import load_knowledge
from bot.services.answers import Answers
from bot.services.context import Context
from bot.services.followups import state_of_place
from tests.builders import message, write_knowledge
from tests.fakes import FakeLibrary
from tests.unit.conftest import REJECTED, THRESHOLDS

WORDS = "jail, cárcel: [jail_hold, find_person]\nmoney: [bond_money]\n"
NEW = Context()
ASKED_BACK = Context(offered=("slow_case", "bond_money", "human_please"), misses=1)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> FakeLibrary:
    """The small library, with a list of lone words."""
    root = write_knowledge(tmp_path_factory.mktemp("words"))
    (root / "lone_words.yml").write_text(WORDS, encoding="utf-8")
    return FakeLibrary(load_knowledge(root), REJECTED)


@pytest.fixture
def worded(library: FakeLibrary) -> Answers:
    """The use cases over that library."""
    return Answers(library, THRESHOLDS, require_approved=False)


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("jail", ("jail_hold", "find_person", "human_please")),
        ("CARCEL?", ("jail_hold", "find_person", "human_please")),
        ("the jail", ("jail_hold", "find_person", "human_please")),
        ("money", ("bond_money", "human_please")),
    ],
    ids=["in English", "without its accent", "with an article", "one meaning"],
)
def test_a_lone_word_is_asked_back(
    worded: Answers, text: str, options: tuple[str, ...]
) -> None:
    outcome = worded.answer(message(text), NEW)
    assert (outcome.reply.kind, outcome.reply.options) == ("clarify", options)
    assert outcome.context.offered == options


def test_the_same_word_among_others_is_looked_up(worded: Answers) -> None:
    reply = worded.answer(message("How much is an immigration bond?"), NEW).reply
    assert (reply.kind, reply.entries) == ("answer", ("bond_money",))


def test_a_lone_word_taken_for_small_talk_is_asked_back_too(worded: Answers) -> None:
    heard = message("jail", "ask_capabilities")
    assert worded.make_small_talk(heard, NEW).reply.kind == "clarify"


def test_a_draft_is_no_meaning_where_approval_is_needed(library: FakeLibrary) -> None:
    strict = Answers(library, THRESHOLDS, require_approved=True)
    assert strict.answer(message("jail"), NEW).reply.kind == "no_answer"


def test_what_goes_on_from_an_answer_is_no_small_talk(worded: Answers) -> None:
    heard = message("what about how much is an immigration bond", "ask_capabilities")
    topic = Context(topic=("bond_money",))
    assert worded.make_small_talk(heard, topic).reply.entries == ("bond_money",)
    assert worded.make_small_talk(heard, NEW).reply.kind == "small_talk"


def test_a_bare_question_word_asks_on(worded: Answers) -> None:
    reply = worded.answer(message("how much?"), Context(topic=("bond_money",))).reply
    assert reply.entries == ("bond_money",)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("en paterson", "NJ"),
        ("Yonkers", "NY"),
        ("I live in Jersey City", "NJ"),
        ("Houston", None),
        ("hope", None),
        ("orange", None),
        ("money", None),
        ("they took him in Paterson this morning", None),
        ("marriage certificate apostille nj", None),
        ("trenton coopera con ice?", None),
    ],
    ids=[
        "after a preposition",
        "alone",
        "in a short sentence",
        "elsewhere",
        "a word that is a town, too",
        "in both states",
        "no place",
        "more than a place",
        "something else, in a state",
        "a question about a place",
    ],
)
def test_a_place_alone_tells_the_state_that_it_lies_in(
    text: str, state: str | None
) -> None:
    assert state_of_place(text) == state


def test_a_place_after_an_answer_gets_it_for_its_state(worded: Answers) -> None:
    told = Context(topic=("jail_hold",))
    outcome = worded.answer(message("en paterson", language="es"), told)
    assert outcome.reply.entries == ("jail_hold_nj",)
    assert outcome.context.jurisdiction == "NJ"


def test_a_place_after_a_question_back_is_kept_and_the_question_asked_again(
    worded: Answers,
) -> None:
    told = replace(ASKED_BACK, topic=("jail_hold",))
    outcome = worded.answer(message("in Yonkers"), told)
    assert outcome.reply.phrases == ("state_kept", "clarify")
    assert outcome.reply.options == ASKED_BACK.offered
    assert outcome.reply.values == {"state_phrase": "state_ny"}
    assert outcome.context.jurisdiction == "NY"


def test_a_place_at_the_very_first_is_kept(worded: Answers) -> None:
    outcome = worded.answer(message("Yonkers"), NEW)
    assert outcome.reply.phrases == ("state_noted",)
    assert outcome.context.jurisdiction == "NY"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("jail: bond_money", "no such list"),
        ("jail: [jail_hold, find_person, bond_money]", "no such list"),
        ("jail, Jail: [jail_hold]", "stands twice"),
        ("jail: [jail_hold]\ncell, jail: [find_person]", "stands twice"),
        ("jail: [gone]", "no entry 'gone'"),
    ],
    ids=["no list", "three meanings", "twice in a line", "in two lines", "no entry"],
)
def test_a_faulty_list_is_told_by_file_and_line(
    tmp_path: Path, words: str, told: str
) -> None:
    root = write_knowledge(tmp_path)
    (root / "lone_words.yml").write_text(words, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_knowledge(root)
    fault = caught.value.faults[0]
    assert fault.file == f"{root.name}/lone_words.yml"
    assert told in str(fault)


def test_without_the_file_no_word_is_special(tmp_path: Path) -> None:
    assert read_lone_words(tmp_path) == {}
