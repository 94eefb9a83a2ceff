"""The stock project has the same knowledge, and each answer leads back to its entry."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bench.stock_project import REFUSAL, write_stock_project
from bot.knowledge.base import KnowledgeBase
from bot.settings import NLU_FOLDER

EPOCHS = 7
Project = tuple[Path, dict[str, str]]


@pytest.fixture(scope="module")
def project(
    small_knowledge: KnowledgeBase, tmp_path_factory: pytest.TempPathFactory
) -> Project:
    """The project's folder, and which entry each answer stands for."""
    folder = tmp_path_factory.mktemp("bench") / "stock"
    return folder, write_stock_project(folder, small_knowledge, NLU_FOLDER, EPOCHS)


def load(project: Project, place: str) -> dict[str, Any]:
    """Return a file of the project."""
    return dict(yaml.safe_load((project[0] / place).read_text(encoding="utf-8")))


def texts_said(project: Project) -> dict[str, str]:
    """Return the text of each response."""
    responses = load(project, "domain.yml")["responses"]
    return {name: variants[0]["text"] for name, variants in responses.items()}


def training_blocks(project: Project) -> list[dict[str, Any]]:
    """Return every block of examples."""
    paths = sorted((project[0] / "data").glob("*.yml"))
    files = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in paths]
    return [block for data in files for block in data.get("nlu", ())]


def test_every_file_loads_as_yaml(project: Project) -> None:
    paths = sorted(project[0].rglob("*.yml"))
    assert {path.name for path in paths} > {
        *("config.yml", "domain.yml", "credentials.yml", "endpoints.yml"),
        *("faq.yml", "rules.yml", "stories.yml"),
    }
    for path in paths:
        assert isinstance(yaml.safe_load(path.read_text(encoding="utf-8")), dict)


def test_every_trained_part_has_the_epochs(project: Project) -> None:
    config = load(project, "config.yml")
    parts = [*config["pipeline"], *config["policies"]]
    trained = {part["name"]: part["epochs"] for part in parts if "epochs" in part}
    assert set(trained) > {"DIETClassifier", "ResponseSelector", "TEDPolicy"}
    assert set(trained.values()) == {EPOCHS}


def test_every_answer_that_is_said_leads_back_to_its_entry(
    project: Project, small_knowledge: KnowledgeBase
) -> None:
    said = texts_said(project)
    found = {name: project[1].get(said[f"utter_faq/{name}"]) for name in _ids(project)}
    assert found == {name: name for name in small_knowledge.entries}


def test_an_answer_with_a_figure_leads_back_to_its_entry(project: Project) -> None:
    said = texts_said(project)["utter_faq/bond_money"]
    assert project[1].get(said) == "bond_money"


def test_every_entry_has_its_questions_in_both_languages(
    project: Project, small_knowledge: KnowledgeBase
) -> None:
    examples = {
        b["intent"]: b["examples"] for b in load(project, "data/faq.yml")["nlu"]
    }
    assert set(examples) == {f"faq/{name}" for name in small_knowledge.entries}
    for entry in small_knowledge.entries.values():
        for words in entry.texts.values():
            for text in (*words.questions, words.title, words.label):
                assert f"- {text}\n" in examples[f"faq/{entry.id}"]


def test_every_intent_of_the_domain_has_examples(project: Project) -> None:
    learned = {block["intent"].split("/")[0] for block in training_blocks(project)}
    assert set(load(project, "domain.yml")["intents"]) == learned


def test_the_buttons_of_our_page_are_no_intents_to_learn(project: Project) -> None:
    learned = {block["intent"] for block in training_blocks(project)}
    assert not learned & {"choose_entry", "choose_state"}


def test_every_rule_and_story_says_a_response_of_the_domain(project: Project) -> None:
    rules = load(project, "data/rules.yml")["rules"]
    stories = load(project, "data/stories.yml")["stories"]
    steps = [step for block in (*rules, *stories) for step in block["steps"]]
    actions = {step["action"] for step in steps if "action" in step}
    assert actions - {"utter_faq"} <= set(texts_said(project))


@pytest.mark.parametrize("intent", ["out_of_scope", "nlu_fallback"])
def test_what_is_outside_is_refused(project: Project, intent: str) -> None:
    rules = load(project, "data/rules.yml")["rules"]
    steps = next(r["steps"] for r in rules if r["steps"][0]["intent"] == intent)
    assert texts_said(project)[steps[1]["action"]] == REFUSAL
    assert REFUSAL not in project[1]


def test_an_emergency_says_what_its_entry_says(project: Project) -> None:
    said = texts_said(project)["utter_report_emergency"]
    assert project[1][said] == "emergency_now"


def test_writing_again_leaves_nothing_of_before(
    small_knowledge: KnowledgeBase, tmp_path: Path
) -> None:
    (tmp_path / "stock" / "data").mkdir(parents=True)
    (tmp_path / "stock" / "data" / "old.yml").write_text("nlu: []\n")
    write_stock_project(tmp_path / "stock", small_knowledge, NLU_FOLDER, 1)
    assert not (tmp_path / "stock" / "data" / "old.yml").exists()


def _ids(project: Project) -> list[str]:
    prefix = "utter_faq/"
    return [n.removeprefix(prefix) for n in texts_said(project) if n.startswith(prefix)]
