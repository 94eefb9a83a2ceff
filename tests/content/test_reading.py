"""How hard an entry is to read is measured as it is read aloud."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.languages import Language
from bot.knowledge.check_reading import plain_text, reading_faults, reading_level
from bot.knowledge.files import EntryFile
from bot.knowledge.limits import MAX_GRADE, MIN_EASE
from bot.knowledge.loader import read_entry_files

EASY: dict[Language, str] = {
    "en": "Stay calm. You may keep the door shut. Ask to see the paper.",
    "es": "Pida ver la hoja. No abra la casa. Diga que no.",
}
HARD: dict[Language, str] = {
    "en": "Constitutional jurisprudence necessitates particularized authorization "
    "notwithstanding administrative determinations of removability.",
    "es": "La jurisprudencia constitucional imprescindible exige autorizaciones "
    "particularizadas independientemente de determinaciones administrativas.",
}


def file_of(root: Path, language: Language, **texts: str) -> EntryFile:
    """Return an entry file with some of its parts changed."""
    files, _ = read_entry_files(root)
    pair = next(pair for key, pair in files.items() if "door_knock" in key)
    return replace(pair[language], **texts)


def spoken(root: Path, details: str) -> str:
    """Return how an entry of just these details is read aloud."""
    file = file_of(root, "en", short="One.", details=details, next_step="Two.")
    return plain_text(file).removeprefix("One. ").removesuffix(" Two.")


def test_english_is_measured_by_the_school_grade() -> None:
    assert reading_level(EASY["en"], "en") < MAX_GRADE < reading_level(HARD["en"], "en")


def test_spanish_is_measured_by_its_ease() -> None:
    assert reading_level(HARD["es"], "es") < MIN_EASE < reading_level(EASY["es"], "es")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Take:\n- one paper\n- two papers", "Take. one paper. two papers."),
        ("See 8 U.S.C. § 1226 now.", "See 8 USC section 1226 now."),
        ("See 8 C.F.R. §§ 1 and 2.", "See 8 CFR sections 1 and 2."),
        ("Read Zadvydas v. Davis.", "Read Zadvydas v Davis."),
        ("It costs {{fact:bond_minimum}}.", "It costs 48."),
        ("Stay **calm**.", "Stay calm."),
        ("Is it so?\n\nYes", "Is it so? Yes."),
    ],
    ids=[
        "a list",
        "a law",
        "laws",
        "a case",
        "a figure",
        "bold",
        "a paragraph without a full stop",
    ],
)
def test_a_text_is_measured_as_it_is_read_aloud(
    root: Path, written: str, said: str
) -> None:
    assert spoken(root, written) == said


@pytest.mark.parametrize("language", ["en", "es"])
def test_an_easy_text_is_no_fault(root: Path, language: Language) -> None:
    file = file_of(root, language, short=EASY[language], details="", next_step="")
    assert list(reading_faults(file, language)) == []


@pytest.mark.parametrize(
    ("language", "limit"),
    [("en", "at most 8"), ("es", "at least 72")],
    ids=["en", "es"],
)
def test_a_hard_text_is_told_with_the_limit_and_the_way_out(
    root: Path, language: Language, limit: str
) -> None:
    file = file_of(root, language, short=HARD[language], details="", next_step="")
    (fault,) = reading_faults(file, language)
    assert limit in fault.problem
    assert "reading_level_exception" in fault.remedy


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_hard_text_passes_when_its_file_names_why(
    root: Path, language: Language
) -> None:
    file = file_of(root, language, short=HARD[language])
    fields = {**file.fields, "reading_level_exception": "quotes a form"}
    assert list(reading_faults(replace(file, fields=fields), language)) == []


def test_an_exception_without_a_reason_does_not_count(root: Path) -> None:
    file = file_of(root, "en", short=HARD["en"], details="", next_step="")
    fields = {**file.fields, "reading_level_exception": ""}
    assert list(reading_faults(replace(file, fields=fields), "en")) != []
