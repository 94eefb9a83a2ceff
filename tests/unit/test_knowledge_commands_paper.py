"""The paper an attorney signs holds all that visitors read, and a mark of it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timezone

import pytest

from bot.core.entries import Entry
from bot.knowledge.base import KnowledgeBase
from bot.services.sign_off import mark_of, papers_of
from bot.services.sign_off_html import write_html
from bot.services.sign_off_pdf import write_pdf
from tests.builders import TODAY
from tests.unit.pdf_reader import text_of

NOW = datetime(2026, 7, 20, 12, tzinfo=timezone.utc)


@pytest.fixture
def bond(small_knowledge: KnowledgeBase) -> Entry:
    """An entry with a figure."""
    return small_knowledge.entries["bond_money"]


def with_english(entry: Entry, **changes: object) -> Entry:
    """Return an entry whose English words differ."""
    words = replace(entry.texts["en"], **changes)
    return replace(entry, texts={**entry.texts, "en": words})


def html(knowledge: KnowledgeBase, *entries: Entry) -> str:
    """Return the page of entries."""
    return write_html(papers_of(entries, knowledge, TODAY), TODAY)


def pdf(knowledge: KnowledgeBase, *entries: Entry) -> bytes:
    """Return the PDF of entries."""
    return write_pdf(papers_of(entries, knowledge, TODAY), NOW)


@pytest.mark.parametrize("kind", ["html", "pdf"])
def test_all_that_is_signed_stands_on_the_paper(
    small_knowledge: KnowledgeBase, bond: Entry, kind: str
) -> None:
    if kind == "html":
        text = html(small_knowledge, bond)
    else:
        text = text_of(pdf(small_knowledge, bond))
    for said in (
        "How much is an immigration bond?",
        "A bond costs at least $1,500.",
        "1,500 dólares.",
        "Speak to a lawyer.",
        "Hable con un abogado.",
        "1 U.S.C. § 1",
        "bond_minimum: $1,500 (usc-1, checked 2026-07-15)",
        "Status: not yet reviewed by an attorney",
        "Law checked on: 2026-07-15",
        "Name:",
        "Date:",
        "Signature:",
        f"bond_money · text {mark_of(bond)}",
    ):
        assert said in text, said


def test_the_mark_changes_with_what_is_signed_only(bond: Entry) -> None:
    mark = mark_of(bond)
    assert re.fullmatch(r"(?:[0-9a-f]{4}-){3}[0-9a-f]{4}", mark)
    for same in (
        with_english(bond, questions=("another",)),
        replace(bond, status="approved", review_by=TODAY),
    ):
        assert mark_of(same) == mark
    for other in (
        with_english(bond, short="Another."),
        with_english(bond, next_step="Another."),
        replace(bond, sources=("usc-2",)),
        replace(bond, jurisdiction="NY"),
        replace(bond, texts={**bond.texts, "es": bond.texts["en"]}),
    ):
        assert mark_of(other) != mark


def test_every_page_carries_the_mark_of_its_own_entry(
    small_knowledge: KnowledgeBase, bond: Entry
) -> None:
    long = with_english(bond, details="\n\n".join(f"Line {n}." for n in range(150)))
    other = small_knowledge.entries["slow_case"]
    text = text_of(pdf(small_knowledge, long, other))
    feet = re.findall(
        r"(\w+) · text ([0-9a-f-]+) · printed 2026-07-20 · page (\d+)", text
    )
    assert [foot[2] for foot in feet] == [str(n + 1) for n in range(len(feet))]
    assert len(feet) >= 4
    assert feet[-1][:2] == ("slow_case", mark_of(other))
    assert {foot[:2] for foot in feet[:-1]} == {("bond_money", mark_of(long))}
    assert "Line 149." in text


def test_what_is_typed_is_never_markup(
    small_knowledge: KnowledgeBase, bond: Entry
) -> None:
    evil = '<script>alert(1)</script>"&'
    entry = with_english(
        bond, title=evil, short=evil, details=f"- {evil}\n\n**{evil}**"
    )
    page = html(small_knowledge, entry)
    assert "<script" not in page
    assert page.count("&lt;script&gt;") >= 4


def test_the_page_loads_nothing_from_elsewhere(
    small_knowledge: KnowledgeBase,
) -> None:
    page = html(small_knowledge, *small_knowledge.entries.values())
    assert not re.search(r"<(?:script|link|img|iframe)|url\(|@import", page)


def test_the_same_entries_give_the_same_paper(
    small_knowledge: KnowledgeBase, bond: Entry
) -> None:
    assert pdf(small_knowledge, bond) == pdf(small_knowledge, bond)
