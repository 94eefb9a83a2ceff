"""One rule of the delay check: when it holds, what it rests on, what is said then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, get_args

Page = Literal["waited", "courts", "gather", "risks", "limits"]
PAGES: Final[tuple[Page, ...]] = get_args(Page)
# The ways through the law: a case at USCIS, a citizenship case after its interview,
# a visa abroad, a request for records, an immigration court, or not told.
Road = Literal["uscis", "citizenship", "visa", "foia", "court", "unknown"]
ROADS: Final[tuple[Road, ...]] = get_args(Road)
# The entry about the paper that was filed.
HOME: Final = "home"


@dataclass(frozen=True)
class Rule:
    """One row of the tables.

    It holds on its `roads` (none: on all), for the papers in `filed` (none: for all),
    where all signs of `needs` are there and none of `unless`; each of these is a text
    of words. `law`: keys of sources.yml; `basis`: the row of the fact sheet. `entry`
    is offered to read on, and its review is the rule's; where none is offered, `behind`
    names the entry whose review counts. Where no room is left the last spare line goes
    first; a line that is `instead_of` another stands only where that one does not.
    """

    page: Page
    key: str
    law: str
    basis: str
    entry: str | None
    roads: str = ""
    filed: str = ""
    needs: str = ""
    unless: str = ""
    says: tuple[str, ...] = ()
    given: Mapping[str, str] = field(default_factory=dict)
    is_volatile: bool = False
    behind: str = ""
    is_spare: bool = False
    instead_of: str = ""

    def holds(self, road: Road, filed: str, signs: frozenset[str]) -> bool:
        """Return whether the rule speaks about these answers."""
        return (
            (not self.roads or road in self.roads.split())
            and (not self.filed or filed in self.filed.split())
            and signs.issuperset(self.needs.split())
            and signs.isdisjoint(self.unless.split())
        )
