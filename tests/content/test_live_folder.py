"""While the assistant runs, no broken file replaces a good one, whatever is broken."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.core.errors import ContentError
from bot.knowledge.base import KnowledgeBase
from bot.services.library import KnowledgeShelf
from tests.builders import edit, write_knowledge
from tests.content.corruptions import CORRUPTIONS, corrupt
from tests.content.spoilt import BOND, DOOR, written
from tests.content.spoilt_entries import SHORT, SPOILT

NEW = "You may keep your door shut."


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_knowledge(tmp_path)


@pytest.fixture
def shelf(root: Path, tmp_path: Path) -> KnowledgeShelf:
    shelf = KnowledgeShelf(root, tmp_path / "kept")
    shelf.keep_copy()
    return shelf


def _short(knowledge: KnowledgeBase) -> str:
    return knowledge.entries["door_knock"].texts["en"].short


def _restarted(root: Path) -> KnowledgeShelf:
    return KnowledgeShelf(root, root.parent / "kept")


@pytest.mark.parametrize(("file", "spoil"), SPOILT.values(), ids=SPOILT)
def test_the_entry_before_stays_and_the_file_is_named(
    file: str, spoil: Callable[[Path], None], root: Path, shelf: KnowledgeShelf
) -> None:
    before = shelf.current.entries
    spoil(root)
    edit(root / BOND, "A bond costs at least", "A bond is at least")
    knowledge = shelf.look()
    assert knowledge.entries.keys() == before.keys()
    assert knowledge.entries["door_knock"] == before["door_knock"]
    assert f"knowledge/{file}" in {fault.file for fault in shelf.faults}
    # What else was saved meanwhile counts all the same.
    bond = knowledge.entries["bond_money"].texts["en"].short
    assert bond.startswith("A bond is at least")


@pytest.mark.parametrize(("file", "spoil"), SPOILT.values(), ids=SPOILT)
def test_a_start_with_a_broken_file_serves_what_was_good_before(
    file: str, spoil: Callable[[Path], None], root: Path, shelf: KnowledgeShelf
) -> None:
    before = shelf.current.entries["door_knock"]
    spoil(root)
    restarted = _restarted(root)
    assert restarted.current.entries["door_knock"] == before
    assert f"knowledge/{file}" in {fault.file for fault in restarted.faults}


def test_a_broken_file_is_one_fault_and_not_also_a_missing_one(
    root: Path, shelf: KnowledgeShelf
) -> None:
    edit(root / DOOR, "## More", "# More")
    shelf.look()
    assert [fault.file for fault in shelf.faults] == [f"knowledge/{DOOR}"]


def test_a_mended_file_is_taken_up_and_no_fault_is_told(
    root: Path, shelf: KnowledgeShelf
) -> None:
    good = (root / DOOR).read_text(encoding="utf-8")
    (root / DOOR).write_text("---\n", encoding="utf-8")
    shelf.look()
    (root / DOOR).write_text(good.replace(SHORT, NEW), encoding="utf-8")
    assert _short(shelf.look()).startswith(NEW)
    assert shelf.faults == []


@pytest.mark.parametrize(
    "rewrite",
    [
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.replace(NEW, f"{NEW} 🙂").encode(),
    ],
    ids=["Windows line ends", "byte order mark", "emoji"],
)
def test_a_change_is_taken_up_however_it_was_saved(
    rewrite: Callable[[str], bytes], root: Path, shelf: KnowledgeShelf
) -> None:
    text = (root / DOOR).read_text(encoding="utf-8").replace(SHORT, NEW)
    (root / DOOR).write_bytes(rewrite(text))
    assert _short(shelf.look()).startswith(NEW)
    assert shelf.faults == []


@pytest.mark.parametrize(
    "name", [".door_knock.en.md.swp", "~door_knock.en.md", "4913", "door.en.md~"]
)
def test_what_an_editor_leaves_beside_the_files_changes_nothing(
    name: str, root: Path, shelf: KnowledgeShelf
) -> None:
    (root / "rights" / name).write_bytes(b"\xff\x00")
    assert shelf.look().entries.keys() == _restarted(root).current.entries.keys()
    assert shelf.faults == []


@pytest.mark.parametrize("is_restarted", [False, True])
def test_a_broken_file_that_says_withdrawn_takes_its_entry_away(
    is_restarted: bool, root: Path, shelf: KnowledgeShelf
) -> None:
    edit(root / DOOR, "status: draft", "status: withdrawn")
    edit(root / DOOR, "owner: intake", "owner: [")
    knowledge = _restarted(root).current if is_restarted else shelf.look()
    assert knowledge.entries["door_knock"].status == "withdrawn"


def test_a_removed_entry_is_gone_also_after_a_restart(
    root: Path, shelf: KnowledgeShelf
) -> None:
    for code in ("en", "es"):
        (root / f"detained/find_person.{code}.md").unlink()
    assert "find_person" not in shelf.look().entries
    shelf.keep_copy()
    assert "find_person" not in _restarted(root).current.entries


def test_a_renamed_entry_goes_by_its_new_name(
    root: Path, shelf: KnowledgeShelf
) -> None:
    for code in ("en", "es"):
        path = root / f"rights/door_knock.{code}.md"
        path.rename(path.with_name(f"door_bell.{code}.md"))
    edit(root / "rights/door_bell.en.md", "id: door_knock", "id: door_bell")
    knowledge = shelf.look()
    assert "door_bell" in knowledge.entries
    assert "door_knock" not in knowledge.entries


def test_an_empty_folder_takes_nothing_away(root: Path, shelf: KnowledgeShelf) -> None:
    before = shelf.current.entries
    shutil.move(root, root.with_name("elsewhere"))
    root.mkdir()
    assert shelf.look().entries == before
    assert shelf.faults


@pytest.mark.parametrize(
    ("file", "spoil"),
    [
        ("sources.yml", written("sources.yml", b"- a list")),
        ("facts/fees.yml", written("facts/fees.yml", b"bond_minimum: 5")),
        ("office.yml", written("office.yml", b"desk: 5")),
        ("phrases/en.yml", written("phrases/en.yml", b"greet: [a]")),
        ("canned.yml", written("canned.yml", b"hello: 5")),
        ("starters.yml", written("starters.yml", b"home: 5")),
    ],
)
def test_the_other_files_stay_as_they_were_too(
    file: str, spoil: Callable[[Path], None], root: Path, shelf: KnowledgeShelf
) -> None:
    before = shelf.current
    spoil(root)
    knowledge = shelf.look()
    assert (knowledge.sources, knowledge.facts) == (before.sources, before.facts)
    assert (knowledge.phrases, knowledge.desk) == (before.phrases, before.desk)
    assert f"knowledge/{file}" in {fault.file for fault in shelf.faults}


def test_a_sentence_that_is_deleted_is_still_said(
    root: Path, shelf: KnowledgeShelf
) -> None:
    said = shelf.current.phrases
    for code in ("en", "es"):
        path = root / "phrases" / f"{code}.yml"
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if not line.startswith("thanks:")]
        path.write_text("".join(kept), encoding="utf-8")
    assert shelf.look().phrases == said
    assert "thanks" in {fault.field for fault in shelf.faults}


def test_a_source_that_entries_name_is_still_shown(
    root: Path, shelf: KnowledgeShelf
) -> None:
    edit(root / "sources.yml", "usc-1:", "usc-9:")
    assert "usc-1" in shelf.look().sources
    assert "usc-1" in {fault.field for fault in shelf.faults}


def test_a_fact_that_entries_name_is_still_told(
    root: Path, shelf: KnowledgeShelf
) -> None:
    edit(root / "facts" / "fees.yml", "bond_minimum:", "bond_least:")
    assert "bond_minimum" in shelf.look().facts
    assert "bond_minimum" in {fault.field for fault in shelf.faults}


def test_a_text_is_taken_away_though_it_has_faults(
    root: Path, shelf: KnowledgeShelf
) -> None:
    edit(root / DOOR, SHORT, "Pay {{fact:nope}}.")
    edit(root / DOOR, "status: draft", "status: withdrawn")
    assert shelf.look().entries["door_knock"].status == "withdrawn"


def test_what_is_mended_in_another_file_is_taken_up(
    root: Path, shelf: KnowledgeShelf
) -> None:
    edit(root / DOOR, "- usc-1", "- usc-9")
    shelf.look()
    assert shelf.faults
    edit(root / "sources.yml", "usc-1:", "usc-9:")
    assert shelf.look().entries["door_knock"].sources == ("usc-9",)


def test_a_starter_without_its_entry_is_left_out(
    root: Path, shelf: KnowledgeShelf
) -> None:
    (root / "starters.yml").write_text("home: [door_knock, nothing]", encoding="utf-8")
    assert shelf.look().starters == {"home": ("door_knock",)}
    assert "starters.yml" in shelf.faults[0].file


def test_without_any_good_file_nothing_starts(root: Path) -> None:
    shutil.rmtree(root / "phrases")
    with pytest.raises(ContentError):
        KnowledgeShelf(root, root.parent / "kept")


@pytest.mark.parametrize("seed", range(10))
def test_twenty_corruptions_in_a_row_never_leave_half_an_entry(
    seed: int, root: Path, shelf: KnowledgeShelf
) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same at every run
    good = dict(shelf.current.entries)
    for _ in range(20):
        spoilt, mend = corrupt(root, chance, CORRUPTIONS)
        knowledge = shelf.look()
        assert any(f"/{spoilt}." in fault.file for fault in shelf.faults)
        for entry_id, entry in knowledge.entries.items():
            assert entry == good.get(entry_id, entry)
        assert good.keys() <= knowledge.entries.keys()
        mend()
        shelf.look()
        assert shelf.faults == []
