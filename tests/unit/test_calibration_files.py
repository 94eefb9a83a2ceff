"""Which files teach the judge, and which only set the limits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import numpy as np
import pytest

from bot.knowledge.index import SearchIndex
from bot.knowledge.ranking import Candidate, Ranking
from bot.knowledge.second_look import Languages, Opinion
from bot.services import calibration
from bot.services.calibration import Measured, Row, calibrated


class FakeIndex:
    """Finds "bond" for every text, as surely as the number in the text says."""

    def search(
        self, texts: Sequence[str], vectors: object, languages: Languages
    ) -> list[Ranking]:
        assert languages is not None
        return [
            self._ranking(float(text.split()[-1]), cast(Any, language))
            for text, language in zip(texts, languages)
        ]

    def _ranking(self, sure: float, language: Any) -> Ranking:
        opinion = Opinion(np.log(sure), 0.0, 0.0, sure, 0.0, 0.0)
        return Ranking(
            (Candidate("bond", sure, sure, sure),),
            0.0,
            opinion=opinion if language else None,
            language=language,
        )


@pytest.fixture(autouse=True)
def texts_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """The index needs no vectors of them."""
    monkeypatch.setattr(calibration, "encode", lambda texts: None)


def rows(entry: str, *sure: float) -> tuple[Row, ...]:
    """Return answerable messages that an entry answers."""
    return tuple(
        Row(f"how {number}", frozenset([entry]), language)
        for number in sure
        for language in ("en", "es")
    )


def rows_outside(*sure: float) -> tuple[Row, ...]:
    """Return messages that no entry answers."""
    return tuple(
        Row(row.text, frozenset(), row.language) for row in rows("none", *sure)
    )


OURS = Measured(
    (*rows("bond", 0.9, 0.8, 0.7, 0.6), *rows("court", 0.1, 0.2)), rows_outside(0.05)
)


def answer_from(*files: Measured) -> float:
    """Return from which certainty on English is answered."""
    thresholds, _ = calibrated(cast(SearchIndex, FakeIndex()), files)
    return thresholds.second["en"].answer


def weights_after(*files: Measured) -> tuple[float, ...]:
    """Return what the judge learned."""
    thresholds, _ = calibrated(cast(SearchIndex, FakeIndex()), files)
    return thresholds.second["en"].weights


def test_a_file_that_only_sets_limits_teaches_nothing_and_is_kept_to() -> None:
    wrong = Measured(rows("court", 0.85), (), teaching=False)
    assert weights_after(OURS, wrong) == weights_after(OURS)
    assert answer_from(OURS, wrong) > answer_from(OURS)


def test_a_file_that_only_teaches_sets_no_limit() -> None:
    wrong = Measured((), rows_outside(0.85), limiting=False)
    assert weights_after(OURS, wrong) != weights_after(OURS)
    limited = answer_from(OURS, Measured((), rows_outside(0.85)))
    assert answer_from(OURS, wrong) < limited
