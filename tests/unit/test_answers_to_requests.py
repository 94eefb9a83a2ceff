"""What is said to courtesies, wishes for more, for a person, and in an emergency."""

from __future__ import annotations

import pytest

from bot.core.messages import Button
from bot.services.answers import Answers
from bot.services.context import Context
from tests.builders import message

NEW = Context()
AFTER_BOND = Context(topic=("bond_money",))
OFFERED = Context(topic=("bond_money",), offered=("jail_hold", "door_knock"))


@pytest.mark.parametrize(
    ("intent", "context", "kind", "entries", "part"),
    [
        ("ask_more", AFTER_BOND, "answer", ("bond_money",), "details"),
        ("ask_sources", AFTER_BOND, "answer", ("bond_money",), "sources"),
        ("repeat_answer", AFTER_BOND, "answer", ("bond_money",), "short"),
        ("ask_sources", NEW, "small_talk", ("sources_dates",), "short"),
        ("ask_more", NEW, "notice", (), "short"),
        ("change_topic_other", AFTER_BOND, "notice", (), "short"),
        ("change_topic_other", OFFERED, "clarify", (), "short"),
        (
            "change_topic_other",
            Context(offered=("door_knock",)),
            "answer",
            ("door_knock",),
            "short",
        ),
    ],
    ids=[
        "more",
        "sources",
        "again",
        "sources of nothing",
        "more of nothing",
        "the other one, of none",
        "the other one, of two",
        "the other one, of one",
    ],
)
def test_a_topic_goes_on_as_asked(
    answers: Answers,
    intent: str,
    context: Context,
    kind: str,
    entries: tuple[str, ...],
    part: str,
) -> None:
    reply = answers.continue_topic(message("?", intent), context).reply
    assert (reply.kind, reply.entries, reply.part) == (kind, entries, part)


def test_the_second_one_is_taken_from_what_was_offered(answers: Answers) -> None:
    asked = message("the second one", "change_topic_other")
    assert answers.continue_topic(asked, OFFERED).reply.entries == ("door_knock",)


@pytest.mark.parametrize(
    ("intent", "phrase"),
    [
        ("greet", "greet"),
        ("thank", "thanks"),
        ("goodbye", "goodbye"),
        ("ask_bot_feelings", "not_a_person"),
        ("affirm", "listening"),
    ],
)
def test_a_courtesy_gets_its_phrase(answers: Answers, intent: str, phrase: str) -> None:
    reply = answers.make_small_talk(message("?", intent), NEW).reply
    assert (reply.kind, reply.phrases) == ("small_talk", (phrase,))


def test_a_wish_to_know_what_can_be_asked_gets_the_subjects(answers: Answers) -> None:
    reply = answers.make_small_talk(message("?", "ask_capabilities"), NEW).reply
    assert reply.entries == ("out_of_scope",)


def test_yes_after_an_answer_tells_more_of_it(answers: Answers) -> None:
    reply = answers.make_small_talk(message("yes", "affirm"), AFTER_BOND).reply
    assert (reply.entries, reply.part) == (("bond_money",), "details")


def test_yes_to_a_choice_offers_it_again(answers: Answers) -> None:
    asked_back = Context(offered=("jail_hold", "door_knock"), misses=1)
    reply = answers.make_small_talk(message("yes", "affirm"), asked_back).reply
    assert (reply.kind, reply.options) == ("clarify", ("jail_hold", "door_knock"))


def test_no_to_a_choice_gets_an_honest_no(answers: Answers) -> None:
    asked_back = Context(offered=("jail_hold", "door_knock"), misses=1)
    reply = answers.make_small_talk(message("no", "deny"), asked_back).reply
    assert reply.kind == "no_answer"


def test_a_change_of_language_says_the_last_answer_again(answers: Answers) -> None:
    outcome = answers.switch_language(message("en español"), AFTER_BOND)
    assert outcome.reply.language == outcome.context.language == "es"
    assert outcome.reply.entries == ("bond_money",)
    assert outcome.reply.phrases[0] == "language_switched"


def test_a_change_to_no_named_language_is_to_the_other_one(answers: Answers) -> None:
    reply = answers.switch_language(message("the other language"), Context("es")).reply
    assert (reply.language, reply.entries) == ("en", ("language_switch",))


