"""The watch for missed questions sees each turn, and no turn waits for it."""

from __future__ import annotations

import asyncio
import time
from datetime import datetime, timezone
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.answer import ActionAnswer
from actions.base import ReplyingAction
from actions.misses import start_watch
from bot.core.messages import Reply
from bot.core.understanding import Understanding
from bot.services.miss_watch import MissWatch, Watching
from bot.settings import load_settings
from tests.actions.fake_answers import FakeAnswers, tracker


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> FakeAnswers:
    """Services that give one answer."""
    fake = FakeAnswers()
    monkeypatch.setattr("actions.answer.answers", lambda: fake)
    return fake


class Seen:
    """Stands for the watch and remembers what it was shown."""

    def __init__(self) -> None:
        self.turns: list[tuple[str, str, str]] = []

    def see(self, conversation: str, message: Understanding, reply: Reply) -> None:
        """Take in a turn."""
        self.turns.append((conversation, message.text, reply.kind))


def answered(text: str) -> list[Any]:
    """Run the action and return what it sent."""
    dispatcher = CollectingDispatcher()
    asyncio.run(ActionAnswer().run(dispatcher, tracker(text), {}))
    return dispatcher.messages


def test_the_watch_sees_each_turn(
    answers: FakeAnswers, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = Seen()
    monkeypatch.setattr(ReplyingAction, "watch", seen)
    assert len(answered("can I keep a goat")) == 1
    assert seen.turns == [("conversation", "can I keep a goat", "answer")]


def test_the_watch_sees_nothing_of_a_turn_that_failed(
    answers: FakeAnswers, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = Seen()
    monkeypatch.setattr(ReplyingAction, "watch", seen)
    answers.failure = ValueError("canary")
    assert answered("can I keep a goat") == []
    assert seen.turns == []


def test_a_turn_waits_less_than_a_millisecond_for_the_watch() -> None:
    def slow() -> Any:
        raise AssertionError("a turn must not read the knowledge or the clock")

    watch = MissWatch(Watching(slow, slow, slow, slow, slow))  # type: ignore[arg-type]
    message, reply = Understanding("a goat " * 200), Reply("no_answer", "en")
    begun = time.thread_time()
    for _ in range(1000):
        watch.see("conversation", message, reply)
    assert (time.thread_time() - begun) / 1000 < 0.001


def test_the_thread_lives_on_after_an_unforeseen_fault(
    caplog: pytest.LogCaptureFixture,
) -> None:
    moments: list[int] = []

    def broken() -> datetime:
        moments.append(1)
        if len(moments) == 1:
            raise RuntimeError("canary")
        return datetime(2026, 7, 20, tzinfo=timezone.utc)

    watching = Watching(None, None, None, broken, None, pause=0.0)  # type: ignore[arg-type]
    watch = MissWatch(watching)
    watch.start()
    for _ in range(2):
        watch.see("a", Understanding("hi"), Reply("small_talk", "en"))
    until = time.monotonic() + 5
    while len(moments) < 2 and time.monotonic() < until:
        time.sleep(0.01)
    assert len(moments) >= 2
    assert "canary" not in caplog.text


def test_an_office_that_keeps_no_misses_watches_nothing() -> None:
    start_watch(load_settings({"KEEP_MISSES": "off"}))
    assert ReplyingAction.watch is None
