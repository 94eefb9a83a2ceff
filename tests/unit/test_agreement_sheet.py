"""A sheet is read with all its dirt; what is no list is refused with the reason."""

from __future__ import annotations

from datetime import date

import pytest
from openpyxl import Workbook

from bot.core.agreements import Agreement, SheetRefused, agency_key
from bot.services.agreement_sheet import Sheet, read_sheet
from tests.builders import TODAY
from tests.sheets import (
    DIRTY,
    FOLDER,
    HEADERS,
    SHEET,
    Line,
    lines,
    part_of,
    saved,
    with_part,
    workbook,
    write,
)


def read(*rows: Line | None) -> Sheet:
    """Return what a sheet of rows says."""
    return read_sheet(workbook(rows), TODAY)


def one(**changes: object) -> Agreement:
    """Return what becomes of one changed line."""
    return read(Line().but(**changes)).agreements[0]


def refusal(data: bytes) -> list[str]:
    """Return the codes of the reasons for which a file is refused."""
    with pytest.raises(SheetRefused) as caught:
        read_sheet(data, TODAY)
    return [reason.code for reason in caught.value.reasons]


@pytest.fixture(scope="module")
def dirty() -> tuple[Agreement, ...]:
    """What becomes of the dirty lines."""
    return read(*DIRTY).agreements


def test_a_clean_line_is_taken_as_it_is() -> None:
    assert one() == Agreement(
        *("FL", "Palmetto County Sheriff's Office", "County", "Palmetto County"),
        *("TFM", date(2025, 3, 4), FOLDER + "Palmetto_TFM_MOA_03042025.pdf", "", ()),
    )


def test_states_are_known_however_they_are_written(
    dirty: tuple[Agreement, ...],
) -> None:
    assert [a.state for a in dirty] == [
        *("LA", "LA", "NH", "TN", "AL", "OH", "UT", "TX", "GA", "NY", "UT", "GU")
    ]


def test_models_and_kinds_are_known_however_they_are_written(
    dirty: tuple[Agreement, ...],
) -> None:
    assert [a.model for a in dirty[:5]] == ["TFM", "WSO", "JEM", "TFM", "TFM"]
    assert [a.kind for a in dirty[:5]] == ["County"] * 3 + ["Municipality", ""]
    assert dirty[-1].kind == "State Agency"


def test_both_apostrophes_name_the_same_agency_and_stay_as_printed(
    dirty: tuple[Agreement, ...],
) -> None:
    curly, straight = dirty[0].agency, dirty[1].agency
    assert curly == "Bayou Parish Sheriff\u2019s Office"
    assert straight == "Bayou Parish Sheriff's Office"
    assert agency_key(curly) == agency_key(straight)


def test_a_county_that_is_not_given_is_empty_and_a_misspelt_one_stays(
    dirty: tuple[Agreement, ...],
) -> None:
    assert [a.county for a in dirty[2:6]] == ["", "", "", "Lake Conty"]
    assert ["county_missing" in a.flags for a in dirty[2:6]] == [True] * 3 + [False]


@pytest.mark.parametrize(
    ("place", "address", "flag"),
    [
        (5, "", None),
        (6, FOLDER + "A_MOA_03042025.pdf", "safelink_unwrapped"),
        (7, "https://www.ice.gov/doclib/b.pdf", "browser_extension_prefix_removed"),
        (8, "https://www.ice.gov/doclib/c.pdf", None),
        (11, "", "link_refused"),
    ],
    ids=["pending", "safelink", "extension", "http", "elsewhere"],
)
def test_links_are_freed_and_only_those_to_ice_are_kept(
    dirty: tuple[Agreement, ...], place: int, address: str, flag: str | None
) -> None:
    assert dirty[place].moa_url == address
    assert [f for f in dirty[place].flags if f.split("_")[0] in "safelink browser"] == (
        [flag] if flag else []
    )


def test_a_year_that_cannot_be_gives_no_date_and_is_told(
    dirty: tuple[Agreement, ...],
) -> None:
    assert dirty[9].signed is None
    assert dirty[9].flags == (
        *("signed_year_suspect",),
        "signed_differs_from_moa_filename:2026-03-19",
    )
    told = [r.code for r in read(*DIRTY).warnings]
    assert "signed_year_suspect" in told


def test_an_impossible_date_in_a_name_counts_for_nothing(
    dirty: tuple[Agreement, ...],
) -> None:
    assert (dirty[10].signed, dirty[10].flags) == (date(2026, 2, 20), ())


def test_a_state_one_slip_away_is_taken_and_told() -> None:
    (told,) = read(*[Line(state="TENESSEE")] * 2).warnings[:1]
    assert told.values == {"printed": "TENESSEE", "state": "TN", "rows": 2}


def test_blank_rows_are_passed_over() -> None:
    assert len(read(None, Line(), None, None, Line(state="OHIO"), None).agreements) == 2


