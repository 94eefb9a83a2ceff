"""What is said of a place names agency, model, date, link; never that it is safe."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.core.languages import LANGUAGES, Language
from bot.core.messages import Reply, reply_from_json
from bot.knowledge.base import KnowledgeBase
from bot.services.agreement_replies import reply_about_place
from bot.services.agreement_search import Found, search
from bot.services.showing import show_reply
from tests.unit.agreement_list import DATED, TODAY, agreements, overrides, row

NOT_SAFE = {
    "en": "does not mean that ICE cannot act",
    "es": "no significa que ICE no pueda actuar",
}
BLANK = re.compile(r"\{[a-z_0-9]+\}")


def look(text: str, language: Language = "en", **given: object) -> Found:
    """Search the made-up list."""
    settings: dict[str, object] = {"dated": DATED, "today": TODAY, **given}
    return search(text, language, agreements(), overrides(), **settings)  # type: ignore[arg-type]


def lead_of(reply: Reply, knowledge: KnowledgeBase) -> list[str]:
    """Return the texts of a reply as a visitor reads them."""
    return list(show_reply(reply, knowledge, TODAY).lead)


def said(text: str, knowledge: KnowledgeBase, language: Language = "en") -> str:
    """Return all that is said of a place."""
    found = look(text, language)
    return "\n".join(lead_of(reply_about_place(found, language, knowledge), knowledge))


def test_an_agency_is_told_with_models_dates_and_links(
    knowledge: KnowledgeBase,
) -> None:
    text = said("collier county", knowledge)
    assert "ICE's list of July 1, 2026 shows for Collier County, Florida" in text
    assert "Collier County Sheriff’s Office: task force model" in text
    assert "warrant service officer model" in text
    assert "signed on March 26, 2025" in text
    assert "https://www.ice.gov/doclib/287gMOA/x.pdf" in text


def test_an_agency_is_told_in_spanish(knowledge: KnowledgeBase) -> None:
    text = said("condado de collier", knowledge, "es")
    assert "La lista de ICE del 1 de julio de 2026" in text
    assert "modelo de grupo operativo (Task Force), firmado el 26 de marzo" in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "text", ["collier county", "nassau county ny", "boston ma", "new jersey"]
)
def test_every_answer_says_that_ice_can_act_all_the_same(
    text: str, language: Language, knowledge: KnowledgeBase
) -> None:
    assert NOT_SAFE[language] in said(text, knowledge, language)


def test_the_models_entries_are_offered(knowledge: KnowledgeBase) -> None:
    reply = reply_about_place(look("collier county"), "en", knowledge)
    assert reply.options == ("model_task_force", "model_wso")
    payloads = [b.payload for b in show_reply(reply, knowledge, TODAY).buttons]
    assert payloads[0] == '/choose_entry{"entry": "model_task_force"}'


def test_an_agreement_that_is_not_posted_is_said_to_be(
    knowledge: KnowledgeBase,
) -> None:
    text = said("palm beach county", knowledge)
    assert "ICE has not posted the agreement yet" in text
    assert "the agreement: https" not in text


@pytest.mark.parametrize("signed", [date(2016, 3, 19), None])
def test_a_date_that_cannot_be_true_is_not_told(
    signed: date | None, knowledge: KnowledgeBase
) -> None:
    lines = (row("GA", "Cobb County Sheriff's Office", "JEM", signed=signed),)
    found = search("cobb county", "en", lines, {}, dated=DATED, today=TODAY)
    (listed,) = [
        text
        for text in lead_of(reply_about_place(found, "en", knowledge), knowledge)
        if "Cobb" in text
    ]
    assert "jail model" in listed
    assert "signed on" not in listed


def test_a_county_that_the_list_does_not_give_is_not_guessed(
    knowledge: KnowledgeBase,
) -> None:
    text = said("orange county texas", knowledge)
    assert "Orange Police Department (ICE's list gives no county for it)" in text
    assert "Orange County Sheriff's Office:" in text


def test_a_late_list_says_so_first(knowledge: KnowledgeBase) -> None:
    found = look("cobb county", dated=TODAY - timedelta(days=60))
    first = lead_of(reply_about_place(found, "en", knowledge), knowledge)[0]
    assert "May 21, 2026" in first
    assert "60 days old" in first


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["too_old", "no_list"])
def test_neither_yes_nor_no_is_said_without_a_good_list(
    kind: str, language: Language, knowledge: KnowledgeBase
) -> None:
    dated = date(2026, 1, 1) if kind == "too_old" else None
    found = look("cobb county", language, dated=dated)
    reply = reply_about_place(found, language, knowledge)
    text = "\n".join(lead_of(reply, knowledge))
    assert reply.kind == "no_answer"
    assert "https://www.ice.gov/identify-and-arrest/287g" in text
    assert "Cobb" not in text


def test_what_an_override_says_is_told_with_its_day(knowledge: KnowledgeBase) -> None:
    text = said("condado de nassau nueva york", knowledge, "es")
    assert "Una ley estatal los prohíbe." in text
    assert "1 de julio de 2026" in text
    assert "Nassau County Police" not in text


def test_more_than_five_agencies_are_counted(knowledge: KnowledgeBase) -> None:
    found = look("florida")
    text = said("florida", knowledge)
    assert text.count("\n- ") == 6
    assert f"and {len(found.agencies) - 5} more: see the page /agreements" in text


def test_the_state_is_asked_with_a_button_for_each(knowledge: KnowledgeBase) -> None:
    reply = reply_about_place(look("nassau county"), "en", knowledge)
    assert reply.kind == "clarify"
    assert [b.label for b in reply.buttons] == [
        "agreements_choice_1",
        "agreements_choice_2",
    ]
    assert [reply.values["choice_1"], reply.values["choice_2"]] == [
        "Florida",
        "New York",
    ]
    payload = reply.buttons[1].payload
    assert payload.startswith("/ask_agreement{")
    assert json.loads(payload.removeprefix("/ask_agreement")) == {
        "place": "Nassau County, NY"
    }


def test_a_name_of_very_many_states_asks_to_write_the_state(
    knowledge: KnowledgeBase,
) -> None:
    assert "Please write the place with its state" in said("washington", knowledge)


ASKED = ["nassau", "la isla", "washington county", "Naplles FL", "CCSO", "", "zzyzx co"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", [*ASKED, "collier county", "boston ma", "new york"])
def test_no_blank_stays_open_and_the_reply_survives_its_journey(
    text: str, language: Language, knowledge: KnowledgeBase
) -> None:
    reply = reply_about_place(look(text, language), language, knowledge)
    assert reply_from_json(json.loads(json.dumps(reply.to_json()))) == reply
    assert [t for t in lead_of(reply, knowledge) if BLANK.search(t)] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", ASKED)
def test_the_labels_of_buttons_fit_and_differ(
    text: str, language: Language, knowledge: KnowledgeBase
) -> None:
    reply = reply_about_place(look(text, language), language, knowledge)
    labels = [
        knowledge.phrase(button.label, language, **reply.values)
        for button in reply.buttons
    ]
    assert [label for label in labels if not 0 < len(label) <= 24] == []
    assert len(set(labels)) == len(labels)


def test_pending_and_safe_are_never_said(knowledge: KnowledgeBase) -> None:
    phrases = {
        language: " ".join(
            text
            for key, text in knowledge.phrases[language].items()
            if key.startswith("agreements_")
        ).casefold()
        for language in LANGUAGES
    }
    assert "you are safe" not in phrases["en"]
    assert "a salvo" not in phrases["es"]


def test_a_place_within_a_state_hears_of_the_states_own_agencies(
    knowledge: KnowledgeBase,
) -> None:
    assert "Massachusetts Department of Corrections" in said("boston ma", knowledge)
    found = replace(look("boston ma"), statewide=())
    texts = lead_of(reply_about_place(found, "en", knowledge), knowledge)
    assert not any("Massachusetts Department" in text for text in texts)
