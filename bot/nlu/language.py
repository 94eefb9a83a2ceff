"""Tells whether a message, even of two words, is English, Spanish, both or neither."""

from __future__ import annotations

import re
import runpy
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import spacy

from bot.core.languages import Language
from bot.core.matching import fold
from bot.nlu.places import without_place_names


def _stop_words(code: str) -> frozenset[str]:
    # Importing spacy.lang.fr itself takes four seconds: it compiles what we never use.
    path = Path(spacy.__file__).parent / "lang" / code / "stop_words.py"
    words: set[str] = runpy.run_path(str(path))["STOP_WORDS"]
    return frozenset(words)


ENGLISH: Final = _stop_words("en")
SPANISH: Final = _stop_words("es")
# spaCy has no list for Haitian Creole, which many people in New York speak.
_CREOLE: Final = frozenset((
    "mwen", "ou", "li", "nou", "yo", "ki", "sa", "pou", "nan", "ak", "pa", "gen", "te",
    "ap", "kijan", "kisa", "poukisa", "tanpri", "bezwen", "ed", "bonjou", "mesi",
    "paske", "fe", "kote", "lakay", "moun",
))  # fmt: skip
_FOREIGN: Final = tuple(
    frozenset(fold(word) for word in words)
    for words in (*map(_stop_words, ("fr", "pt", "it", "de", "pl")), _CREOLE)
)
# Written in both languages, in the middle of either.
_SHARED: Final = frozenset(
    ("ok", "okay", "okey", "oki", "bye", "email", "chat", "link", "app", "web")
)
# The "I" of I-485 is nobody.
_FORM_NUMBER: Final = re.compile(r"\b[a-z]{1,2} ?\d\w*")
_STRONG_SPANISH: Final = frozenset("ñ¿¡")
_MIXED_SHARE: Final = 0.3
_TELLING_COUNT: Final = 3


@dataclass(frozen=True)
class Detected:
    """What language a message is in: `code` None when the words do not tell."""

    code: Language | None
    is_foreign: bool = False
    is_mixed: bool = False


class LanguageModel:
    """Words that are telling for English or for Spanish."""

    def __init__(self, words: Mapping[str, Mapping[str, float]]) -> None:
        self._words = words

    @classmethod
    def train(cls, texts: Iterable[str]) -> LanguageModel:
        """Return a model from texts in both languages, sorted by their stop words."""
        seed = cls({"en": _weights(ENGLISH), "es": _weights(SPANISH)})
        counts: dict[str, Counter[str]] = {"en": Counter(), "es": Counter()}
        for text in texts:
            code = seed.detect(text).code
            if code is not None:
                counts[code].update(set(fold(text).split()))
        words: dict[str, dict[str, float]] = {"en": {}, "es": {}}
        for word in (set(counts["en"]) | set(counts["es"])) - _SHARED:
            english, spanish = counts["en"][word], counts["es"][word]
            telling, other = max(english, spanish), min(english, spanish)
            if telling >= _TELLING_COUNT and telling >= 8 * other:
                words["en" if english > spanish else "es"][word] = 1.0
        for name, stop_words in (("en", ENGLISH), ("es", SPANISH)):
            for word, weight in _weights(stop_words).items():
                words[name].setdefault(word, weight)
        return cls(words)

    def detect(self, text: str) -> Detected:
        """Return the language of a message.

        >>> model = LanguageModel.train([])
        >>> model.detect("what can they do").code, model.detect("qué pueden hacer").code
        ('en', 'es')
        >>> model.detect("el paso county 287g").code
        """
        if _is_other_script(text):
            return Detected(None, is_foreign=True)
        # "El Paso" and "Los Angeles" are no Spanish.
        words = without_place_names(_FORM_NUMBER.sub(" ", fold(text)).split())
        english = sum(self._words["en"].get(word, 0.0) for word in words)
        spanish = sum(self._words["es"].get(word, 0.0) for word in words)
        spanish += 2.0 * any(mark in text.lower() for mark in _STRONG_SPANISH)
        known = max(english, spanish)
        if len(words) >= 3 and self._is_foreign(words, known):
            return Detected(None, is_foreign=True)
        if english == spanish:
            return Detected(None)
        share = min(english, spanish) / known
        return Detected(
            "en" if english > spanish else "es", is_mixed=share >= _MIXED_SHARE
        )

    def _is_foreign(self, words: list[str], known: float) -> bool:
        ours = self._words["en"].keys() | self._words["es"].keys()
        alien = max(
            sum(word in theirs and word not in ours for word in words)
            for theirs in _FOREIGN
        )
        return alien >= 2 and alien > known + 0.5 and alien >= 0.4 * len(words)

    def to_json(self) -> dict[str, Any]:
        """Return the model as JSON types."""
        return {code: dict(words) for code, words in self._words.items()}


def _weights(stop_words: Iterable[str]) -> dict[str, float]:
    ambiguous = {
        "no",
        "me",
        "a",
        "he",
        "has",
        "sin",
        "son",
        "use",
        "un",
        "la",
        "do",
        "i",
        "ha",
    }
    both = {fold(w) for w in ENGLISH} & {fold(w) for w in SPANISH}
    # In English "u" is "you" in a text message, and the name of a visa.
    folded = (fold(word) for word in stop_words if word != "u")
    return {w: 0.5 if w in ambiguous else 1.0 for w in folded if w and w not in both}


def _is_other_script(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    foreign = [c for c in letters if not unicodedata.name(c, "").startswith("LATIN")]
    return len(letters) > 0 and len(foreign) > len(letters) / 2
