"""Every limit that an entry is held to, in one place."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

MIN_QUESTIONS: Final = 12
MAX_LABEL: Final = 20
MAX_TITLE: Final = 70
MAX_SHORT: Final = 450
MAX_SHORT_SENTENCES: Final = 3
MAX_SENTENCE_WORDS: Final = 30
# A body text of WhatsApp with buttons holds this many characters (Meta, Cloud API).
MAX_WHATSAPP: Final = 1024
VOLATILE_DAYS: Final = timedelta(days=30)

# About a 13-year-old reader. English: school grade (Flesch-Kincaid), at most.
# Spanish: ease from 0 to 100 (Fernández-Huerta), at least; 70 to 80 is "fairly easy".
MAX_GRADE: Final = 8.0
MIN_EASE: Final = 72.0

# Two questions of different entries that share more than this much of their letters
# and words (0 to 1) are the same question to a visitor.
SAME_QUESTION: Final = 0.85

HARD_TO_READ: Final = (
    "Shorten the sentences, use everyday words. Or add 'reading_level_exception: why'."
)
