"""Learns which wordings belong to which entry: ridge regression for many classes.

Conjugate gradients on the dual problem: exact enough in seconds, and the matrix
of all pairs of examples (gigabytes) is never made.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from bot.knowledge.encoder import Vectors

Scores = NDArray[np.float32]
# Chosen on our own held-out questions: more forgets rare wordings, less follows
# each slip of a single example.
REGULARIZATION: Final = 0.5
_TOLERANCE: Final = 0.1
_MAX_STEPS: Final = 200
_PROBES: Final = 64


class Ridge:
    """The regression problem of all examples; `encoder_share` weighs their vectors."""

    def __init__(
        self, vectors: Vectors, lexical: sparse.csr_matrix, encoder_share: float
    ) -> None:
        self._vectors = vectors
        self._share = encoder_share
        self._dense = np.sqrt(np.float32(encoder_share)) * vectors
        self._lexical = lexical
        self._across = lexical.T.tocsr()

    def dual(self, labels: NDArray[np.int64], classes: int) -> Scores:
        """Return how much each example (row) counts for each class (columns)."""
        with _pool() as pool:
            return self._solve(np.eye(classes, dtype=np.float32)[labels], pool)

    def weights(self, dual: Scores) -> Scores:
        """Return the weights of all features (rows) for each class (columns)."""
        with _pool() as pool:
            from_words = _product(pool, self._across, dual)
        from_vectors = self._share * (self._vectors.T @ dual)
        return np.asarray(np.vstack([from_vectors, from_words]), dtype=np.float32)

    def held_out(
        self, labels: NDArray[np.int64], classes: int, random: np.random.Generator
    ) -> Scores:
        """Return what each class would get for each example, were it left out.

        The usual identity of ridge regression: target - dual / diagonal of the
        inverse. The diagonal is estimated with random probes (Hutchinson).
        """
        targets = np.eye(classes, dtype=np.float32)[labels]
        probes = random.choice((-1.0, 1.0), (len(labels), _PROBES)).astype(np.float32)
        with _pool() as pool:
            dual = self._solve(targets, pool)
            diagonal = np.mean(probes * self._solve(probes, pool), axis=1)
        # The diagonal of the inverse lies between these two by its definition.
        own = 0.5 + REGULARIZATION + self._share
        diagonal = np.clip(diagonal, 1 / own, 1 / REGULARIZATION)
        return np.asarray(targets - dual / diagonal[:, None], dtype=np.float32)

    def _times_kernel(self, columns: Scores, pool: ThreadPoolExecutor) -> Scores:
        shared = _product(pool, self._across, columns)
        product: Scores = self._dense @ (self._dense.T @ columns)
        product += _product(pool, self._lexical, shared)
        return product

    def _solve(self, targets: Scores, pool: ThreadPoolExecutor) -> Scores:
        """Return the dual: (kernel + regularization) times it is the targets."""
        dual, residual = np.zeros_like(targets), targets.copy()
        direction = residual.copy()
        enough = _TOLERANCE**2 * np.maximum(
            np.einsum("ij,ij->j", targets, targets), 1e-12
        )
        size = np.einsum("ij,ij->j", residual, residual)
        for _ in range(_MAX_STEPS):
            if np.all(size <= enough):
                break
            image = self._times_kernel(direction, pool) + REGULARIZATION * direction
            step = size / np.maximum(np.einsum("ij,ij->j", direction, image), 1e-12)
            dual += step * direction
            residual -= step * image
            new_size = np.einsum("ij,ij->j", residual, residual)
            direction = residual + (new_size / np.maximum(size, 1e-12)) * direction
            size = new_size
        return dual


def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(len(os.sched_getaffinity(0)))


def _product(
    pool: ThreadPoolExecutor, matrix: sparse.csr_matrix, columns: Scores
) -> Scores:
    """Return matrix @ columns, a share of the columns on each core."""
    shares = np.array_split(columns, len(os.sched_getaffinity(0)), axis=1)
    parts = pool.map(lambda share: matrix @ np.ascontiguousarray(share), shares)
    return np.hstack(list(parts))
