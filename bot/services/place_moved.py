"""Joins what is typed with the place of before: its state, its county, its namesake."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.core.matching import fold
from bot.services import agreement_words as said
from bot.services.agreement_asked import kind_in, names_agency
from bot.services.agreement_questions import Towns
from bot.services.place_joined import joined_with
from bot.services.place_names import county_key, gazetteer, place_key, state_name
from bot.services.place_ordinary import is_ordinary
from bot.services.place_typos import near_places
from bot.services.place_unknown import has_short_name
from bot.services.place_words import FILLER, words_of
from bot.services.places import names_place, place_text, read_place, state_in

_LONG: Final = 6
_MOST_WORDS: Final = 3
_LITTLE: Final = frozenset(
    {"ok", "okay", "thanks", "gracias", "pero", "tambien", "too"}
)


def glued(asked: str, text: str, towns: Towns) -> str:
    """Return the new text; with the old where it only tells more of its place."""
    before, now = read_place(asked, towns), read_place(text, towns)
    chosen = [p for p in map(place_text, before.places) if p in now.texts]
    if len(chosen) == 1:
        # "Nassau County", "Long Island": the one of the two that was spoken of.
        return chosen[0]
    settled = joined_with(now, before.places)
    if len({place.state for place in settled.places}) < len(
        {place.state for place in now.places}
    ):
        return place_text(settled.places[0])
    state = lone_state(text)
    if state and _is_of_agency(asked):
        # "does the highway patrol help ice", "in georgia"
        return f"{kind_in(asked) or asked.rstrip(' ?!.')}, {state_name(state, 'en')}"
    was_state = not before.places or before.places[0].kind == "state"
    if not state or (was_state and before.kind in ("found", "none")):
        return text
    if state_in(asked):
        return moved_to(asked, state, towns) or f"{asked}, {text}"
    here = [p for p in before.places if p.state == state]
    if before.kind == "found" and len(here) == 1:
        return place_text(here[0])
    told = state_name(state, "en") if said.GOES_ON.search(fold(text)) else text
    return f"{asked}, {told}"


def _is_of_agency(asked: str) -> bool:
    """Whether an agency is asked about by its work or initials, and no place."""
    is_short = has_short_name(words_of(asked))
    is_agency = is_short or names_agency(asked)
    return is_agency and not names_place(asked)


def lone_state(text: str) -> str:
    """Return the state if a message names one and no other place, else "".

    >>> lone_state("sorry, I meant Kentucky"), lone_state("Lexington, Kentucky")
    ('KY', '')
    """
    for part in (text, said.GOES_ON.sub("", fold(text), count=1)):
        reading = read_place(part, {})
        if reading.kind == "found" and reading.places[0].kind == "state":
            return reading.places[0].state
    return ""


def moved_to(before: str, state: str, towns: Towns) -> str:
    """Return the place of the same name in another state, "" if none is known."""
    reading = read_place(before, towns)
    for place in reading.places if reading.kind == "found" else ():
        if place.kind == "county":
            county = gazetteer().counties.get(state, {}).get(county_key(place.name))
            if county is not None:
                return place_text(county)
        elif place.kind == "town":
            known = gazetteer().places.get(place_key(place.name), ())
            if any(p.kind == "town" and p.state == state for p in known):
                return place_text(replace(place, state=state))
    return ""


def mistyped_after(text: str, state: str) -> str:
    """Return the town that a short message may mean in the state of the talk, or "".

    >>> mistyped_after("y Murfrisboro", "TN"), mistyped_after("y la fianza", "TN")
    ('town of Murfrisboro, TN', '')
    """
    words = [word for word in words_of(text) if word.folded not in FILLER | _LITTLE]
    key = "".join(word.key for word in words)
    if not state or not 0 < len(words) <= _MOST_WORDS or len(key) < _LONG:
        return ""
    if is_ordinary(key) or not near_places(key, state, {}, True):
        return ""
    return f"town of {' '.join(word.raw for word in words)}, {state}"
