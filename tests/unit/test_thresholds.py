"""How sure a ranking makes the assistant."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.knowledge.nearness import Agreement
from bot.knowledge.ranking import Candidate, Ranking
from bot.knowledge.second_look import Opinion
from bot.services.thresholds import (
    FEATURES,
    OPINION,
    Thresholds,
    features,
    load_thresholds,
)
from bot.settings import load_settings

FIRST = Candidate("a", score=0.9, nearest=0.8, coverage=0.7)
SECOND = Candidate("b", score=0.6, nearest=0.5, coverage=0.4)
CERTAIN = Thresholds((1.0,) + (0.0,) * (len(FEATURES) - 1), 0.0, 0.5, 0.2)
AGREED = Agreement(0.5, 0.4, 0.3, 0.2, 0.1)


def test_features_speak_of_the_first_candidate_and_its_lead() -> None:
    ranking = Ranking((FIRST, SECOND), 0.3, AGREED, words=0)
    assert dict(zip(FEATURES, features(ranking))) == pytest.approx(
        {
            "score": 0.9,
            "margin": 0.3,
            "nearest": 0.8,
            "rejected": 0.3,
            "coverage": 0.7,
            "agree_all": 0.5,
            "agree_meaning": 0.4,
            "agree_spelling": 0.3,
            "rejected_meaning": 0.2,
            "rejected_spelling": 0.1,
            "words": 0.0,
        }
    )


def test_an_only_candidate_leads_by_its_whole_score() -> None:
    assert features(Ranking((FIRST,), 0.0))[1] == 0.9


def test_certainty_is_nothing_without_a_candidate() -> None:
    assert CERTAIN.certainty(Ranking((), 0.0)) == 0.0


def test_certainty_is_the_logistic_of_the_weighted_features() -> None:
    assert CERTAIN.certainty(Ranking((FIRST,), 0.0)) == pytest.approx(0.71095, abs=1e-5)


def test_a_likeness_to_rejected_messages_makes_the_thresholds_in_use_less_sure() -> (
    None
):
    in_use = load_thresholds(load_settings().THRESHOLDS_FILE)
    plain, rejected = Ranking((FIRST, SECOND), 0.0), Ranking((FIRST, SECOND), 0.9)
    assert in_use.certainty(rejected) < in_use.certainty(plain)


def _judge(names: tuple[str, ...], bias: float) -> dict[str, Any]:
    weights = {name: float(place) for place, name in reversed([*enumerate(names)])}
    return {"weights": weights, "bias": bias, "answer": 0.6, "clarify": 0.3}


def test_thresholds_are_read_by_the_names_of_their_weights(tmp_path: Path) -> None:
    path = tmp_path / "thresholds.json"
    second = _judge((*FEATURES, *OPINION), -2.0)
    second["thresholds"] = {
        "en": {"answer": 0.6, "clarify": 0.3},
        "es": {"answer": 0.8, "clarify": 0.4},
    }
    data = {**_judge(FEATURES, -1.0), "with_second_opinion": second}
    path.write_text(json.dumps(data), encoding="utf-8")
    wide = tuple(map(float, range(len(FEATURES) + len(OPINION))))
    assert load_thresholds(path) == Thresholds(
        *(wide[: len(FEATURES)], -1.0, 0.6, 0.3),
        second={
            "en": Thresholds(wide, -2.0, 0.6, 0.3),
            "es": Thresholds(wide, -2.0, 0.8, 0.4),
        },
    )


def test_no_two_weights_have_one_name() -> None:
    names = [*FEATURES, *OPINION]
    assert len(names) == len(set(names))


def test_a_second_opinion_follows_the_features_and_has_a_judge_of_its_own() -> None:
    opinion = Opinion(-0.1, 4.0, -5.0, 0.9, 1.0, 0.5)
    alone = Ranking((FIRST,), 0.0)
    heard = Ranking((FIRST,), 0.0, opinion=opinion, language="es")
    assert features(heard) == (*features(alone), -0.1, 4.0, -5.0, 0.9, 1.0, 0.5)
    both = replace(CERTAIN, second={"es": replace(CERTAIN, bias=1.0)})
    assert (both.of(alone), both.of(heard)) == (both, both.second["es"])


def test_agreement_of_the_second_look_makes_the_thresholds_in_use_surer() -> None:
    in_use = load_thresholds(load_settings().THRESHOLDS_FILE)
    agrees = Opinion(
        likely=-0.2, lead=4.0, rejected=-6.0, share=0.8, spanish=0.0, asked=0.0
    )
    differs = Opinion(
        likely=-5.0, lead=-3.0, rejected=-1.0, share=0.01, spanish=0.0, asked=0.0
    )
    sure, unsure = (
        in_use.of(heard).certainty(heard)
        for opinion in (agrees, differs)
        for heard in [Ranking((FIRST, SECOND), 0.3, AGREED, 8, opinion, "en")]
    )
    assert sure > unsure + 0.3


def test_the_thresholds_in_use_ask_back_before_they_answer() -> None:
    in_use = load_thresholds(load_settings().THRESHOLDS_FILE)
    assert 0.0 < in_use.clarify < in_use.answer < 1.0
