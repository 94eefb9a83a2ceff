"""python -m bot knowledge due: which entries somebody must look at again, and who."""

from __future__ import annotations

from datetime import datetime, timezone

from bot.knowledge.loader import load_knowledge
from bot.services.due import Due, due_entries, late_and_approved
from bot.settings import load_settings


def due(days: int) -> int:
    """Print what is due by owner; 1 if visitors read an approved text that is late."""
    knowledge = load_knowledge(load_settings().KNOWLEDGE_DIR)
    today = knowledge.desk.local(datetime.now(timezone.utc)).date()
    found = due_entries(knowledge, today, days)
    owner = ""
    for each in found:
        if each.entry.owner != owner:
            owner = each.entry.owner
            print(f"{owner}:")
        print(f"  {each.entry.review_by}  {each.entry.id}  ({_when(each)})")
    late = [each for each in found if each.days < 0]
    print(f"{len(found)} due within {days} days, {len(late)} of them late.")
    approved = late_and_approved(found)
    if approved:
        print(f"{len(approved)} late ones are approved: check the law, then run")
        print("python -m bot knowledge reviewed ID --by LOGIN")
    return 1 if approved else 0


def _when(due: Due) -> str:
    late = -due.days
    when = f"{late} days late" if late > 0 else f"in {due.days} days"
    kinds = [when, due.entry.status, *(["changes often"] if due.entry.volatile else [])]
    return ", ".join(kinds)
