"""Which lines of a page may be shown, in what room, and what is said of their check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.core.delay_rule import PAGES, Page
from bot.core.delay_rules import RULES, find
from bot.core.languages import LANGUAGES, Language
from bot.core.messages import Channel
from bot.knowledge.base import KnowledgeBase
from bot.services.delay_findings import View, result_page
from bot.services.delay_lines import reviewed_only
from bot.services.delay_results import first_result
from bot.services.showing import show_reply
from tests.unit.delay_cases import (
    CITIZEN,
    COURT,
    EVERY,
    FOIA,
    I485,
    I765,
    N400,
    OTHER,
    VISA,
)

TODAY = date(2026, 7, 20)
DRAFT = {
    "en": "Information, not advice. Not yet reviewed by an attorney. ",
    "es": "Información legal, no asesoría legal. Aún sin revisión de un abogado. ",
}
DATED = {"en": "Checked on July 15, 2026.", "es": "Revisado el 15 de julio de 2026."}


def keys_of(
    answers: Mapping[str, str],
    knowledge: KnowledgeBase,
    *pages: Page,
    channel: Channel = "web",
) -> tuple[str, ...]:
    """Return the phrases of pages shown as one."""
    view = View(knowledge, "es", TODAY, channel)
    reply = result_page(view, find(answers, TODAY), *pages)
    assert reply is not None
    return reply.phrases


def approved(knowledge: KnowledgeBase, *names: str) -> KnowledgeBase:
    """Return the knowledge with these entries approved; none named: all of them."""
    entries = {
        name: replace(entry, status="approved") if not names or name in names else entry
        for name, entry in knowledge.entries.items()
    }
    return replace(knowledge, entries=entries)


def last_words(
    answers: Mapping[str, str], language: Language, knowledge: KnowledgeBase
) -> str:
    """Return the end of the result as it is first shown on the web."""
    reply = first_result(View(knowledge, language, TODAY, "web"), answers)
    return show_reply(reply, knowledge, TODAY).lead[-1]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("answers", [I485, CITIZEN, VISA, COURT, {"filed": "foia"}])
def test_the_result_ends_with_its_review_and_the_day_of_the_check(
    answers: Mapping[str, str], language: Language, knowledge: KnowledgeBase
) -> None:
    words = last_words(answers, language, knowledge)
    assert words == DRAFT[language] + DATED[language]


def test_what_an_attorney_reviewed_is_not_called_a_draft(
    knowledge: KnowledgeBase,
) -> None:
    words = last_words(CITIZEN, "en", approved(knowledge))
    assert words == "Information, not advice. Checked on July 15, 2026."


@pytest.mark.parametrize("kind", ["entry", "fact", "source"])
def test_the_day_is_the_oldest_of_all_that_the_lines_rest_on(
    kind: str, knowledge: KnowledgeBase
) -> None:
    old = date(2026, 3, 2)
    entry = replace(knowledge.entries["court_date_check"], as_of=old)
    fact = replace(knowledge.facts["phone_court_dates"], checked_on=old)
    source = replace(knowledge.sources["eoir-case-information"], checked_on=old)
    changed = {
        "entry": replace(knowledge, entries={**knowledge.entries, entry.id: entry}),
        "fact": replace(knowledge, facts={**knowledge.facts, fact.key: fact}),
        "source": replace(knowledge, sources={**knowledge.sources, source.key: source}),
    }
    words = last_words(COURT, "en", changed[kind])
    assert words.endswith("Checked on March 2, 2026.")


def test_an_overdue_check_is_told_in_the_same_line(knowledge: KnowledgeBase) -> None:
    entry = replace(knowledge.entries["uscis_holds"], review_by=date(2026, 7, 1))
    entries = {**knowledge.entries, entry.id: entry}
    words = last_words(I485, "en", replace(knowledge, entries=entries))
    assert words.endswith("Checked in part on July 15, 2026; it may have changed.")


@pytest.mark.parametrize("page", PAGES)
def test_without_review_no_page_shows_law(page: Page, knowledge: KnowledgeBase) -> None:
    none = reviewed_only(knowledge, require_approved=True)
    pages = {keys_of(answers, none, page) for answers in EVERY[::7]}
    assert pages == {("delay_unreviewed",)}


def test_where_review_is_not_asked_for_drafts_are_shown(
    knowledge: KnowledgeBase,
) -> None:
    assert reviewed_only(knowledge, require_approved=False) is knowledge


def test_every_line_with_law_names_the_entry_whose_review_counts() -> None:
    # What to gather is no statement of law, though a law says why it helps.
    bare = {rule.key for rule in RULES if rule.law and not (rule.entry or rule.behind)}
    assert bare == {"delay_gather_asked"}


def test_time_since_the_filing_stands_not_above_the_days_from_the_interview(
    knowledge: KnowledgeBase,
) -> None:
    told = {**CITIZEN, "since": "2024-03"}
    keys = keys_of(told, knowledge, "waited")
    assert keys.index("delay_waited_time") == keys.index("delay_waited_posted") - 1
    assert "delay_waited_count_back" in keys[: keys.index("delay_waited_time")]
    assert keys_of({**I485, "since": "2024-03"}, knowledge, "waited")[0] == (
        "delay_waited_time"
    )


def test_nothing_that_was_told_stands_beside_the_time_from_the_examination(
    knowledge: KnowledgeBase,
) -> None:
    told = find({**CITIZEN, "since": "2024-03"}, TODAY).pages["courts"]
    (line,) = [line for line in told if line.key == "delay_courts_examination"]
    assert line.values == {}


def test_a_permit_has_the_time_of_its_rule_or_the_plain_question(
    knowledge: KnowledgeBase,
) -> None:
    plain, rule = "delay_trac_timetable", "delay_trac_timetable_permit"
    keys = keys_of(I765, knowledge, "courts")
    assert (rule in keys, plain in keys) == (True, False)
    entry = replace(knowledge.entries["delay_asylum_ead"], status="withdrawn")
    old = replace(knowledge, entries={**knowledge.entries, entry.id: entry})
    keys = keys_of(I765, old, "courts")
    assert (rule in keys, plain in keys) == (False, True)


@pytest.mark.parametrize(("days", "is_shown"), [(10, True), (200, False)])
def test_a_court_fee_is_dated_and_is_not_shown_too_long(
    days: int, is_shown: bool, knowledge: KnowledgeBase
) -> None:
    due = TODAY - timedelta(days=days)
    entry = replace(knowledge.entries["mandamus_cost"], review_by=due)
    late = replace(knowledge, entries={**knowledge.entries, entry.id: entry})
    keys = keys_of(I485, late, "limits")
    assert ("delay_limit_fee" in keys) == is_shown
    assert keys[-1] == ("delay_overdue" if is_shown else "delay_left_out")


@pytest.mark.parametrize("filed", ["i130", "i485", "i589", "n400", "visa", "other"])
def test_no_point_of_the_six_is_missing_for_a_visa(
    filed: str, knowledge: KnowledgeBase
) -> None:
    keys = keys_of({"filed": filed, "where": "consulate"}, knowledge, "courts")
    start = keys.index("delay_courts_trac")
    following = ("delay_trac_timetable", "delay_trac_rest")
    assert keys[start + 1 : start + 3] == following


@pytest.mark.parametrize("channel", ["web", "whatsapp_cloud"])
def test_a_spare_line_goes_where_there_is_no_room_and_only_there(
    channel: Channel, knowledge: KnowledgeBase
) -> None:
    keys = keys_of(I485, knowledge, "risks", channel=channel)
    assert ("delay_risk_end" in keys) == (channel == "web")
    assert "delay_risk_travel" in keys
    assert "delay_risk_end" in keys_of(VISA, knowledge, "risks", channel=channel)
    assert "delay_waited_holds" in keys_of(I485, knowledge, "waited", channel=channel)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", ["courts", "gather", "risks", "limits"])
@pytest.mark.parametrize("answers", [I485, CITIZEN, VISA, COURT, FOIA, OTHER])
def test_a_page_by_itself_says_that_it_is_no_advice(
    answers: Mapping[str, str], page: Page, language: Language, knowledge: KnowledgeBase
) -> None:
    view = View(knowledge, language, TODAY, "whatsapp_cloud")
    reply = result_page(view, find(answers, TODAY), page)
    assert reply is not None
    text = "\n".join(show_reply(reply, knowledge, TODAY).lead)
    says = {"en": "advice.", "es": "asesoría"}[language]
    assert text.count(says) == 1
    draft = DRAFT[language].split(". ", 1)[1].strip()
    assert (draft in text) == (page != "limits")


def test_a_page_that_an_attorney_reviewed_is_not_called_a_draft(
    knowledge: KnowledgeBase,
) -> None:
    view = View(approved(knowledge), "en", TODAY, "whatsapp_cloud")
    reply = result_page(view, find(I485, TODAY), "risks")
    assert reply is not None
    assert show_reply(reply, knowledge, TODAY).lead[-1] == "Not advice."


@pytest.mark.parametrize(
    ("answers", "entry", "is_offered"),
    [
        (I485, "mandamus_cost", True),
        (FOIA, "mandamus_cost", False),
        (FOIA, "mandamus_success", False),
        (FOIA, "delay_foia", True),
    ],
)
def test_what_to_read_on_about_limits_is_about_the_same_suit(
    answers: Mapping[str, str], entry: str, is_offered: bool, knowledge: KnowledgeBase
) -> None:
    lines = find(answers, TODAY).pages["limits"]
    assert (entry in {line.entry for line in lines}) == is_offered
    assert "delay_limit_fee" in keys_of(answers, knowledge, "limits")


@pytest.mark.parametrize("answers", [I485, N400, CITIZEN])
def test_the_memo_on_court_notices_is_not_shown_on_an_old_check(
    answers: Mapping[str, str], knowledge: KnowledgeBase
) -> None:
    due = TODAY - timedelta(days=200)
    entry = replace(knowledge.entries["mandamus_risks"], review_by=due)
    late = replace(knowledge, entries={**knowledge.entries, entry.id: entry})
    memo = {"delay_risk_notice", "delay_risk_notice_citizenship"}
    assert len(memo & set(keys_of(answers, knowledge, "risks"))) == 1
    assert not memo & set(keys_of(answers, late, "risks"))


def test_of_two_spare_lines_the_last_goes_first(knowledge: KnowledgeBase) -> None:
    lines = find({**I485, "since": "2024-03"}, TODAY)
    spare = {"delay_waited_time", "delay_waited_holds"}
    changed = [
        replace(line, is_spare=line.key in spare) for line in lines.pages["waited"]
    ]
    words = {**knowledge.phrases["es"], "delay_waited_no_time": "x" * 480}
    tight = replace(knowledge, phrases={**knowledge.phrases, "es": words})
    view = View(tight, "es", TODAY, "whatsapp_cloud")
    pages = {**lines.pages, "waited": tuple(changed)}
    reply = result_page(view, replace(lines, pages=pages), "waited")
    assert reply is not None
    assert "delay_waited_time" in reply.phrases
    assert "delay_waited_holds" not in reply.phrases
