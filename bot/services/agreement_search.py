"""Looks a place up in ICE's list: what it shows, or what must be asked back first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Final, Literal

from bot.core.agreements import Agreement, Override, agency_key
from bot.core.languages import Language
from bot.services.agreement_places import (
    FoundAgency,
    agencies_named,
    agencies_of,
    agency_towns,
    places_of,
    statewide,
)
from bot.services.place_labels import label_of, said_label, short_label
from bot.services.place_names import Place, state_name
from bot.services.place_unknown import is_short_name
from bot.services.place_words import words_of
from bot.services.places import Reading, exact_text, place_text, read_place, state_in

LATE_DAYS: Final = 45
MOST_DAYS: Final = 120
MOST_CHOICES: Final = 9
# Of very many states that have a place of the name, the office's and their neighbours.
_NEAR_STATES: Final = ("NY", "NJ", "CT", "PA")

FoundKind = Literal[
    "listed", "not_listed", "ask_place", "ask_state", "no_list", "too_old", "no_place"
]
PlaceSort = Literal["state", "county", "town", ""]


@dataclass(frozen=True)
class Choice:
    """A place to choose: its name as shown, and a text that means only this place."""

    label: str
    text: str


@dataclass(frozen=True)
class Found:
    """What was found for a question about a place.

    `dated` is the day of the list, or of the override where one speaks. `is_late`:
    that day is 45 `days` or more ago. `statewide`: agencies of the whole state, for a
    place within it. `choices` are asked back; without any, the words are asked again.
    """

    kind: FoundKind
    place: str = ""
    states: tuple[str, ...] = ()
    agencies: tuple[FoundAgency, ...] = ()
    choices: tuple[Choice, ...] = ()
    is_late: bool = False
    override: Override | None = None
    dated: date | None = None
    days: int = 0
    sort: PlaceSort = ""
    statewide: tuple[FoundAgency, ...] = ()


@dataclass(frozen=True)
class _Source:
    """Where the answer for a state comes from, and how old it is."""

    agreements: Sequence[Agreement]
    dated: date | None
    override: Override | None
    days: int

    @property
    def kind(self) -> FoundKind | None:
        """Why it cannot answer, or None."""
        if self.dated is None:
            return "no_list"
        return "too_old" if self.days > MOST_DAYS else None


class _Search:
    """One search, with all that it needs to know."""

    def __init__(
        self,
        language: Language,
        agreements: Sequence[Agreement],
        overrides: Mapping[str, Override],
        dated: date | None,
        today: date,
    ) -> None:
        self.language = language
        self.agreements = [row for row in agreements if row.state not in overrides]
        self.agreements += [row for o in overrides.values() for row in o.agreements]
        self.overrides = overrides
        self.dated = dated
        self.today = today

    def source(self, state: str) -> _Source:
        """Return what speaks for a state: the override, else the list."""
        override = self.overrides.get(state)
        dated = override.as_of if override is not None else self.dated
        days = (self.today - dated).days if dated is not None else 0
        return _Source(self.agreements, dated, override, days)

    def refused(self, states: Iterable[str]) -> Found | None:
        """Return why nothing can be said of any of these states, or None."""
        sources = [self.source(state) for state in states] or [self.source("")]
        if any(source.kind is None for source in sources):
            return None
        kind = sources[0].kind
        return Found(kind, dated=sources[0].dated) if kind is not None else None

    def answer(self, reading: Reading) -> Found:
        """Return what the list says of the one place that a reading means."""
        state = reading.places[0].state
        source = self.source(state)
        place = label_of(reading, self.language)
        if source.kind is not None:
            return Found(source.kind, place, (state,), dated=source.dated)
        both = self._county_or_town(reading, source)
        if both is not None:
            return replace(both, place=place, states=(state,))
        agencies = agencies_of(reading.places, source.agreements)
        sort = reading.places[0].kind
        return Found(
            "listed" if agencies else "not_listed",
            place,
            (state,),
            agencies,
            is_late=source.days >= LATE_DAYS,
            override=source.override,
            dated=source.dated,
            days=source.days,
            sort=sort,
            statewide=() if sort == "state" else statewide(state, source.agreements),
        )

    def by_name(self, text: str) -> Found | None:
        """Return the agencies that a message calls by their whole names, if any."""
        named = agencies_named(text, state_in(text), self.agreements)
        states = {agency.state for agency in named}
        if len(states) != 1:
            return None
        state = states.pop()
        reading = Reading("found", (Place("state", state, state),), state)
        answer = self.answer(reading)
        if answer.kind != "listed":
            return None
        return replace(answer, agencies=named)

    def _county_or_town(self, reading: Reading, source: _Source) -> Found | None:
        """Ask back where county and town of a name have different agencies."""
        towns = [p for p in reading.places if p.kind == "town"]
        counties = [p for p in reading.places if p.kind == "county"]
        if not towns or not counties or reading.marker in ("town", "county"):
            return None
        of_town = agencies_of(towns[:1], source.agreements)
        of_county = agencies_of(counties[:1], source.agreements)
        if set(of_town) == set(of_county):
            return None
        return self.ask_place(Reading("maybe", (counties[0], towns[0]), reading.name))

    def ask_place(self, reading: Reading) -> Found:
        """Ask which of several places is meant."""
        places = {place_text(p): short_label(p, self.language) for p in reading.places}
        texts = {text: text for text in reading.texts} or places
        texts = {
            text: state_name(label, self.language) for text, label in texts.items()
        }
        if reading.typed is not None and reading.typed.state and texts:
            texts[exact_text(reading.typed)] = reading.typed.name
        choices = tuple(Choice(label, text) for text, label in texts.items())
        states = tuple(dict.fromkeys(p.state for p in reading.places))
        if len(choices) > MOST_CHOICES:
            choices = ()
        return Found("ask_place", reading.name, states, choices=choices)

    def ask_state(self, reading: Reading) -> Found:
        """Ask in which state the place is."""
        states = tuple(sorted({p.state for p in reading.places} - {""}))
        offered = states
        if len(states) > MOST_CHOICES:
            offered = tuple(state for state in _NEAR_STATES if state in states)
        choices = []
        for state in offered:
            here = [p for p in reading.places if p.state == state]
            name = place_text(here[0]) if len(here) == 1 else f"{reading.name}, {state}"
            choices.append(Choice(state_name(state, self.language), name))
        place = said_label(reading, self.language)
        return Found("ask_state", place, states, choices=tuple(choices))


def search(
    text: str,
    language: Language,
    agreements: Sequence[Agreement],
    overrides: Mapping[str, Override],
    *,
    dated: date | None,
    today: date,
    state: str | None = None,
) -> Found:
    """Return what the list shows for the place in a message, or what to ask back.

    `dated` is the list's date, None without a list. `state` is the visitor's state if
    it is known; a state that the message names counts more. An override speaks for its
    state in place of the list. After "ask_state" or "ask_place", search again with the
    text of the choice, or with the place that was found and the state typed.
    """
    looking = _Search(language, agreements, overrides, dated, today)
    found = _search(looking, text, state)
    is_settled = found.kind == "listed" and found.sort != "state"
    if is_settled or found.kind in ("no_list", "too_old"):
        return found
    return looking.by_name(text) or found


def _search(looking: _Search, text: str, state: str | None) -> Found:
    reading = read_place(text, agency_towns(looking.agreements), state or "")
    is_state = bool(reading.places) and reading.places[0].kind == "state"
    if reading.kind == "none" or is_state:
        here = reading.places[0].state if is_state else ""
        initials = _by_initials(text, looking.agreements, here)
        reading = initials or reading
    if reading.kind == "none":
        return looking.refused(()) or Found("no_place")
    if reading.kind == "found" and _one_state(reading):
        found = looking.answer(reading)
        is_sure = reading.has_state or not _may_be_elsewhere(reading)
        if is_sure or found.kind != "listed":
            return found
    states = _states_of(reading)
    refused = looking.refused(states)
    if refused is not None:
        place = said_label(reading, looking.language)
        return replace(refused, place=place, states=states)
    if reading.kind == "found":
        return looking.ask_state(reading)
    return looking.ask_place(reading)


def _one_state(reading: Reading) -> bool:
    states = {place.state for place in reading.places}
    return len(states) == 1 and "" not in states


def _may_be_elsewhere(reading: Reading) -> bool:
    """Whether another state may have a town of the name: no list has all towns."""
    return all(p.kind == "town" and not p.is_nickname for p in reading.places)


def _states_of(reading: Reading) -> tuple[str, ...]:
    ends = [text.rpartition(", ")[2] for text in reading.texts]
    codes = [code if len(code) == 2 else "" for code in ends]
    return tuple(dict.fromkeys([*(p.state for p in reading.places), *codes]))


def _by_initials(
    text: str, agreements: Sequence[Agreement], state: str
) -> Reading | None:
    """Read an office's initials: never one agency, as others may share them."""
    short = {word.folded for word in words_of(text) if is_short_name(word)}
    if not short:
        return None
    found: dict[Place, None] = {}
    for row in agreements:
        if short & _initials(row.agency) and state in ("", row.state):
            found.update(dict.fromkeys(places_of(row)))
    places = tuple(found) if len(found) <= MOST_CHOICES else ()
    return Reading("maybe", places, sorted(short)[0].upper())


@lru_cache(maxsize=8192)
def _initials(agency: str) -> frozenset[str]:
    words = agency_key(agency).split()
    without = [word for word in words if word != "county"]
    return frozenset("".join(word[0] for word in some) for some in (words, without))
