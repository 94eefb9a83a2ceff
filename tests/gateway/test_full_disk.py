"""A disk that is full or must not be written: reading goes on, nothing is half kept."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest
from sqlalchemy import event

from bot.gateway.world import World
from bot.settings import Settings
from tests.gateway.conftest import Visitor

pytestmark = pytest.mark.asyncio

# What SQLite then answers is what it answers on a full disk, and on a locked one.
DISKS = {"full": "max_page_count = 1", "read-only": "query_only = ON"}


@pytest.mark.parametrize("pragma", DISKS.values(), ids=DISKS)
async def test_what_cannot_be_kept_is_refused_and_what_is_kept_can_be_read(
    visitor: Visitor, world: World, settings: Settings, pragma: str
) -> None:
    await visitor.say("kept before")

    def fill(connection: Any, _record: Any) -> None:
        connection.execute(f"PRAGMA {pragma}")

    world.storage.close()
    event.listen(world.storage.engine, "connect", fill)
    answers = [await visitor.say("x " * 450, f"later {n}") for n in range(10)]
    refused = [answer for answer in answers if answer.status_code != 200]
    assert {answer.status_code for answer in refused} == {503}
    assert "Nothing was saved" in refused[0].text
    said = [m["text"] for m in await visitor.read() if m["from"] == "visitor"]
    assert said[0] == "kept before"
    assert len(said) == 1 + len(answers) - len(refused)
    assert (await visitor.browser.get("/healthz")).status_code == 200
    world.storage.close()
    with sqlite3.connect(settings.DATA_DIR / "rights_desk.db") as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
