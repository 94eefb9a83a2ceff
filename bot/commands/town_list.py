"""Writes the lists of towns and ZIP codes anew, from the package `zipcodes`.

Run by a developer, seldom: towns change little. The package (MIT licence) is needed for
this alone, so it is no requirement of the product. Install it anywhere else, then:

    PYTHONPATH=<where zipcodes is> python -m bot.commands.town_list

Names that only the present list has are kept. What a person knows better stands in
`us_towns_by_hand.txt`, which this command never touches.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Final

from bot.services.place_names import county_key, place_key
from bot.services.town_names import (
    COUNTIES_FILE,
    TOWNS_FILE,
    ZIPS_FILE,
    TownLine,
    state_of_fips,
    town_lines,
)

_TOWNS_HEAD: Final = """\
# Towns of the United States: name, and the numbers of its counties within the state.
# From the package zipcodes 3.0.0 (MIT licence) and, where no number stands, the place
# names in phonenumbers 9.0.43 (Apache License 2.0). A star: by far the largest of the
# name. Written by bot/commands/town_list.py; additions belong in us_towns_by_hand.txt.
"""
_ZIPS_HEAD: Final = """\
# ZIP codes by their first three digits: state, town, last two digits; after a stroke
# the county's number, where the town's ZIP codes lie in several counties.
# From the package zipcodes 3.0.0 (MIT licence). Written by bot/commands/town_list.py.
"""
# The post office's short forms and its names for senders of much mail: nobody's words.
_POSTAL: Final = re.compile(
    r"\b(?:[A-Z]|Hts|Spgs|Plns|Ltl|Twp|Jct|Vlg|Bch|Pk|Gdns|Grv|Crk|Cty|Ctr|Cntr|Lk|Is"
    r"|Plt|Hls|Hl|Vly|Vw|Vis|Fls|Mdws|Hbr|Shrs|Spg|Brg|Bluf|Rnch|Sta|Stn|Afb|Ctl|Washingtn"
    r"|Firm|Zip|Univ|Po|Box|Bank|Insurance|Corp|Inc|Mail|Irs|Dept|Sq|Pt|Isl|Est|Cv|Frk"
    r"|Hlds|Apo|Fpo|Dpo|Bldg|Company|Service|Services|Revenue|Government|Reply|Tax)\b|[0-9]"
)
_NO_TOWN: Final = re.compile(
    r"\b(?:Apo|Fpo|Dpo|Dfw|Hlds|Univ|College Of)\b"
    r"|\bUniversity(?! (?:Park|City|Heights|Place)\b)"
)
_TAIL: Final = re.compile(r" (?:Township|Twp|Borough|Boro)$")
_KINDS: Final = frozenset({"STANDARD", "PO BOX"})
# So many ZIP codes, and so many times a namesake's, has the one that people mean.
_LARGE: Final = 6
_TIMES: Final = 3
# A name that is so frequent in texts (Zipf's scale) may be a word or a person's name.
_FREQUENT: Final = 2.95
# A county that holds a smaller part of a town's ZIP codes holds none of its people.
_LEAST_PART: Final = 0.06


@dataclass
class _Town:
    """What the ZIP codes say of one town."""

    name: str
    counties: Counter[str] = field(default_factory=Counter)
    also_counties: Counter[str] = field(default_factory=Counter)
    zips: int = 0


Towns = dict[str, dict[str, _Town]]


def main() -> None:
    """Read the package, write both lists, and print how many towns they have."""
    import zipcodes  # type: ignore[import-not-found]

    rows = [row for row in zipcodes.list_all() if row["zip_code_type"] in _KINDS]
    numbers = _county_numbers()
    rows = [row for row in rows if row["state"] in numbers]
    towns = _read_towns(rows, numbers)
    for line in town_lines(TOWNS_FILE):
        of_state = towns[line.state]
        key = place_key(_TAIL.sub("", line.name))
        if _NO_TOWN.search(line.name):
            continue
        # Names of before are spelt as people spell them: St. Louis, LaBelle.
        of_state.setdefault(key, _Town(line.name)).name = _TAIL.sub("", line.name)
    TOWNS_FILE.write_text(_TOWNS_HEAD + _written(towns), encoding="utf-8")
    ZIPS_FILE.write_text(_ZIPS_HEAD + _written_zips(rows, numbers), encoding="utf-8")
    print(f"{sum(map(len, towns.values()))} towns, {len(rows)} ZIP codes")


def _county_numbers() -> Mapping[str, Mapping[str, str]]:
    """Return the numbers of counties and independent cities by state and key."""
    numbers: dict[str, dict[str, str]] = defaultdict(dict)
    for line in COUNTIES_FILE.read_text(encoding="utf-8").splitlines():
        fips, _, name = line.partition(" ")
        state = state_of_fips(fips[:2])
        if state:
            numbers[state].setdefault(place_key(name), fips[2:])
            numbers[state].setdefault(county_key(name), fips[2:])
    return numbers


def _read_towns(
    rows: Iterable[Mapping[str, Any]], numbers: Mapping[str, Mapping[str, str]]
) -> Towns:
    towns: Towns = defaultdict(dict)
    for row in rows:
        of_state = towns[row["state"]]
        number = _number_of(row, numbers)
        for name in (row["city"], *row["acceptable_cities"]):
            is_main = name == row["city"]
            if _NO_TOWN.search(name) or (not is_main and _POSTAL.search(name)):
                continue
            bare = _TAIL.sub("", name)
            town = of_state.setdefault(place_key(bare), _Town(bare))
            town.zips += is_main
            if number:
                is_sure = is_main and row["zip_code_type"] == "STANDARD"
                (town.counties if is_sure else town.also_counties)[number] += 1
    return towns


def _independent_cities() -> Mapping[str, Collection[str]]:
    """Return the numbers of cities that are in no county, by state."""
    found: dict[str, set[str]] = defaultdict(set)
    for line in COUNTIES_FILE.read_text(encoding="utf-8").splitlines():
        if line.endswith(" city"):
            found[state_of_fips(line[:2])].add(line[2:5])
    return found


def _written(towns: Towns) -> str:
    cities = _independent_cities()
    most: dict[str, list[int]] = defaultdict(list)
    for of_state in towns.values():
        for key, town in of_state.items():
            most[key].append(town.zips)
    lines = []
    for state, of_state in sorted(towns.items()):
        names = sorted(of_state.items(), key=lambda item: item[1].name)
        own = cities.get(state, ())
        parts = [_part(town, most[key], own) for key, town in names]
        lines.append(f"{state}: {'; '.join(parts)}\n")
    return "".join(lines)


def _part(town: _Town, sizes: Iterable[int], cities: Collection[str]) -> str:
    others = sorted(sizes)[:-1]
    is_large = town.zips >= max(_LARGE, _TIMES * max(others, default=0))
    counties = town.counties or town.also_counties
    least = _LEAST_PART * sum(counties.values())
    codes = [code for code, n in counties.most_common() if n >= least]
    # Richmond, Virginia is no county's: the counties around it share its post offices.
    split = tuple(codes[:1] if codes and codes[0] in cities else codes)
    is_word = not is_large and _is_word(town.name)
    return TownLine("", town.name, split, is_large, is_word).written()


def _is_word(name: str) -> bool:
    from wordfreq import zipf_frequency

    frequent = max(zipf_frequency(name, language) for language in ("en", "es"))
    return " " not in name and frequent >= _FREQUENT


def _written_zips(
    rows: Iterable[Mapping[str, Any]], numbers: Mapping[str, Mapping[str, str]]
) -> str:
    ordered = sorted(rows, key=lambda row: str(row["zip_code"]))
    counties: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in ordered:
        counties[row["state"], row["city"]].add(_number_of(row, numbers))
    lines = []
    for prefix, group in groupby(ordered, key=lambda row: str(row["zip_code"])[:3]):
        of_town: dict[tuple[str, str, str], list[int]] = defaultdict(list)
        for row in group:
            town = row["state"], row["city"]
            number = _number_of(row, numbers) if len(counties[town]) > 1 else ""
            of_town[row["state"], row["city"], number].append(int(row["zip_code"][3:]))
        states = {state for state, _, _ in of_town}
        for state in sorted(states):
            parts = [
                f"{town} {','.join(_runs(ends))}{f'/{number}' if number else ''}"
                for (code, town, number), ends in of_town.items()
                if code == state
            ]
            lines.append(f"{prefix} {state}: {'; '.join(parts)}\n")
    return "".join(lines)


def _number_of(row: Mapping[str, Any], numbers: Mapping[str, Mapping[str, str]]) -> str:
    """Return the number of a row's county within its state, or ""."""
    known = numbers[row["state"]]
    county = row["county"]
    return known.get(place_key(county)) or known.get(county_key(county), "")


def _runs(ends: list[int]) -> Iterator[str]:
    """Yield numbers as runs.

    >>> list(_runs([2, 3, 4, 9]))
    ['02-04', '09']
    """
    start = before = ends[0]
    for end in [*ends[1:], -1]:
        if end != before + 1:
            yield f"{start:02}" if start == before else f"{start:02}-{before:02}"
            start = end
        before = end


if __name__ == "__main__":
    main()
