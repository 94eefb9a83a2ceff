"""A hostile file is refused before it can do harm, and fast."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.agreements import SheetRefused
from bot.services.agreement_sheet import read_sheet
from tests.builders import TODAY
from tests.sheets import SHEET, STRINGS, lines, part_of, with_part, workbook

LIST = workbook(lines(3))


def changed(old: bytes, new: bytes, part: str = SHEET) -> bytes:
    """Return the list with something else in one of its parts."""
    content = part_of(LIST, part)
    assert old in content
    return with_part(LIST, part, content.replace(old, new, 1))


def encrypted() -> bytes:
    """Return the list with a part that says that it is encrypted."""
    at = LIST.rindex(b"PK\x01\x02")
    return LIST[: at + 8] + b"\x01" + LIST[at + 9 :]


def twice() -> bytes:
    """Return the list with one part there twice."""
    out = BytesIO(LIST)
    with (
        pytest.warns(UserWarning, match="Duplicate name"),
        zipfile.ZipFile(out, "a") as package,
    ):
        package.writestr(SHEET, part_of(LIST, SHEET))
    return out.getvalue()


ENTITY = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
LAUGHS = b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;">]>'
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "not_a_workbook"),
    "text": (lambda: b"STATE,AGENCY\n", "not_a_workbook"),
    "old workbook": (lambda: b"\xd0\xcf\x11\xe0" + bytes(5000), "not_a_workbook"),
    "too large": (lambda: bytes(20_000_001), "too_large"),
    "a bomb": (lambda: with_part(LIST, "xl/a.xml", bytes(70_000_000)), "bomb"),
    "encrypted": (encrypted, "not_a_workbook"),
    "a part twice": (twice, "not_a_workbook"),
    "macros": (lambda: with_part(LIST, "xl/vbaProject.bin", b"x"), "foreign_parts"),
    "another file": (
        lambda: with_part(LIST, "xl/externalLinks/externalLink1.xml", b"<a/>"),
        "foreign_parts",
    ),
    "an object": (
        lambda: with_part(LIST, "xl/embeddings/oleObject1.bin", b"x"),
        "foreign_parts",
    ),
    "an entity": (lambda: changed(b"<sst", ENTITY + b"<sst", STRINGS), "foreign_parts"),
    "laughs": (lambda: changed(b"<worksheet", LAUGHS + b"<worksheet"), "foreign_parts"),
    "utf-16": (
        lambda: with_part(LIST, SHEET, part_of(LIST, SHEET).decode().encode("utf-16")),
        "not_readable",
    ),
    "another code": (
        lambda: with_part(LIST, SHEET, b'<?xml version="1.0" encoding="utf-7"?><a/>'),
        "not_readable",
    ),
    "a far row": (lambda: changed(b'<row r="2"', b'<row r="99999"'), "too_many_rows"),
    "a far column": (lambda: changed(b'r="B2"', b'r="XFD2"'), "too_many_columns"),
    "broken xml": (lambda: changed(b"</sheetData>", b""), "not_readable"),
    "no strings": (lambda: changed(b"<sst", b"<<sst", STRINGS), "not_readable"),
    "no sheet": (lambda: with_part(LIST, "xl/workbook.xml", b"<a/>"), "header_missing"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_the_reason_and_fast(name: str) -> None:
    make, code = HOSTILE[name]
    data = make()
    started = time.thread_time()
    with pytest.raises(SheetRefused) as caught:
        read_sheet(data, TODAY)
    assert [reason.code for reason in caught.value.reasons] == [code]
    assert time.thread_time() - started < 3


def test_a_link_over_the_whole_sheet_makes_no_billion_cells() -> None:
    data = changed(b'ref="G2"', b'ref="G2:XFD1048576"')
    started = time.thread_time()
    assert len(read_sheet(data, TODAY).agreements) == 3
    assert time.thread_time() - started < 3


def test_more_rows_than_any_list_are_refused() -> None:
    rows = b"".join(b'<row r="%d"/>' % n for n in range(5, 20_010))
    data = changed(b"</sheetData>", rows + b"</sheetData>")
    with pytest.raises(SheetRefused) as caught:
        read_sheet(data, TODAY)
    assert caught.value.reasons[0].code == "too_many_rows"


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_file_is_refused_or_read_and_nothing_else(
    data: st.DataObject,
) -> None:
    spoilt = bytearray(LIST)
    for _ in range(data.draw(st.integers(1, 6))):
        spoilt[data.draw(st.integers(0, len(LIST) - 1))] = data.draw(
            st.integers(0, 255)
        )
    try:
        sheet = read_sheet(bytes(spoilt), TODAY)
    except SheetRefused:
        return
    assert len(sheet.agreements) <= 3


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_any_text_in_a_cell_is_refused_or_kept_without_controls(text: str) -> None:
    escaped = "".join(f"&#{ord(c)};" for c in text)
    name = b"Place1 Police Department"
    spoilt = changed(name, name + escaped.encode(), STRINGS)
    try:
        sheet = read_sheet(spoilt, TODAY)
    except SheetRefused:
        return
    for agreement in sheet.agreements:
        assert agreement.agency.isprintable()
