"""An entry as the form shows it: typed fields out of two file texts, and back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import yaml

from bot.core.errors import ContentError, Fault, Wording
from bot.core.languages import LANGUAGES, Language
from bot.knowledge.entry_lines import (
    one_line,
    paragraphs,
    scalar,
    status_of,
    typed,
    with_fields,
)
from bot.knowledge.files import HEADINGS, IN_ORDER, WRITE_FILE
from bot.knowledge.plain_yaml import load_yaml

__all__ = ["EntryForm", "FormText", "form_of", "status_of", "texts_of", "with_fields"]

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FRONT: Final = re.compile(r"\A---\n(?P<head>.*?\n)---\n(?P<body>.*)\Z", re.DOTALL)


@dataclass(frozen=True)
class FormText:
    """What is typed for one language; `written` remembers the file's own quoting."""

    label: str = ""
    title: str = ""
    short: str = ""
    details: str = ""
    next_step: str = ""
    questions: tuple[str, ...] = ()
    reading_level_exception: str = ""
    written: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True)
class EntryForm:
    """All fields of an entry as somebody typed them, right or wrong.

    Change one with dataclasses.replace(), so that what was not touched stays as it
    stands in the files. Only fields that are none, and comments, are left out.
    """

    group: str
    id: str
    texts: Mapping[Language, FormText]
    aliases: tuple[str, ...] = ()
    jurisdiction: str = "US"
    owner: str = ""
    as_of: str = ""
    review_by: str = ""
    volatile: bool = False
    emergency: bool = False
    sources: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    translated_on: str = ""
    status: str = "draft"
    approved_by: str = ""
    approved_on: str = ""
    approved_text: str = ""


class _Head:
    """The fields on top of a file, as they are written there."""

    def __init__(self, text: str, name: str) -> None:
        self._text = text
        fields = load_yaml(text, name, first_line=2)
        if not isinstance(fields, dict):
            raise _fault(
                name, "file", "the top is no list of fields", "Write 'field: value'."
            )
        root: Any = yaml.compose(text, Loader=_LOADER)
        self._nodes = {str(key.value): node for key, node in root.value}

    def one(self, key: str) -> str:
        """Return a field's value as it is read, "" where there is none."""
        node = self._nodes.get(key)
        return "" if node is None else self._said(node)

    def many(self, key: str) -> tuple[str, ...]:
        """Return a list's values; a single value counts as a list of one."""
        return tuple(self._said(node) for node in self._items(key) if self._said(node))

    def is_true(self, key: str) -> bool:
        """Return whether a field says true."""
        return self.one(key).lower() in ("true", "yes", "on")

    def written(self, *keys: str) -> dict[str, str]:
        """Return how values are written, where we would write them otherwise."""
        found = {}
        for key in keys:
            for node in self._items(key):
                said, raw = self._said(node), self._raw(node)
                if "\n" not in raw and raw != scalar(said):
                    found[f"{key}: {said}"] = raw
        return found

    def _items(self, key: str) -> list[Any]:
        node = self._nodes.get(key)
        if node is None:
            return []
        return list(node.value) if isinstance(node, yaml.SequenceNode) else [node]

    def _said(self, node: Any) -> str:
        if not isinstance(node, yaml.ScalarNode):
            # Such as a question with a colon that nobody put in quotes.
            return one_line(self._raw(node))
        return "" if node.tag.endswith(":null") else one_line(node.value)

    def _raw(self, node: Any) -> str:
        return self._text[node.start_mark.index : node.end_mark.index].rstrip()


def form_of(texts: Mapping[Language, str], name: str) -> EntryForm:
    """Return the form of an entry's file texts; `name` is "group/id".

    Raises:
        ContentError: a text is no entry file at all, or a language is missing.
    """
    group, _, entry_id = name.rpartition("/")
    heads: dict[Language, _Head] = {}
    forms: dict[Language, FormText] = {}
    for language in LANGUAGES:
        file = f"knowledge/{name}.{language}.md"
        if language not in texts:
            remedy = Wording(WRITE_FILE, file=f"{entry_id}.{language}.md")
            raise _fault(
                file,
                "languages",
                Wording("no '{language}' file", language=language),
                remedy,
            )
        heads[language], forms[language] = _language(texts[language], language, file)
    english = heads["en"]
    return EntryForm(
        group=group,
        id=entry_id,
        texts=forms,
        aliases=english.many("aliases"),
        jurisdiction=english.one("jurisdiction"),
        owner=english.one("owner"),
        as_of=english.one("as_of"),
        review_by=english.one("review_by"),
        volatile=english.is_true("volatile"),
        emergency=english.is_true("emergency"),
        sources=english.many("sources"),
        related=english.many("related"),
        translated_on=heads["es"].one("translated_on"),
        status=english.one("status"),
        approved_by=english.one("approved_by"),
        approved_on=english.one("approved_on"),
        approved_text=english.one("approved_text"),
    )


