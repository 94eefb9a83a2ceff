"""From which certainty on is answered, and from which on is asked back."""

from __future__ import annotations

import numpy as np
import pytest

from bot.services.calibration import Judged, choose_thresholds
from bot.services.thresholds import Thresholds

JUDGE = Thresholds((0.0,), 0.0, 1.0, 1.0)


def judged(*messages: tuple[float, str]) -> Judged:
    """Return a file: each message's certainty, and what stands among its candidates."""
    known = [message for message in messages if message[1] != "alien"]
    return Judged(
        sure=np.array([certainty for certainty, _ in known]),
        right=np.array([what == "first" for _, what in known]),
        among=np.array([what in ("first", "second") for _, what in known]),
        alien=np.array([certainty for certainty, what in messages if what == "alien"]),
    )


SURE = tuple((0.95, "first") for _ in range(30))


def test_the_lowest_certainty_with_few_enough_wrong_answers_is_answered() -> None:
    doubtful = ((0.7, "second"), (0.6, "missing"), (0.55, "missing"))
    file = judged(*SURE, *doubtful, (0.01, "alien"))
    chosen, _ = choose_thresholds(JUDGE, [file])
    # One wrong answer of 33 is allowed, two are not.
    assert 0.6 < chosen.answer <= 0.7


@pytest.mark.parametrize(
    ("unsure", "at_most"),
    [("second", 0.4), ("missing", 0.9), ("alien", 0.9)],
    ids=["among the choices", "not among them", "outside"],
)
def test_it_is_asked_back_where_a_choice_is_likelier_than_none(
    unsure: str, at_most: float
) -> None:
    doubtful = tuple((0.4, unsure) for _ in range(4))
    others = tuple((0.02, "alien") for _ in range(60))
    chosen, _ = choose_thresholds(JUDGE, [judged(*SURE, *doubtful, *others)])
    assert chosen.clarify <= at_most
    assert (chosen.clarify <= 0.4) == (unsure == "second")


def test_messages_outside_are_seldom_asked_back() -> None:
    unsure = tuple((0.4, "second") for _ in range(20))
    outside = tuple((0.4, "alien") for _ in range(10))
    chosen, _ = choose_thresholds(JUDGE, [judged(*SURE, *unsure, *outside)])
    assert chosen.clarify > 0.4
