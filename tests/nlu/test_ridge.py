"""Ridge regression learns what the exact solution says, for each class on its own."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import sparse

from bot.knowledge.ridge import Ridge

SHARE = 0.5
REGULARIZATION = 0.5
LABELS = np.array([0, 0, 0, 1, 1, 1, 2, 2, 2, 0, 1, 2])
CLASSES = 4  # the last has no example


def rows_of(labels: NDArray[np.int64], width: int, seed: int) -> NDArray[np.float32]:
    """Return noisy unit rows that point where their class does."""
    noise = np.random.default_rng(seed).normal(size=(len(labels), width))
    rows = 0.3 * noise + 2.0 * np.eye(width)[labels]
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


VECTORS = rows_of(LABELS, 6, seed=1)
LEXICAL = sparse.csr_matrix(rows_of(LABELS, 9, seed=2) * np.sqrt(SHARE))


def learn(labels: NDArray[np.int64], classes: int) -> NDArray[np.float32]:
    """Return the weights for all examples."""
    ridge = Ridge(VECTORS, LEXICAL, SHARE)
    return ridge.weights(ridge.dual(labels, classes))


@pytest.fixture(scope="module")
def weights() -> NDArray[np.float32]:
    """What is learned of twelve examples."""
    return learn(LABELS, CLASSES)


def exact() -> NDArray[np.float64]:
    """Return what the examples score for each class by the closed form."""
    lexical = LEXICAL.toarray().astype(float)
    kernel = SHARE * VECTORS @ VECTORS.T + lexical @ lexical.T
    dual = np.linalg.solve(
        kernel + REGULARIZATION * np.eye(len(LABELS)), np.eye(CLASSES)[LABELS]
    )
    return np.asarray(kernel @ dual)


def scores(weights: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return what the examples score for each class."""
    return np.asarray(np.hstack([VECTORS, LEXICAL.toarray()]) @ weights)


def test_there_is_a_weight_for_every_feature_and_class(
    weights: NDArray[np.float32],
) -> None:
    assert weights.shape == (6 + 9, CLASSES)
    assert weights.dtype == np.float32


def test_the_scores_are_nearly_those_of_the_exact_solution(
    weights: NDArray[np.float32],
) -> None:
    assert scores(weights) == pytest.approx(exact(), abs=0.05)


def test_every_example_scores_best_for_its_own_class(
    weights: NDArray[np.float32],
) -> None:
    assert scores(weights).argmax(axis=1).tolist() == LABELS.tolist()


def test_a_class_without_examples_scores_nothing(weights: NDArray[np.float32]) -> None:
    assert np.abs(weights[:, -1]).max() == 0.0


def test_learning_twice_gives_the_same(weights: NDArray[np.float32]) -> None:
    again = learn(LABELS, CLASSES)
    assert np.array_equal(again, weights)


def test_one_class_alone_can_be_learned() -> None:
    labels = np.zeros(len(LABELS), dtype=np.int64)
    learned = learn(labels, 1)
    assert learned.shape == (6 + 9, 1)
    assert scores(learned).min() > 0.5
