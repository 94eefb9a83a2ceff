"""A message as the search sees it: how like every example it is, in each way."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.second_look import View

Scores = NDArray[np.float32]


@dataclass(frozen=True)
class SeenMessage:
    """A message as the index sees it."""

    text: str
    vector: Scores
    # How like each example it is spelt, and what ridge says for each entry.
    spelt: Scores
    ridge: Scores
    # Itself among the examples, which must not speak for it (only while measuring).
    left_out: int | None = None
    view: View | None = None
    # How like each example it is by meaning, if that was found for many at once.
    meant: Scores | None = None
