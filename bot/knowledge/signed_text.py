"""The mark of the text that an attorney signs: it tells whether anything changed."""

from __future__ import annotations

import hashlib
import json
from typing import Final

from bot.core.entries import Entry
from bot.core.languages import LANGUAGES

_PARTS: Final = ("title", "short", "details", "next_step")


def mark_of(entry: Entry) -> str:
    """Return a short hash of what is signed: the texts, their sources, where they hold.

    It stays the same while only questions, dates or the status change.
    """
    told = [
        [getattr(entry.texts[language], part) for part in _PARTS]
        for language in LANGUAGES
    ]
    signed = [entry.id, entry.jurisdiction, entry.emergency, entry.sources, told]
    digest = hashlib.sha256(json.dumps(signed).encode()).hexdigest()
    return "-".join(digest[start : start + 4] for start in range(0, 16, 4))
