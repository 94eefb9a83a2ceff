"""Brings words to one form, so that accents and capitals do not matter."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_NOT_WORD: Final = re.compile(r"[^\w()]+")
_SPLIT_287G: Final = re.compile(r"\b287\s*[-(]?\s*g\b\)?")


def fold(text: str) -> str:
    """Return the text in small letters, without accents and punctuation.

    The many spellings of 287(g) become one word.

    >>> fold("¿Qué es un acuerdo 287 (G)?")
    'que es un acuerdo 287g'
    """
    decomposed = unicodedata.normalize("NFKD", text.lower())
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    joined = _SPLIT_287G.sub("287g", plain).replace("'", "").replace("\u2019", "")
    return " ".join(
        _NOT_WORD.sub(" ", joined).replace("(", " ").replace(")", " ").split()
    )
