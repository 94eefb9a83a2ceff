"""A visitor who was misunderstood is offered the near rivals of the last answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.messages import MAX_OPTIONS
from bot.core.understanding import Understanding
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.ranking import Candidate, Ranking
from bot.services.answers import Answers
from bot.services.context import Context
from bot.services.finding import Finder
from bot.services.followups import is_correction
from tests.builders import message
from tests.fakes import FakeLibrary
from tests.unit.conftest import THRESHOLDS

NEW = Context()
RIVALS = ("door_knock", "find_person")
ANSWERED = Context(topic=("jail_hold",), others=RIVALS)
NOT_THAT = message("no, that's not what I asked", "deny")


class FakeIndex:
    """An index that gives every message the same ranking."""

    def __init__(self, **scores: float) -> None:
        self.ranking = Ranking(
            tuple(Candidate(name, score, 1.0, 1.0) for name, score in scores.items()),
            0.0,
        )

    def search(
        self, texts: list[str], vectors: object, english: object
    ) -> list[Ranking]:
        """Return the ranking for each text."""
        return [self.ranking for _ in texts]


def finder(knowledge: KnowledgeBase, **scores: float) -> Finder:
    """Return a search that ranks the entries as told."""
    return Finder(knowledge, FakeIndex(**scores), THRESHOLDS, False)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("no, that's not what I asked", True),
        ("not my question", True),
        ("that is not it", True),
        ("wrong", True),
        ("I meant something else", True),
        ("you misunderstood me", True),
        ("no es eso", True),
        ("eso no es lo que pregunté", True),
        ("no me entendió", True),
        ("está equivocado", True),
        ("me refería a la fianza", True),
        ("no thanks", False),
        ("no", False),
        ("not now", False),
        ("no gracias", False),
        ("todavía no", False),
    ],
)
def test_a_correction_is_told_from_a_plain_no(text: str, is_one: bool) -> None:
    assert is_correction(text) is is_one


@pytest.mark.parametrize(
    "text",
    ["no, that's not what I asked", "no, no es eso"],
    ids=["en", "es"],
)
def test_a_correction_offers_the_near_rivals(answers: Answers, text: str) -> None:
    outcome = answers.make_small_talk(message(text, "deny"), ANSWERED)
    assert (outcome.reply.kind, outcome.reply.options) == ("clarify", RIVALS)
    assert outcome.context.offered == RIVALS


@pytest.mark.parametrize(
    ("said", "context"),
    [
        (message("no thanks", "deny"), ANSWERED),
        (message("no gracias", "deny"), ANSWERED),
        (NOT_THAT, Context(topic=("jail_hold",))),
    ],
    ids=["no thanks", "no gracias", "a correction without rivals"],
)
def test_a_no_without_anything_to_offer_gets_a_courtesy(
    answers: Answers, said: Understanding, context: Context
) -> None:
    reply = answers.make_small_talk(said, context).reply
    assert (reply.kind, reply.phrases) == ("small_talk", ("listening",))


def test_a_rival_offered_after_a_correction_can_be_chosen_by_its_place(
    answers: Answers,
) -> None:
    offered = answers.make_small_talk(NOT_THAT, ANSWERED)
    reply = answers.answer(message("the second one"), offered.context).reply
    assert reply.entries == ("find_person",)


@pytest.mark.parametrize(
    ("others", "kind", "entries", "options"),
    [
        (RIVALS, "clarify", (), RIVALS),
        (("door_knock",), "answer", ("door_knock",), ()),
    ],
    ids=["of two", "of one"],
)
def test_the_other_one_is_a_near_rival_when_nothing_was_offered(
    answers: Answers,
    others: tuple[str, ...],
    kind: str,
    entries: tuple[str, ...],
    options: tuple[str, ...],
) -> None:
    wish = message("no, the other one", "change_topic_other")
    reply = answers.continue_topic(wish, replace(ANSWERED, others=others)).reply
    assert (reply.kind, reply.entries, reply.options) == (kind, entries, options)


def test_what_was_offered_comes_before_the_rivals(answers: Answers) -> None:
    wish = message("the other one", "change_topic_other")
    context = replace(ANSWERED, offered=("bond_money", "slow_case"))
    reply = answers.continue_topic(wish, context).reply
    assert reply.options == ("bond_money", "slow_case")


def test_an_answer_remembers_its_near_rivals(
    answers: Answers, small_library: FakeLibrary
) -> None:
    asked = message("What is an ICE detainer?")
    outcome = answers.answer(asked, replace(NEW, others=("slow_case",)))
    search = Finder(small_library.knowledge(), small_library.index, THRESHOLDS, False)
    assert outcome.reply.entries == ("jail_hold",)
    assert outcome.context.others == search.find(asked).others
    assert outcome.context.others[0] == "jail_hold_nj"


def test_near_rivals_of_an_answer_are_without_it_and_without_the_far_ones(
    small_knowledge: KnowledgeBase,
) -> None:
    search = finder(small_knowledge, jail_hold=1.0, bond_money=0.5, door_knock=0.4)
    found = search.find(message("what is a detainer"))
    assert (found.verdict, found.entries) == ("answer", ("jail_hold",))
    assert found.others == ("bond_money",)


def test_near_rivals_are_as_many_as_can_be_offered(
    small_knowledge: KnowledgeBase,
) -> None:
    names = ("jail_hold", "bond_money", "door_knock", "find_person", "slow_case")
    search = finder(small_knowledge, **dict.fromkeys(names, 1.0))
    assert search.find(message("?")).others == names[1 : 1 + MAX_OPTIONS]


def test_an_honest_no_has_no_rivals(small_knowledge: KnowledgeBase) -> None:
    search = finder(small_knowledge, jail_hold=0.2, bond_money=0.2)
    found = search.find(message("?"))
    assert (found.verdict, found.others) == ("unknown", ())
