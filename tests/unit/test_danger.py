"""911 comes first where somebody is hurt or being hurt, and only there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.messages import Reply
from bot.services.danger import is_in_danger, with_help_first

ANSWER = Reply("unknown", "en", phrases=("no_answer",))
HURT = [
    "someone got shot on my block",
    "my little brother is bleeding a lot",
    "my husband is beating me and he says he calls ice",
    "he cant breathe help",
    "shes going to kill me",
    "chocamos en la autopista y hay varios heridos",
    "mi esposo me está pegando",
    "le dispararon a mi primo, qué hago",
    "mi mamá no respira",
    "me van a matar",
]
NOT_HURT = [
    "my cousin was shot by police two years ago, can we sue",
    "what if he is going to kill me when i report",
    "le dispararon a mi hermano hace dos años",
    "can ice come to a hospital",
    "me da miedo ir al hospital",
    "the officer hit my car",
    "my case is dying at uscis",
    "my brother was injured in jail, can he get a visa",
    "qué pasa si alguien está herido y llamo a la policía",
    "is there a 287g agreement in shot gun creek",
]


@pytest.mark.parametrize("text", HURT)
def test_whoever_tells_of_somebody_hurt_reads_911_first(text: str) -> None:
    assert with_help_first(ANSWER, text).phrases == ("danger", "no_answer")


@pytest.mark.parametrize("text", NOT_HURT)
def test_what_was_or_might_be_gets_its_answer_alone(text: str) -> None:
    assert not is_in_danger(text)
    assert with_help_first(ANSWER, text) == ANSWER


def test_the_crisis_line_is_not_preceded_by_another_number() -> None:
    crisis = replace(ANSWER, phrases=("crisis",))
    assert with_help_first(crisis, "he is beating me and i want to die") == crisis
