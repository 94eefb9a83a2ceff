"""Leases: one gateway works on a thing, and another takes over if it dies."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from bot.storage.tables import LeaseRow
from bot.storage.upserts import insert_into

_TABLE = LeaseRow.__table__
# What the gateway takes for a conversation: to answer, to send, to ask by a template.
_KINDS = ("in", "out", "asked")


def take_lease(
    session: Session, name: str, holder: str, now: datetime, until: datetime
) -> bool:
    """Take or renew a lease and return whether the holder has it now."""
    values = {"name": name, "holder": holder, "until": until}
    insert = insert_into(session, _TABLE).values(values)
    statement = insert.on_conflict_do_update(
        index_elements=[_TABLE.c.name],
        set_={"holder": holder, "until": until},
        where=(_TABLE.c.until < now) | (_TABLE.c.holder == holder),
    )
    return bool(session.execute(statement).rowcount)


def give_back_lease(session: Session, name: str, holder: str) -> None:
    """Let others have it at once."""
    session.execute(
        delete(LeaseRow)
        .where(LeaseRow.name == name, LeaseRow.holder == holder)
        .execution_options(synchronize_session=False)
    )


def forget_leases_of(session: Session, conversations: Sequence[str]) -> None:
    """Remove what tells that somebody worked on a conversation, or asked its person."""
    names = [f"{kind}:{name}" for kind in _KINDS for name in conversations]
    session.execute(
        delete(LeaseRow)
        .where(LeaseRow.name.in_(names))
        .execution_options(synchronize_session=False)
    )


def forget_leases_before(session: Session, moment: datetime) -> None:
    """Remove what dead gateways left."""
    session.execute(delete(LeaseRow).where(LeaseRow.until < moment))
