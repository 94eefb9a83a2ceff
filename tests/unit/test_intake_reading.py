"""Dates, telephone numbers, e-mail addresses and names are read as people type them."""

from __future__ import annotations

from datetime import date

import pytest

from bot.core.intake import looks_private
from bot.services.intake_reading import (
    Read,
    read_date,
    read_mail,
    read_own_words,
    read_phone,
    spoken_phone,
)

MONDAY = date(2026, 7, 20)


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("August 3, 2026", "en", "2026-08-03"),
        ("Aug. 3rd", "en", "2026-08-03"),
        ("my hearing is on August 3 at 9:30 am", "en", "2026-08-03"),
        ("I have court on friday", "en", "2026-07-24"),
        ("in two weeks", "en", "2026-08-03"),
        ("2 years", "en", "2028-07-20"),
        ("8/3/2026", "en", "2026-08-03"),
        ("25/8/2026", "en", "2026-08-25"),
        ("8/3 2027", "en", "2027-08-03"),
        ("2026-08-03", "en", "2026-08-03"),
        ("July 19", "en", "2026-07-19"),
        ("January 5", "en", "2027-01-05"),
        ("3 de agosto", "en", "2026-08-03"),
        ("el lunes 3 de agosto a las 9", "es", "2026-08-03"),
        ("1 de setiembre de 2026", "es", "2026-09-01"),
        ("primero de agosto", "es", "2026-08-01"),
        ("tres de agosto", "es", "2026-08-03"),
        ("8/3/2027", "es", "2027-03-08"),
        ("8/25/26", "es", "2026-08-25"),
        ("pasado mañana", "es", "2026-07-22"),
        ("en dos semanas", "es", "2026-08-03"),
        ("el próximo viernes", "es", "2026-07-24"),
        ("ayer", "es", "2026-07-19"),
        ("August 3", "es", "2026-08-03"),
    ],
)
def test_a_date_is_read_in_either_language(text: str, language: str, day: str) -> None:
    assert str(read_date(text, language, MONDAY)) == day  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        *("soon", "pronto", "August", "next week", "el próximo mes", "the 15th", "6"),
        *("3pm", "1.5", "13/13/2026", "30 de febrero", "no lo sé", "may", "monday"),
        *("call 212 555 0123", "hola", "what happens on August 3 to me"),
    ],
)
def test_a_day_that_nobody_named_is_not_made_up(text: str) -> None:
    assert [read_date(text, code, MONDAY) for code in ("en", "es")] == [None, None]


@pytest.mark.parametrize(
    ("text", "is_taken"),
    [
        ("July 19, 2026", True),
        ("July 18, 2026", False),
        ("July 19, 2028", True),
        ("July 20, 2028", False),
    ],
)
def test_a_deadline_lies_from_yesterday_to_two_years_ahead(
    text: str, is_taken: bool
) -> None:
    read = read_own_words("urgent_date", text, "phone", "en", MONDAY)
    assert (read.value is not None, read.problem is None) == (is_taken, is_taken)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("212-555-0123", "+12125550123"),
        ("call (201) 555 0199 please", "+12015550199"),
        ("mi número es 917 555 0123", "+19175550123"),
        ("+52 55 1234 5678", "+525512345678"),
        ("911", None),
        ("555-0123", None),
        ("A123456789", None),
        ("123-45-6789", None),
        ("4111 1111 1111 1111", None),
        ("212 555 0123 or 917 555 0123", None),
    ],
)
def test_a_telephone_number_is_kept_in_one_form(text: str, number: str | None) -> None:
    assert read_phone(text) == number


def test_a_kept_number_is_said_as_people_write_it() -> None:
    assert spoken_phone("+12125550123") == "+1 212-555-0123"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("my mail is ana@example.com.", "ana@example.com"),
        ("a12345678@example.com", "a12345678@example.com"),
        ("José@ejemplo.mx", "José@ejemplo.mx"),
        ("ana@", None),
        ("ana at example.com", None),
        ("a@example.com, b@example.com", None),
    ],
)
def test_an_email_address_is_found_in_what_was_typed(
    text: str, address: str | None
) -> None:
    assert read_mail(text) == address


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("María José", Read("María José")),
        ("Me llamo Ana.", Read("Ana")),
        ("Li 2", Read("Li 2")),
        ("123", Read()),
        ("Ana 2125550123", Read(problem="intake_no_numbers")),
        ("Ana A123456789", Read(problem="intake_private")),
        ("x" * 81, Read(problem="intake_long_name")),
        ("x" * 80, Read("x" * 80)),
    ],
)
def test_a_name_has_letters_and_no_long_number(text: str, read: Read) -> None:
    assert read_own_words("name", text, "phone", "en", MONDAY) == read


@pytest.mark.parametrize(
    ("text", "is_private"),
    [
        ("A123456789", True),
        ("my A# 12345678", True),
        ("123-45-6789", True),
        ("4111 1111 1111 1111", True),
        ("IOE0912345678", True),
        ("+1 212 555 0123", False),
        ("August 3, 2026", False),
        ("I-589", False),
    ],
)
def test_numbers_that_nobody_needs_here_are_known(text: str, is_private: bool) -> None:
    assert looks_private(text) is is_private
