"""Answers for an agency that is asked about by its work, its name, or its sheriff's."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from bot.services.agreement_asked import Asked, find_asked
from bot.services.agreement_found import Found
from bot.services.agreement_looking import Looking
from bot.services.agreement_places import agencies_named
from bot.services.place_meant import NOTHING, Reading, likeliest
from bot.services.place_names import Place, gazetteer, place_key, state_name
from bot.services.place_readings import read_states
from bot.services.place_unknown import sheriff_named
from bot.services.place_words import FILLER, words_of
from bot.services.places import state_in

_SCHOOL: Final = re.compile(r"\b(?:college|university)\b")
_PARTS: Final = re.compile(
    r"[,;.?!&]+(?:\s|$)|\b(?:and|y|e|plus|also|tambi[eé]n|or|o|too)\b", re.IGNORECASE
)
_PERSON: Final = re.compile(
    r"\b(?:[Ss]her+if+|[Aa]lguacil) (?P<first>[A-Z][a-z]+) (?P<last>[A-Z][a-z]+)\b"
    r"(?! (?:County|Parish|City|Beach)\b)"
)
_UNNAMED: Final = "Unnamed"
_ANSWERS: Final = ("listed", "not_listed")


def answer_of_agency(looking: Looking, text: str, reading: Reading) -> Found | None:
    """Return the answer for agencies that are asked about by their work, if any."""
    schools: dict[str, Found] = {}
    parts = _PARTS.split(text)
    for part in parts if len(parts) > 1 else ():
        asked = find_asked(part, "", looking.language, looking.agreements)
        if asked is not None and _is_school(asked):
            if asked.state and looking.refused((asked.state,)) is not None:
                continue
            one = _answer_asked(looking, NOTHING, asked) if asked.state else None
            schools.setdefault(asked.name, one or looking.not_shown(asked.name))
    if len(schools) > 1:
        first, *others = schools.values()
        return replace(first, also=tuple(others))
    return _answer_of_one(looking, text, reading)


def _is_school(asked: Asked) -> bool:
    """Whether a school is asked about by its own name or initials."""
    listed = (agency.agency.casefold() for agency in asked.agencies)
    return asked.is_named or any(map(_SCHOOL.search, listed))


def _answer_of_one(looking: Looking, text: str, reading: Reading) -> Found | None:
    """Return the answer for an agency that is asked about by its work, if one is."""
    if is_known(reading) and _SCHOOL.search(reading.name.casefold()):
        # College Park is a town.
        return None
    likely = likeliest(reading)
    state = reading.places[0].state if is_in_one_state(reading) else state_in(text)
    state = state or (likely.state if likely is not None else "")
    asked = find_asked(text, state, looking.language, looking.agreements)
    if asked is None:
        return None
    if not asked.state and asked.is_named and not reading.has_state:
        return looking.not_shown(asked.name)
    if not asked.state:
        is_whole = asked.is_statewide and reading.kind in ("none", "found")
        return _ask_state_of(looking, asked) if is_whole else None
    source = looking.refused((asked.state,))
    if source is not None:
        return replace(source, asked=asked.name, states=(asked.state,))
    return _answer_asked(looking, reading, asked)


def _ask_state_of(looking: Looking, asked: Asked) -> Found:
    refused = looking.refused(())
    return refused or Found(
        "ask_state", asked.name, asked=asked.name, may_write=True, place_the=asked.name
    )


def _answer_asked(looking: Looking, reading: Reading, asked: Asked) -> Found | None:
    whole = read_states((asked.state,))
    is_place = (
        reading.kind == "found" and is_in_one_state(reading) and is_known(reading)
    )
    of_place = looking.answer(reading if is_place else whole)
    if of_place.kind not in _ANSWERS and is_place and asked.is_named:
        # Miami Dade College is no place: whether town or county is meant is no matter.
        of_place, is_place = looking.answer(whole), False
    if of_place.kind not in _ANSWERS:
        return None if is_place else of_place
    listed = asked.agencies
    if is_place and not asked.is_statewide and reading.places[0].kind == "county":
        # A county's constables are its own: not those of another county.
        listed = tuple(a for a in listed if a in of_place.agencies)
    if not listed:
        return replace(
            of_place,
            kind="not_listed",
            agencies=(),
            county_agencies=(),
            asked=asked.name,
        )
    others = of_place.agencies if is_place and of_place.kind == "listed" else ()
    return replace(
        of_place,
        kind="listed",
        agencies=tuple(dict.fromkeys((*listed, *others))),
        asked=asked.name if len(listed) > 1 else listed[0].agency,
        asked_listed=True,
    )


def is_known(reading: Reading) -> bool:
    """Return whether the lists know a place of a reading."""
    return any(place.counties or place.fips for place in reading.places)


def with_agency_named(looking: Looking, text: str, found: Found) -> Found:
    """Return what was found, with the agencies that a message calls by whole names.

    "Mesa PD in AZ, and my cousins in Phoenix" asks about both.
    """
    named = _by_name(looking, text)
    shown = [agency for one in (found, *found.also) for agency in one.agencies]
    if named is None:
        return found
    is_place = found.kind in _ANSWERS and found.sort != "state"
    if not (is_place or found.also):
        return named
    place = found.place.partition(",")[0].partition(" (")[0].casefold()
    is_part = not found.also and place in named.asked.casefold()
    if all(agency in shown for agency in named.agencies):
        return found
    if is_part:
        return found if found.kind == "listed" else named
    return replace(named, also=(replace(found, also=()), *found.also))


def _by_name(looking: Looking, text: str) -> Found | None:
    """Return the agencies that a message calls by their whole names, if any."""
    named = agencies_named(text, state_in(text), looking.agreements)
    states = {agency.state for agency in named}
    if len(states) != 1:
        return None
    state = states.pop()
    reading = Reading("found", (Place("state", state, state),), state)
    answer = looking.answer(reading)
    if answer.kind != "listed":
        return None
    name = named[0].agency
    return replace(answer, agencies=named, asked=name, asked_listed=True)


def without_person(text: str) -> str:
    """Return a message without a sheriff's whole name, which is no place's.

    >>> without_person("does Sheriff Wayne Ivey help ICE")
    'does Sheriff Unnamed help ICE'
    >>> without_person("Sheriff Palm Beach"), without_person("Sheriff Polk Florida")
    ('Sheriff Palm Beach', 'Sheriff Polk Florida')
    """
    for match in _PERSON.finditer(text):
        first, last = match["first"], match["last"]
        known = gazetteer()
        is_place = place_key(f"{first} {last}") in known.places
        is_state = place_key(last) in known.states
        is_word = {first.lower(), last.lower()} & FILLER
        if not (is_place or is_state or is_word):
            start, end = match.start("first"), match.end("last")
            return f"{text[:start]}{_UNNAMED}{text[end:]}"
    return text


def county_of_sheriff(looking: Looking, text: str, reading: Reading) -> Found | None:
    """Ask for the county where no more than a sheriff's own name was said."""
    name = sheriff_named(words_of(text))
    is_state = bool(reading.places) and reading.places[0].kind == "state"
    is_other = is_known(reading) or reading.kind in ("several", "region")
    if not name or reading.foreign or (is_other and not is_state):
        return None
    if not is_state and reading.places and name not in reading.name.casefold():
        return None
    if reading.kind == "maybe" and reading.places:
        return None
    state = reading.places[0].state if reading.places else ""
    refused = looking.refused((state,) if state else ())
    return refused or Found(
        "ask_place",
        state_name(state, looking.language),
        (state,) if state else (),
        of_sheriff=True,
    )


def is_in_one_state(reading: Reading) -> bool:
    """Return whether all places of a reading lie in one state."""
    states = {place.state for place in reading.places}
    return len(states) == 1 and "" not in states
