"""python -m bench.learning FOLDER: learns what bench/learn.py wrote there."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from bench.learning.english import EnglishEncoder
from bench.learning.loop import Course, learn
from bench.learning.spanish import SpanishEncoder

# Chosen on golden/own_questions.jsonl; what it is measured with is never learned from.
ENGLISH = Course(rounds=4, rate=3e-5, by_length=True)
SPANISH = Course(rounds=4, rate=1e-4, by_length=False)


def main(folder: Path) -> None:
    """Learn both; each takes its weights, pieces and labels from one file."""
    for name, kind, course in (
        ("spanish", SpanishEncoder, SPANISH),
        ("english", EnglishEncoder, ENGLISH),
    ):
        with np.load(folder / f"{name}.npz") as given:
            arrays = dict(given)
        ends = np.cumsum(arrays.pop("lengths"))[:-1]
        pieces = np.split(arrays.pop("pieces"), ends)
        labels = arrays.pop("labels")
        encoder = kind(arrays)
        learn(encoder, pieces, labels, course)
        np.savez(folder / f"{name}-learned.npz", **encoder.learned())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
