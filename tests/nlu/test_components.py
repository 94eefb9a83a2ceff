"""Each component gives the same once saved and loaded, and minds its own business."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.knowledge.encoder import unpack_vector
from bot.nlu.intent_classifier import IntentClassifier
from bot.nlu.language_detector import LanguageDetector
from bot.nlu.legal_entity_extractor import LegalEntityExtractor
from bot.nlu.sentence_encoder import SentenceEncoder, sentence_vector
from bot.nlu.spelling_corrector import SpellingCorrector

EXAMPLES = {
    "greet": ["hello", "good morning", "hola", "buenos dias"],
    "ask_warrants": ["what is an ice detainer", "que es una orden judicial"],
    "ask_mandamus": ["my case is delayed", "cuanto cuesta el mandamus"],
    "report_emergency": ["ice is at my door", "la migra esta en mi casa"],
}
TEXTS = [
    "wht is a detaner",
    "¿cuánto cuesta el mandamus?",
    "ICE is at my door",
    "What is a detainer? How much does a mandamus cost?",
    "bonjour je ne sais pas quoi faire",
    "",
]
CONTEXT = ExecutionContext(GraphSchema({}), node_name="component")
TRAINED = [LanguageDetector, SpellingCorrector, IntentClassifier]
ALL = [
    LanguageDetector,
    SpellingCorrector,
    SentenceEncoder,
    LegalEntityExtractor,
    IntentClassifier,
]


def _training_data() -> TrainingData:
    return TrainingData(
        [
            Message.build(text=text, intent=intent)
            for intent, texts in EXAMPLES.items()
            for text in texts
        ]
    )


def _created(kind: Any, folder: Path) -> Any:
    storage = LocalModelStorage.create(folder)
    config = kind.get_default_config()
    return kind.create(config, storage, Resource("component"), CONTEXT)


def _loaded(kind: Any, folder: Path) -> Any:
    storage = LocalModelStorage(folder)
    config = kind.get_default_config()
    return kind.load(config, storage, Resource("component"), CONTEXT)


def _results(component: Any, texts: list[str]) -> list[dict[str, Any]]:
    """Return what a component adds to messages, each processed alone."""
    messages = [Message({TEXT: text}) for text in texts]
    for message in messages:
        component.process([message])
    return [
        {**message.as_dict(), "meaning": sentence_vector(message).tolist()}
        for message in messages
    ]


def _without_numbers(value: Any) -> Any:
    """Return a result with its probabilities left out; half their digits are kept."""
    if isinstance(value, dict):
        return {k: _without_numbers(v) for k, v in value.items() if k != "intents"}
    if isinstance(value, list):
        return [_without_numbers(item) for item in value]
    return None if isinstance(value, float) else value


@pytest.mark.parametrize("kind", TRAINED)
def test_trained_component_gives_the_same_when_loaded(
    kind: Any, tmp_path: Path
) -> None:
    trained = _created(kind, tmp_path)
    trained.train(_training_data())
    first, again = _loaded(kind, tmp_path), _loaded(kind, tmp_path)
    before, after = _results(trained, TEXTS), _results(first, TEXTS)
    assert _without_numbers(before) == _without_numbers(after)
    assert after == _results(again, TEXTS)


@pytest.mark.parametrize("kind", [SentenceEncoder, LegalEntityExtractor])
def test_untrained_component_gives_the_same_when_created_or_loaded(
    kind: Any, tmp_path: Path
) -> None:
    created, loaded = _created(kind, tmp_path), _loaded(kind, tmp_path)
    assert _results(created, TEXTS) == _results(loaded, TEXTS)


@pytest.mark.parametrize("kind", TRAINED)
def test_component_works_when_its_training_data_were_empty(
    kind: Any, tmp_path: Path
) -> None:
    trained = _created(kind, tmp_path)
    trained.train(TrainingData())
    loaded = _loaded(kind, tmp_path)
    assert _results(trained, TEXTS) == _results(loaded, TEXTS)


@pytest.mark.parametrize("kind", [SentenceEncoder, LanguageDetector])
def test_component_prepares_training_data_when_there_are_none(
    kind: Any, tmp_path: Path
) -> None:
    prepared = _created(kind, tmp_path).process_training_data(TrainingData())
    assert prepared.training_examples == []


def test_classifier_has_no_intent_when_it_was_not_trained(tmp_path: Path) -> None:
    trained = _created(IntentClassifier, tmp_path)
    trained.train(TrainingData())
    (result,) = _results(_loaded(IntentClassifier, tmp_path), ["hello"])
    assert result["intent"] == {"name": None, "confidence": 0.0}


@pytest.fixture
def classifier(tmp_path: Path) -> Any:
    """A trained classifier that was saved and loaded."""
    _created(IntentClassifier, tmp_path).train(_training_data())
    return _loaded(IntentClassifier, tmp_path)


def test_probabilities_change_little_when_loaded(tmp_path: Path) -> None:
    trained = _created(IntentClassifier, tmp_path)
    trained.train(_training_data())
    loaded = _loaded(IntentClassifier, tmp_path)
    (before,), (after,) = _results(trained, ["hello"]), _results(loaded, ["hello"])
    chances = [
        [row["confidence"] for row in r["intent_ranking"]] for r in (before, after)
    ]
    assert chances[1] == pytest.approx(chances[0], abs=2e-3)


def test_classifier_ranks_all_intents_likeliest_first(classifier: Any) -> None:
    (result,) = _results(classifier, ["what is an ice detainer"])
    ranking = result["intent_ranking"]
    chances = [row["confidence"] for row in ranking]
    assert {row["name"] for row in ranking} == set(EXAMPLES)
    assert result["intent"]["name"] == ranking[0]["name"] == "ask_warrants"
    assert chances == sorted(chances, reverse=True)
    assert sum(chances) == pytest.approx(1.0)


def test_classifier_says_emergency_when_it_happens_now(classifier: Any) -> None:
    (result,) = _results(classifier, ["ICE is at my door"])
    assert (result["intent"]["name"], result["signals"]) == (
        "report_emergency",
        ["now"],
    )


def test_classifier_gives_each_question_its_own_intents(classifier: Any) -> None:
    (result,) = _results(classifier, [TEXTS[3]])
    likeliest = [max(p["intents"], key=p["intents"].get) for p in result["parts"]]
    assert [part["text"] for part in result["parts"]] == [
        "What is a detainer?",
        "How much does a mandamus cost?",
    ]
    assert likeliest == ["ask_warrants", "ask_mandamus"]


def test_classifier_sends_the_meaning_along(classifier: Any) -> None:
    (result,) = _results(classifier, ["hello"])
    packed = unpack_vector(result["vector"])
    assert packed is not None
    assert np.allclose(packed, result["meaning"], atol=1e-3)


def test_extractor_leaves_entities_of_others_alone(tmp_path: Path) -> None:
    other = {
        "entity": "agency",
        "value": "mine",
        "start": 0,
        "end": 3,
        "extractor": "X",
    }
    message = Message({TEXT: "ICE in Queens", "entities": [dict(other)]})
    _created(LegalEntityExtractor, tmp_path).process([message])
    found = message.get("entities")
    assert found[0] == other
    assert [(e["entity"], e["value"]) for e in found[1:]] == [
        ("agency", "ice"),
        ("county", "Queens, NY"),
    ]
    assert {e["extractor"] for e in found[1:]} == {"LegalEntityExtractor"}


def test_detector_tells_the_language_to_those_that_follow(tmp_path: Path) -> None:
    detector = _created(LanguageDetector, tmp_path)
    detector.train(_training_data())
    spanish, foreign = _results(detector, ["que es una orden", TEXTS[4]])
    assert spanish["language"] == {"code": "es", "foreign": False, "mixed": False}
    assert foreign["language"] == {"code": None, "foreign": True, "mixed": False}


def test_encoder_gives_each_of_many_messages_its_own_vector(tmp_path: Path) -> None:
    encoder = _created(SentenceEncoder, tmp_path)
    messages = [Message({TEXT: text}) for text in TEXTS]
    encoder.process(messages)
    alone = [np.array(result["meaning"]) for result in _results(encoder, TEXTS)]
    for message, expected in zip(messages, alone):
        assert np.allclose(sentence_vector(message), expected, atol=1e-5)
