"""Buttons and rows of WhatsApp have the web's ids and short, plain, unlike titles."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pytest

from bot.channels.web import present, render_reply
from bot.channels.whatsapp_layout import lay_out
from bot.core.cards import ShownReply
from bot.core.languages import Language
from bot.core.messages import Button, Reply
from bot.knowledge.base import KnowledgeBase
from bot.services.showing import show_reply
from tests.builders import TODAY

_LABELS: Final = {"details": "Tell me more", "sources": "Sources"}


def reply_with_labels(
    *labels: str, titles: tuple[str, ...] = (), lead: tuple[str, ...] = ("Which?",)
) -> ShownReply:
    """Return a question with a button for each label."""
    return ShownReply(
        kind="clarify",
        language="en",
        lead=lead,
        cards=(),
        closing=(),
        options=tuple((f"entry_{n}", title) for n, title in enumerate(titles)),
        buttons=tuple(Button(label, "/choose") for label in labels),
        part="short",
        labels=_LABELS,
    )


def titles_of(*labels: str) -> list[str]:
    """Return the titles that labels become."""
    return [choice.title for choice in lay_out(reply_with_labels(*labels), 7).choices]


LONG: Final = "What is an immigration bond and who pays it?"


@pytest.mark.parametrize(
    ("labels", "titles"),
    [
        (["Bond"], ["Bond"]),
        (["Exactly twenty chars"], ["Exactly twenty chars"]),
        ([LONG], ["What is an…"]),
        (
            [LONG] * 4,
            ["What is an immigration…", *(f"What is an… {n}" for n in (2, 3, 4))],
        ),
        (["Bond", "bond", "BOND 2"], ["Bond", "bond 2", "BOND 2 2"]),
        (["⚖️ Bond 👨‍👩‍👧 money 🇲🇽"], ["Bond money"]),
        (["*Bond* _money_ ~now~ `a_b`"], ["Bond money now a_b"]),
        (["Bond\nmoney\t\x07now"], ["Bond money now"]),
        (["🙏", "", "👍"], ["1", "2", "3"]),
        (["n\u0303andu\u0301"], ["ñandú"]),
        (["Perdon" + "e\u0323\u0307" * 20], ["Perdon" + "ẹ\u0307" * 6 + "…"]),
        (["x" * 30], ["x" * 19 + "…"]),
        (["¿Qué es una retención migratoria?"], ["¿Qué es una…"]),
        (["𝐁" * 20], ["𝐁" * 9 + "…"]),
    ],
    ids=[
        *("short", "just fits", "cut after a word", "alike after the cut", "alike"),
        *("emoji", "marks", "control characters", "nothing but emoji", "composed"),
        *("never apart from its accents", "one long word", "Spanish", "wide letters"),
    ],
)
def test_a_title_is_short_plain_and_unlike_the_others(
    labels: list[str], titles: list[str]
) -> None:
    assert titles_of(*labels) == titles


def test_a_choice_has_the_id_that_the_web_gives_it(
    small_knowledge: KnowledgeBase,
) -> None:
    plan = Reply("clarify", "es", options=("jail_hold", "bond_money"))
    reply = show_reply(plan, small_knowledge, TODAY)
    web = present({**render_reply(reply), "seq": 7})["buttons"]
    sent = lay_out(reply, 7)
    assert [choice.id for choice in sent.choices] == [b["id"] for b in web]
    assert [choice.id for choice in sent.choices] == ["7.0", "7.1"]


def test_an_option_has_its_label_as_title_and_its_title_as_description(
    small_knowledge: KnowledgeBase,
) -> None:
    plan = Reply("clarify", "es", options=("jail_hold", "bond_money"))
    sent = lay_out(show_reply(plan, small_knowledge, TODAY), 7)
    assert [(choice.title, choice.description) for choice in sent.choices] == [
        ("jail_hold es", "¿Qué es una solicitud de retención?"),
        ("bond_money es", "¿Cuánto cuesta una fianza migratoria?"),
    ]
    assert "1. ¿Qué es una solicitud de retención?" in sent.body


def test_four_options_become_a_list_whose_rows_have_the_titles() -> None:
    titles = tuple(f"The whole title of option {n}" for n in range(4))
    labels = ["A label of 24 characters"] * 4
    sent = lay_out(reply_with_labels(*labels, titles=titles), 7)
    assert sent.body == "Which?"
    assert sent.list_label == "Tell me more"
    assert [choice.description for choice in sent.choices] == list(titles)
    assert [choice.title for choice in sent.choices][:2] == [
        "A label of 24 characters",
        "A label of 24… 2",
    ]


def test_the_label_of_a_list_is_the_word_for_options_where_there_is_one() -> None:
    reply = replace(
        reply_with_labels(*"ABCD"), labels={**_LABELS, "options": "Opciones"}
    )
    assert lay_out(reply, 7).list_label == "Opciones"


def test_a_list_has_ten_rows_at_most() -> None:
    reply = reply_with_labels(*"ABCDEFGHIJKL", titles=("T" * 80,) * 12)
    sent = lay_out(reply, 7)
    assert [choice.id for choice in sent.choices] == [f"7.{n}" for n in range(10)]
    assert {len(choice.description) for choice in sent.choices} == {72}


def test_a_question_keeps_its_choices_however_long_it_is() -> None:
    reply = reply_with_labels("A", "B", titles=("One", "Two"), lead=("word " * 400,))
    sent = lay_out(reply, 7)
    assert len(sent.choices) == 2
    assert len(sent.body) <= 1024
    assert sent.body.endswith("word…")


def test_choices_without_a_word_still_make_a_message() -> None:
    reply = reply_with_labels("A", "B", "C", "D", titles=("T",) * 4, lead=())
    assert lay_out(reply, 7).body == "A"


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_notice_is_a_message_without_choices(
    small_knowledge: KnowledgeBase, language: Language
) -> None:
    plan = Reply("notice", language, phrases=("please_type",))
    reply = show_reply(plan, small_knowledge, TODAY)
    sent = lay_out(reply, 7)
    assert (sent.body, sent.choices) == (reply.lead[0], ())
