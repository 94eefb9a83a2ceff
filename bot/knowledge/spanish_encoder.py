"""Turns Spanish sentences into vectors by the first encoder, corrected by learning.

It shares the first encoder's words and large word table; only the few megabytes of
its other weights are its own.
"""

from __future__ import annotations

import copy
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.corrections import LEARNED, read_corrections
from bot.knowledge.encoder import DIMENSIONS, Vectors, encoder_model

CORRECTIONS: Final = LEARNED / "spanish.npz"
_SINGLE: Final = (
    *("proj_W", "proj_b", "ln_g_all", "ln_b_all", "ln_g", "ln_b", "cnn_W", "cnn_b"),
    *("d0", "d1", "d2", "d3", "p1", "p3"),
)
_LISTS: Final = ("w1", "b1", "w2", "b2")
_BATCH: Final = 256


class SpanishEncoder:
    """Reads Spanish sentences; makes its model at the first one."""

    dimensions: Final = DIMENSIONS

    def __init__(self, corrections: Path = CORRECTIONS) -> None:
        self._path = corrections
        self._lock = threading.Lock()
        self._made: Any = None

    @property
    def version(self) -> str:
        """What its vectors depend on, as a few letters."""
        return read_corrections(self._path).version

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector of DIMENSIONS numbers a text; zeros for none."""
        vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        filled = [row for row, text in enumerate(texts) if text.strip()]
        for start in range(0, len(filled), _BATCH):
            rows = filled[start : start + _BATCH]
            vectors[rows] = self._model().encode([texts[row] for row in rows])
        return vectors

    def _model(self) -> Any:
        with self._lock:
            if self._made is None:
                self._made = self._corrected()
        return self._made

    def _corrected(self) -> Any:
        corrections = read_corrections(self._path)
        first = encoder_model()
        model = copy.copy(first)
        for name, weight in weights_of(first).items():
            part, _, number = name.partition(":")
            corrected = corrections.applied(name, weight)
            if number:
                several = list(getattr(model, part))
                several[int(number)] = corrected
                setattr(model, part, several)
            else:
                setattr(model, part, corrected)
        return model


def weights_of(backend: Any) -> Mapping[str, NDArray[np.float32]]:
    """Return all weights of the model but its word table, by name."""
    found = {name: getattr(backend, name) for name in _SINGLE}
    for name in _LISTS:
        for number, weight in enumerate(getattr(backend, name)):
            found[f"{name}:{number}"] = weight
    return found
