"""Leaves out places that are only spoken of: where somebody came from, "not Texas"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.services.place_matches import Match
from bot.services.place_ordinary import is_ordinary, word_set
from bot.services.place_typos import near_places
from bot.services.place_words import FILLER, Word

_LITTLE: Final = word_set("the el la los las of de del in en one county condado state")
_FROM: Final = word_set("from de desde")
# Of what is past: who is moving asks about both.
_MOVED: Final = word_set(
    "moved relocated came come arrived left back mude mudamos mudaron mudado vine"
    " vinimos vengo venimos llegue llegamos regrese cambie"
)
_LIVED: Final = word_set("lived vivia viviamos vivi vivimos vivian residia")
_PEOPLE: Final = word_set(
    "cousin brother sister husband wife friend uncle aunt nephew niece son daughter"
    " boyfriend girlfriend neighbor mom mother dad father family guy coworker roommate"
    " primo prima hermano hermana esposo esposa marido amigo amiga tio tia sobrino"
    " sobrina hijo hija novio novia vecino vecina mama madre papa padre familia cunado"
    " cunada suegro suegra companero companera paisano conocido"
)
_TO: Final = word_set("to a hacia para")
_IN: Final = [Word("in", "in")]
_TOWN: Final = [Word("town", "town"), Word("of", "of")]
_NOT: Final = "not"
_NO: Final = "no"
_INSTEAD: Final = ("instead of", "rather than", "en vez de", "en lugar de", "ya no")
_FAR: Final = 3


def without_left(words: list[Word], matches: Sequence[Match]) -> list[Word] | None:
    """Return the words without places that are not asked about, or None: all are.

    One place must remain: "not in Texas" alone still speaks of Texas.
    """
    goals = {at: _goal_of(match, matches, words) for at, match in enumerate(matches)}
    parted = {
        at
        for at, match in enumerate(matches)
        if goals[at] or _is_left(at, matches, words)
    }
    # "from Houston Texas": the state goes with its town.
    gone = {
        at
        for at, match in enumerate(matches)
        if at in parted
        or (at - 1 in parted and _is_state_of(matches[at - 1], match, words))
    }
    kept = [m for at, m in enumerate(matches) if at not in gone]
    goal = next((goals[at] for at in sorted(parted) if goals[at]), 0)
    if not parted or not (goal or any(m.is_state or m.strength for m in kept)):
        return None
    taken = {i for at in gone for i in range(matches[at].start, matches[at].end)}
    left = [word for place, word in enumerate(words) if place not in taken]
    if goal:
        # "to Chatanooga" stands where a place's name stands, however it is spelt.
        at = left.index(words[goal], goal - 1 - len(taken))
        is_known = any(m.start == goal for m in matches)
        left[at - 1 : at] = _IN if is_known else _TOWN
    return left


def _goal_of(match: Match, matches: Sequence[Match], words: Sequence[Word]) -> int:
    """Return where the place begins to which somebody moved from this one; 0: none."""
    if match.is_state or not _comes_from(_before(match, words)):
        return 0
    end = match.end
    if any(m.is_state and m.start == end for m in matches):
        end += 1
    if end + 1 >= len(words) or words[end].folded not in _TO:
        return 0
    goal = words[end + 1]
    if any(m.start == end + 1 for m in matches):
        return end + 1
    if goal.folded in FILLER or is_ordinary(goal.key) or not goal.folded.isalpha():
        return 0
    is_town = goal.is_capital or bool(near_places(goal.key, "", {}, True))
    return end + 1 if is_town else 0


def _is_state_of(town: Match, state: Match, words: Sequence[Word]) -> bool:
    is_next = town.end == state.start and not words[town.end - 1].after
    return state.is_state and is_next


def _is_left(at: int, matches: Sequence[Match], words: Sequence[Word]) -> bool:
    match = matches[at]
    before = _before(match, words)
    if any(" ".join(before).endswith(phrase) for phrase in _INSTEAD):
        return True
    rest = list(before)
    while rest and rest[-1] in _LITTLE:
        rest.pop()
    if rest and rest[-1] in (_NOT, _NO):
        # "no texas" begins a correction; "georgia no texas" denies Texas.
        is_first = not any(m.end <= match.start for m in matches)
        return rest[-1] == _NOT or not is_first
    others = any(m is not match and m.strength and not m.is_state for m in matches)
    return others and _comes_from(before)


def _comes_from(before: Sequence[str]) -> bool:
    """Whether "from" or "used to live in" stands right before a name."""
    rest = list(before)
    while rest and rest[-1] in ("the", "el", "la", "county", "condado"):
        rest.pop()
    if not rest:
        return False
    if rest[-1] in _FROM:
        near = rest[-1 - _FAR : -1]
        near = near[:-2] if near[-2:] == ["in", "law"] else near
        return bool(_MOVED & set(near)) or (bool(near) and near[-1] in _PEOPLE)
    if rest[-1] in ("in", "en"):
        return bool(_LIVED & set(rest[-2:-1])) or rest[-4:-1] == ["used", "to", "live"]
    return False


def _before(match: Match, words: Sequence[Word]) -> list[str]:
    """Return the words before a name, back to the last sign."""
    before: list[str] = []
    for word in reversed(words[max(0, match.start - 6) : match.start]):
        if word.after:
            break
        before.insert(0, word.folded)
    return before
