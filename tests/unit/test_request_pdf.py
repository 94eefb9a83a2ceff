"""The PDF of a request holds every word, in letters that people can read."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import datetime, timedelta, timezone

import pytest

from bot.services.request_pdf import PrintedRequest, Section, draw_request
from tests.unit.pdf_reader import text_of

NOW = datetime(2026, 7, 20, 12, tzinfo=timezone.utc)
REPLACED = "Signs not printed"


def draw(*lines: str, now: datetime = NOW) -> bytes:
    """Return the PDF of a request with these lines."""
    printed = PrintedRequest(
        "Request R-4F2K", "Confidential", REPLACED, "en", (Section("Answers", lines),)
    )
    return draw_request(printed, now)


def test_every_line_is_on_the_paper() -> None:
    text = text_of(draw("Name: Ana López", "Matter: mandamus"))
    for said in (
        "Request R-4F2K",
        "Confidential",
        "Answers",
        "Name: Ana López",
        "Matter: mandamus",
    ):
        assert f"{said}\n" in text
    assert REPLACED not in text


@pytest.mark.parametrize(
    "name",
    [
        "José Ñandú",
        "Łukasz Żółć",
        "Nguyễn Thị Ánh",
        "Ольга",
        "Ελένη",
        "Şükrü Ağa",
        "O'Brien (Ana) \\",
    ],
)
def test_a_name_with_accents_or_of_another_alphabet_is_written(name: str) -> None:
    text = text_of(draw(f"Name: {name}"))
    assert name in text
    assert REPLACED not in text


def test_an_accent_typed_as_a_sign_of_its_own_is_written_as_one_letter() -> None:
    assert "José" in text_of(draw("Jose\u0301"))


@pytest.mark.parametrize("name", ["我是安娜", "अनीता", "สมชาย", "Ana \U0001fae1"])
def test_signs_that_the_font_lacks_are_replaced_and_the_paper_says_so(
    name: str,
) -> None:
    text = text_of(draw(f"Name: {name}"))
    assert "Name: " in text
    assert "□" in text
    assert REPLACED in text


RIGHT_TO_LEFT = {
    "Arabic": ("مريم", "ميرم"),
    "Hebrew": ("שרה לוי", "יול הרש"),
    "mixed": ("Ana مريم López", "Ana ميرم López"),
    "with a bracket": ("שרה (Sara)", "הרש (Sara)"),
}


@pytest.mark.parametrize(("name", "drawn"), RIGHT_TO_LEFT.values(), ids=RIGHT_TO_LEFT)
def test_a_name_read_from_right_to_left_is_drawn_so(name: str, drawn: str) -> None:
    text = text_of(draw(f"Name: {name}", "Matter: delay"))
    # The letters as they lie on the paper, from left to right.
    assert f"Name: {drawn}\n" in text
    assert "Matter: delay" in text


def test_a_long_text_read_from_right_to_left_keeps_the_order_of_its_lines() -> None:
    text = text_of(draw("א" * 60 + " " + "ב" * 60 + " " + "ג" * 60))
    assert text.index("א") < text.index("ב") < text.index("ג")


HIDDEN = ["\u202e", "\u200b", "\x00", "\x1b", "\ufeff", "\ud800"]


@pytest.mark.parametrize("sign", HIDDEN, ids=map(ascii, HIDDEN))
def test_signs_that_nobody_sees_are_left_out(sign: str) -> None:
    assert "Ana López" in text_of(draw(f"An{sign}a López"))


def test_markup_in_an_answer_is_only_letters() -> None:
    typed = "**bold** <b>x</b> [a](http://evil.example) %PDF endstream"
    pdf = draw(typed)
    assert typed in text_of(pdf)
    assert b"/URI" not in pdf
    assert b"/Annots" not in pdf


def test_long_answers_go_on_with_the_next_page_and_each_says_what_it_is() -> None:
    text = text_of(draw(*(f"line {number}" for number in range(120)), "W" * 300))
    assert all(f"line {number}\n" in text for number in range(120))
    assert text.count("W") == 300
    for page in (1, 2, 3):
        assert f"Request R-4F2K · Confidential · {page}\n" in text


def test_the_same_moment_gives_the_same_file_and_another_one_another() -> None:
    assert draw("Ana") == draw("Ana")
    assert draw("Ana") != draw("Ana", now=NOW + timedelta(seconds=1))


def test_the_file_names_nobody_beside_the_program_the_title_and_the_time() -> None:
    pdf = draw("Name: Ana López")
    info = re.search(rb"<<\n(?P<lines>[^>]*/CreationDate[^>]*)>>", pdf)
    assert info is not None
    assert sorted(line.split(b" ")[0] for line in info["lines"].splitlines()) == [
        b"/CreationDate",
        b"/Producer",
        b"/Title",
    ]
    assert b"D:20260720120000Z" in info["lines"]
    assert b"http" not in pdf


def test_the_start_of_the_program_loads_neither_the_drawing_nor_the_fonts() -> None:
    code = (
        "import sys, bot.services.request_pdf, bot.services.request_calendar;"
        "print([m for m in ('fpdf', 'icalendar', 'matplotlib') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, text=True
    )
    assert done.stdout.strip() == "[]"
