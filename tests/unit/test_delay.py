"""The questions of the delay check: order, choices, and what is told already."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from bot.core.delay import (
    DENIED,
    FIELDS,
    POSSIBLE,
    YES,
    choices_of,
    field_before,
    is_several,
    months_between,
    next_field,
    where_of,
    with_answer,
    with_choice,
)

ALL = {
    "filed": "i485",
    "where": "uscis",
    "since": "2024-03",
    "happened": "interview",
    "tried": "none",
    "home": "ny",
}


def asked_in(answers: Mapping[str, str]) -> list[str]:
    """Return the questions in the order in which they are asked, each skipped."""
    told, asked = dict(answers), []
    while (field := next_field(told)) is not None:
        asked.append(field)
        told[field] = ""
    return asked


@pytest.mark.parametrize(
    ("filed", "asked"),
    [
        ("", ["where", "since", "happened", "tried", "home"]),
        ("i485", ["where", "since", "happened", "tried", "home"]),
        ("n400", ["where", "since", "happened", "tried", "home"]),
        ("other", ["where", "since", "happened", "tried", "home"]),
        ("i765", ["since", "happened", "tried", "home"]),
        ("i751", ["since", "happened", "tried", "home"]),
        ("i601a", ["since", "happened", "tried", "home"]),
        ("i918", ["since", "happened", "tried", "home"]),
        ("visa", ["since", "happened", "tried", "home"]),
        ("foia", ["since", "tried", "home"]),
        ("court", ["since", "tried", "home"]),
    ],
)
def test_what_the_paper_tells_is_not_asked(filed: str, asked: list[str]) -> None:
    assert asked_in({"filed": filed}) == asked


def test_six_questions_at_most_and_then_the_summary() -> None:
    assert asked_in({}) == list(FIELDS)
    assert next_field(ALL) is None


@pytest.mark.parametrize(
    ("field", "before"),
    [
        (None, "home"),
        ("home", "tried"),
        ("happened", "since"),
        ("where", "filed"),
        ("filed", None),
    ],
)
def test_back_leads_to_the_question_before(
    field: str | None, before: str | None
) -> None:
    assert field_before(field, ALL) == before


def test_back_leaps_over_what_was_not_asked() -> None:
    foia = {"filed": "foia", "since": ""}
    assert field_before("tried", foia) == "since"
    assert field_before("since", foia) == "filed"


@pytest.mark.parametrize(
    ("answers", "where"),
    [
        ({"filed": "i485", "where": "fbi"}, "fbi"),
        ({"filed": "i485", "where": ""}, "unknown"),
        ({"filed": "visa"}, "consulate"),
        ({"filed": "visa", "where": "uscis"}, "consulate"),
        ({}, "unknown"),
    ],
)
def test_who_has_the_case_is_told_or_known_from_the_paper(
    answers: Mapping[str, str], where: str
) -> None:
    assert where_of(answers) == where


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("filed", ["", *POSSIBLE["filed"]])
def test_a_question_offers_ten_choices_at_most_all_of_them_possible(
    field: str, filed: str
) -> None:
    choices = choices_of(field, {"filed": filed})
    # A question with several choices has the button "Done" as well.
    assert len(choices) + is_several(field) <= 10
    assert set(choices) <= set(POSSIBLE.get(field, ()))


def test_two_questions_take_several_choices() -> None:
    assert [field for field in FIELDS if is_several(field)] == ["happened", "tried"]


@pytest.mark.parametrize(
    ("kept", "choice", "value"),
    [
        ("", "rfe", "rfe"),
        ("rfe", "interview", "interview rfe"),
        ("interview rfe", "interview", "interview rfe"),
        ("interview", "none", "none"),
        ("none", "interview", "interview"),
        ("lawyer", "inquiry", "inquiry lawyer"),
    ],
)
def test_choices_come_together_in_their_order(
    kept: str, choice: str, value: str
) -> None:
    assert with_choice(kept, choice) == value


def test_another_paper_opens_again_who_has_it_and_what_happened_to_it() -> None:
    changed = with_answer(ALL, "filed", "n400")
    assert {"where", "happened"} & set(changed) == set()
    assert next_field(changed) == "where"
    assert with_answer(ALL, "filed", "i485") == ALL


def test_a_denial_is_kept_but_never_asked_for() -> None:
    told = with_answer(ALL, DENIED, YES)
    assert told == {**ALL, DENIED: YES}
    assert with_answer(told, "filed", "n400")[DENIED] == YES
    assert DENIED not in FIELDS


def test_another_paper_takes_away_what_it_makes_needless() -> None:
    assert with_answer(ALL, "filed", "foia") == {
        "filed": "foia",
        "since": "2024-03",
        "tried": "none",
        "home": "ny",
    }


def test_a_correction_leaves_the_other_answers() -> None:
    assert with_answer(ALL, "since", "2022-01") == {**ALL, "since": "2022-01"}


@pytest.mark.parametrize(
    ("since", "months"),
    [
        ("2026-11", 0),
        ("2026-10", 1),
        ("2025-12", 11),
        ("2024-03", 32),
        ("1990-01", 442),
    ],
)
def test_months_are_counted_from_month_to_month(since: str, months: int) -> None:
    assert months_between(since, date(2026, 11, 21)) == months


def test_what_is_no_month_cannot_be_counted() -> None:
    with pytest.raises(ValueError, match="month"):
        months_between("2024-13", date(2026, 11, 21))
