"""Rasa component: puts beside a message how it reads without its misspellings."""

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

from bot.core.languages import as_language
from bot.nlu.language_detector import LANGUAGE, LanguageDetector
from bot.nlu.misspellings import Speller
from bot.nlu.word_frequencies import WordFrequencies, everyday_frequencies

RESPELT = "respelt"
_OURS = "our-words.json"
# How neighbours write of agents, so that a filter does not take the message away.
_PICTURES = str.maketrans(
    {"\U0001f9ca": " ICE ", "\U0001f46e": " police ", "\U0001f694": " police "}
)
_FREQUENCIES = "frequencies.npz"


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=True
)
class SpellingCorrector(GraphComponent):
    """Sets `respelt`; the text itself stays as typed, names and places in it too."""

    @classmethod
    def required_components(cls) -> list[type]:
        """It reads the language."""
        return [LanguageDetector]

    @classmethod
    def required_packages(cls) -> list[str]:
        """Only training reads the word lists."""
        return ["wordfreq"]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],  # noqa: ARG003
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003
    ) -> SpellingCorrector:
        """Create an untrained component."""
        return cls(model_storage, resource)

    def __init__(
        self,
        model_storage: ModelStorage,
        resource: Resource,
        speller: Speller | None = None,
    ) -> None:
        self._model_storage = model_storage
        self._resource = resource
        self._speller = speller

    def train(self, training_data: TrainingData) -> Resource:
        """Learn our words from the examples, and how common all words are."""
        texts = [example.get(TEXT) for example in training_data.training_examples]
        ours = Speller.count(text for text in texts if text)
        frequencies = everyday_frequencies()
        self._speller = Speller(ours, frequencies)
        with self._model_storage.write_to(self._resource) as folder:
            (folder / _OURS).write_text(json.dumps(ours), encoding="utf-8")
            frequencies.save(folder / _FREQUENCIES)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Respell each message whose language is known."""
        for message in messages:
            text = (message.get(TEXT) or "").translate(_PICTURES)
            language = as_language((message.get(LANGUAGE) or {}).get("code"))
            if self._speller is not None and language is not None:
                text = self._speller.respell(text, language)
            message.set(RESPELT, text, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Examples stay as they are written."""
        return training_data

    @classmethod
    def load(
        cls,
        config: dict[str, Any],  # noqa: ARG003
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003
        **kwargs: Any,  # noqa: ARG003
    ) -> SpellingCorrector:
        """Load the trained component."""
        with model_storage.read_from(resource) as folder:
            ours = json.loads((folder / _OURS).read_text(encoding="utf-8"))
            frequencies = WordFrequencies.load(folder / _FREQUENCIES)
        return cls(model_storage, resource, Speller(ours, frequencies))


def respelt_text(message: Message) -> str:
    """Return a message as SpellingCorrector reads it."""
    return str(message.get(RESPELT) or message.get(TEXT) or "")
