"""Rasa component: how likely each intent is for a message and its questions."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier as RasaIntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.core.languages import DEFAULT_LANGUAGE, as_language
from bot.knowledge.encoder import encode, pack_vector
from bot.nlu.confidence import choose_intent
from bot.nlu.courtesies import NO_WORDS, CourtesyWords
from bot.nlu.intent_model import IntentModel, train_intent_model
from bot.nlu.language_detector import LANGUAGE
from bot.nlu.sentence_encoder import SentenceEncoder, sentence_vector
from bot.nlu.spelling_corrector import respelt_text
from bot.nlu.splitting import split_questions
from bot.nlu.urgency import signals_of

_RANKING_LENGTH = 40
_WORDS = "courtesies.json"


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True
)
class IntentClassifier(GraphComponent, RasaIntentClassifier):
    """Sets intent and ranking, and `parts` and `signals` which need the ranking."""

    @classmethod
    def required_components(cls) -> list[type]:
        """It reads the encoder's vector."""
        return [SentenceEncoder]

    @classmethod
    def required_packages(cls) -> list[str]:
        """Only training needs more than arrays."""
        return ["sklearn", "spacy"]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],  # noqa: ARG003
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003
    ) -> IntentClassifier:
        """Create an untrained component."""
        return cls(model_storage, resource)

    def __init__(
        self,
        model_storage: ModelStorage,
        resource: Resource,
        model: IntentModel | None = None,
        courtesies: CourtesyWords = NO_WORDS,
    ) -> None:
        self._model_storage = model_storage
        self._resource = resource
        self._model = model
        self._courtesies = courtesies

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the intents from the examples that have one."""
        examples = [e for e in training_data.intent_examples if e.get(TEXT)]
        labels = [example.get(INTENT) for example in examples]
        if len(set(labels)) >= 2:
            vectors = np.vstack([sentence_vector(example) for example in examples])
            texts = [example.get(TEXT) for example in examples]
            self._model = train_intent_model(texts, vectors, labels)
            self._courtesies = CourtesyWords.of(zip(texts, labels))
        self.persist()
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Classify each message and its parts."""
        for message in messages:
            if self._model is None or not message.get(TEXT):
                message.set(
                    INTENT, {"name": None, "confidence": 0.0}, add_to_output=True
                )
                continue
            self._classify(message, self._model)
        return messages

    def _classify(self, message: Message, model: IntentModel) -> None:
        typed, meant = message.get(TEXT), respelt_text(message)
        vector = sentence_vector(message)
        likely = model.predict([meant], vector)[0]
        message.set("vector", pack_vector(vector[0]), add_to_output=True)
        order = np.argsort(-likely)[:_RANKING_LENGTH]
        ranking = [
            {"name": model.intents[row], "confidence": float(likely[row])}
            for row in order
        ]
        message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        by_name = dict(zip(model.intents, likely.tolist()))
        emergency, crisis = (
            by_name.get("report_emergency", 0.0),
            by_name.get("crisis", 0.0),
        )
        # A cry for help is heard as it was typed and as it was meant.
        signals = sorted(signals_of((typed, meant), emergency, crisis))
        message.set("signals", signals, add_to_output=True)
        chosen = choose_intent(typed, by_name, frozenset(signals), self._courtesies)
        intent = {"name": chosen, "confidence": by_name.get(chosen, 0.0)}
        message.set(INTENT, intent, add_to_output=True)
        language = as_language((message.get(LANGUAGE) or {}).get("code"))
        questions = split_questions(meant, language or DEFAULT_LANGUAGE)
        if len(questions) > 1:
            message.set("parts", self._parts(questions, model), add_to_output=True)

    def _parts(self, questions: list[str], model: IntentModel) -> list[dict[str, Any]]:
        likely = model.predict(questions, encode(questions))
        return [
            {"text": text, "intents": dict(zip(model.intents, row.round(4).tolist()))}
            for text, row in zip(questions, likely)
        ]

    def persist(self) -> None:
        """Write the model as JSON and plain arrays; nothing if there is none."""
        with self._model_storage.write_to(self._resource) as folder:
            if self._model is not None:
                self._model.save(folder)
                words = json.dumps(self._courtesies.to_json(), ensure_ascii=False)
                (folder / _WORDS).write_text(words)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],  # noqa: ARG003
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003
        **kwargs: Any,  # noqa: ARG003
    ) -> IntentClassifier:
        """Load the trained component."""
        with model_storage.read_from(resource) as folder:
            trained = (folder / "intents.json").is_file()
            if not trained:
                return cls(model_storage, resource)
            words = CourtesyWords(json.loads((folder / _WORDS).read_text()))
            model = IntentModel.load(folder)
        return cls(model_storage, resource, model, words)
