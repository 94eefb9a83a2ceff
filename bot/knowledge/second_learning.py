"""Learns what speaks for each entry in the second look: all of them, or a few anew."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.encoder import Vectors
from bot.knowledge.examples import Example
from bot.knowledge.renewal import labels_of, names_of

# One column an entry; the last row is what speaks for it beforehand.
Weights = NDArray[np.float32]
_Rows = NDArray[np.int64]
_Numbers = NDArray[np.float64]
_INVERSE_REGULARIZATION: Final = 10.0
_ROUNDS: Final = 60
_ROUNDS_OF_A_FEW: Final = 25
# What speaks for an entry without an example: as little as can be.
NOTHING: Final = -20.0


def versions_of(examples: Sequence[Example]) -> dict[str, str]:
    """Return for each entry a hash of its examples."""
    digests: dict[str, hashlib._Hash] = {}
    for example in examples:
        digest = digests.setdefault(example.entry, hashlib.sha256())
        digest.update(f"{example.text}\0".encode())
    return {entry: digest.hexdigest()[:16] for entry, digest in digests.items()}


def learned_weights(
    examples: Sequence[Example], vectors: Vectors
) -> tuple[list[str], Weights]:
    """Return the entries and what speaks for each, by logistic regression.

    An entry counts by the root of its examples.
    """
    # Only learning needs it; a start takes what is kept.
    import warnings

    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import LogisticRegression

    names = names_of(examples)
    labels = labels_of(examples, names)
    weights = np.zeros((vectors.shape[1] + 1, len(names)), dtype=np.float32)
    weights[-1] = NOTHING
    present = np.unique(labels)
    if len(present) < 2:
        return names, weights
    regression = LogisticRegression(
        C=_INVERSE_REGULARIZATION, max_iter=_ROUNDS, multi_class="multinomial"
    )
    with warnings.catch_warnings():
        # So many rounds are enough: more no longer change which entry is first.
        warnings.simplefilter("ignore", ConvergenceWarning)
        regression.fit(vectors, labels, sample_weight=_counts(labels))
    found = np.vstack([regression.coef_.T, regression.intercept_])
    weights[:, present] = np.hstack([-found, found]) if len(present) == 2 else found
    return names, weights


def weights_after(
    examples: Sequence[Example],
    vectors: Vectors,
    before: Mapping[str, NDArray[np.float32]],
    changed: Collection[str],
) -> tuple[list[str], Weights]:
    """Return the same where a few entries changed; what speaks for others stays.

    `before`: each entry's column. It is the same regression, of a few columns.
    """
    names = names_of(examples)
    labels = labels_of(examples, names)
    middle = np.mean(list(before.values()), axis=0)
    weights = np.array([before.get(name, middle) for name in names], np.float32).T
    touched = np.array(
        [column for column, name in enumerate(names) if name in changed], dtype=np.int64
    )
    if len(touched):
        weights[:, touched] = _learned_anew(weights, labels, vectors, touched)
    return names, weights


def _learned_anew(
    weights: Weights, labels: _Rows, vectors: Vectors, touched: _Rows
) -> Weights:
    from scipy.optimize import minimize

    place_of = np.full(weights.shape[1], -1)
    place_of[touched] = np.arange(len(touched))
    places = place_of[labels]
    own_rows = np.flatnonzero(places >= 0)
    scores = vectors @ weights[:-1] + weights[-1]
    fixed = scores[np.arange(len(labels)), labels].astype(np.float64)
    scores[:, touched] = -np.inf
    others = np.logaddexp.reduce(scores, axis=1)
    counts = _counts(labels) * _INVERSE_REGULARIZATION
    shape = (weights.shape[0], len(touched))

    def loss(flat: _Numbers) -> tuple[float, _Numbers]:
        columns = flat.reshape(shape)
        seen = vectors @ columns[:-1].astype(np.float32) + columns[-1]
        total = np.logaddexp(others, np.logaddexp.reduce(seen, axis=1))
        own = fixed.copy()
        own[own_rows] = seen[own_rows, places[own_rows]]
        share = np.exp(seen - total[:, None])
        share[own_rows, places[own_rows]] -= 1.0
        share *= counts[:, None]
        slope = vectors.T @ share.astype(np.float32) + columns[:-1]
        value = float(counts @ (total - own)) + 0.5 * float((columns[:-1] ** 2).sum())
        return value, np.vstack([slope, share.sum(axis=0)]).ravel()

    found = minimize(
        loss,
        weights[:, touched].astype(np.float64).ravel(),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": _ROUNDS_OF_A_FEW},
    )
    return np.asarray(found.x.reshape(shape), dtype=np.float32)


def _counts(labels: _Rows) -> NDArray[np.float64]:
    each = 1 / np.sqrt(np.bincount(labels)[labels])
    return np.asarray(each / each.mean())
