"""python -m bot train --beside: trains beside the running assistant, keeps the best."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from bot.commands.training import (
    MODEL,
    build_index,
    is_up_to_date,
    model_path,
    run_training,
    stamp_model,
    training_version,
)
from bot.core.understanding import OUT_OF_SCOPE
from bot.knowledge.loader import load_knowledge
from bot.services.golden import (
    Verdict,
    golden_questions,
    judge,
    keep_refusal,
    refusal,
    refusal_path,
)
from bot.settings import GOLDEN_FOLDER, Settings

_CANDIDATE: Final = "candidate"
# Below everything that a visitor waits for.
_NICENESS: Final = 15


def retrain_beside(settings: Settings) -> int:
    """Train if the questions changed, and use the new model only if it is no worse.

    Raises:
        ContentError: knowledge/ has faults.
        BotError: Rasa refused the training data.
    """
    os.nice(_NICENESS)
    with _alone(settings.MODEL_DIR / "training.lock") as is_alone:
        if not is_alone:
            print("rights-desk: another training runs already", flush=True)
            return 0
        version = training_version(settings)
        refused = refusal(refusal_path(settings.MODEL_DIR))
        if is_up_to_date(settings, version) or (
            refused is not None and refused.version == version.questions
        ):
            return 0
        print("rights-desk: questions changed; training beside ...", flush=True)
        build_index(settings)
        folder = settings.MODEL_DIR / _CANDIDATE
        folder.mkdir(parents=True, exist_ok=True)
        candidate = folder / f"{MODEL}.tar.gz"
        run_training(settings.MODEL_DIR / "training.log", candidate)
        verdict = _verdict(settings, candidate, version.questions)
        _tell(verdict)
        if not verdict.is_no_worse:
            candidate.unlink()
            keep_refusal(refusal_path(settings.MODEL_DIR), verdict)
            return 1
        candidate.replace(model_path(settings))
        stamp_model(settings, version)
        keep_refusal(refusal_path(settings.MODEL_DIR), None)
    return 0


def _verdict(settings: Settings, candidate: Path, version: str) -> Verdict:
    from bot.rasa_server.start import prepare

    prepare(settings)
    from bot.rasa_server.golden import intents_by, intents_of

    intents = intents_of(load_knowledge(settings.KNOWLEDGE_DIR))
    questions = golden_questions(list(_rows()), intents, OUT_OF_SCOPE)
    texts = [question.text for question in questions]
    before = intents_by(model_path(settings), texts)
    return judge(version, questions, before, intents_by(candidate, texts))


def _tell(verdict: Verdict) -> None:
    end = "it is used now" if verdict.is_no_worse else "it is not used"
    print(
        f"rights-desk: of {verdict.questions} known questions the model in use "
        f"understands {verdict.right_before}, the new one {verdict.right_after}, "
        f"emergencies lost {verdict.emergencies_lost}: {end}",
        flush=True,
    )


def _rows() -> Iterator[dict[str, Any]]:
    for path in sorted(GOLDEN_FOLDER.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield json.loads(line)


@contextmanager
def _alone(path: Path) -> Iterator[bool]:
    """Yield whether no other process trains; the operating system frees a dead one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True
