"""Two encoders as one: their vectors side by side, each counting alike."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bot.knowledge.encoder import Vectors
from bot.knowledge.second_look import SecondEncoder


class JoinedEncoder:
    """Reads a sentence with each encoder; where they differ, it is less sure."""

    def __init__(self, *encoders: SecondEncoder) -> None:
        self._encoders = encoders

    @property
    def dimensions(self) -> int:
        """How many numbers a vector has: those of all encoders together."""
        return sum(encoder.dimensions for encoder in self._encoders)

    @property
    def version(self) -> str:
        """A few letters that change with any of them."""
        return "-".join(encoder.version for encoder in self._encoders)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector of `dimensions` numbers a text; zeros for none."""
        vectors = [encoder.encode(texts) for encoder in self._encoders]
        joined = np.hstack(vectors) / np.sqrt(len(vectors))
        return np.asarray(joined, dtype=np.float32)