def test_links_stay_with_their_rows_behind_blank_ones() -> None:
    rows = [None if n % 3 == 0 else line for n, line in enumerate(lines(30))]
    for agreement in read(*rows).agreements:
        assert agreement.agency.split()[0] in agreement.moa_url


def test_columns_may_stand_in_any_order_with_others_among_them() -> None:
    headers = ["REMARKS", *reversed(HEADERS[:4]), None, *HEADERS[4:]]
    headers = [header and f" {header.title()} " for header in headers]
    data = workbook([*lines(9), *DIRTY], headers)
    assert read_sheet(data, TODAY).agreements == read(*lines(9), *DIRTY).agreements


def test_an_addendum_is_kept_with_its_link() -> None:
    assert one(addendum=FOLDER + "More.pdf").addendum_url == FOLDER + "More.pdf"


def test_a_word_link_without_a_link_is_flagged() -> None:
    book = Workbook()
    write(book.active, [Line(moa="")])
    book.active["G2"] = "link"
    sheet = read_sheet(saved(book), TODAY)
    assert sheet.agreements[0].flags == ("link_missing",)
    assert [r.code for r in sheet.warnings] == ["link_missing"]


def test_a_date_cell_that_lost_its_format_is_still_a_date() -> None:
    assert one(signed=46000).signed == date(2025, 12, 9)


def test_the_sheet_may_have_any_name_and_an_empty_one_beside_it() -> None:
    book = Workbook()
    write(book.active, lines(3))
    book.active.title = "Sheet 1"
    book.create_sheet("Sheet2", 0)
    assert len(read_sheet(saved(book), TODAY).agreements) == 3


@pytest.mark.parametrize("header", HEADERS)
def test_a_missing_header_refuses_the_sheet(header: str) -> None:
    headers = [other for other in HEADERS if other != header]
    assert refusal(workbook(lines(3), headers)) == ["header_missing"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"state": "ATLANTIS"}, "state_unknown"),
        ({"state": "NOUTH CAROLINA"}, "state_unknown"),
        ({"state": ""}, "state_unknown"),
        ({"model": "Tribal Task Force Model"}, "model_unknown"),
        ({"model": ""}, "model_unknown"),
        ({"agency": "#N/A"}, "agency_missing"),
        ({"agency": "=HYPERLINK(1)"}, "formulas"),
        ({"agency": "x" * 301}, "too_long"),
    ],
)
def test_a_row_that_cannot_be_read_refuses_the_sheet(
    changes: dict[str, str], code: str
) -> None:
    assert refusal(workbook([*lines(5), Line().but(**changes)])) == [code]


def test_every_reason_is_told_once() -> None:
    bad = [Line(state="ATLANTIS")] * 3 + [Line(model="Tribal")]
    assert refusal(workbook([*lines(3), *bad])) == ["state_unknown", "model_unknown"]


def test_the_sheet_of_pending_agencies_is_refused() -> None:
    data = workbook(lines(3), [*HEADERS[:5], "MOA"])
    assert refusal(data) == ["header_missing"]


@pytest.mark.parametrize(
    ("first", "second"),
    [(1, 3), (0, 1), (2, 4)],
    ids=["agency and county", "state and agency", "type and support type"],
)
def test_values_under_the_wrong_headers_refuse_the_sheet(
    first: int, second: int
) -> None:
    headers = list(HEADERS)
    headers[first], headers[second] = headers[second], headers[first]
    data = workbook(lines(20))
    book = Workbook()
    write(book.active, lines(20))
    for column, header in enumerate(headers, 1):
        book.active.cell(1, column, header)
    assert read_sheet(data, TODAY).agreements
    assert refusal(saved(book))


def test_a_sheet_without_dates_is_refused() -> None:
    undated = [line.but(signed="soon") for line in lines(9)]
    assert refusal(workbook(undated)) == ["dates_missing"]


def test_two_lists_in_one_file_are_refused() -> None:
    book = Workbook()
    write(book.active, lines(3))
    write(book.create_sheet("Sheet2"), lines(4))
    assert refusal(saved(book)) == ["two_lists"]


def test_an_empty_list_is_refused() -> None:
    assert refusal(workbook([])) == ["no_rows"]


def test_a_formula_is_refused() -> None:
    data = workbook(lines(3))
    before, value, after = part_of(data, SHEET).rpartition(b"<v>")
    spoilt = before + b"<f>1+1</f>" + value + after
    assert refusal(with_part(data, SHEET, spoilt)) == ["formulas"]


def test_a_list_cut_off_in_the_middle_of_the_file_is_refused() -> None:
    data = workbook(lines(50))
    for share in (0.1, 0.5, 0.95):
        assert refusal(data[: int(len(data) * share)]) == ["not_a_workbook"]
