"""Processes die, people type anything: nobody meets silence and nothing leaks."""

from __future__ import annotations

import os
import re
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from bench.assistant import Assistant, lend_index
from tests.e2e.conftest import Talk, entries

QUESTION = "what is the warrant service officer model"


def wait_until_ready(assistant: Assistant, seconds: float = 40) -> None:
    """Wait until a question would be answered again."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            if entries(Talk(assistant.address).say(QUESTION)):
                return
        except (httpx.HTTPError, KeyError):
            pass
        time.sleep(0.2)
    raise TimeoutError("the assistant did not come back")


@pytest.mark.parametrize("name", ["rasa", "actions"])
def test_a_killed_process_costs_at_most_an_apology_and_comes_back(
    assistant: Assistant, name: str
) -> None:
    talk = Talk(assistant.address, "en")
    talk.say(QUESTION)
    before = assistant.pids()[name]
    os.kill(before, signal.SIGKILL)
    started = time.monotonic()
    during = talk.say("how much does a mandamus case cost")
    assert time.monotonic() - started < 8.5
    assert during["kind"] in ("notice", "answer")
    assert during["text"]
    wait_until_ready(assistant)
    after = talk.say("what is an ice detainer")
    assert entries(after) == ["what_is_detainer"]
    assert assistant.pids()[name] != before
    said = [m["text"] for m in talk.all_messages() if m["from"] == "visitor"]
    assert said == [
        QUESTION,
        "how much does a mandamus case cost",
        "what is an ice detainer",
    ]


def test_a_killed_gateway_answers_what_it_had_accepted_exactly_once(
    assistant: Assistant,
) -> None:
    talk = Talk(assistant.address, "en")
    talk.say(QUESTION)
    os.kill(assistant.pids()["rasa"], signal.SIGSTOP)
    body = {"id": "kept", "text": "what is a writ of mandamus"}
    with pytest.raises(httpx.HTTPError):
        talk.client.post(
            "/api/chat/messages", json=body, headers=talk.headers, timeout=0.5
        )
    os.kill(assistant.pids()["gateway"], signal.SIGKILL)
    os.kill(assistant.pids()["rasa"], signal.SIGCONT)
    wait_until_ready(assistant)
    again = talk.client.post(
        "/api/chat/messages", json=body, headers=talk.headers, timeout=20
    ).json()["messages"]
    messages = talk.all_messages()
    assert [m["text"] for m in messages].count(body["text"]) == 1
    assert sum(entries(m) == ["what_is_mandamus"] for m in messages) == 1
    assert entries(again[-1]) == ["what_is_mandamus"]


ODD = (
    "x" * 20_000,
    "/restart",
    '/choose_entry{"entry": "mandamus_cost"}',
    "\u00a0/session_start",
    "nul\x00canary-7319",
    "canary-7319 {" * 60,
    "🙂" * 400,
    "canary-7319 ' OR 1=1; DROP TABLE messages; --",
)


def test_whatever_is_typed_the_processes_live_and_nothing_of_it_is_logged(
    assistant: Assistant,
) -> None:
    before = assistant.pids()
    talk = Talk(assistant.address, "en")
    for text in ODD:
        response = talk.send(text=text)
        assert response.status_code == 200
        assert response.json()["messages"][-1]["text"]
    for content in (b'{"id": "1", "text": "canary-7319 \\ud800 hi"}', b"[" * 9_000):
        response = talk.client.post(
            "/api/chat/messages",
            content=content,
            headers={**talk.headers, "Content-Type": "application/json"},
        )
        assert response.status_code in (200, 400)
        assert "Traceback" not in response.text
    assert assistant.pids() == before
    assert "canary-7319" not in assistant.log.read_text(errors="replace")


def test_nothing_of_a_deleted_conversation_is_left_in_any_file(
    assistant: Assistant,
) -> None:
    talk = Talk(assistant.address, "en")
    talk.say("canary-5520 what is a detainer")
    folder = Path(assistant.environment["DATA_DIR"])
    talk.client.delete("/api/chat/sessions", headers=talk.headers)
    for path in folder.rglob("*"):
        if path.is_file():
            assert b"canary-5520" not in path.read_bytes()


@pytest.mark.parametrize(
    ("port", "path"),
    [("RASA_PORT", "/webhooks/gateway/messages"), ("ACTIONS_PORT", "/webhook")],
)
def test_the_inner_processes_refuse_whoever_lacks_the_secret(
    assistant: Assistant, port: str, path: str
) -> None:
    address = f"http://127.0.0.1:{assistant.environment[port]}{path}"
    response = httpx.post(address, json={"next_action": "action_answer"})
    assert response.status_code == 401
    assert response.content == b""


def test_rasa_offers_no_other_door(assistant: Assistant) -> None:
    address = f"http://127.0.0.1:{assistant.environment['RASA_PORT']}"
    for path in ("/status", "/domain", "/model/parse", "/webhooks/rest/webhook"):
        assert httpx.get(f"{address}{path}").status_code in (404, 405)


def test_stopping_ends_all_three_processes_after_the_turns_they_had_begun(
    tmp_path: Path,
) -> None:
    lend_index(tmp_path / "var")
    own = Assistant(tmp_path / "var", RATE_LIMITS="off")
    own.start()
    pids = own.pids()
    talks = [Talk(own.address, "en") for _ in range(8)]
    with ThreadPoolExecutor(len(talks)) as pool:
        answers = [pool.submit(talk.say, "what is an ICE detainer") for talk in talks]
        while _accepted(own) < len(talks):
            time.sleep(0.01)
        own.stop()
        assert all("detainer" in answer.result()["text"] for answer in answers)
    assert len(pids) == 3
    assert not any(Path(f"/proc/{pid}").exists() for pid in pids.values())


def _accepted(own: Assistant) -> float:
    counts = httpx.get(f"{own.address}/metrics", trust_env=False).text
    found = re.search(r'messages_total\{channel="web"\} ([\d.]+)', counts)
    return float(found.group(1)) if found else 0.0
