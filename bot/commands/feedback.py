"""python -m bot feedback: which answers help and which do not, worst first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.table import Table

from bot.core.feedback import worst_first
from bot.settings import load_settings
from bot.storage import feedback
from bot.storage.engine import Storage, open_storage, upgrade


def print_votes() -> int:
    """Print the votes on each entry, and how many shared questions there are."""
    with _storage() as storage, storage.read() as session:
        tallies = worst_first(feedback.count_votes(session))
        shared = feedback.count_shared_questions(session)
    console = Console(highlight=False)
    if tallies:
        table = Table("entry", "language")
        table.add_column("up", justify="right")
        table.add_column("down", justify="right")
        for tally in tallies:
            table.add_row(tally.entry, tally.language, str(tally.up), str(tally.down))
        console.print(table)
    else:
        console.print("No votes yet.")
    console.print(
        f"Shared questions waiting to be read: {shared}"
        + (" (python -m bot feedback --questions)" if shared else "")
    )
    return 0


def print_questions() -> int:
    """Print the questions that visitors let the office read, oldest first."""
    with _storage() as storage, storage.read() as session:
        questions = feedback.shared_questions(session)
    for question in questions:
        thumb = "up" if question.helpful else "down"
        day = question.at.date().isoformat()
        print(f"{day}  {question.entry} ({question.language}, {thumb})")
        print(f"    {question.words}")
    if not questions:
        print("No shared questions.")
    return 0


@contextmanager
def _storage() -> Iterator[Storage]:
    settings = load_settings()
    upgrade(settings)
    storage = open_storage(settings)
    try:
        yield storage
    finally:
        storage.close()
