"""Draws a request as a PDF for the office's file: every answer, note and change."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from bot.core.languages import Language

if TYPE_CHECKING:
    from fpdf import FPDF

_FONT: Final = "DejaVuSans"
_FOLDER: Final = Path("mpl-data", "fonts", "ttf")
_MARGIN: Final = 20.0
_LINE: Final = 5.5
_SIZE: Final = 10
_SMALL: Final = 8
_HEAD: Final = 16
_UNKNOWN_SIGN: Final = "\u25a1"
_RIGHT_TO_LEFT: Final = frozenset({"R", "AL", "AN"})
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs"})


@dataclass(frozen=True)
class Section:
    """A heading with its lines."""

    heading: str
    lines: Sequence[str]


@dataclass(frozen=True)
class PrintedRequest:
    """What stands on paper, in the words and the language of who asked for it."""

    title: str
    confidential: str
    # Said where a sign was replaced, so that nobody takes the paper for the whole.
    replaced: str
    language: Language
    sections: Sequence[Section] = field(default_factory=tuple)


def draw_request(printed: PrintedRequest, now: datetime) -> bytes:
    """Return the PDF; the same request at the same moment gives the same bytes."""
    pdf, known = _empty_paper(printed, now)
    lacks_signs = False

    def write(text: str, size: int = _SIZE, style: str = "") -> None:
        nonlocal lacks_signs
        shown = writable(text, known)
        lacks_signs = lacks_signs or shown.count(_UNKNOWN_SIGN) > text.count(
            _UNKNOWN_SIGN
        )
        pdf.set_font(_FONT, style, size)
        height = _LINE * size / _SIZE
        for line in _broken(pdf, shown, height):
            pdf.cell(0, height, _as_read(line), new_x="LMARGIN", new_y="NEXT")

    write(printed.title, _HEAD, "B")
    write(printed.confidential, style="B")
    for section in printed.sections:
        pdf.ln(_LINE)
        write(section.heading, style="B")
        for line in section.lines:
            write(line)
    if lacks_signs:
        pdf.ln(_LINE)
        write(printed.replaced, _SMALL)
    return bytes(pdf.output())


def _empty_paper(printed: PrintedRequest, now: datetime) -> tuple[FPDF, frozenset[int]]:
    # Takes a second to import, which the start of the gateway must not pay.
    from fpdf import FPDF

    class Paper(FPDF):
        """A page that says at its foot what it is."""

        def footer(self) -> None:
            """Write the foot of a page."""
            self.set_y(-_MARGIN + _LINE)
            self.set_font(_FONT, "", _SMALL)
            foot = f"{printed.title} \u00b7 {printed.confidential} \u00b7"
            self.cell(0, _LINE, f"{foot} {self.page_no()}", align="C")

    pdf = Paper(format="letter")
    pdf.set_margins(_MARGIN, _MARGIN, _MARGIN)
    pdf.set_auto_page_break(auto=True, margin=_MARGIN)
    pdf.set_creation_date(now)
    pdf.set_producer("Rights Desk")
    pdf.set_title(printed.title)
    pdf.set_lang(printed.language)
    folder = _font_folder()
    pdf.add_font(_FONT, "", folder / f"{_FONT}.ttf")
    pdf.add_font(_FONT, "B", folder / f"{_FONT}-Bold.ttf")
    pdf.add_page()
    # What one of the two cannot write is replaced in both.
    tables = [set(font.cmap) for font in pdf.fonts.values() if hasattr(font, "cmap")]
    return pdf, frozenset(set.intersection(*tables))


def writable(text: str, known: frozenset[int]) -> str:
    """Return a text with what the font lacks replaced, and hidden signs left out.

    >>> writable("José\\u202e 我", frozenset(map(ord, "José ")))
    'José □'
    """
    return "".join(
        _writable_sign(sign, known) for sign in unicodedata.normalize("NFC", text)
    )


def _writable_sign(sign: str, known: frozenset[int]) -> str:
    if sign == "\n":
        return sign
    if sign in "\t\u2028\u2029\u00a0":
        return " "
    if unicodedata.category(sign) in _HIDDEN:
        return ""
    return sign if ord(sign) in known else _UNKNOWN_SIGN


def _broken(pdf: FPDF, text: str, height: float) -> list[str]:
    from fpdf.enums import MethodReturnValue

    wanted = MethodReturnValue.LINES
    lines = pdf.multi_cell(0, height, text, dry_run=True, output=wanted, align="L")
    return cast("list[str]", lines)


def _as_read(line: str) -> str:
    # The paper is filled from left to right, whichever way the letters are read.
    if not _RIGHT_TO_LEFT.intersection(map(unicodedata.bidirectional, line)):
        return line
    from fpdf.bidi import BidiParagraph
    from fpdf.enums import TextDirection

    paragraph = BidiParagraph(line, base_direction=TextDirection.LTR)
    return str(paragraph.get_reordered_string())


def _font_folder() -> Path:
    # The fonts lie with a library that is installed anyway; it is not imported.
    found = find_spec("matplotlib")
    if found is None or found.origin is None:
        raise FileNotFoundError(_FONT)
    return Path(found.origin).parent / _FOLDER
