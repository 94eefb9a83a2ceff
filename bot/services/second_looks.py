"""Makes the second look at the messages of each language, or takes the one kept."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.core.languages import LANGUAGES, Language
from bot.knowledge.asked_often import how_often
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.encoder import VectorCache
from bot.knowledge.english_encoder import EnglishEncoder
from bot.knowledge.examples import Example
from bot.knowledge.joined_encoder import JoinedEncoder
from bot.knowledge.second_learning import learned_weights, versions_of
from bot.knowledge.second_look import SecondEncoder, SecondLook, examples_in
from bot.knowledge.spanish_encoder import SpanishEncoder

# What it keeps in the folder of the index begins so.
KEPT: Final = "look-"


def second_looks(
    knowledge: KnowledgeBase, rejected: list[str], folder: Path, keep: bool = True
) -> dict[Language, SecondLook]:
    """Return the look at each language; what was learned may be kept in the folder.

    Without `keep`, what is there is brought up to date in seconds and left alone.
    """
    return {
        code: _look(code, examples_in(code, knowledge, rejected), folder, keep)
        for code in LANGUAGES
    }


def looks_after(
    looks: Mapping[Language, SecondLook], knowledge: KnowledgeBase, rejected: list[str]
) -> dict[Language, SecondLook]:
    """Return the looks at a knowledge base that changed a little."""
    return {
        code: look.renewed(examples_in(code, knowledge, rejected))
        for code, look in looks.items()
    }


def _look(
    code: Language, examples: Sequence[Example], folder: Path, keep: bool
) -> SecondLook:
    encoder = _encoder(code, folder)
    vectors = folder / f"{KEPT}{code}-vectors-{encoder.version}.npz"

    def remembered() -> VectorCache:
        return VectorCache(vectors, encoder.encode, encoder.dimensions)

    versions, asked = versions_of(examples), how_often()
    path = folder / f"{KEPT}{code}.npz"
    kept = _read(path, encoder.version)
    if kept is not None:
        names, weights, learned = kept
        look = SecondLook(encoder, names, weights, remembered, learned, asked)
        if learned == versions or not keep:
            return look.renewed(examples)
    cache = remembered()
    texts = [example.text for example in examples]
    names, weights = learned_weights(examples, cache.encode(texts))
    if keep:
        cache.save(texts)
        _write(path, encoder.version, names, weights, versions)
        for old in folder.glob(f"{KEPT}{code}-vectors-*.npz"):
            if old != vectors:
                old.unlink(missing_ok=True)
    return SecondLook(encoder, names, weights, remembered, versions, asked)


def _encoder(code: Language, folder: Path) -> SecondEncoder:
    # The one that learned Spanish learned English beside it: two read it better.
    both = SpanishEncoder()
    return JoinedEncoder(EnglishEncoder(folder), both) if code == "en" else both


def _read(
    path: Path, encoder: str
) -> tuple[list[str], NDArray[np.float32], dict[str, str]] | None:
    try:
        with np.load(path, allow_pickle=False) as stored:
            if str(stored["encoder"]) != encoder:
                return None
            names = stored["names"].tolist()
            learned = dict(zip(names, stored["versions"].tolist()))
            known = {name: version for name, version in learned.items() if version}
            return names, stored["weights"], known
    except (OSError, ValueError, KeyError):
        return None


def _write(
    path: Path,
    encoder: str,
    names: Sequence[str],
    weights: NDArray[np.float32],
    versions: Mapping[str, str],
) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # Several processes may start at once.
    partial = path.with_suffix(f".{os.getpid()}.partial.npz")
    np.savez(
        partial,
        encoder=encoder,
        names=np.array(names),
        weights=weights,
        versions=np.array([versions.get(name, "") for name in names]),
    )
    partial.replace(path)
