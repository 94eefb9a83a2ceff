"""What the checks of knowledge files say can be said in Spanish, too."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.core.errors import Fault, Wording
from bot.gateway.console.fault_words import tell
from bot.gateway.console.words import load_words
from bot.knowledge import check_texts
from bot.settings import PROJECT_ROOT

CHECKS = [
    *sorted((PROJECT_ROOT / "bot" / "knowledge").glob("*.py")),
    PROJECT_ROOT / "bot/services/editing.py",
    PROJECT_ROOT / "bot/services/editing_publishing.py",
    PROJECT_ROOT / "bot/services/register_edits.py",
    PROJECT_ROOT / "bot/gateway/console/knowledge_form.py",
    PROJECT_ROOT / "bot/gateway/console/registers_form.py",
]
# Where problem and remedy stand among what a call is given.
PLACES = {"Fault": (2, 3), "fault": (1, 2), "_fault": (2, 3), "_refusal": (1, 2)}
# What comes from elsewhere: the YAML library, and names of a test's own.
ELSEWHERE = {"problem = getattr(error, 'problem', None) or 'not valid YAML'"}


@pytest.mark.parametrize("path", CHECKS, ids=lambda path: path.name)
def test_every_problem_and_remedy_has_words_in_spanish(path: Path) -> None:
    words = load_words()
    said = set(_said_in(path))
    assert not {text for text in said if words.key_of("faults", text) is None}


def test_every_forbidden_wording_has_words_in_spanish() -> None:
    words = load_words()
    for pairs in check_texts._FORBIDDEN.values():
        for _, what in pairs:
            assert words.key_of("faults", what), what


def test_filled_in_words_are_said_in_either_language() -> None:
    problem = Wording("'{words}' is nearly '{other}' of {entry}", words="a {x}",
                      other="b", entry="c")  # fmt: skip
    fault = Fault("knowledge/rights/x.es.md", "short answer", problem, "Shorten it.", 3)
    english, spanish = (tell(fault, load_words(), code) for code in ("en", "es"))
    assert english.problem == problem == "'a {x}' is nearly 'b' of c"
    assert spanish.problem == "«a {x}» es casi igual que «b» de c"
    assert (spanish.field, spanish.remedy) == ("respuesta corta", "Acórtelo.")
    assert (spanish.language, spanish.line, spanish.entry) == ("es", 3, "x")


def test_words_that_the_table_lacks_stay_english_and_say_so() -> None:
    told = tell(Fault("a.yml", "x", "is odd", "Shorten it."), load_words(), "es")
    assert (told.problem, told.remedy) == ("is odd", "Shorten it.")
    assert (told.language, told.entry) == ("en", "")


def test_what_the_yaml_library_says_is_never_told_in_english_alone() -> None:
    fault = Fault("a.yml", "YAML", "found a new trouble", "Write it.", 2)
    told = tell(fault, load_words(), "es")
    assert told.problem == "no se puede leer como YAML"
    assert (told.language, told.is_yaml) == ("es", True)
    assert tell(fault, load_words(), "en").problem == "found a new trouble"


def _said_in(path: Path) -> Iterator[str]:
    """Yield the English words, blanks unfilled, of each fault that a module makes."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    given: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        target = node.targets[0] if isinstance(node, ast.Assign) else None
        target = node.target if isinstance(node, ast.AnnAssign) else target
        value = node.value if isinstance(node, (ast.Assign, ast.AnnAssign)) else None
        if (
            isinstance(target, ast.Name)
            and value
            and ast.unparse(node) not in ELSEWHERE
        ):
            given.setdefault(target.id, []).append(value)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            for place in PLACES.get(name, ()):
                if len(node.args) > place:
                    yield from _words_of(node.args[place], given)
            if name == "Wording":
                yield from _words_of(node.args[0], given)


def _words_of(node: ast.expr, given: dict[str, list[ast.expr]]) -> Iterator[str]:
    """Yield the words of an argument; text put together on the spot is no template."""
    assert not isinstance(node, ast.JoinedStr), ast.unparse(node)
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from (*_words_of(node.body, given), *_words_of(node.orelse, given))
    elif isinstance(node, ast.Name):
        for value in given.get(node.id, ()):
            yield from _words_of(value, given)
