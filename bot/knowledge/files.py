"""Reads one entry file: the fields on top and the headed parts below."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from bot.core.errors import ContentError, Fault
from bot.core.languages import Language

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FRONT: Final = re.compile(r"\A---\n(?P<head>.*?\n)---\n(?P<body>.*)\Z", re.DOTALL)
HEADINGS: Final[Mapping[Language, tuple[str, str]]] = {
    "en": ("## More", "## Next step"),
    "es": ("## Más", "## Siguiente paso"),
}
MAX_BYTES: Final = 200_000


@dataclass(frozen=True)
class EntryFile:
    """One language file of an entry as it stands on disk."""

    name: str
    fields: Mapping[str, Any]
    lines: Mapping[str, int]
    title: str
    short: str
    details: str
    next_step: str

    def fault(self, field: str, problem: str, remedy: str) -> Fault:
        """Return a fault of this file, at the line of the field where known."""
        return Fault(self.name, field, problem, remedy, self.lines.get(field))


def read_text(path: Path, name: str) -> str:
    """Return a file's text with LF line ends and no byte order mark.

    Raises:
        ContentError: the file is too large or is not UTF-8.
    """
    data = path.read_bytes()
    if len(data) > MAX_BYTES:
        limit = f"{MAX_BYTES // 1000} kB"
        raise ContentError(
            [Fault(name, "file", f"larger than {limit}", "Shorten or split the entry.")]
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ContentError(
            [Fault(name, "file", "not saved as UTF-8", "Save it as UTF-8.", line)]
        ) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def load_yaml(text: str, name: str, first_line: int = 1) -> Any:
    """Return what a YAML text says.

    Raises:
        ContentError: the text is not YAML, with the line.
    """
    try:
        return yaml.load(text, Loader=_LOADER)  # noqa: S506 - a safe loader
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + first_line if mark else first_line
        problem = getattr(error, "problem", None) or "not valid YAML"
        remedy = "Check indentation and put quotes around text with a colon."
        raise ContentError([Fault(name, "YAML", problem, remedy, line)]) from None


def read_entry_file(path: Path, name: str, language: Language) -> EntryFile:
    """Return the parsed entry file.

    Raises:
        ContentError: the file cannot be read as an entry at all.
    """
    text = read_text(path, name)
    match = _FRONT.match(text)
    if match is None:
        raise ContentError(
            [
                Fault(
                    name,
                    "file",
                    "no fields between --- lines",
                    "See 'Where staff edit' in README.md.",
                    1,
                )
            ]
        )
    fields = load_yaml(match["head"], name, first_line=2)
    if not isinstance(fields, dict):
        raise ContentError(
            [
                Fault(
                    name,
                    "file",
                    "the top is no list of fields",
                    "Write 'field: value'.",
                    2,
                )
            ]
        )
    title, short, details, next_step = _split_body(match["body"], name, language)
    return EntryFile(
        name, fields, _field_lines(match["head"]), title, short, details, next_step
    )


def _field_lines(head: str) -> dict[str, int]:
    lines = {}
    for number, line in enumerate(head.splitlines(), start=2):
        key, colon, _ = line.partition(":")
        if colon and key.isidentifier():
            lines[key] = number
    return lines


def _split_body(body: str, name: str, language: Language) -> tuple[str, str, str, str]:
    more, next_step = HEADINGS[language]
    pattern = (
        rf"\A\s*# (?P<title>[^\n]+)\n(?P<short>.*?)\n{re.escape(more)}\n"
        rf"(?P<details>.*?)\n{re.escape(next_step)}\n(?P<next>.*)\Z"
    )
    match = re.match(pattern, body, re.DOTALL)
    if match is None:
        remedy = (
            f"Write '# Title', the short answer, '{more}', '{next_step}', "
            "in that order."
        )
        raise ContentError([Fault(name, "headings", "missing or out of order", remedy)])
    return (
        match["title"].strip(),
        match["short"].strip(),
        match["details"].strip(),
        match["next"].strip(),
    )
