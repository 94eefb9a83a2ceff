"""Describes how a message is spelt, so that a typing mistake changes little."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.core.matching import fold

_OPTIONS: Final[dict[str, dict[str, Any]]] = {
    "characters": {
        "analyzer": "char_wb",
        "ngram_range": (2, 5),
        "min_df": 2,
        "max_features": 40_000,
    },
    "words": {
        "analyzer": "word",
        "ngram_range": (1, 2),
        "token_pattern": r"\S+",
        "max_features": 40_000,
    },
}
_SHARES: Final = {"characters": 0.3, "words": 0.2}


class SpellingFeatures:
    """Weighted counts of a text's letter sequences and words."""

    def __init__(self, vectorizers: Mapping[str, TfidfVectorizer]) -> None:
        self._vectorizers = dict(vectorizers)

    @classmethod
    def fit(cls, texts: Sequence[str]) -> SpellingFeatures:
        """Return the features that occur in texts."""
        folded = [fold(text) for text in texts]
        return cls({name: _vectorizer(name).fit(folded) for name in _OPTIONS})

    def transform(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """Return a row a text; the product of two rows is their likeness, 0 to 0.5."""
        folded = [fold(text) for text in texts]
        blocks = [
            vectorizer.transform(folded) * np.float32(np.sqrt(_SHARES[name]))
            for name, vectorizer in self._vectorizers.items()
        ]
        return sparse.hstack(blocks, format="csr", dtype=np.float32)

    def to_json(self) -> dict[str, list[str]]:
        """Return the known sequences and words."""
        return {n: list(v.get_feature_names_out()) for n, v in self._vectorizers.items()}

    def arrays(self) -> dict[str, NDArray[np.float32]]:
        """Return their weights."""
        return {f"idf_{name}": v.idf_ for name, v in self._vectorizers.items()}

    @classmethod
    def from_json(
        cls, terms: Mapping[str, Sequence[str]], arrays: Mapping[str, Any]
    ) -> SpellingFeatures:
        """Return the features that to_json() and arrays() described."""
        vectorizers = {}
        for name, known in terms.items():
            vectorizer = _vectorizer(name)
            vectorizer.vocabulary = {term: row for row, term in enumerate(known)}
            vectorizer.idf_ = arrays[f"idf_{name}"]
            vectorizers[name] = vectorizer
        return cls(vectorizers)


def _vectorizer(name: str) -> TfidfVectorizer:
    return TfidfVectorizer(
        **_OPTIONS[name], sublinear_tf=True, lowercase=False, dtype=np.float32
    )