def texts_of(form: EntryForm) -> dict[Language, str]:
    """Return the two file texts, in the style in which the files are written."""
    english, spanish = form.texts["en"], form.texts["es"]
    approval = [("approved_by", scalar(form.approved_by))]
    approval += [("approved_on", typed(form.approved_on))]
    approval += [("approved_text", scalar(form.approved_text))]
    shared = [
        ("id", scalar(form.id)),
        ("label", _written(english, "label", english.label)),
        ("aliases", _list(form.aliases)),
        ("jurisdiction", scalar(form.jurisdiction)),
        ("status", scalar(form.status)),
        *((key, value) for key, value in approval if value),
        ("owner", scalar(form.owner)),
        ("as_of", typed(form.as_of)),
        ("review_by", typed(form.review_by)),
        ("volatile", str(form.volatile).lower()),
        ("emergency", str(form.emergency).lower()),
        ("sources", _list(form.sources)),
        ("related", _list(form.related)),
    ]
    translated = [
        ("label", _written(spanish, "label", spanish.label)),
        ("translated_on", typed(form.translated_on)),
    ]
    return {
        "en": _file(shared, english, "en"),
        "es": _file(translated, spanish, "es"),
    }


def _language(text: str, language: Language, file: str) -> tuple[_Head, FormText]:
    front = _FRONT.match(text)
    if front is None:
        remedy = "Begin with the fields, between two lines of ---."
        raise _fault(file, "file", "no fields between --- lines", remedy)
    head = _Head(front["head"], file)
    more, step = HEADINGS[language]
    # As in files.py, but a title that is still empty may stand.
    title, _, rest = front["body"].strip().partition("\n")
    short, has_more, rest = f"\n{rest}\n".partition(f"\n{more}\n")
    details, has_step, next_step = f"\n{rest}".partition(f"\n{step}\n")
    if not (title.startswith("#") and has_more and has_step):
        remedy = Wording(IN_ORDER, more=more, step=step)
        raise _fault(file, "headings", "missing or out of order", remedy)
    return head, FormText(
        label=head.one("label"),
        title=title[1:].strip(),
        short=short.strip(),
        details=details.strip(),
        next_step=next_step.strip(),
        questions=head.many("questions"),
        reading_level_exception=head.one("reading_level_exception"),
        written=head.written("label", "questions", "reading_level_exception"),
    )


def _fault(file: str, field: str, problem: str, remedy: str) -> ContentError:
    return ContentError([Fault(file, field, problem, remedy, 1)])


def _written(text: FormText, key: str, value: str) -> str:
    value = one_line(value)
    return text.written.get(f"{key}: {value}") or scalar(value)


def _list(values: tuple[str, ...]) -> str:
    said = [one_line(value) for value in values]
    return f"[{', '.join(scalar(value, in_list=True) for value in said if value)}]"


def _file(fields: list[tuple[str, str]], text: FormText, language: Language) -> str:
    questions = [one_line(question) for question in text.questions]
    why = "reading_level_exception"
    exception = _written(text, why, text.reading_level_exception)
    lines = [f"{key}: {value}".rstrip() for key, value in fields]
    lines += [f"{why}: {exception}"] if exception else []
    lines += ["questions:" if any(questions) else "questions: []"]
    lines += [
        f"  - {_written(text, 'questions', question)}"
        for question in questions
        if question
    ]
    more, step = HEADINGS[language]
    parts = (paragraphs(part) for part in (text.short, text.details, text.next_step))
    short, details, next_step = parts
    return (
        "---\n" + "\n".join(lines) + f"\n---\n# {one_line(text.title)}\n{short}\n\n"
        f"{more}\n{details}\n\n{step}\n{next_step}\n"
    )
