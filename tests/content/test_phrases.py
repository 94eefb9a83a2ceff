"""Every phrase that the code says is written, and every one written is said."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from bot.core import intake
from bot.core.delay_rule import PAGES
from bot.core.languages import LANGUAGES, Language
from bot.knowledge.base import KnowledgeBase
from bot.services import delay_replies
from bot.settings import PROJECT_ROOT
from tests.content.widget_words import (
    named_by_the_widget,
    possibly_said_by_the_widget,
)

# Keys put together in the code: button_{...}, state_{...}.
MADE_FROM_PARTS = {
    "button_details",
    "button_options",
    "button_sources",
    "state_ny",
    "state_nj",
    "handoff_appointment_office",
    "handoff_appointment_phone",
    *intake.phrase_keys(),
    *delay_replies.phrase_keys(),
    *(f"delay_page_{page}" for page in PAGES),
}
BLANK = re.compile(r"\{([a-z_]+)\}")
# Where a call names phrases: by position (from there on) or by keyword.
_FROM = {
    "say": (1, 2),
    "phrase": (0, 1),
    "_say": (2, None),
    "_give": (3, 4),
    "_offer": (2, 3),
    "reply_with_choices": (2, 3),
}


def syntax_trees() -> Iterator[ast.AST]:
    """Yield the code of the assistant, file by file."""
    for folder in ("bot", "actions"):
        for path in sorted((PROJECT_ROOT / folder).rglob("*.py")):
            if path.name == "problems.py":  # codes and words of its own
                continue
            yield ast.parse(path.read_text(encoding="utf-8"))


def words_in(node: ast.AST) -> Iterator[str]:
    """Yield the plain texts in an expression, not those that a condition compares."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.Tuple | ast.Dict):
        for part in node.values if isinstance(node, ast.Dict) else node.elts:
            yield from words_in(part)
    elif isinstance(node, ast.IfExp):
        yield from words_in(node.body)
        yield from words_in(node.orelse)


def given_names(node: ast.AST) -> list[ast.expr]:
    """Return what a default value, an assignment or a call says of phrases."""
    if isinstance(node, ast.FunctionDef):
        named = node.args.args[len(node.args.args) - len(node.args.defaults) :]
        pairs = zip(named, node.args.defaults)
        return [value for argument, value in pairs if argument.arg == "phrase"]
    if isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        is_ours = any(getattr(target, "id", "") == "phrases" for target in targets)
        return [node.value] if is_ours and node.value else []
    if isinstance(node, ast.Call):
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        given = [k.value for k in node.keywords if k.arg in ("phrases", "phrase")]
        if name in _FROM:
            start, end = _FROM[name]
            given += node.args[start:end]
        if name == "Button":
            given += node.args[:1]
        return given
    return []


def named_phrases() -> set[str]:
    """Return the keys that the code names outright."""
    nodes = (node for tree in syntax_trees() for node in ast.walk(tree))
    given = (part for node in nodes for part in given_names(node))
    return {word for part in given for word in words_in(part)}


def texts_in_code() -> set[str]:
    """Return every plain text in the code, but for the codes of refused requests."""
    nodes = [node for tree in syntax_trees() for node in ast.walk(tree)]
    refusals = {
        id(part)
        for node in nodes
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") in ("Problem", "problem_response")
        for part in node.args
    }
    return {
        node.value
        for node in nodes
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in refusals
    }


def test_the_phrases_named_in_the_code_are_found_by_this_test() -> None:
    known = {"greeting", "clarify", "foreign", "checked_on", "thanks"}
    assert known | {"ask_state", "which_state", "partly_answered"} < named_phrases()


def test_every_phrase_that_the_code_names_is_written(knowledge: KnowledgeBase) -> None:
    wanted = named_phrases() | named_by_the_widget() | MADE_FROM_PARTS
    assert sorted(wanted - set(knowledge.phrases["en"])) == []


def test_every_phrase_written_is_said_somewhere(knowledge: KnowledgeBase) -> None:
    said = texts_in_code() | possibly_said_by_the_widget() | MADE_FROM_PARTS
    assert sorted(set(knowledge.phrases["en"]) - said) == []


def test_the_two_languages_have_the_same_phrases_with_the_same_blanks(
    knowledge: KnowledgeBase,
) -> None:
    english, spanish = knowledge.phrases["en"], knowledge.phrases["es"]
    assert {key: sorted(BLANK.findall(text)) for key, text in english.items()} == {
        key: sorted(BLANK.findall(text)) for key, text in spanish.items()
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_blanks_of_the_office_are_lines_of_the_office_file(
    knowledge: KnowledgeBase, language: Language
) -> None:
    blanks = {
        blank.removeprefix("office_")
        for text in knowledge.phrases[language].values()
        for blank in BLANK.findall(text)
        if blank.startswith("office_")
    }
    assert blanks <= set(knowledge.office)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_label_of_a_button_is_short(
    knowledge: KnowledgeBase, language: Language
) -> None:
    phrases = knowledge.phrases[language].items()
    labels = {key: text for key, text in phrases if key.startswith("button_")}
    assert {key for key, text in labels.items() if len(text) > 20} == set()
