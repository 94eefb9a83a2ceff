"""Rasa component: puts the language of a message into what Rasa knows about it."""

from __future__ import annotations

import json
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.language import LanguageModel

LANGUAGE = "language"
_FILE = "words.json"


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=True
)
class LanguageDetector(GraphComponent):
    """Sets `language`: its code or None, and if the message is foreign or mixed."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],  # noqa: ARG003
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003
    ) -> LanguageDetector:
        """Create an untrained component."""
        return cls(model_storage, resource)

    def __init__(
        self,
        model_storage: ModelStorage,
        resource: Resource,
        model: LanguageModel | None = None,
    ) -> None:
        self._model_storage = model_storage
        self._resource = resource
        self._model = model or LanguageModel.train([])

    def train(self, training_data: TrainingData) -> Resource:
        """Learn telling words from the examples."""
        texts = [example.get(TEXT) for example in training_data.training_examples]
        self._model = LanguageModel.train(text for text in texts if text)
        self.persist()
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Detect the language of each message."""
        for message in messages:
            found = self._model.detect(message.get(TEXT) or "")
            described = {
                "code": found.code,
                "foreign": found.is_foreign,
                "mixed": found.is_mixed,
            }
            message.set(LANGUAGE, described, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Training data need no language."""
        return training_data

    def persist(self) -> None:
        """Write the words as JSON."""
        with self._model_storage.write_to(self._resource) as folder:
            (folder / _FILE).write_text(
                json.dumps(self._model.to_json()), encoding="utf-8"
            )

    @classmethod
    def load(
        cls,
        config: dict[str, Any],  # noqa: ARG003
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003
        **kwargs: Any,  # noqa: ARG003
    ) -> LanguageDetector:
        """Load the trained component."""
        with model_storage.read_from(resource) as folder:
            words = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        return cls(model_storage, resource, LanguageModel(words))
