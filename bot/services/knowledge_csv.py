"""Entries as a sheet for those who work in spreadsheets: out, changed, and in again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from bot.core.errors import ContentError, Fault
from bot.core.languages import LANGUAGES, Language, as_language
from bot.knowledge.entry_form import EntryForm, FormText
from bot.services.knowledge_cells import NoSheet, read_cells, write_cells

_TEXTS: Final = ("label", "title", "short", "details", "next_step")
_EXCEPTION: Final = "reading_level_exception"
_LISTS: Final = ("aliases", "sources", "related")
_SWITCHES: Final = ("volatile", "emergency")
# These stand in the English row; the Spanish row leaves them empty.
_SHARED: Final = (
    *("aliases", "jurisdiction", "owner", "as_of", "review_by"),
    *("volatile", "emergency", "sources", "related"),
)
# Shown for information; only a person in the console approves.
_SHOWN: Final = ("status", "approved_by", "approved_on")
COLUMNS: Final = (
    *("id", "group", "language"),
    *_TEXTS,
    "questions",
    *_SHARED,
    "translated_on",
    _EXCEPTION,
    *_SHOWN,
)
_YES: Final = {"yes": True, "true": True, "no": False, "false": False}
_NAME: Final = re.compile(r"[a-z0-9_]{1,64}")
_REFUSED: Final = "Nothing of this sheet was taken."


@dataclass(frozen=True)
class _Row:
    """A row with its number as the spreadsheet counts."""

    number: int
    cells: Mapping[str, str]
    sheet: str

    def fault(self, column: str, problem: str, remedy: str) -> Fault:
        place = f"{self.sheet}, row {self.number}"
        return Fault(place, f"column {column}", problem, remedy)


def write_sheet(forms: Iterable[EntryForm]) -> bytes:
    """Return the sheet of entries: a row an entry and language."""
    rows = [_cells_of(form, language) for form in forms for language in LANGUAGES]
    return write_cells(COLUMNS, rows)


def _cells_of(form: EntryForm, language: Language) -> dict[str, str]:
    words = form.texts[language]
    cells = {"id": form.id, "group": form.group, "language": language}
    cells |= {name: getattr(words, name) for name in (*_TEXTS, _EXCEPTION)}
    cells["questions"] = "\n".join(words.questions)
    if language == "es":
        return {**cells, "translated_on": form.translated_on}
    cells |= {
        name: getattr(form, name)
        for name in (*_SHARED, *_SHOWN)
        if name not in (*_LISTS, *_SWITCHES)
    }
    cells |= {name: ", ".join(getattr(form, name)) for name in _LISTS}
    return cells | {name: "yes" if getattr(form, name) else "no" for name in _SWITCHES}


def read_sheet(
    data: bytes, name: str, known: Mapping[str, EntryForm]
) -> dict[str, EntryForm]:
    """Return the entries of a sheet by id, changed as the sheet says.

    `known` are the entries as the files have them; one that the sheet does not
    name is left out. An entry with both languages that is not known is a new one.

    Raises:
        ContentError: naming the row and the column of everything that is wrong.
    """
    try:
        read = read_cells(data, COLUMNS)
    except NoSheet as error:
        raise ContentError([Fault(name, "file", str(error), _REFUSED)]) from None
    rows = [_Row(at, cells, name) for at, cells in enumerate(read, start=2) if cells]
    faults = [fault for row in rows for fault in _row_faults(row, known)]
    faults += _twice(rows)
    if faults:
        raise ContentError(faults)
    forms: dict[str, EntryForm] = {}
    for row in rows:
        entry, group = row.cells["id"].strip(), row.cells["group"].strip()
        form = forms.get(entry) or known.get(entry) or _new(entry, group)
        forms[entry] = _changed(form, row)
    if faults := _half_new(rows, known):
        raise ContentError(faults)
    return forms


def _row_faults(row: _Row, known: Mapping[str, EntryForm]) -> list[Fault]:
    cells, faults = row.cells, []
    if problem := cells.get(""):
        remedy = "Check the quotation marks in this row."
        return [row.fault("(after the last)", problem, remedy)]
    for column in ("id", "group"):
        if _NAME.fullmatch(cells[column].strip()) is None:
            remedy = "Small letters, figures and _ only."
            faults.append(row.fault(column, "is no name", remedy))
    language = as_language(cells["language"].strip())
    if language is None:
        faults.append(row.fault("language", "is no language", "Write en or es."))
    form = known.get(cells["id"].strip())
    if form is not None and form.group != cells["group"].strip():
        faults.append(row.fault("group", "cannot be changed", f"Write {form.group}."))
    faults += _shared_faults(row, form) if language == "en" else _spare_faults(row)
    return faults


def _shared_faults(row: _Row, form: EntryForm | None) -> list[Fault]:
    faults = [
        row.fault(column, "is neither yes nor no", "Write yes or no.")
        for column in _SWITCHES
        if row.cells[column].strip().lower() not in _YES
    ]
    for column in _SHOWN:
        usual = "draft" if column == "status" else ""
        stands = getattr(form, column) if form is not None else usual
        if row.cells[column].strip() != stands:
            remedy = f"Write '{stands}'. Approving and withdrawing are done by name."
            faults.append(row.fault(column, "cannot be changed here", remedy))
    if row.cells["translated_on"].strip():
        remedy = "It belongs in the row of the Spanish text."
        faults.append(row.fault("translated_on", "stands in the wrong row", remedy))
    return faults


def _spare_faults(row: _Row) -> list[Fault]:
    return [
        row.fault(column, "stands in the wrong row", "It belongs in the English row.")
        for column in (*_SHARED, *_SHOWN)
        if row.cells[column].strip()
    ]


def _twice(rows: Sequence[_Row]) -> list[Fault]:
    seen: dict[tuple[str, str], int] = {}
    faults = []
    for row in rows:
        key = (row.cells["id"].strip(), row.cells["language"].strip())
        if first := seen.get(key):
            problem = f"is the same entry and language as row {first}"
            faults.append(row.fault("id", problem, "Take one of them out."))
        seen.setdefault(key, row.number)
    return faults


def _half_new(rows: Sequence[_Row], known: Mapping[str, EntryForm]) -> list[Fault]:
    languages: dict[str, set[str]] = {}
    for row in rows:
        entry = row.cells["id"].strip()
        languages.setdefault(entry, set()).add(row.cells["language"].strip())
    return [
        row.fault("language", "a new entry needs both", "Add a row en and a row es.")
        for row in rows
        if (entry := row.cells["id"].strip()) not in known and len(languages[entry]) < 2
    ]


def _new(entry: str, group: str) -> EntryForm:
    return EntryForm(group, entry, {code: FormText() for code in LANGUAGES})


def _changed(form: EntryForm, row: _Row) -> EntryForm:
    language: Language = "es" if row.cells["language"].strip() == "es" else "en"
    words = form.texts[language]
    given: dict[str, Any] = {name: row.cells[name] for name in (*_TEXTS, _EXCEPTION)}
    lines = (line.strip() for line in row.cells["questions"].split("\n"))
    given["questions"] = tuple(line for line in lines if line)
    texts = {**form.texts, language: replace(words, **given)}
    if language == "es":
        spanish = row.cells["translated_on"].strip()
        return replace(form, texts=texts, translated_on=spanish)
    fields: dict[str, Any] = {name: row.cells[name].strip() for name in _SHARED}
    fields |= {name: _names_in(row.cells[name]) for name in _LISTS}
    fields |= {name: _YES[row.cells[name].strip().lower()] for name in _SWITCHES}
    return replace(form, texts=texts, **fields)


def _names_in(cell: str) -> tuple[str, ...]:
    return tuple(part for part in re.split(r"[,;\s]+", cell) if part)
