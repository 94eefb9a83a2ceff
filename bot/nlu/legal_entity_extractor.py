"""Rasa component: marks the legal entities that a message names."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.core.languages import DEFAULT_LANGUAGE, LANGUAGES, as_language
from bot.nlu.language_detector import LANGUAGE
from bot.nlu.legal_entities import find_legal_entities


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False
)
class LegalEntityExtractor(GraphComponent, EntityExtractorMixin):
    """Adds entities by rules of spaCy; leaves those of other extractors alone."""

    @classmethod
    def required_packages(cls) -> list[str]:
        """The rules run in spaCy."""
        return ["spacy"]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],  # noqa: ARG003
        model_storage: ModelStorage,  # noqa: ARG003
        resource: Resource,  # noqa: ARG003
        execution_context: ExecutionContext,  # noqa: ARG003
    ) -> LegalEntityExtractor:
        """Create the component and its rules, so that no visitor waits for them."""
        for language in LANGUAGES:
            find_legal_entities("ice", language)
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the entities of each message."""
        for message in messages:
            text = message.get(TEXT) or ""
            language = as_language((message.get(LANGUAGE) or {}).get("code"))
            found = [
                {
                    "entity": entity.entity,
                    "value": entity.value,
                    "start": entity.start,
                    "end": entity.end,
                    "extractor": type(self).__name__,
                }
                for entity in find_legal_entities(text, language or DEFAULT_LANGUAGE)
            ]
            known = message.get(ENTITIES) or []
            message.set(ENTITIES, [*known, *found], add_to_output=True)
        return messages
