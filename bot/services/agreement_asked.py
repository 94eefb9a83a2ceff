"""Finds which agency is asked about by its work: troopers, wardens, campus police."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from bot.core.agreements import Agreement, agency_key
from bot.core.languages import Language
from bot.core.matching import fold
from bot.services.agreement_places import FoundAgency, grouped, ties_of
from bot.services.place_words import FILLER


@dataclass(frozen=True)
class Kind:
    """A kind of agency: how visitors call it, and how the list does."""

    names: dict[Language, str]
    said: re.Pattern[str]
    listed: re.Pattern[str]
    # Whether it is always a whole state's.
    is_statewide: bool = True


@dataclass(frozen=True)
class Asked:
    """The agency that is asked about: its name, those of the list, and its state."""

    name: str
    agencies: tuple[FoundAgency, ...]
    state: str
    is_statewide: bool
    # Whether it has a name of its own, as a university has.
    is_named: bool = False


_KINDS: Final = (
    Kind(
        {"en": "the Coast Guard", "es": "la Guardia Costera"},
        re.compile(r"\b(?:coast guard|guardia costera|guardacostas)\b"),
        re.compile(r"\bcoast guard\b"),
    ),
    Kind(
        {"en": "the National Guard", "es": "la Guardia Nacional"},
        re.compile(r"\b(?:national guard|guardia nacional)\b"),
        re.compile(r"\b(?:national guard|military department|state guard)\b"),
    ),
    Kind(
        {
            "en": "the state police or highway patrol",
            "es": "la policía estatal o de caminos",
        },
        re.compile(
            r"\b(?:highway patrol|state patrol|state police|troopers?"
            r"|patrulla (?:de caminos|estatal|de carreteras?)|patrulleros?"
            r" (?:estatales|de caminos)|polic?ia (?:estatal|del estado|de caminos)"
            r"|fhp|chp|ohp|thp|nysp|njsp|psp)\b"
        ),
        re.compile(
            r"\b(?:highway patrol|state patrol|state police|department of safety"
            r"|department of public safety(?! (?:crime|criminal|corrections|and corr)))"
            r"(?! crim)\b"
        ),
    ),
    Kind(
        {
            "en": "the game wardens or wildlife officers",
            "es": "los guardabosques o agentes de vida silvestre",
        },
        re.compile(
            r"\b(?:game wardens?|fish (?:and|n) game|wildlife|guarda ?bosques?|fwc|tpwd"
            r"|guarda ?parques?|vida silvestre|park rangers?)\b"
        ),
        re.compile(r"\b(?:wildlife|fish|natural resources|environmental protection)\b"),
    ),
    Kind(
        {"en": "the state prisons", "es": "las prisiones del estado"},
        re.compile(
            r"\b(?:dep(?:artmen)?t (?:of )?corrections?|state prisons?|tdcj|fdc"
            r"|departamento (?:\w+ ){0,2}correcci?on\w*|prision(?:es)? (?:estatal"
            r"|del estado)\w*)\b"
        ),
        re.compile(r"\bcorrection"),
    ),
    Kind(
        {"en": "the constables", "es": "los constables"},
        re.compile(r"\b(?:constables?|condestables?)\b"),
        re.compile(r"\bconstables?\b"),
        is_statewide=False,
    ),
    Kind(
        {"en": "the district attorney", "es": "la fiscalía"},
        re.compile(r"\b(?:district attorneys?|prosecutors?|fiscalia|fiscal)\b"),
        re.compile(r"\b(?:district attorney|state attorney|prosecut)"),
        is_statewide=False,
    ),
)
# Initials that are one state's.
_STATES: Final = {
    **{"fhp": "FL", "fwc": "FL", "fdc": "FL", "chp": "CA", "ohp": "OK", "thp": "TN"},
    **{"nysp": "NY", "njsp": "NJ", "psp": "PA", "tdcj": "TX", "tpwd": "TX"},
    **{"rutgers": "NJ", "suny": "NY", "cuny": "NY"},
}
_SCHOOLS: Final = frozenset({"rutgers", "suny", "cuny"})
_CAMPUS: Final = re.compile(
    r"\b(?P<before>(?:[a-z]+ ){0,3})(?P<kind>university|universidad|college|campus)\b"
    r"(?P<after> (?:of|de) (?:the )?[a-z]+(?: [a-z]+)?)?"
)
_SCHOOL: Final = re.compile(r"\b(?:university|college)\b")
_NO_SCHOOL: Final = re.compile(
    r"\b(?:avenue|street|calle|(?:college|university) (?:park|city|place|heights|point"
    r"|station|corners?))\b"
)
_CAMPUS_POLICE: Final = re.compile(
    r"\bcampus\b|\b(?:university|college) (?:police|cops|pd|security)\b"
    r"|\bpolicia de (?:la|mi) universidad\b"
)
_CAMPUS_NAMES: Final[dict[Language, str]] = {
    "en": "the campus police",
    "es": "la policía del campus",
}
# Schools of the list that people call by their initials.
_INITIALS: Final = frozenset({"ucf", "fiu", "fsu", "usf", "unf", "uwf", "fgcu", "famu"})
_PRECINCT: Final = re.compile(r"\b(?:precinct|precinto|pct|pcto) ?(?P<number>\d+)\b")
_SHORT_OF: Final = (("univ ", "university "), ("universidad de ", "university of "))
_IN_NAMES: Final = frozenset({"state", "new", "san", "city", "public"})
_OF_CAMPUS: Final = frozenset({"main", "north", "south", "east", "west", "my", "the"})
_SMALL: Final = frozenset({"of", "the", "and", "for", "at"})
_LEAST_INITIALS: Final = 3


def find_asked(
    text: str, state: str, language: Language, agreements: Iterable[Agreement]
) -> Asked | None:
    """Return the agency that a message asks about by its work or initials, or None.

    `state`: the state that was named, "" if none.
    """
    said = fold(text)
    here = next((_STATES[w] for w in said.split() if w in _STATES), "")
    state = state or here
    rows = [row for row in agreements if state in ("", row.state)]
    campus = _campus(said, state, language, rows)
    if campus is not None:
        return campus
    for kind in _KINDS:
        if kind.said.search(said):
            found = [r for r in rows if state and kind.listed.search(_key(r.agency))]
            if kind.is_statewide:
                found = [r for r in found if ties_of(r).is_statewide]
            number = _PRECINCT.search(said)
            if number is not None:
                found = [r for r in found if number["number"] in _key(r.agency).split()]
            name = kind.names[language]
            if number is not None:
                name = f"{name} ({number[0]})"
            return Asked(name, grouped(found), state, kind.is_statewide)
    return _by_initials(said, rows) or _school_of_initials(said, here)


def names_agency(text: str) -> bool:
    """Return whether a message asks about an agency by its work or initials.

    >>> names_agency("does fhp work with ice"), names_agency("the cops of my town")
    (True, False)
    """
    said = fold(text)
    words = set(said.split())
    if words & _INITIALS or words & set(_STATES):
        return True
    is_kind = any(kind.said.search(said) for kind in _KINDS)
    return is_kind or bool(_CAMPUS_POLICE.search(said))


def kind_in(text: str) -> str:
    """Return the words that name a kind of agency, as every state may have, or "".

    >>> kind_in("Division of Highway Patrol"), kind_in("Tampa Police Department")
    ('highway patrol', '')
    """
    said = fold(text)
    found = (kind.said.search(said) for kind in _KINDS)
    return next((match[0] for match in found if match), "")


def _campus(
    said: str, state: str, language: Language, rows: Sequence[Agreement]
) -> Asked | None:
    schools = [row for row in rows if _SCHOOL.search(_key(row.agency))]
    plain = f"{said} "
    for short, whole in _SHORT_OF:
        plain = plain.replace(short, whole)
    words = {word for word in said.split() if word not in FILLER}
    found = [
        row
        for row in schools
        if f" {_school(row.agency)} " in f" {plain}"
        or initials(_school(row.agency)) in words
    ]
    # "University of Florida" stands in "University of Florida" alone.
    longest = max((len(_school(row.agency)) for row in found), default=0)
    found = [row for row in found if len(_school(row.agency)) == longest]
    if found:
        return Asked(found[0].agency, grouped(found), found[0].state, False)
    match = _CAMPUS.search(plain)
    if match is None or _NO_SCHOOL.search(plain):
        return None
    name = _campus_name(match)
    if name:
        return Asked(name, (), state, False, is_named=True)
    if not _CAMPUS_POLICE.search(said) or _SCHOOLS & set(said.split()):
        return None
    return Asked(_CAMPUS_NAMES[language], (), state, False)


def _campus_name(match: re.Match[str]) -> str:
    """Return a school's own name, or "" for "the university"."""
    said = (match["before"] or "").split()
    before: list[str] = []
    for word in reversed(said):
        if word in FILLER and word not in _IN_NAMES:
            # "I go to SUNY, is university police on the list"
            break
        before.insert(0, word)
    if match["kind"] == "campus":
        before = [word for word in before if word not in _OF_CAMPUS]
    after = (match["after"] or "").split()
    while after and after[-1] in FILLER:
        after.pop()
    if before in ([], ["state"]) and not after:
        return ""
    kind = [] if match["kind"] == "campus" else [match["kind"]]
    words = [*before, *kind, *after]
    return " ".join(w if w in ("of", "de", "the") else w.title() for w in words)


