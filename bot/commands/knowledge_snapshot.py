"""python -m bot knowledge snapshot: keeps this month's copy of all texts."""

from __future__ import annotations

from datetime import datetime, timezone

from bot.commands.knowledge_desk import Desk, open_desk
from bot.services.snapshots import kept, take_snapshot
from bot.settings import load_settings


def snapshot(only_list: bool) -> int:
    """Keep the month's copy if there is none, or list those that are kept.

    Raises:
        StorageError: the database does not answer.
    """
    settings = load_settings()
    with open_desk(settings, datetime.now(timezone.utc)) as desk:
        if only_list:
            return _print_kept(desk)
        month = f"{desk.today:%Y-%m}"
        if take_snapshot(desk.storage, settings.KNOWLEDGE_DIR, desk.now, month):
            print(f"All texts as they stand are kept for {month}.")
        else:
            print(f"{month} has its copy already; a copy is never changed.")
    return 0


def _print_kept(desk: Desk) -> int:
    copies = kept(desk.storage)
    for each in copies:
        day = f"{each.taken_at:%Y-%m-%d}"
        print(f"{each.month}  taken {day}  {each.entries} entries  {each.sha256[:16]}")
    if not copies:
        print("None is kept yet.")
    return 0
