"""Knows countries and places abroad, which share their names with American towns."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

from bot.services.place_ordinary import word_set
from bot.services.place_words import FILLER, Word

# In each name, "_" parts its words.
_COUNTRIES: Final = word_set(
    "mexico honduras guatemala el_salvador nicaragua costa_rica panama colombia"
    " venezuela ecuador peru bolivia chile argentina uruguay paraguay brazil brasil"
    " cuba haiti dominican_republic republica_dominicana spain espana italy"
    " italia france francia germany alemania england inglaterra ireland irlanda"
    " canada china india russia rusia ukraine ucrania philippines filipinas belize"
    " poland polonia egypt egipto turkey turquia"
)
# States and cities abroad that most people mean when they say the name alone.
_CITIES: Final = word_set(
    "guanajuato jalisco michoacan oaxaca sinaloa chiapas zacatecas tamaulipas"
    " nuevo_leon coahuila chihuahua queretaro yucatan morelos"
    " ciudad_juarez tijuana guadalajara cancun acapulco"
    " san_pedro_sula tegucigalpa quetzaltenango managua"
    " bogota medellin caracas maracaibo guayaquil quito"
    " la_habana madrid barcelona sevilla londres london paris roma"
    " ciudad_de_panama ciudad_de_mexico san_salvador santiago santo_domingo"
    " berlin toronto montreal buenos_aires montevideo"
)
_LINKS: Final = frozenset({"de", "in", "en", "del", "la", "of"})
# "sula" of San Pedro Sula may stand between a name and its country.
_FURTHEST: Final = 2
_MOST: Final = 3


def foreign_at(words: Sequence[Word], start: int) -> str:
    """Return the country or place abroad whose name begins at a word, or ""."""
    return _names().get(_key_at(words, start), "")


def words_abroad(words: Sequence[Word], start: int) -> int:
    """Return of how many words the name abroad that begins here is; 0: there is none.

    "Costa" of Costa Rica is no town of West Virginia.
    """
    key = _key_at(words, start)
    lengths = range(1, _MOST + 1)
    made = ("".join(w.folded for w in words[start : start + n]) for n in lengths)
    return next((n for n, one in zip(lengths, made) if key and one == key), 0)


def _key_at(words: Sequence[Word], start: int) -> str:
    for length in range(min(_MOST, len(words) - start), 0, -1):
        key = "".join(word.folded for word in words[start : start + length])
        if key in _names():
            return key
    return ""


def country_after(words: Sequence[Word], end: int) -> str:
    """Return the country that follows a name which ends at `end`, or "".

    "Santa Ana, El Salvador" is abroad; "Naples, I am from Mexico" is not.
    """
    place, unknown = end, 0
    while place < len(words) and unknown < _FURTHEST:
        found = foreign_at(words, place)
        if found:
            return found
        if words[place].folded not in _LINKS:
            if words[place].folded in FILLER:
                return ""
            unknown += 1
        place += 1
    return ""


def foreign_name(words: Sequence[Word]) -> str:
    """Return the first country or place abroad that is named, or ""."""
    found = (foreign_at(words, start) for start in range(len(words)))
    return next((name for name in found if name), "")


def is_abroad_alone(key: str) -> bool:
    """Return whether a name alone most likely means a country or place abroad."""
    return key in _names()


@cache
def _names() -> dict[str, str]:
    """Return the names by their keys: as they are written.

    >>> _names()["sanpedrosula"], _names()["ciudaddemexico"]
    ('San Pedro Sula', 'Ciudad de Mexico')
    """
    return {
        name.replace("_", ""): name.replace("_", " ").title().replace(" De ", " de ")
        for name in (*_COUNTRIES, *_CITIES)
    }
