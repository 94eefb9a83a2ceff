"""Dates are written, spellings are folded and conversations are named as promised."""

from __future__ import annotations

from datetime import date

import pytest

from bot.core.conversations import conversation_id, is_conversation_id, is_token
from bot.core.dates import spoken_date
from bot.core.languages import Language
from bot.core.matching import fold

TOKEN = "A-_z" * 10 + "012"


@pytest.mark.parametrize(
    ("day", "language", "words"),
    [
        (date(2026, 1, 1), "en", "January 1, 2026"),
        (date(2026, 12, 31), "en", "December 31, 2026"),
        (date(2026, 1, 1), "es", "1 de enero de 2026"),
        (date(2026, 9, 30), "es", "30 de septiembre de 2026"),
    ],
    ids=["first day en", "last day en", "first day es", "september es"],
)
def test_a_date_is_written_in_words(day: date, language: Language, words: str) -> None:
    assert spoken_date(day, language) == words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("¿DÓNDE está él?", "donde esta el"),
        ("niño", "nino"),
        ("287(g)", "287g"),
        ("287 G", "287g"),
        ("287-g agreements", "287g agreements"),
        ("287 (g) office", "287g office"),
        ("can't", "cant"),
        ("can\u2019t", "cant"),
        ("I-130: what?!", "i 130 what"),
        ("ＩＣＥ", "ice"),
        ("...", ""),
    ],
    ids=[
        "capitals and accents",
        "n with tilde",
        "287(g)",
        "287 G",
        "287-g",
        "287 (g)",
        "apostrophe",
        "curly apostrophe",
        "punctuation",
        "full-width letters",
        "nothing but punctuation",
    ],
)
def test_fold_brings_spellings_to_one_form(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_a_conversation_id_has_the_form_of_an_id_and_not_the_token_in_it() -> None:
    made = conversation_id(TOKEN, b"key")
    assert is_conversation_id(made)
    assert TOKEN not in made


@pytest.mark.parametrize(
    ("token", "key"),
    [("B" + TOKEN[1:], b"key"), (TOKEN, b"other key")],
    ids=["another token", "another key"],
)
def test_a_conversation_id_differs_with_token_and_key(token: str, key: bytes) -> None:
    assert conversation_id(token, key) != conversation_id(TOKEN, b"key")


def test_a_conversation_id_is_the_same_every_time() -> None:
    assert conversation_id(TOKEN, b"key") == conversation_id(TOKEN, b"key")


@pytest.mark.parametrize(
    "value",
    ["", "0" * 31, "0" * 33, "G" * 32, "0" * 32 + "\n", 32, None],
    ids=["empty", "short", "long", "no hex", "line break", "number", "nothing"],
)
def test_a_value_of_another_form_is_no_conversation_id(value: object) -> None:
    assert not is_conversation_id(value)


@pytest.mark.parametrize(
    ("value", "is_one"),
    [(TOKEN, True), (TOKEN[1:], False), (TOKEN + "\n", False), ("á" * 43, False)],
    ids=["token", "short", "line break", "other letters"],
)
def test_a_token_has_43_letters_of_base64(value: str, is_one: bool) -> None:
    assert is_token(value) is is_one
