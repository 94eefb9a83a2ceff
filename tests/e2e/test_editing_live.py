"""Staff change, break and withdraw files while visitors ask: nobody meets a fault."""

from __future__ import annotations

import random
import re
import shutil
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from bench.assistant import Assistant, lend_index
from bot.settings import PROJECT_ROOT
from tests.builders import edit
from tests.content.corruptions import CORRUPTIONS, corrupt
from tests.e2e.conftest import Talk, entries

QUESTION = "what is a 287(g) agreement"
ENTRY = "287g/what_is_287g.en.md"
LOOK_SECONDS = 2.0
VERSIONS = 40
_MARK = re.compile(r"\[v(\d+)\]")
_A_SECOND = 10


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the knowledge folder that may be spoilt."""
    copy = tmp_path_factory.mktemp("edited") / "knowledge"
    shutil.copytree(PROJECT_ROOT / "knowledge", copy)
    return copy


@pytest.fixture(scope="module")
def edited(folder: Path) -> Iterator[Assistant]:
    """The assistant on that folder."""
    data = folder.parent / "var"
    lend_index(data)
    running = Assistant(
        data, PROJECT_ROOT / "models", RATE_LIMITS="off", KNOWLEDGE_DIR=str(folder)
    )
    running.start()
    yield running
    running.stop()


def _seconds_until(is_so: Callable[[], bool], at_most: float) -> float:
    started = time.monotonic()
    while time.monotonic() - started < at_most:
        if is_so():
            return time.monotonic() - started
        time.sleep(0.05)
    return at_most


def _faults(assistant: Assistant) -> list[str]:
    found = httpx.get(f"{assistant.address}/readyz", timeout=20, trust_env=False)
    faults: list[str] = found.json()["knowledge"]["faults"]
    return faults


def test_a_changed_text_is_answered_within_two_seconds(
    edited: Assistant, folder: Path
) -> None:
    talk = Talk(edited.address, "en")
    title = talk.say(QUESTION)["answers"][0]["title"]
    edit(folder / ENTRY, f"# {title}", f"# {title} Again")
    ends = f"{title} Again"
    seconds = _seconds_until(
        lambda: talk.say(QUESTION)["answers"][0]["title"] == ends, at_most=10
    )
    assert seconds <= LOOK_SECONDS


def test_the_delay_check_asks_in_the_changed_words(
    edited: Assistant, folder: Path
) -> None:
    talk = Talk(edited.address, "en")
    talk.say("take me through the delay check")
    edit(folder / "phrases/delay.en.yml", "Who has the case now?", "Whose is it now?")
    time.sleep(LOOK_SECONDS)
    assert "Whose is it now?" in talk.say("my green card application")["text"]


def test_a_new_question_is_understood_within_ten_seconds(
    edited: Assistant, folder: Path
) -> None:
    asked = "does the blue heron pact cover plover patrols"
    talk = Talk(edited.address, "en")
    assert entries(talk.say(asked)) != ["model_tribal"]
    lines = "".join(f"  - {start}{asked}\n" for start in ("", "tell me, ", "so "))
    edit(folder / "287g/model_tribal.en.md", "questions:\n", f"questions:\n{lines}")
    seconds = _seconds_until(
        lambda: entries(Talk(edited.address, "en").say(asked)) == ["model_tribal"],
        at_most=60,
    )
    assert seconds <= 10


def test_a_withdrawn_entry_is_offered_nowhere_within_two_seconds(
    edited: Assistant, folder: Path
) -> None:
    path = folder / "mandamus/mandamus_requirements.en.md"
    edit(path, "status: draft", "status: withdrawn")
    talk = Talk(edited.address, "en")
    time.sleep(LOOK_SECONDS)
    for question in ("what must i prove for mandamus", "what is mandamus"):
        message = talk.say(question)
        related = [one for a in message["answers"] for one in a.get("related", [])]
        shown = [*entries(message), *(o["entry"] for o in message["options"])]
        shown += [one["entry"] if isinstance(one, dict) else one for one in related]
        assert "mandamus_requirements" not in shown
    edit(path, "status: withdrawn", "status: draft")


class Visitors:
    """Ask ten questions a second and keep whatever was wrong with the answers."""

    def __init__(self, address: str) -> None:
        self.wrong: list[str] = []
        self.asked = 0
        self.versions: set[str] = set()
        self._address = address
        self._stop = threading.Event()
        self._threads = [
            threading.Thread(target=self._ask) for _ in range(_A_SECOND // 2)
        ]

    def __enter__(self) -> Visitors:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _ask(self) -> None:
        talk = Talk(self._address, "en")
        while not self._stop.wait(0.4):
            self.asked += 1
            try:
                response = talk.send(text=QUESTION)
            except httpx.HTTPError as error:
                self.wrong.append(type(error).__name__)
                continue
            if response.status_code != 200:
                self.wrong.append(f"status {response.status_code}")
            else:
                self._look_at(response.json()["messages"][-1])

    def _look_at(self, message: dict[str, Any]) -> None:
        if entries(message) != ["what_is_287g"]:
            self.wrong.append(f"{message['kind']}: {entries(message)}")
            return
        answer = message["answers"][0]
        texts = [answer[part] for part in ("title", "short", "details", "next_step")]
        marks = [found for text in texts for found in _MARK.findall(text)]
        if len(set(marks)) != 1 or len(marks) != len(texts):
            self.wrong.append(f"versions {marks}")
        self.versions.update(marks)


def _write_version(path: Path, plain: str, number: int) -> None:
    mark = f"[v{number}]"
    head, title, rest = plain.partition("\n# ")
    first, _, body = rest.partition("\n")
    body = body.replace("\n\n## More\n", f" {mark}\n\n## More\n{mark} ")
    body = body.replace("\n## Next step\n", f"\n## Next step\n{mark} ")
    text = f"{head}{title}{first} {mark}\n{body}"
    # As an editor writes: the file is empty for a moment.
    path.write_text(text, encoding="utf-8")


def test_two_hundred_corruptions_under_load_reach_no_visitor_and_each_is_named(
    edited: Assistant, folder: Path
) -> None:
    chance = random.Random(7)  # noqa: S311 - the same at every run
    path = folder / ENTRY
    plain = path.read_text(encoding="utf-8")
    _write_version(path, plain, 0)
    time.sleep(LOOK_SECONDS)
    unnamed = []
    with Visitors(edited.address) as visitors:
        for number in range(1, VERSIONS + 1):
            _write_version(path, plain, number)
            spoilt = _spoil_five(folder, chance)
            time.sleep(1.2)
            unnamed += _unnamed(edited, spoilt)
            for mend in spoilt.values():
                mend()
    path.write_text(plain, encoding="utf-8")
    assert visitors.wrong == []
    assert unnamed == []
    assert len(visitors.versions) > 0.75 * VERSIONS
    # Five to a version: a slow machine asks less often, but never stops asking.
    assert visitors.asked > 5 * VERSIONS
    assert _seconds_until(lambda: _faults(edited) == [], at_most=5) < 5


def _unnamed(assistant: Assistant, spoilt: Iterable[str]) -> list[str]:
    def left() -> list[str]:
        named = " ".join(_faults(assistant))
        return [one for one in spoilt if f"/{one}." not in named]

    _seconds_until(lambda: not left(), at_most=5)
    return left()


def _spoil_five(folder: Path, chance: random.Random) -> dict[str, Callable[[], None]]:
    spoilt: dict[str, Callable[[], None]] = {}
    while len(spoilt) < 5:
        entry, mend = corrupt(folder, chance, CORRUPTIONS)
        if entry in spoilt or entry == "what_is_287g":
            mend()
        else:
            spoilt[entry] = mend
    return spoilt
