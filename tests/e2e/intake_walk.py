"""Walks through the consultation form as a visitor with a widget does."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from datetime import date
from typing import Any, Final

import httpx

from tests.e2e.conftest import Talk

NAME: Final = "Zyxwina Canarsson"
PHONE: Final = "+52 55 5123 4567"
OTHER_SIDE: Final = "Quetzalwerk Vermieter GmbH"
# What is pressed (a button's place, 1 is the first) or typed at each question.
STEPS: Final[dict[str, int | str]] = {
    "start": 1,
    "consent": 1,
    "place": 1,
    "urgency": 2,
    "urgent_date": "",  # filled in by answers_near
    "other_side": OTHER_SIDE,
    "matter": 1,
    "reach": 1,
    "address": PHONE,
    "reach_time": 1,
    "message_ok": 1,
    "name": NAME,
    "spoken": 2,
    "kind": 2,
    "times": 4,
    "confirm": 1,
}
_APOLOGY: Final = "I could not answer just now"
Between = Callable[[str], None]


def answers_near(day: date) -> dict[str, int | str]:
    """Return what is given at each question where something is due on a day."""
    return {**STEPS, "urgent_date": f"{day:%B} {day.day}, {day.year}"}


def walk(talk: Talk, answers: dict[str, int | str], between: Between) -> str:
    """Answer every question; return the last words heard.

    `between` is called with each question while its answer is on its way.
    """
    message = talk.say("I want to talk to a person")
    for asked, answer in answers.items():
        content = _content(message, answer)
        between(asked)
        message = deliver(talk, content)
        while _APOLOGY in message["text"]:
            # As a person would: once more.
            time.sleep(0.3)
            message = deliver(talk, content)
    return str(message["text"])


def deliver(talk: Talk, content: dict[str, Any]) -> dict[str, Any]:
    """Send a message as the widget does: with one id, until it was taken."""
    body = {"id": str(uuid.uuid4()), **content}
    until = time.monotonic() + 40
    while True:
        try:
            response = talk.client.post(
                "/api/chat/messages", json=body, headers=talk.headers
            )
            if response.status_code == 200 and response.json()["messages"]:
                found: dict[str, Any] = response.json()["messages"][-1]
                return found
        except (httpx.HTTPError, ValueError):
            pass
        assert time.monotonic() < until, "no answer"
        time.sleep(0.2)


def _content(message: dict[str, Any], answer: int | str) -> dict[str, Any]:
    if isinstance(answer, int):
        return {"button": message["buttons"][answer - 1]["id"]}
    return {"text": answer}
