"""Each month one copy of all texts is kept, as they stood, for three years."""

from __future__ import annotations

import hashlib
import io
import threading
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from bot.core.errors import RequestGone
from bot.knowledge.loader import fingerprint, knowledge_files
from bot.services.snapshots import (
    forget_older,
    kept,
    take_if_due,
    take_snapshot,
    zip_folder,
    zip_of,
)
from bot.settings import Settings
from bot.storage.engine import Storage, open_storage, upgrade
from tests.builders import NOON, TODAY, edit


@pytest.fixture
def storage(settings: Settings) -> Iterator[Storage]:
    """An open database with the present tables."""
    upgrade(settings)
    opened = open_storage(settings)
    yield opened
    opened.close()


def test_the_copy_holds_every_file_as_it_stands(
    storage: Storage, knowledge_root: Path
) -> None:
    assert take_if_due(storage, knowledge_root, TODAY, NOON)
    with zipfile.ZipFile(io.BytesIO(zip_of(storage, "2026-07"))) as archive:
        names = [path.relative_to(knowledge_root.parent) for path in
                 knowledge_files(knowledge_root)]  # fmt: skip
        assert archive.namelist() == ["MANIFEST.txt", *map(str, names)]
        for name in names:
            expected = (knowledge_root.parent / name).read_bytes()
            assert archive.read(str(name)) == expected
        manifest = archive.read("MANIFEST.txt").decode()
    path = knowledge_root / "rights" / "door_knock.en.md"
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    told = f"{sha256} draft 2026-07-15 2027-01-15 knowledge/rights/door_knock.en.md"
    assert told in manifest.splitlines()
    assert f"knowledge version {fingerprint(knowledge_root)}" in manifest


def test_a_month_is_copied_once(storage: Storage, knowledge_root: Path) -> None:
    assert take_if_due(storage, knowledge_root, TODAY, NOON)
    before = zip_of(storage, "2026-07")
    edit(knowledge_root / "rights" / "door_knock.en.md", "More", "Other")
    assert not take_if_due(storage, knowledge_root, TODAY + timedelta(days=9), NOON)
    assert not take_snapshot(storage, knowledge_root, NOON, "2026-07")
    assert zip_of(storage, "2026-07") == before
    assert take_if_due(storage, knowledge_root, TODAY + timedelta(days=20), NOON)
    assert [copy.month for copy in kept(storage)] == ["2026-08", "2026-07"]


def test_of_many_gateways_one_takes_the_copy(
    storage: Storage, knowledge_root: Path
) -> None:
    taken: list[bool] = []
    threads = [
        threading.Thread(
            target=lambda: taken.append(
                take_if_due(storage, knowledge_root, TODAY, NOON)
            )
        )
        for _ in range(5)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == [False] * 4 + [True]


def test_the_same_folder_gives_the_same_bytes(knowledge_root: Path) -> None:
    first, entries = zip_folder(knowledge_root, NOON, "2026-07")
    for path in knowledge_files(knowledge_root):
        path.touch()
    assert zip_folder(knowledge_root, NOON, "2026-07") == (first, entries)
    assert entries == len(list(knowledge_root.glob("*/*.en.md")))


def test_what_is_told_of_a_copy_is_true(storage: Storage, knowledge_root: Path) -> None:
    take_if_due(storage, knowledge_root, TODAY, NOON)
    (copy,) = kept(storage)
    zipped = zip_of(storage, "2026-07")
    assert copy.sha256 == hashlib.sha256(zipped).hexdigest()
    assert (copy.size, copy.taken_at) == (len(zipped), NOON)


def test_a_month_without_a_copy_is_told(storage: Storage) -> None:
    with pytest.raises(RequestGone):
        zip_of(storage, "2026-07")


def test_a_file_that_cannot_be_read_does_not_stop_the_copy(
    storage: Storage, knowledge_root: Path
) -> None:
    (knowledge_root / "rights" / "door_knock.en.md").write_bytes(b"x" * 300_000)
    assert take_if_due(storage, knowledge_root, TODAY, NOON)


def test_copies_are_forgotten_after_three_years_and_a_month(
    storage: Storage, knowledge_root: Path
) -> None:
    for month in ("2023-05", "2023-06", "2026-07"):
        take_snapshot(storage, knowledge_root, NOON, month)
    assert forget_older(storage, NOON) == 1
    assert [copy.month for copy in kept(storage)] == ["2026-07", "2023-06"]
    january = datetime(2027, 1, 1, tzinfo=timezone.utc)
    assert forget_older(storage, january) == 1
