"""A wording that must not stand is told with the file, the field and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.knowledge.checks import check_knowledge
from tests.builders import TODAY, edit
from tests.content.spoilt import (
    BOND,
    DOOR,
    PUERTA,
    SENTENCE,
    Spoilt,
    edited,
    faults_at,
)

NEARLY = "- um, How do I find a detained relative now?"
HARD_ENGLISH = " ".join(
    ["Constitutional jurisprudence necessitates particularized authorization."] * 9
)
HARD_SPANISH = " ".join(
    ["La jurisprudencia constitucional imprescindible exige autorizaciones"] * 9
)


CASES = {
    "http link": Spoilt(
        DOOR, "text", "https", edited(DOOR, SENTENCE, "See http://ice.example now.")
    ),
    "HTML": Spoilt(DOOR, "text", "Markdown", edited(DOOR, SENTENCE, "<b>Stay</b>")),
    "notario as a title": Spoilt(
        PUERTA,
        "text",
        "no lawyer",
        edited(PUERTA, "Hable con un abogado.", "Hable con un notario."),
    ),
    "specialist": Spoilt(
        DOOR, "text", "the law", edited(DOOR, SENTENCE, "Ask a specialist.")
    ),
    "unknown fact": Spoilt(BOND, "text", "Mend", edited(BOND, "bond_minimum", "fee")),
    "misspelt placeholder": Spoilt(
        BOND, "text", "{{fact:name}}", edited(BOND, "{{fact:", "{{fakt:")
    ),
    "facts differ between the languages": Spoilt(
        PUERTA, "text", "same", edited(PUERTA, "Puede", "{{fact:bond_minimum}} Puede")
    ),
    "law cited in a loose form": Spoilt(
        DOOR, "text", "8 U.S.C.", edited(DOOR, SENTENCE, "See 8 USC 1226 for this.")
    ),
    "source cited in a loose form": Spoilt(
        "sources.yml",
        "usc-1",
        "533 U.S.",
        edited("sources.yml", "1 U.S.C. § 1", "Title 1 § 1"),
    ),
    "hard English": Spoilt(
        DOOR, "text", "everyday words", edited(DOOR, SENTENCE, HARD_ENGLISH)
    ),
    "hard Spanish": Spoilt(
        PUERTA, "text", "everyday words", edited(PUERTA, "Puede dejar", HARD_SPANISH)
    ),
    "nearly the question of another entry": Spoilt(
        DOOR,
        "questions",
        "fits best",
        edited(DOOR, "- ICE is", f"{NEARLY}\n- ICE is"),
    ),
    "too long for WhatsApp": Spoilt(
        DOOR,
        "short answer",
        "At most 1024",
        edited("sources.yml", "https://", "https://" + "x" * 1_000),
    ),
    "approved by nobody": Spoilt(
        DOOR,
        "status",
        "approved_by",
        edited(DOOR, "status: draft", "status: approved"),
    ),
    "short answer of four sentences": Spoilt(
        DOOR, "short answer", "three", edited(DOOR, SENTENCE, "One. Two. Three.")
    ),
    "empty next step": Spoilt(
        DOOR, "next step", "Write it", edited(DOOR, "Speak to a lawyer.", "")
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_a_wording_is_told_with_file_field_and_remedy(root: Path, case: Spoilt) -> None:
    case.spoil(root)
    (fault,) = faults_at(root, case.file, case.field)[:1]
    assert case.remedy in fault.remedy
    assert case.field in str(fault)


def test_a_warning_against_notarios_is_no_mistake(root: Path) -> None:
    edit(root / PUERTA, "Hable con un abogado.", "Un notario no es abogado.")
    assert faults_at(root, PUERTA, "text") == []


def test_a_hard_text_passes_when_the_file_names_why(root: Path) -> None:
    edit(root / DOOR, SENTENCE, HARD_ENGLISH)
    edit(root / DOOR, "owner:", "reading_level_exception: quotes a form\nowner:")
    faults = check_knowledge(root, TODAY)
    assert not [f for f in faults if "reading level" in f.problem]
