"""Checks what a source or a dated figure says to visitors, and on which days."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, pairwise
from typing import Final

from bot.core.errors import Fault, Wording
from bot.core.facts import FactValue
from bot.core.languages import LANGUAGES, Language
from bot.knowledge.check_texts import text_faults
from bot.knowledge.files import EntryFile

Said = Mapping[Language, str]
_DAY: Final = timedelta(days=1)
# A part of an answer that has no fault, around the text that is checked.
_PLAIN: Final = "-"
_NUMBER: Final = re.compile(r"\d+(?:[.,\u00a0\u202f]\d+)*")
# Not the end of a longer one: "thirty-one", "treinta y un".
_WORD: Final = re.compile(r"(?<![\w-])(?<!y )[^\W\d_]+")
_NUMBER_WORDS: Final[Mapping[Language, Mapping[str, str]]] = {
    "en": {
        "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6",
        "seven": "7", "eight": "8", "nine": "9", "ten": "10", "eleven": "11",
        "twelve": "12", "fourteen": "14", "fifteen": "15", "twenty": "20",
        "thirty": "30", "sixty": "60", "ninety": "90",
    },
    "es": {
        "un": "1", "una": "1", "dos": "2", "tres": "3", "cuatro": "4", "cinco": "5",
        "seis": "6", "siete": "7", "ocho": "8", "nueve": "9", "diez": "10",
        "once": "11", "doce": "12", "catorce": "14", "quince": "15", "veinte": "20",
        "treinta": "30", "sesenta": "60", "noventa": "90",
    },
}  # fmt: skip
_UNITS: Final = re.compile(
    r"(?:business|working|calendar|full)?\s*(?:hours?|days?|weeks?|months?|years?|"
    r"dollars?|percent|horas?|d[ií]as?|semanas?|mes(?:es)?|años?|d[óo]lar(?:es)?|"
    r"por ciento)\b"
)


def said_faults(file: str, field: str, said: Said) -> Iterator[Fault]:
    """Yield what no answer may say either, in a text that goes into answers."""
    for language in LANGUAGES:
        text = said.get(language, "")
        part = EntryFile(file, {}, {}, _PLAIN, _PLAIN, text or _PLAIN, _PLAIN)
        for fault in text_faults(part, language):
            if not fault.is_warning:
                yield replace(fault, field=field)


def number_faults(file: str, field: str, said: Said) -> Iterator[Fault]:
    """Yield a fault where the two languages of a figure hold other numbers."""
    if not all(said.get(language) for language in LANGUAGES):
        return
    (must_en, may_en), (must_es, may_es) = (
        _numbers(said[language], language) for language in ("en", "es")
    )
    odd = sorted((must_en - may_es) | (must_es - may_en))
    if odd:
        problem = Wording(
            "'{one}' and '{other}' hold other numbers ({numbers})",
            **{"one": said["en"], "other": said["es"], "numbers": ", ".join(odd)},
        )
        remedy = "Write the same numbers in both languages."
        yield Fault(file, field, problem, remedy)


def order_faults(file: str, field: str, values: Sequence[FactValue]) -> Iterator[Fault]:
    """Yield the days on which a figure has two values, or ends before it begins."""
    for value in values:
        if value.valid_to is not None and value.valid_to < value.valid_from:
            problem = Wording("'{name}' ends before it begins", name=value.text["en"])
            yield Fault(file, field, problem, "Write a later day.")
            return
    in_order = sorted(values, key=lambda value: value.valid_from)
    for one, other in combinations(in_order, 2):
        if one.valid_to is not None and one.valid_to < other.valid_from:
            continue
        names = {"one": one.text["en"], "other": other.text["en"]}
        problem = Wording(
            "'{one}' and '{other}' are both valid on {day}",
            **names, day=other.valid_from,
        )  # fmt: skip
        if one.valid_from == other.valid_from:
            yield Fault(file, field, problem, "Give each its own days.")
            continue
        remedy = Wording(
            "Let '{one}' end on {day}, the day before '{other}' begins.",
            **names, day=other.valid_from - _DAY,
        )  # fmt: skip
        yield Fault(file, field, problem, remedy)


def gap_faults(file: str, field: str, values: Sequence[FactValue]) -> Iterator[Fault]:
    """Yield the days between two values on which visitors would read of none."""
    in_order = sorted(values, key=lambda value: value.valid_from)
    for one, other in pairwise(in_order):
        end = one.valid_to
        if end is None or end >= other.valid_from - _DAY:
            continue
        names = {"one": one.text["en"], "other": other.text["en"]}
        days = {"first": end + _DAY, "last": other.valid_from - _DAY}
        problem = Wording(
            "between '{one}' and '{other}' there is no value ({first} to {last})",
            **names, **days,
        )  # fmt: skip
        remedy = Wording(
            "Let '{one}' end on {last}, or '{other}' begin on {first}.", **names, **days
        )
        yield Fault(file, field, problem, remedy)


def future_faults(file: str, field: str, day: object, today: date) -> Iterator[Fault]:
    """Yield a fault where somebody checked an item on a day that is yet to come."""
    if isinstance(day, date) and day > today:
        problem, remedy = "lies in the future", "Write the day of the check."
        yield Fault(file, field, problem, remedy)


def _numbers(text: str, language: Language) -> tuple[set[str], set[str]]:
    """Return the numbers that the other language must have, and those it may have.

    A word is a number for certain only before what is counted: 'two years'.
    """
    must = {plain_number(found[0]) for found in _NUMBER.finditer(text)}
    may, folded = set(must), text.lower()
    for found in _WORD.finditer(folded):
        number = _NUMBER_WORDS[language].get(found[0])
        if number is not None:
            may.add(number)
            if _UNITS.match(folded[found.end() :].lstrip()):
                must.add(number)
    return must, may


def plain_number(written: str) -> str:
    """Return a number without the signs that part its digits.

    >>> [plain_number(one) for one in ("1,500", "1.500", "4,5", "4.5", "405.00")]
    ['1500', '1500', '4.5', '4.5', '405']
    """
    *parts, last = re.split(r"[.,\u00a0\u202f]", written)
    if not parts:
        return last
    if len(last) == len("000"):
        return "".join((*parts, last))
    return f"{''.join(parts)}.{last}".rstrip("0").rstrip(".")
