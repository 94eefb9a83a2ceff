"""Checks the knowledge folder as a careful editor would, beyond what loading needs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bot.core.dates import is_day
from bot.core.entries import Entry
from bot.core.errors import ContentError, Fault, Wording
from bot.core.languages import LANGUAGES, Language
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.check_citations import citation_faults, source_citation_fault
from bot.knowledge.check_duplicates import duplicate_faults
from bot.knowledge.check_fields import Known, naming_faults
from bot.knowledge.check_questions import alike_faults
from bot.knowledge.check_reading import reading_faults
from bot.knowledge.check_texts import text_faults
from bot.knowledge.files import EntryFile
from bot.knowledge.limits import MAX_WHATSAPP, VOLATILE_DAYS
from bot.knowledge.loader import Pair, load_knowledge, read_entry_files
from bot.knowledge.registers import read_owners


def check_knowledge(root: Path, today: date) -> list[Fault]:
    """Return every fault and warning in the folder, worst first."""
    try:
        knowledge = load_knowledge(root)
    except ContentError as error:
        return error.faults
    files, _ = read_entry_files(root)
    owners = read_owners(root)
    faults: list[Fault] = []
    for (_, entry_id), pair in sorted(files.items()):
        entry = knowledge.entries[entry_id]
        faults += entry_faults(entry, pair, knowledge, owners, today)
    faults += duplicate_faults(files)
    faults += alike_faults(files)
    faults += _register_faults(knowledge, root, today)
    return worst_first(faults)


def worst_first(faults: list[Fault]) -> list[Fault]:
    """Return faults in the order in which staff read them."""
    return sorted(
        faults, key=lambda fault: (fault.is_warning, fault.file, fault.line or 0)
    )


def entry_faults(
    entry: Entry, pair: Pair, knowledge: KnowledgeBase, owners: list[str], today: date
) -> Iterator[Fault]:
    """Yield what is wrong with one entry by itself, its questions apart."""
    yield from _field_faults(entry, pair, knowledge, owners, today)
    for language in LANGUAGES:
        file = pair[language]
        yield from text_faults(file, language)
        yield from citation_faults(file)
        yield from reading_faults(file, language)
        yield from _channel_faults(entry, file, knowledge, language, today)


def _field_faults(
    entry: Entry, pair: Pair, knowledge: KnowledgeBase, owners: list[str], today: date
) -> Iterator[Fault]:
    english, spanish = pair["en"], pair["es"]
    known = Known(tuple(owners), knowledge.sources, knowledge.facts, knowledge.office)
    yield from naming_faults(entry, pair, known)
    yield from _date_faults(entry, english, spanish, today)
    for name in entry.related:
        if knowledge.find(name) is None or name == entry.id:
            problem = Wording("'{name}' is no other entry", name=name)
            yield english.fault("related", problem, "Name another id.")
    approved_on = entry.approved_on if entry.status == "approved" else None
    if approved_on is not None and approved_on > today:
        remedy = "Write the day of the approval."
        yield english.fault("approved_on", "lies in the future", remedy)


def _date_faults(
    entry: Entry, english: EntryFile, spanish: EntryFile, today: date
) -> Iterator[Fault]:
    if entry.as_of > today:
        yield english.fault(
            "as_of", "lies in the future", "Write the day of the check."
        )
    if entry.review_by <= entry.as_of:
        yield english.fault("review_by", "is not after as_of", "Write a later day.")
    if entry.volatile and entry.review_by - entry.as_of > VOLATILE_DAYS:
        remedy = "A volatile entry is reviewed within 30 days of as_of."
        yield english.fault("review_by", "is too late", remedy)
    translated_on = spanish.fields["translated_on"]
    if not is_day(translated_on):
        yield spanish.fault("translated_on", "no date", "Write it as 2026-07-15.")
    elif translated_on < entry.as_of:
        yield Fault(
            spanish.name,
            "translated_on",
            "translation out of date: the English text was checked later",
            "Compare both texts, then set translated_on.",
            spanish.lines.get("translated_on"),
            is_warning=True,
        )
    if entry.review_by < today:
        late = (today - entry.review_by).days
        yield Fault(
            english.name,
            "review_by",
            Wording("overdue by {days} days", days=late),
            "Check the law again, then set as_of and review_by.",
            english.lines.get("review_by"),
            is_warning=True,
        )


def _channel_faults(
    entry: Entry,
    file: EntryFile,
    knowledge: KnowledgeBase,
    language: Language,
    today: date,
) -> Iterator[Fault]:
    """The short answer with its first source must fit one message of WhatsApp."""
    source = knowledge.sources.get(entry.sources[0]) if entry.sources else None
    line = (
        f"{source.title[language]}, {source.citation}: {source.url}" if source else ""
    )
    shown = "\n\n".join((knowledge.fill(file.short, language, today), line))
    if len(shown) > MAX_WHATSAPP:
        problem = Wording(
            "{count} characters with its source line on WhatsApp", count=len(shown)
        )
        remedy = Wording("At most {most}.", most=MAX_WHATSAPP)
        yield file.fault("short answer", problem, remedy)


def _register_faults(
    knowledge: KnowledgeBase, root: Path, today: date
) -> Iterator[Fault]:
    folder = root.name
    for source in knowledge.sources.values():
        fault = source_citation_fault(source, f"{folder}/sources.yml")
        if fault is not None:
            yield fault
    for fact in knowledge.facts.values():
        if fact.source not in knowledge.sources:
            yield Fault(
                f"{folder}/facts", fact.key, "its source is unknown", "Add the source."
            )
        if fact.text_on(today, "en") is None:
            yield Fault(
                f"{folder}/facts",
                fact.key,
                "has no value for today",
                "Look the figure up and add a value with its dates.",
                is_warning=True,
            )
    unopened = [
        source.key for source in knowledge.sources.values() if not source.url_opened
    ]
    if unopened:
        yield Fault(
            f"{folder}/sources.yml",
            "url_opened",
            Wording(
                "{count} addresses were never opened by a person", count=len(unopened)
            ),
            "Open each, then set url_opened: true.",
            is_warning=True,
        )
    empty = sorted(
        key for key, value in knowledge.office.items() if not any(value.values())
    )
    if empty:
        yield Fault(
            f"{folder}/office.yml",
            ", ".join(empty),
            "not filled in",
            "Until then the assistant says that the office will confirm.",
            is_warning=True,
        )
