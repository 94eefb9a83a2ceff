"""Trying a question tells what visitors would get, by the model that serves them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.commands.knowledge_try import RULES_FOLDER, as_data, understand
from bot.core.errors import BotError
from bot.core.languages import Language
from bot.core.understanding import Understanding
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.loader import load_knowledge
from bot.services.trying import Tried, read_actions, try_question
from bot.settings import load_settings
from tests.builders import TODAY, message, write_knowledge
from tests.fakes import FakeLibrary
from tests.unit.conftest import REJECTED, THRESHOLDS


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> FakeLibrary:
    """A small knowledge folder with its search index."""
    root = write_knowledge(tmp_path_factory.mktemp("small"))
    return FakeLibrary(load_knowledge(root), REJECTED)


def try_out(
    library: FakeLibrary, asked: Understanding, language: Language = "en"
) -> Tried:
    """Try an understood question."""
    actions = read_actions(RULES_FOLDER)
    return try_question(asked, language, library, THRESHOLDS, False, actions, TODAY)


def test_the_trained_model_understands_as_it_does_for_visitors() -> None:
    found = understand(load_settings(), "ICE is at my door right now, what do I do")
    assert found.language == "en"
    assert found.intent == "report_emergency"
    assert "now" in found.signals
    assert found.vector
    assert list(found.intents.values()) == sorted(found.intents.values(), reverse=True)


def test_spanish_and_entities_are_understood() -> None:
    found = understand(load_settings(), "¿cómo encuentro a mi esposo detenido por ICE?")
    assert found.language == "es"
    assert found.entities["agency"] == ("ice",)


def test_without_a_model_that_is_said(tmp_path: Path) -> None:
    settings = load_settings({"MODEL_DIR": str(tmp_path)})
    with pytest.raises(BotError, match="no trained model"):
        understand(settings, "hello")


def test_an_answer_is_told_with_its_rivals_and_its_words(library: FakeLibrary) -> None:
    tried = try_out(library, message("How much is an immigration bond?"))
    assert tried.finding.verdict == "answer"
    assert tried.rivals[0].entry == "bond_money"
    assert tried.reply is not None
    assert tried.reply.entries == ("bond_money",)
    assert "A bond costs at least $1,500." in tried.text


def test_what_no_entry_answers_is_told(library: FakeLibrary) -> None:
    tried = try_out(library, message("who won the game"))
    assert tried.finding.verdict == "unknown"
    assert tried.reply is not None
    assert tried.reply.kind == "no_answer"


@pytest.mark.parametrize(
    ("intent", "action", "kind"),
    [
        ("report_emergency", "action_report_emergency", "emergency"),
        ("greet", "action_make_small_talk", "small_talk"),
        ("ask_more", "action_continue_topic", "notice"),
        ("request_consultation", "action_offer_person", "handoff"),
        ("ask_detained", "action_answer", "no_answer"),
        (None, "action_answer", "no_answer"),
    ],
)
def test_the_rules_choose_who_answers(
    library: FakeLibrary, intent: str | None, action: str, kind: str
) -> None:
    tried = try_out(library, message("xyzzy plugh", intent))
    assert tried.reply is not None
    assert (tried.action, tried.reply.kind) == (action, kind)


def test_what_begins_a_form_has_no_answer(library: FakeLibrary) -> None:
    tried = try_out(library, message("i want to send a request", "start_request"))
    assert (tried.action, tried.reply, tried.text) == ("consultation_form", None, "")


def test_the_language_of_the_conversation_counts_where_the_words_have_none(
    library: FakeLibrary,
) -> None:
    asked = message("How much is an immigration bond?", language=None)
    assert try_out(library, asked, "es").text.startswith("Una fianza cuesta")


def test_all_of_it_goes_into_json(library: FakeLibrary) -> None:
    data = as_data(try_out(library, message("How much is an immigration bond?")))
    assert data["verdict"] == "answer"
    assert data["candidates"][0]["entry"] == "bond_money"
    assert data["reply"]["entries"] == ["bond_money"]


def test_every_action_that_the_rules_name_for_an_intent_is_read(
    knowledge: KnowledgeBase,
) -> None:
    actions = read_actions(RULES_FOLDER)
    assert actions["crisis"] == "action_report_emergency"
    assert not any(f"ask_{group}" in actions for group in knowledge.groups())
