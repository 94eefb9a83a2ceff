"""A small knowledge base, made once for all tests of measuring."""

from __future__ import annotations

import pytest

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.loader import load_knowledge
from tests.builders import write_knowledge


@pytest.fixture(scope="session")
def small_knowledge(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """The small knowledge folder, loaded."""
    return load_knowledge(write_knowledge(tmp_path_factory.mktemp("small")))
