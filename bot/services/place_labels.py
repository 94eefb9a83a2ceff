"""Says a place's name as a visitor reads it, in both languages."""

from __future__ import annotations

import re
from typing import Final

from bot.core.languages import Language
from bot.services.place_meant import Reading
from bot.services.place_names import Place, state_name

_KINDS: Final = re.compile(r"^(?P<name>.+) (?P<kind>County|Parish)$")
_SPANISH_KINDS: Final = {"County": "Condado", "Parish": "Parroquia"}
_SHORT: Final = {"County": "o.", "Parish": "ar.", "Condado": "do.", "Parroquia": "arr."}
# Three buttons on WhatsApp have room for no more.
_MOST_LETTERS: Final = 20
_ARTICLE: Final = re.compile(r"^(?:the|el) ", re.IGNORECASE)
_IN_SPANISH: Final = {"County": "condado de", "Parish": "parroquia de"}


def label_of(reading: Reading, language: Language) -> str:
    """Return the name of the one place that is meant, with its state."""
    first = reading.places[0]
    if first.kind == "state":
        return state_name(first.state, language)
    name = spoken(first.name, language)
    if reading.zip_code:
        name = f"{name} ({reading.zip_code})"
    outer = [p for p in reading.places if p.kind == "county"]
    if first.kind == "town" and outer:
        name = f"{name} ({spoken(outer[0].name, language)})"
    elif first.is_nickname and first.kind == "county":
        own = _ARTICLE.sub("", reading.name)
        own = own if own.casefold() not in name.casefold() else ""
        name = f"{own} ({name})" if own else name
    elif len({p.name for p in reading.places}) > 1 and not reading.zip_code:
        name = reading.name
    return f"{name}, {state_name(first.state, language)}"


def said_label(reading: Reading, language: Language) -> str:
    """Return a name as it was said, without a state: Nassau County."""
    if reading.marker not in ("county", "sheriff"):
        return reading.name
    if not any(p.kind == "county" for p in reading.places):
        return reading.name
    return spoken(f"{reading.name} County", language)


def with_article(name: str, language: Language) -> str:
    """Return a name as it stands in a sentence: with its article, in Spanish.

    >>> with_article("condado de Lee", "es"), with_article("Tampa", "es")
    ('el condado de Lee', 'Tampa')
    """
    if language == "es" and name.startswith("condado "):
        return f"el {name}"
    if language == "es" and name.startswith("parroquia "):
        return f"la {name}"
    return name


def choice_label(text: str, language: Language) -> str:
    """Return a place's text as it is shown: nobody speaks of the town of Tampa.

    >>> choice_label("town of Tampa, FL", "es"), choice_label("NY", "es")
    ('Tampa, FL', 'Nueva York')
    """
    name, comma, state = text.removeprefix("town of ").partition(", ")
    if not comma:
        return state_name(name, language)
    return f"{spoken(name, language)}, {state}"


def short_label(place: Place, language: Language) -> str:
    """Return a name that fits on a button: Nassau County, NY.

    >>> county = Place("county", "Rensselaer County", "NY")
    >>> short_label(county, "en"), short_label(county, "es")
    ('Rensselaer Co., NY', 'Cdo. Rensselaer, NY')
    """
    if place.kind == "state":
        return state_name(place.state, language)
    end = f", {place.state}" if place.state else ""
    match = _KINDS.match(place.name)
    if match is None:
        return place.name + end
    bare, kind = match["name"], match["kind"]
    if language == "es":
        kind = _SPANISH_KINDS[kind]
        whole, shorter = f"{kind} {bare}", f"{kind[0]}{_SHORT[kind]} {bare}"
    else:
        whole, shorter = place.name, f"{bare} {kind[0]}{_SHORT[kind]}"
    return (whole if len(whole + end) <= _MOST_LETTERS else shorter) + end


def spoken(name: str, language: Language) -> str:
    """Return a county's name as people say it in a language.

    >>> spoken("Nassau County", "es"), spoken("Danbury", "es")
    ('condado de Nassau', 'Danbury')
    """
    match = _KINDS.match(name)
    if language == "en" or match is None:
        return name
    return f"{_IN_SPANISH[match['kind']]} {match['name']}"
