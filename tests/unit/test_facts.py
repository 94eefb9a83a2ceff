"""A figure is shown only for days for which it is known."""

from __future__ import annotations

from datetime import date

import pytest

from bot.core.facts import Fact, FactValue, fill, placeholders

FEE = Fact(
    "fee",
    "usc-1",
    date(2026, 1, 1),
    (
        FactValue({"en": "$400", "es": "400 USD"}, date(2025, 1, 1), date(2025, 6, 30)),
        FactValue(
            {"en": "$405", "es": "405 USD"}, date(2025, 7, 1), date(2025, 12, 31)
        ),
        FactValue({"en": "$410", "es": "410 USD"}, date(2026, 2, 1), None),
    ),
)


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2024, 12, 31), None),
        (date(2025, 1, 1), "$400"),
        (date(2025, 6, 30), "$400"),
        (date(2025, 7, 1), "$405"),
        (date(2025, 12, 31), "$405"),
        (date(2026, 1, 1), None),
        (date(2026, 2, 1), "$410"),
        (date(2099, 1, 1), "$410"),
    ],
    ids=[
        "before the first value",
        "first day",
        "last day",
        "first day of the next value",
        "last day of the next value",
        "in a gap",
        "first day after the gap",
        "open end",
    ],
)
def test_a_fact_has_the_value_of_the_day_or_none(day: date, text: str | None) -> None:
    assert FEE.text_on(day, "en") == text


def test_a_fact_is_told_in_the_language_asked_for() -> None:
    assert FEE.text_on(date(2025, 1, 1), "es") == "400 USD"


@pytest.mark.parametrize(
    "text",
    ["{fact:fee}", "{{fact: fee}}", "{{law:fee}}", "{{fact:Fee}}", "{{fact:}}"],
    ids=["one brace", "space", "unknown kind", "capital letter", "no name"],
)
def test_a_misspelt_placeholder_is_none_and_stays_as_it_is(text: str) -> None:
    assert placeholders(text) == set()
    assert fill(text, "{}{}".format) == text


def test_fill_replaces_every_placeholder_with_the_value_of_its_kind() -> None:
    text = "{{fact:fee}}, again {{fact:fee}}, {{office:phone}}"
    filled = fill(text, lambda kind, key: f"<{kind} {key}>")
    assert filled == "<fact fee>, again <fact fee>, <office phone>"
