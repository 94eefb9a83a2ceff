"""Every command and setting that the documents name exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.__main__ import _parser
from bot.settings import PROJECT_ROOT, Settings

CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
MAKE = re.compile(r"(?:^|`)[ ]*(?:[A-Z_]+=\S+ )*make ([a-z][a-z0-9-]*)", re.MULTILINE)
# Written as a setting: NAME=value, or a name in capitals with an underscore.
SETTING = re.compile(r"\b([A-Z][A-Z0-9]+(?:_[A-Z0-9]+)+|[A-Z]{3,}(?==))")
COMMAND = re.compile(r"\bpython -m bot ([a-z]+)")
FILE = re.compile(r"`((?:bot|actions|docs|knowledge|tests|data|bench)/[\w./-]*\w/?)`")
EXAMPLE = "example_entry"
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
# Of make, the system and Rasa, not of Rights Desk.
NOT_OURS = {"QUESTIONS", "PYENV_ROOT", "LOG_LEVEL"}


def documents() -> dict[str, str]:
    """Return the texts of the README and of docs/ by their place."""
    paths = [PROJECT_ROOT / "README.md", *(PROJECT_ROOT / "docs").rglob("*.md")]
    return {
        path.relative_to(PROJECT_ROOT).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(paths)
        if path.is_file()
    }


def named(pattern: re.Pattern[str], text: str) -> set[str]:
    """Return what the code in a document names."""
    return {name for code in CODE.findall(text) for name in pattern.findall(code)}


def make_targets() -> set[str]:
    """Return the commands of the Makefile."""
    text = (PROJECT_ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z][a-z0-9-]*):", text, re.MULTILINE))


def make_variables() -> set[str]:
    """Return the variables that the Makefile and bench/ read."""
    text = (PROJECT_ROOT / "Makefile").read_text(encoding="utf-8")
    names = set(re.findall(r"\$\(([A-Z]+)\)", text))
    for path in (PROJECT_ROOT / "bench").glob("*.py"):
        names |= set(re.findall(r'environ\.get\("([A-Z_]+)"', path.read_text()))
    return names


def commands() -> set[str]:
    """Return the commands of python -m bot."""
    return set(
        re.findall(r"[a-z]+", re.findall(r"\{(.*?)\}", _parser().format_help())[0])
    )


def unknown(pattern: re.Pattern[str], known: set[str]) -> list[str]:
    """Return what documents name and nobody knows, with the document."""
    return [
        f"{place}: {name}"
        for place, text in documents().items()
        for name in sorted(named(pattern, text) - known)
    ]


def test_every_make_target_in_the_documents_exists() -> None:
    assert unknown(MAKE, make_targets()) == []


def test_every_setting_in_the_documents_exists() -> None:
    known = set(Settings.__fields__) | NOT_OURS | make_variables()
    assert unknown(SETTING, known) == []


def test_every_setting_is_explained_in_the_documents() -> None:
    told = {name for text in documents().values() for name in named(SETTING, text)}
    told |= {
        name
        for text in documents().values()
        for name in re.findall(r"`([A-Z]+)`", text)
    }
    assert set(Settings.__fields__) - told == set()


def test_every_command_in_the_documents_exists() -> None:
    assert unknown(COMMAND, commands()) == []


def test_every_file_and_link_in_the_documents_exists() -> None:
    missing = []
    for place, text in documents().items():
        beside = (PROJECT_ROOT / place).parent
        paths = [PROJECT_ROOT / name for name in FILE.findall(text)]
        paths += [beside / Path(name) for name in LINK.findall(text)]
        missing += [
            f"{place}: {path.name}"
            for path in paths
            if not path.exists() and not path.name.startswith(EXAMPLE)
        ]
    assert missing == []


def test_every_make_target_is_listed_with_what_it_does() -> None:
    text = (PROJECT_ROOT / "Makefile").read_text(encoding="utf-8")
    listed = set(re.findall(r"^([a-z][a-z0-9-]*):.*## \w", text, re.MULTILINE))
    assert listed == make_targets()


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (MAKE, "Type `make run`, then make it so.", {"run"}),
        (MAKE, "```\nPORT=9000 make run\n```", {"run"}),
        (SETTING, "Set `DATA_DIR`, `PORT=9000` and `en`.", {"DATA_DIR", "PORT"}),
        (COMMAND, "`python -m bot keys rotate`", {"keys"}),
    ],
    ids=["a word", "a block", "settings", "a command"],
)
def test_what_a_document_names_is_found(
    pattern: re.Pattern[str], text: str, found: set[str]
) -> None:
    assert named(pattern, text) == found


def test_the_commands_are_read_from_the_command_line_itself() -> None:
    assert {"run", "ask", "knowledge", "train"} < commands()
