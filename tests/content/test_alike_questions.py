"""Nearly equal questions are told, but for those of the two states' own entries."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.errors import Fault
from bot.knowledge.check_questions import alike_faults
from bot.knowledge.loader import read_entry_files
from tests.builders import edit

DOOR = "rights/door_knock.en.md"
BOND = "detained/bond_money.en.md"
NEARLY = "um, How much is an immigration bond now?"


def faults_between(root: Path, door: str, bond: str) -> list[Fault]:
    """Return the faults of a near question in entries for these jurisdictions."""
    edit(root / DOOR, "questions:\n", f"questions:\n- '{NEARLY}'\n")
    edit(root / DOOR, "jurisdiction: US", f"jurisdiction: {door}")
    edit(root / BOND, "jurisdiction: US", f"jurisdiction: {bond}")
    files, _ = read_entry_files(root)
    return [fault for fault in alike_faults(files) if NEARLY in str(fault)]


@pytest.mark.parametrize(
    ("door", "bond"),
    [("US", "US"), ("NY", "NY"), ("NJ", "NJ"), ("US", "NJ"), ("NY/NJ", "NJ")],
)
def test_a_near_question_of_another_entry_is_told(
    root: Path, door: str, bond: str
) -> None:
    fault = faults_between(root, door, bond)[0]
    assert fault.field == "questions"
    assert "door_knock" in str(fault)
    assert "bond_money" in str(fault)


@pytest.mark.parametrize(("door", "bond"), [("NY", "NJ"), ("NJ", "NY")])
def test_a_near_question_of_the_other_states_entry_is_allowed(
    root: Path, door: str, bond: str
) -> None:
    assert faults_between(root, door, bond) == []


def test_near_questions_of_one_entry_are_allowed(root: Path) -> None:
    edit(root / BOND, "questions:\n", f"questions:\n- '{NEARLY}'\n")
    files, _ = read_entry_files(root)
    assert [fault for fault in alike_faults(files) if NEARLY in str(fault)] == []


def test_a_near_question_of_a_spanish_file_is_judged_by_the_entrys_state(
    root: Path,
) -> None:
    near = "um, ¿Cuánto cuesta una fianza migratoria?"
    for place, state in ((DOOR, "NY"), (BOND, "NJ")):
        edit(root / place, "jurisdiction: US", f"jurisdiction: {state}")
    spanish = root / DOOR.replace(".en.", ".es.")
    edit(spanish, "questions:\n", f"questions:\n- '{near}'\n")
    files, _ = read_entry_files(root)
    assert [fault for fault in alike_faults(files) if near in str(fault)] == []
