"""A small knowledge base and a small library, made once for all unit tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.loader import load_knowledge
from bot.services.answers import Answers
from bot.services.thresholds import Thresholds
from tests.builders import write_knowledge
from tests.fakes import FakeLibrary

REJECTED = [
    "what is the weather today",
    "who won the game",
    "a recipe for soup",
    "qué tiempo hace hoy",
    "receta de sopa",
]
# Only the score counts: answered from 0.7, asked back from 0.48.
THRESHOLDS = Thresholds((10.0, 0.0, 0.0, 0.0, 0.0), -7.0, 0.5, 0.1)


@pytest.fixture
def knowledge_root(tmp_path: Path) -> Path:
    """A small knowledge folder that a test may spoil."""
    return write_knowledge(tmp_path)


@pytest.fixture(scope="session")
def small_knowledge(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """The small knowledge folder, loaded."""
    return load_knowledge(write_knowledge(tmp_path_factory.mktemp("small")))


@pytest.fixture(scope="session")
def small_library(small_knowledge: KnowledgeBase) -> FakeLibrary:
    """The small knowledge folder with the real search index."""
    return FakeLibrary(small_knowledge, REJECTED)


@pytest.fixture
def answers(small_library: FakeLibrary) -> Answers:
    """The use cases over the small library, on a day in July 2026."""
    return Answers(small_library, THRESHOLDS, require_approved=False)
