"""Finds what a mistyped name may mean; the bar is strict, and towns are asked back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from bot.services.place_names import Place, gazetteer

_SHORTEST: Final = 5
# From this many letters on, two of them may be wrong.
_LONG: Final = 9
_MOST: Final = 3
_NO_NAME: Final = 6
_SOUNDS: Final = (
    *(
        ("ough", "o"),
        ("oo", "u"),
        ("ph", "f"),
        ("oe", "e"),
        ("th", "t"),
        ("ck", "k"),
        ("qu", "k"),
    ),
    *(("ce", "se"), ("ci", "si")),
    *(("c", "k"), ("z", "s"), ("v", "b"), ("y", "i"), ("w", "u"), ("h", "")),
)
# First letters that may stand for each other.
_ALIKE: Final = {"f": "fp", "k": "kcq", "c": "ck", "s": "szc", "z": "zs", "b": "bv"}
_TWICE: Final = re.compile(r"(.)\1+")


def near_counties(key: str, state: str) -> tuple[Place, ...]:
    """Return the counties whose name a mistyped key may be, of a state if one is given.

    >>> [(p.name, p.state) for p in near_counties("coller", "")]
    [('Collier County', 'FL')]
    """
    counties = gazetteer().counties
    codes: Iterable[str] = (state,) if state else counties
    found: dict[str, list[Place]] = {}
    for code in codes:
        for name, place in counties.get(code, {}).items():
            found.setdefault(name, []).append(place)
    names = near(key, list(found))
    if not names and state and len(key) >= _NO_NAME:
        # "hillsboro county florida" leaves letters out at the end.
        names = [name for name in found if name.startswith(key)]
    return tuple(place for name in names for place in found[name])


def near_places(
    key: str,
    state: str,
    towns: Mapping[str, Sequence[Place]],
    is_name: bool,
) -> tuple[Place, ...]:
    """Return the counties and towns whose name a mistyped key may be.

    A word that may be no name at all is compared with fewer names, and never a short
    one; a short name without a state may be too many towns' to be any one's.
    """
    if len(key) < _NO_NAME and not (is_name and state):
        return ()
    known = gazetteer().places
    every = [*_names_in(state), *towns] if state else [*known, *towns]
    nearest = near(key, every)
    for names in (nearest, _sounding(key, every)):
        found = tuple(
            place
            for name in names
            for place in dict.fromkeys((*known.get(name), *towns.get(name, ())))
            if state in ("", place.state)
            and _is_compared(place, key, name in towns, state, is_name)
        )
        if found:
            return found
    return ()


@lru_cache(maxsize=64)
def _names_in(state: str) -> tuple[str, ...]:
    """Return the names of a state's places: "hazelton pa" is no town of Idaho."""
    return tuple(gazetteer().places.in_state(state))


def _is_compared(
    place: Place, key: str, is_listed: bool, state: str, is_name: bool
) -> bool:
    if place.kind == "county" or place.is_large or is_listed:
        return True
    return is_name and place.kind == "town" and (bool(state) or len(key) > _NO_NAME)


def _sounding(key: str, names: Iterable[str]) -> list[str]:
    """Return the names that sound like a key, written as Spanish speakers may."""
    sounded = sound(key)
    first = _ALIKE.get(key[0], key[0])
    return [
        name
        for name in names
        if abs(len(name) - len(key)) <= _MOST and name[0] in first
        if sound(name) == sounded
    ]


def sound(key: str) -> str:
    """Return a name roughly as it sounds.

    >>> sound("memfis") == sound("memphis"), sound("charlot") == sound("charlotte")
    (True, True)
    """
    for letters, heard in _SOUNDS:
        key = key.replace(letters, heard)
    return _TWICE.sub(r"\1", key).rstrip("e")


@lru_cache(maxsize=512)
def near_state(key: str, long: int = _LONG) -> str:
    """Return the state whose name a mistyped key is, or "".

    `long`: from so many letters on, two may be wrong.

    >>> near_state("florda"), near_state("pensylvania"), near_state("fontana")
    ('FL', 'PA', '')
    """
    names = gazetteer().states
    codes = {names[name] for name in near(key, list(names), long)}
    return codes.pop() if len(codes) == 1 else ""


def near(key: str, names: Sequence[str], long: int = _LONG) -> list[str]:
    """Return the names that are nearest to a key, if any is near enough.

    The first letter must be right, and one letter may be wrong, two of a long name.
    """
    if len(key) < _SHORTEST:
        return []
    most = 1 if len(key) < long else 2
    rows = extract(key, names, scorer=OSA.distance, score_cutoff=most, limit=_MOST * 10)
    near_ones = [(name, score) for name, score, _ in rows if name[0] == key[0]]
    best = min((score for _, score in near_ones), default=0)
    return list(dict.fromkeys(name for name, score in near_ones if score == best))
