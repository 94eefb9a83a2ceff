"""The owners of entries are seen and added in the console."""

from __future__ import annotations

import subprocess

import pytest

from bot.gateway.world import World
from bot.settings import Settings
from tests.builders import edit
from tests.gateway.console_people import StaffBrowser
from tests.gateway.knowledge.test_registers import noted, text_of

pytestmark = pytest.mark.asyncio


async def test_an_owner_is_added_by_a_reviewer_and_committed(
    editor: StaffBrowser, reviewer: StaffBrowser, settings: Settings, world: World
) -> None:
    folder = settings.KNOWLEDGE_DIR
    for command in ("init -q", "add -A ."):
        subprocess.run(["git", *command.split()], cwd=folder, check=True)
    refused = await editor.send("/knowledge/owners", {"owner": "appeals"})
    assert refused.status_code == 403
    page = await reviewer.send("/knowledge/owners", {"owner": "appeals"}, follow=True)
    assert "Added." in page.text
    assert "appeals" in text_of(settings, "office.yml")
    assert noted(world)[0] == ("owner_added", "appeals")
    log = subprocess.run(
        ["git", "log", "-1", "--format=%an|%s"],
        cwd=folder, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert log.strip() == "Reviewer Person|knowledge: owner added: appeals"
    again = await reviewer.send("/knowledge/owners", {"owner": "appeals"})
    assert (again.status_code, "already" in again.text) == (409, True)
    wrong = await reviewer.send("/knowledge/owners", {"owner": "a: [b"})
    assert wrong.status_code == 422


async def test_owners_that_are_no_list_are_told_and_not_written_over(
    reviewer: StaffBrowser, settings: Settings, world: World
) -> None:
    edit(settings.KNOWLEDGE_DIR / "office.yml", "owners:\n- intake", "owners: intake")
    before = text_of(settings, "office.yml")
    page = await reviewer.send("/knowledge/owners", {"owner": "appeals"})
    assert (page.status_code, "owners: no list." in page.text) == (422, True)
    assert text_of(settings, "office.yml") == before
    world.shelf.look()
    assert [fault.file for fault in world.shelf.faults] == ["knowledge/office.yml"]
