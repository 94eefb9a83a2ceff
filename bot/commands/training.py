"""python -m bot train: trains the model and builds the index if inputs changed."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

from bot.core.errors import BotError
from bot.knowledge.examples import examples_of
from bot.knowledge.loader import load_knowledge
from bot.knowledge.rejected import read_rejected
from bot.settings import NLU_FOLDER, PROJECT_ROOT, Settings

MODEL: Final = "rights-desk"
_INPUTS: Final = (
    "config.yml",
    "domain.yml",
    "requirements.txt",
    "bot/core/languages.py",
    "bot/core/matching.py",
    "bot/core/understanding.py",
    "bot/rasa_server/importer.py",
)
_FOLDERS: Final = ("data", "bot/nlu", "bot/knowledge")


def train(settings: Settings, force: bool = False) -> bool:
    """Train if the model is older than its inputs; return whether it was.

    Raises:
        ContentError: knowledge/ has faults.
        BotError: Rasa refused the training data.
    """
    stamp = settings.MODEL_DIR / f"{MODEL}.inputs"
    version = inputs_version(settings)
    model = settings.MODEL_DIR / f"{MODEL}.tar.gz"
    if (
        not force
        and model.is_file()
        and stamp.is_file()
        and stamp.read_text() == version
    ):
        return False
    started = time.monotonic()
    print("rights-desk: training the model (two to four minutes) ...", flush=True)
    settings.MODEL_DIR.mkdir(parents=True, exist_ok=True)
    # First the index: training finds the examples' vectors there.
    build_index(settings)
    _run_rasa(settings.MODEL_DIR / "training.log", model)
    stamp.write_text(version, encoding="ascii")
    print(f"rights-desk: trained in {time.monotonic() - started:.0f} s", flush=True)
    return True


def _run_rasa(log: Path, model: Path) -> None:
    # Rasa would take components from its cache that our own code has outgrown: --force.
    command = [sys.executable, "-m", "bot", "rasa", "train", "--force"]
    command += ["--fixed-model-name", MODEL, "--out", str(model.parent)]
    with log.open("w", encoding="utf-8") as output:
        result = subprocess.run(
            command,
            cwd=PROJECT_ROOT,
            env={**os.environ, "PYTHONWARNINGS": "ignore"},
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if result.returncode != 0 or not model.is_file():
        tail = "\n".join(
            log.read_text(encoding="utf-8", errors="replace").splitlines()[-15:]
        )
        raise BotError(f"Training failed. The end of {log}:\n{tail}")


def build_index(settings: Settings) -> None:
    """Build the search index, so that the first start need not."""
    # Only now: a start that needs no training must not wait for the array libraries.
    from bot.services.library import load_or_build_index

    knowledge = load_knowledge(settings.KNOWLEDGE_DIR)
    load_or_build_index(
        knowledge, read_rejected(NLU_FOLDER), settings.DATA_DIR / "index"
    )


def inputs_version(settings: Settings) -> str:
    """Return a hash of everything that the model is made from."""
    digest = hashlib.sha256()
    files = [PROJECT_ROOT / name for name in _INPUTS]
    for folder in _FOLDERS:
        files += _sources(PROJECT_ROOT / folder)
    # Of knowledge/ only what is learned from counts: a new text needs no training.
    knowledge = load_knowledge(settings.KNOWLEDGE_DIR)
    for example in examples_of(knowledge, []):
        group = knowledge.entries[example.entry].group
        digest.update(f"{group}\0{example.entry}\0{example.text}\0".encode())
    for path in sorted(files):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _sources(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.suffix in (".py", ".yml", ".md")]
