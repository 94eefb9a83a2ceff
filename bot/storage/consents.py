"""The words of each consent that somebody gave, as they stood then."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import select

from bot.core.languages import Language
from bot.storage.engine import Transaction
from bot.storage.office_tables import ConsentTextRow
from bot.storage.upserts import insert_into

_TABLE: Final = ConsentTextRow.__table__


def keep_text(
    session: Transaction, version: str, language: Language, text: str, now: datetime
) -> None:
    """Keep the words of a version; later calls change nothing."""
    values = {
        "version": version,
        "language": language,
        "text": text,
        "first_used_at": now,
    }
    session.execute(insert_into(session, _TABLE).on_conflict_do_nothing(), values)


def text_of(session: Transaction, version: str) -> str | None:
    """Return the words of a version, or None."""
    statement = select(_TABLE.c.text).where(_TABLE.c.version == version)
    found: str | None = session.execute(statement).scalar_one_or_none()
    return found
