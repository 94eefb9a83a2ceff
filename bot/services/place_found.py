"""A name found in a message, and whether it means a state or a place of that name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.services.place_names import Place
from bot.services.place_ordinary import PARTICLES
from bot.services.place_words import FILLER, Marker, Word

_NOT_ALONE: Final = "washington"
AND: Final = frozenset({"and", "or", "y", "o"})


@dataclass(frozen=True)
class Match:
    """A name in the message; `state` is the one named right after it.

    `strength`: 3 said to be a place, 2 after "in", 1 likely, 0 hardly.
    """

    start: int
    end: int
    places: tuple[Place, ...]
    marker: Marker = ""
    strength: int = 0
    state: str = ""
    regions: tuple[str, ...] = ()

    @property
    def is_state(self) -> bool:
        """Whether the name means a whole state."""
        return bool(self.places) and all(p.kind == "state" for p in self.places)


def with_meaning(
    match: Match, matches: Sequence[Match], words: Sequence[Word]
) -> Match:
    """Choose between a state and a county or town of that name; tie the state to it."""
    after = state_after(match, matches, words)
    state = _state_of(after) if after is not None else ""
    states = tuple(p for p in match.places if p.kind == "state")
    others = tuple(p for p in match.places if p.kind != "state")
    if not states or not others:
        return replace(match, state="" if states else state)
    if _is_beside_condado(match, matches, words):
        return replace(match, places=states, marker="")
    if match.marker in ("county", "town") or state:
        return replace(match, places=others, state=state)
    key = "".join(word.key for word in words[match.start : match.end])
    follows_a_place = any(
        m.end == match.start or _ends_before(m, match, words) for m in matches
    )
    if key == _NOT_ALONE and not follows_a_place:
        return match
    return replace(match, places=states)


def _is_beside_condado(
    match: Match, matches: Sequence[Match], words: Sequence[Word]
) -> bool:
    """Whether the county is another name's: "Texas condado de Cameron"."""
    for other in matches:
        low, high = sorted((match, other), key=lambda m: m.start)
        between = [word.folded for word in words[low.end : high.start]]
        between = [word for word in between if word not in PARTICLES | {"del"}]
        if other is not match and between in (["condado"], ["condados"]):
            return not any(p.kind == "state" for p in other.places)
    return False


def state_after(
    match: Match, matches: Sequence[Match], words: Sequence[Word]
) -> Match | None:
    for other in matches:
        states = any(p.kind == "state" for p in other.places)
        if states and other is not match and _ends_before(match, other, words):
            return other
    return None


def _state_of(match: Match) -> str:
    return next((p.state for p in match.places if p.kind == "state"), "")


def _ends_before(match: Match, other: Match, words: Sequence[Word]) -> bool:
    """Whether the other follows at once, with the name's own "county" between."""
    if other.start < match.end:
        return False
    between = words[match.end : other.start]
    return all(
        word.folded in FILLER and word.folded not in AND for word in between
    ) and len(between) <= (2 if match.marker else 1)
