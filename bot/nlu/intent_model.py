"""Tells how likely each intent is, from meaning, spelling and words of a message."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.encoder import Vectors
from bot.knowledge.spelling import SpellingFeatures

# Chosen once on HINT3 and our own held-out sets, the same for every data set.
_ENCODER_WEIGHT: Final = 3.0
_SPELLING_WEIGHT: Final = 2.0
_INVERSE_REGULARIZATION: Final = 3.0
_FOLDED_COLUMNS: Final = 400
_CHARACTER_TERMS: Final = 20_000
_WORD_TERMS: Final = 10_000


class IntentModel:
    """Logistic regression over encoder, character and word features."""

    def __init__(
        self,
        intents: list[str],
        spelling: SpellingFeatures,
        weights: NDArray[np.float32],
        bias: NDArray[np.float32],
    ) -> None:
        self.intents = intents
        self._spelling = spelling
        self._weights = weights
        self._bias = bias

    def predict(self, texts: Sequence[str], vectors: Vectors) -> NDArray[np.float64]:
        """Return the probability of each intent (columns) for each text (rows)."""
        lexical = self._spelling.transform(texts) * _SPELLING_WEIGHT
        scores = (
            vectors @ self._weights[: vectors.shape[1]] * _ENCODER_WEIGHT
            + lexical @ self._weights[vectors.shape[1] :]
            + self._bias
        ).astype(np.float64)
        scores -= scores.max(axis=1, keepdims=True)
        exponentials = np.exp(scores)
        return np.asarray(exponentials / exponentials.sum(axis=1, keepdims=True))

    def save(self, folder: Path) -> None:
        """Write the model as JSON and plain arrays: nothing that runs when read."""
        folder.mkdir(parents=True, exist_ok=True)
        described = {"intents": self.intents, "spelling": self._spelling.to_json()}
        (folder / "intents.json").write_text(json.dumps(described, ensure_ascii=False))
        np.savez_compressed(
            folder / "intents.npz",
            weights=self._weights.astype(np.float16),
            bias=self._bias,
            **self._spelling.arrays(),
        )

    @classmethod
    def load(cls, folder: Path) -> IntentModel:
        """Return the model that save() wrote."""
        described = json.loads((folder / "intents.json").read_text())
        with np.load(folder / "intents.npz", allow_pickle=False) as arrays:
            return cls(
                described["intents"],
                SpellingFeatures.from_json(described["spelling"], arrays),
                arrays["weights"].astype(np.float32),
                arrays["bias"],
            )


def train_intent_model(
    texts: Sequence[str], vectors: Vectors, labels: Sequence[str], seed: int = 0
) -> IntentModel:
    """Return a model trained on labelled texts and their encoder vectors.

    Raises:
        ValueError: fewer than two different labels.
    """
    # Only training needs scikit-learn; a serving process never loads it.
    from sklearn.decomposition import TruncatedSVD
    from sklearn.linear_model import LogisticRegression

    spelling = SpellingFeatures.fit(texts, _CHARACTER_TERMS, _WORD_TERMS)
    lexical = spelling.transform(texts) * _SPELLING_WEIGHT
    # Regression over a few hundred dense columns takes seconds instead of minutes;
    # the weights are unfolded to the original features afterwards.
    folding = TruncatedSVD(
        n_components=min(_FOLDED_COLUMNS, min(lexical.shape) - 1), random_state=seed
    )
    features = np.hstack([vectors * _ENCODER_WEIGHT, folding.fit_transform(lexical)])
    regression = LogisticRegression(
        C=_INVERSE_REGULARIZATION,
        class_weight="balanced",
        max_iter=300,
        tol=1e-3,
        random_state=seed,
    )
    regression.fit(features, list(labels))
    weights, bias = _one_row_a_class(regression)
    dense = vectors.shape[1]
    unfolded = folding.components_.T @ weights[:, dense:].T
    return IntentModel(
        [str(label) for label in regression.classes_],
        spelling,
        np.vstack([weights[:, :dense].T, unfolded]).astype(np.float32),
        bias.astype(np.float32),
    )


def _one_row_a_class(regression: Any) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return weights and bias; scikit-learn keeps a single row for two classes."""
    weights, bias = regression.coef_, regression.intercept_
    if len(regression.classes_) == 2:
        weights, bias = (
            np.vstack([-weights / 2, weights / 2]),
            np.hstack([-bias / 2, bias / 2]),
        )
    return weights, bias
