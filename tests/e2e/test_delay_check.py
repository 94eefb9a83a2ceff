"""The guided delay check, from the first question to the pages of its result."""

from __future__ import annotations

from typing import Any

import pytest

from bench.assistant import Assistant
from tests.e2e.conftest import Talk
from tests.e2e.whatsapp_office import WhatsApp
from tests.standins.phone import Phone

WALKS = {
    "en": {
        "start": "take me through the delay check",
        "answers": (
            *("my green card application", "USCIS", "March 2023"),
            *("interview and fingerprints", "my congressman wrote", "new jersey"),
        ),
        "detour": "what is a detainer",
        "correction": "no, it was in 2022",
        "agree": "yes, show it",
        "told": "I-485",
        "never": ("you qualify", "you should sue", "strong case"),
    },
    "es": {
        "start": "quiero hacer la revisión de mi demora",
        "answers": (
            *("mi residencia", "USCIS", "marzo de 2023"),
            *("entrevista y huellas", "escribió mi congresista", "nueva jersey"),
        ),
        "detour": "qué es una orden de retención de ICE",
        "correction": "no, fue en 2022",
        "agree": "sí, muéstrelo",
        "told": "I-485",
        "never": ("usted califica", "debe demandar", "caso fuerte"),
    },
}


def _pressed(talk: Talk, message: dict[str, Any], words: str) -> dict[str, Any]:
    (button,) = [b for b in message["buttons"] if words in b["label"]][:1]
    found: dict[str, Any] = talk.send(button=button["id"]).json()["messages"][-1]
    return found


def _walk(talk: Talk, walk: dict[str, Any]) -> list[dict[str, Any]]:
    said = [talk.say(walk["start"])]
    for number, answer in enumerate(walk["answers"]):
        if number == 3:
            # A question in the middle is answered, and the check asks again.
            said.append(talk.say(walk["detour"]))
            assert said[-1]["answers"]
        said.append(talk.say(answer))
    said.append(talk.say(walk["correction"]))
    said.append(talk.say(walk["agree"]))
    return said


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_whole_check_on_the_web(language: str, assistant: Assistant) -> None:
    walk = WALKS[language]
    talk = Talk(assistant.address, language)
    said = _walk(talk, walk)
    summary, result = said[-2], said[-1]
    assert "2022" in summary["text"]
    assert walk["told"] in summary["text"]
    labels = [button["label"] for button in result["buttons"]]
    assert len(labels) >= 2
    shown = [result]
    for label in labels[:-1]:
        shown.append(_pressed(talk, result, label))
    text = " ".join(message["text"] for message in shown).lower()
    assert text
    assert not [words for words in walk["never"] if words in text]


def test_what_is_typed_into_the_check_is_not_in_the_transcript(
    assistant: Assistant,
) -> None:
    talk = Talk(assistant.address, "en")
    talk.say("take me through the delay check")
    talk.say("my number is IOE0912345678 and it is an i-485")
    kept = " ".join(str(m["text"]) for m in talk.all_messages())
    assert "IOE0912345678" not in kept


def test_the_check_is_offered_under_an_entry_on_delay(assistant: Assistant) -> None:
    talk = Talk(assistant.address, "en")
    message = talk.say("what is a mandamus lawsuit")
    begun = _pressed(talk, message, "delay")
    assert begun["kind"] == "form"


def test_it_is_stopped_and_nothing_is_asked_any_more(assistant: Assistant) -> None:
    talk = Talk(assistant.address, "en")
    talk.say("take me through the delay check")
    talk.say("stop")
    message = talk.say("what is a 287(g) agreement")
    assert [answer["entry"] for answer in message["answers"]] == ["what_is_287g"]


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_whole_check_on_whatsapp(language: str, whatsapp: WhatsApp) -> None:
    walk = WALKS[language]
    phone = Phone(
        f"1555555712{len(language)}{ord(language[0]) % 10}", f"US.712{language}"
    )
    texts = (walk["start"], *walk["answers"], walk["correction"], walk["agree"])
    for count, text in enumerate(texts, start=1):
        whatsapp.tell(phone.says(text))
        replies = whatsapp.replies(phone, count)
    assert "2022" in replies[-2]
    assert all(len(reply) <= 4096 for reply in replies)
    assert not [words for words in walk["never"] if words in replies[-1].lower()]
