"""A mistake in a knowledge file is told with the file, the field and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.errors import ContentError
from bot.knowledge.checks import check_knowledge
from bot.knowledge.loader import load_knowledge
from tests.builders import TODAY, edit
from tests.content.spoilt import (
    BOND,
    DOOR,
    PUERTA,
    Spoilt,
    edited,
    faults_at,
    removed,
    written,
)


def copied_to_another_group(root: Path) -> None:
    """Let the same id stand in two groups."""
    for language in ("en", "es"):
        text = (root / f"rights/door_knock.{language}.md").read_bytes()
        (root / f"warrants/door_knock.{language}.md").write_bytes(text)


CASES = {
    "missing field": Spoilt(
        DOOR, "jurisdiction", "Add a line", edited(DOOR, "jurisdiction: US\n", "")
    ),
    "unknown field": Spoilt(
        DOOR, "ownr", "mend its spelling", edited(DOOR, "owner:", "ownr:")
    ),
    "missing Spanish field": Spoilt(
        PUERTA, "label", "Add a line", edited(PUERTA, "label: door_knock es\n", "")
    ),
    "unknown owner": Spoilt(
        DOOR, "owner", "intake", edited(DOOR, "owner: intake", "owner: nobody")
    ),
    "unknown jurisdiction": Spoilt(
        DOOR, "jurisdiction", "NY/NJ", edited(DOOR, "n: US", "n: TX")
    ),
    "unknown status": Spoilt(
        DOOR, "status", "withdrawn", edited(DOOR, "status: draft", "status: done")
    ),
    "date in other words": Spoilt(
        DOOR, "as_of", "2026-07-15", edited(DOOR, "as_of: 2026-07-15", "as_of: July")
    ),
    "check in the future": Spoilt(
        DOOR,
        "as_of",
        "day of the check",
        edited(DOOR, "as_of: 2026-07-15", "as_of: 2026-07-21"),
    ),
    "review before the check": Spoilt(
        DOOR, "review_by", "later day", edited(DOOR, "2027-01-15", "2026-01-15")
    ),
    "volatile with a late review": Spoilt(
        DOOR,
        "review_by",
        "within 30 days",
        edited(DOOR, "volatile: false", "volatile: true"),
    ),
    "yes instead of true": Spoilt(
        DOOR,
        "volatile",
        "true or false",
        edited(DOOR, "volatile: false", "volatile: 0"),
    ),
    "unknown source": Spoilt(
        DOOR, "sources", "sources.yml", edited(DOOR, "usc-1", "usc-9")
    ),
    "unknown related entry": Spoilt(
        DOOR, "related", "another id", edited(DOOR, "- jail_hold", "- jail_hodl")
    ),
    "id differs from the name": Spoilt(
        DOOR, "id", "door_knock", edited(DOOR, "id: door_knock", "id: knock")
    ),
    "duplicate id": Spoilt(
        "warrants/door_knock.en.md", "id", "Rename one", copied_to_another_group
    ),
    "duplicate question": Spoilt(
        DOOR,
        "questions",
        "Change one",
        edited(DOOR, "- ICE is at my door.", "- how MUCH is an immigration bond\n- x."),
    ),
    "too few questions": Spoilt(
        BOND,
        "questions",
        "at least 12",
        edited(BOND, "- um, How much is an immigration bond?\n", ""),
    ),
    "no Spanish file": Spoilt(DOOR, "languages", "door_knock.es.md", removed(PUERTA)),
    "no English file": Spoilt(PUERTA, "languages", "door_knock.en.md", removed(DOOR)),
    "label too long": Spoilt(
        DOOR,
        "label",
        "20 characters",
        edited(DOOR, "label: door_knock", "label: Immigration at my door"),
    ),
    "bad YAML": Spoilt(
        DOOR, "YAML", "quotes", edited(DOOR, "status: draft", "status: a: b")
    ),
    "fields without an end": Spoilt(
        DOOR, "file", "README.md", edited(DOOR, "---\n#", "#")
    ),
    "heading renamed": Spoilt(
        DOOR, "headings", "## Next step", edited(DOOR, "## Next step", "## Next")
    ),
    "not UTF-8": Spoilt(DOOR, "file", "UTF-8", written(DOOR, b"---\nid: caf\xe9\n")),
    "file too large": Spoilt(DOOR, "file", "split", written(DOOR, b"x" * 200_001)),
    "file name in capitals": Spoilt(
        "rights/Door.md", "file name", "small letters", written("rights/Door.md", b"x")
    ),
    "source without https": Spoilt(
        "sources.yml", "usc-1", "https", edited("sources.yml", "https:", "http:")
    ),
    "fact without a source": Spoilt(
        "facts/fees.yml",
        "bond_minimum",
        "Give source",
        edited("facts/fees.yml", "source: usc-1", "sauce: usc-1"),
    ),
    "office file missing": Spoilt(
        "office.yml", "file", "back", removed("office.yml")
    ),
    "phrase in one language only": Spoilt(
        "phrases", "apologia", "Add the other", edited(
            "phrases/es.yml", "apology:", "apologia:"
        )
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_a_mistake_is_told_with_file_field_and_remedy(root: Path, case: Spoilt) -> None:
    case.spoil(root)
    (fault,) = faults_at(root, case.file, case.field)[:1]
    assert case.remedy in fault.remedy
    assert case.field in str(fault)


def test_a_folder_without_mistakes_has_no_errors(root: Path) -> None:
    faults = check_knowledge(root, TODAY)
    assert [str(fault) for fault in faults if not fault.is_warning] == []


def test_a_mistake_is_told_with_its_line(root: Path) -> None:
    edit(root / DOOR, "status: draft", "status: done")
    (fault,) = faults_at(root, DOOR, "status")
    lines = (root / DOOR).read_text(encoding="utf-8").splitlines()
    assert fault.line is not None
    assert lines[fault.line - 1] == "status: done"


def test_bad_yaml_is_told_with_its_line(root: Path) -> None:
    edit(root / DOOR, "status: draft", "status: a: b")
    (fault,) = faults_at(root, DOOR, "YAML")
    lines = (root / DOOR).read_text(encoding="utf-8").splitlines()
    assert fault.line is not None
    assert "status" in lines[fault.line - 1]


def test_all_mistakes_are_told_at_once(root: Path) -> None:
    for place in (DOOR, BOND):
        edit(root / place, "owner: intake\n", "")
    (root / "office.yml").unlink()
    with pytest.raises(ContentError) as raised:
        load_knowledge(root)
    told = {fault.file for fault in raised.value.faults}
    assert told == {f"knowledge/{place}" for place in (DOOR, BOND, "office.yml")}


def test_a_file_saved_by_windows_is_read_as_any_other(root: Path) -> None:
    before = load_knowledge(root).entries["door_knock"]
    for place in (DOOR, PUERTA):
        text = (root / place).read_bytes().replace(b"\n", b"\r\n")
        (root / place).write_bytes(b"\xef\xbb\xbf" + text)
    assert load_knowledge(root).entries["door_knock"] == before


def test_the_swap_file_of_an_editor_is_passed_over(root: Path) -> None:
    (root / "rights" / ".door_knock.en.md").write_bytes(b"\xff")
    assert "door_knock" in load_knowledge(root).entries


def test_an_overdue_review_is_a_warning_that_names_the_entry(root: Path) -> None:
    late = TODAY.replace(year=2028)
    warned = [fault for fault in check_knowledge(root, late) if fault.is_warning]
    overdue = {fault.file for fault in warned if "overdue" in fault.problem}
    assert f"knowledge/{DOOR}" in overdue
