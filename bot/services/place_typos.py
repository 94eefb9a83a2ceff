"""Finds what a mistyped name may mean; the bar is strict, and towns are asked back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Final

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from bot.services.place_names import Place, gazetteer

_SHORTEST: Final = 5
# From this many letters on, two of them may be wrong.
_LONG: Final = 9
_MOST: Final = 3
_NO_NAME: Final = 6


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
    return tuple(place for name in near(key, list(found)) for place in found[name])


def near_places(
    key: str,
    state: str,
    towns: Mapping[str, Sequence[Place]],
    is_name: bool,
) -> tuple[Place, ...]:
    """Return the counties and towns whose name a mistyped key may be.

    A word that may be no name at all is compared with fewer names, and never a short
    one.
    """
    if not is_name and len(key) < _NO_NAME:
        return ()
    known = gazetteer().places
    names = near(key, [*known, *towns])
    found = [p for name in names for p in (*known.get(name, ()), *towns.get(name, ()))]
    of_list = {place for places in towns.values() for place in places}
    return tuple(
        dict.fromkeys(
            p
            for p in found
            if state in ("", p.state)
            and (p.kind == "county" or p in of_list or (is_name and p.kind == "town"))
        )
    )


@lru_cache(maxsize=512)
def near_state(key: str) -> str:
    """Return the state whose name a mistyped key is, or "".

    >>> near_state("florda"), near_state("pensylvania"), near_state("fontana")
    ('FL', 'PA', '')
    """
    names = _state_keys()
    codes = {names[name] for name in near(key, list(names))}
    return codes.pop() if len(codes) == 1 else ""


@cache
def _state_keys() -> Mapping[str, str]:
    return {
        name: place.state
        for name, places in gazetteer().places.items()
        for place in places
        if place.kind == "state"
    }


def near(key: str, names: Sequence[str]) -> list[str]:
    """Return the names that are nearest to a key, if any is near enough.

    The first letter must be right, and one letter may be wrong, two of a long name.
    """
    if len(key) < _SHORTEST:
        return []
    most = 1 if len(key) < _LONG else 2
    rows = extract(key, names, scorer=OSA.distance, score_cutoff=most, limit=_MOST * 10)
    near_ones = [(name, score) for name, score, _ in rows if name[0] == key[0]]
    best = min((score for _, score in near_ones), default=0)
    return list(dict.fromkeys(name for name, score in near_ones if score == best))
