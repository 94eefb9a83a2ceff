"""Parts a long list into pages, for screens on which a line takes a third of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.gateway.console.knowledge_change import (
    read_number,
)

_ON_A_PAGE: Final = 50


@dataclass(frozen=True)
class ListPage:
    """One page of what was found; numbers count from one."""

    found: Sequence[Any]
    number: int

    @property
    def last(self) -> int:
        """The number of the last page; there is always one."""
        return max(1, -(-len(self.found) // _ON_A_PAGE))

    @property
    def first_line(self) -> int:
        """The place of the first line shown among all found, counted from one."""
        return (self.number - 1) * _ON_A_PAGE + 1

    @property
    def lines(self) -> Sequence[Any]:
        """The lines shown."""
        return self.found[self.first_line - 1 : self.first_line - 1 + _ON_A_PAGE]


def list_page(found: Sequence[Any], given: str) -> ListPage:
    """Return the page of that number, or the nearest one that there is."""
    page = ListPage(found, 1)
    return ListPage(found, min(max(read_number(given), 1), page.last))
