"""Decides when staff are told of the knowledge folder: faults, entries to review."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from bot.core.errors import Fault
from bot.knowledge.base import KnowledgeBase
from bot.services.golden import Verdict
from bot.storage import notices, seen
from bot.storage.engine import Transaction

FAULTY: Final = "knowledge_faulty"
REVIEW: Final = "review_due"
REFUSED: Final = "retraining_refused"
_MONDAY: Final = 0


def post_faults(session: Transaction, faults: Sequence[Fault], now: datetime) -> bool:
    """Post that files have faults, once for each set of faults; return whether now."""
    told = "\n".join(sorted(map(str, faults)))
    return _post_once(session, FAULTY, told, now)


def post_reviews(
    session: Transaction, knowledge: KnowledgeBase, today: date, now: datetime
) -> bool:
    """Post that entries wait for a look at the law; return whether now.

    On Mondays, and on the day after an entry's last day.
    """
    waiting = [
        entry.review_by
        for entry in knowledge.entries.values()
        if entry.status != "withdrawn" and entry.review_by < today
    ]
    is_new = today - timedelta(days=1) in waiting
    if not waiting or not (is_new or today.weekday() == _MONDAY):
        return False
    return _post_once(session, REVIEW, today.isoformat(), now)


def post_refusal(session: Transaction, verdict: Verdict, now: datetime) -> bool:
    """Post, once, that a newly trained model is not used; return whether now."""
    return _post_once(session, REFUSED, verdict.version, now)


def _post_once(session: Transaction, kind: str, what: str, now: datetime) -> bool:
    # Of several gateways that ask at once, one is the first.
    key = hashlib.sha256(f"{kind}:{what}".encode()).hexdigest()
    if not seen.see(session, "notices", key, now):
        return False
    notices.post(session, kind, None, now)
    return True
