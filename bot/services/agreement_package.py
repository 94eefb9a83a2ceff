"""Looks into a workbook before it is read: bombs, macros, formulas, foreign parts."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO
from typing import Final

from defusedxml.ElementTree import iterparse  # type: ignore[import-untyped]

from bot.core.agreements import SheetRefused, remark

MAX_BYTES: Final = 20_000_000
MAX_ROWS: Final = 20_000
MAX_COLUMNS: Final = 60
_MAX_UNPACKED: Final = 60_000_000
_MAX_PARTS: Final = 300
# Nothing of this belongs into a list; all of it can do something when it is opened.
_FOREIGN: Final = re.compile(
    r"vbaproject|macrosheets|externallinks|embeddings|activex|oleobject|connections"
    r"|querytables|ctrlprops|customui|webextensions",
    re.IGNORECASE,
)
_DOCTYPE: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCODING: Final = re.compile(rb"<\?xml[^>]{0,100}encoding=[\"']([\w.-]{1,40})")
_PLAIN: Final = frozenset({b"utf-8", b"utf8", b"us-ascii", b"ascii"})
_CELL: Final = re.compile(r"([A-Z]{1,3})(\d{1,7})")


def open_package(data: bytes) -> zipfile.ZipFile:
    """Return a workbook's package, after a look at what is in it.

    Raises:
        SheetRefused: it is too large, is no workbook, or holds what a list never does.
    """
    if len(data) > MAX_BYTES:
        raise _refused("too_large", megabytes=MAX_BYTES // 1_000_000)
    try:
        package = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise _refused("not_a_workbook") from None
    parts = package.infolist()
    # zipfile never unpacks more of a part than its directory says.
    if len(parts) > _MAX_PARTS or sum(p.file_size for p in parts) > _MAX_UNPACKED:
        raise _refused("bomb")
    names = [part.filename for part in parts]
    if len(set(names)) != len(names) or any(part.flag_bits & 1 for part in parts):
        raise _refused("not_a_workbook")
    if "xl/workbook.xml" not in names or "[Content_Types].xml" not in names:
        raise _refused("not_a_workbook")
    if any(_FOREIGN.search(name) for name in names):
        raise _refused("foreign_parts")
    for part in parts:
        if part.filename.lower().endswith((".xml", ".rels")):
            _check_text(package, part.filename)
    return package


def find_links(package: zipfile.ZipFile, sheet: str) -> dict[str, str]:
    """Return by cell the id of each hyperlink of a worksheet, on a first look at it.

    openpyxl would make every cell of a link's range, a billion if the file says so.

    Raises:
        SheetRefused: the worksheet has formulas, or too many rows or columns.
    """
    links: dict[str, str] = {}
    rows = 0
    with package.open(sheet) as source:
        for _, element in iterparse(source, forbid_dtd=True):
            name = element.tag.rpartition("}")[2]
            if name == "row":
                rows += 1
                _check_row(rows, element.get("r"))
                element.clear()
            elif name == "c":
                _check_cell(element.get("r"))
            elif name == "f":
                raise _refused("formulas")
            elif name == "hyperlink":
                _note_link(links, element.attrib)
    return links


def _note_link(links: dict[str, str], given: Mapping[str, str]) -> None:
    cell = given.get("ref", "").partition(":")[0]
    target = next((v for k, v in given.items() if k.endswith("}id")), "")
    if target and _CELL.fullmatch(cell):
        links[cell] = target


def _check_row(rows: int, number: str | None) -> None:
    is_far = number is not None and (not number.isdigit() or int(number) > MAX_ROWS)
    if rows > MAX_ROWS or is_far:
        raise _refused("too_many_rows", most=MAX_ROWS)


def _check_cell(place: str | None) -> None:
    if place is None:
        return
    found = _CELL.fullmatch(place)
    if found is None:
        raise _refused("not_readable")
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    if column > MAX_COLUMNS:
        raise _refused("too_many_columns", most=MAX_COLUMNS)


def _check_text(package: zipfile.ZipFile, name: str) -> None:
    try:
        text = package.read(name)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError):
        raise _refused("not_readable") from None
    encoding = _ENCODING.search(text[:200])
    is_plain = encoding is None or encoding[1].lower() in _PLAIN
    if not is_plain or b"\0" in text[:200] or text[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise _refused("not_readable")
    if _DOCTYPE.search(text):
        raise _refused("foreign_parts")


def _refused(code: str, **values: str | int) -> SheetRefused:
    return SheetRefused(remark(code, **values))
