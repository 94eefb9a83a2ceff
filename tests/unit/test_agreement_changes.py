"""What differs between two lists, and what a person must look at."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.core.agreements import Agreement, SheetRefused
from bot.services.agreement_changes import (
    Change,
    check_against,
    compare,
    count,
    find_alarms,
)

URL = "https://www.ice.gov/doclib/a.pdf"
BASE = Agreement(
    *("FL", "Palmetto County Sheriff's Office", "County", "Palmetto County"),
    *("TFM", date(2025, 3, 4), URL, "", ()),
)


def line(**changes: Any) -> Agreement:
    """Return a line with something else in it."""
    return replace(BASE, **changes)


def many(number: int, **changes: Any) -> list[Agreement]:
    """Return lines of so many agencies."""
    return [line(agency=f"Place{n} Police", **changes) for n in range(number)]


def told(changes: list[Change]) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return of each change its kind, the model and what changed."""
    return [(c.kind, c.agreement.model, c.what) for c in changes]


DIFFERENCES: dict[str, tuple[list[Agreement], list[Agreement], list[Any]]] = {
    "nothing": ([line()], [line()], []),
    "order": (many(3), many(3)[::-1], []),
    "new": ([], [line()], [("added", "TFM", ())]),
    "gone": ([line()], [], [("removed", "TFM", ())]),
    "another model": (
        *([line()], [line(model="WSO")]),
        [("changed", "WSO", ("model",))],
    ),
    "one model more": (
        *([line()], [line(), line(model="WSO")]),
        [("added", "WSO", ())],
    ),
    "posted at last": (
        *([line(moa_url="")], [line()]),
        [("changed", "TFM", ("moa_url",))],
    ),
    "county and date": (
        *([line()], [line(county="", signed=None)]),
        [("changed", "TFM", ("county", "signed"))],
    ),
    "the same in another state": (
        *([line()], [line(state="GA")]),
        [("removed", "TFM", ()), ("added", "TFM", ())],
    ),
    "another print of the name": (
        *([line()], [line(agency="PALMETTO Co. Sheriff\u2019s Office", flags=("a",))]),
        [],
    ),
    "one of two alike": (
        *([line(), line(signed=None)], [line(signed=None)]),
        [("removed", "TFM", ())],
    ),
}


@pytest.mark.parametrize("case", DIFFERENCES)
def test_lists_are_compared_by_agency_and_model(case: str) -> None:
    before, after, expected = DIFFERENCES[case]
    assert told(compare(before, after)) == expected


def alarms(before: list[Agreement], after: list[Agreement]) -> list[str]:
    """Return the codes of the alarms."""
    return [r.code for r in find_alarms(before, after, compare(before, after))]


def test_a_state_that_vanishes_is_an_alarm() -> None:
    before = [line(state="MD"), *many(9)]
    (alarm,) = find_alarms(before, many(9), compare(before, many(9)))
    assert (alarm.code, alarm.values) == ("state_gone", {"state": "MD", "before": 1})


@pytest.mark.parametrize("state", ["NY", "NJ"])
@pytest.mark.parametrize(
    ("after", "code"),
    [
        ([{}, {"model": "WSO"}], "watched_added"),
        ([{"county": ""}], "watched_changed"),
        ([{"model": "JEM"}], "watched_changed"),
    ],
)
def test_every_change_in_new_york_and_new_jersey_is_an_alarm(
    state: str, after: list[dict[str, Any]], code: str
) -> None:
    before = [line(state=state)]
    assert alarms(before, [line(state=state, **c) for c in after]) == [code]


def test_the_last_agency_of_new_york_gives_both_alarms() -> None:
    assert alarms([line(state="NY")], []) == ["state_gone", "watched_removed"]


def test_changes_elsewhere_are_no_alarm() -> None:
    assert alarms(many(9), [*many(8), line(state="TX")]) == []


def test_very_many_changes_at_once_are_an_alarm() -> None:
    assert alarms(many(100), many(100, moa_url="")) == ["many_changed"]


@pytest.mark.parametrize(("rows", "is_refused"), [(80, False), (79, True)])
def test_less_than_eighty_percent_of_the_rows_are_refused(
    rows: int, is_refused: bool
) -> None:
    if not is_refused:
        check_against(many(100), many(rows))
        return
    with pytest.raises(SheetRefused) as caught:
        check_against(many(100), many(rows))
    assert caught.value.reasons[0].code == "too_few"


def test_as_many_rows_of_other_agencies_are_refused() -> None:
    others = [line(agency=f"Elsewhere{n} Police") for n in range(100)]
    with pytest.raises(SheetRefused) as caught:
        check_against(many(100), [*many(79), *others[:21]])
    assert caught.value.reasons[0].code == "too_different"


def test_totals_count_an_agency_once_however_it_is_printed() -> None:
    totals = count(
        [
            line(),
            line(agency="Palmetto County Sheriff\u2019s Office", model="WSO"),
            line(state="GA", county="", moa_url=""),
        ]
    )
    assert (totals.rows, totals.agencies) == (3, 2)
    assert totals.states == {"FL": 2, "GA": 1}
    assert totals.models == {"JEM": 0, "TFM": 2, "WSO": 1}
    assert (totals.without_county, totals.pending) == (1, 1)
