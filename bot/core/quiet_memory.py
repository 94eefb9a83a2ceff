"""Keeps Python's memory cleaner from walking over what a process holds for good."""

from __future__ import annotations

import gc
from typing import Final

# A turn makes some thousand small objects; with Python's own threshold of 700 the
# cleaner would run several times in each.
_THRESHOLD: Final = (20_000, 20, 50)


def settle() -> None:
    """Call once a process has loaded everything: words, weights, entries."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_THRESHOLD)
