"""Learns which wordings belong to which entry: ridge regression for many classes.

Conjugate gradients on the dual problem: exact enough in seconds, and the matrix
of all pairs of examples (gigabytes) is never made.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from bot.knowledge.encoder import Vectors

Scores = NDArray[np.float32]
# Chosen on our own held-out questions: more forgets rare wordings, less follows
# each slip of a single example.
_REGULARIZATION: Final = 0.5
_TOLERANCE: Final = 0.1
_MAX_STEPS: Final = 200


def ridge_weights(
    vectors: Vectors,
    lexical: sparse.csr_matrix,
    labels: NDArray[np.int64],
    classes: int,
    encoder_share: float,
) -> Scores:
    """Return the weights of all features (rows) for each class (columns).

    `vectors` count by their share, `lexical` rows as they are; `labels` is the
    class of each example.
    """
    dense = np.sqrt(np.float32(encoder_share)) * vectors
    across = lexical.T.tocsr()
    with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:

        def times_kernel(columns: Scores) -> Scores:
            shared = _product(pool, across, columns)
            product: Scores = dense @ (dense.T @ columns)
            product += _product(pool, lexical, shared)
            return product

        targets = np.eye(classes, dtype=np.float32)[labels]
        dual = _solve(times_kernel, targets)
        from_words = _product(pool, across, dual)
    weights = np.vstack([encoder_share * (vectors.T @ dual), from_words])
    return np.asarray(weights, dtype=np.float32)


def _solve(times_kernel: Callable[[Scores], Scores], targets: Scores) -> Scores:
    """Return the dual weights: (kernel + regularization) times them is the targets."""
    dual = np.zeros_like(targets)
    residual, direction = targets.copy(), targets.copy()
    size = np.einsum("ij,ij->j", residual, residual)
    enough = _TOLERANCE**2 * np.maximum(size, 1e-12)
    for _ in range(_MAX_STEPS):
        image = times_kernel(direction) + _REGULARIZATION * direction
        step = size / np.maximum(np.einsum("ij,ij->j", direction, image), 1e-12)
        dual += step * direction
        residual -= step * image
        new_size = np.einsum("ij,ij->j", residual, residual)
        if np.all(new_size <= enough):
            break
        direction = residual + (new_size / np.maximum(size, 1e-12)) * direction
        size = new_size
    return dual


def _product(
    pool: ThreadPoolExecutor, matrix: sparse.csr_matrix, columns: Scores
) -> Scores:
    """Return matrix @ columns, a share of the columns on each core."""
    shares = np.array_split(columns, len(os.sched_getaffinity(0)), axis=1)
    parts = pool.map(lambda share: matrix @ np.ascontiguousarray(share), shares)
    return np.hstack(list(parts))
