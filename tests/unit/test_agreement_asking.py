"""Which place is meant is asked back kindly, with buttons, and may be written."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bot.core.languages import LANGUAGES, Language
from bot.knowledge.base import KnowledgeBase
from bot.services.agreement_replies import question_in, reply_about_place
from bot.services.agreement_search import Choice, Found
from bot.services.showing import show_reply
from tests.unit.agreement_list import TODAY
from tests.unit.agreement_talk import lead_of, look, said


def test_the_state_is_asked_with_a_button_for_each(knowledge: KnowledgeBase) -> None:
    reply = reply_about_place(look("nassau county"), "en", knowledge)
    assert reply.kind == "clarify"
    assert [b.label for b in reply.buttons] == [
        "agreements_choice_1",
        "agreements_choice_2",
    ]
    states = [reply.values["choice_1"], reply.values["choice_2"]]
    assert sorted(states) == ["Florida", "New York"]
    payload = reply.buttons[states.index("New York")].payload
    assert payload.startswith("/ask_agreement{")
    assert json.loads(payload.removeprefix("/ask_agreement")) == {
        "place": "Nassau County, NY"
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", ["washington", "nassau county"])
def test_a_state_without_a_button_may_be_written(
    text: str, language: Language, knowledge: KnowledgeBase
) -> None:
    told = said(text, knowledge, language)
    assert {"en": "write the state", "es": "escriba el estado"}[language] in told


def test_a_single_choice_is_never_called_several(knowledge: KnowledgeBase) -> None:
    choices = (Choice("Florida", "Tampa, FL"),)
    found = Found("ask_state", "Tampa", ("FL",), choices=choices, place_the="Tampa")
    text = "\n".join(lead_of(reply_about_place(found, "en", knowledge), knowledge))
    assert "In which state is Tampa?" in text
    assert "More than one" not in text
    assert "write the state" in text


def test_a_county_is_asked_for_with_its_article_in_spanish(
    knowledge: KnowledgeBase,
) -> None:
    assert "está el condado de Nassau?" in said("condado de nassau", knowledge, "es")


def test_frightened_people_hear_a_kind_word_before_the_question(
    knowledge: KnowledgeBase,
) -> None:
    found = look("nassau county")
    reply = reply_about_place(found, "en", knowledge, is_afraid=True)
    assert lead_of(reply, knowledge)[0].startswith("I understand")
    assert "agreements_kind" not in reply_about_place(found, "en", knowledge).phrases


def test_the_place_asked_for_as_an_example_is_in_the_gazetteer(
    knowledge: KnowledgeBase,
) -> None:
    for text in ("Polk County, Florida", "condado de Polk, Florida"):
        assert look(text).states == ("FL",)
    for language in LANGUAGES:
        for key in ("agreements_no_place", "agreements_unknown_place"):
            assert "Polk" in knowledge.phrase(key, language)


def test_a_place_abroad_is_said_to_be_of_no_list(knowledge: KnowledgeBase) -> None:
    text = said("hay acuerdo en honduras", knowledge, "es")
    assert "solo de los Estados Unidos" in text
    assert "Honduras" in text
    assert "¿De qué condado o pueblo" in text


def test_what_is_asked_of_a_further_place_has_its_buttons(
    knowledge: KnowledgeBase,
) -> None:
    found = replace(look("cobb county georgia"), also=(look("nassau county"),))
    reply = reply_about_place(found, "en", knowledge)
    shown = show_reply(reply, knowledge, TODAY)
    assert "In which state is Nassau County?" in "\n".join(shown.lead)
    assert sorted(button.label for button in shown.buttons) == ["Florida", "New York"]
    question = question_in(found)
    assert question is not None
    assert question.place == "Nassau County"
    assert question_in(look("cobb county")) is None


def test_every_open_question_is_kept(knowledge: KnowledgeBase) -> None:
    second = look("washington county")
    found = replace(look("nassau county"), also=(second, look("cobb county georgia")))
    reply = reply_about_place(found, "en", knowledge)
    text = "\n".join(show_reply(reply, knowledge, TODAY).lead)
    assert text.count("In which state") == 2
    assert "Washington" in text
    assert "Cobb County" in text
    # A reply has one set of buttons: they look the other place up as well.
    payload = json.loads(reply.buttons[0].payload.removeprefix("/ask_agreement"))
    assert payload["place"].endswith(" and in Washington County")
    assert question_in(found) is found
