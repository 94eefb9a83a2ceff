"""make learn: teaches both encoders our own examples, and keeps what changed in them.

The learning itself needs torch, which the assistant does not: it runs in an
environment of its own (bench/learning). Only our own examples are learned, nothing of
golden/ and no visitor's message.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from bot.core.languages import LANGUAGES, Language
from bot.knowledge import english_encoder, spanish_encoder
from bot.knowledge.corrections import write_corrections
from bot.knowledge.encoder import encode, encoder_model
from bot.knowledge.english_encoder import EnglishEncoder
from bot.knowledge.examples import Example
from bot.knowledge.loader import load_knowledge
from bot.knowledge.rejected import read_rejected
from bot.knowledge.renewal import labels_of, names_of
from bot.knowledge.second_look import examples_in
from bot.knowledge.spanish_encoder import weights_of
from bot.settings import NLU_FOLDER, PROJECT_ROOT, load_settings

# A longer message tells nothing more of its entry.
_MOST_PIECES: Final = 96

_Arrays = Mapping[str, NDArray[Any]]


def main(python: str) -> None:
    """Write what is to be learned, have it learned, keep the corrections."""
    knowledge = load_knowledge(load_settings().KNOWLEDGE_DIR)
    rejected = read_rejected(NLU_FOLDER)
    examples = {code: examples_in(code, knowledge, rejected) for code in LANGUAGES}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        english = EnglishEncoder(folder, corrections=None)
        english.encode(["."])
        encode(["."])
        backend = encoder_model()
        before: dict[str, _Arrays] = {
            "english": english.weights(),
            "spanish": weights_of(backend),
        }
        table = {n: getattr(backend, n) for n in ("table", "scale", "lo", "eps")}
        _write(
            folder / "english.npz", examples["en"], english.pieces, before["english"]
        )
        # It reads both languages, and learns more from both.
        both = [*examples["en"], *_answered(examples, "es")]
        _write(
            *(folder / "spanish.npz", both, _words(backend)),
            {**before["spanish"], **table},
        )
        subprocess.run(
            [python, "-m", "bench.learning", name], cwd=PROJECT_ROOT, check=True
        )
        for which, module in (
            ("english", english_encoder),
            ("spanish", spanish_encoder),
        ):
            with np.load(folder / f"{which}-learned.npz") as learned:
                write_corrections(module.CORRECTIONS, before[which], dict(learned))
            print(f"written: {module.CORRECTIONS}")


def _answered(
    examples: Mapping[Language, Sequence[Example]], code: Language
) -> list[Example]:
    return [example for example in examples[code] if example.entry]


def _words(backend: Any) -> Callable[[str], Sequence[int]]:
    def pieces(text: str) -> Sequence[int]:
        found: Sequence[int] = backend.sp.encode(
            text, out_type=int, add_bos=True, add_eos=True
        )
        return found

    return pieces


def _write(
    path: Path,
    examples: Sequence[Example],
    pieces_of: Callable[[str], Sequence[int]],
    weights: _Arrays,
) -> None:
    pieces = [pieces_of(example.text)[:_MOST_PIECES] for example in examples]
    np.savez(
        path,
        pieces=np.concatenate([np.array(some, dtype=np.int64) for some in pieces]),
        lengths=np.array([len(some) for some in pieces]),
        labels=labels_of(examples, names_of(examples)),
        **weights,
    )


if __name__ == "__main__":
    main(sys.argv[1])
