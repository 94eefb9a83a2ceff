"""The guided delay check, each road from the first question to the last page."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product, zip_longest
from typing import Any

import pytest
import yaml

from bench.assistant import Assistant
from bot.settings import PROJECT_ROOT
from tests.e2e.conftest import Talk
from tests.e2e.whatsapp_office import WhatsApp
from tests.standins.phone import Phone

_READ = yaml.safe_load(
    (PROJECT_ROOT / "tests/e2e/delay_walks.yml").read_text(encoding="utf-8")
)
ROADS, WORDS = _READ["roads"], _READ["words"]
PHRASES = {
    language: yaml.safe_load(
        (PROJECT_ROOT / f"knowledge/phrases/delay.{language}.yml").read_text("utf-8")
    )
    for language in WORDS
}
every_road = pytest.mark.parametrize("road", ROADS)
both_languages = pytest.mark.parametrize("language", WORDS)


def _sign_of(key: str, language: str) -> str:
    """Return the words of a line of the result up to its first value."""
    words = str(PHRASES[language][key]).split("{")[0].strip()
    assert len(words) > 12
    return words


def _pressed(talk: Talk, message: dict[str, Any], words: str) -> dict[str, Any]:
    (button,) = [b for b in message["buttons"] if words in b["label"]][:1]
    found: dict[str, Any] = talk.send(button=button["id"]).json()["messages"][-1]
    return found


def _walk_to_the_result(talk: Talk, road: str, language: str) -> dict[str, Any]:
    """Answer all, with a question in between and a correction at the summary."""
    walk, words = ROADS[road][language], WORDS[language]
    talk.say(words["start"])
    for number, answer in enumerate(walk["answers"]):
        if number == 2:
            # A question in the middle is answered, and the check asks again.
            between = talk.say(words["detour"])
            assert between["answers"]
            assert between["kind"] != "answer" or between["buttons"]
        message = talk.say(answer)
        assert message["kind"] == "form", answer
    summary = talk.say(walk["corrected"])
    assert walk["summary"] in summary["text"]
    return talk.say(words["agree"])


@both_languages
@every_road
def test_the_whole_check_on_the_web(
    road: str, language: str, assistant: Assistant
) -> None:
    talk = Talk(assistant.address, language)
    result = _walk_to_the_result(talk, road, language)
    shows = ROADS[road]["shows"]
    assert _sign_of(shows["waited"], language) in result["text"]
    labels = [button["label"] for button in result["buttons"]]
    shown = [_pressed(talk, result, label)["text"] for label in labels[:-1]]
    told = " ".join([result["text"], *shown])
    assert _sign_of(shows["courts"], language) in told
    told = told.casefold()
    assert "{" not in told
    assert not [words for words in WORDS[language]["never"] if words in told]


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


@both_languages
def test_a_check_that_was_left_goes_on_where_it_was(
    language: str, assistant: Assistant
) -> None:
    talk = Talk(assistant.address, language)
    first, *_ = ROADS["uscis"][language]["answers"]
    talk.say(WORDS[language]["start"])
    asked = talk.say(first)
    talk.say({"en": "later, not now", "es": "después, ahora no"}[language])
    assert talk.say(WORDS[language]["detour"])["answers"]
    again = talk.say(WORDS[language]["start"])
    labels = [button["label"] for button in again["buttons"]]
    assert labels == [button["label"] for button in asked["buttons"]]


@dataclass
class Walker:
    """A person on WhatsApp who goes one road in one language."""

    road: str
    language: str
    phone: Phone

    def texts(self) -> list[str]:
        walk, words = ROADS[self.road][self.language], WORDS[self.language]
        answers = [*walk["answers"], walk["corrected"], words["agree"]]
        # Also here a question comes in between.
        return [words["start"], *answers[:2], words["detour"], *answers[2:]]


def test_the_whole_check_on_whatsapp(whatsapp: WhatsApp) -> None:
    people = [
        Walker(road, language, Phone(f"15555557{number}", f"US.7{number}"))
        for number, (road, language) in enumerate(product(ROADS, WORDS), start=100)
    ]
    # Each waits some seconds between two messages, as Meta wants: all walk at once.
    for count, said in enumerate(zip_longest(*(p.texts() for p in people)), start=1):
        speaking = [(p, text) for p, text in zip(people, said) if text]
        whatsapp.tell(*(person.phone.says(text) for person, text in speaking))
        for person, _ in speaking:
            whatsapp.replies(person.phone, count, 60)
    for person in people:
        walk, words = ROADS[person.road][person.language], WORDS[person.language]
        *_, summary, result = whatsapp.to(person.phone)
        assert walk["summary"] in summary
        sign = _sign_of(ROADS[person.road]["shows"]["waited"], person.language)
        assert sign in result
        assert len(result) <= 4096
        assert not [one for one in words["never"] if one in result.casefold()]
