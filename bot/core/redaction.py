"""Takes out of a question what could tell who asked: only this may be kept.

It rather masks a word too many: a question without a word is still understood, and
one name too many is a person found.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from bot.core.redaction_patterns import PLATE, RULES
from bot.core.redaction_people import without_names

MOST_CHARACTERS: Final = 300
# More is not even looked at.
_READ: Final = 2000
_MASK: Final = re.compile(r"\[(?:name|number|address|date|email|link|handle)\]")
_SAME_AGAIN: Final = re.compile(
    r"(\[(?:name|number|address|date)\])(?:[\s,.'-]{0,3}\1){1,400}"
)


def redact(text: str) -> str:
    """Return a question with masks for names, numbers, dates and places to live.

    >>> redact("My cousin Juan Perez, A 123 456 789, was arrested on May 3, 2026")
    'My cousin [name], [number], was arrested on [date]'
    >>> redact("me llamo xiomara y vivo en la calle 8")
    'me llamo [name] y vivo en la [address]'
    """
    shown = PLATE.sub("[number]", _tidy(text))
    for form, mask in RULES:
        shown = form.sub(mask, shown)
    return _cut(_SAME_AGAIN.sub(r"\1", without_names(shown)))


def without_masks(text: str) -> str:
    """Return a redacted text without its masks, for comparing meanings.

    >>> without_masks("my cousin [name] was arrested")
    'my cousin was arrested'
    """
    return " ".join(_MASK.sub(" ", text).split())


def _tidy(text: str) -> str:
    text = text[: _READ + 1]
    # What looks like a digit becomes one, and nobody hides a name by a hidden sign.
    composed = unicodedata.normalize("NFKC", text)
    seen = "".join(
        " " if c.isspace() or unicodedata.category(c) == "Cc" else c
        for c in composed
        if unicodedata.category(c) not in ("Cf", "Cs", "Co", "Cn")
    )
    seen = (
        "".join(
            str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c
            for c in seen
        )
        .replace("[", "(")
        .replace("]", ")")
    )
    if len(text) > _READ:
        # Half a number might not look like one.
        seen = seen[:_READ].rpartition(" ")[0]
    return " ".join(seen.split())


def _cut(text: str) -> str:
    if len(text) <= MOST_CHARACTERS:
        return text
    head = text[: MOST_CHARACTERS - 1]
    whole = head.rpartition(" ")[0] if " " in head else "[number]"
    return f"{whole}…"
