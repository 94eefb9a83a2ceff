"""Ready replies are read in both languages, and mistakes in them are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.errors import ContentError
from bot.core.languages import LANGUAGES
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.canned_file import read_canned
from bot.services.canned import canned_replies, with_canned


def test_every_ready_reply_is_there_in_both_languages(knowledge: KnowledgeBase) -> None:
    names = [
        [reply.key for reply in canned_replies(knowledge, language)]
        for language in LANGUAGES
    ]
    assert names[0] == names[1]
    assert 8 <= len(names[0]) <= 10


def test_a_ready_reply_comes_after_what_was_typed(knowledge: KnowledgeBase) -> None:
    ready = knowledge.canned["hello"]["es"]
    assert with_canned(knowledge, "es", "hello", "") == ready
    assert with_canned(knowledge, "es", "hello", "Ana: ") == f"Ana:\n\n{ready}"


def test_a_folder_without_the_file_has_no_ready_replies(tmp_path: Path) -> None:
    assert read_canned(tmp_path) == {}


@pytest.mark.parametrize(
    "line",
    [
        'hi: {en: "Hello"}',
        'hi: {en: "Hello", es: " "}',
        "hi: Hello",
        "hi: {en: 1, es: 2}",
    ],
    ids=["one language", "empty", "no languages", "numbers"],
)
def test_a_mistake_in_a_ready_reply_is_told_by_its_name(
    tmp_path: Path, line: str
) -> None:
    (tmp_path / "canned.yml").write_text(line + "\n", encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        read_canned(tmp_path)
    assert [fault.field for fault in caught.value.faults] == ["hi"]
