"""No message of a visitor may reach Rasa as a command or with hidden characters."""

from __future__ import annotations

import unicodedata
from itertools import product

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from bot.core.safety import MAX_CHARACTERS, clean_text, is_too_long, visitor_text

ODD_PREFIXES = {
    "no-break space": "\u00a0",
    "ideographic space": "\u3000",
    "line separator": "\u2028",
    "unit separator": "\u001f",
    "zero-width space": "\u200b",
    "byte order mark": "\ufeff",
    "full-width slash": "\uff0f",
    "word joiner": "\u2060",
}
_SLASHES = ("/", "\uff0f")
_NASTY = "/\uff0f \0\ud800\u0338\u00a0\u2028\u200b\ufeff"
_TRICKY = st.sampled_from(sorted({*_NASTY, *ODD_PREFIXES.values()}))
_ANY = st.characters(min_codepoint=0, max_codepoint=0x10FFFF, categories=None)
_NASTY_TEXT = st.lists(_TRICKY | _ANY, max_size=8).map("".join)


@pytest.mark.parametrize("prefix", ODD_PREFIXES.values(), ids=ODD_PREFIXES.keys())
def test_visitor_text_defuses_a_command_behind_an_odd_prefix(prefix: str) -> None:
    assert visitor_text(f"{prefix}/restart") == "restart"


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("/restart", "restart"),
        ("//restart", "restart"),
        ("/ / restart", "restart"),
        ("/\u200b/restart", "restart"),
        ("\u2044restart", "restart"),
        ('/inform{"a": "b"}', 'inform{"a": "b"}'),
        ("24/7 hotline", "24/7 hotline"),
        ("/", ""),
    ],
    ids=[
        "one slash",
        "two slashes",
        "slashes with spaces",
        "slashes with a hidden mark between",
        "fraction slash",
        "command with values",
        "slash within the text",
        "nothing but a slash",
    ],
)
def test_visitor_text_loses_leading_slashes_only(text: str, safe: str) -> None:
    assert visitor_text(text) == safe


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("det\0ained", "det ained"),
        ("det\ud800ained", "detained"),
        ("\udfffdetained\ud83d", "detained"),
        ("de\u200bta\u200din\u2060ed", "detained"),
        ("\u202edetained\u202c", "detained"),
        ("two\r\nlines\tand\u2029more", "two lines and more"),
        ("\u00a0 detained \u3000", "detained"),
        ("deteccio\u0301n", "detecci\u00f3n"),
        ("private \ue000 use", "private use"),
        ("\u00bfMi se\u00f1ora est\u00e1 aqu\u00ed? \U0001f62d",) * 2,
        ("\u2067\u061cdetained", "detained"),
        ("e\u200b\u0301l", "\u00e9l"),
    ],
    ids=[
        "NUL",
        "lone surrogate",
        "surrogates at the edges",
        "zero-width marks",
        "direction override",
        "line breaks and tabs",
        "odd spaces at the edges",
        "accent apart from its letter",
        "private character",
        "ordinary Spanish and an emoji",
        "Arabic direction mark",
        "hidden mark between letter and accent",
    ],
)
def test_clean_text_keeps_the_words_and_drops_the_rest(text: str, cleaned: str) -> None:
    assert clean_text(text) == cleaned


def test_visitor_text_never_starts_with_a_slash_in_10_000_nasty_beginnings() -> None:
    beginnings = ["".join(characters) for characters in product(_NASTY, repeat=4)]
    safe = [visitor_text(f"{beginning}/restart") for beginning in beginnings]
    assert len(safe) == 10_000
    assert [text for text in safe if text.strip().startswith(_SLASHES)] == []


@effort(max_examples=500, deadline=None, database=None, derandomize=True)
@given(_NASTY_TEXT)
def test_visitor_text_never_starts_with_a_slash_whatever_was_typed(text: str) -> None:
    safe = visitor_text(text)
    assert not safe.startswith(_SLASHES)
    assert safe == safe.strip()


@effort(max_examples=300, deadline=None, database=None, derandomize=True)
@given(_NASTY_TEXT)
def test_visitor_text_has_no_control_and_can_be_stored_as_utf_8(text: str) -> None:
    safe = visitor_text(text)
    safe.encode("utf-8")
    assert not [c for c in safe if unicodedata.category(c) == "Cc"]


@pytest.mark.parametrize(
    ("length", "too_long"),
    [(MAX_CHARACTERS, False), (MAX_CHARACTERS + 1, True)],
    ids=["at the limit", "one over the limit"],
)
def test_a_text_is_too_long_above_the_limit(length: int, too_long: bool) -> None:
    assert is_too_long("x" * length) is too_long
