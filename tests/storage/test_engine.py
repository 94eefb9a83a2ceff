"""Tables are as the models say, files are private, errors tell no values."""

from __future__ import annotations

import os
import sqlite3
import stat
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import delete, insert, inspect, select, text, update
from sqlalchemy.exc import SQLAlchemyError

from bot.__main__ import main
from bot.core.errors import StorageError
from bot.settings import PROJECT_ROOT, Settings, load_settings
from bot.storage import outbox
from bot.storage.conversations import find_conversation, start_conversation
from bot.storage.engine import Storage, open_storage, upgrade
from bot.storage.keys import content_cipher, derived_key, internal_secret
from bot.storage.office_tables import AuditRow
from bot.storage.tables import Base, ConversationRow, OutboxRow
from tests.builders import NOON
from tests.storage.conftest import CONVERSATION

# SQLite makes it by itself.
COUNTERS = "sqlite_sequence"
MIGRATIONS = PROJECT_ROOT / "bot" / "storage" / "migrations"


@pytest.fixture
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The data folder of an installation run from the command line."""
    folder = tmp_path / "installed"
    monkeypatch.setenv("DATA_DIR", str(folder))
    monkeypatch.setenv("DATABASE_URL", "")
    monkeypatch.setenv("SECRET_KEY", "")
    before = os.umask(0o022)
    yield folder
    os.umask(before)


def mode(path: Path) -> int:
    """Return who may do what with a file."""
    return stat.S_IMODE(path.stat().st_mode)


def _is_ours(name: str | None, _kind: str, _parents: object) -> bool:
    return name != COUNTERS


def test_the_migrations_make_the_tables_of_the_models(storage: Storage) -> None:
    with storage.engine.connect() as connection:
        options = {"compare_type": True, "include_name": _is_ours}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []


def test_the_migrations_make_every_table(storage: Storage) -> None:
    made = set(inspect(storage.engine).get_table_names())
    assert made == {*Base.metadata.tables, "alembic_version", COUNTERS}


def test_the_migrations_have_one_last_step() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert len(ScriptDirectory.from_config(config).get_heads()) == 1


def test_an_upgrade_of_present_tables_keeps_what_is_in_them(
    started: Storage, settings: Settings
) -> None:
    upgrade(settings)
    with started.begin() as session:
        assert find_conversation(session, CONVERSATION) is not None


def test_messages_of_an_older_installation_keep_their_numbers(
    storage: Storage, settings: Settings
) -> None:
    _migrate(storage, command.downgrade, "0007")
    with storage.begin() as session:
        outbox.post(session, CONVERSATION, "whatsapp_cloud", {"body": "words"}, NOON)
        session.execute(update(OutboxRow).values(id=41))
    upgrade(settings)
    with storage.begin() as session:
        kept = outbox.oldest_unsent(session, CONVERSATION)
        assert kept is not None
        assert (kept.id, kept.content) == (41, {"body": "words"})
        session.execute(delete(OutboxRow))
        outbox.post(session, CONVERSATION, "whatsapp_cloud", {}, NOON)
        assert session.execute(select(OutboxRow.id)).scalar_one() == 42


def _migrate(storage: Storage, go: Callable[[Config, str], None], to: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with storage.engine.begin() as connection:
        config.attributes["connection"] = connection
        go(config, to)


def test_files_of_an_installation_are_for_their_owner_only(
    data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["keys", "rotate"]) == 0
    internal_secret(load_settings())
    storage = open_storage(load_settings())
    with storage.begin() as session:
        start_conversation(session, CONVERSATION, "web", "en", NOON)
    modes = {path.name: mode(path) for path in data_folder.iterdir()}
    storage.close()
    assert modes == {
        "content.keys": 0o400,
        "rights_desk.db": 0o600,
        "rights_desk.db-shm": 0o600,
        "rights_desk.db-wal": 0o600,
        "secret.key": 0o400,
    }
    assert mode(data_folder) == 0o700


def test_the_files_of_keys_are_private_whatever_the_process_allows(
    data_folder: Path,
) -> None:
    installed = load_settings()
    internal_secret(installed)
    content_cipher(installed)
    assert {path.name: mode(path) for path in data_folder.iterdir()} == {
        "content.keys": 0o400,
        "secret.key": 0o400,
    }


def test_a_rotation_of_keys_says_how_many_rows_it_wrote(
    data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["keys", "rotate"])
    assert capsys.readouterr().out.startswith("0 rows written anew")


def test_an_error_of_the_database_tells_no_values(started: Storage) -> None:
    row = {"id": CONVERSATION, "channel": "secret-channel", "owner": "bot"}
    moments = {"created_at": NOON, "last_message_at": NOON}
    with pytest.raises(SQLAlchemyError) as raised, started.engine.begin() as connection:
        connection.execute(insert(ConversationRow), {**row, **moments})
    assert "secret-channel" not in str(raised.value)
    assert CONVERSATION not in str(raised.value)


def test_an_error_of_the_database_leaves_the_storage_as_its_kind_only(
    started: Storage,
) -> None:
    with pytest.raises(StorageError) as raised, started.begin() as session:
        start_conversation(session, CONVERSATION, "web", "en", NOON)
    assert str(raised.value) == "IntegrityError"


def test_a_database_that_cannot_be_opened_is_told_not_to_answer(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'missing' / 'desk.db'}"
    given = {"DATA_DIR": str(tmp_path / "var"), "DATABASE_URL": address}
    broken = open_storage(load_settings(given))
    assert not broken.is_answering()
    with pytest.raises(StorageError):
        upgrade(load_settings(given))


def test_an_open_database_answers(storage: Storage) -> None:
    assert storage.is_answering()


def test_the_secret_of_an_installation_stays_the_same(settings: Settings) -> None:
    assert internal_secret(settings) == internal_secret(settings)


def test_keys_differ_by_purpose_and_by_secret(settings: Settings) -> None:
    other = settings.copy(update={"SECRET_KEY": "x" * 32})
    keys = {
        derived_key(settings, "internal"),
        derived_key(settings, "tokens"),
        derived_key(other, "internal"),
    }
    assert len(keys) == 3


@pytest.mark.parametrize(
    "change", ["UPDATE audit SET detail = 'x'", "DELETE FROM audit"]
)
def test_the_audit_can_be_added_to_only(storage: Storage, change: str) -> None:
    row = AuditRow(at=NOON, action="request_viewed", subject="4F2K", detail="")
    with storage.begin() as session:
        session.add(row)
    with pytest.raises(StorageError), storage.begin() as session:
        session.execute(text(change))
    with storage.read() as session:
        assert session.execute(text("SELECT detail FROM audit")).scalar_one() == ""


def test_while_the_database_is_locked_writers_give_up_soon_and_readers_go_on(
    started: Storage, settings: Settings
) -> None:
    def write() -> float:
        begun = time.monotonic()
        with pytest.raises(StorageError), started.begin() as session:
            start_conversation(session, "c" * 32, "web", "en", NOON)
        return time.monotonic() - begun

    other = sqlite3.connect(settings.DATA_DIR / "rights_desk.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with ThreadPoolExecutor(8) as pool:
        writers = [pool.submit(write) for _ in range(8)]
        time.sleep(0.1)
        begun = time.monotonic()
        assert started.is_answering()
        assert time.monotonic() - begun < 0.5
        assert max(writer.result() for writer in writers) < 3
    other.close()
