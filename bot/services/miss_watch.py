"""Watches the turns for missed questions, in the background: no reply waits for it.

What it remembers of a conversation, to see whether a choice was picked or a person
asked for, is masked and stays in this process for half an hour at most.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from bot.core.languages import Language
from bot.core.messages import Reply
from bot.core.misses import Miss, Turned, misses_of, unpicked
from bot.core.redaction import redact
from bot.core.understanding import CRISIS, Understanding
from bot.knowledge.base import KnowledgeBase
from bot.services.miss_groups import (
    DrawId,
    Encode,
    note_miss,
    read_meanings,
    safely,
)
from bot.services.replies import PERSON
from bot.services.request_codes import find_code_in
from bot.storage.engine import Storage

logger: Final = logging.getLogger(__name__)
_WAITING: Final = 200
_REMEMBERED: Final = 2000
_MEMORY: Final = timedelta(minutes=30)
_READ_AGAIN: Final = timedelta(minutes=5)
# These replies leave the question before them as open as it was.
_ASIDE: Final = frozenset({"small_talk", "notice", "form"})
# Messages that are about an earlier question and none themselves.
_NO_QUESTION: Final = frozenset(
    {
        *("affirm", "ask_more", "ask_sources", "change_topic_other", "choose_answer"),
        *("choose_entry", "choose_state", "deny", "goodbye", "greet", "repeat_answer"),
        *(
            "request_consultation",
            "start_delay_check",
            "start_request",
            "switch_language",
            "thank",
        ),
    }
)
# Where a person is what was asked for, going on to one is no miss.
_PERSONAL: Final = frozenset({"consult", "meta"})


@dataclass(frozen=True)
class Watching:
    """What the watch works with."""

    storage: Storage
    knowledge: Callable[[], KnowledgeBase]
    encode: Encode
    now: Callable[[], datetime]
    draw_id: DrawId
    # So that a reply is on its way before anything is worked on.
    pause: float = 0.1


@dataclass
class _Memory:
    last: Turned
    at: datetime
    counted: set[str] = field(default_factory=set)


class MissWatch:
    """Takes in turns, and keeps the questions that were missed."""

    def __init__(self, watching: Watching) -> None:
        self._watching = watching
        self._waiting: queue.Queue[tuple[str, Understanding, Reply]] = queue.Queue(
            _WAITING
        )
        self._memories: OrderedDict[str, _Memory] = OrderedDict()
        self._read_at: datetime | None = None

    def see(self, conversation: str, message: Understanding, reply: Reply) -> None:
        """Take in a turn; in a flood it is let go."""
        try:
            self._waiting.put_nowait((conversation, message, reply))
        except queue.Full:
            logger.warning("too many turns at once: missed questions are not noted")

    def start(self) -> None:
        """Work in the background until the process ends."""
        threading.Thread(target=self._run, name="misses", daemon=True).start()

    def work_off(self) -> None:
        """Work on all turns that wait."""
        while not self._waiting.empty():
            self._take(*self._waiting.get())
        self._read_meanings()

    def _run(self) -> None:
        while True:
            turn = self._waiting.get()
            time.sleep(self._watching.pause)
            try:
                self._take(*turn)
                self._read_meanings()
            except Exception as error:
                # An edge of the process: the thread must live, and say no word of it.
                logger.error("a turn was not watched: %s", type(error).__name__)

    def _take(self, conversation: str, message: Understanding, reply: Reply) -> None:
        now = self._watching.now()
        for left in self._those_who_left(now):
            self._note(unpicked(left.last, PERSON), left.counted, now)
        if reply.kind == "emergency" or CRISIS in message.signals:
            self._memories.pop(conversation, None)
            return
        if reply.kind in _ASIDE:
            return
        memory = self._memories.pop(conversation, None)
        turn = turned(message, reply, memory.last if memory else None)
        counted = memory.counted if memory else set()
        before = memory.last if memory and not self._is_personal(memory.last) else None
        self._note(misses_of(before, turn, PERSON), counted, now)
        self._memories[conversation] = _Memory(turn, now, counted)

    def _those_who_left(self, now: datetime) -> Iterator[_Memory]:
        while self._memories:
            memory = next(iter(self._memories.values()))
            is_old = now - memory.at > _MEMORY
            if not is_old and len(self._memories) < _REMEMBERED:
                return
            self._memories.popitem(last=False)
            yield memory

    def _is_personal(self, last: Turned) -> bool:
        if last.kind != "answer":
            return False
        knowledge = self._watching.knowledge()
        found = [knowledge.find(name) for name in last.entries]
        return any(entry is not None and entry.group in _PERSONAL for entry in found)

    def _note(self, found: list[Miss], counted: set[str], now: datetime) -> None:
        watching = self._watching
        for miss in found:

            def keep(miss: Miss = miss) -> object:
                day, draw_id = now.date(), watching.draw_id
                return note_miss(
                    watching.storage, miss, day, draw_id, watching.encode, counted
                )

            safely(keep)

    def _read_meanings(self) -> None:
        """Group what came without its meaning, such as votes, now and then."""
        now = self._watching.now()
        if self._read_at is not None and now - self._read_at < _READ_AGAIN:
            return
        self._read_at = now
        watching = self._watching
        safely(
            lambda: read_meanings(watching.storage, watching.encode, watching.draw_id)
        )


def turned(message: Understanding, reply: Reply, before: Turned | None) -> Turned:
    """Return what of a turn matters here, with the question masked."""
    earlier = before.words if before is not None else ""
    language: Language = reply.language
    is_question = (
        not message.text.startswith("/")
        and message.intent not in _NO_QUESTION
        and reply.kind != "handoff"
    )
    words = redact(message.text) if is_question else earlier
    if find_code_in(message.text):
        words = ""
    return Turned(reply.kind, language, words, reply.entries, reply.options)
