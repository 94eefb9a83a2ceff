"""Measures how hard an entry is to read, in English and in Spanish."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from typing import Final

from bot.core.errors import Fault, Wording
from bot.core.facts import fill
from bot.core.languages import Language
from bot.knowledge.files import EntryFile
from bot.knowledge.limits import HARD_TO_READ, MAX_GRADE, MIN_EASE

_BLOCK: Final = re.compile(r"\n\s*\n|\n- ")
_MARKS: Final = re.compile(r"[*_#]")
# An abbreviation's full stop would be counted as the end of a sentence.
_SPOKEN: Final = (
    ("§§", "sections"),
    ("§", "section"),
    ("U.S.C.", "USC"),
    ("C.F.R.", "CFR"),
    (" v. ", " v "),
)


def reading_level(text: str, language: Language) -> float:
    """Return the school grade (English) or the ease from 0 to 100 (Spanish).

    Flesch-Kincaid grade; Fernández-Huerta, Medidas sencillas de lecturabilidad (1959).
    """
    with warnings.catch_warnings():
        # textstat 0.7.3 loads pkg_resources, which complains at import.
        warnings.simplefilter("ignore")
        import textstat

    textstat.set_lang(language)
    if language == "en":
        return float(textstat.flesch_kincaid_grade(text))
    return float(textstat.fernandez_huerta(text))


def plain_text(file: EntryFile) -> str:
    """Return an entry's text as it is read aloud: each line of a list a sentence."""
    body = "\n\n".join((file.short, file.details, file.next_step))
    body = _MARKS.sub("", fill(body, lambda kind, key: "48"))  # noqa: ARG005
    for written, spoken in _SPOKEN:
        body = body.replace(written, spoken)
    lines = (line.strip().rstrip(":") for line in _BLOCK.split(body))
    return " ".join(line if line[-1] in ".?" else f"{line}." for line in lines if line)


def reading_faults(file: EntryFile, language: Language) -> Iterator[Fault]:
    """Yield a fault if the text is too hard and the file names no exception."""
    if file.fields.get("reading_level_exception"):
        return
    level = reading_level(plain_text(file), language)
    if language == "en" and level > MAX_GRADE:
        problem = Wording(
            "reading level {level}, at most {most} is wanted",
            level=f"{level:.1f}",
            most=f"{MAX_GRADE:.0f}",
        )
    elif language == "es" and level < MIN_EASE:
        problem = Wording(
            "reading ease {level}, at least {least} is wanted",
            level=f"{level:.0f}",
            least=f"{MIN_EASE:.0f}",
        )
    else:
        return
    yield file.fault("text", problem, HARD_TO_READ)
