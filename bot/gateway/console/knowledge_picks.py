"""Picking the sources and the related entries of an entry, with a search for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from bot.core.languages import Language
from bot.core.matching import fold
from bot.gateway.console.knowledge_form import lines_in
from bot.knowledge.base import KnowledgeBase

KINDS: Final = ("sources", "related")
_MOST_FOUND: Final = 12


@dataclass(frozen=True)
class Thing:
    """A source or an entry that can be picked; one not known has no title."""

    key: str
    title: str = ""
    note: str = ""
    url: str = ""


@dataclass(frozen=True)
class Picker:
    """What is picked, what was searched for, and what was found."""

    kind: str
    picked: list[Thing]
    searched: str
    found: list[Thing]


def picked(fields: Mapping[str, str], action: str) -> dict[str, str]:
    """Return the fields after a press on "add", "drop" or "first" of a picker.

    >>> picked({"sources": "a\\nb"}, "first:sources:b")["sources"]
    'b\\na'
    """
    step, _, rest = action.partition(":")
    kind, _, key = rest.partition(":")
    if kind not in KINDS or not key:
        return dict(fields)
    others = [one for one in lines_in(fields.get(kind, "")) if one != key]
    if step == "add":
        others = [*others, key]
    elif step == "first":
        others = [key, *others]
    return {**fields, kind: "\n".join(others)}


def pickers_of(
    fields: Mapping[str, str], knowledge: KnowledgeBase, language: Language, entry: str
) -> list[Picker]:
    """Return both pickers as the form's fields have them."""
    return [
        _picker("sources", fields, _sources(knowledge, language)),
        _picker("related", fields, _entries(knowledge, language, entry)),
    ]


def _picker(kind: str, fields: Mapping[str, str], things: list[Thing]) -> Picker:
    known = {thing.key: thing for thing in things}
    keys = lines_in(fields.get(kind, ""))
    searched = fields.get(f"find_{kind}", "")
    return Picker(
        kind,
        [known.get(key, Thing(key)) for key in keys],
        searched,
        list(_found(searched, things, keys)),
    )


def _found(searched: str, things: list[Thing], keys: list[str]) -> Iterable[Thing]:
    words = fold(searched).split()
    if not words:
        return
    count = 0
    for thing in things:
        own = fold(f"{thing.key.replace('_', ' ')} {thing.title} {thing.note}")
        if thing.key not in keys and all(word in own for word in words):
            yield thing
            count += 1
            if count == _MOST_FOUND:
                return


def _sources(knowledge: KnowledgeBase, language: Language) -> list[Thing]:
    return [
        Thing(source.key, source.title[language], source.citation, source.url)
        for source in knowledge.sources.values()
    ]


def _entries(knowledge: KnowledgeBase, language: Language, own: str) -> list[Thing]:
    return [
        Thing(entry.id, entry.texts[language].title, entry.group)
        for entry in knowledge.entries.values()
        if entry.id != own
    ]
