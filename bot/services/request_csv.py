"""Writes a request as one line that Clio Grow's Lead Inbox takes, safe to open."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Sequence
from typing import Final

from bot.core.consultations import Consultation, Field, shown_reference

COLUMNS: Final = (
    "from_first",
    "from_last",
    "from_message",
    "from_email",
    "from_phone",
    "referring_url",
    "from_source",
)
# What the message says of a request: enough for the conflict check and a first call
# that puts nobody in danger; the rest stays in the console.
MESSAGE_FIELDS: Final[tuple[Field, ...]] = (
    "place",
    "urgency",
    "urgent_date",
    "other_side",
    "matter",
    "reach",
    "message_ok",
    "spoken",
)
_FORMULA_SIGNS: Final = frozenset("=+-@\u2212")
_LINE_SIGNS: Final = frozenset("\t\r\n")
_QUOTES: Final = frozenset("'\"`\u00b4\u2018\u2019\u201c\u201d\u00ab\u00bb")
# Hidden signs stand in front of a formula as spaces do.
_SKIPPED: Final = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})


def write_lead(consultation: Consultation, lines: Sequence[str]) -> bytes:
    """Return the file: a line of names and one of values; UTF-8 with a mark for Excel.

    `lines` say the answers of MESSAGE_FIELDS in words.
    """
    first, last = split_name(consultation.answers.get("name", ""))
    address = consultation.answers.get("address", "")
    is_mail = "@" in address
    # "this" means the number the person wrote from, which the request does not hold.
    is_number = not is_mail and address != "this"
    channel = consultation.channel.partition("_")[0]
    values = (
        first,
        last,
        " | ".join((shown_reference(consultation.reference), *lines)),
        address if is_mail else "",
        address if is_number else "",
        "",
        f"Rights Desk ({channel})",
    )
    file = io.StringIO()
    writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerow([safe_cell(value) for value in values])
    return file.getvalue().encode("utf-8-sig")


def split_name(name: str) -> tuple[str, str]:
    """Return first names and last name; a single word is a first name.

    >>> split_name("María José López"), split_name("Nadia"), split_name(" ")
    (('María José', 'López'), ('Nadia', ''), ('', ''))
    """
    words = name.split()
    if len(words) < 2:
        return "".join(words), ""
    return " ".join(words[:-1]), words[-1]


def safe_cell(value: str) -> str:
    """Return a value that no spreadsheet takes for a formula, on one line.

    A semicolon becomes a comma: where it parts the cells, as in Spanish spreadsheets,
    what follows it would begin a cell of its own.

    >>> safe_cell("=1+1"), safe_cell("Ana-María"), safe_cell("+12125550123")
    ("'=1+1", 'Ana-María', "'+12125550123")
    """
    cell = "".join(map(_plain_sign, value)).replace(";", ",")
    return f"'{cell}" if _begins_formula(value) else cell


def _begins_formula(value: str) -> bool:
    for sign in value:
        if sign in _LINE_SIGNS:
            return True
        if sign in _QUOTES or unicodedata.category(sign) in _SKIPPED:
            continue
        # Full-width and small forms are the same signs to some spreadsheets.
        return unicodedata.normalize("NFKC", sign)[0] in _FORMULA_SIGNS
    return False


def _plain_sign(sign: str) -> str:
    category = unicodedata.category(sign)
    if category in ("Cc", "Zl", "Zp"):
        return " "
    return "" if category in ("Cf", "Cs") else sign
