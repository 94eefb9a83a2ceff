"""What an encoder learned from our own examples: small corrections of its weights.

`make learn` writes them (docs/decisions/0010). A large weight's correction is kept as
a product of two narrow ones, so that a file of a megabyte stands for many.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.core.errors import SetupError

LEARNED: Final = Path(__file__).with_name("learned")
_RANK: Final = 16
_LEFT, _RIGHT = ".left", ".right"

_Array = NDArray[np.float32]


class Corrections:
    """The corrections of one encoder; `version` changes with any of them."""

    def __init__(self, arrays: Mapping[str, NDArray[np.float16]], version: str) -> None:
        self._arrays = arrays
        self.version = version

    def names(self) -> set[str]:
        """Return which weights are corrected."""
        return {
            name.removesuffix(_LEFT)
            for name in self._arrays
            if not name.endswith(_RIGHT)
        }

    def applied(self, name: str, weight: _Array) -> _Array:
        """Return a weight with its correction; itself if it has none."""
        whole, left = self._arrays.get(name), self._arrays.get(name + _LEFT)
        if left is not None:
            right = self._arrays[name + _RIGHT]
            return weight + left.astype(np.float32) @ right.astype(np.float32)
        return weight if whole is None else weight + whole.astype(np.float32)


@lru_cache(maxsize=4)
def read_corrections(path: Path) -> Corrections:
    """Return the corrections that a file holds.

    Raises:
        SetupError: the file is missing or damaged.
    """
    try:
        version = hashlib.sha256(path.read_bytes()).hexdigest()[:8]
        with np.load(path, allow_pickle=False) as stored:
            return Corrections(dict(stored), version)
    except (OSError, ValueError, KeyError) as error:
        raise SetupError(
            f"{path} is missing or damaged: fetch the project again, or make learn."
        ) from error


def write_corrections(
    path: Path, before: Mapping[str, _Array], after: Mapping[str, _Array]
) -> None:
    """Write what changed between two sets of weights."""
    arrays: dict[str, NDArray[np.float16]] = {}
    for name, weight in after.items():
        change = weight - before[name]
        if weight.ndim == 2:
            left, sizes, right = np.linalg.svd(change, full_matrices=False)
            roots = np.sqrt(sizes[:_RANK])
            arrays[name + _LEFT] = (left[:, :_RANK] * roots).astype(np.float16)
            arrays[name + _RIGHT] = (roots[:, None] * right[:_RANK]).astype(np.float16)
        else:
            arrays[name] = change.astype(np.float16)
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, **arrays)
