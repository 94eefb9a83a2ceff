"""A reply is one message of WhatsApp, within its limits and with the words kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any, Final

import pytest

from bot.channels.whatsapp_layout import lay_out
from bot.channels.whatsapp_text import marked
from bot.core.cards import ShownReply, SourceLine
from bot.core.languages import LANGUAGES, Language
from bot.core.messages import Button, ReplyKind, ReplyPart
from bot.core.whatsapp import Outgoing
from bot.knowledge.base import KnowledgeBase
from bot.services.replies import reply_with_choices, reply_with_entries
from bot.services.showing import show_reply
from tests.builders import TODAY

LATE: Final = date(2026, 9, 1)
FRESH_LATE_WITHDRAWN: Final = (TODAY, date(2026, 11, 21), date(2028, 1, 1))
DISCLAIMER: Final = "General information, not legal advice."
FIRST_SOURCE: Final = "Sources: Law 1: https://law.example/1"
PARTS: Final[tuple[ReplyPart, ...]] = ("short", "details", "sources")


def units(text: str) -> int:
    """Return how many characters WhatsApp counts at most."""
    return len(text.encode("utf-16-le")) // 2


def assert_within_limits(sent: Outgoing) -> None:
    """Fail if Meta would refuse the message."""
    assert 0 < units(sent.body) <= (1024 if sent.choices else 4096)
    most = 20 if len(sent.choices) <= 3 else 24
    titles = [choice.title for choice in sent.choices]
    assert all(0 < units(title) <= most for title in titles)
    assert len({title.casefold() for title in titles}) == len(titles) <= 10
    assert all(units(choice.description) <= 72 for choice in sent.choices)
    assert bool(sent.list_label) is (len(titles) > 3)
    assert units(sent.list_label) <= 20
    assert "**" not in sent.body


def shown(knowledge: KnowledgeBase, *names: str, **fields: Any) -> ShownReply:
    """Return a reply of the small knowledge folder with entries and their buttons."""
    kind: ReplyKind = fields.pop("kind", "answer")
    phrases = fields.pop("phrases", ())
    today = fields.pop("today", TODAY)
    part: ReplyPart = fields.pop("part", "short")
    entries = [knowledge.entries[name] for name in names]
    reply = reply_with_entries("en", entries, kind, phrases, part, True)
    return show_reply(replace(reply, **fields), knowledge, today)


def with_words(reply: ShownReply, **words: Any) -> ShownReply:
    """Return the reply with other words in each of its answers."""
    return replace(reply, cards=tuple(replace(card, **words) for card in reply.cards))


@pytest.mark.parametrize("today", FRESH_LATE_WITHDRAWN, ids=str)
@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_entry_is_one_message_with_every_word_that_was_asked_for(
    knowledge: KnowledgeBase, language: Language, part: ReplyPart, today: date
) -> None:
    for entry in knowledge.entries.values():
        for kind in ("answer", "emergency"):
            plan = reply_with_entries(language, [entry], kind, (), part, True)
            reply = show_reply(plan, knowledge, today)
            (card,) = reply.cards
            sent = lay_out(reply, 7)
            assert_within_limits(sent)
            assert marked(card.short) in sent.body, entry.id
            assert card.notice in sent.body, entry.id
            assert card.checked in sent.body, entry.id
            assert reply.closing[-1] in sent.body, entry.id
            assert part != "short" or len(sent.choices) == len(reply.buttons), entry.id
            if part == "details":
                assert marked(card.details) in sent.body, entry.id
            wanted = card.sources if part == "sources" else card.sources[:1]
            assert all(source.url in sent.body for source in wanted), entry.id


def test_every_pair_of_neighbouring_entries_is_one_message_with_both_answers(
    knowledge: KnowledgeBase,
) -> None:
    entries = list(knowledge.entries.values())
    for pair in pairwise(entries):
        for part in PARTS:
            phrases = ("also_asked",)
            plan = reply_with_entries("es", pair, "answer", phrases, part, True)
            reply = show_reply(plan, knowledge, TODAY)
            sent = lay_out(reply, 7)
            assert_within_limits(sent)
            for card in reply.cards:
                assert f"*{card.title}*" in sent.body
                assert marked(card.short) in sent.body


def test_every_entry_can_be_offered_as_a_choice(knowledge: KnowledgeBase) -> None:
    names = list(knowledge.entries)
    for language in LANGUAGES:
        for place in range(0, len(names), 3):
            plan = reply_with_choices(language, names[place : place + 3])
            reply = show_reply(plan, knowledge, TODAY)
            sent = lay_out(reply, 7)
            assert_within_limits(sent)
            assert [choice.title for choice in sent.choices] == [
                button.label for button in reply.buttons
            ]


def test_a_short_answer_says_its_parts_in_order(small_knowledge: KnowledgeBase) -> None:
    reply = shown(small_knowledge, "slow_case", phrases=("also_asked",))
    assert lay_out(reply, 7).body.split("\n\n") == [
        "You asked more than one thing. Here is what I found for each.",
        "Mandamus asks a federal judge to make an agency decide.",
        "Speak to a lawyer.",
        f"{FIRST_SOURCE} · Law 2",
        "Law checked on July 15, 2026. Not yet reviewed by an attorney.",
        f"{DISCLAIMER} Talk to a lawyer about your case.",
    ]


@pytest.mark.parametrize(
    ("kind", "part", "said", "unsaid"),
    [
        ("answer", "short", "Speak to a lawyer.", "More about this."),
        ("answer", "details", "More about this.", "Law 3"),
        ("answer", "sources", "Law 3, 3 U.S.C. § 1: https://law.example/3", "More ab"),
        ("answer", "short", "Law 2", "https://law.example/2"),
        ("emergency", "short", "Mandamus asks", "Speak to a lawyer."),
        ("emergency", "details", "Speak to a lawyer.", "Law 3"),
    ],
    ids=[
        *("next step", "details", "all sources", "two sources, one address"),
        *("emergency is shorter", "emergency with details"),
    ],
)
def test_the_body_holds_the_part_that_was_asked_for(
    small_knowledge: KnowledgeBase,
    kind: ReplyKind,
    part: ReplyPart,
    said: str,
    unsaid: str,
) -> None:
    body = lay_out(shown(small_knowledge, "slow_case", kind=kind, part=part), 7).body
    assert said in body
    assert unsaid not in body


@pytest.mark.parametrize("kind", ["answer", "emergency"])
def test_a_warning_opens_an_answer_but_ends_the_words_of_an_emergency(
    small_knowledge: KnowledgeBase, kind: ReplyKind
) -> None:
    body = lay_out(shown(small_knowledge, "find_person", kind=kind, today=LATE), 7).body
    blocks = body.split("\n\n")
    warned = [n for n, text in enumerate(blocks) if "may have changed" in text]
    assert warned == ([len(blocks) - 2] if kind == "emergency" else [0])


def test_several_answers_have_bold_titles_and_one_date(
    small_knowledge: KnowledgeBase,
) -> None:
    body = lay_out(shown(small_knowledge, "jail_hold", "bond_money"), 7).body
    assert "*What is an ICE detainer?*" in body
    assert "*How much is an immigration bond?*" in body
    assert body.count("Law checked on July 15, 2026.") == 1


def test_one_answer_has_no_title(small_knowledge: KnowledgeBase) -> None:
    assert "What is" not in lay_out(shown(small_knowledge, "jail_hold"), 7).body


# How long the short answer is, and what there is no more room for beside buttons.
@pytest.mark.parametrize(
    ("length", "second", "step", "buttons"),
    [
        (819, True, True, 3),
        (827, False, True, 3),
        (847, False, False, 3),
        (848, True, True, 0),
    ],
    ids=["all", "second source goes", "next step goes too", "buttons go, not words"],
)
def test_what_does_not_fit_goes_in_order(
    small_knowledge: KnowledgeBase, length: int, second: bool, step: bool, buttons: int
) -> None:
    reply = with_words(shown(small_knowledge, "slow_case"), short="a" * length)
    sent = lay_out(reply, 7)
    assert_within_limits(sent)
    assert "a" * length in sent.body
    assert (" · Law 2" in sent.body, "Speak to" in sent.body) == (second, step)
    assert len(sent.choices) == buttons
    assert FIRST_SOURCE in sent.body
    assert DISCLAIMER in sent.body


def test_a_next_step_stays_where_no_button_leads_to_it(
    small_knowledge: KnowledgeBase,
) -> None:
    reply = shown(
        small_knowledge, "slow_case", buttons=(Button("button_person", "/p"),)
    )
    sent = lay_out(with_words(reply, short="a" * 828), 7)
    assert "Speak to a lawyer." in sent.body
    assert sent.choices == ()


def test_details_longer_than_a_message_lose_their_last_lines(
    small_knowledge: KnowledgeBase,
) -> None:
    lines = "\n".join(f"- Point {n} is about **one** thing." for n in range(300))
    reply = shown(small_knowledge, "find_person", part="details", today=LATE)
    sent = lay_out(with_words(reply, details=lines), 7)
    assert_within_limits(sent)
    assert units(sent.body) > 4000
    assert "is about *one* thing.\n…\n\nSpeak to a lawyer." in sent.body
    assert "may have changed" in sent.body
    assert DISCLAIMER in sent.body


def test_a_provider_with_less_room_gets_less_of_the_details(
    small_knowledge: KnowledgeBase,
) -> None:
    reply = shown(small_knowledge, "slow_case", part="details")
    sent = lay_out(with_words(reply, details="One sentence more. " * 90), 7, 1600)
    assert 1500 < units(sent.body) <= 1600
    assert "One sentence more. …\n\nSpeak to a lawyer." in sent.body
    assert DISCLAIMER in sent.body


def test_more_sources_than_fit_lose_whole_lines(small_knowledge: KnowledgeBase) -> None:
    many = tuple(
        SourceLine(f"Law {n}", f"{n} U.S.C. § 1", f"https://law.example/{n}")
        for n in range(1000, 1200)
    )
    reply = shown(small_knowledge, "slow_case", part="sources")
    sent = lay_out(with_words(reply, sources=many), 7)
    assert_within_limits(sent)
    listed = sent.body.split("Sources:\n")[1].split("\n…")[0].splitlines()
    assert listed == [f"{s.title}, {s.citation}: {s.url}" for s in many[: len(listed)]]


@pytest.mark.parametrize(
    "words",
    [{"short": "word " * 3000}, {"notice": "x" * 5000}],
    ids=["words", "letters"],
)
def test_even_impossible_words_make_a_message(
    small_knowledge: KnowledgeBase, words: dict[str, str]
) -> None:
    for part in PARTS:
        reply = shown(small_knowledge, "slow_case", part=part)
        assert_within_limits(lay_out(with_words(reply, **words), 7))
