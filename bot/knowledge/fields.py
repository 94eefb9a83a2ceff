"""Tells which fields of an entry file are missing or hold the wrong kind of thing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from bot.core.dates import is_day
from bot.core.entries import JURISDICTIONS, STATUSES
from bot.core.errors import Fault, Wording
from bot.knowledge.files import EntryFile

_DATES: Final = ("as_of", "review_by")
_SWITCHES: Final = ("volatile", "emergency")
_LISTS: Final = ("aliases", "sources", "related")
_TEXTS: Final = (
    *("label", "owner", "approved_by", "approved_text"),
    "reading_level_exception",
)
_SHARED: Final = frozenset({
    "id", "label", "aliases", "jurisdiction", "status", "owner", "as_of", "review_by",
    "volatile", "emergency", "sources", "related", "questions",
})  # fmt: skip
_APPROVAL: Final = frozenset({"approved_by", "approved_on", "approved_text"})
_EXCEPTIONS: Final = frozenset({"reading_level_exception"})
_SPANISH: Final = frozenset({"label", "translated_on", "questions"})
_QUOTES: Final = "Put quotes around it."


def field_faults(english: EntryFile, spanish: EntryFile, entry_id: str) -> list[Fault]:
    """Return what is wrong with the fields of an entry's two files."""
    faults = [
        *_presence_faults(english, _SHARED, _APPROVAL | _EXCEPTIONS),
        *_presence_faults(spanish, _SPANISH, _EXCEPTIONS),
        *_kind_faults(english),
        *_kind_faults(spanish),
    ]
    return faults or list(_value_faults(english, entry_id))


def _presence_faults(
    file: EntryFile, wanted: frozenset[str], allowed: frozenset[str]
) -> Iterator[Fault]:
    present = set(file.fields)
    for field in sorted(wanted - present):
        remedy = Wording("Add a line '{field}: ...'.", field=field)
        yield file.fault(field, "this field is missing", remedy)
    for name in sorted(map(str, present - wanted - allowed)):
        yield file.fault(name, "no such field", "Remove it or mend its spelling.")


def _kind_faults(file: EntryFile) -> Iterator[Fault]:
    fields = file.fields
    for field in _TEXTS:
        if field in fields and not _is_text(fields[field]):
            yield file.fault(field, "no text", "Write words after the colon.")
    for field in ("approved_on", "translated_on"):
        if field in fields and not is_day(fields[field]):
            yield file.fault(field, "no date", "Write it as 2026-07-15.")
    yield from _question_faults(file, fields)


def _question_faults(file: EntryFile, fields: Mapping[str, Any]) -> Iterator[Fault]:
    questions = fields.get("questions")
    if "questions" not in fields:
        return
    if not (isinstance(questions, list) and questions):
        yield file.fault("questions", "no list", "Write each as '  - question'.")
        return
    for number, question in enumerate(questions, start=1):
        # A colon, or a word such as "yes", makes it something else than text.
        if not isinstance(question, (str, int)) or isinstance(question, bool):
            problem = Wording("number {number} is no plain text", number=number)
            yield file.fault("questions", problem, _QUOTES)


def _value_faults(file: EntryFile, entry_id: str) -> Iterator[Fault]:
    fields = file.fields
    if fields["id"] != entry_id:
        remedy = Wording("Write {name}.", name=entry_id)
        yield file.fault("id", "differs from the file name", remedy)
    for field, allowed in (("jurisdiction", JURISDICTIONS), ("status", STATUSES)):
        if fields[field] not in allowed:
            remedy = Wording("Write one of: {names}.", names=", ".join(allowed))
            problem = Wording("'{name}' is not known", name=fields[field])
            yield file.fault(field, problem, remedy)
    for field in _DATES:
        if not is_day(fields[field]):
            yield file.fault(field, "no date", "Write it as 2026-07-15.")
    for field in _SWITCHES:
        if not isinstance(fields[field], bool):
            yield file.fault(field, "neither true nor false", "Write true or false.")
    for field in _LISTS:
        names = fields[field]
        if not (isinstance(names, list) and all(map(_is_text, names))):
            yield file.fault(field, "no list", "Write it as [one, two].")


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())
