"""make hint3: our NLU on the HINT3 sets, real messages to three live chatbots.

Arora et al., HINT3: Raising the bar for Intent Detection in the Wild (2020). The
data is not part of the project: make hint3 DATA=folder with train/ and test/.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import median
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import matthews_corrcoef

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.coverage import Coverage
from bot.knowledge.encoder import VectorCache, Vectors, encode
from bot.knowledge.english_encoder import EnglishEncoder
from bot.knowledge.examples import Example
from bot.knowledge.index import SearchIndex
from bot.knowledge.loader import load_knowledge
from bot.knowledge.second_learning import learned_weights
from bot.knowledge.second_look import SecondLook, examples_in
from bot.nlu.intent_model import train_intent_model
from bot.services.calibration import Row, read_rows
from bot.settings import GOLDEN_FOLDER, load_settings

OUT_OF_SCOPE: Final = "NO_NODES_DETECTED"
# The one configuration: the classifier's probability, plus how like the nearest
# example of the same intent is, counted twice, plus a tenth of what the second look
# says of it. The same for every set.
_NEAREST_WEIGHT: Final = 2.0
_SECOND_WEIGHT: Final = 0.1
_EXAMPLES_EACH: Final = 24
# The three training sets have 21, 28 and 59 intents.
_INTENTS: Final = 36
_ASSISTANTS: Final = 9
# Best MCC of each system, with the threshold chosen on the test set (the authors'
# result files).
PUBLISHED: Final = {
    "sofmattress": {"Rasa DIET": 0.526, "Dialogflow": 0.638, "LUIS": 0.581,
                    "Haptik": 0.588, "BERT": 0.617},
    "curekart": {"Rasa DIET": 0.511, "Dialogflow": 0.578, "LUIS": 0.539,
                 "Haptik": 0.603, "BERT": 0.553},
    "powerplay11": {"Rasa DIET": 0.340, "Dialogflow": 0.353, "LUIS": 0.359,
                    "Haptik": 0.425, "BERT": 0.347},
}  # fmt: skip


@dataclass(frozen=True)
class Guesses:
    """For each message the intent we would choose, and how much speaks for it."""

    intents: list[str]
    scores: NDArray[np.float64]

    def at(self, threshold: float) -> list[str]:
        """Return the intents, out of scope where the score is below a threshold."""
        return [
            intent if score >= threshold else OUT_OF_SCOPE
            for intent, score in zip(self.intents, self.scores)
        ]


def guess(
    texts: Sequence[str], labels: Sequence[str], messages: Sequence[str]
) -> Guesses:
    """Train our classifier and our index on labelled texts; guess the messages."""
    vectors: Vectors = encode(list(texts))
    wanted = encode(list(messages))
    model = train_intent_model(texts, vectors, labels)
    examples = [Example(text, label) for text, label in zip(texts, labels)]
    index = SearchIndex.build(examples, vectors, Coverage({}, ()))
    nearest = index.nearest(messages, wanted)
    scores = model.predict(messages, wanted) + _NEAREST_WEIGHT * np.stack(
        [nearest[name] for name in model.intents], axis=1
    )
    for row, view in enumerate(_second_look(examples).views(messages)):
        columns = [view.column_of[name] for name in model.intents]
        scores[row] += _SECOND_WEIGHT * view.scores[columns]
    best = scores.argmax(axis=1)
    return Guesses([model.intents[column] for column in best], scores.max(axis=1))


def _second_look(examples: Sequence[Example]) -> SecondLook:
    """Return the second look with the encoder as published: a HINT3 bot is not ours."""
    encoder = EnglishEncoder(load_settings().DATA_DIR / "index", corrections=None)
    vectors = encoder.encode([example.text for example in examples])
    return SecondLook(
        encoder, *learned_weights(examples, vectors), lambda: VectorCache(None)
    )


def blind_threshold() -> float:
    """Return the threshold that suits small assistants made of our own entries.

    HINT3 is unseen, and English. Each assistant knows as many entries as a HINT3 set
    has intents; half of its messages are outside: strangers' questions, and ours on
    other entries.
    """
    knowledge = load_knowledge(load_settings().KNOWLEDGE_DIR)
    examples = _a_few_each(examples_in("en", knowledge, []))
    inside, outside = _own_messages(knowledge)
    random = Random(0)
    chosen = [
        _threshold_of(
            set(random.sample(sorted(knowledge.entries), _INTENTS)),
            examples,
            inside,
            outside,
            random,
        )
        for _ in range(_ASSISTANTS)
    ]
    return median(chosen)


def _own_messages(knowledge: KnowledgeBase) -> tuple[list[Row], list[Row]]:
    inside, _ = read_rows(GOLDEN_FOLDER / "own_questions.jsonl", knowledge, "en")
    _, outside = read_rows(GOLDEN_FOLDER / "own_out_of_scope.jsonl", knowledge, "en")
    return inside, outside


def _threshold_of(
    known: set[str],
    examples: Sequence[Example],
    inside: Sequence[Row],
    outside: Sequence[Row],
    random: Random,
) -> float:
    learned = [example for example in examples if example.entry in known]
    within = [row for row in inside if row.accept & known]
    others = [row for row in inside if not row.accept & known]
    beyond = [*outside, *random.sample(others, min(len(outside), len(others)))]
    guesses = guess(
        [example.text for example in learned],
        [example.entry for example in learned],
        [row.text for row in (*within, *beyond)],
    )
    truth = [
        intent if intent in row.accept else min(row.accept)
        for intent, row in zip(guesses.intents, within)
    ] + [OUT_OF_SCOPE] * len(beyond)
    weights = [1 / len(within)] * len(within) + [1 / len(beyond)] * len(beyond)
    return best_threshold(guesses, truth, weights)[0]


def _a_few_each(examples: Sequence[Example]) -> list[Example]:
    """Return about as many examples of each entry as HINT3 has of an intent."""
    by_entry: dict[str, list[Example]] = {}
    for example in examples:
        by_entry.setdefault(example.entry, []).append(example)
    return [
        example
        for group in by_entry.values()
        for example in group[:: max(1, len(group) // _EXAMPLES_EACH)]
    ]


def best_threshold(
    guesses: Guesses, truth: Sequence[str], weights: Sequence[float] | None = None
) -> tuple[float, float]:
    """Return the threshold with the best MCC, and that MCC."""
    tried = np.unique(np.round(guesses.scores, 2))
    values = [
        matthews_corrcoef(truth, guesses.at(float(t)), sample_weight=weights)
        for t in tried
    ]
    best = int(np.argmax(values))
    return float(tried[best]), float(values[best])


def read_set(path: Path) -> tuple[list[str], list[str]]:
    """Return the sentences of a HINT3 file and their labels."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [row["sentence"] for row in rows], [row["label"] for row in rows]


def main(folder: Path) -> None:
    """Print our figures beside the published ones."""
    if not (folder / "train").is_dir():
        raise SystemExit(f"{folder} has no train/: make hint3 DATA=<folder of HINT3>")
    threshold = blind_threshold()
    print(f"threshold chosen on our own questions, before HINT3 is read: {threshold}")
    for name, published in PUBLISHED.items():
        texts, labels = read_set(next((folder / "train").glob(f"{name}*.csv")))
        messages, truth = read_set(next((folder / "test").glob(f"{name}*.csv")))
        guesses = guess(texts, labels, messages)
        chosen, best = best_threshold(guesses, truth)
        blind = matthews_corrcoef(truth, guesses.at(threshold))
        print(f"\n{name}: {len(texts)} to learn from, {len(messages)} to judge")
        print(f"  Rights Desk, best threshold ({chosen:.2f})   MCC {best:.3f}")
        print(f"  Rights Desk, our own threshold ({threshold:.2f}) MCC {blind:.3f}")
        for system, value in sorted(published.items(), key=lambda row: -row[1]):
            print(f"  {system:39s} MCC {value:.3f} (best threshold)")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "hint3"))
