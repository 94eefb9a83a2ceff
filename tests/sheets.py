"""Makes workbooks like ICE's list of 287(g) agreements, with the same kinds of dirt."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from typing import Any, Final
from urllib.parse import quote

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

HEADERS: Final = (
    *("STATE", "LAW ENFORCEMENT AGENCY", "TYPE", "COUNTY", "SUPPORT TYPE"),
    *("SIGNED", "MOA", "ADDENDUM"),
)
FOLDER: Final = "https://www.ice.gov/doclib/287gMOA/"
NAME: Final = "participatingAgencies07152026am.xlsx"
SHEET: Final = "xl/worksheets/sheet1.xml"
STRINGS: Final = "xl/sharedStrings.xml"
_TYPES: Final = "[Content_Types].xml"
_CORE: Final = "docProps/core.xml"
_MOMENT: Final = re.compile(rb"\d{4}-\d\d-\d\dT[\d:]{8}Z")
_PACKED: Final = zipfile.ZIP_DEFLATED
_SPACE: Final = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRINGS_TYPE: Final = (
    b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/'
    b'vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
)
_INLINE: Final = re.compile(
    rb'<c(?P<place> r="[A-Z]+\d+"(?: s="\d+")?) t="inlineStr"><is><t(?: [^>]*)?>'
    rb"(?P<text>[^<]*)</t></is></c>"
)
_STATES: Final = ("FLORIDA", "TEXAS", "GEORGIA", "OHIO", "UTAH")


@dataclass(frozen=True)
class Line:
    """A row as it is printed; `moa` and `addendum` are the targets of its links."""

    state: str = "FLORIDA"
    agency: str = "Palmetto County Sheriff's Office"
    kind: str = "County"
    county: str = "Palmetto County"
    model: str = "Task Force Model"
    signed: Any = date(2025, 3, 4)
    moa: str = FOLDER + "Palmetto_TFM_MOA_03042025.pdf"
    addendum: str = ""

    def but(self, **changes: Any) -> Line:
        """Return the same line with something else in it."""
        return replace(self, **changes)


def wrapped(address: str) -> str:
    """Return an address as Outlook hides it."""
    hidden = quote(address, safe="")
    return (
        f"https://gcc02.safelinks.protection.outlook.com/?url={hidden}"
        "&data=05%7C02%7Cnobody&reserved=0"
    )


def lines(number: int) -> list[Line]:
    """Return clean lines of so many agencies in five states."""
    return [
        Line(
            state=_STATES[place % 5],
            agency=f"Place{place} Police Department",
            kind="Municipality",
            county=f"Shire{place} County",
            moa=f"{FOLDER}Place{place}_TFM_MOA_03042025.pdf",
        )
        for place in range(number)
    ]


# One of each kind of dirt that was seen; what each must become stands in the tests.
DIRTY: Final = (
    Line("LOUISIANA ", "Bayou Parish Sheriff\u2019s Office "),
    Line(
        "LOUISIANA", "Bayou Parish  Sheriff's Office", model="Warrant Service Officer "
    ),
    Line("NEW HAMSPHIRE", county="#N/A", model="Jail Enforcment Model "),
    Line("TENESSEE", county="#NA", kind="Muncipality "),
    Line("AlABAMA", county="N/A", kind="#NA", model="Task Force Officer "),
    Line("OHIO", county="Lake Conty", moa=""),
    Line("UTAHJ", moa=wrapped(FOLDER + "A_MOA_03042025.pdf")),
    Line("TEXAS", moa="chrome-extension://abcdefgh/https:/www.ice.gov/doclib/b.pdf"),
    Line("GEORGIA", moa="http://www.ice.gov/doclib/c.pdf"),
    Line(
        "NEW YORK",
        "Erewhon Village Police Department",
        signed=date(2016, 3, 19),
        moa=FOLDER + "Erewhon_MOA_03192026.pdf",
    ),
    Line("UTAH", signed=date(2026, 2, 20), moa=FOLDER + "Dust_MOA_022202026.pdf"),
    Line("GUAM", kind="State", moa="https://evil.example/www.ice.gov/d.pdf"),
)


def workbook(
    rows: Sequence[Line | None],
    headers: Sequence[str | None] = HEADERS,
    title: str = "Sheet1",
) -> bytes:
    """Return the file of a list; None is a blank row."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = title
    write(sheet, rows, headers)
    return saved(book)


def write(
    sheet: Worksheet,
    rows: Sequence[Line | None],
    headers: Sequence[str | None] = HEADERS,
) -> None:
    """Write headers and rows; a header that is not ICE's gets no values."""
    for column, header in enumerate(headers, 1):
        sheet.cell(1, column, header)
    places = {(header or "").strip().upper(): n for n, header in enumerate(headers, 1)}
    for row, line in enumerate(rows, 2):
        if line is not None:
            _write_line(sheet, row, line, places)


def saved(book: Workbook) -> bytes:
    """Return a workbook as a file; its texts stand apart from it, as Excel does it."""
    out = BytesIO()
    book.save(out)
    data = out.getvalue()
    texts: list[bytes] = []

    def take(found: re.Match[bytes]) -> bytes:
        texts.append(found["text"])
        return b'<c%s t="s"><v>%d</v></c>' % (found["place"], len(texts) - 1)

    for number in range(1, len(book.worksheets) + 1):
        part = f"xl/worksheets/sheet{number}.xml"
        data = with_part(data, part, _INLINE.sub(take, part_of(data, part)))
    items = b"".join(b"<si><t>%s</t></si>" % text for text in texts)
    data = with_part(data, STRINGS, b'<sst xmlns="%s">%s</sst>' % (_SPACE, items))
    types = part_of(data, _TYPES).replace(b"</Types>", _STRINGS_TYPE + b"</Types>")
    data = with_part(data, _TYPES, types)
    # The same rows make the same file, whenever it is made.
    told = _MOMENT.sub(b"2026-01-01T00:00:00Z", part_of(data, _CORE))
    return with_part(data, _CORE, told)


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """Return a workbook with a part put in or exchanged."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            if part.filename != name:
                new.writestr(zipfile.ZipInfo(part.filename), old.read(part), _PACKED)
        new.writestr(zipfile.ZipInfo(name), content, _PACKED)
    return out.getvalue()


def part_of(data: bytes, name: str) -> bytes:
    """Return a part of a workbook."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        return package.read(name)


def _write_line(sheet: Worksheet, row: int, line: Line, places: dict[str, int]) -> None:
    values = (line.state, line.agency, line.kind, line.county, line.model, line.signed)
    for header, value in zip(HEADERS, values):
        if header in places:
            sheet.cell(row, places[header], value)
    for header, link, otherwise in (
        ("MOA", line.moa, "link pending"),
        ("ADDENDUM", line.addendum, None),
    ):
        if header in places:
            cell = sheet.cell(row, places[header], "link" if link else otherwise)
            if link:
                cell.hyperlink = link
