"""python -m bot knowledge check: every fault in knowledge/, with what to do."""

from __future__ import annotations

from datetime import datetime, timezone

from bot.knowledge.checks import check_knowledge
from bot.settings import load_settings


def check(show_warnings: bool) -> int:
    """Print the faults and return 1 if there is an error, else 0."""
    settings = load_settings()
    faults = check_knowledge(settings.KNOWLEDGE_DIR, datetime.now(timezone.utc).date())
    errors = [fault for fault in faults if not fault.is_warning]
    warnings = [fault for fault in faults if fault.is_warning]
    for fault in errors:
        print(f"error: {fault}")
    if show_warnings:
        for fault in warnings:
            print(f"warning: {fault}")
    hint = "" if show_warnings or not warnings else " (--warnings lists them)"
    print(f"{len(errors)} errors, {len(warnings)} warnings{hint}")
    return 1 if errors else 0
