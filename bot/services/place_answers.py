"""Answers whether a place has an agreement, once the office has imported ICE's list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from bot.core.agreements import ICE_PAGE, Override, Snapshot
from bot.core.errors import ContentError
from bot.core.messages import Reply
from bot.core.understanding import Understanding
from bot.knowledge.base import KnowledgeBase
from bot.services.agreement_asked import kind_in
from bot.services.agreement_places import agency_towns
from bot.services.agreement_questions import is_afraid
from bot.services.agreement_replies import (
    entry_of_meaning,
    question_in,
    reply_about_place,
    reply_when_lost,
)
from bot.services.agreement_search import Found, search
from bot.services.context import Context
from bot.services.place_meant import with_counties
from bot.services.place_names import Place
from bot.services.place_turns import Turn, turn_of
from bot.services.places import read_place
from bot.services.replies import reply_with_entries
from bot.storage import agreements as lists
from bot.storage.engine import Storage

_ASKING: Final = ("ask_place", "ask_state")


def list_at(public_url: str) -> str:
    """Return where the list can be looked through: here, or at ICE's.

    >>> list_at("https://office.example/"), list_at("")
    ('https://office.example/agreements', 'https://www.ice.gov/identify-and-arrest/287g')
    """
    return f"{public_url.rstrip('/')}/agreements" if public_url else ICE_PAGE


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
    """Where the list, its overrides and the day come from.

    `page` is where the list can be looked through; with `require_approved` only
    entries that an attorney approved are told.
    """

    current: Callable[[], Snapshot | None]
    overrides: Callable[[], Mapping[str, Override]]
    today: Callable[[], date]
    page: str = ICE_PAGE
    require_approved: bool = False

    def find(
        self, message: Understanding, context: Context, knowledge: KnowledgeBase
    ) -> tuple[Reply, Context] | None:
        """Return the reply and what is remembered after it; None: not about a place.

        Without a list the entries speak: they tell where ICE shows it.

        Raises:
            StorageError: the database did not answer.
        """
        listed = self.current()
        if listed is None:
            return None
        turn = turn_of(message, context, agency_towns(listed.agreements))
        if turn is None:
            return None
        if turn.kind == "meaning":
            return self._explain(context, knowledge)
        afraid = is_afraid(message.text)
        if turn.kind == "lost":
            reply = reply_when_lost(context.language, self.page, is_afraid=afraid)
            after = context.after(reply)
            return reply, replace(after, asked_place=context.asked_place)
        found = self._look(turn, context, listed)
        if town := _town_in_county(found):
            found = self._look(replace(turn, text=town), context, listed)
        is_unsure = context.asked_place or context.told_place or not turn.is_sure
        if found.kind == "no_place" and is_unsure and not found.foreign:
            # Asked once already: perhaps the visitor speaks of something else.
            return None
        reply = reply_about_place(
            found, context.language, knowledge, self.page, is_afraid=afraid
        )
        return reply, _remembered(context.after(reply), turn, found, knowledge)

    def _look(self, turn: Turn, context: Context, listed: Snapshot) -> Found:
        return search(
            turn.text,
            context.language,
            listed.agreements,
            self._read_overrides(),
            dated=listed.dated,
            today=self.today(),
            state=turn.hint or context.jurisdiction,
        )

    def _explain(
        self, context: Context, knowledge: KnowledgeBase
    ) -> tuple[Reply, Context] | None:
        """Tell what the last answer means, with the entry about it."""
        entry = knowledge.find(context.topic[0]) if context.topic else None
        if entry is None or not entry.is_published(self.require_approved):
            return None
        language = context.language
        reply = reply_with_entries(language, [entry], "answer", (), "short", False)
        return reply, context.after(reply)

    def _read_overrides(self) -> Mapping[str, Override]:
        try:
            return self.overrides()
        except ContentError:
            # Told in the console; the list alone would say less than the state's law.
            return {}


def _town_in_county(found: Found) -> str:
    """Return the one town, asked back, that lies in the county named beside it.

    "the sheriff of Mecklenburg? I live in Charlotte" is one question of one place.
    """
    if len(found.also) != 1 or question_in(found) is None:
        return ""
    both = [_places_in(found), _places_in(found.also[0])]
    towns = {
        text
        for inner, outer in (both, both[::-1])
        for text, town in inner.items()
        if any(county.fips in town.counties for county in outer.values())
    }
    return towns.pop() if len(towns) == 1 else ""


def _places_in(found: Found) -> dict[str, Place]:
    """Return the places that are offered, or the one that was found, by their texts."""
    texts = [choice.text for choice in found.choices] or [found.place]
    read = {text: read_place(text, {}).places for text in texts}
    return {t: with_counties(some[0]) for t, some in read.items() if len(some) == 1}


def _remembered(
    context: Context, turn: Turn, found: Found, knowledge: KnowledgeBase
) -> Context:
    """Return what was asked back, what was told, and what a question to it is about."""
    question = question_in(found)
    asked = ""
    if question is not None:
        open_ones = [one.place for one in found.also if one.kind in _ASKING]
        asked = turn.text if question is found else " and in ".join(open_ones)
    if found.kind not in ("listed", "not_listed"):
        return replace(context, asked_place=asked)
    meaning = entry_of_meaning(found, knowledge)
    told = found.states[0] if found.sort == "state" else found.place
    kind = kind_in(found.asked) or kind_in(turn.text)
    if found.sort == "state" and found.asked and kind:
        # "and in Texas?" asks about the same kind of agency there.
        told = f"{kind}, {told}"
    return replace(
        context,
        asked_place=asked,
        told_place=told,
        topic=(meaning,) if meaning else context.topic,
    )
