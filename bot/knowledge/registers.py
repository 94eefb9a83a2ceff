"""Reads the files beside the entries: sources, facts, the office and the phrases."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from bot.core.dates import is_day
from bot.core.entries import Source
from bot.core.errors import ContentError, Fault, Wording
from bot.core.facts import Fact, FactValue
from bot.core.languages import LANGUAGES, Language
from bot.knowledge.check_registers import number_faults, order_faults, said_faults
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
            source = source_in(name, str(key), row)
        except ContentError as error:
            faults += error.faults
        else:
            sources[str(key)] = source
            faults += said_faults(name, str(key), source.title)
    if faults:
        raise ContentError(faults)
    return sources


def source_in(file: str, key: str, row: Mapping[str, Any]) -> Source:
    """Return the source that a row of a file means.

    Raises:
        ContentError: a field is missing or wrong.
    """
    try:
        return _source(key, row)
    except (KeyError, TypeError, ValueError) as error:
        problem = Wording(_WRONG, field=error)
        raise ContentError([Fault(file, key, problem, _SOURCE_REMEDY)]) from None


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
                    problem = Wording("'{words}' stands twice", words=key)
                    raise ContentError([Fault(name, str(key), problem, _RENAME)])
                facts[str(key)] = fact = fact_in(name, str(key), row)
            except ContentError as error:
                faults += error.faults
            else:
                faults += fact_faults(name, fact)
    if faults:
        raise ContentError(faults)
    return facts


def fact_in(file: str, key: str, row: Mapping[str, Any]) -> Fact:
    """Return the figure that a row of a file means.

    Raises:
        ContentError: a field is missing or wrong.
    """
    try:
        return _fact(key, row)
    except (KeyError, TypeError, ValueError) as error:
        problem = Wording(_WRONG, field=error)
        raise ContentError([Fault(file, key, problem, _FACT_REMEDY)]) from None


def fact_faults(file: str, fact: Fact) -> Iterator[Fault]:
    """Yield what a figure may not say, and the days on which it says two things."""
    for value in fact.values:
        yield from said_faults(file, fact.key, value.text)
        yield from number_faults(file, fact.key, value.text)
    yield from order_faults(file, fact.key, fact.values)


_RENAME: Final = "Rename or remove one."
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
    """Return the office's lines by key and language; empty means not filled in yet.

    Raises:
        ContentError: the file cannot be read, or its owners are no list.
    """
    office: dict[str, dict[Language, str]] = {}
    lines = read_mapping(root / _OFFICE, root)
    if not _is_list_of_names(lines.get("owners", [])):
        fault = Fault(f"{root.name}/{_OFFICE}", "owners", "no list", _LIST_REMEDY)
        raise ContentError([fault])
    for key, value in lines.items():
        if key == "desk":  # No lines to say: see desk_file.py.
            continue
        if isinstance(value, dict):
            office[str(key)] = {code: str(value.get(code) or "") for code in LANGUAGES}
        elif not isinstance(value, list):
            office[str(key)] = {code: str(value or "") for code in LANGUAGES}
    return office


def read_owners(root: Path) -> list[str]:
    """Return the names that may own an entry.

    Where they are no list, these are all owners that entries name: the fault is the
    office's (see read_office), and no entry's.
    """
    owners = read_mapping(root / _OFFICE, root).get("owners", [])
    return list(owners) if _is_list_of_names(owners) else _named_owners(root)


def _named_owners(root: Path) -> list[str]:
    named = set()
    for path in root.glob("*/*.en.md"):
        with suppress(ContentError):
            found = _OWNER_LINE.search(read_text(path, path.name))
            named.update([found["name"]] if found else [])
    return sorted(named)


def _is_list_of_names(owners: object) -> bool:
    return isinstance(owners, list) and all(isinstance(name, str) for name in owners)


_OFFICE: Final = "office.yml"
_LIST_REMEDY: Final = "Write it as [one, two]."
_OWNER_LINE: Final = re.compile(
    r"^owner: *[\"']?(?P<name>[^\"'#\n]+?)[\"']?(?: *#.*| *)$", re.MULTILINE
)


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
