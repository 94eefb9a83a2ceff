"""Rasa imports without TensorFlow; using TensorFlow says what to do instead."""

from __future__ import annotations

import importlib
import importlib.metadata
import sys

import pytest

from bot.rasa_server import import_hook
from bot.rasa_server.import_hook import LeftOut

CLASSIFIER = "rasa.nlu.classifiers.diet_classifier"


@pytest.mark.parametrize("package", sorted(import_hook.NOT_INSTALLED))
def test_package_is_not_installed(package: str) -> None:
    with pytest.raises(importlib.metadata.PackageNotFoundError):
        importlib.metadata.version(package)


def test_module_of_rasa_that_names_tensorflow_is_importable() -> None:
    assert importlib.import_module(CLASSIFIER).DIETClassifier.__name__ == (
        "DIETClassifier"
    )


USES = {
    "function": lambda module: module.tf.constant([1]),
    "nested": lambda module: module.tf.random.set_seed(1),
    "model": lambda module: module.DIET(),
}


@pytest.mark.parametrize("use", USES.values(), ids=USES)
def test_using_tensorflow_names_the_remedy(use: object) -> None:
    module = importlib.import_module(CLASSIFIER)
    with pytest.raises(LeftOut, match=r"bot/nlu in config\.yml"):
        use(module)  # type: ignore[operator]


def test_class_can_inherit_from_a_class_that_is_left_out() -> None:
    tensorflow = importlib.import_module("tensorflow")

    class Child(tensorflow.keras.Model):  # type: ignore[misc,name-defined]
        pass

    assert Child.__name__ == "Child"


def test_decorator_that_is_left_out_changes_nothing() -> None:
    tensorflow = importlib.import_module("tensorflow")

    @tensorflow.function
    def double(number: int) -> int:
        return 2 * number

    assert double(2) == 4


def test_installing_twice_is_harmless() -> None:
    before = list(sys.meta_path)
    import_hook.install()
    assert sys.meta_path == before


def test_other_missing_packages_stay_missing() -> None:
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("no_such_package_at_all")
