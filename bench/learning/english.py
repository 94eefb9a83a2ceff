"""The encoder of English as torch sees it: bot/knowledge/second_encoder.py again."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional

_HEADS = 12
_LAYERS = 6
_DROPOUT = 0.1
_TINY = 1e-12

Arrays = dict[str, NDArray[np.float32]]


class EnglishEncoder:
    """Six layers that are learned, over word pieces that stay as they are."""

    def __init__(self, arrays: Arrays) -> None:
        self._fixed = {
            name: torch.from_numpy(array)
            for name, array in arrays.items()
            if name.startswith("embeddings.")
        }
        self._learned = {
            name: nn.Parameter(torch.from_numpy(array))
            for name, array in arrays.items()
            if name.startswith("encoder.")
        }

    def parameters(self) -> list[nn.Parameter]:
        """Return what is learned."""
        return list(self._learned.values())

    def learned(self) -> Arrays:
        """Return the weights as they are now, by name."""
        return {name: made.detach().numpy() for name, made in self._learned.items()}

    def vectors(self, pieces: list[NDArray[np.int64]], learning: bool) -> torch.Tensor:
        """Return one unit vector a sentence."""
        longest = max(len(sentence) for sentence in pieces)
        ids = torch.zeros(len(pieces), longest, dtype=torch.long)
        filled = torch.zeros(len(pieces), longest)
        for row, sentence in enumerate(pieces):
            ids[row, : len(sentence)] = torch.from_numpy(sentence)
            filled[row, : len(sentence)] = 1
        found = self._embedded(ids, learning)
        for layer in range(_LAYERS):
            found = self._through(f"encoder.layer.{layer}.", found, filled, learning)
        share = filled[:, :, None]
        return functional.normalize((found * share).sum(1) / share.sum(1), dim=1)

    def _embedded(self, ids: torch.Tensor, learning: bool) -> torch.Tensor:
        given = (
            self._fixed["embeddings.word_embeddings.weight"][ids]
            + self._fixed["embeddings.position_embeddings.weight"][: ids.shape[1]]
            + self._fixed["embeddings.token_type_embeddings.weight"][0]
        )
        return _thinned(_normed(self._fixed, "embeddings.LayerNorm", given), learning)

    def _through(
        self, layer: str, given: torch.Tensor, filled: torch.Tensor, learning: bool
    ) -> torch.Tensor:
        texts, count, width = given.shape
        asked, offered, told = (
            self._linear(f"{layer}attention.self.{name}", given)
            .view(texts, count, _HEADS, -1)
            .transpose(1, 2)
            for name in ("query", "key", "value")
        )
        looked = functional.scaled_dot_product_attention(
            *(asked, offered, told),
            attn_mask=filled[:, None, None, :].bool(),
            dropout_p=_DROPOUT if learning else 0.0,
        )
        looked = looked.transpose(1, 2).reshape(texts, count, width)
        looked = self._linear(f"{layer}attention.output.dense", looked)
        seen = _normed(
            self._learned,
            f"{layer}attention.output.LayerNorm",
            given + _thinned(looked, learning),
        )
        inner = functional.gelu(self._linear(f"{layer}intermediate.dense", seen))
        outer = _thinned(self._linear(f"{layer}output.dense", inner), learning)
        return _normed(self._learned, f"{layer}output.LayerNorm", seen + outer)

    def _linear(self, name: str, given: torch.Tensor) -> torch.Tensor:
        weight, bias = self._learned[f"{name}.weight"], self._learned[f"{name}.bias"]
        return functional.linear(given, weight, bias)


def _normed(
    weights: dict[str, torch.Tensor] | dict[str, nn.Parameter],
    name: str,
    given: torch.Tensor,
) -> torch.Tensor:
    weight, bias = weights[f"{name}.weight"], weights[f"{name}.bias"]
    return functional.layer_norm(given, (given.shape[-1],), weight, bias, _TINY)


def _thinned(given: torch.Tensor, learning: bool) -> torch.Tensor:
    return functional.dropout(given, _DROPOUT, learning)
