"""Changes what an index learned where examples changed, and only there: in a second.

The ridge regression of all examples is kept as it was; a small one is solved over the
new examples, those of the entries that changed, and those most like the change.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from bot.knowledge.encoder import Vectors
from bot.knowledge.renewal import Rows
from bot.knowledge.ridge import REGULARIZATION

Scores = NDArray[np.float32]
# Examples most like a change take part: they must not fall to the changed entry.
_NEIGHBOURS: Final = 400


@dataclass(frozen=True)
class Features:
    """Examples as the regression sees them; `share` weighs the encoder's vectors."""

    vectors: Vectors
    lexical: sparse.csr_matrix
    share: float

    def of(self, rows: Rows) -> Features:
        """Return some of the examples."""
        return Features(self.vectors[rows], self.lexical[rows], self.share)

    def likeness(self, others: Features) -> Scores:
        """Return how alike each example (rows) is to each of others (columns)."""
        spelt = (self.lexical @ others.lexical.T).toarray()
        meant = self.share * (self.vectors @ others.vectors.T)
        return np.asarray(spelt + meant, dtype=np.float32)

    def scores(self, weights: Scores) -> Scores:
        """Return what the weights (features x classes) say of each example."""
        wide = self.vectors.shape[1]
        found = self.vectors @ weights[:wide] + self.lexical @ weights[wide:]
        return np.asarray(found, dtype=np.float32)

    def weighed(self, dual: Scores) -> Scores:
        """Return the weights that examples make which count so much (n x classes)."""
        meant = self.share * (self.vectors.T @ dual)
        return np.asarray(np.vstack([meant, self.lexical.T @ dual]), dtype=np.float32)


@dataclass(frozen=True)
class Mended:
    """How much each example counts for each class, and the weights that makes."""

    dual: Scores
    weights: Scores


def mend(
    examples: Features,
    labels: Rows,
    dual: Scores,
    weights: Scores,
    new: Rows,
    touched: Rows,
    gone: Features,
    gone_dual: Scores,
) -> Mended:
    """Return what was learned, with new examples learned and gone ones forgotten.

    `dual` and `weights` are the former ones, in the order of the present examples
    and classes; zero for new ones. Only classes in `touched` are learned anew; for
    the others a forgotten example stays what it was: none of theirs.
    """
    counted = np.zeros_like(gone_dual)
    counted[:, touched] = gone_dual[:, touched]
    lost = gone.weighed(counted)
    weights, dual = weights - lost, dual.copy()
    rows = _involved(examples, labels, new, touched, gone)
    if not len(rows) or not len(touched):
        return Mended(dual, weights)
    involved = examples.of(rows)
    # Known examples are to score as they did, new ones as their class.
    missing = involved.scores(lost[:, touched])
    is_new = np.isin(rows, new)
    targets = (labels[rows][is_new, None] == touched[None, :]).astype(np.float32)
    missing[is_new] = targets - involved.of(np.flatnonzero(is_new)).scores(
        weights[:, touched]
    )
    kernel = involved.likeness(involved).astype(np.float64)
    kernel[np.diag_indices_from(kernel)] += REGULARIZATION
    step = np.linalg.solve(kernel, missing).astype(np.float32)
    dual[np.ix_(rows, touched)] += step
    weights[:, touched] += involved.weighed(step)
    return Mended(dual, weights)


def _involved(
    examples: Features, labels: Rows, new: Rows, touched: Rows, gone: Features
) -> Rows:
    own = np.flatnonzero(np.isin(labels, touched))
    nearest = np.zeros(len(labels), dtype=np.float32)
    for changed in (examples.of(new), gone):
        if changed.vectors.shape[0]:
            nearest = np.maximum(nearest, examples.likeness(changed).max(axis=1))
    neighbours = np.argsort(-nearest)[:_NEIGHBOURS]
    near = neighbours[nearest[neighbours] > 0]
    return np.asarray(np.unique(np.concatenate([own, new, near])), dtype=np.int64)
