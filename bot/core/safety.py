"""Makes what a visitor typed safe to hand on: clean, no commands, not too long."""

from __future__ import annotations

import unicodedata
from typing import Final

MAX_CHARACTERS: Final = 1_000

# Format marks (zero width, direction) hide a command from the eye and from a check.
_DROPPED: Final = frozenset({"Cf", "Cs", "Co", "Cn"})
_SPACES: Final = frozenset({"Cc", "Zs", "Zl", "Zp"})
_SLASHES: Final = "/\uff0f\u2044\u2215\u29f8"


def clean_text(text: str) -> str:
    """Return the text in NFC without controls, surrogates and invisible marks.

    Line breaks and tabs become spaces. Order matters: only after this may a
    leading slash be looked for (Rasa strips before it looks).

    >>> clean_text("  hola\\x00\\u200b\\n mundo ")
    'hola mundo'
    """
    kept = []
    for character in text:
        category = unicodedata.category(character)
        if category not in _DROPPED:
            kept.append(" " if category in _SPACES else character)
    # Composed last: a hidden mark may have stood between a letter and its accent.
    return " ".join(unicodedata.normalize("NFC", "".join(kept)).split())


def defuse_command(text: str) -> str:
    """Return the text without leading slashes, which Rasa would obey as commands.

    >>> defuse_command("/restart")
    'restart'
    >>> defuse_command("24/7 hotline")
    '24/7 hotline'
    """
    return text.lstrip(_SLASHES + " ")


def is_too_long(text: str) -> bool:
    """Return whether a text is longer than the assistant reads."""
    return len(text) > MAX_CHARACTERS


def visitor_text(text: str) -> str:
    """Return a visitor's words cleaned and with no command in them."""
    return defuse_command(clean_text(text))
