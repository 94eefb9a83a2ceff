"""What tests of language understanding share: Rasa importable, models built once."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.rasa_server import import_hook

import_hook.install()

from bot.knowledge.base import KnowledgeBase  # noqa: E402
from bot.knowledge.index import SearchIndex  # noqa: E402
from bot.knowledge.rejected import read_rejected  # noqa: E402
from bot.nlu.language import LanguageModel  # noqa: E402
from bot.services.finding import Finder  # noqa: E402
from bot.services.indexing import load_or_build_index  # noqa: E402
from bot.services.thresholds import load_thresholds  # noqa: E402
from bot.settings import GOLDEN_FOLDER, NLU_FOLDER, load_settings  # noqa: E402


@pytest.fixture(scope="session")
def language_model(knowledge: KnowledgeBase) -> LanguageModel:
    """The model of languages as training makes it from the real questions."""
    return LanguageModel.train(
        text
        for entry in knowledge.entries.values()
        for words in entry.texts.values()
        for text in (*words.questions, words.title)
    )


@pytest.fixture(scope="session")
def real_index(knowledge: KnowledgeBase) -> SearchIndex:
    """The index of the real knowledge folder; `make test` has trained it before."""
    folder = load_settings().DATA_DIR / "index"
    return load_or_build_index(knowledge, read_rejected(NLU_FOLDER), folder)


@pytest.fixture(scope="session")
def finder(knowledge: KnowledgeBase, real_index: SearchIndex) -> Finder:
    """The search that visitors get."""
    return Finder(
        knowledge,
        real_index,
        load_thresholds(load_settings().THRESHOLDS_FILE),
        require_approved=False,
    )


@pytest.fixture(scope="session")
def own_questions() -> list[dict[str, Any]]:
    """Our held-out questions that an entry answers."""
    return rows_of("own_questions.jsonl")


@pytest.fixture(scope="session")
def own_out_of_scope() -> list[dict[str, Any]]:
    """Our held-out questions that no entry answers."""
    return rows_of("own_out_of_scope.jsonl")


def rows_of(name: str) -> list[dict[str, Any]]:
    """Return the lines of a file in golden/."""
    lines = (GOLDEN_FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]
