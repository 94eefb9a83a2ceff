"""Checks one entry as if its texts already stood in the folder, as staff type."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from bot.core.entries import Entry
from bot.core.errors import ContentError, Fault, Wording
from bot.core.languages import LANGUAGES, Language
from bot.knowledge.asked_already import AskedAlready
from bot.knowledge.base import KnowledgeBase, by_any_id
from bot.knowledge.check_duplicates import taken_faults
from bot.knowledge.check_questions import nearly
from bot.knowledge.checks import entry_faults, worst_first
from bot.knowledge.entry_files import name_faults
from bot.knowledge.files import MAX_BYTES, TOO_LARGE, parse_entry
from bot.knowledge.loader import Pair, build_entry
from bot.knowledge.registers import read_owners


class _Ready:
    """The questions of the knowledge base that was asked about last."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._asked: AskedAlready | None = None

    def of(self, knowledge: KnowledgeBase) -> AskedAlready:
        """Return the questions of a knowledge base, prepared once."""
        with self._lock:
            if self._asked is None or self._asked.knowledge is not knowledge:
                self._asked = AskedAlready(knowledge)
            return self._asked


_ready = _Ready()


def check_entry(
    knowledge: KnowledgeBase,
    root: Path,
    group: str,
    entry_id: str,
    texts: Mapping[Language, str],
    today: date,
) -> list[Fault]:
    """Return every fault and warning of an entry with these texts, worst first.

    The first call for a knowledge base takes about a second, later ones much less.
    """
    faults = name_faults(root, group, entry_id)
    try:
        pair = _pair(root, group, entry_id, texts)
        entry = build_entry(group, entry_id, pair)
        owners = read_owners(root)
    except ContentError as error:
        return worst_first([*faults, *error.faults])
    entries = {**knowledge.entries, entry_id: entry}
    after = dataclasses.replace(
        knowledge, entries=entries, _by_any_id=by_any_id(entries)
    )
    asked = _ready.of(knowledge)
    faults += _name_faults(entry, pair, knowledge)
    faults += entry_faults(entry, pair, after, owners, today)
    faults += taken_faults(entry_id, pair, lambda key: asked.holder(key, entry_id))
    faults += _alike_faults(entry, pair, asked)
    return worst_first(faults)


def built_entry(group: str, entry_id: str, texts: Mapping[Language, str]) -> Entry:
    """Return the entry that two texts make.

    Raises:
        ContentError, KeyError: they make none.
    """
    name = f"knowledge/{group}/{entry_id}"
    files = {
        code: parse_entry(texts[code], f"{name}.{code}.md", code) for code in LANGUAGES
    }
    return build_entry(group, entry_id, files)


def _pair(root: Path, group: str, entry_id: str, texts: Mapping[Language, str]) -> Pair:
    pair: Pair = {}
    faults: list[Fault] = []
    for language in LANGUAGES:
        name = f"{root.name}/{group}/{entry_id}.{language}.md"
        text = texts.get(language, "")
        if len(text.encode("utf-8", "replace")) > MAX_BYTES:
            problem = Wording(TOO_LARGE, most=MAX_BYTES // 1000)
            faults.append(Fault(name, "file", problem, "Shorten or split the entry."))
            continue
        try:
            pair[language] = parse_entry(text, name, language)
        except ContentError as error:
            faults += error.faults
    if faults:
        raise ContentError(faults)
    return pair


def _name_faults(entry: Entry, pair: Pair, knowledge: KnowledgeBase) -> Iterator[Fault]:
    standing = knowledge.entries.get(entry.id)
    if standing is not None and standing.group != entry.group:
        problem = Wording("this id also stands in {group}", group=standing.group)
        yield pair["en"].fault("id", problem, "Choose another id.")
    others = {key: one for key, one in knowledge.entries.items() if key != entry.id}
    taken = by_any_id(others)
    for name in entry.ids:
        if name in taken:
            field = "id" if name == entry.id else "aliases"
            problem = Wording(
                "'{name}' is a name of {entry}", name=name, entry=taken[name]
            )
            yield pair["en"].fault(field, problem, "Choose another.")


def _alike_faults(entry: Entry, pair: Pair, asked: AskedAlready) -> Iterator[Fault]:
    for language, text in entry.texts.items():
        for question in text.questions:
            for held in asked.nearly(question, language, entry.id):
                # The name of the state tells the two states' entries apart.
                if {entry.jurisdiction, held.jurisdiction} == {"NY", "NJ"}:
                    continue
                problem = nearly(question, held.text, held.entry)
                remedy = "Keep it where it fits best."
                yield pair[language].fault("questions", problem, remedy)
