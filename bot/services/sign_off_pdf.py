"""Draws entries on paper, both languages side by side, for an attorney to sign."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from importlib.util import find_spec
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from bot.channels.rich_text import read_blocks
from bot.services.request_pdf import writable
from bot.services.sign_off import Paper

if TYPE_CHECKING:
    from fpdf import FPDF

_FONT: Final = "DejaVuSans"
_FOLDER: Final = Path("mpl-data", "fonts", "ttf")
_MARGIN: Final = 15.0
_GAP: Final = 6.0
_LINE: Final = 4.6
_SIZE: Final = 9
_SMALL: Final = 7
_HEAD: Final = 13
_SIGNING: Final = ("Name", "Date", "Signature")


def write_pdf(papers: Sequence[Paper], now: datetime) -> bytes:
    """Return the PDF; the same entries at the same moment give the same bytes."""
    sheet = _Sheet(now)
    for paper in papers:
        sheet.draw(paper)
    return bytes(sheet.pdf.output())


class _Sheet:
    """Paper with two columns; what one page cannot hold goes on on the next."""

    def __init__(self, now: datetime) -> None:
        self._foot = ""
        self.pdf = self._empty(now)
        tables = [set(f.cmap) for f in self.pdf.fonts.values() if hasattr(f, "cmap")]
        self._known = frozenset(set.intersection(*tables))
        self._column = (self.pdf.epw - _GAP) / 2

    def _empty(self, now: datetime) -> FPDF:
        # Takes a second to import, which no other command must pay.
        from fpdf import FPDF

        sheet = self

        class Pages(FPDF):
            """Pages that say at their foot which text stands on them."""

            def footer(self) -> None:
                """Write the foot of a page."""
                self.set_y(-_MARGIN + _LINE)
                self.set_font(_FONT, "", _SMALL)
                foot = f"{sheet._foot} \u00b7 printed {now:%Y-%m-%d} \u00b7 page "
                self.cell(0, _LINE, f"{foot}{self.page_no()}", align="C")

        pdf = Pages(format="letter")
        pdf.set_margins(_MARGIN, _MARGIN, _MARGIN)
        pdf.set_auto_page_break(auto=True, margin=_MARGIN)
        pdf.set_creation_date(now)
        pdf.set_producer("Rights Desk")
        pdf.set_title(f"Texts for review, {now:%Y-%m-%d}")
        pdf.set_lang("en")
        folder = _font_folder()
        pdf.add_font(_FONT, "", folder / f"{_FONT}.ttf")
        pdf.add_font(_FONT, "B", folder / f"{_FONT}-Bold.ttf")
        return pdf

    def draw(self, paper: Paper) -> None:
        """Draw an entry on pages of its own."""
        # The foot of the page before is drawn while the new page begins.
        before, after = self._foot or paper.foot, paper.foot
        self._foot = before
        self.pdf.add_page()
        self._foot = after
        self._whole(paper.id, _HEAD, "B")
        self._whole(" \u00b7 ".join(paper.facts), _SMALL)
        self._space()
        self._beside(paper.english_title, paper.spanish_title, "B")
        for part in paper.parts:
            self._space()
            self._whole(part.heading, _SIZE, "B")
            self._blocks(part.english, part.spanish)
        for heading, lines in (("Sources", paper.sources), ("Figures", paper.figures)):
            if lines:
                self._space()
                self._whole(heading, _SIZE, "B")
                for line in lines:
                    self._whole(f"\u2022 {line}", _SMALL)
        self._signing()

    def _blocks(self, english: str, spanish: str) -> None:
        pairs = zip_longest(_lines(english), _lines(spanish), fillvalue="")
        for left, right in pairs:
            self._beside(left, right)

    def _whole(self, text: str, size: int, style: str = "") -> None:
        self.pdf.set_font(_FONT, style, size)
        height = _LINE * size / _SIZE
        for line in self._broken(text, self.pdf.epw, height):
            self.pdf.cell(0, height, line, new_x="LMARGIN", new_y="NEXT")

    def _beside(self, english: str, spanish: str, style: str = "") -> None:
        self.pdf.set_font(_FONT, style, _SIZE)
        left = self._broken(english, self._column, _LINE)
        right = self._broken(spanish, self._column, _LINE)
        for first, second in zip_longest(left, right, fillvalue=""):
            self.pdf.cell(self._column, _LINE, first)
            self.pdf.set_x(self.pdf.get_x() + _GAP)
            self.pdf.cell(self._column, _LINE, second, new_x="LMARGIN", new_y="NEXT")

    def _space(self) -> None:
        self.pdf.ln(_LINE / 2)

    def _signing(self) -> None:
        height = 2.2 * _LINE
        if self.pdf.will_page_break(height * (len(_SIGNING) + 1)):
            self.pdf.add_page()
        self._space()
        self._whole("Read and approved", _SIZE, "B")
        self.pdf.set_font(_FONT, "", _SIZE)
        for name in _SIGNING:
            self.pdf.cell(
                0, height, f"{name}:", border="B", new_x="LMARGIN", new_y="NEXT"
            )

    def _broken(self, text: str, width: float, height: float) -> list[str]:
        from fpdf.enums import MethodReturnValue

        shown = writable(text, self._known)
        options: dict[str, Any] = {"dry_run": True, "align": "L"}
        lines = self.pdf.multi_cell(
            width, height, shown, output=MethodReturnValue.LINES, **options
        )
        return cast("list[str]", lines)


def _lines(text: str) -> list[str]:
    """Return each paragraph and each item of a list, as it is written on paper."""
    found = []
    for block in read_blocks(text):
        sign = "\u2022 " if block.kind == "list" else ""
        for line in block.lines:
            found.append(sign + "".join(words.text for words in line))
    return found


def _font_folder() -> Path:
    # The fonts lie with a library that is installed anyway; it is not imported.
    found = find_spec("matplotlib")
    if found is None or found.origin is None:
        raise FileNotFoundError(_FONT)
    return Path(found.origin).parent / _FOLDER
