"""Keeps the towns with their counties, and the ZIP codes, lean and read when asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

import us

TOWNS_FILE: Final = Path(__file__).with_name("us_towns.txt")
BY_HAND_FILE: Final = Path(__file__).with_name("us_towns_by_hand.txt")
COUNTIES_FILE: Final = Path(__file__).with_name("us_counties.txt")
ZIPS_FILE: Final = Path(__file__).with_name("us_zips.txt")
_PART: Final = re.compile(r"(?P<name>.+?)(?P<signs>[~*]*)(?: (?P<codes>[\d,]+))?")


@dataclass(frozen=True)
class TownLine:
    """A town as the lists have it; `codes` of its counties within the state.

    `is_large`: by far the largest of its name; `is_word`: the name is a word, too.
    """

    state: str
    name: str
    codes: tuple[str, ...] = ()
    is_large: bool = False
    is_word: bool = False

    def written(self) -> str:
        """Return the town as it stands in a list.

        >>> TownLine("FL", "Tampa", ("057",), True).written()
        'Tampa* 057'
        """
        signs = "*" * self.is_large + "~" * self.is_word
        codes = f" {','.join(self.codes)}" if self.codes else ""
        return f"{self.name}{signs}{codes}"


@cache
def _states_by_number() -> dict[str, str]:
    states = [*us.states.STATES_AND_TERRITORIES, us.states.DC]
    return {str(state.fips): str(state.abbr) for state in states}


def number_of_state(code: str) -> str:
    """Return a state's number, with which its counties' numbers begin."""
    return _numbers_by_state().get(code, "")


@cache
def _numbers_by_state() -> dict[str, str]:
    return {code: number for number, code in _states_by_number().items()}


def state_of_fips(number: str) -> str:
    """Return the state of the first two digits of a county's number, or ""."""
    return _states_by_number().get(number, "")


def parts_of(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the state of each town of a list, and its part of the line as written."""
    for line in path.read_text(encoding="utf-8").splitlines():
        code, _, parts = line.partition(": ")
        if parts and not line.startswith("#"):
            for part in parts.split("; "):
                yield code, part


def read_part(state: str, part: str) -> TownLine:
    """Return the town that a part of a line says.

    >>> town = read_part("MO", "St. Louis* 510,189")
    >>> town.name, town.codes, town.is_large, town.is_word
    ('St. Louis', ('510', '189'), True, False)
    """
    match = _PART.fullmatch(part)
    if match is None:
        return TownLine(state, part)
    codes = tuple(match["codes"].split(",")) if match["codes"] else ()
    signs = match["signs"]
    return TownLine(state, match["name"], codes, "*" in signs, "~" in signs)


def town_lines(path: Path) -> Iterator[TownLine]:
    """Yield the towns of a list."""
    for state, part in parts_of(path):
        yield read_part(state, part)


@dataclass(frozen=True)
class ZipTown:
    """A ZIP code's town; `county`: its number, where the town lies in several."""

    name: str
    state: str
    county: str = ""


@lru_cache(maxsize=256)
def town_of_zip(digits: str) -> ZipTown | None:
    """Return the town of a ZIP code, or None if there is no such code.

    Read from the file each time: a visitor seldom writes one.

    >>> town_of_zip("07104"), town_of_zip("00000")
    (ZipTown(name='Newark', state='NJ', county=''), None)
    """
    last = int(digits[3:])
    with ZIPS_FILE.open(encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith(digits[:3]):
                continue
            head, _, parts = line.rstrip("\n").partition(": ")
            state = head[4:]
            for part in parts.split("; "):
                name, _, where = part.rpartition(" ")
                ends, _, code = where.partition("/")
                for run in ends.split(","):
                    low, _, high = run.partition("-")
                    if int(low) <= last <= int(high or low):
                        county = f"{number_of_state(state)}{code}" if code else ""
                        return ZipTown(name, state, county)
    return None
