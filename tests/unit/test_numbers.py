"""Counts add up to figures: by day, by language, by channel, never divided by zero."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone

import pytest

from bot.core.messages import REPLY_KINDS, Reply
from bot.knowledge.base import KnowledgeBase
from bot.services import numbers
from bot.services.numbers import (
    Figures,
    Numbers,
    add_up,
    break_down,
    count_reply,
    share,
)
from bot.settings import Settings
from bot.storage import daily_counts
from bot.storage.daily_counts import DailyCount
from bot.storage.engine import Storage, open_storage, upgrade

DAY = date(2026, 7, 20)
# Replies that answer no question.
BESIDE = {"form", "notice", "small_talk"}


def counted(
    kind: str, number: int = 1, *, channel: str = "web", language: str = "en"
) -> DailyCount:
    """Return a count of the day."""
    return DailyCount(DAY, channel, language, kind, number)


@pytest.fixture
def storage(settings: Settings) -> Iterator[Storage]:
    """An open database with the present tables."""
    upgrade(settings)
    opened = open_storage(settings)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("kind", "figure"),
    [
        ("answer", "answered"),
        ("emergency", "answered"),
        ("clarify", "offered"),
        ("no_answer", "refused"),
        ("handoff", "person_wanted"),
        ("failed", "failed"),
        ("sent", "sent"),
        ("request", "requests"),
        ("helpful", "helpful"),
        ("not_helpful", "not_helpful"),
    ],
)
def test_each_kind_counts_for_one_figure(kind: str, figure: str) -> None:
    assert add_up([counted(kind, 3)]) == Figures(**{figure: 3})


@pytest.mark.parametrize("kind", sorted(BESIDE))
def test_what_answers_no_question_counts_for_none(kind: str) -> None:
    assert add_up([counted(kind, 3)]) == Figures()


def test_every_kind_of_reply_is_a_figure_or_answers_no_question() -> None:
    assert set(REPLY_KINDS) - set(numbers.FIGURE_OF) == BESIDE


def test_asked_is_what_was_answered_offered_refused_or_for_a_person() -> None:
    counts = [counted(kind) for kind in (*REPLY_KINDS, "failed", "sent", "request")]
    assert add_up(counts).asked == len(REPLY_KINDS) - len(BESIDE)


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [
        (0, 0, None),
        (0, 7, "0.0"),
        (1, 3, "33.3"),
        (2, 3, "66.7"),
        (7, 7, "100.0"),
        (1, 10_000, "0.0"),
    ],
)
def test_a_share_has_one_decimal_and_none_of_nothing(
    part: int, whole: int, shown: str | None
) -> None:
    assert share(part, whole) == shown


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (Reply("clarify", "es"), "clarify"),
        (Reply("notice", "es", phrases=("saved",)), "notice"),
        (Reply("notice", "es", phrases=("apology",)), "failed"),
    ],
    ids=["reply", "notice", "apology"],
)
def test_a_reply_counts_on_the_day_of_the_office_and_an_apology_as_failed(
    storage: Storage, knowledge: KnowledgeBase, reply: Reply, kind: str
) -> None:
    # Half past midnight UTC is still the evening before in New York.
    evening = datetime(2026, 7, 21, 0, 30, tzinfo=timezone.utc)
    with storage.begin() as session:
        count_reply(session, knowledge, "web", reply, evening)
    with storage.read() as session:
        found = daily_counts.totals(session, DAY, DAY)
    assert found == [counted(kind, language="es")]


def test_both_ways_to_whatsapp_are_one_channel() -> None:
    ways = ("web", "whatsapp_cloud", "whatsapp_twilio")
    found = break_down([counted("answer", channel=way) for way in ways]).by_channel
    assert {key: one.asked for key, one in found.items()} == {"web": 1, "whatsapp": 2}


def test_languages_stand_there_with_zeros_and_the_unknown_one_only_if_it_counts() -> (
    None
):
    assert list(break_down([]).by_language) == ["en", "es"]
    found = break_down([counted("failed", language="")]).by_language
    assert {key: one.failed for key, one in found.items()} == {
        "en": 0,
        "es": 0,
        "": 1,
    }


def test_what_groups_have_adds_up_to_the_total() -> None:
    counts = [
        counted("answer", 5),
        counted("clarify", 2, language="es"),
        counted("no_answer", 1, channel="whatsapp_cloud", language="es"),
    ]
    found = break_down(counts)
    for groups in (found.by_language, found.by_channel):
        assert sum(figures.asked for figures in groups.values()) == found.total.asked


@pytest.fixture
def two_weeks(monkeypatch: pytest.MonkeyPatch) -> Numbers:
    """Numbers of a day, read from counts that know the range they were asked for."""

    def totals(_session: object, first: date, last: date) -> list[DailyCount]:
        return [
            DailyCount(first, "web", "en", "answer", 1),
            DailyCount(last, "web", "en", "answer", 2),
        ]

    monkeypatch.setattr(daily_counts, "totals", totals)
    for name in ("submitted_on", "votes_on"):
        monkeypatch.setattr(daily_counts, name, lambda *_given: [])
    return numbers.numbers_of(None, DAY, "America/New_York")  # type: ignore[arg-type]


def test_a_day_comes_with_the_thirteen_before_it_oldest_first(
    two_weeks: Numbers,
) -> None:
    assert list(two_weeks.days) == [DAY - timedelta(days=n) for n in range(13, -1, -1)]
    assert [figures.asked for figures in two_weeks.days.values()] == [1, *[0] * 12, 2]


def test_the_day_itself_and_all_days_are_broken_down_apart(two_weeks: Numbers) -> None:
    assert two_weeks.of_day.total.asked == 2
    assert two_weeks.of_all.total.asked == 3
