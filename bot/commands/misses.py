"""python -m bot knowledge misses: what visitors asked and did not get, in groups."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any, Final

from bot.core.misses import FEWEST_SHOWN, KEPT_DAYS
from bot.knowledge.loader import load_knowledge
from bot.services.misses import MissGroup, Overview, note_reading, overview
from bot.settings import Settings, load_settings
from bot.storage.engine import open_storage, upgrade

_SAID: Final = {
    "refused": "not answered",
    "clarified": "asked back, nothing picked",
    "thumbs_down": "thumb down",
    "handed_over": "a person was asked for",
}


def run(options: Any) -> int:
    """Print the groups of a state, those with most questions first."""
    settings = load_settings()
    found = _read(settings, options)
    for group in found.groups:
        _print_group(group)
    if not found.groups:
        print("Nothing to do.")
    print(
        f"Not shown, because fewer than {FEWEST_SHOWN} people asked: {found.rare}."
        f" Kept {KEPT_DAYS} days."
    )
    if settings.KEEP_MISSES == "off":
        print("KEEP_MISSES is off: no new questions are kept.")
    return 0


def _read(settings: Settings, options: Any) -> Overview:
    upgrade(settings)
    storage = open_storage(settings)
    try:
        knowledge = load_knowledge(settings.KNOWLEDGE_DIR)
        with storage.read() as session:
            found = overview(
                session, knowledge, state=options.state, language=options.language
            )
        if found.groups:
            note_reading(storage, None, datetime.now(timezone.utc))
        return found
    finally:
        storage.close()


def _print_group(group: MissGroup) -> None:
    kinds = ", ".join(f"{_SAID[kind]}: {number}" for kind, number in group.kinds)
    print(
        f"{group.id}  {group.count} times, last on {group.last_seen.isoformat()},"
        f" {'/'.join(group.languages)} ({kinds})"
    )
    near = group.nearest_entry or "none"
    what = "add to it" if group.suggestion == "add" else "perhaps a new entry"
    print(f"    nearest entry: {near} ({what})")
    for words in group.examples:
        print(f"    - {words}")
