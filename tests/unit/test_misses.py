"""Which turns show that an earlier question was missed, and what is kept of it."""

from __future__ import annotations

import pytest

from bot.core.messages import Reply
from bot.core.misses import Turned, misses_of, unpicked
from bot.core.understanding import Understanding
from bot.services.miss_watch import turned
from tests.builders import message

PERSON = "human_please"
ASKED = "can my cousin keep a goat"


def turn(kind: str, *entries: str, words: str = ASKED, offers: str = "") -> Turned:
    """Return a turn with a reply of a kind."""
    return Turned(kind, "en", words, entries, tuple(offers.split()))  # type: ignore[arg-type]


OFFERED = turn("clarify", offers=f"goats sheep {PERSON}")
ANSWERED = turn("answer", "goats")
NEXT = "and what of sheep"

# The turn before, the present one, and what was missed: kind, words, entry.
TURNS = {
    "refused at once": (
        None,
        turn("no_answer", offers=f"sheep {PERSON}"),
        [("refused", ASKED, "sheep")],
    ),
    "refused, and nothing near": (
        None,
        turn("no_answer", offers=PERSON),
        [("refused", ASKED, None)],
    ),
    "answered": (None, ANSWERED, []),
    "asked back once": (None, OFFERED, []),
    "asked back, and picked": (OFFERED, turn("answer", "sheep", words=NEXT), []),
    "asked back, and something else answered": (
        OFFERED,
        turn("answer", "cows", words=NEXT),
        [("clarified", ASKED, "goats")],
    ),
    "asked back twice": (
        OFFERED,
        turn("clarify", words=NEXT, offers="cows pigs"),
        [("clarified", ASKED, "goats")],
    ),
    "asked back, then refused": (
        OFFERED,
        turn("no_answer", words=NEXT),
        [("clarified", ASKED, "goats"), ("refused", NEXT, None)],
    ),
    "asked back, and a person picked": (
        OFFERED,
        turn("handoff", PERSON, words=""),
        [("clarified", ASKED, "goats")],
    ),
    "a person right after an answer": (
        ANSWERED,
        turn("handoff", PERSON, words=""),
        [("handed_over", ASKED, "goats")],
    ),
    "a person after a refusal": (turn("no_answer"), turn("handoff", PERSON), []),
    "a person asked for twice": (
        turn("handoff", PERSON),
        turn("handoff", PERSON),
        [],
    ),
    "a person at once": (None, turn("handoff", PERSON), []),
    "one word": (None, turn("no_answer", words="goats"), []),
    "no words at all": (None, turn("no_answer", words=""), []),
}


@pytest.mark.parametrize(("before", "now", "missed"), TURNS.values(), ids=TURNS)
def test_a_turn_tells_what_was_missed(
    before: Turned | None, now: Turned, missed: list[tuple[str, str, str | None]]
) -> None:
    found = misses_of(before, now, PERSON)
    assert [(miss.kind, miss.words, miss.entry) for miss in found] == missed


@pytest.mark.parametrize(("left", "many"), [(OFFERED, 1), (ANSWERED, 0)])
def test_who_leaves_without_picking_got_no_answer(left: Turned, many: int) -> None:
    assert len(unpicked(left, PERSON)) == many


@pytest.mark.parametrize(
    ("asked", "kind", "words"),
    [
        (message("can Juan Perez keep a goat"), "no_answer", "can [name] keep a goat"),
        (message("yes", "affirm"), "clarify", ASKED),
        (message("/ask_more", "ask_more"), "answer", ASKED),
        (message("tell me more", "ask_more"), "answer", ASKED),
        (message("I want a lawyer now", "request_consultation"), "handoff", ASKED),
        (message("my number is R-4F2K-7XQM-93TD"), "no_answer", ""),
        (message("number 4f2k7xqm93td please"), "no_answer", ""),
    ],
)
def test_a_turn_is_remembered_by_its_masked_question(
    asked: Understanding, kind: str, words: str
) -> None:
    reply = Reply(kind, "en", options=("goats",))  # type: ignore[arg-type]
    assert turned(asked, reply, OFFERED).words == words
    assert turned(asked, reply, None).words == (words if words != ASKED else "")
