"""python -m bot eval: asks the running assistant every message of a file and counts."""

from __future__ import annotations

import json
import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import httpx
from rich.console import Console
from rich.table import Table

from bot.core.errors import BotError
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.loader import load_knowledge
from bot.services.replies import PERSON
from bot.settings import load_settings

OUTCOMES: Final = ("right", "offered", "referred", "refused", "wrong")
_ANSWERING: Final = frozenset({"answer", "emergency"})


@dataclass(frozen=True)
class Result:
    """What one message got, and how that is to be judged."""

    row: dict[str, Any]
    kind: str
    entries: tuple[str, ...]
    options: tuple[str, ...]
    outcome: str

    @property
    def section(self) -> str:
        """In which table the row counts."""
        if self.row.get("accept"):
            return "answerable" if self.row["accept_known"] else "no entry yet"
        return "outside, near miss" if self.row.get("near_miss") else "outside"


def evaluate(files: list[Path], address: str | None = None) -> dict[str, list[Result]]:
    """Print the tables and the wrong ones; return the results of each file.

    Raises:
        BotError: the assistant does not run.
    """
    settings = load_settings()
    knowledge = load_knowledge(settings.KNOWLEDGE_DIR)
    console = Console(width=140)
    address = address or f"http://127.0.0.1:{settings.PORT}"
    every: dict[str, list[Result]] = {}
    with httpx.Client(base_url=address, timeout=20, trust_env=False) as client:
        for path in files:
            lines = path.read_text(encoding="utf-8").splitlines()
            rows = [json.loads(line) for line in lines if line.strip()]
            try:
                results = [ask_row(client, row, knowledge) for row in rows]
            except httpx.HTTPError:
                raise BotError(
                    f"Nobody answers at {address}. First: make run"
                ) from None
            console.print(_table(path.name, results))
            _print_wrong(console, results)
            every[path.name] = results
    return every


def ask_row(
    client: httpx.Client, row: dict[str, Any], knowledge: KnowledgeBase
) -> Result:
    """Return what a message gets in a fresh conversation."""
    known = [entry for name in row.get("accept", []) if (entry := knowledge.find(name))]
    row = {**row, "accept_known": sorted({entry.id for entry in known})}
    started = client.post("/api/chat/sessions", json={"language": row.get("lang")})
    token = started.raise_for_status().json()["token"]
    response = client.post(
        "/api/chat/messages",
        json={"id": str(uuid.uuid4()), "text": row["q"]},
        headers={"Authorization": f"Bearer {token}"},
    )
    message = response.raise_for_status().json()["messages"][-1]
    entries = tuple(answer["entry"] for answer in message["answers"])
    options = tuple(option["entry"] for option in message["options"])
    outcome = judge(row, message["kind"], entries, options)
    return Result(row, message["kind"], entries, options, outcome)


def judge(
    row: dict[str, Any], kind: str, entries: tuple[str, ...], options: tuple[str, ...]
) -> str:
    """Return right, offered, referred, refused or wrong.

    A message that nothing answers is right when it is refused, offered when
    choices are shown, wrong when it is answered.
    """
    accepted = set(row["accept_known"])
    if accepted & set(entries):
        return "right"
    if kind in _ANSWERING:
        return "wrong"
    if not row.get("accept"):
        return "offered" if kind == "clarify" else "right"
    if accepted & set(options):
        return "offered"
    offers_person = kind in ("no_answer", "handoff") or PERSON in options
    if row.get("ok_to_refer") and offers_person:
        return "referred"
    return "refused"


def _table(title: str, results: Iterable[Result]) -> Table:
    counts: Counter[tuple[str, str]] = Counter()
    totals: Counter[str] = Counter()
    emergencies: Counter[str] = Counter()
    for result in results:
        for section in (
            result.section,
            f"{result.section}, {result.row.get('lang', '?')}",
        ):
            counts[section, result.outcome] += 1
            totals[section] += 1
            emergencies[section] += result.kind == "emergency"
    table = Table(title=title)
    for column in ("messages", "n", *OUTCOMES, "emergency"):
        table.add_column(column, justify="left" if column == "messages" else "right")
    for section in sorted(totals):
        n = totals[section]
        cells = [f"{100 * counts[section, outcome] / n:.1f} %" for outcome in OUTCOMES]
        table.add_row(section, str(n), *cells, str(emergencies[section]))
    return table


def _print_wrong(console: Console, results: Iterable[Result]) -> None:
    for result in results:
        if result.section == "no entry yet" or result.outcome not in (
            "wrong",
            "refused",
        ):
            continue
        got = ", ".join(result.entries or result.options) or "-"
        wanted = ", ".join(result.row["accept_known"]) or "(refuse)"
        console.print(
            f"{result.outcome}: {result.row.get('id', '')} {result.row['q'][:90]!r}: "
            f"{result.kind} {got}; wanted {wanted}",
            highlight=False,
            markup=False,
        )
