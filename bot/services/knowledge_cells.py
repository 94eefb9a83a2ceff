"""Writes and reads the cells of a spreadsheet: no text becomes a formula or a date."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from typing import Final

# A text of this kind would be run by a spreadsheet, or changed: 2026-07-15 becomes
# 7/15/2026 in Excel. An apostrophe in front keeps it a text.
_CHANGED: Final = re.compile(
    r"'*(?:[\s\u00a0\u200b-\u200f\u2060\ufeff]*[=+\-@\u2212\uff1d\uff0b\uff0d\uff20]"
    r"|[\t\r\n]|\d[\d.,/: -]*\Z)"
)
_SIGNS: Final = (",", ";", "\t")


class NoSheet(ValueError):
    """The file is no sheet that can be read; the words say why."""


def safe_cell(text: str) -> str:
    """Return a text as a cell that every spreadsheet leaves as it is.

    >>> safe_cell("- first"), safe_cell("2026-07-15"), safe_cell("287(g)")
    ("'- first", "'2026-07-15", '287(g)')
    """
    return f"'{text}" if _CHANGED.match(text) else text


def text_of_cell(cell: str) -> str:
    """Return the text that safe_cell() made a cell of.

    >>> text_of_cell("'- first"), text_of_cell("'tis so")
    ('- first', "'tis so")
    """
    text = cell.replace("\r\n", "\n").replace("\r", "\n")
    return text[1:] if text.startswith("'") and _CHANGED.match(text[1:]) else text


def write_cells(columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> bytes:
    """Return the file: UTF-8 with a mark for Excel, RFC 4180."""
    file = io.StringIO()
    writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([safe_cell(row.get(column, "")) for column in columns])
    return file.getvalue().encode("utf-8-sig")


def read_cells(data: bytes, columns: Sequence[str]) -> list[dict[str, str]]:
    """Return the rows below the names of the columns; empty ones are left out as {}.

    The cells may be parted by commas, semicolons or tabs, as the program likes.

    Raises:
        NoSheet: it is not UTF-8, or a column is missing, unknown or there twice.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NoSheet("is not UTF-8: save it as 'CSV UTF-8'") from None
    if "\0" in text:
        raise NoSheet("is no text file: save it as 'CSV UTF-8'")
    first = text.split("\n", 1)[0]
    sign = max(_SIGNS, key=first.count)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=sign))
    except csv.Error as error:
        raise NoSheet(f"is no sheet of cells ({error})") from None
    names = [name.strip() for name in lines[0]] if lines else []
    if problem := _column_problem(names, columns):
        raise NoSheet(problem)
    return [_row(names, line) for line in lines[1:]]


def _column_problem(names: Sequence[str], columns: Sequence[str]) -> str:
    if missing := [column for column in columns if column not in names]:
        return f"has no column {', '.join(missing)}"
    if strange := [name for name in names if name and name not in columns]:
        return f"has a column that is not known: {strange[0][:30]}"
    return "has a column twice" if len(set(names)) < len(names) else ""


def _row(names: Sequence[str], line: Sequence[str]) -> dict[str, str]:
    if not any(cell.strip() for cell in line):
        return {}
    cells = [*line, *[""] * (len(names) - len(line))]
    row = {name: text_of_cell(cell) for name, cell in zip(names, cells) if name}
    if any(cell.strip() for cell in line[len(names) :]):
        # More cells than names: a comma or a quotation mark is wrong in this row.
        row[""] = "more cells than columns"
    return row
