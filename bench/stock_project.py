"""Writes the same knowledge as a stock Rasa project: what `rasa init` gives, filled.

One retrieval intent an entry (faq/<id>), DIET, TED and the ResponseSelector as the
starter project configures them.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any, Final

import yaml

from bot.knowledge.base import KnowledgeBase

REFUSAL: Final = "I have no answer to that."
# Intents of our training data that the assistant answers with an entry of its own.
_ANSWERED: Final = {
    "report_emergency": "emergency_now",
    "request_consultation": "human_please",
    "switch_language": "language_switch",
    "ask_sources": "sources_dates",
    "crisis": "feeling_scared",
}
# Sent by buttons of our page, never typed.
_BUTTONS: Final = frozenset({"choose_entry", "choose_state"})
_REFUSED: Final = frozenset({"out_of_scope"})
_CONFIG: Final = """\
recipe: default.v1
language: en
assistant_id: stock
pipeline:
- name: WhitespaceTokenizer
- name: RegexFeaturizer
- name: LexicalSyntacticFeaturizer
- name: CountVectorsFeaturizer
- name: CountVectorsFeaturizer
  analyzer: char_wb
  min_ngram: 1
  max_ngram: 4
- name: DIETClassifier
  epochs: {epochs}
  constrain_similarities: true
- name: EntitySynonymMapper
- name: ResponseSelector
  epochs: {epochs}
  constrain_similarities: true
- name: FallbackClassifier
  threshold: 0.3
  ambiguity_threshold: 0.1
policies:
- name: MemoizationPolicy
- name: RulePolicy
- name: UnexpecTEDIntentPolicy
  max_history: 5
  epochs: {epochs}
- name: TEDPolicy
  max_history: 5
  epochs: {epochs}
  constrain_similarities: true
"""


def write_stock_project(
    folder: Path, knowledge: KnowledgeBase, nlu: Path, epochs: int
) -> dict[str, str]:
    """Write the project and return which entry each of its answers stands for."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "data").mkdir(parents=True)
    (folder / "config.yml").write_text(_CONFIG.format(epochs=epochs))
    (folder / "credentials.yml").write_text("rest:\n")
    (folder / "endpoints.yml").write_text("{}\n")
    intents = _copy_training_data(folder, nlu)
    _write_yaml(folder / "data" / "faq.yml", {"nlu": _questions(knowledge)})
    _write_yaml(folder / "data" / "rules.yml", {"rules": _rules(intents)})
    _write_yaml(folder / "data" / "stories.yml", {"stories": _stories(intents)})
    answers = {
        f"{entry.id}: {_without_braces(entry.texts['en'].short)}": entry.id
        for entry in knowledge.entries.values()
    }
    _write_yaml(folder / "domain.yml", _domain(intents, answers))
    return answers


def _copy_training_data(folder: Path, nlu: Path) -> list[str]:
    intents: list[str] = []
    for path in sorted(nlu.glob("*.yml")):
        kept = [
            block
            for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]
            if block.get("intent") and block["intent"] not in _BUTTONS
        ]
        intents += [block["intent"] for block in kept]
        if kept:
            _write_yaml(folder / "data" / path.name, {"nlu": kept})
    return sorted(set(intents))


def _questions(knowledge: KnowledgeBase) -> list[dict[str, str]]:
    return [
        {
            "intent": f"faq/{entry.id}",
            "examples": "".join(
                f"- {' '.join(text.split())}\n"
                for words in entry.texts.values()
                for text in (*words.questions, words.title, words.label)
            ),
        }
        for entry in knowledge.entries.values()
    ]


def _rules(intents: list[str]) -> list[dict[str, Any]]:
    pairs = [("faq", "utter_faq"), ("nlu_fallback", "utter_refusal")]
    pairs += [(intent, _response_of(intent)) for intent in intents]
    return [
        {"rule": f"on {intent}", "steps": [{"intent": intent}, {"action": action}]}
        for intent, action in pairs
    ]


def _stories(intents: list[str]) -> list[dict[str, Any]]:
    polite = [name for name in ("greet", "thank", "goodbye") if name in intents]
    steps: list[dict[str, str]] = []
    for intent in ("greet", "faq", "thank", "faq", "goodbye"):
        if intent == "faq" or intent in polite:
            action = "utter_faq" if intent == "faq" else _response_of(intent)
            steps += [{"intent": intent}, {"action": action}]
    return [{"story": "a polite visitor", "steps": steps}]


def _domain(intents: list[str], answers: dict[str, str]) -> dict[str, Any]:
    texts = {entry: text for text, entry in answers.items()}
    responses = {f"utter_faq/{entry}": [{"text": t}] for entry, t in texts.items()}
    responses["utter_refusal"] = [{"text": REFUSAL}]
    for intent in intents:
        if intent not in _REFUSED:
            text = texts.get(_ANSWERED.get(intent, ""), f"({intent})")
            responses[_response_of(intent)] = [{"text": text}]
    return {
        "version": "3.1",
        "intents": ["faq", *intents],
        "responses": responses,
        "session_config": {
            "session_expiration_time": 60,
            "carry_over_slots_to_new_session": True,
        },
    }


def _response_of(intent: str) -> str:
    return "utter_refusal" if intent in _REFUSED else f"utter_{intent}"


def _write_yaml(path: Path, data: dict[str, Any]) -> None:
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10_000)
    path.write_text(text, encoding="utf-8")


def _without_braces(text: str) -> str:
    # Rasa would take them for slots to fill in.
    return text.replace("{{", "[").replace("}}", "]")
