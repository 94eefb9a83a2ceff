"""Reads the files beside the entries: sources, facts, the office and the phrases."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.core.dates import is_day
from bot.core.entries import Source
from bot.core.errors import ContentError, Fault, Wording
from bot.core.facts import Fact, FactValue
from bot.core.languages import LANGUAGES, Language
from bot.knowledge.files import name_of, read_text
from bot.knowledge.plain_yaml import load_yaml


def read_mapping(path: Path, root: Path) -> dict[str, Any]:
    """Return the YAML mapping in a file of the knowledge folder.

    Raises:
        ContentError: the file is missing, is not YAML or is no mapping.
    """
    name = name_of(path, root)
    if not path.is_file():
        raise ContentError([Fault(name, "file", "missing", "Put the file back.")])
    data = load_yaml(read_text(path, name), name)
    if not isinstance(data, dict):
        raise ContentError(
            [Fault(name, "file", "no list of keys", "Write 'key: value'.", 1)]
        )
    return data


def read_sources(root: Path) -> dict[str, Source]:
    """Return the sources by key.

    Raises:
        ContentError: naming every row with a missing or wrong field.
    """
    path = root / "sources.yml"
    name = name_of(path, root)
    faults: list[Fault] = []
    sources = {}
    for key, row in read_mapping(path, root).items():
        try:
            sources[str(key)] = _source(str(key), row)
        except (KeyError, TypeError, ValueError) as error:
            faults.append(
                Fault(name, str(key), Wording(_WRONG, field=error), _SOURCE_REMEDY)
            )
    if faults:
        raise ContentError(faults)
    return sources


_WRONG = "field {field} is missing or wrong"
_SOURCE_REMEDY = (
    "Give title, title_es, citation, an https url, checked_on and url_opened."
)


def _source(key: str, row: Mapping[str, Any]) -> Source:
    url = str(row["url"])
    if not url.startswith("https://"):
        raise ValueError("url")
    if not is_day(row["checked_on"]):
        raise ValueError("checked_on")
    return Source(
        key=key,
        title={"en": str(row["title"]), "es": str(row["title_es"])},
        citation=str(row["citation"]),
        url=url,
        checked_on=row["checked_on"],
        url_opened=bool(row["url_opened"]),
    )


def read_facts(root: Path) -> dict[str, Fact]:
    """Return the dated facts of all files in knowledge/facts/ by key.

    Raises:
        ContentError: naming every fact with a missing or wrong field.
    """
    faults: list[Fault] = []
    facts: dict[str, Fact] = {}
    for path in sorted((root / "facts").glob("*.yml")):
        name = name_of(path, root)
        for key, row in read_mapping(path, root).items():
            try:
                if key in facts:
                    raise ValueError("key (it stands twice)")
                facts[str(key)] = _fact(str(key), row)
            except (KeyError, TypeError, ValueError) as error:
                faults.append(
                    Fault(name, str(key), Wording(_WRONG, field=error), _FACT_REMEDY)
                )
    if faults:
        raise ContentError(faults)
    return facts


_FACT_REMEDY = (
    "Give source, checked_on and values with en, es, valid_from and valid_to."
)


def _fact(key: str, row: Mapping[str, Any]) -> Fact:
    values = []
    for value in row["values"]:
        valid_from, valid_to = value["valid_from"], value["valid_to"]
        if not is_day(valid_from) or not (valid_to is None or is_day(valid_to)):
            raise ValueError("valid_from or valid_to")
        if not all(_is_words(value[code]) for code in LANGUAGES):
            raise ValueError("en or es")
        text: dict[Language, str] = {code: str(value[code]) for code in LANGUAGES}
        values.append(FactValue(text, valid_from, valid_to))
    if not values or not is_day(row["checked_on"]):
        raise ValueError("values or checked_on")
    return Fact(key, str(row["source"]), row["checked_on"], tuple(values))


def read_office(root: Path) -> dict[str, dict[Language, str]]:
    """Return the office's lines by key and language; empty means not filled in yet."""
    office: dict[str, dict[Language, str]] = {}
    for key, value in read_mapping(root / "office.yml", root).items():
        if key == "desk":  # No lines to say: see desk_file.py.
            continue
        if isinstance(value, dict):
            office[str(key)] = {code: str(value.get(code) or "") for code in LANGUAGES}
        elif not isinstance(value, list):
            office[str(key)] = {code: str(value or "") for code in LANGUAGES}
    return office


def read_owners(root: Path) -> list[str]:
    """Return the names that may own an entry."""
    return [
        str(name) for name in read_mapping(root / "office.yml", root).get("owners", [])
    ]


def _phrase_files(root: Path, code: Language) -> list[Path]:
    folder = root / "phrases"
    return [folder / f"{code}.yml", *sorted(folder.glob(f"*.{code}.yml"))]


def read_phrases(root: Path) -> dict[Language, dict[str, str]]:
    """Return the assistant's own sentences by language and key.

    Raises:
        ContentError: the two languages have different keys or different blanks.
    """
    phrases: dict[Language, dict[str, str]] = {}
    faults: list[Fault] = []
    for code in LANGUAGES:
        phrases[code] = {}
        for path in _phrase_files(root, code):
            name = name_of(path, root)
            for key, text in read_mapping(path, root).items():
                if not _is_words(text):
                    remedy = "Write the sentence in quotes."
                    faults.append(Fault(name, str(key), "no text", remedy))
                phrases[code][str(key)] = str(text).strip()
    faults += [
        Fault(f"{root.name}/phrases", key, *_ONE_LANGUAGE)
        for key in sorted(set(phrases["en"]) ^ set(phrases["es"]))
    ]
    if faults:
        raise ContentError(faults)
    return phrases


_ONE_LANGUAGE = ("stands in one language only", "Add the other.")


def _is_words(value: Any) -> bool:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return is_number or (isinstance(value, str) and bool(value.strip()))
