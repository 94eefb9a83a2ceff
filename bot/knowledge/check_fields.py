"""Checks what an entry names: its owner, its sources, its facts, who approved it."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace

from bot.core.entries import Entry
from bot.core.errors import Fault, Wording
from bot.core.facts import placeholders
from bot.core.languages import LANGUAGES
from bot.knowledge.entry_pairs import Pair
from bot.knowledge.files import EntryFile
from bot.knowledge.signed_text import mark_of


@dataclass(frozen=True)
class Known:
    """The names that an entry may use."""

    owners: tuple[str, ...]
    sources: Container[str]
    facts: Container[str]
    office: Container[str]


def naming_faults(entry: Entry, pair: Pair, known: Known) -> Iterator[Fault]:
    """Yield the faults of an entry that stand whatever day it is."""
    english, spanish = pair["en"], pair["es"]
    if entry.owner not in known.owners:
        problem = Wording("'{name}' is no owner", name=entry.owner)
        remedy = Wording("One of: {names}.", names=", ".join(known.owners))
        yield english.fault("owner", problem, remedy)
    for key in entry.sources:
        if key not in known.sources:
            problem = Wording("'{name}' is unknown", name=key)
            yield english.fault("sources", problem, "Add it to sources.yml.")
    if not entry.sources and entry.group != "meta":
        yield english.fault("sources", "there is none", "Name at least one source.")
    for language in LANGUAGES:
        yield from _placeholder_faults(pair[language], known)
    if _all_placeholders(english) != _all_placeholders(spanish):
        yield spanish.fault(
            "text", "other facts than in English", "Use the same {{fact:...}}."
        )
    if entry.status == "approved":
        yield from _approval_faults(entry, english)


def _approval_faults(entry: Entry, english: EntryFile) -> Iterator[Fault]:
    if not (entry.approved_by and entry.approved_on):
        yield english.fault(
            "status", "approved by nobody", "Add approved_by and approved_on."
        )
    elif entry.approved_on < entry.as_of:
        problem = "lies before as_of: nobody approved what was checked since"
        yield english.fault("approved_on", problem, "Have it approved again.")
    if entry.approved_text is None:
        problem = "is missing: nobody can tell whether the approved text changed"
        fault = english.fault("approved_text", problem, "Have it approved again.")
        yield replace(fault, is_warning=True)
    elif entry.approved_text != mark_of(entry):
        problem = "this is another text than the approved one"
        remedy = "Have it approved again, or write status: draft."
        yield english.fault("approved_text", problem, remedy)


def _placeholder_faults(file: EntryFile, known: Known) -> Iterator[Fault]:
    for kind, key in sorted(_all_placeholders(file)):
        if key not in (known.facts if kind == "fact" else known.office):
            name = f"{{{{{kind}:{key}}}}}"
            problem = Wording("{name} is unknown", name=name)
            yield file.fault("text", problem, "Mend its name.")
    for brace in re.findall(r"\{\{[^}]*\}\}", _body(file)):
        if not placeholders(brace):
            problem = Wording("'{words}' is no placeholder", words=brace)
            yield file.fault("text", problem, "Write {{fact:name}}.")


def _all_placeholders(file: EntryFile) -> set[tuple[str, str]]:
    return placeholders(_body(file))


def _body(file: EntryFile) -> str:
    return "\n".join((file.short, file.details, file.next_step))
