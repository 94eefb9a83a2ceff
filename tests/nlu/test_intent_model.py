"""The intent model learns from a handful of examples and is the same when read back."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.knowledge.encoder import encode
from bot.nlu.intent_model import IntentModel, train_intent_model

EXAMPLES = {
    "greet": ["hello", "good morning", "hi there", "hola", "buenos dias"],
    "ask_warrants": [
        "what is an ice detainer",
        "how long does a detainer last",
        "is a judge's warrant different",
        "que es una orden judicial",
        "cuanto dura un detainer",
    ],
    "ask_mandamus": [
        "my green card case is delayed",
        "how much does a mandamus cost",
        "sue uscis for the delay",
        "mi caso esta atrasado",
        "cuanto cuesta el mandamus",
    ],
}
UNSEEN = {
    "typing_mistake": ("wht is a detaner", "ask_warrants"),
    "other_words": ("uscis takes too long with my application", "ask_mandamus"),
    "spanish": ("hola buenas", "greet"),
}


def train(*intents: str) -> IntentModel:
    """Return a model that knows some of the intents above."""
    rows = [(text, intent) for intent in intents for text in EXAMPLES[intent]]
    texts = [text for text, _ in rows]
    return train_intent_model(texts, encode(texts), [intent for _, intent in rows])


def predict(model: IntentModel, *texts: str) -> np.ndarray:
    """Return the probabilities of the intents for texts."""
    return model.predict(texts, encode(list(texts)))


@pytest.fixture(scope="module")
def model() -> IntentModel:
    """A model of three intents."""
    return train(*EXAMPLES)


@pytest.mark.parametrize(("text", "intent"), UNSEEN.values(), ids=UNSEEN)
def test_model_knows_the_intent_of_a_text_it_has_not_seen(
    model: IntentModel, text: str, intent: str
) -> None:
    assert model.intents[int(predict(model, text)[0].argmax())] == intent


def test_probabilities_of_a_text_add_up_to_one(model: IntentModel) -> None:
    likely = predict(model, "what is a detainer", "hello", "")
    assert likely.sum(axis=1) == pytest.approx(1.0)
    assert np.all(likely >= 0)


def test_model_gives_the_same_numbers_when_saved_and_loaded(
    model: IntentModel, tmp_path: Path
) -> None:
    texts = [text for examples in EXAMPLES.values() for text in examples]
    model.save(tmp_path / "saved")
    loaded = IntentModel.load(tmp_path / "saved")
    assert loaded.intents == model.intents
    # Weights are kept with half the digits.
    assert predict(loaded, *texts) == pytest.approx(predict(model, *texts), abs=2e-3)


def test_loaded_model_gives_the_same_numbers_when_saved_again(
    model: IntentModel, tmp_path: Path
) -> None:
    model.save(tmp_path / "first")
    loaded = IntentModel.load(tmp_path / "first")
    loaded.save(tmp_path / "second")
    again = IntentModel.load(tmp_path / "second")
    assert np.array_equal(predict(again, "a detainer"), predict(loaded, "a detainer"))


def test_saved_model_holds_nothing_that_runs(
    model: IntentModel, tmp_path: Path
) -> None:
    model.save(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"intents.json", "intents.npz"}
    with np.load(tmp_path / "intents.npz", allow_pickle=False) as arrays:
        assert all(arrays[name].dtype != object for name in arrays.files)


def test_training_twice_gives_the_same_model() -> None:
    first, second = train(*EXAMPLES), train(*EXAMPLES)
    assert np.array_equal(predict(first, "a detainer"), predict(second, "a detainer"))


def test_model_of_two_intents_tells_them_apart() -> None:
    small = train("greet", "ask_warrants")
    likely = predict(small, "good morning to you", "what is a detainer")
    assert [small.intents[row] for row in likely.argmax(axis=1)] == [
        "greet",
        "ask_warrants",
    ]
    assert likely.sum(axis=1) == pytest.approx(1.0)


def test_training_is_refused_when_there_is_one_intent_only() -> None:
    with pytest.raises(ValueError):
        train("greet")
