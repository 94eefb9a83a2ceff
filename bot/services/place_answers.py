"""Answers whether a place has an agreement, once the office has imported ICE's list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from bot.core.agreements import Override, Snapshot
from bot.core.errors import ContentError
from bot.core.messages import Reply
from bot.core.understanding import Understanding
from bot.knowledge.base import KnowledgeBase
from bot.services.agreement_questions import asks_about_place
from bot.services.agreement_replies import reply_about_place
from bot.services.agreement_search import Found, search
from bot.services.context import Context
from bot.services.places import names_place
from bot.storage import agreements as lists
from bot.storage.engine import Storage

INTENT: Final = "ask_agreement"
_ENTITY: Final = "place"
# The groups under which such questions come.
_GROUPS: Final = frozenset({"ask_county", "ask_287g"})
_LIKELIEST: Final = 2
# An answer to "which place is it?" is short.
_MOST_WORDS: Final = 6


class CurrentList:
    """The list that counts now; read from the database once, until another counts."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._kept: Snapshot | None = None

    def __call__(self) -> Snapshot | None:
        """Return the list, or None while none was imported.

        Raises:
            StorageError: the database did not answer.
        """
        with self._storage.read() as session:
            swaps = lists.last_swaps(session, 1)
            if not swaps:
                return None
            if self._kept is None or self._kept.id != swaps[0].snapshot_id:
                self._kept = lists.snapshot(session, swaps[0].snapshot_id)
        return self._kept


@dataclass(frozen=True)
class PlaceAnswers:
    """Where the list, its overrides and the day come from."""

    current: Callable[[], Snapshot | None]
    overrides: Callable[[], Mapping[str, Override]]
    today: Callable[[], date]

    def find(
        self, message: Understanding, context: Context, knowledge: KnowledgeBase
    ) -> tuple[Reply, Context] | None:
        """Return the reply and what is remembered after it; None: not about a place.

        Without a list the entries speak: they tell where ICE shows it.

        Raises:
            StorageError: the database did not answer.
        """
        text = _place_in(message, context)
        listed = self.current() if text else None
        if not text or listed is None:
            return None
        found = search(
            text,
            context.language,
            listed.agreements,
            self._read_overrides(),
            dated=listed.dated,
            today=self.today(),
            state=context.jurisdiction,
        )
        if found.kind == "no_place" and context.asked_place:
            # Asked once already: perhaps the visitor speaks of something else.
            return None
        reply = reply_about_place(found, context.language, knowledge)
        asked = text if _asks_back(found) else ""
        return reply, replace(context.after(reply), asked_place=asked)

    def _read_overrides(self) -> Mapping[str, Override]:
        try:
            return self.overrides()
        except ContentError:
            # Told in the console; the list alone would say less than the state's law.
            return {}


def _asks_back(found: Found) -> bool:
    return found.kind in ("no_place", "ask_state", "ask_place")


def _place_in(message: Understanding, context: Context) -> str:
    pressed = message.entities.get(_ENTITY)
    if message.intent == INTENT and pressed:
        return pressed[0]
    if message.text.startswith("/"):
        return ""
    if asks_about_place(message.text) and _is_of_group(message):
        return message.text
    is_short = len(message.text.split()) <= _MOST_WORDS
    if not (is_short and names_place(message.text)):
        return ""
    if context.asked_place:
        return f"{context.asked_place}, {message.text}"
    return message.text if message.intent == INTENT else ""


def _is_of_group(message: Understanding) -> bool:
    likeliest = sorted(message.intents, key=lambda name: -message.intents[name])
    near = {message.intent, *likeliest[:_LIKELIEST]}
    return not _GROUPS.isdisjoint(near)
