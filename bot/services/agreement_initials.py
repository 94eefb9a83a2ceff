"""Reads the initials by which people call a sheriff's office or a town's police."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from bot.core.agreements import Agreement, agency_key
from bot.services.agreement_looking import MOST_CHOICES
from bot.services.agreement_places import places_of
from bot.services.place_meant import Reading
from bot.services.place_names import Place
from bot.services.place_unknown import is_short_name
from bot.services.place_words import words_of


def by_initials(
    text: str, agreements: Sequence[Agreement], state: str
) -> Reading | None:
    """Read an office's initials: asked back where several offices share them."""
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
