"""The office of the console's tests: the assistant, WhatsApp, and who works there."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from playwright.sync_api import Browser

from bench.assistant import Assistant, lend_index
from bot.core.consultations import Consultation
from bot.settings import load_settings
from bot.storage import consultations
from bot.storage.engine import open_storage
from tests.browser.conftest import DESKTOP
from tests.browser.console_staff import StaffMember
from tests.e2e.whatsapp_office import PATH, WhatsApp
from tests.standins.graph_api import GraphApi
from tests.standins.lines import MetaLine
from tests.standins.serving import serve
from tests.standins.twilio_api import TwilioApi


@contextmanager
def open_office(folder: Path, **settings: str) -> Iterator[WhatsApp]:
    """Start the three processes with WhatsApp switched on; stop them at the end."""
    lend_index(folder / "var")
    graph = GraphApi()
    with serve(graph.app()) as url:
        assistant = Assistant(
            folder / "var",
            load_settings().MODEL_DIR,
            RATE_LIMITS="off",
            PUBLIC_URL="",
            WHATSAPP_API_URL=f"{url}/v26.0",
            WHATSAPP_TOKEN=graph.token,
            WHATSAPP_APP_SECRET=graph.secret,
            WHATSAPP_VERIFY_TOKEN="our-word",
            WHATSAPP_PHONE_NUMBER_ID=graph.phone_number_id,
            **settings,
        )
        graph.webhook = f"{assistant.address}{PATH}"
        assistant.start()
        try:
            line = MetaLine(graph.secret)
            yield WhatsApp(graph, TwilioApi(), line, assistant, folder)
        finally:
            assistant.stop()


def one_time_link(assistant: Assistant, login: str, name: str, role: str) -> str:
    """Add somebody at the command line and return the link that it prints."""
    added = assistant.command("staff", "add", login, "--name", name, "--role", role)
    assert added.returncode == 0, added.stderr
    return added.stdout.split()[-1]


def hire(
    browser: Browser, assistant: Assistant, login: str, name: str, role: str
) -> StaffMember:
    """Add somebody, who joins by the one-time link and signs in."""
    context = browser.new_context(viewport=DESKTOP, accept_downloads=True)
    context.set_default_timeout(10_000)
    person = StaffMember(context.new_page(), assistant.address, login, name)
    person.join(one_time_link(assistant, login, name, role))
    person.sign_in()
    return person


def request_of(assistant: Assistant, reference: str) -> Consultation | None:
    """Return a request as the database holds it."""
    storage = open_storage(load_settings(assistant.environment))
    try:
        with storage.read() as session:
            return consultations.find_by_reference(session, reference)
    finally:
        storage.close()


def database_files(assistant: Assistant) -> bytes:
    """Return every byte of the database's files."""
    folder = Path(assistant.environment["DATA_DIR"])
    return b"".join(path.read_bytes() for path in folder.glob("rights_desk.db*"))


def kept_answers(assistant: Assistant, reference: str) -> bytes:
    """Return the answers of a request as they lie in the database, encrypted."""
    file = Path(assistant.environment["DATA_DIR"]) / "rights_desk.db"
    asked = "select content from consultations where reference = ?"
    with closing(sqlite3.connect(file)) as database:
        (kept,) = database.execute(asked, (reference,)).fetchone()
    return kept if isinstance(kept, bytes) else str(kept).encode()
