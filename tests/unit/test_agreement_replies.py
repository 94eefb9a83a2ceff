"""What is said of a place names agency, model, date, link; never that it is safe."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.core.agreements import ICE_PAGE
from bot.core.languages import LANGUAGES, Language
from bot.core.messages import reply_from_json
from bot.knowledge.base import KnowledgeBase
from bot.services.agreement_replies import reply_about_place
from bot.services.agreement_search import Found, search
from bot.services.showing import show_reply
from tests.unit.agreement_list import DATED, TODAY, row
from tests.unit.agreement_talk import lead_of, look, said

NOT_SAFE = {
    "en": "does not mean that ICE cannot act",
    "es": "no significa que ICE no pueda actuar",
}
BLANK = re.compile(r"\{[a-z_0-9]+\}")


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
    page = "https://office.example/agreements"
    reply = reply_about_place(found, "en", knowledge, page)
    text = "\n".join(lead_of(reply, knowledge))
    assert text.count("\n- ") == 6
    assert f"and {len(found.agencies) - 5} more: {page}" in text
    assert f"more: {ICE_PAGE}" in said("florida", knowledge)


def test_a_town_without_an_agency_is_told_its_countys(knowledge: KnowledgeBase) -> None:
    text = said("immokalee florida", knowledge)
    assert "shows no agency of Immokalee, Florida itself" in text
    assert "its county (Collier County)" in text
    assert "Collier County Sheriff" in text
    assert "write me the county" not in text


def test_a_town_and_its_county_without_agencies_are_both_named(
    knowledge: KnowledgeBase,
) -> None:
    reply = reply_about_place(look("ocala florida"), "es", knowledge)
    text = "\n".join(lead_of(reply, knowledge))
    assert "Ocala, Florida. Tampoco muestra una de su condado" in text
    assert reply.options == ("county_no_match",)


def test_a_county_that_was_not_looked_up_is_not_called_unlisted(
    knowledge: KnowledgeBase,
) -> None:
    found = replace(look("ocala florida"), counties=())
    reply = reply_about_place(found, "en", knowledge)
    assert reply.options == ("check_my_county",)
    assert "agreements_other_agency" in reply.phrases


def test_a_listed_town_whose_county_is_not_says_so(knowledge: KnowledgeBase) -> None:
    found = look("naples florida")
    found = replace(found, agencies=found.agencies[:1], county_agencies=())
    text = "\n".join(lead_of(reply_about_place(found, "en", knowledge), knowledge))
    assert "no agency of its county (Collier County)" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_county_that_the_list_gives_a_shown_agency_is_not_called_bare(
    language: Language, knowledge: KnowledgeBase
) -> None:
    found = look("doral florida", language)
    found = replace(found, agencies=found.agencies[:1], county_agencies=())
    assert found.agencies[0].county == "Miami-Dade County"
    phrases = reply_about_place(found, language, knowledge).phrases
    assert "agreements_county_not_listed" not in phrases


def test_an_agency_asked_for_and_not_listed_is_named(knowledge: KnowledgeBase) -> None:
    found = Found("not_listed", "Ohio", ("OH",), sort="state", asked="OSU", dated=DATED)
    reply = reply_about_place(found, "en", knowledge)
    assert "does not show this agency: OSU (Ohio)." in "\n".join(
        lead_of(reply, knowledge)
    )
    assert "county_no_match" not in reply.options
    nowhere = replace(found, place="", states=(), sort="")
    text = "\n".join(lead_of(reply_about_place(nowhere, "en", knowledge), knowledge))
    assert "does not show this agency: OSU." in text


def test_several_places_are_answered_one_after_another(
    knowledge: KnowledgeBase,
) -> None:
    first, second = look("cobb county georgia"), look("collier county florida")
    found = replace(first, also=(second,))
    reply = reply_about_place(found, "en", knowledge)
    text = "\n".join(lead_of(reply, knowledge))
    assert text.index("Cobb County") < text.index("Collier County Sheriff")
    assert text.count("does not mean that ICE cannot act") == 1
    assert reply.options == ("model_jail", "model_task_force", "model_wso")


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
