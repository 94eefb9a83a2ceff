"""Reads places named together: they likely lie in one state; a landmark tells it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.services.place_found import AND, Match
from bot.services.place_meant import Reading, is_metropolis, likeliest
from bot.services.place_names import Place
from bot.services.place_ordinary import word_set
from bot.services.place_words import FILLER, Word

# After a name these tell where it is: "Chamblee por Atlanta".
_NEAR: Final = (
    "por",
    "near",
    "nearby",
    "by",
    "cerca de",
    "cerca",
    "outside of",
    "outside",
    "just outside",
    "close to",
    "next to",
    "al lado de",
    "a lado de",
    "junto a",
    "afueras de",
    "a las afueras de",
    "not far from",
    "north of",
    "south of",
    "east of",
    "west of",
)
_ARTICLES: Final = word_set("the el la")
_VERBS: Final = word_set(
    "live vivo vive vivimos work works working trabajo trabaja trabajan coopera job is"
    " do does have hay tiene tienen get help cooperan hijo family familia school"
)
_POLICE: Final = FILLER | {"pd", "po"}
_FARTHEST: Final = 4


def landmarks_in(matches: Sequence[Match], words: Sequence[Word]) -> list[Match]:
    """Return the places that only tell where another is, and are not asked about."""
    found = []
    for place, match in enumerate(matches):
        before = [m for m in matches[:place] if not m.is_state and m.strength]
        if match.is_state or match.regions or not before:
            continue
        end = max(m.end for m in matches[:place])
        if _is_near(words[end : match.start]):
            found.append(match)
    return found


def _is_near(between: Sequence[Word]) -> bool:
    """Whether the words between two names say that the first is near the second."""
    said = [word.folded for word in between]
    while said and said[-1] in _ARTICLES:
        said.pop()
    text = " ".join(said)
    near = next((n for n in sorted(_NEAR, key=len)[::-1] if text.endswith(n)), "")
    if not near or not f" {text}".endswith(f" {near}"):
        return False
    rest = said[: len(said) - len(near.split())]
    return len(rest) < _FARTHEST and not any(
        word in AND or word in _VERBS or word not in _POLICE for word in rest
    )


def with_lent_states(readings: Sequence[Reading]) -> list[Reading]:
    """Lend the one state that is known, "de Sanford a Orlando", to the other names.

    Only where such a place is there, and no city elsewhere is so much larger.
    """
    state = _common_state(readings)
    return [_lend(reading, state) for reading in readings] if state else list(readings)


def _lend(reading: Reading, state: str) -> Reading:
    if reading.has_state or reading.kind != "found":
        return reading
    here = tuple(p for p in reading.places if p.state == state)
    likely = likeliest(reading)
    is_other = likely is not None and likely.state != state
    if not here or (likely is not None and is_other and is_metropolis(likely)):
        return reading
    if is_other and likely is not None and likely.is_large:
        return reading
    is_lent = likely is None and len(here) < len(reading.places)
    return replace(reading, places=here, has_state=True, is_lent=is_lent)


def _common_state(readings: Sequence[Reading]) -> str:
    """Return the one state in which places named together likely lie, or ""."""
    sure = {p.state for r in readings if _is_sure(r) for p in r.places}
    likely = {p.state for r in readings for p in _likely(r)}
    some = [{p.state for p in r.places} for r in readings if r.kind == "found"]
    for states in (sure, likely):
        if len(states) == 1:
            return next(iter(states))
    if sure or len(some) < len(readings) or not some:
        return ""
    shared = set.intersection(*some)
    of_counties = {p.state for r in readings for p in r.places if p.kind == "county"}
    for states in (shared, shared & of_counties):
        if len(states) == 1:
            return next(iter(states))
    return ""


def _is_sure(reading: Reading) -> bool:
    states = {p.state for p in reading.places}
    return reading.has_state or (len(states) == 1 and "" not in states)


def _likely(reading: Reading) -> tuple[Place, ...]:
    if _is_sure(reading):
        return reading.places[:1]
    large = tuple(p for p in reading.places if is_metropolis(p))
    likely = likeliest(reading)
    return large[:1] if likely is None else (likely,)


def with_counties_beside(readings: Sequence[Reading]) -> list[Reading]:
    """Read "Rockland" beside Bergen County as the one county of that name."""
    if not any(r.marker == "county" for r in readings):
        return list(readings)
    return [_as_county(reading) for reading in readings]


def _as_county(reading: Reading) -> Reading:
    counties = tuple(p for p in reading.places if p.kind == "county")
    is_open = not _is_sure(reading) and likeliest(reading) is None
    if reading.marker not in ("", "sheriff") or not is_open or len(counties) != 1:
        return reading
    return replace(
        reading, places=counties, marker="county", has_state=True, is_lent=True
    )
