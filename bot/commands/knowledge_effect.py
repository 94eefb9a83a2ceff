"""python -m bot knowledge effect ID: what a draft would change for known questions."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Final

from bot.core.errors import BotError
from bot.core.languages import LANGUAGES, Language
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.draft_check import built_entry
from bot.knowledge.encoder import VectorCache
from bot.knowledge.index import SearchIndex
from bot.knowledge.loader import load_knowledge
from bot.knowledge.rejected import read_rejected
from bot.services.effect import (
    Difference,
    Effect,
    Told,
    effect_of,
    known_questions,
)
from bot.services.indexing import built_index, index_after
from bot.services.kept_index import KeptIndex
from bot.services.thresholds import load_thresholds
from bot.settings import NLU_FOLDER, Settings, load_settings

# The console waits 90 seconds; making the index takes up to half of that.
_SECONDS: Final = 50.0
_LEAST_SECONDS: Final = 10.0
_NO_INDEX: Final = (
    "The kept search index does not fit these questions well enough to try the change "
    "in seconds. Build it anew: python -m bot train --force"
)
_NO_TEXTS: Final = 'The texts must be JSON: {"group": "...", "en": "...", "es": "..."}'
_HEADINGS: Final = (
    ("gained", "Reach their own entry, and did not before"),
    ("lost", "Reach their own entry no more"),
    ("taken", "Are taken from other entries"),
    ("changed", "Get something else than before"),
)


def effect(entry_id: str, texts: str | None, as_json: bool) -> int:
    """Print what the change does; return 0, also where questions are lost.

    Raises:
        BotError: there is no draft, the texts are no entry, or no index is kept.
    """
    settings = load_settings()
    before = load_knowledge(settings.KNOWLEDGE_DIR)
    group, changed = _given(texts) if texts else _draft(settings, entry_id)
    after = before.with_entry(built_entry(group, entry_id, changed))
    found = find_effect(settings, before, after, entry_id)
    if as_json:
        print(json.dumps(as_data(entry_id, found), ensure_ascii=False))
    else:
        _print(entry_id, found)
    return 0


def find_effect(
    settings: Settings, before: KnowledgeBase, after: KnowledgeBase, entry_id: str
) -> Effect:
    """Return the effect of a change, by the index that is kept.

    Raises:
        BotError: no index is kept that can be renewed in seconds.
    """
    started = time.monotonic()
    folder = settings.DATA_DIR / "index"
    index_before, index_after = _indexes(folder, before, after)
    encode = VectorCache(folder / "vectors.npz").encode
    questions = known_questions(entry_id, before, after, index_after, encode)
    end = max(started + _SECONDS, time.monotonic() + _LEAST_SECONDS)
    return effect_of(
        entry_id,
        before,
        after,
        index_before,
        index_after,
        load_thresholds(settings.THRESHOLDS_FILE),
        settings.REQUIRE_APPROVED,
        questions,
        lambda: time.monotonic() < end,
    )


def _indexes(
    folder: Path, before: KnowledgeBase, after: KnowledgeBase
) -> tuple[SearchIndex, SearchIndex]:
    """Return both indexes; the second is made of the first, which takes a second."""
    rejected, kept = read_rejected(NLU_FOLDER), KeptIndex(folder)
    first = built_index(before, rejected, folder) or kept.of(before, rejected)
    if first is None:
        raise BotError(_NO_INDEX)
    second = index_after(first, before, after, rejected) or kept.of(after, rejected)
    if second is None:
        raise BotError(_NO_INDEX)
    return first, second


def as_data(entry_id: str, found: Effect) -> dict[str, Any]:
    """Return an effect as JSON types."""
    lists = {
        name: [_row(each) for each in getattr(found, name)] for name, _ in _HEADINGS
    }
    counts = {"known": found.known, "tried": found.tried}
    return {"entry": entry_id, **counts, "is_large": found.is_large, **lists}


def _row(found: Difference) -> dict[str, Any]:
    return {
        "question": found.question.text,
        "language": found.question.language,
        "entry": found.question.entry,
        "before": asdict(found.before),
        "after": asdict(found.after),
    }


def _draft(settings: Settings, entry_id: str) -> tuple[str, Mapping[Language, str]]:
    # Only here is the database needed.
    from bot.commands.knowledge_desk import open_desk
    from bot.services.editing import open_entry

    with open_desk(settings, datetime.now(timezone.utc)) as desk:
        opened = open_entry(desk.editing, entry_id)
    if opened.draft is None:
        raise BotError(f"There is no draft of {entry_id}: nothing would change.")
    return opened.draft.group, opened.draft.texts


def _given(place: str) -> tuple[str, Mapping[Language, str]]:
    try:
        given = sys.stdin.read() if place == "-" else Path(place).read_text("utf-8")
        data = json.loads(given)
        return str(data["group"]), {code: str(data[code]) for code in LANGUAGES}
    except OSError as error:
        raise BotError(f"{place} cannot be read: {error.strerror}.") from None
    except (ValueError, KeyError, TypeError):
        raise BotError(_NO_TEXTS) from None


def _print(entry_id: str, found: Effect) -> None:
    print(f"{found.tried} questions of {entry_id} and the entries near it were tried.")
    if found.tried < found.known:
        print(f"There was no time for {found.known - found.tried} more.")
    if found.is_empty:
        print("Each would get what it gets now.")
    if found.is_large:
        print("That is much: look at each before you publish it.")
    for name, heading in _HEADINGS:
        rows: Sequence[Difference] = getattr(found, name)
        if rows:
            print(f"\n{heading} ({len(rows)}):")
        for row in rows:
            print(f"- [{row.question.language}] {row.question.text}")
            print(f"    of {row.question.entry}: {_words(row.before)}", end="")
            print(f" -> {_words(row.after)}")


def _words(told: Told) -> str:
    if told.verdict == "answer":
        return told.entry
    near = f", nearest {told.entry}" if told.entry else ""
    return f"{'a choice' if told.verdict == 'clarify' else 'no answer'}{near}"
