"""The file for Clio says what the first call needs, and starts no formula."""

from __future__ import annotations

import csv
import io
from datetime import datetime, timezone

import pytest

from bot.core.consultations import Consultation
from bot.services.request_csv import COLUMNS, safe_cell, split_name, write_lead

NOW = datetime(2026, 7, 20, 12, tzinfo=timezone.utc)
LINES = ("Where: New York", "Other side: Acme; Inc.")


def request_of(**answers: str) -> Consultation:
    """Return a request with some answers."""
    return Consultation(
        id="a" * 32,
        reference="4F2K",
        conversation=None,
        channel="web",
        language="es",
        state="new",
        is_urgent=False,
        answers=answers,
        created_at=NOW,
        changed_at=NOW,
        delete_at=NOW,
        version=1,
    )


def lead_of(**answers: str) -> dict[str, str]:
    """Return the written line as a program reads it."""
    text = write_lead(request_of(**answers), LINES).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    return row


# A name for each row: what somebody types, and what stands in the cell.
FORMULAS = {
    "equals": ("=1+1", "'=1+1"),
    "plus": ("+12125550123", "'+12125550123"),
    "minus": ("-2+3", "'-2+3"),
    "at": ("@SUM(1)", "'@SUM(1)"),
    "tab": ("\t=1+1", "' =1+1"),
    "tab before words": ("\tAna", "' Ana"),
    "carriage return": ("\r=1+1", "' =1+1"),
    "line feed": ("\n=1+1", "' =1+1"),
    "space before it": ("  =1+1", "'  =1+1"),
    "no-break space before it": ("\u00a0=1+1", "'\u00a0=1+1"),
    "zero-width space before it": ("\u200b=1+1", "'=1+1"),
    "byte order mark before it": ("\ufeff=1+1", "'=1+1"),
    "quote before it": ('"=1+1', "'\"=1+1"),
    "apostrophe before it": ("'=1+1", "''=1+1"),
    "curly quote before it": ("”=1+1", "'”=1+1"),
    "full-width equals": ("＝1+1", "'＝1+1"),
    "full-width plus": ("＋1", "'＋1"),
    "full-width minus": ("－1", "'－1"),
    "full-width at": ("＠SUM(1)", "'＠SUM(1)"),
    "small plus": ("﹢1", "'﹢1"),
    "minus sign": ("−1", "'−1"),
    "program call": ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
    "link": ('=HYPERLINK("http://x.example")', '\'=HYPERLINK("http://x.example")'),
    "cell of a Spanish sheet": ("Ana;=1+1", "Ana,=1+1"),
    "cell of a broken line": ("Ana\n=1+1", "Ana =1+1"),
    "cell after a closing quote": ('Ana";"=1+1', 'Ana","=1+1'),
}
HARMLESS = (
    "",
    "Ana-María Ñandú",
    "O'Brien",
    "ana@example.org",
    "2 + 2 = 4",
    "我",
    "“Ana”",
)


@pytest.mark.parametrize(("typed", "cell"), FORMULAS.values(), ids=FORMULAS)
def test_what_a_spreadsheet_would_run_becomes_text(typed: str, cell: str) -> None:
    assert safe_cell(typed) == cell


@pytest.mark.parametrize("typed", HARMLESS)
def test_ordinary_words_stay_as_they_are(typed: str) -> None:
    assert safe_cell(typed) == typed


@pytest.mark.parametrize("field", ["name", "address"])
@pytest.mark.parametrize("typed", [typed for typed, _ in FORMULAS.values()])
def test_no_cell_of_the_file_begins_a_formula(field: str, typed: str) -> None:
    text = write_lead(request_of(**{field: typed}), (typed,)).decode("utf-8-sig")
    # Comma or semicolon: the reader decides where a cell begins.
    for delimiter in ",;":
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            starts = [cell.lstrip(" \u00a0\"'")[:1] for cell in row if cell[:1] != "'"]
            assert not set(starts) & set("=+-@\t\r＝＋－＠−﹢")


NAMES = {
    "two words": ("Ana López", ("Ana", "López")),
    "three words": ("Ana María López", ("Ana María", "López")),
    "one word": ("Nadia", ("Nadia", "")),
    "spaces": ("  Ana   López ", ("Ana", "López")),
    "nothing": ("", ("", "")),
}


@pytest.mark.parametrize(("name", "parts"), NAMES.values(), ids=NAMES)
def test_the_last_word_of_a_name_is_the_last_name(
    name: str, parts: tuple[str, str]
) -> None:
    assert split_name(name) == parts


def test_the_columns_are_those_that_clio_takes() -> None:
    lead = lead_of(name="Ana López", address="ana@example.org")
    assert tuple(lead) == COLUMNS
    assert lead == {
        "from_first": "Ana",
        "from_last": "López",
        "from_message": "R-4F2K | Where: New York | Other side: Acme, Inc.",
        "from_email": "ana@example.org",
        "from_phone": "",
        "referring_url": "",
        "from_source": "Rights Desk (web)",
    }


ADDRESSES = {
    "telephone": ("+12125550123", ("", "'+12125550123")),
    "e-mail": ("ana@example.org", ("ana@example.org", "")),
    "the number written from": ("this", ("", "")),
    "none": ("", ("", "")),
}


@pytest.mark.parametrize(("address", "cells"), ADDRESSES.values(), ids=ADDRESSES)
def test_an_address_stands_in_the_column_of_its_kind(
    address: str, cells: tuple[str, str]
) -> None:
    lead = lead_of(address=address)
    assert (lead["from_email"], lead["from_phone"]) == cells


def test_every_cell_is_quoted_and_excel_knows_the_letters() -> None:
    written = write_lead(request_of(name="Ñandú"), ())
    assert written.startswith(b"\xef\xbb\xbf")
    lines = written.decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert all(line.startswith('"') and line.endswith('"') for line in lines)
    assert lines[1].count('","') == len(COLUMNS) - 1
