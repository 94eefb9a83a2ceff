"""The course of learning: an example must lie near its own entry, and no other."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional

_BATCH = 64
_SMOOTHING = 0.05
# How far apart likeness is drawn before entries are compared.
_TEMPERATURE = 0.06
_ENTRY_RATE = 1e-3
_WARM_UP = 100
_SEED = 0

Pieces = NDArray[np.int64]


@dataclass(frozen=True)
class Course:
    """How often all examples are seen, how fast is learned, and in what order."""

    rounds: int
    rate: float
    by_length: bool


class Encoder(Protocol):
    """A sentence encoder that torch can teach."""

    def parameters(self) -> list[nn.Parameter]: ...

    def vectors(self, pieces: list[Pieces], learning: bool) -> torch.Tensor: ...


def learn(
    encoder: Encoder, pieces: list[Pieces], labels: NDArray[np.int64], course: Course
) -> None:
    """Change the encoder's weights in place; each entry's point is learned, too."""
    torch.manual_seed(_SEED)
    rng = np.random.default_rng(_SEED)
    entries = nn.Parameter(_middles(encoder, pieces, labels))
    weights = encoder.parameters()
    optimizer = torch.optim.AdamW(
        [
            {"params": weights, "lr": course.rate, "weight_decay": 0.01},
            {"params": [entries], "lr": _ENTRY_RATE, "weight_decay": 0.0},
        ]
    )
    steps = course.rounds * (len(pieces) // _BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1, (step + 1) / _WARM_UP) * max(0, 1 - step / steps)
    )
    counts = _counts(labels)
    started = time.monotonic()
    for number in range(course.rounds):
        losses = []
        for rows in _batches(pieces, course.by_length, rng):
            found = encoder.vectors([pieces[row] for row in rows], learning=True)
            loss = _loss(found, entries, torch.from_numpy(labels[rows]), counts)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(weights, 1.0)
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
        seconds = time.monotonic() - started
        told = f"round {number + 1}: loss {np.mean(losses):.3f}, {seconds:.0f} s"
        print(told, flush=True)


def _loss(
    found: torch.Tensor,
    entries: torch.Tensor,
    right: torch.Tensor,
    counts: torch.Tensor,
) -> torch.Tensor:
    likeness = found @ functional.normalize(entries, dim=1).T / _TEMPERATURE
    each = functional.cross_entropy(
        likeness, right, reduction="none", label_smoothing=_SMOOTHING
    )
    return (each * counts[right]).mean()


def _middles(
    encoder: Encoder, pieces: list[Pieces], labels: NDArray[np.int64]
) -> torch.Tensor:
    sums: torch.Tensor | None = None
    with torch.no_grad():
        for start in range(0, len(pieces), _BATCH):
            some = encoder.vectors(pieces[start : start + _BATCH], learning=False)
            if sums is None:
                sums = torch.zeros(int(labels.max()) + 1, some.shape[1])
            sums.index_add_(0, torch.from_numpy(labels[start : start + _BATCH]), some)
    assert sums is not None
    return functional.normalize(sums, dim=1)


def _counts(labels: NDArray[np.int64]) -> torch.Tensor:
    """Return how much an example of each entry counts: less where there are many."""
    each = 1 / np.sqrt(np.maximum(np.bincount(labels), 1))
    return torch.from_numpy((each / each[labels].mean()).astype(np.float32))


def _batches(
    pieces: list[Pieces], by_length: bool, rng: np.random.Generator
) -> list[NDArray[np.int64]]:
    order = rng.permutation(len(pieces))
    if by_length:
        # Nearly equal lengths together need little padding.
        about = [len(pieces[row]) for row in order] + rng.normal(0, 3, len(order))
        order = order[np.argsort(about)]
    whole = len(order) - len(order) % _BATCH
    batches = np.split(order[:whole], whole // _BATCH)
    rng.shuffle(batches)
    return batches
