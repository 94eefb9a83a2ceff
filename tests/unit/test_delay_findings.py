"""What the delay check found reads well in both languages and fits on WhatsApp."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.channels.whatsapp_limits import MAX_BODY_WITH_CHOICES
from bot.core.delay import POSSIBLE
from bot.core.delay_rule import PAGES, Page
from bot.core.delay_rules import RULES, find
from bot.core.languages import LANGUAGES, Language
from bot.core.messages import Channel, Reply, reply_from_json
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.check_reading import reading_level
from bot.knowledge.limits import MAX_GRADE, MIN_EASE
from bot.services.delay_findings import View, result_page, spoken_span
from bot.services.showing import show_reply
from tests.unit.delay_cases import CITIZEN, EVERY, I485, VISA

TODAY = date(2026, 11, 22)
BLANK = re.compile(r"\{[a-z_]+\}")
# The longest that can be said; other places and attempts say less.
LONGEST = [a for a in EVERY if a["home"] in ("ny", "nj") and a["tried"] != ""]
ADVICE = {
    "en": r"you should|you must|you need to|you qualif|your chances|your best|"
    r"strong case|weak case|good case|recommend|advise you|likely|probabl|"
    r"guarantee|success rate of|\bfree\b|notario|you can win|you will",
    "es": r"usted debe|debería|tiene que|le conviene|usted califica|probabl|"
    r"buen caso|caso fuerte|recomend|le aconsej|garantiz|gratis|notario|ganará",
}


def text_of(
    answers: Mapping[str, str],
    page: Page,
    language: Language,
    knowledge: KnowledgeBase,
    channel: Channel = "whatsapp_cloud",
) -> str:
    """Return a page as it is read, on WhatsApp or as long as it is."""
    reply = reply_of(answers, page, View(knowledge, language, TODAY, channel))
    return "\n\n".join(show_reply(reply, knowledge, TODAY).lead)


def reply_of(answers: Mapping[str, str], page: Page, view: View) -> Reply:
    """Return a page: each of them can stand by itself."""
    reply = result_page(view, find(answers, TODAY), page)
    assert reply is not None
    return reply


def aged(knowledge: KnowledgeBase, changed: Mapping[str, int]) -> KnowledgeBase:
    """Return the knowledge with entries due a number of days before today."""
    entries = {
        **knowledge.entries,
        **{
            name: replace(
                knowledge.entries[name], review_by=TODAY - timedelta(days=days)
            )
            for name, days in changed.items()
        },
    }
    return replace(knowledge, entries=entries)


def delay_phrases(knowledge: KnowledgeBase, language: Language) -> Mapping[str, str]:
    """Return all the words of the tool."""
    phrases = knowledge.phrases[language].items()
    return {key: text for key, text in phrases if key.startswith("delay_")}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_every_page_fits_under_buttons_on_whatsapp_whatever_was_said(
    page: Page, language: Language, knowledge: KnowledgeBase
) -> None:
    sizes = [
        (len(text_of(answers, page, language, knowledge)), answers)
        for answers in LONGEST
    ]
    assert [size for size in sizes if size[0] > MAX_BODY_WITH_CHOICES] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_no_page_has_a_blank_left_open(
    page: Page, language: Language, knowledge: KnowledgeBase
) -> None:
    said = {
        line.key: text_of(answers, page, language, knowledge)
        for answers in EVERY[::40]
        for line in find(answers, TODAY).pages[page]
    }
    assert {key for key, text in said.items() if BLANK.search(text)} == set()


def test_what_was_said_stands_beside_what_it_bears_on(
    knowledge: KnowledgeBase,
) -> None:
    answers = {
        **I485,
        "since": "2024-03",
        "happened": "interview rfe",
        "tried": "inquiry congress",
    }
    text = text_of(answers, "courts", "en", knowledge)
    assert "a clear right to a decision? You said: I-485, green card." in text
    assert "no other good way? You said: Asked the agency, Congress." in text
    assert "You said: since March 2024. Since then: Interview, Asked for proof." in text


def test_what_was_skipped_is_not_said(knowledge: KnowledgeBase) -> None:
    assert "You said" not in text_of({}, "courts", "en", knowledge)
    assert "Usted dijo" not in text_of({}, "courts", "es", knowledge)


def test_that_nothing_happened_is_not_said_as_if_it_had(
    knowledge: KnowledgeBase,
) -> None:
    answers = {**I485, "since": "2024-03", "happened": "none", "tried": "none"}
    text = text_of(answers, "courts", "en", knowledge)
    assert "You said: since March 2024." in text
    assert "Since then" not in text
    assert "Nothing yet" not in text + text_of(answers, "gather", "en", knowledge)


@pytest.mark.parametrize(
    ("months", "english", "spanish"),
    [
        (0, "less than a month", "menos de un mes"),
        (1, "about 1 month", "cerca de 1 mes"),
        (11, "about 11 months", "cerca de 11 meses"),
        (12, "about 1 year", "cerca de 1 año"),
        (13, "about 1 year and 1 month", "cerca de 1 año y 1 mes"),
        (32, "about 2 years and 8 months", "cerca de 2 años y 8 meses"),
    ],
)
def test_the_length_of_a_wait_is_said_in_words(
    months: int, english: str, spanish: str, knowledge: KnowledgeBase
) -> None:
    assert spoken_span(months, knowledge, "en") == english
    assert spoken_span(months, knowledge, "es") == spanish


def test_the_wait_is_told_from_the_month_that_was_said(
    knowledge: KnowledgeBase,
) -> None:
    text = text_of({**I485, "since": "2024-03"}, "waited", "es", knowledge)
    assert "desde marzo de 2024. Tiempo hasta hoy: cerca de 2 años y 8 meses." in text


def test_the_days_of_a_citizenship_case_are_counted_back_from_today(
    knowledge: KnowledgeBase,
) -> None:
    text = text_of(CITIZEN, "waited", "en", knowledge)
    assert "120 days before today was July 25, 2026." in text


def test_a_time_limit_that_is_not_known_for_today_is_never_the_old_one(
    knowledge: KnowledgeBase,
) -> None:
    fact = knowledge.facts["naturalization_decision_time"]
    ended = replace(fact.values[0], valid_to=TODAY - timedelta(days=1))
    facts = {**knowledge.facts, fact.key: replace(fact, values=(ended,))}
    text = text_of(CITIZEN, "waited", "en", replace(knowledge, facts=facts))
    assert "120" not in text
    assert "no current figure" in text


def test_every_number_of_days_is_a_fact_or_is_cited_with_its_law(
    knowledge: KnowledgeBase,
) -> None:
    said = delay_phrases(knowledge, "en")
    shown = {rule.key for rule in RULES}
    bare = {
        key
        for key, text in said.items()
        if key in shown and re.search(r"\b\d+ (?:working )?days\b", text)
        if not re.search(r"U\.S\.C\.|C\.F\.R\.|EOIR-33|not confirmed", text)
    }
    # It tells of no one way's time.
    assert bare == {"delay_waited_denied"}


def test_an_overdue_check_of_changing_law_is_told(knowledge: KnowledgeBase) -> None:
    fresh = aged(knowledge, {"delay_consular": -10})
    late = aged(knowledge, {"delay_consular": 10})
    assert "it may have changed" not in text_of(VISA, "courts", "en", fresh)
    assert "Checked in part on July 15, 2026" in text_of(VISA, "courts", "en", late)


@pytest.mark.parametrize("language", LANGUAGES)
def test_changing_law_that_is_too_old_is_left_out_and_that_is_told(
    language: Language, knowledge: KnowledgeBase
) -> None:
    old = aged(knowledge, {"mandamus_risks": 181})
    text = text_of(I485, "risks", language, old)
    assert "PA-2026-05" not in text
    assert "PM-602-0199" not in text
    assert knowledge.phrases[language]["delay_left_out"] in text


def test_withdrawn_law_is_left_out(knowledge: KnowledgeBase) -> None:
    entry = replace(knowledge.entries["delay_consular"], status="withdrawn")
    entries = {**knowledge.entries, "delay_consular": entry}
    text = text_of(VISA, "courts", "en", replace(knowledge, entries=entries))
    assert "Karimova" not in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_offers_entries_to_read_on(
    page: Page, language: Language, knowledge: KnowledgeBase
) -> None:
    reply = reply_of(I485, page, View(knowledge, language, TODAY, "web"))
    shown = show_reply(reply, knowledge, TODAY)
    assert 1 <= len(shown.buttons) <= 2
    assert all(0 < len(button.label) <= 20 for button in shown.buttons)
    assert all(b.payload.startswith('/choose_entry{"entry": "') for b in shown.buttons)


def test_a_page_survives_the_way_through_rasa(knowledge: KnowledgeBase) -> None:
    reply = reply_of(I485, "courts", View(knowledge, "es", TODAY, "web"))
    assert reply_from_json(reply.to_json()) == reply


def labels(keys: Iterable[str]) -> set[str]:
    """Return the keys that stand on buttons."""
    choices = {f"delay_{f}_{c}" for f, all_ in POSSIBLE.items() for c in all_}
    starts = ("delay_button_", "delay_page_", "delay_confirm_")
    return choices | {key for key in keys if key.startswith(starts)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_labels_of_the_tool_fit_on_buttons(
    language: Language, knowledge: KnowledgeBase
) -> None:
    said = delay_phrases(knowledge, language)
    assert {said[key] for key in labels(said) if len(said[key]) > 20} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_of_the_tool_advise_promise_or_predict(
    language: Language, knowledge: KnowledgeBase
) -> None:
    said = delay_phrases(knowledge, language)
    advice = re.compile(ADVICE[language], re.IGNORECASE)
    assert {key: text for key, text in said.items() if advice.search(text)} == {}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_read_by_a_thirteen_year_old(
    page: Page, language: Language, knowledge: KnowledgeBase
) -> None:
    keys = [rule.key for rule in RULES if rule.page == page]
    text = " ".join(knowledge.phrases[language][key] for key in keys)
    level = reading_level(BLANK.sub("8", text), language)
    assert level <= MAX_GRADE if language == "en" else level >= MIN_EASE
