"""With the real knowledge each state's visitors get that state's entry of two twins."""

from __future__ import annotations

import pytest

from bot.core.entries import Entry
from bot.core.languages import LANGUAGES, Language
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.index import SearchIndex
from bot.services.answers import Answers
from bot.services.context import Context
from bot.services.states import counterpart
from bot.services.thresholds import load_thresholds
from bot.settings import load_settings
from tests.builders import message

IN_BOTH = "NY/NJ"


class RealLibrary:
    """The real knowledge folder with its index."""

    def __init__(self, knowledge: KnowledgeBase, index: SearchIndex) -> None:
        self._knowledge = knowledge
        self.index = index

    def knowledge(self) -> KnowledgeBase:
        """Return the knowledge base."""
        return self._knowledge


@pytest.fixture(scope="module")
def answers(knowledge: KnowledgeBase, real_index: SearchIndex) -> Answers:
    """The use cases as visitors get them."""
    library = RealLibrary(knowledge, real_index)
    return Answers(library, load_thresholds(load_settings().THRESHOLDS_FILE), False)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def twins(knowledge: KnowledgeBase) -> list[tuple[Entry, Entry]]:
    """Each entry that has a twin, with its twin."""
    pairs = [(e, counterpart(e, knowledge)) for e in knowledge.entries.values()]
    return [(entry, twin) for entry, twin in pairs if twin is not None]


def test_twins_are_twins_of_each_other(twins: list[tuple[Entry, Entry]]) -> None:
    pairs = {(entry.id, twin.id) for entry, twin in twins}
    assert ("detainer_ny", "detainer_nj") in pairs
    assert pairs == {(twin, entry) for entry, twin in pairs}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_state_gets_its_own_twin_whichever_is_asked_for(
    answers: Answers, twins: list[tuple[Entry, Entry]], language: Language
) -> None:
    for entry, twin in twins:
        asked = message(entry.texts[language].title, language=language)
        reply = answers.answer(asked, Context(jurisdiction=twin.jurisdiction)).reply
        assert reply.entries == (twin.id,)


@pytest.mark.parametrize("state", ["NY", "NJ"])
def test_a_state_pressed_gives_more_of_every_entry_for_both(
    answers: Answers, knowledge: KnowledgeBase, state: str
) -> None:
    pressed = message(
        f'/choose_state{{"state": "{state}"}}',
        "choose_state",
        entities={"state": (state,)},
    )
    for entry in knowledge.entries.values():
        if entry.jurisdiction == IN_BOTH:
            after = Context(topic=(entry.id,), asked_state=True)
            reply = answers.answer(pressed, after).reply
            assert (reply.entries, reply.part) == ((entry.id,), "details")
