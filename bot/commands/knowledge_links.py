"""python -m bot knowledge links: asks every address that our answers name."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable
from typing import Final

import httpx

from bot.commands.preview import no_such_entry
from bot.knowledge.loader import load_knowledge
from bot.services.link_check import (
    DEAD,
    TIMEOUT,
    Checked,
    LinkChecker,
    Verdict,
    links_of,
)
from bot.settings import load_settings

_WORDS: Final[dict[Verdict, str]] = {
    "works": "works",
    "moved": "MOVED for good",
    "refused": "refuses programs: open it by hand",
    "gone": "GONE",
    "fails": "FAILS at the moment",
    "unreachable": "NOT REACHED",
}
_PROBLEMS: Final = {
    "ConnectError": "no connection, or no such site",
    "ConnectTimeout": "no answer in time",
    "ReadTimeout": "no answer in time",
}


def links(entry_id: str | None) -> int:
    """Ask the addresses of all entries or of one; return 1 if one leads nowhere."""
    knowledge = load_knowledge(load_settings().KNOWLEDGE_DIR)
    entry = knowledge.find(entry_id) if entry_id else None
    if entry_id and entry is None:
        return no_such_entry(entry_id, knowledge)
    wanted = links_of(knowledge, entry)
    print(f"asking {len(wanted)} addresses, each site once a second ...", flush=True)
    with httpx.Client(timeout=TIMEOUT, trust_env=False) as client:
        checker = LinkChecker(client, time.monotonic, time.sleep)
        return tell(checker.check(wanted))


def tell(checked: Iterable[Checked]) -> int:
    """Print what is to be looked at, as it comes; return 1 if one leads nowhere."""
    counts: Counter[Verdict] = Counter()
    for each in checked:
        counts[each.verdict] += 1
        if each.verdict != "works":
            print(_line(each), flush=True)
    said = ", ".join(f"{count} {_WORDS[name]}" for name, count in counts.most_common())
    print(said or "There are no addresses.")
    return 1 if DEAD & set(counts) else 0


def _line(each: Checked) -> str:
    status = f" ({each.status})" if each.status else ""
    problem = _PROBLEMS.get(each.problem, each.problem)
    lines = [f"{_WORDS[each.verdict]}{status}: {each.link.address}"]
    if each.final != each.link.address:
        lines.append(f"    leads to {each.final}")
    if problem:
        lines.append(f"    {problem}")
    lines.append(f"    stands in {', '.join(each.link.places)}")
    return "\n".join(lines)
