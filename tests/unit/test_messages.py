"""A reply survives its way through the action server; what is not ours is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from bot.core.messages import REPLY_KINDS, Button, Reply, reply_from_json

_WORDS = st.text(max_size=8)
_FEW = st.lists(_WORDS, max_size=3).map(tuple)
_REPLIES = st.builds(
    Reply,
    kind=st.sampled_from(REPLY_KINDS),
    language=st.sampled_from(("en", "es")),
    entries=st.lists(_WORDS, max_size=5).map(tuple),
    options=_FEW,
    phrases=_FEW,
    buttons=st.lists(st.builds(Button, _WORDS, _WORDS), max_size=3).map(tuple),
    part=st.sampled_from(("short", "details", "sources")),
    values=st.dictionaries(_WORDS, _WORDS, max_size=2),
)


@effort(max_examples=200, deadline=None, database=None, derandomize=True)
@given(_REPLIES)
def test_a_reply_comes_back_the_same_after_a_round_trip(reply: Reply) -> None:
    assert reply_from_json(json.loads(json.dumps(reply.to_json()))) == reply


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"kind": "shout", "language": "en"},
        {"kind": "answer", "language": "en", "part": "everything"},
        {"kind": None, "language": "en"},
    ],
    ids=["empty", "unknown kind", "unknown part", "no kind"],
)
def test_a_reply_of_another_form_is_refused(data: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        reply_from_json(data)


def test_a_reply_in_no_language_of_ours_is_taken_as_english() -> None:
    assert reply_from_json({"kind": "notice", "language": "fr"}).language == "en"


def test_a_reply_never_has_more_than_three_options_and_ten_buttons() -> None:
    reply = reply_from_json(
        {
            "kind": "clarify",
            "language": "en",
            "options": list("abcd"),
            "buttons": [[str(place), "/a"] for place in range(12)],
        }
    )
    assert reply.options == ("a", "b", "c")
    assert [button.label for button in reply.buttons] == list("0123456789")
