"""Finds titles, labels and questions that stand in two entries."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from bot.core.errors import Fault, Wording
from bot.core.languages import LANGUAGES, Language
from bot.core.matching import fold
from bot.knowledge.files import EntryFile
from bot.knowledge.limits import MAX_LABEL, MIN_QUESTIONS
from bot.knowledge.loader import Pair

# What may stand once only: its kind, and the text as it is compared.
Key = tuple[str, str]


class Claimed(NamedTuple):
    """A text that may stand in one entry only, and the field where it stands."""

    key: Key
    field: str
    shown: str


def duplicate_faults(files: Mapping[tuple[str, str], Pair]) -> Iterator[Fault]:
    """Yield a fault for each text that an earlier entry has already."""
    seen: dict[Key, str] = {}
    for (_, entry_id), pair in sorted(files.items()):
        for claimed in claims_of(pair):
            seen.setdefault(claimed.key, entry_id)
        yield from taken_faults(entry_id, pair, seen.get)


def taken_faults(
    entry_id: str, pair: Pair, holder: Callable[[Key], str | None]
) -> Iterator[Fault]:
    """Yield a fault for each text of an entry whose holder is another entry."""
    for language in LANGUAGES:
        file = pair[language]
        for claimed in _claims(file, language):
            other = holder(claimed.key)
            if other is not None and other != entry_id:
                problem = Wording(
                    "'{words}' also stands in {entry}", words=claimed.shown, entry=other
                )
                yield file.fault(claimed.field, problem, "Change one.")
        yield from _twice(file)
        yield from _count_faults(file)


def claims_of(pair: Pair) -> Iterator[Claimed]:
    """Yield what an entry claims for itself, in both languages."""
    for language in LANGUAGES:
        yield from _claims(pair[language], language)


def _claims(file: EntryFile, language: Language) -> Iterator[Claimed]:
    for field, text in (("title", file.title), ("label", str(file.fields["label"]))):
        yield Claimed((f"{field} {language}", fold(text)), field, fold(text))
    for question in map(str, file.fields["questions"]):
        yield Claimed(("question", fold(question)), "questions", question)


def _twice(file: EntryFile) -> Iterator[Fault]:
    seen: set[str] = set()
    for question in map(str, file.fields["questions"]):
        if fold(question) in seen:
            problem, remedy = (
                Wording("'{words}' stands twice", words=question),
                "Take one out.",
            )
            line = file.lines.get("questions")
            yield Fault(file.name, "questions", problem, remedy, line, is_warning=True)
        seen.add(fold(question))


def _count_faults(file: EntryFile) -> Iterator[Fault]:
    count = len(file.fields["questions"])
    if count < MIN_QUESTIONS:
        remedy = Wording(
            "Write at least {least}, as people really ask.", least=MIN_QUESTIONS
        )
        yield file.fault("questions", Wording("only {count}", count=count), remedy)
    if len(str(file.fields["label"])) > MAX_LABEL:
        remedy = Wording("A button holds {most} characters.", most=MAX_LABEL)
        yield file.fault("label", "too long", remedy)
