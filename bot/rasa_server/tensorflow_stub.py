"""Lets Rasa's modules be imported where TensorFlow is not installed: the one place that knows.

Rasa names TensorFlow in classes that our pipeline never uses (DIET, TED,
ResponseSelector, ...). Importing them needs only names; using one raises
TensorFlowNotInstalled.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
import types
from collections.abc import Sequence
from typing import Any

ROOTS = frozenset(
    {"tensorflow", "tensorflow_addons", "tensorflow_hub", "tensorflow_text", "keras"}
)


class TensorFlowNotInstalled(ImportError):
    """A part of Rasa that needs TensorFlow was used."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} needs TensorFlow, which Rights Desk leaves out on purpose. Use the "
            "components of bot/nlu in config.yml (docs/decisions/0002-no-tensorflow.md)."
        )


class _Name(type):
    """A class that stands for anything in TensorFlow: it can be named and inherited from."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Name(name, (), {"__module__": cls.__module__})

    def __call__(cls, *arguments: Any, **options: Any) -> Any:
        is_decorating = len(arguments) == 1 and not options and callable(arguments[0])
        if is_decorating:
            return arguments[0]
        raise TensorFlowNotInstalled(f"{cls.__module__}.{cls.__name__}")


class _StubModule(types.ModuleType):
    __path__: list[str] = []

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Name(name, (), {"__module__": self.__name__})


class _StubFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,  # noqa: ARG002
        target: types.ModuleType | None = None,  # noqa: ARG002
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname.split(".")[0] in ROOTS:
            return importlib.machinery.ModuleSpec(fullname, self, is_package=True)
        return None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        return _StubModule(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        pass


def install() -> None:
    """Answer imports of TensorFlow that nothing else answers; twice is harmless."""
    if not any(isinstance(finder, _StubFinder) for finder in sys.meta_path):
        sys.meta_path.append(_StubFinder())
