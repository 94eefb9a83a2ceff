"""Turns the knowledge base into training data: one intent a group, and its rule."""

from __future__ import annotations

from typing import Any, Final

from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.story_reader.yaml_story_reader import (
    YAMLStoryReader,
)
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.common import cached_method

from bot.core.entries import Entry
from bot.core.matching import fold
from bot.core.understanding import GROUP_INTENT_PREFIX
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.loader import load_knowledge
from bot.settings import load_settings

# Entries about the assistant itself whose questions are requests to it.
_CONTROL_INTENTS: Final = {
    "emergency_now": "report_emergency",
    "human_please": "request_consultation",
    "language_switch": "switch_language",
    "out_of_scope": "out_of_scope",
    "sources_dates": "ask_sources",
}


def intent_of(entry: Entry) -> str:
    """Return the intent that the questions of an entry are examples of."""
    return _CONTROL_INTENTS.get(entry.id, GROUP_INTENT_PREFIX + entry.group)


class KnowledgeImporter(RasaFileImporter):
    """Reads the files of data/ as Rasa does, and adds the groups of knowledge/."""

    @cached_method  # type: ignore[untyped-decorator]
    def knowledge(self) -> KnowledgeBase:
        """Return the knowledge base that the settings name."""
        return load_knowledge(load_settings().KNOWLEDGE_DIR)

    @cached_method  # type: ignore[untyped-decorator]
    def get_domain(self) -> Domain:
        """Return domain.yml plus an intent a group; a faulty file raises."""
        domain = Domain.load(self._domain_path) if self._domain_path else Domain.empty()
        groups = Domain.from_dict({"intents": self._group_intents()})
        return domain.merge(groups)

    @cached_method  # type: ignore[untyped-decorator]
    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """Return the examples of data/nlu/ plus the questions of all entries."""
        written = super().get_nlu_data(language)
        known = {fold(example.get(TEXT) or "") for example in written.training_examples}
        examples = [
            Message.build(text=text, intent=intent_of(entry))
            for entry in self.knowledge().entries.values()
            for words in entry.texts.values()
            for text in (*words.questions, words.title)
            if fold(text) not in known
        ]
        return written.merge(TrainingData(examples))

    def get_stories(self, exclusion_percentage: int | None = None) -> StoryGraph:
        """Return the rules of data/ plus one that answers each group."""
        written = super().get_stories(exclusion_percentage)
        rules: list[dict[str, Any]] = [
            {
                "rule": f"answer {intent}",
                "steps": [{"intent": intent}, {"action": "action_answer"}],
            }
            for intent in self._group_intents()
        ]
        reader = YAMLStoryReader(self.get_domain())
        steps = reader.read_from_parsed_yaml({"version": "3.1", "rules": rules})
        return written.merge(StoryGraph(steps))

    def _group_intents(self) -> list[str]:
        return [GROUP_INTENT_PREFIX + group for group in self.knowledge().groups()]
