"""Rasa component: gives each message the vector of its meaning."""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.knowledge.encoder import VectorCache, Vectors, encode
from bot.nlu.spelling_corrector import respelt_text
from bot.settings import load_settings

_BATCH = 512


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False
)
class SentenceEncoder(GraphComponent):
    """Adds one dense sentence feature: the encoder's unit vector."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],  # noqa: ARG003
        model_storage: ModelStorage,  # noqa: ARG003
        resource: Resource,  # noqa: ARG003
        execution_context: ExecutionContext,
    ) -> SentenceEncoder:
        """Create the component and load the encoder: no visitor shall wait for it."""
        encode(["."])
        return cls(execution_context.node_name)

    def __init__(self, name: str) -> None:
        self._name = name

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the vector to each message."""
        for start in range(0, len(messages), _BATCH):
            batch = messages[start : start + _BATCH]
            vectors = encode([respelt_text(message) for message in batch])
            self._add(batch, vectors)
        return messages

    def _add(self, messages: list[Message], vectors: Vectors) -> None:
        for message, vector in zip(messages, vectors):
            row = vector.reshape(1, -1)
            message.add_features(Features(row, FEATURE_TYPE_SENTENCE, TEXT, self._name))

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add the vector to each example; those of the search index are known."""
        examples = training_data.training_examples
        cache = VectorCache(load_settings().DATA_DIR / "index" / "vectors.npz")
        vectors = cache.encode([example.get(TEXT) or "" for example in examples])
        self._add(examples, vectors)
        return training_data


def sentence_vector(message: Message) -> Vectors:
    """Return the vector that SentenceEncoder gave a message, as one row."""
    _, sentence = message.get_dense_features(TEXT)
    if sentence is None:
        return encode([respelt_text(message)])
    return np.asarray(sentence.features.reshape(1, -1))
