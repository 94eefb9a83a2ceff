"""Opens the database and brings its tables to the present shape."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import QueuePool

from bot.core.errors import StorageError
from bot.settings import Settings
from bot.storage.keys import content_cipher
from bot.storage.types import encryptor

# What begin() and read() yield; only this package knows SQLAlchemy's own name for it.
Transaction = Session
logger: Final = logging.getLogger(__name__)
_BUSY_SECONDS: Final = 1.0
_READING: Final = "rights_desk_reading"
_MIGRATIONS: Final = Path(__file__).parent / "migrations"


class Storage:
    """The open database; hands out short transactions."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._sessions = sessionmaker(engine, future=True, expire_on_commit=False)
        self._is_sqlite = engine.dialect.name == "sqlite"
        self._turn = threading.Lock()

    @contextmanager
    def begin(self) -> Iterator[Session]:
        """Yield a session in a transaction that commits when the block ends well.

        Raises:
            StorageError: the database did not answer; nothing was saved.
        """
        try:
            with self._own_turn(), self._sessions.begin() as session:
                yield session
        except SQLAlchemyError as error:
            # The driver's text can hold values: only the kind of error leaves here.
            raise StorageError(type(error).__name__) from None

    @contextmanager
    def _own_turn(self) -> Iterator[None]:
        # SQLite lets one writer in at a time and the others poll for it, which starves
        # some; within a process they queue up here instead. Not for long: whoever
        # waits has a thread that readers want.
        if not self._is_sqlite:
            yield
            return
        if not self._turn.acquire(timeout=_BUSY_SECONDS):
            raise StorageError("busy")
        try:
            yield
        finally:
            self._turn.release()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Yield a session for reading only: it never waits for writers.

        Raises:
            StorageError: the database did not answer.
        """
        try:
            with self._sessions.begin() as session:
                session.connection(execution_options={_READING: True})
                yield session
        except SQLAlchemyError as error:
            raise StorageError(type(error).__name__) from None

    def is_answering(self) -> bool:
        """Return whether the database answers right now."""
        try:
            with self.read() as session:
                session.execute(text("SELECT 1"))
        except StorageError:
            return False
        return True

    def forget_deleted(self) -> None:
        """Overwrite what SQLite still holds of deleted rows in its write-ahead log.

        The rows are gone by then: a disk that refuses is no reason to say otherwise.
        It is logged, and the next clean-up tries again.
        """
        if not self._is_sqlite:
            return
        try:
            with self.engine.connect() as connection:
                raw: Any = connection.connection
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except (SQLAlchemyError, sqlite3.Error) as error:
            logger.error("deleted rows not overwritten yet: %s", type(error).__name__)

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()


def open_storage(settings: Settings) -> Storage:
    """Return the database of an installation, with its cipher set."""
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)
    encryptor.cipher = content_cipher(settings)
    options: dict[str, Any] = {"future": True, "hide_parameters": True}
    url = settings.database_url
    if url.startswith("sqlite"):
        options["connect_args"] = {"timeout": _BUSY_SECONDS, "check_same_thread": False}
        # SQLAlchemy 1.4 would open and close the file in every transaction.
        options["poolclass"] = QueuePool
    else:
        options["pool_pre_ping"] = True
    engine = create_engine(url, **options)
    if url.startswith("sqlite"):
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return Storage(engine)


def upgrade(settings: Settings) -> None:
    """Bring the tables to the present shape.

    Raises:
        StorageError: the database did not answer.
    """
    # Only the gateway and the command line need it; it would slow all others down.
    from alembic import command
    from alembic.config import Config

    storage = open_storage(settings)
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    try:
        with storage.engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except SQLAlchemyError as error:
        raise StorageError(type(error).__name__) from None
    finally:
        storage.close()


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # pysqlite would begin transactions by itself, and too late to hold a write lock.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        f"busy_timeout={int(_BUSY_SECONDS * 1000)}",
        "secure_delete=ON",
        "foreign_keys=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Any) -> None:
    # A transaction that reads first and then writes cannot wait for another writer in
    # SQLite; one that says at once that it will write can.
    reading = connection.get_execution_options().get(_READING, False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
