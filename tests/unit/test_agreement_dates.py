"""The date of a list: never newer than can be shown, and doubts are told."""

from __future__ import annotations

from datetime import date

import pytest

from bot.core.agreements import SheetRefused
from bot.services.agreement_dates import (
    SHEET_NAME,
    date_in_cell,
    date_in_sheet_name,
    date_sheet,
)

TODAY = date(2026, 11, 21)
MAY = date(2026, 5, 18)
LAST_SIGNED = date(2026, 5, 17)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("participatingAgencies05182026am.xlsx", date(2026, 5, 18)),
        ("participatingAgencies04212026am 12.15.07 AM.xlsx", date(2026, 4, 21)),
        ("participatingAgencies060920263pm.xlsx", date(2026, 6, 9)),
        ("ParticipatingAgencies09212026pm.xlsx", date(2026, 9, 21)),
        ("ParticipatingAgency091826am.xlsx", date(2026, 9, 18)),
        ("287gParticipatingAgencies091526pm.xlsx", date(2026, 9, 15)),
        ("participatingAgencies01052025pm.xlsx", date(2025, 1, 5)),
        ("participatingAgencies.xlsx", None),
        ("participatingAgencies02302026.xlsx", None),
        ("287g.xlsx", None),
    ],
)
def test_the_date_is_read_from_the_names_that_were_seen(
    name: str, day: date | None
) -> None:
    assert date_in_sheet_name(name) == day


@pytest.mark.parametrize(
    ("name", "fits"),
    [
        ("participatingAgencies05182026am.xlsx", True),
        ("ParticipatingAgency091826am.xlsx", True),
        ("287gParticipatingAgencies091526pm.xlsx", True),
        ("pendingAgencies02272026am.xlsx", False),
        ("participatingAgencies05182026am.pdf", False),
        ("agencies.xlsx", False),
    ],
)
def test_only_names_of_participating_agencies_fit(name: str, fits: bool) -> None:
    assert (SHEET_NAME.search(name) is not None) is fits


# The date in the name, the day it was saved, the list before: the date, the doubt.
WEIGHED = {
    "name and rows agree": ("05182026", None, None, MAY, None),
    "an old file stays old": ("05182026", None, date(2026, 2, 1), MAY, None),
    "year before its rows": ("05182025", None, None, LAST_SIGNED, "signed_not_name"),
    "in the future": ("05183025", None, None, LAST_SIGNED, "signed_not_name"),
    "next week": ("11302026", None, None, LAST_SIGNED, "signed_not_name"),
    "no date": ("", None, None, LAST_SIGNED, "signed_without_name"),
    "saved that day": ("05182026", MAY, None, MAY, None),
    "saved a week later": ("05182026", date(2026, 5, 25), None, MAY, None),
    "saved later": (
        *("05182026", date(2026, 5, 26), None),
        *(date(2026, 5, 26), "name_far_off"),
    ),
    "named with last year": ("05182025", MAY, None, MAY, "name_far_off"),
    "saved, no date": ("", MAY, None, MAY, "name_without_date"),
    "named before the list before": (
        *("05162026", MAY, date(2026, 5, 17)),
        *(MAY, "name_before_last"),
    ),
    "saved in the future": (
        *("11202026", date(2027, 1, 1), None),
        *(date(2026, 11, 20), None),
    ),
}


@pytest.mark.parametrize("case", WEIGHED)
def test_the_date_is_weighed_against_rows_days_and_the_list_before(case: str) -> None:
    named, downloaded, before, day, doubt = WEIGHED[case]
    name = f"participatingAgencies{named}am.xlsx"
    dated = date_sheet(name, LAST_SIGNED, downloaded, TODAY, before)
    assert dated.day == day
    assert (dated.doubt.code if dated.doubt else None) == doubt


def test_without_any_date_the_sheet_is_refused() -> None:
    with pytest.raises(SheetRefused):
        date_sheet("list.xlsx", None, None, TODAY, None)


@pytest.mark.parametrize("value", ["5/18/2026", True, 7, 1e12, None, float("1e5")])
def test_a_cell_that_holds_no_date_gives_none(value: object) -> None:
    assert date_in_cell(value) is None
