"""Reads one entry file: the fields on top and the headed parts below."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bot.core.errors import ContentError, Fault, Wording
from bot.core.languages import Language
from bot.knowledge.plain_yaml import load_yaml

_FRONT: Final = re.compile(r"\A---\n(?P<head>.*?\n)---\n(?P<body>.*)\Z", re.DOTALL)
HEADINGS: Final[Mapping[Language, tuple[str, str]]] = {
    "en": ("## More", "## Next step"),
    "es": ("## Más", "## Siguiente paso"),
}
MAX_BYTES: Final = 200_000
TOO_LARGE: Final = "larger than {most} kB"
IN_ORDER: Final = (
    "Write '# Title', the short answer, '{more}', '{step}', in that order."
)
WRITE_FILE: Final = "Write {file} in the same folder."


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
        ContentError: the file cannot be opened, is too large or is not UTF-8.
    """
    data = read_bytes(path, name)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ContentError(
            [Fault(name, "file", "not saved as UTF-8", "Save it as UTF-8.", line)]
        ) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def name_of(path: Path, root: Path) -> str:
    """Return how a file of the knowledge folder is called towards staff."""
    # Letters of a file's name that are no UTF-8 would break every page that tells it.
    name = path.relative_to(root.parent).as_posix()
    return name.encode("utf-8", "replace").decode("utf-8")


def read_bytes(path: Path, name: str) -> bytes:
    """Return what a file holds.

    Raises:
        ContentError: the file cannot be opened, or is larger than an entry may be.
    """
    try:
        # Opening a pipe would wait for ever.
        if not path.is_file():
            raise FileNotFoundError
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError:
        problem = "cannot be opened"
        remedy = "Put the file back, or take the dead link or folder away."
        raise ContentError([Fault(name, "file", problem, remedy)]) from None
    if len(data) > MAX_BYTES:
        problem = Wording(TOO_LARGE, most=MAX_BYTES // 1000)
        remedy = "Shorten or split the entry."
        raise ContentError([Fault(name, "file", problem, remedy)])
    return data


def read_entry_file(path: Path, name: str, language: Language) -> EntryFile:
    """Return the parsed entry file.

    Raises:
        ContentError: the file cannot be read as an entry at all.
    """
    return parse_entry(read_text(path, name), name, language)


def parse_entry(text: str, name: str, language: Language) -> EntryFile:
    """Return what the text of an entry file says.

    Raises:
        ContentError: the text is no entry at all.
    """
    match = _FRONT.match(text)
    if match is None:
        problem = "no fields between --- lines"
        remedy = "See 'Where staff edit' in README.md."
        raise ContentError([Fault(name, "file", problem, remedy, 1)])
    fields = load_yaml(match["head"], name, first_line=2)
    if not isinstance(fields, dict):
        problem = "the top is no list of fields"
        raise ContentError([Fault(name, "file", problem, "Write 'field: value'.", 2)])
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
    title, _, rest = body.strip().partition("\n")
    # By whole lines: a pattern over all of it takes minutes on a hostile file.
    short, found_more, rest = f"{rest}\n".partition(f"\n{more}\n")
    details, found_next, next_text = rest.partition(f"\n{next_step}\n")
    is_titled = title.startswith("# ") and title[2:].strip()
    if not (is_titled and found_more and found_next):
        remedy = Wording(IN_ORDER, more=more, step=next_step)
        raise ContentError([Fault(name, "headings", "missing or out of order", remedy)])
    return title[2:].strip(), short.strip(), details.strip(), next_text.strip()
