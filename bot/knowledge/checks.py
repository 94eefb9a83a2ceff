"""Checks the knowledge folder as a careful editor would, beyond what loading needs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bot.core.entries import Entry
from bot.core.errors import ContentError, Fault
from bot.core.facts import placeholders
from bot.core.languages import LANGUAGES, Language
from bot.core.matching import fold
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.check_citations import citation_faults, source_citation_fault
from bot.knowledge.check_questions import alike_faults
from bot.knowledge.check_reading import reading_faults
from bot.knowledge.check_texts import text_faults
from bot.knowledge.files import EntryFile
from bot.knowledge.limits import MAX_LABEL, MAX_WHATSAPP, MIN_QUESTIONS, VOLATILE_DAYS
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
        faults += _entry_faults(entry, pair, knowledge, owners, today)
        for language in LANGUAGES:
            faults += text_faults(pair[language], language)
            faults += citation_faults(pair[language])
            faults += reading_faults(pair[language], language)
            faults += _channel_faults(entry, pair[language], knowledge, language, today)
    faults += _duplicate_faults(files)
    faults += alike_faults(files)
    faults += _register_faults(knowledge, root, today)
    return sorted(
        faults, key=lambda fault: (fault.is_warning, fault.file, fault.line or 0)
    )


def _entry_faults(
    entry: Entry, pair: Pair, knowledge: KnowledgeBase, owners: list[str], today: date
) -> Iterator[Fault]:
    english, spanish = pair["en"], pair["es"]
    if entry.owner not in owners:
        yield english.fault(
            "owner", f"'{entry.owner}' is no owner", f"One of: {owners}."
        )
    yield from _date_faults(entry, english, spanish, today)
    for key in entry.sources:
        if key not in knowledge.sources:
            yield english.fault(
                "sources", f"'{key}' is unknown", "Add it to sources.yml."
            )
    if not entry.sources and entry.group != "meta":
        yield english.fault("sources", "there is none", "Name at least one source.")
    for name in entry.related:
        if knowledge.find(name) is None or name == entry.id:
            yield english.fault(
                "related", f"'{name}' is no other entry", "Name another id."
            )
    for language in LANGUAGES:
        yield from _placeholder_faults(pair[language], knowledge)
    if _all_placeholders(english) != _all_placeholders(spanish):
        yield spanish.fault(
            "text", "other facts than in English", "Use the same {{fact:...}}."
        )
    if entry.status == "approved" and not (entry.approved_by and entry.approved_on):
        yield english.fault(
            "status", "approved by nobody", "Add approved_by and approved_on."
        )


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
    if not isinstance(spanish.fields["translated_on"], date):
        yield spanish.fault("translated_on", "no date", "Write it as 2026-07-15.")
    if entry.review_by < today:
        late = (today - entry.review_by).days
        yield Fault(
            english.name,
            "review_by",
            f"overdue by {late} days",
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
        problem = f"{len(shown)} characters with its source line on WhatsApp"
        yield file.fault("short answer", problem, f"At most {MAX_WHATSAPP}.")


def _all_placeholders(file: EntryFile) -> set[tuple[str, str]]:
    return placeholders("\n".join((file.short, file.details, file.next_step)))


def _placeholder_faults(file: EntryFile, knowledge: KnowledgeBase) -> Iterator[Fault]:
    for kind, key in sorted(_all_placeholders(file)):
        known = knowledge.facts if kind == "fact" else knowledge.office
        if key not in known:
            yield file.fault(
                "text", f"{{{{{kind}:{key}}}}} is unknown", "Mend its name."
            )
    body = "\n".join((file.short, file.details, file.next_step))
    for brace in re.findall(r"\{\{[^}]*\}\}", body):
        if not placeholders(brace):
            yield file.fault(
                "text", f"'{brace}' is no placeholder", "Write {{fact:name}}."
            )


def _duplicate_faults(files: dict[tuple[str, str], Pair]) -> Iterator[Fault]:
    seen: dict[tuple[str, str], str] = {}
    for (_, entry_id), pair in sorted(files.items()):
        for language in LANGUAGES:
            file = pair[language]
            titled = (("title", file.title), ("label", str(file.fields["label"])))
            for field, text in titled:
                yield from _once(
                    seen, (f"{field} {language}", fold(text)), entry_id, file, field
                )
            for question in file.fields["questions"]:
                key = ("question", fold(str(question)))
                yield from _once(seen, key, entry_id, file, "questions", str(question))
            yield from _count_faults(file)


def _count_faults(file: EntryFile) -> Iterator[Fault]:
    count = len(file.fields["questions"])
    if count < MIN_QUESTIONS:
        remedy = f"Write at least {MIN_QUESTIONS}, as people really ask."
        yield file.fault("questions", f"only {count}", remedy)
    if len(str(file.fields["label"])) > MAX_LABEL:
        remedy = f"A button holds {MAX_LABEL} characters."
        yield file.fault("label", "too long", remedy)


def _once(
    seen: dict[tuple[str, str], str],
    key: tuple[str, str],
    entry_id: str,
    file: EntryFile,
    field: str,
    shown: str = "",
) -> Iterator[Fault]:
    other = seen.setdefault(key, entry_id)
    if other != entry_id:
        yield file.fault(
            field, f"'{shown or key[1]}' also stands in {other}", "Change one."
        )


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
            f"{len(unopened)} addresses were never opened by a person",
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