def _school_of_initials(said: str, state: str) -> Asked | None:
    """Return a school that people call by one word, and that the list does not have."""
    words = said.split()
    called = next((word for word in words if word in _SCHOOLS), "")
    name = called.title() if called == "rutgers" else called.upper()
    for word in words[words.index(called) + 1 :][:2] if called == "suny" else ():
        if word in FILLER - _IN_NAMES:
            break
        # SUNY New Paltz
        name = f"{name} {word.title()}"
    return Asked(name, (), state, False, is_named=True) if called else None


def _by_initials(said: str, rows: Iterable[Agreement]) -> Asked | None:
    words = {w for w in said.split() if len(w) >= _LEAST_INITIALS and w not in FILLER}
    found = [
        row
        for row in rows
        if ties_of(row).is_statewide and initials(_key(row.agency)) in words
    ]
    if len({row.state for row in found}) != 1:
        return None
    return Asked(found[0].agency, grouped(found), found[0].state, True)


@lru_cache(maxsize=8192)
def initials(name: str) -> str:
    """Return a name's initials without its small words.

    >>> initials("university of central florida")
    'ucf'
    """
    return "".join(word[0] for word in name.split() if word not in _SMALL)


@lru_cache(maxsize=8192)
def _key(agency: str) -> str:
    return agency_key(agency)


def _school(agency: str) -> str:
    """Return a school's name without its police's: "university of florida"."""
    return re.sub(
        r" (?:police department|board of trustees)$|^district board of trustees of ",
        "",
        _key(agency),
    )
