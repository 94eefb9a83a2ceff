"""python -m bot knowledge check and report: what is wrong, how well each is found."""

from __future__ import annotations

from datetime import datetime, timezone

from rich.console import Console
from rich.table import Table

from bot.knowledge.checks import check_knowledge
from bot.settings import NLU_FOLDER, load_settings


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


def report() -> int:
    """Print how often each entry is found from its own questions, the worst first."""
    # Only the report needs the index, which takes seconds to load.
    from bot.knowledge.examples import examples_of
    from bot.knowledge.loader import load_knowledge
    from bot.knowledge.rejected import read_rejected
    from bot.services.held_out import held_out_report
    from bot.services.indexing import load_or_build_index

    settings = load_settings()
    knowledge = load_knowledge(settings.KNOWLEDGE_DIR)
    rejected = read_rejected(NLU_FOLDER)
    index = load_or_build_index(knowledge, rejected, settings.DATA_DIR / "index")
    print("asking every question with itself left out; this takes minutes ...")
    found = held_out_report(index, examples_of(knowledge, rejected))
    table = Table("entry", "questions", "first", "among three", "mostly taken for")
    for row in found:
        first = f"{100 * row.share:.0f} %"
        among = f"{100 * row.among_three / row.questions:.0f} %"
        table.add_row(row.entry, str(row.questions), first, among, row.taken_for)
    total = sum(row.questions for row in found)
    first_of_all = sum(row.first for row in found)
    Console(width=110).print(table)
    print(f"{100 * first_of_all / total:.1f} % of {total} questions come back first")
    return 0
