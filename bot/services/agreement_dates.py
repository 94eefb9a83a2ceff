"""Finds the date of a sheet: its name may be wrong, so it is weighed against others."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from openpyxl.utils.datetime import from_excel  # type: ignore[import-untyped]

from bot.core.agreements import Remark, SheetRefused, remark

# As ICE names them: participatingAgencies05182026am.xlsx, ...091826am, ...060920263pm.
SHEET_NAME: Final = re.compile(r"particip\w*agenc\w*.*\.xlsx$", re.IGNORECASE)
_DATE: Final = re.compile(
    r"agenc(?:y|ies)\D{0,10}(?P<month>\d\d)(?P<day>\d\d)(?P<year>20\d\d|\d\d)",
    re.IGNORECASE,
)
_FAR: Final = timedelta(days=7)
# The days of 2019 to 2099 as a workbook numbers them.
_SERIALS: Final = range(43_466, 73_051)
_CLOCKS_DIFFER: Final = timedelta(days=1)


@dataclass(frozen=True)
class Dated:
    """The date of a sheet; a doubt about it is for a person to look at."""

    day: date
    doubt: Remark | None = None


def date_in_sheet_name(name: str) -> date | None:
    """Return the date in a sheet's name, or None.

    >>> date_in_sheet_name("participatingAgencies060920263pm.xlsx")
    datetime.date(2026, 6, 9)
    >>> date_in_sheet_name("287gParticipatingAgencies091526pm.xlsx")
    datetime.date(2026, 9, 15)
    >>> date_in_sheet_name("list.xlsx") is None
    True
    """
    found = _DATE.search(name)
    if found is None:
        return None
    year = int(found["year"])
    try:
        whole = year if year > 99 else 2000 + year
        return date(whole, int(found["month"]), int(found["day"]))
    except ValueError:
        return None


def date_sheet(
    name: str,
    latest_signed: date | None,
    downloaded: date | None,
    today: date,
    before: date | None,
) -> Dated:
    """Return the date that a sheet counts as of.

    `downloaded` is the day on which ICE's page offered it, None if nobody knows;
    `before` is the date of the present list.

    Raises:
        SheetRefused: neither its name nor its rows have a date.
    """
    named = date_in_sheet_name(name)
    if downloaded is not None:
        return _by_download(named, min(downloaded, today), before)
    return _by_itself(named, latest_signed, today)


def date_in_cell(value: Any) -> date | None:
    """Return the date that a cell holds, or None."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    # A date cell that lost its format is the number of a day.
    if isinstance(value, (int, float)) and int(value) in _SERIALS:
        found = from_excel(int(value))
        return found.date() if isinstance(found, datetime) else None
    return None


def _by_download(named: date | None, downloaded: date, before: date | None) -> Dated:
    day = downloaded.isoformat()
    if named is None:
        return Dated(downloaded, remark("name_without_date", day=day))
    told = {"named": named.isoformat(), "day": day}
    if abs(named - downloaded) > _FAR:
        return Dated(downloaded, remark("name_far_off", **told))
    if before is not None and named < before:
        return Dated(downloaded, remark("name_before_last", **told))
    return Dated(named)


def _by_itself(named: date | None, latest_signed: date | None, today: date) -> Dated:
    # Without a day of download the list must not pass for newer than it can be shown
    # to be: an answer may be given from a fresh list only.
    is_possible = (
        named is not None
        and named <= today + _CLOCKS_DIFFER
        and (latest_signed is None or latest_signed <= named + _CLOCKS_DIFFER)
    )
    if named is not None and is_possible:
        return Dated(min(named, today))
    if latest_signed is None:
        raise SheetRefused(remark("dates_missing"))
    day = min(latest_signed, today).isoformat()
    if named is None:
        doubt = remark("signed_without_name", day=day)
    else:
        doubt = remark("signed_not_name", named=named.isoformat(), day=day)
    return Dated(min(latest_signed, today), doubt)
