"""STOP is a wish only when it is the whole message."""

from __future__ import annotations

import pytest

from bot.services.opt_outs import wants_more_again, wants_no_more
from bot.services.whatsapp_replies import Said, own_reply

WISHES = ["STOP", "stop!", "Alto", "BAJA.", "para", "opt-out", "Unsubscribe", "¡Alto!"]
QUESTIONS = [
    "how do I stop a deportation",
    "para que sirve un mandamus",
    "alto comisionado",
    "cancel my appointment please",
    "the police told me to stop the car",
]


@pytest.mark.parametrize("text", WISHES)
def test_whole_message_is_a_wish_for_no_more(text: str) -> None:
    assert wants_no_more(text)


@pytest.mark.parametrize("text", QUESTIONS)
def test_question_that_holds_such_a_word_is_none(text: str) -> None:
    assert not wants_no_more(text)


@pytest.mark.parametrize("text", ["START", "empezar", "Sí", "yes"])
def test_wish_is_taken_back_in_both_languages(text: str) -> None:
    assert wants_more_again(text)


CASES = {
    "wish": (Said("text", "STOP", None, False, "es"), "whatsapp_stopped"),
    "again": (Said("text", "start", None, True, "en"), "whatsapp_started"),
    "opted out": (Said("text", "what is bond", None, True, None), "whatsapp_restart"),
    "opted out picture": (Said("media", "", None, True, None), "whatsapp_restart"),
    "picture": (Said("media", "", None, False, None), "whatsapp_text_only"),
    "place": (Said("other", "", None, False, None), "whatsapp_text_only"),
    "thumb": (Said("reaction", "", None, False, None), "whatsapp_reaction"),
    "edit": (Said("edit", "", None, False, None), "whatsapp_edited"),
    "taken back": (Said("revoke", "", None, False, None), "whatsapp_revoked"),
    "old button": (Said("choice", "x", None, False, None), "whatsapp_choice_gone"),
    "too long": (Said("text", "a" * 1001, None, False, None), "about_to_be_shortened"),
    "nothing": (Said("text", " ", None, False, None), "please_type"),
}


@pytest.mark.parametrize(("said", "phrase"), CASES.values(), ids=CASES)
def test_some_things_are_answered_without_the_assistant(
    said: Said, phrase: str
) -> None:
    reply = own_reply(said)
    assert reply is not None
    assert reply.phrases == (phrase,)


@pytest.mark.parametrize(
    "said",
    [
        Said("text", "what is bond", None, False, "en"),
        Said("choice", "More", "/ask_more", False, "en"),
    ],
    ids=["question", "button"],
)
def test_everything_else_goes_to_the_assistant(said: Said) -> None:
    assert own_reply(said) is None
