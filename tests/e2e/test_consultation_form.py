"""A request arrives complete and once, whatever dies on the way; no trace is left."""

from __future__ import annotations

import os
import re
import signal
import threading
from contextlib import suppress
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from bench.assistant import Assistant, lend_index
from bot.core.consultations import Consultation
from bot.settings import PROJECT_ROOT, load_settings
from bot.storage import consultations
from bot.storage.consultations import Filters
from bot.storage.engine import open_storage
from tests.e2e.conftest import Talk
from tests.e2e.intake_walk import NAME, OTHER_SIDE, answers_near, walk

PROCESSES = ("actions", "rasa", "gateway")
NUMBER = re.compile(r"R(?:-[0-9A-Z]{4}){3}")
SOON = datetime.now(timezone.utc).date() + timedelta(days=5)
ANSWERS = answers_near(SOON)
GIVEN = {
    "place": "ny",
    "urgency": "date",
    "urgent_date": SOON.isoformat(),
    "other_side": OTHER_SIDE,
    "matter": "detained",
    "reach": "phone",
    "address": "+525551234567",
    "reach_time": "morning",
    "message_ok": "yes",
    "name": NAME,
    "spoken": "es",
    "kind": "office",
    "times": "evening",
}


def requests_of(assistant: Assistant) -> list[Consultation]:
    """Return all requests that the office has."""
    storage = open_storage(load_settings(assistant.environment))
    try:
        with storage.read() as session:
            return consultations.queue(session, Filters(), 100, 0)
    finally:
        storage.close()


def given_by(name: str, found: list[Consultation]) -> list[Consultation]:
    """Return the requests under a name."""
    return [request for request in found if request.answers.get("name") == name]


def data_of(assistant: Assistant) -> bytes:
    """Return every byte of the database's files."""
    folder = Path(assistant.environment["DATA_DIR"])
    return b"".join(path.read_bytes() for path in folder.glob("rights_desk.db*"))


def test_a_request_arrives_complete_and_urgent(assistant: Assistant) -> None:
    talk = Talk(assistant.address, "en")
    heard = walk(talk, ANSWERS, lambda asked: None)
    assert NUMBER.search(heard)
    (request,) = given_by(NAME, requests_of(assistant))
    assert dict(request.answers) == GIVEN
    assert request.is_urgent
    assert (request.channel, request.state) == ("web", "new")
    assert request.consent_version
    assert NUMBER.search(heard)[0].startswith(f"R-{request.reference}")  # type: ignore[index]


def test_what_was_answered_stands_nowhere_but_in_the_encrypted_request(
    assistant: Assistant,
) -> None:
    talk = Talk(assistant.address, "en")
    walk(talk, {**ANSWERS, "name": "Placeholder Person"}, lambda asked: None)
    typed = [m["text"] for m in talk.all_messages() if m["from"] == "visitor"]
    assert typed.count("(your answer: kept only in your request)") == 4
    # The summary shows them to the visitor, from the request itself.
    shown = [m["text"] for m in talk.all_messages() if m["from"] == "bot"]
    assert sum(OTHER_SIDE in text for text in shown) == 1
    everything = data_of(assistant) + assistant.log.read_bytes()
    for secret in (NAME, OTHER_SIDE, "5551234567", "Placeholder Person"):
        assert secret.encode() not in everything


def test_a_deleted_request_is_gone_with_its_number(assistant: Assistant) -> None:
    talk = Talk(assistant.address, "en")
    answers = {**ANSWERS, "name": "Gone Tomorrow"}
    number = NUMBER.search(walk(talk, answers, lambda asked: None))
    assert number is not None
    other = Talk(assistant.address, "en")
    shown = other.say(f"how is {number[0].lower()} doing")
    assert "was received" in shown["text"]
    sure = other.send(button=shown["buttons"][0]["id"]).json()["messages"][-1]
    done = other.send(button=sure["buttons"][0]["id"]).json()["messages"][-1]
    assert "was deleted" in done["text"]
    assert given_by("Gone Tomorrow", requests_of(assistant)) == []
    assert "no request with that number" in other.say(number[0])["text"]
    said = [m["text"] for m in other.all_messages() if m["from"] == "visitor"]
    assert not any(number[0].lower() in text.lower() for text in said)


@pytest.mark.timeout(400)
@pytest.mark.parametrize("first", range(3))
def test_a_kill_at_each_step_loses_and_doubles_nothing(
    first: int, tmp_path: Path
) -> None:
    # Three walks: in each, every step kills one process, and each time another one.
    running = start_assistant(tmp_path)
    name = f"Killed {first}"

    def kill(asked: str) -> None:
        step = list(ANSWERS).index(asked)
        pid = running.pids().get(PROCESSES[(step + first) % 3])
        if pid is not None:
            # Each question dies at another moment of its turn.
            threading.Timer(0.004 * (1 + step), end, (pid,)).start()

    try:
        talk = Talk(running.address, "en")
        heard = walk(talk, {**ANSWERS, "name": name}, kill)
        number = NUMBER.search(heard)
        assert number is not None, heard
        (request,) = requests_of(running)
        assert dict(request.answers) == {**GIVEN, "name": name}
        assert number[0].startswith(f"R-{request.reference}")
    finally:
        running.stop()


def start_assistant(folder: Path) -> Assistant:
    """Return an assistant whose processes may be killed."""
    lend_index(folder / "var")
    running = Assistant(folder / "var", PROJECT_ROOT / "models", RATE_LIMITS="off")
    running.start()
    return running


def end(pid: int) -> None:
    """Kill a process, if it still lives."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
