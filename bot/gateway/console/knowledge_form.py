"""The form of an entry: what it shows, and the entry that a filled-in form means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from bot.core.errors import ContentError, Fault
from bot.core.languages import LANGUAGES, Language
from bot.knowledge.entry_form import EntryForm, FormText, form_of, texts_of

# Parts that stand in both languages, and the limits that visitors' screens set.
PARTS: Final = ("title", "label", "short", "details", "next_step", "questions")
_TEXT_PARTS: Final = PARTS[:-1]
_NEEDED: Final = ("title", "short")
_SHARED: Final = ("jurisdiction", "owner", "as_of", "review_by", "translated_on")
_CHOSEN: Final = ("jurisdiction", "owner")
_TICKED: Final = ("volatile", "emergency")
_LISTS: Final = ("aliases", "sources", "related")
# Every place of the form at which a fault can stand.
PLACES: Final = (
    *(f"{part}_{code}" for part in (*PARTS, "text", "exception") for code in LANGUAGES),
    *_SHARED,
    *_TICKED,
    *_LISTS,
    "other",
)
# Where the two files are shown as plain text, all of a file's faults stand above it.
FILE_PLACES: Final = tuple(f"text_{code}" for code in LANGUAGES)
_PLACE_OF: Final = {
    "short answer": "short",
    "next step": "next_step",
    "reading_level_exception": "exception",
}
FILES: Final = "files"


def typed_of(form: EntryForm) -> dict[str, str]:
    """Return what the fields of the form hold for an entry."""
    typed = {name: str(getattr(form, name)) for name in _SHARED}
    typed |= {name: "1" if getattr(form, name) else "" for name in _TICKED}
    typed |= {name: "\n".join(getattr(form, name)) for name in _LISTS}
    for code in LANGUAGES:
        words = form.texts[code]
        typed |= {f"{part}_{code}": getattr(words, part) for part in _TEXT_PARTS}
        typed[f"questions_{code}"] = "\n".join(words.questions)
        typed[f"exception_{code}"] = words.reading_level_exception
    return typed


def typed_files(texts: Mapping[Language, str]) -> dict[str, str]:
    """Return what the fields of the form of plain files hold."""
    return {f"file_{code}": texts.get(code, "") for code in LANGUAGES}


def texts_from(
    fields: Mapping[str, str], before: Mapping[Language, str], group: str, entry: str
) -> dict[Language, str]:
    """Return the two file texts that a filled-in form means.

    What the form does not ask for (status, approval) stays as in the texts before.
    """
    if fields.get("shown_as") == FILES:
        return {code: _ended(fields.get(f"file_{code}", "")) for code in LANGUAGES}
    try:
        form = readable_form(before, group, entry)
    except ContentError:
        # Somebody broke the files meanwhile; what was typed here is still whole.
        form = blank_form(group, entry)
    return texts_of(filled_in(form, fields))


def means_same(
    texts: Mapping[Language, str],
    before: Mapping[Language, str],
    group: str,
    entry: str,
) -> bool:
    """Return whether two pairs of texts say the same, in whatever layout.

    A form that nobody touched comes back in our own layout, not in the file's.
    """
    if is_same(texts, before):
        return True
    try:
        return is_same(texts, texts_of(readable_form(before, group, entry)))
    except ContentError:
        return False


def is_same(one: Mapping[Language, str], other: Mapping[Language, str]) -> bool:
    """Return whether two pairs of texts are the same, sign by sign."""
    return all(one.get(code, "") == other.get(code, "") for code in LANGUAGES)


def blank_faults(fields: Mapping[str, str], group: str, entry: str) -> list[Fault]:
    """Return a fault for each part without which a file cannot be read at all."""
    if fields.get("shown_as") == FILES:
        return []
    return [
        Fault(f"{group}/{entry}.{code}.md", part, "is empty", "Write it.")
        for code in LANGUAGES
        for part in _NEEDED
        if not fields.get(f"{part}_{code}", "").strip()
    ]


def in_form_words(faults: Iterable[Fault], fields: Mapping[str, str]) -> list[Fault]:
    """Return the faults, those of empty fields not in the words for a file.

    >>> fault = Fault("a/b.en.md", "owner", "no text", "Write words after the colon.")
    >>> str(in_form_words([fault], {"owner": ""})[0])
    'a/b.en.md: owner: nothing is chosen. Choose one.'
    """
    return [
        fault if fields.get(place_of(fault), "typed").strip() else _of_empty(fault)
        for fault in faults
    ]


def blank_form(group: str, entry: str) -> EntryForm:
    """Return the form of an entry of which nothing is written yet."""
    return EntryForm(group, entry, {code: FormText() for code in LANGUAGES})


def readable_form(texts: Mapping[Language, str], group: str, entry: str) -> EntryForm:
    """Return the form of an entry; a language that is missing is blank.

    Raises:
        ContentError: a text is no entry file at all.
    """
    blank = texts_of(blank_form(group, entry))
    return form_of({**blank, **texts}, f"{group}/{entry}")


def filled_in(form: EntryForm, fields: Mapping[str, str]) -> EntryForm:
    """Return an entry's form with what was typed into it."""
    given: dict[str, Any] = {name: fields.get(name, "").strip() for name in _SHARED}
    given |= {name: bool(fields.get(name)) for name in _TICKED}
    given |= {name: tuple(lines_in(fields.get(name, ""))) for name in _LISTS}
    texts = {code: _filled_in(form.texts[code], fields, code) for code in LANGUAGES}
    return replace(form, texts=texts, **given)


