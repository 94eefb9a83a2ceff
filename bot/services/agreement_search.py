"""Looks a place up in ICE's list: what it shows, or what must be asked back first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from bot.core.agreements import Agreement, Override
from bot.core.languages import Language
from bot.services.agreement_agency import (
    answer_of_agency,
    county_of_sheriff,
    is_in_one_state,
    with_agency_named,
    without_person,
)
from bot.services.agreement_found import Choice as Choice
from bot.services.agreement_found import Found as Found
from bot.services.agreement_found import FoundKind as FoundKind
from bot.services.agreement_found import PlaceSort as PlaceSort
from bot.services.agreement_initials import by_initials
from bot.services.agreement_looking import LATE_DAYS as LATE_DAYS
from bot.services.agreement_looking import MOST_DAYS as MOST_DAYS
from bot.services.agreement_looking import Looking
from bot.services.agreement_places import (
    agency_towns,
    own_agencies,
)
from bot.services.place_labels import said_label
from bot.services.place_meant import (
    Reading,
    is_in_office_state,
    is_metropolis,
    likeliest,
    with_counties,
)
from bot.services.place_names import Place, gazetteer, place_key
from bot.services.places import read_place

# So sure is an answer for a name of which the lists know one town alone.
_ANSWERS: Final = ("listed", "not_listed")


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
    looking = Looking(language, agreements, overrides, dated, today)
    text = without_person(text)
    reading = read_place(text, agency_towns(looking.agreements), state or "")
    asked = answer_of_agency(looking, text, reading)
    if asked is not None:
        return asked
    person = county_of_sheriff(looking, text, reading)
    if person is not None:
        return person
    found = _search(looking, text, reading)
    if found.kind in ("no_list", "too_old"):
        return found
    return with_agency_named(looking, text, found)


def _search(looking: Looking, text: str, reading: Reading) -> Found:
    is_state = bool(reading.places) and reading.places[0].kind == "state"
    if (reading.kind == "none" and not reading.foreign) or is_state:
        here = reading.places[0].state if is_state else ""
        initials = by_initials(text, looking.agreements, here)
        reading = initials or reading
    if reading.kind == "none":
        refused = looking.refused(())
        return refused or Found("no_place", reading.name, foreign=reading.foreign)
    if reading.kind == "several":
        return _several(looking, reading)
    return _one(looking, reading)


def _several(looking: Looking, reading: Reading) -> Found:
    """Answer for each place; those that are asked back come after the answers."""
    found = [_one(looking, part) for part in reading.parts]
    found.sort(key=lambda one: one.kind not in _ANSWERS)
    kept: list[Found] = []
    for one in found:
        if not any(_is_same(one, other) for other in kept):
            kept.append(one)
    return replace(kept[0], also=tuple(kept[1:]))


def _is_same(one: Found, other: Found) -> bool:
    """Whether two names are one place's: "is indy (indianapolis) on the list"."""
    names = {found.place.partition(", ")[0] for found in (one, other)}
    return len(names) == 1 and bool(set(one.states) & set(other.states))


def _one(looking: Looking, reading: Reading) -> Found:
    said = reading
    if reading.kind == "maybe":
        reading = _settled(reading)
    if reading.kind == "found":
        found = _answer(looking, reading)
        if found is not None and (said is reading or found.kind == "listed"):
            return found
        if reading.has_state and _is_unknown(reading):
            return looking.ask_place(replace(reading, places=()))
        if said.typed is not None and said.typed.state:
            reading = said
    states = _states_of(reading)
    refused = looking.refused(states)
    if refused is not None:
        place = said_label(reading, looking.language)
        return replace(refused, place=place, states=states)
    if reading.kind == "found":
        return looking.ask_state(reading)
    if reading.kind == "maybe" and len(reading.places) == 1 and reading.typed is None:
        return looking.ask_state(reading)
    return looking.ask_place(reading)


def _answer(looking: Looking, reading: Reading) -> Found | None:
    """Return the answer for a name, or None where its state must be asked.

    Without a state named, a yes may be told for the one place that is likeliest meant;
    a no only where one state alone has such a place, for a famous town whose namesakes
    the list does not have (Austin), or within the office's states.
    """
    likely = likeliest(reading)
    is_famous = likely is not None and (
        is_in_one_state(reading) or _is_alone_listed(looking, likely, reading)
    )
    is_alone = is_in_one_state(reading) and not reading.places[0].is_word
    if not reading.has_state and not is_in_one_state(reading) and likely is not None:
        reading = replace(reading, places=(likely,))
    if not is_in_one_state(reading):
        return None
    found = looking.answer(reading)
    if found.kind == "not_listed" and _is_unknown(reading):
        return None
    if reading.has_state or not _may_be_elsewhere(reading):
        is_taken = reading.is_lent and found.kind == "not_listed"
        return replace(found, guessed=reading.is_lent, is_taken=is_taken)
    first = reading.places[0]
    is_own = is_famous or is_in_office_state(first)
    if found.kind == "not_listed" and not (is_own or is_alone):
        return None
    if found.only_county and first.is_word and not first.is_large:
        # "santiago" may be anything; its county's yes would be about a small village.
        return None
    is_taken = found.kind == "not_listed" and not is_own
    return replace(found, guessed=True, is_taken=is_taken)


def _is_alone_listed(looking: Looking, likely: Place, reading: Reading) -> bool:
    """Whether a metropolis is meant, and no namesake has police on the list.

    Houston, Missouri has: a no for Houston, Texas would be a false one there.
    """
    others = [p for p in reading.places if p.state != likely.state]
    return is_metropolis(likely) and not any(
        own_agencies(other, looking.agreements) for other in others
    )


def _settled(reading: Reading) -> Reading:
    """Read a mistyped name that can be one place only, or one name, as that."""
    if reading.places and not any(p.kind == "county" for p in reading.places):
        names = {p.name for p in reading.places}
        if len(names) == 1 and len(reading.places) > 1:
            return replace(reading, kind="found", name=names.pop())
    inner = {number for place in reading.places for number in place.counties}
    # Sarasota lies in Sarasota County: the town's answer has both.
    places = tuple(p for p in reading.places if p.fips not in inner)
    if len(places) != 1 or reading.marker in ("county", "sheriff"):
        return reading
    has_state = reading.typed is not None and bool(reading.typed.state)
    name = places[0].name
    return replace(reading, kind="found", places=places, name=name, has_state=has_state)


def _is_unknown(reading: Reading) -> bool:
    """Whether no list knows the town: a no might be for one that is misspelt."""
    town = with_counties(reading.places[0])
    is_town = town.kind == "town" and not (town.counties or reading.is_exact)
    return is_town and not any(
        place.kind == "town" and place.state == town.state
        for place in gazetteer().places.get(place_key(town.name))
    )


def _may_be_elsewhere(reading: Reading) -> bool:
    """Whether another state may have a town of the name: no list has all towns."""
    return all(p.kind == "town" and not p.is_nickname for p in reading.places)


def _states_of(reading: Reading) -> tuple[str, ...]:
    ends = [text.rpartition(", ")[2] for text in reading.texts]
    codes = [code if len(code) == 2 else "" for code in ends]
    return tuple(dict.fromkeys([*(p.state for p in reading.places), *codes]))
