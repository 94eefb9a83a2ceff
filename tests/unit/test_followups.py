"""Short messages that lean on an earlier answer are told apart from new questions."""

from __future__ import annotations

import pytest

from bot.core.languages import Language
from bot.services import followups
from tests.builders import message


@pytest.mark.parametrize(
    ("text", "leaning"),
    [
        ("how much", "wholly"),
        ("¿cuánto?", "wholly"),
        ("and who pays for it", "partly"),
        ("what about my wife", "partly"),
        ("is that legal", "partly"),
        ("where is he", "partly"),
        ("¿y cuánto cuesta?", "partly"),
        ("los puedo grabar", "partly"),
        ("quién la paga", "partly"),
        ("cómo lo saco", "partly"),
        ("¿dónde está?", "partly"),
        ("a quién demando", "partly"),
        ("what is a detainer", "not"),
        ("qué es un detainer", "not"),
        ("me pararon en la calle", "not"),
        ("and my brother who lives in Newark was taken by two men", "not"),
    ],
)
def test_a_short_message_that_points_back_leans_on_the_last_answer(
    text: str, leaning: followups.Leaning
) -> None:
    assert followups.leaning(text) == leaning


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("1", 0),
        ("the first one", 0),
        ("la primera", 0),
        ("2", 1),
        ("second", 1),
        ("La segunda opción", 1),
        ("#3", 2),
        ("the last one", 2),
        ("el último", 2),
        ("two men came to my house", None),
        ("4", None),
        ("one year ago", None),
        ("", None),
    ],
    ids=[
        "1",
        "first",
        "primera",
        "2",
        "second",
        "segunda",
        "3",
        "last",
        "último",
        "a number in a sentence",
        "4",
        "a number that begins a sentence",
        "empty",
    ],
)
def test_a_choice_is_named_by_its_place(text: str, place: int | None) -> None:
    assert followups.chosen_place(text) == place


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Should I sign it?", True),
        ("what are my chances", True),
        ("¿Debería demandar?", True),
        ("¿Califico para fianza?", True),
        ("what is bond", False),
        ("qué es la fianza", False),
    ],
    ids=["should i", "chances", "debería", "califico", "neutral", "neutral es"],
)
def test_a_wish_for_advice_is_noticed(text: str, asks: bool) -> None:
    assert followups.asks_for_advice(text) is asks


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("what happened in Alvarez v. ICE?", "alvarez"),
        ("Wells vs DeMarco", "wells"),
        ("el caso Gómez contra Barr", "gomez"),
        ("mandamus vs apa", None),
        ("what is bond", None),
    ],
    ids=["v.", "vs", "contra", "two remedies", "no case"],
)
def test_a_court_case_is_known_by_its_parties(text: str, party: str | None) -> None:
    assert followups.named_case(text) == party


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("English please", "en"),
        ("en español", "es"),
        ("habla inglés?", "en"),
        ("Spanish", "es"),
        ("english or spanish?", None),
        ("the other language", None),
    ],
    ids=["english", "español", "inglés", "spanish", "both", "neither"],
)
def test_a_language_asked_for_by_name_is_found(
    text: str, language: Language | None
) -> None:
    assert followups.named_language(text) == language


@pytest.mark.parametrize(
    ("entities", "state"),
    [
        ({"state": ("NJ",)}, "NJ"),
        ({"county": ("Essex, NJ",)}, "NJ"),
        ({"state": ("NY",), "county": ("Kings, NY",)}, "NY"),
        ({"state": ("NY", "NJ")}, None),
        ({"state": ("NY",), "county": ("Essex, NJ",)}, None),
        ({"state": ("TX",)}, None),
        ({}, None),
    ],
    ids=[
        "state",
        "county",
        "both the same",
        "two states",
        "county of another state",
        "a state not ours",
        "none",
    ],
)
def test_one_state_of_ours_is_named_or_none(
    entities: dict[str, tuple[str, ...]], state: str | None
) -> None:
    assert followups.named_state(message("?", entities=entities)) == state


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("and in New Jersey?", True),
        ("New Jersey", True),
        ("police in New Jersey stopped my cousin", False),
        ("and what may a judge in New Jersey do then", False),
    ],
    ids=["and in", "the state alone", "new question", "more than the state"],
)
def test_a_message_that_only_names_a_state_is_noticed(text: str, only: bool) -> None:
    asked = message(text, entities={"state": ("NJ",)})
    assert followups.asks_only_for_state(asked) is only


def test_a_message_without_a_state_never_asks_only_for_it() -> None:
    assert not followups.asks_only_for_state(message("and there?"))