def by_file(faults: Iterable[Fault]) -> dict[str, list[Fault]]:
    """Return the faults by the file in which each is mended."""
    places: dict[str, list[Fault]] = {}
    for fault in faults:
        code = "es" if fault.file.endswith(".es.md") else "en"
        places.setdefault(f"text_{code}", []).append(fault)
    return places


def by_place(faults: Iterable[Fault]) -> dict[str, list[Fault]]:
    """Return the faults by the place of the form at which each is mended."""
    placed: dict[str, list[Fault]] = {}
    for fault in faults:
        placed.setdefault(place_of(fault), []).append(fault)
    return placed


def place_of(fault: Fault) -> str:
    """Return the place of the form at which a fault is mended.

    >>> place_of(Fault("knowledge/a/b.es.md", "short answer", "is long", "Cut it."))
    'short_es'
    """
    code = "es" if fault.file.endswith(".es.md") else "en"
    field = _PLACE_OF.get(fault.field, fault.field)
    if field in PLACES:
        return field
    return f"{field}_{code}" if f"{field}_{code}" in PLACES else f"text_{code}"


def lines_in(text: str) -> list[str]:
    """Return the lines of a field that has one thing a line; empty ones are dropped."""
    return [line for line in map(str.strip, text.split("\n")) if line]


def one_line(text: str) -> str:
    """Return a text without line breaks and spaces around it."""
    return " ".join(text.split())


def _filled_in(words: FormText, fields: Mapping[str, str], code: Language) -> FormText:
    given = {part: fields.get(f"{part}_{code}", "") for part in _TEXT_PARTS}
    return replace(
        words,
        title=one_line(given["title"]),
        label=one_line(given["label"]),
        short=given["short"].strip(),
        details=given["details"].strip(),
        next_step=given["next_step"].strip(),
        questions=tuple(lines_in(fields.get(f"questions_{code}", ""))),
        reading_level_exception=one_line(fields.get(f"exception_{code}", "")),
    )


def _of_empty(fault: Fault) -> Fault:
    if fault.field in _CHOSEN:
        return replace(fault, problem="nothing is chosen", remedy="Choose one.")
    if fault.field in (*_SHARED, "label", "questions"):
        return replace(fault, problem="is empty", remedy="Fill it in.")
    return fault


def _ended(text: str) -> str:
    return text if text.endswith("\n") or not text else f"{text}\n"
