"""What an encoder learned is kept as small corrections of its weights."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.core.errors import SetupError
from bot.knowledge.corrections import read_corrections, write_corrections

RANDOM = np.random.default_rng(3)
BEFORE = {
    "wide": RANDOM.normal(size=(60, 40)).astype(np.float32),
    "flat": RANDOM.normal(size=40).astype(np.float32),
}
# A change of few directions, as learning makes it.
CHANGE = (RANDOM.normal(size=(60, 3)) @ RANDOM.normal(size=(3, 40)) / 50).astype(
    np.float32
)
AFTER = {"wide": BEFORE["wide"] + CHANGE, "flat": BEFORE["flat"] + 0.01}


def test_corrected_weights_are_the_learned_ones(tmp_path: Path) -> None:
    path = tmp_path / "new" / "learned.npz"
    write_corrections(path, BEFORE, AFTER)
    corrections = read_corrections(path)
    assert corrections.names() == {"wide", "flat"}
    for name, learned in AFTER.items():
        found = corrections.applied(name, BEFORE[name])
        assert found == pytest.approx(learned, abs=1e-3)
    assert corrections.applied("other", BEFORE["flat"]) is BEFORE["flat"]


def test_the_version_changes_with_what_was_learned(tmp_path: Path) -> None:
    one, same, other = (tmp_path / f"{name}.npz" for name in "abc")
    write_corrections(one, BEFORE, AFTER)
    write_corrections(same, BEFORE, AFTER)
    write_corrections(other, BEFORE, {**AFTER, "flat": BEFORE["flat"] + 0.02})
    assert read_corrections(one).version == read_corrections(same).version
    assert read_corrections(one).version != read_corrections(other).version


@pytest.mark.parametrize("content", [None, b"", b"not numbers"])
def test_a_missing_or_damaged_file_is_named(
    content: bytes | None, tmp_path: Path
) -> None:
    path = tmp_path / "learned.npz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SetupError, match=r"learned\.npz"):
        read_corrections(path)
