"""An entry is shown, shown with a warning, or withheld, by its dates and its status."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.core.entries import Entry, Freshness
from bot.knowledge.base import KnowledgeBase

REVIEW_BY = date(2026, 8, 14)


@pytest.fixture
def entry(small_knowledge: KnowledgeBase) -> Entry:
    """An entry that is due for review on REVIEW_BY."""
    return replace(small_knowledge.entries["find_person"], review_by=REVIEW_BY)


@pytest.mark.parametrize(
    ("days_late", "volatile", "freshness"),
    [
        (0, True, Freshness.CURRENT),
        (1, True, Freshness.OVERDUE),
        (180, True, Freshness.OVERDUE),
        (181, True, Freshness.WITHDRAWN),
        (0, False, Freshness.CURRENT),
        (1, False, Freshness.OVERDUE),
        (2000, False, Freshness.OVERDUE),
    ],
    ids=[
        "volatile on its last day",
        "volatile a day late",
        "volatile 180 days late",
        "volatile 181 days late",
        "lasting on its last day",
        "lasting a day late",
        "lasting years late",
    ],
)
def test_freshness_follows_from_the_review_date(
    entry: Entry, days_late: int, volatile: bool, freshness: Freshness
) -> None:
    on_that_day = REVIEW_BY + timedelta(days=days_late)
    assert replace(entry, volatile=volatile).freshness(on_that_day) is freshness


@pytest.mark.parametrize(
    ("status", "require_approved", "published"),
    [
        ("draft", False, True),
        ("draft", True, False),
        ("approved", False, True),
        ("approved", True, True),
        ("withdrawn", False, False),
        ("withdrawn", True, False),
    ],
    ids=[
        "draft",
        "draft where approval is needed",
        "approved",
        "approved where approval is needed",
        "withdrawn",
        "withdrawn where approval is needed",
    ],
)
def test_publication_follows_from_the_status(
    entry: Entry, status: str, require_approved: bool, published: bool
) -> None:
    assert replace(entry, status=status).is_published(require_approved) is published


def test_only_the_assistants_own_drafts_are_shown_where_approval_is_needed(
    small_knowledge: KnowledgeBase,
) -> None:
    shown = list(small_knowledge.shown(require_approved=True))
    assert {entry.group for entry in shown} == {"meta"}


def test_an_entry_of_the_assistants_own_is_not_shown_once_withdrawn(
    small_knowledge: KnowledgeBase,
) -> None:
    own = replace(small_knowledge.entries["human_please"], status="withdrawn")
    assert not own.is_published(require_approved=False)


def test_an_entry_is_found_by_an_id_merged_into_it(
    small_knowledge: KnowledgeBase,
) -> None:
    found = small_knowledge.find("bail_price")
    assert found is not None
    assert found.id == "bond_money"


def test_no_entry_is_found_by_an_unknown_id(small_knowledge: KnowledgeBase) -> None:
    assert small_knowledge.find("never_written") is None