@pytest.mark.parametrize(
    ("text", "entry"),
    [("ice is at my door", "door_knock"), ("help help please", "emergency_now")],
    ids=["told what happens", "told nothing"],
)
def test_an_emergency_gets_what_to_do_now(
    answers: Answers, text: str, entry: str
) -> None:
    reply = answers.report_emergency(message(text, "report_emergency"), NEW).reply
    assert (reply.kind, reply.entries) == ("emergency", (entry,))
    assert reply.phrases[0] == "emergency_first"


@pytest.mark.parametrize(
    ("intent", "signals"),
    [("crisis", frozenset()), (None, frozenset({"crisis"}))],
    ids=["by intent", "by signal"],
)
def test_a_person_in_despair_gets_the_crisis_line_first(
    answers: Answers, intent: str | None, signals: frozenset[str]
) -> None:
    sad = message("ice is at my door i want to die", intent, signals=signals)
    reply = answers.report_emergency(sad, NEW).reply
    assert (reply.kind, reply.entries) == ("emergency", ("feeling_scared",))
    assert reply.phrases == ("crisis",)


def test_a_wish_for_a_person_gets_the_way_to_one(answers: Answers) -> None:
    wish = message("May I speak with a person?", "request_consultation")
    reply = answers.offer_person(wish, NEW).reply
    assert (reply.kind, reply.entries) == ("handoff", ("human_please",))


OFFERED_A_PERSON = Context(topic=("human_please",))


@pytest.mark.parametrize(
    ("text", "intent", "context", "begins"),
    [
        ("yes", "affirm", OFFERED_A_PERSON, True),
        ("a person, please", "request_consultation", OFFERED_A_PERSON, True),
        ("no", "deny", OFFERED_A_PERSON, False),
        ("thanks", "thank", OFFERED_A_PERSON, False),
        ("yes", "affirm", AFTER_BOND, False),
        ("a person, please", "request_consultation", NEW, False),
        (
            "How much is an immigration bond?",
            "request_consultation",
            OFFERED_A_PERSON,
            False,
        ),
    ],
    ids=[
        "a yes",
        "the wish again",
        "a no",
        "thanks",
        "a yes to an answer",
        "the first wish",
        "a question that has an answer",
    ],
)
def test_a_yes_to_the_offer_of_a_person_begins_the_request(
    answers: Answers, text: str, intent: str, context: Context, begins: bool
) -> None:
    assert answers.begins_request(message(text, intent), context) is begins


def test_the_details_of_the_offer_keep_the_way_to_the_office(answers: Answers) -> None:
    more = answers.continue_topic(message("more", "ask_more"), OFFERED_A_PERSON).reply
    assert more.part == "details"
    assert [button.payload for button in more.buttons] == ["/start_request"]


@pytest.mark.parametrize(
    ("text", "kind", "phrase"),
    [
        ("\U0001f44d", "small_talk", "thanks"),
        ("\U0001f64f\U0001f3fd", "small_talk", "thanks"),
        ("\U0001f62d\U0001f62d", "small_talk", "listening"),
        ("???", "no_answer", "no_answer"),
        ("12", "no_answer", "no_answer"),
    ],
    ids=["a thumb", "folded hands", "tears", "marks", "a number"],
)
def test_pictures_are_taken_kindly(
    answers: Answers, text: str, kind: str, phrase: str
) -> None:
    reply = answers.answer(message(text, "ask_meta"), NEW).reply
    assert (reply.kind, reply.phrases[0]) == (kind, phrase)


def test_a_wish_for_a_person_with_a_clear_question_gets_its_entry(
    answers: Answers,
) -> None:
    wish = message("How much is an immigration bond?", "request_consultation")
    assert answers.offer_person(wish, NEW).reply.entries == ("bond_money",)


@pytest.mark.parametrize(
    ("intent", "labels"),
    [
        ("repeat_answer", ["button_details", "button_sources", "button_person"]),
        ("ask_more", ["button_person"]),
        ("ask_sources", ["button_person"]),
    ],
    ids=["short", "details", "sources"],
)
def test_an_answer_offers_only_what_was_not_yet_said(
    answers: Answers, intent: str, labels: list[str]
) -> None:
    reply = answers.continue_topic(message("?", intent), AFTER_BOND).reply
    assert [button.label for button in reply.buttons] == labels
    assert Button("button_person", "/request_consultation") in reply.buttons


def test_an_answer_about_the_assistant_itself_offers_no_buttons(
    answers: Answers,
) -> None:
    reply = answers.make_small_talk(message("?", "ask_capabilities"), NEW).reply
    assert reply.buttons == ()
