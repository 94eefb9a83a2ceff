"""Training data are data/ and the groups of knowledge/; faults are told."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest
import yaml
from rasa.shared.core.domain import InvalidDomain
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.core.matching import fold
from bot.knowledge.base import KnowledgeBase
from bot.rasa_server.importer import KnowledgeImporter
from bot.settings import PROJECT_ROOT


@pytest.fixture(scope="module")
def importer() -> KnowledgeImporter:
    """The importer as training runs it."""
    return KnowledgeImporter(
        config_file=str(PROJECT_ROOT / "config.yml"),
        domain_path=str(PROJECT_ROOT / "domain.yml"),
        training_data_paths=[str(PROJECT_ROOT / "data")],
    )


@pytest.fixture(scope="module")
def training_data(importer: KnowledgeImporter) -> TrainingData:
    """All examples."""
    return importer.get_nlu_data()


def _written_intents() -> set[str]:
    return {
        block["intent"]
        for path in (PROJECT_ROOT / "data" / "nlu").glob("*.yml")
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]
    }


def _groups(knowledge: KnowledgeBase) -> set[str]:
    return {f"ask_{group}" for group in knowledge.groups()}


def test_trained_intents_are_the_groups_and_those_of_data(
    training_data: TrainingData, knowledge: KnowledgeBase
) -> None:
    assert training_data.intents == _groups(knowledge) | _written_intents()


def test_domain_has_every_trained_intent_and_no_other(
    importer: KnowledgeImporter, training_data: TrainingData
) -> None:
    assert set(importer.get_domain().intents) - {
        *("back", "nlu_fallback", "restart", "session_start")
    } == set(training_data.intents)


def test_domain_keeps_what_domain_yml_says(importer: KnowledgeImporter) -> None:
    written = yaml.safe_load((PROJECT_ROOT / "domain.yml").read_text(encoding="utf-8"))
    domain = importer.get_domain()
    assert set(written["actions"]) == set(domain.user_actions)
    assert set(written["slots"]) <= {slot.name for slot in domain.slots}
    assert domain.session_config.session_expiration_time == 30


def test_no_example_is_labelled_with_two_intents(training_data: TrainingData) -> None:
    intents = defaultdict(set)
    for example in training_data.intent_examples:
        intents[fold(example.get(TEXT))].add(example.get(INTENT))
    assert {text: found for text, found in intents.items() if len(found) > 1} == {}


def test_questions_of_every_entry_are_examples(
    training_data: TrainingData, knowledge: KnowledgeBase
) -> None:
    examples = {fold(example.get(TEXT)) for example in training_data.intent_examples}
    missing = [
        question
        for entry in knowledge.entries.values()
        for words in entry.texts.values()
        for question in words.questions
        if fold(question) not in examples
    ]
    assert missing == []


def test_requests_to_the_assistant_are_not_questions_about_it(
    training_data: TrainingData, knowledge: KnowledgeBase
) -> None:
    (question, *_) = knowledge.entries["human_please"].texts["en"].questions
    found = {
        example.get(INTENT)
        for example in training_data.intent_examples
        if fold(example.get(TEXT)) == fold(question)
    }
    assert found == {"request_consultation"}


def test_every_group_has_a_rule_that_answers_it(
    importer: KnowledgeImporter, knowledge: KnowledgeBase
) -> None:
    names = {step.block_name for step in importer.get_stories().story_steps}
    assert {f"answer {group}" for group in _groups(knowledge)} <= names


@pytest.mark.parametrize("key", ["actions", "intents"])
def test_domain_raises_when_a_name_stands_twice(tmp_path: Path, key: str) -> None:
    domain = {"version": "3.1", key: ["ask_twice", "ask_twice"]}
    path = tmp_path / "domain.yml"
    path.write_text(yaml.safe_dump(domain), encoding="utf-8")
    with pytest.raises(InvalidDomain, match="ask_twice"):
        KnowledgeImporter(domain_path=str(path)).get_domain()
