"""Lets Rasa's modules be imported without the libraries that our pipeline never uses.

The one place that knows. Rasa names TensorFlow and others in classes that we
leave alone (DIET, TED, ResponseSelector, chat channels of other firms ...).
Importing those modules needs only names; using one raises LeftOut.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
import types
from collections.abc import Sequence
from typing import Any, Final

# Not installed at all (docs/decisions/0002-no-tensorflow.md).
NOT_INSTALLED: Final = frozenset(
    {"tensorflow", "tensorflow_addons", "tensorflow_hub", "tensorflow_text", "keras"}
)
# Installed for training and for Rasa's own tests, but a serving process would carry
# 70 MB of them for nothing.
NOT_FOR_SERVING: Final = frozenset(
    {
        "PIL",
        "aio_pika",
        "aiogram",
        "boto3",
        "confluent_kafka",
        "fbmessenger",
        "matplotlib",
        "mattermostwrapper",
        "pycrfsuite",
        "rocketchat_API",
        "sklearn",
        "sklearn_crfsuite",
        "slack_sdk",
        "twilio",
        "webexteamssdk",
    }
)


class LeftOut(ImportError):
    """A part of Rasa was used that needs a library which we leave out."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} is left out of Rights Desk on purpose. Use the components of "
            "bot/nlu in config.yml (docs/decisions/0002-no-tensorflow.md)."
        )


class _Name(type):
    """A class that stands for anything left out: it can be named and inherited from."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Name(name, (), {"__module__": cls.__module__})

    def __call__(cls, *arguments: Any, **options: Any) -> Any:
        is_decorating = len(arguments) == 1 and not options and callable(arguments[0])
        if is_decorating:
            return arguments[0]
        raise LeftOut(f"{cls.__module__}.{cls.__name__}")


class _EmptyModule(types.ModuleType):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.__path__ = []

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Name(name, (), {"__module__": self.__name__})


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def __init__(self, roots: frozenset[str]) -> None:
        self.roots = roots

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,  # noqa: ARG002
        target: types.ModuleType | None = None,  # noqa: ARG002
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname.split(".")[0] in self.roots:
            return importlib.machinery.ModuleSpec(fullname, self, is_package=True)
        return None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        return _EmptyModule(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        pass


def install(roots: frozenset[str] = NOT_INSTALLED) -> None:
    """Answer imports of these libraries with empty modules; twice is harmless."""
    if any(
        isinstance(finder, _Finder) and finder.roots == roots
        for finder in sys.meta_path
    ):
        return
    sys.meta_path.insert(0, _Finder(roots))
