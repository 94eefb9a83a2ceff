"""What Rasa parsed is read whole, and nothing is made up where it says nothing."""

from __future__ import annotations

from bot.core.understanding import Part, Understanding, understanding_from_parse

PARSE = {
    "text": "my brother is in Essex and Bergen jail",
    "intent": {"name": "ask_detained", "confidence": 0.8},
    "intent_ranking": [
        {"name": "ask_detained", "confidence": 0.8},
        {"name": "ask_rights", "confidence": 0.2},
    ],
    "entities": [
        {"entity": "county", "value": "Essex, NJ", "start": 17},
        {"entity": "agency", "value": "ICE"},
        {"entity": "county", "value": "Bergen, NJ"},
    ],
    "language": {"code": "en", "foreign": False},
    "signals": ["now"],
    "parts": [{"text": "my brother", "intents": {"ask_detained": 0.7}}],
    "vector": "AAAA",
    "respelt": "we said",
}


def test_an_understanding_holds_what_rasa_parsed() -> None:
    assert understanding_from_parse(PARSE) == Understanding(
        text="my brother is in Essex and Bergen jail",
        language="en",
        is_foreign=False,
        intent="ask_detained",
        intents={"ask_detained": 0.8, "ask_rights": 0.2},
        entities={"county": ("Essex, NJ", "Bergen, NJ"), "agency": ("ICE",)},
        signals=frozenset({"now"}),
        parts=(Part("my brother", {"ask_detained": 0.7}),),
        vector="AAAA",
        respelt="we said",
    )


def test_an_empty_parse_is_an_empty_understanding() -> None:
    assert understanding_from_parse({}) == Understanding(text="")


def test_fields_without_a_value_are_as_good_as_missing() -> None:
    names = ("text", "intent", "intent_ranking", "entities", "language", "signals")
    nothing = dict.fromkeys((*names, "parts", "vector", "respelt"))
    assert understanding_from_parse(nothing) == Understanding(text="")


def test_a_language_that_we_do_not_speak_is_none_and_foreign() -> None:
    found = understanding_from_parse({"language": {"code": "fr", "foreign": True}})
    assert found.language is None
    assert found.is_foreign
