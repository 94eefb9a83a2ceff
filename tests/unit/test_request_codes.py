"""The private number: hard to guess, easy to type, found in a sentence, never shown."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.consultations import REFERENCE_SIGNS
from bot.services.request_codes import (
    as_reference,
    code_key,
    code_of,
    find_code_in,
    hide_codes,
)

KEY = b"the key of the private numbers in tests"
CODE = "R-4F2K-7XQM-93TD"
ids = st.text("0123456789abcdef", min_size=32, max_size=32)
references = st.text(REFERENCE_SIGNS, min_size=4, max_size=4)
FORMS = [
    str,
    str.lower,
    lambda code: code.replace("-", " "),
    lambda code: code.replace("-", "–"),
    lambda code: code.replace("-", " - "),
    lambda code: code.replace("R-", "R", 1),
    lambda code: "".join(chr(ord(s) + 0xFEE0) for s in code),
]


def test_a_number_is_the_same_each_time_and_another_for_each_request() -> None:
    first = code_of("a" * 32, "4F2K", KEY)
    assert first == code_of("a" * 32, "4F2K", KEY)
    others = {
        code_of("b" * 32, "4F2K", KEY),
        code_of("a" * 32, "4F2M", KEY),
        code_of("a" * 32, "4F2K", b"another key"),
    }
    assert len({first[7:], *(other[7:] for other in others)}) == 4


@given(ids, references)
def test_a_number_is_the_reference_and_eight_signs_more(
    name: str, reference: str
) -> None:
    code = code_of(name, reference, KEY)
    assert code.startswith(f"R-{reference}-")
    assert [len(part) for part in code.split("-")] == [1, 4, 4, 4]
    assert set(code.replace("-", "")) <= set(REFERENCE_SIGNS)


def test_each_sign_of_the_secret_part_is_as_likely_as_another() -> None:
    codes = (code_of(f"{n:032x}", "4F2K", KEY)[7:] for n in range(3000))
    counted = Counter("".join(codes).replace("-", ""))
    assert set(counted) == set(REFERENCE_SIGNS)
    # 24,000 signs, 800 of each are expected; the spread is about 28.
    assert all(650 < number < 950 for number in counted.values())


@given(ids, references, st.sampled_from(FORMS))
def test_a_number_in_a_sentence_is_found_however_it_is_typed(
    name: str, reference: str, form: object
) -> None:
    code = code_of(name, reference, KEY)
    typed = form(code)  # type: ignore[operator]
    assert code_key(typed, KEY) == code_key(code, KEY)
    signs = code[2:]
    if any(s.isdigit() for s in signs) and any(s.isalpha() for s in signs):
        assert find_code_in(f"¿Cómo va {typed}?") == code


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (CODE, CODE),
        ("4F2K-7XQM-93TD", CODE),
        ("4f2k7xqm93td", CODE),
        ("r4f2k7xqm93td", CODE),
        (f"({CODE}),", CODE),
        ("R‑4F2K‑7XQM‑93TD", CODE),
        ("R-4F2K-7XQM-93T\u200bD", CODE),
        ("RF2K-7XQM-93TD", "R-RF2K-7XQM-93TD"),
        ("R-RF2K-7XQM-93TD", "R-RF2K-7XQM-93TD"),
        ("RRF2K7XQM93TD", "R-RF2K-7XQM-93TD"),
        ("they have been here, R-4F2K-7XQM-93TD", CODE),
        ("R-AAAA-BBBB-CCCC", "R-AAAA-BBBB-CCCC"),
        ("aaaa-bbbb-cccc", "R-AAAA-BBBB-CCCC"),
        ("date 4f2k 7xqm 93td then", CODE),
        ("date 4f2k-7xqm-93td", CODE),
        ("they have been here", None),
        ("do they have 287g in reading", None),
        ("here have 287g", None),
        ("have 287g 93td", CODE.replace("4F2K-7XQM", "HAVE-287G")),
        ("call 2345 6789", None),
        ("transference", None),
        ("rearrangement", None),
        ("5255 2345 6789", None),
        ("+52 55 2345 6789", None),
        ("R-4F2K", None),
        ("R-4F2K-7XQM", None),
        ("R-4F2K-7XQM-93T", None),
        ("R-4F2K-7XQM-93TDX", None),
        ("XR-4F2K-7XQM-93TD", None),
        ("R-4F2K-7XQM-93TD-8888", None),
        ("R-4F2K-7XQM-93T0", None),
        ("R-4F2K, 7XQM, 93TD", None),
        ("", None),
    ],
)
def test_only_a_whole_private_number_is_found(text: str, found: str | None) -> None:
    assert find_code_in(text) == found


@pytest.mark.parametrize("other", ["R-4F2K-7XQM-93TE", "4F2K", "", "R-", "R"])
def test_another_text_has_another_key(other: str) -> None:
    assert code_key(other, KEY) != code_key(CODE, KEY)


def test_the_kept_key_says_nothing_without_the_secret() -> None:
    assert code_key(CODE, KEY) != code_key(CODE, b"another key")
    assert len(code_key(CODE, KEY)) == 64


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"Status of {CODE}, por favor: ñ ß ﬁ", "Status of R-…, por favor: ñ ß ﬁ"),
        ("ßß 4f2k 7xqm 93td ok", "ßß R-… ok"),
        (f"{CODE} {CODE.lower()}", "R-… R-…"),
        ("they have been here", "they have been here"),
        ("", ""),
    ],
)
def test_a_hidden_number_leaves_the_other_words_as_they_were(
    text: str, shown: str
) -> None:
    assert hide_codes(text) == shown


@given(st.text(), ids, references, st.text())
def test_no_number_is_left_in_a_text_that_hides_it(
    before: str, name: str, reference: str, after: str
) -> None:
    code = code_of(name, reference, KEY)
    hidden = hide_codes(f"{before} {code} {after}")
    assert code not in hidden
    assert find_code_in(hidden) is None


@pytest.mark.parametrize(
    ("typed", "reference"),
    [
        ("4F2K", "4F2K"),
        ("r-4f2k", "4F2K"),
        (" R – 4F2K ", "4F2K"),
        ("R4F2K", "4F2K"),
        ("RF2K", "RF2K"),
        (CODE, None),
        ("4F20", None),
        ("", None),
    ],
)
def test_a_reference_is_read_as_staff_type_it(
    typed: str, reference: str | None
) -> None:
    assert as_reference(typed) == reference


@pytest.mark.parametrize("text", ["R-" * 40_000, "4F2K-" * 20_000, "A" * 100_000])
def test_a_long_text_is_read_at_once(text: str) -> None:
    assert len(hide_codes(text)) <= len(text)
