"""The same conversations on the web and on WhatsApp, from one file."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.e2e.conftest import Talk
from tests.e2e.whatsapp_office import WhatsApp
from tests.standins.phone import Phone

SCENARIOS = yaml.safe_load(Path(__file__).with_name("scenarios.yml").read_text())
_numbers = itertools.count(1)


def check(heard: str, step: dict[str, Any]) -> None:
    """Make sure that an answer holds the words that it must."""
    for words in step["hear"]:
        assert str(words).lower() in heard.lower(), (step, heard)


@pytest.mark.parametrize("steps", SCENARIOS.values(), ids=SCENARIOS)
def test_conversation_on_the_web(talk: Talk, steps: list[dict[str, Any]]) -> None:
    message: dict[str, Any] = {}
    for step in steps:
        if "press" in step:
            button = message["buttons"][step["press"] - 1]["id"]
            message = talk.send(button=button).json()["messages"][-1]
        else:
            message = talk.say(step["say"])
        check(message["text"], step)


@pytest.mark.parametrize("steps", SCENARIOS.values(), ids=SCENARIOS)
def test_conversation_on_whatsapp(
    whatsapp: WhatsApp, steps: list[dict[str, Any]]
) -> None:
    number = next(_numbers)
    phone = Phone(f"1777{number:07}", f"US.7{number}")
    whatsapp.graph.accepted.clear()
    for count, step in enumerate(steps, start=1):
        if "press" in step:
            choice = whatsapp.last().choices[step["press"] - 1]
            whatsapp.tell(phone.presses(choice[0], choice[1]))
        else:
            whatsapp.tell(phone.says(step["say"]))
        heard = whatsapp.replies(phone, count)
        assert len(heard) == count
        titles = " ".join(" ".join(choice) for choice in whatsapp.last().choices)
        check(f"{heard[-1]} {titles}", step)
