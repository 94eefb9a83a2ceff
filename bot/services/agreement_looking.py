"""One look into the list, or the override that speaks in its place, and its words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from bot.core.agreements import Agreement, Override
from bot.core.languages import Language
from bot.services.agreement_found import Choice, Found, FoundKind
from bot.services.agreement_near import (
    are_of_towns,
    bare_counties,
    is_own_county,
    near_agencies,
)
from bot.services.agreement_places import agencies_of, own_agencies, statewide
from bot.services.place_labels import (
    choice_label,
    label_of,
    said_label,
    short_label,
    spoken,
    with_article,
)
from bot.services.place_meant import OFFICE_STATES, Reading, with_counties
from bot.services.place_names import Place, gazetteer, place_key, state_name
from bot.services.places import exact_text, place_text

LATE_DAYS: Final = 45
MOST_DAYS: Final = 120
MOST_CHOICES: Final = 9
# Of very many states that have a place of the name, so many are offered.
_MOST_STATES: Final = 8
# Where people live who say these names, of which many states have some village.
_WELL_KNOWN: Final = {
    "albany": ("NY", "GA", "OR"),
    "arlington": ("TX", "VA", "MA", "WA"),
    "aurora": ("CO", "IL"),
    "bloomington": ("IL", "IN", "MN"),
    "charleston": ("SC", "WV"),
    "columbia": ("SC", "MO", "MD", "TN"),
    "columbus": ("OH", "GA", "IN"),
    "fayetteville": ("NC", "AR", "GA"),
    "greenville": ("SC", "NC", "TX", "MS"),
    "jackson": ("MS", "TN", "MI"),
    "lafayette": ("LA", "IN"),
    "portland": ("OR", "ME"),
    "richmond": ("VA", "CA", "TX", "IN", "KY"),
    "springfield": ("IL", "MA", "MO", "OH", "OR"),
    "wilmington": ("NC", "DE"),
}
_NEAR_STATES: Final = (*OFFICE_STATES, "CT", "PA")


@dataclass(frozen=True)
class Source:
    """Where the answer for a state comes from, and how old it is."""

    agreements: Sequence[Agreement]
    dated: date | None
    override: Override | None
    days: int

    @property
    def kind(self) -> FoundKind | None:
        """Why it cannot answer, or None."""
        if self.dated is None:
            return "no_list"
        return "too_old" if self.days > MOST_DAYS else None


class Looking:
    """One search, with all that it needs to know."""

    def __init__(
        self,
        language: Language,
        agreements: Sequence[Agreement],
        overrides: Mapping[str, Override],
        dated: date | None,
        today: date,
    ) -> None:
        self.language = language
        self.agreements = [row for row in agreements if row.state not in overrides]
        self.agreements += [row for o in overrides.values() for row in o.agreements]
        self.overrides = overrides
        self.dated = dated
        self.today = today

    def source(self, state: str) -> Source:
        """Return what speaks for a state: the override, else the list."""
        override = self.overrides.get(state)
        dated = override.as_of if override is not None else self.dated
        days = (self.today - dated).days if dated is not None else 0
        return Source(self.agreements, dated, override, days)

    def refused(self, states: Iterable[str]) -> Found | None:
        """Return why nothing can be said of any of these states, or None."""
        sources = [self.source(state) for state in states] or [self.source("")]
        if any(source.kind is None for source in sources):
            return None
        kind = sources[0].kind
        return Found(kind, dated=sources[0].dated) if kind is not None else None

    def answer(self, reading: Reading) -> Found:
        """Return what the list says of the one place that a reading means."""
        reading = _of_one_sort(reading)
        first = reading.places[0]
        source = self.source(first.state)
        place = label_of(reading, self.language)
        if source.kind is not None:
            return Found(source.kind, place, (first.state,), dated=source.dated)
        both = self._county_or_town(reading, source)
        if both is not None:
            return replace(both, place=place, states=(first.state,))
        # Of a town's county only its own agencies count, not its other towns'.
        of = (first,) if first.kind == "town" and first.counties else reading.places
        agencies = agencies_of(of, source.agreements)
        named = own_agencies(first, source.agreements)
        own = named if first.kind == "town" else ()
        of_county = tuple(a for a in agencies if a not in own)
        wide = statewide(first.state, source.agreements)
        near = () if of_county else near_agencies(first, source.agreements, own)
        return Found(
            "listed" if agencies else "not_listed",
            place,
            (first.state,),
            (*own, *of_county),
            is_late=source.days >= LATE_DAYS,
            override=source.override,
            dated=source.dated,
            days=source.days,
            sort=first.kind,
            statewide=() if first.kind == "state" else wide,
            counties=self._counties(first),
            is_own_county=is_own_county(first),
            bare_counties=bare_counties(first, of_county, self.language),
            county_agencies=of_county if first.kind == "town" else (),
            near=near,
            only_towns=are_of_towns(first, agencies),
        )

    def not_shown(self, agency: str) -> Found:
        """Return that the list does not show an agency of which no state was named."""
        source = self.source("")
        if source.kind is not None:
            return Found(source.kind, agency, dated=source.dated)
        is_late = source.days >= LATE_DAYS
        return Found(
            "not_listed",
            agency,
            dated=source.dated,
            days=source.days,
            is_late=is_late,
            asked=agency,
        )

    def ask_place(self, reading: Reading) -> Found:
        """Ask which of several places is meant."""
        places = {place_text(p): short_label(p, self.language) for p in reading.places}
        texts = {t: choice_label(t, self.language) for t in reading.texts} or places
        if reading.typed is not None and reading.typed.state and texts:
            texts[exact_text(reading.typed)] = reading.typed.name
        choices = tuple(Choice(label, text) for text, label in texts.items())
        states = tuple(dict.fromkeys(p.state for p in reading.places))
        if len(choices) > MOST_CHOICES:
            choices = ()
        return Found("ask_place", reading.name, states, choices=choices)

    def ask_state(self, reading: Reading) -> Found:
        """Ask in which state the place is; it may be one that is not offered."""
        states = tuple(sorted({p.state for p in reading.places} - {""}))
        choices = []
        for state in self._offered(states, reading):
            here = [p for p in reading.places if p.state == state]
            whole = [p for p in here if p.kind == "state"]
            here = whole or here
            name = place_text(here[0]) if len(here) == 1 else f"{reading.name}, {state}"
            choices.append(Choice(state_name(state, self.language), name))
        place = said_label(reading, self.language)
        return Found(
            "ask_state",
            place,
            states,
            choices=tuple(choices),
            place_the=with_article(place, self.language),
            may_write=True,
        )

    def _offered(self, states: Sequence[str], reading: Reading) -> Sequence[str]:
        """Return the states to offer: the office's first, then those most likely."""
        known = _WELL_KNOWN.get(place_key(reading.name), ())
        is_county = reading.marker in ("county", "sheriff")
        famous = [s for s in known if s in states and not is_county]
        large = [*(p.state for p in reading.places if p.is_large), *famous]
        near = [s for s in _NEAR_STATES if s in states]
        whole = [p.state for p in reading.places if p.kind == "state"]
        first = [*whole, *(s for s in OFFICE_STATES if s in states)]
        if len(states) <= MOST_CHOICES:
            return list(dict.fromkeys((*first, *large, *states)))
        listed = {p.state for p in reading.places if agencies_of((p,), self.agreements)}
        likely = [*first, *large, *sorted(listed), *near]
        return list(dict.fromkeys(likely))[:_MOST_STATES]

    def _counties(self, place: Place) -> tuple[str, ...]:
        known = gazetteer().by_fips
        numbers = place.counties if place.kind == "town" else ()
        found = [known[number] for number in numbers if number in known]
        return tuple(spoken(county.name, self.language) for county in found)

    def _county_or_town(self, reading: Reading, source: Source) -> Found | None:
        """Ask back where county and town of a name have different agencies."""
        towns = [p for p in reading.places if p.kind == "town"]
        counties = [p for p in reading.places if p.kind == "county"]
        if not towns or not counties or reading.marker in ("town", "county"):
            return None
        if counties[0].fips in towns[0].counties:
            return None
        of_town = agencies_of(towns[:1], source.agreements)
        of_county = agencies_of(counties[:1], source.agreements)
        if set(of_town) == set(of_county):
            return None
        return self.ask_place(Reading("maybe", (counties[0], towns[0]), reading.name))


def _of_one_sort(reading: Reading) -> Reading:
    """Read a town before a county of its name; a large one alone: Houston, TX.

    Orange, Texas lies in Orange County: its answer has both. Houston County is far
    from Houston, which is what people mean.
    """
    places = tuple(map(with_counties, reading.places))
    towns = [p for p in places if p.kind == "town"]
    counties = [p for p in places if p.kind == "county"]
    if towns and counties and reading.marker not in ("county", "town"):
        inner = [c for c in counties if c.fips in towns[0].counties]
        # The sheriff of Houston, Texas may be that of Houston County.
        is_large = towns[0].is_large and reading.marker != "sheriff"
        if inner or is_large:
            places = (towns[0],)
    return replace(reading, places=places)
