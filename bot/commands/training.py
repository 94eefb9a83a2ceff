"""python -m bot train: trains the model and builds the index if inputs changed."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.core.errors import BotError, ContentError
from bot.core.languages import LANGUAGES
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
    "bot/knowledge/encoder.py",
    "bot/knowledge/examples.py",
    "bot/knowledge/spelling.py",
    "bot/rasa_server/importer.py",
    "bot/services/request_codes.py",
)
_FOLDERS: Final = ("data", "bot/nlu")


@dataclass(frozen=True)
class TrainingVersion:
    """What the model is made from: our code and data, and the entries' questions."""

    code: str
    questions: str


def train(settings: Settings, force: bool = False) -> bool:
    """Train if the model is older than its inputs; return whether it was.

    Raises:
        ContentError: knowledge/ has faults.
        BotError: Rasa refused the training data.
    """
    version = training_version(settings)
    if not force and is_up_to_date(settings, version):
        return False
    started = time.monotonic()
    print("rights-desk: training the model (two to four minutes) ...", flush=True)
    settings.MODEL_DIR.mkdir(parents=True, exist_ok=True)
    # First the index: training finds the examples' vectors there.
    build_index(settings)
    run_training(settings.MODEL_DIR / "training.log", model_path(settings))
    stamp_model(settings, version)
    print(f"rights-desk: trained in {time.monotonic() - started:.0f} s", flush=True)
    return True


def may_start(settings: Settings) -> bool:
    """Return whether the model fits our code, though perhaps not every new question.

    Such a model serves at once; the new questions are trained beside it.
    """
    return _stamp(settings)[:1] == [_code_version()] and model_path(settings).is_file()


def is_up_to_date(settings: Settings, version: TrainingVersion) -> bool:
    """Return whether the model was made from just this."""
    stamp = [version.code, version.questions]
    return model_path(settings).is_file() and _stamp(settings) == stamp


def stamp_model(settings: Settings, version: TrainingVersion) -> None:
    """Note what the model was made from."""
    text = f"{version.code}\n{version.questions}\n"
    _stamp_path(settings).write_text(text, encoding="ascii")


def model_path(settings: Settings) -> Path:
    """Return where the model in use lies."""
    return settings.MODEL_DIR / f"{MODEL}.tar.gz"


def run_training(log: Path, model: Path) -> None:
    """Let Rasa train a model; ends it, too, when this process is told to end.

    Raises:
        BotError: Rasa refused the training data.
    """
    # Rasa would take components from its cache that our own code has outgrown: --force.
    command = [sys.executable, "-m", "bot", "rasa", "train", "--force"]
    command += ["--fixed-model-name", MODEL, "--out", str(model.parent)]
    environment = {**os.environ, "PYTHONWARNINGS": "ignore"}
    with log.open("w", encoding="utf-8") as output:
        process = subprocess.Popen(
            command,
            cwd=PROJECT_ROOT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        earlier = signal.signal(signal.SIGTERM, _end)
        try:
            code = process.wait()
        finally:
            signal.signal(signal.SIGTERM, earlier)
            if process.poll() is None:
                process.terminate()
                process.wait()
    if code != 0 or not model.is_file():
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
        tail = "\n".join(lines[-15:])
        raise BotError(f"Training failed. The end of {log}:\n{tail}")


def _end(number: int, _frame: object) -> None:
    raise SystemExit(128 + number)


def build_index(settings: Settings) -> None:
    """Build the search index, so that the first start need not."""
    # Only now: a start that needs no training must not wait for the array libraries.
    from bot.services.indexing import load_or_build_index

    knowledge = load_knowledge(settings.KNOWLEDGE_DIR)
    load_or_build_index(
        knowledge, read_rejected(NLU_FOLDER), settings.DATA_DIR / "index"
    )


def has_index(settings: Settings) -> bool:
    """Return whether a whole search index is kept, though perhaps of older texts.

    Such an index is brought up to date in seconds; a missing one takes minutes,
    in which nobody would get an answer.
    """
    folder = settings.DATA_DIR / "index"
    looks = (folder / f"look-{code}.npz" for code in LANGUAGES)
    return any(folder.glob("*.learned.npz")) and all(look.is_file() for look in looks)


def read_first(settings: Settings) -> None:
    """Build the index before the door opens: behind it, everybody would get an apology.

    A broken knowledge folder is left to the processes: they serve what was good last.
    """
    started = time.monotonic()
    print(
        "rights-desk: reading the knowledge base first (up to four minutes) ...",
        flush=True,
    )
    with suppress(ContentError):
        build_index(settings)
    print(f"rights-desk: read in {time.monotonic() - started:.0f} s", flush=True)


def training_version(settings: Settings) -> TrainingVersion:
    """Return hashes of everything that the model is made from.

    Raises:
        ContentError: knowledge/ has faults.
    """
    digest = hashlib.sha256()
    # Of knowledge/ only what is learned from counts: a new text needs no training.
    knowledge = load_knowledge(settings.KNOWLEDGE_DIR)
    for example in examples_of(knowledge, []):
        group = knowledge.entries[example.entry].group
        digest.update(f"{group}\0{example.entry}\0{example.text}\0".encode())
    return TrainingVersion(_code_version(), digest.hexdigest())


def _code_version() -> str:
    digest = hashlib.sha256()
    files = [PROJECT_ROOT / name for name in _INPUTS]
    for folder in _FOLDERS:
        files += _sources(PROJECT_ROOT / folder)
    for path in sorted(files):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _stamp(settings: Settings) -> list[str]:
    try:
        return _stamp_path(settings).read_text(encoding="ascii").split()
    except (OSError, ValueError):
        return []


def _stamp_path(settings: Settings) -> Path:
    return settings.MODEL_DIR / f"{MODEL}.inputs"


def _sources(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.suffix in (".py", ".yml", ".md")]
