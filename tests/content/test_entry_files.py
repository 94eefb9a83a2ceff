"""Both files of an entry are written, or none, whatever happens between."""

from __future__ import annotations

import os
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from bot.core.errors import ChangedByOther, ContentError
from bot.knowledge.entry_files import (
    EntryTexts,
    base_of,
    finish_interrupted,
    read_texts,
    write_texts,
)
from bot.knowledge.loader import knowledge_files

NEW = {"en": "new en\n", "es": "new es\n"}


def door(root: Path) -> EntryTexts:
    """Return the texts of an entry."""
    found = read_texts(root, "door_knock")
    assert found is not None
    return found


def left_behind(root: Path) -> list[str]:
    """Return the names of files that are no finished entries."""
    return sorted(path.name for path in root.glob("*/.*"))


class Crash(BaseException):
    """The process ends."""


def crash_at(monkeypatch: pytest.MonkeyPatch, place: int, error: BaseException) -> None:
    """Let the replacing of files fail at one of its calls, and cleaning up as well."""
    calls = iter(range(1, 100))
    real = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if next(calls) == place:
            raise error
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)


def test_what_is_written_is_read(root: Path) -> None:
    write_texts(root, "rights", "door_knock", NEW, door(root).base)
    assert door(root).texts == NEW
    assert door(root).base == base_of(NEW)
    assert left_behind(root) == []


def test_windows_line_ends_and_a_mark_are_no_change(root: Path) -> None:
    before = door(root)
    path = root / "rights" / "door_knock.en.md"
    text = before.texts["en"].replace("\n", "\r\n").encode()
    path.write_bytes(b"\xef\xbb\xbf" + text)
    assert door(root) == before


def test_files_edited_meanwhile_are_not_overwritten(root: Path) -> None:
    base = door(root).base
    path = root / "rights" / "door_knock.es.md"
    path.write_text("edited elsewhere", encoding="utf-8")
    with pytest.raises(ChangedByOther):
        write_texts(root, "rights", "door_knock", NEW, base)
    assert path.read_text(encoding="utf-8") == "edited elsewhere"


def test_a_new_entry_is_not_written_over_one_that_came_meanwhile(root: Path) -> None:
    with pytest.raises(ChangedByOther):
        write_texts(root, "rights", "door_knock", NEW, "")


def test_a_file_that_stays_the_same_is_not_touched(root: Path) -> None:
    path = root / "rights" / "door_knock.es.md"
    before = path.stat()
    write_texts(root, "rights", "door_knock", {"en": "new\n"})
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (
        *(before.st_ino, before.st_mtime_ns),
    )


@pytest.mark.parametrize("place", [1, 2])
def test_a_failure_between_the_files_leaves_the_old_ones(
    root: Path, monkeypatch: pytest.MonkeyPatch, place: int
) -> None:
    before = door(root)
    with monkeypatch.context() as spoilt:
        crash_at(spoilt, place, OSError(28, "full"))
        with pytest.raises(ContentError, match="cannot be written"):
            write_texts(root, "rights", "door_knock", NEW)
    assert door(root) == before
    assert left_behind(root) == []


def test_a_folder_that_cannot_be_written_is_told_in_words(root: Path) -> None:
    (root / "newgroup").write_text("no folder", encoding="utf-8")
    with pytest.raises(ContentError, match="cannot be written"):
        write_texts(root, "newgroup", "a_thing", NEW)


@pytest.mark.parametrize(
    ("place", "expected"), [(1, "old"), (2, "new")], ids=["before", "between"]
)
def test_after_a_crash_both_files_are_old_or_both_new(
    root: Path, monkeypatch: pytest.MonkeyPatch, place: int, expected: str
) -> None:
    texts = {"old": door(root).texts, "new": NEW}
    with monkeypatch.context() as spoilt:
        crash_at(spoilt, place, Crash())
        spoilt.setattr(Path, "unlink", lambda *_args, **_more: None)
        with pytest.raises(Crash):
            write_texts(root, "rights", "door_knock", NEW)
    assert left_behind(root) != []
    later = datetime.now(timezone.utc) + timedelta(minutes=1)
    assert finish_interrupted(root, later) > 0
    assert door(root).texts == texts[expected]
    assert left_behind(root) == []


def test_after_a_crash_an_edit_made_since_is_kept(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as spoilt:
        crash_at(spoilt, 2, Crash())
        spoilt.setattr(Path, "unlink", lambda *_args, **_more: None)
        with pytest.raises(Crash):
            write_texts(root, "rights", "door_knock", NEW)
    path = root / "rights" / "door_knock.es.md"
    path.write_text("edited since", encoding="utf-8")
    finish_interrupted(root, datetime.now(timezone.utc) + timedelta(minutes=1))
    assert path.read_text(encoding="utf-8") == "edited since"
    assert left_behind(root) == []


def test_what_a_living_writer_has_under_way_is_left_alone(root: Path) -> None:
    marks = ".".join("0" * 16 for _ in range(3))
    path = root / "rights" / f".door_knock.en.{marks}.abcd.new"
    path.write_text("half", encoding="utf-8")
    moment = datetime.fromtimestamp(os.stat(path).st_mtime, timezone.utc)
    assert finish_interrupted(root, moment + timedelta(seconds=5)) == 0
    assert finish_interrupted(root, moment + timedelta(seconds=60)) == 1
    assert not path.exists()


def test_files_under_way_are_no_part_of_the_knowledge(root: Path) -> None:
    before = knowledge_files(root)
    (root / "rights" / ".door_knock.en.x.new").write_text("half", encoding="utf-8")
    assert knowledge_files(root) == before


@pytest.mark.parametrize("name", ["../office", "a/b", "", "UPPER", "a.b", "x" * 41])
def test_a_name_that_is_none_is_refused(root: Path, name: str) -> None:
    assert read_texts(root, name) is None
    with pytest.raises(ContentError, match="is no name of an entry"):
        write_texts(root, "rights", name, NEW)


@pytest.mark.parametrize("group", ["..", "phrases", "facts", "a/b", "."])
def test_a_group_that_is_none_is_refused(root: Path, group: str) -> None:
    with pytest.raises(ContentError, match="is no group"):
        write_texts(root, group, "a_thing", NEW)


def test_an_entry_that_stands_may_keep_a_name_that_no_new_one_gets(root: Path) -> None:
    long = "x" * 60
    for language in ("en", "es"):
        (root / "rights" / f"{long}.{language}.md").write_text("old", encoding="utf-8")
    write_texts(root, "rights", long, NEW)
    found = read_texts(root, long)
    assert found is not None
    assert found.texts == NEW


def test_an_id_in_two_groups_is_told(root: Path) -> None:
    write_texts(root, "rights", "other", NEW)
    (root / "detained" / "other.en.md").write_text("x", encoding="utf-8")
    with pytest.raises(ContentError, match="also stands in detained"):
        read_texts(root, "other")


def test_the_hash_tells_which_language_a_text_stands_in() -> None:
    assert base_of({"en": "a", "es": ""}) != base_of({"en": "", "es": "a"})
    assert base_of({}) == base_of({"en": "", "es": ""}) == ""
