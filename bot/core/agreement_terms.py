"""What ICE's list calls columns, states, kinds and models, misspelt or not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final, Literal, get_args

import us
from rapidfuzz.distance import Levenshtein

from bot.core.agreements import Model
from bot.core.matching import fold

Column = Literal[
    "state", "agency", "kind", "county", "model", "signed", "moa", "addendum"
]
COLUMNS: Final[tuple[Column, ...]] = get_args(Column)
# By the folded header; columns stand in any order.
HEADERS: Final[Mapping[str, Column]] = MappingProxyType(
    {
        "state": "state",
        "law enforcement agency": "agency",
        "type": "kind",
        "county": "county",
        "support type": "model",
        "signed": "signed",
        "moa": "moa",
        "addendum": "addendum",
    }
)
_KINDS: Final[Mapping[str, str]] = {
    "county": "County",
    "municipal": "Municipality",
    "municipality": "Municipality",
    "muncipality": "Municipality",
    "state": "State Agency",
    "state agency": "State Agency",
}
# A new model is law that nobody here has read: it is not guessed, a person adds it.
_MODELS: Final[Mapping[str, Model]] = {
    "jail enforcement model": "JEM",
    "jail enforcment model": "JEM",
    "task force model": "TFM",
    "task force officer": "TFM",
    "warrant service office": "WSO",
    "warrant service officer": "WSO",
    "warrant services officer": "WSO",
}
# Seen in sheets of 2025 and 2026.
_MISSPELT: Final[Mapping[str, str]] = {
    "mchigan": "MI",
    "new hamsphire": "NH",
    "pennslyvania": "PA",
    "utahj": "UT",
    "west viriginia": "WV",
    "west virigina": "WV",
}
_OTHER_NAMES: Final[Mapping[str, str]] = {
    "cnmi": "MP",
    "commonwealth of the northern mariana islands": "MP",
    "us virgin islands": "VI",
    "washington dc": "DC",
}
_MISSING: Final = frozenset({"", "#n/a", "#na", "n/a", "na", "none", "-", "#ref!"})
_SHORT_NAME: Final = 5
_AGENCY: Final = re.compile(
    r"\b(?:sheriff|police|dep(?:artmen)?t|office|constable|marshal|correction|jail"
    r"|detention|safety|patrol|attorney|guard|enforcement|bureau|investigation)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class NamedState:
    """The state that a cell means; `is_guessed`: by a spelling not seen before."""

    code: str
    is_guessed: bool = False


def tidy(text: str) -> str:
    """Return a cell's text as printed, without what one cannot see.

    >>> tidy("  Lake\\u00a0 Conty \\u200b")
    'Lake Conty'
    """
    composed = unicodedata.normalize("NFC", text)
    seen = (c for c in composed if c.isspace() or unicodedata.category(c)[0] != "C")
    return " ".join("".join(seen).split())


def without_missing(text: str) -> str:
    """Return a tidied text, or "" where it says that there is nothing.

    >>> without_missing("#N/A"), without_missing("Lake Conty")
    ('', 'Lake Conty')
    """
    return "" if text.casefold() in _MISSING else text


def find_state(text: str) -> NamedState | None:
    """Return the state that a name, a code or a slip of one means, or None.

    >>> find_state("NEW HAMSPHIRE").code, find_state("ny").code
    ('NH', 'NY')
    >>> find_state("TENESSEE")
    NamedState(code='TN', is_guessed=True)
    >>> find_state("NOUTH CAROLINA") is None, find_state("CANADA") is None
    (True, True)
    """
    name = fold(text)
    known = _state_names()
    code = known.get(name) or _MISSPELT.get(name) or _OTHER_NAMES.get(name)
    if code:
        return NamedState(code)
    if len(name) == 2 and name.upper() in known.values():
        return NamedState(name.upper())
    # One or two letters from exactly one state; of a short name that is half of it.
    most = 1 if len(name) <= _SHORT_NAME else 2
    near = {
        code
        for spelt, code in known.items()
        if Levenshtein.distance(name, spelt, score_cutoff=most) <= most
    }
    return NamedState(near.pop(), is_guessed=True) if len(near) == 1 else None


def find_model(text: str) -> Model | None:
    """Return the model that a SUPPORT TYPE means, or None.

    >>> find_model("Warrant Services  Officer "), find_model("Tribal Model")
    ('WSO', None)
    """
    return _MODELS.get(fold(text))


def find_kind(text: str) -> str:
    """Return the kind of an agency in one spelling; an unknown one as it is printed.

    >>> find_kind("Muncipality "), find_kind("Tribe"), find_kind("#NA")
    ('Municipality', 'Tribe', '')
    """
    printed = without_missing(tidy(text))
    return _KINDS.get(fold(printed), printed)


def is_kind(text: str) -> bool:
    """Return whether a text names a kind of agency that the list knows."""
    return text in _KINDS.values()


def is_agency(text: str) -> bool:
    """Return whether a text has a word that names of police agencies have.

    >>> is_agency("Collier County Sheriff\u2019s Office"), is_agency("Collier County")
    (True, False)
    """
    return _AGENCY.search(text) is not None


@cache
def state_names() -> Mapping[str, str]:
    """Return the names of states and territories by code, in English.

    >>> state_names()["NY"], state_names()["MP"]
    ('New York', 'Northern Mariana Islands')
    """
    places = [*us.STATES_AND_TERRITORIES, us.states.DC]
    return MappingProxyType({state.abbr: state.name for state in places})


@cache
def _state_names() -> Mapping[str, str]:
    return {fold(name): code for code, name in state_names().items()}
