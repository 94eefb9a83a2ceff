"""Trying a question, the monthly copies, and a page quick enough to type in."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from starlette.applications import Starlette

from bot.gateway.world import World
from bot.services.snapshots import take_snapshot
from bot.settings import Settings
from tests.gateway.console_people import ADDRESS, StaffBrowser
from tests.gateway.knowledge.programs import use_program
from tests.gateway.knowledge_pages import (
    ENTRY,
    PAGE,
    open_form,
)

pytestmark = pytest.mark.asyncio
HTMX = {"HX-Request": "true"}


async def test_a_question_is_tried_and_told_why(
    app: Starlette, editor: StaffBrowser, tmp_path: Path
) -> None:
    use_program(app, tmp_path, "print(json.dumps(tried))")
    page = await editor.send("/knowledge/try", {"question": "what is a <bond>"})
    assert page.status_code == 200
    assert "<q>what is a &lt;bond&gt;</q>" in page.text
    assert "<q>what is a &lt;bond</q>" in page.text
    for words in ("A bond is money.", "Certainty 0.91", "0.83", "ask_detained (0.97)"):
        assert words in page.text
    assert (await editor.send("/knowledge/try", {"question": " "})).status_code == 422


async def test_the_monthly_copies_are_listed_and_given(
    editor: StaffBrowser, world: World, settings: Settings
) -> None:
    take_snapshot(world.storage, settings.KNOWLEDGE_DIR, world.now(), "2026-07")
    page = (await editor.open("/knowledge/snapshots")).text
    assert 'href="/staff/knowledge/snapshots/2026-07.zip"' in page
    given = await editor.open("/knowledge/snapshots/2026-07.zip")
    assert given.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(given.content)) as copy:
        assert any(name.endswith(f"{ENTRY}.en.md") for name in copy.namelist())
    for month in ("2026-06", "2026-13", "x"):
        path = f"/knowledge/snapshots/{month}.zip"
        assert (await editor.open(path)).status_code == 404


async def test_the_page_of_an_entry_is_not_too_slow_to_type_in(
    editor: StaffBrowser,
) -> None:
    fields = await open_form(editor)
    given = {**fields, "questions_en": "\n".join(f"question {n}" for n in range(300))}
    page = await editor.send(f"{PAGE}/check", given, **HTMX)
    assert page.status_code == 200
    assert ADDRESS not in page.text
