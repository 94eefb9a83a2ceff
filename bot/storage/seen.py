"""Remembers which messages came by webhook, so that each counts once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from bot.storage.tables import SeenRow
from bot.storage.upserts import insert_into


def see(session: Session, channel: str, message_key: str, now: datetime) -> bool:
    """Remember a message and return whether it is the first time."""
    values = {"channel": channel, "message_key": message_key, "at": now}
    statement = insert_into(session, SeenRow.__table__).on_conflict_do_nothing()
    return bool(session.execute(statement, values).rowcount)


def forget_seen_before(session: Session, moment: datetime) -> None:
    """Forget messages that no provider sends again."""
    session.execute(delete(SeenRow).where(SeenRow.at < moment))
