"""Staff note what they learned; a note that cannot be saved is not lost."""

from __future__ import annotations

import pytest

from bot.gateway.world import World
from bot.storage import notes
from tests.gateway.console_requests import (
    at_request,
    claim_at_once,
    read_kept,
    sit_down,
)

pytestmark = pytest.mark.asyncio
PAGE = "/requests/4F2K"


def notes_on(world: World) -> list[str]:
    """Return the notes that are kept of the request."""
    with world.storage.read() as session:
        kept = notes.notes_of(session, read_kept(world).id)
    return [note.text for note in kept]


async def test_a_note_is_kept_with_its_writer(world: World) -> None:
    clerk = await at_request(world)
    done = await clerk.press("note", note=" Called twice.\r\nNobody answered. ")
    assert done.status_code == 303
    assert notes_on(world) == ["Called twice.\nNobody answered."]
    await clerk.open(PAGE)
    assert "Ana, July 20, 2026, 8:00 a.m." in clerk.text
    assert clerk.page.box.strip() == ""


@pytest.mark.parametrize(
    ("text", "status", "told"),
    [
        ("x" * 2000, 303, ""),
        ("é\r\n" * 1000, 303, ""),
        ("x" * 2001, 422, "The note has 2001 characters; 2000 fit."),
        ("  \r\n ", 422, "The note is empty."),
    ],
)
async def test_a_note_has_two_thousand_characters_at_most(
    world: World, text: str, status: int, told: str
) -> None:
    clerk = await at_request(world)
    answer = await clerk.press("note", note=text)
    assert answer.status_code == status
    if told:
        assert told in clerk.text
        assert clerk.page.box.removeprefix("\n") == text
        assert notes_on(world) == []


async def test_a_note_on_what_somebody_changed_stays_in_its_box(world: World) -> None:
    clerk = await at_request(world)
    ben = sit_down(world, "ben")
    claim_at_once(world, ben.person)
    typed = "Speaks\nonly Spanish <3"
    answer = await clerk.press("note", note=typed)
    assert answer.status_code == 409
    assert clerk.page.box.removeprefix("\n") == typed
    assert "Taken" in clerk.text
    assert "Ben" in clerk.text
    assert notes_on(world) == []
    assert (await clerk.press("note", note=typed)).status_code == 303
    assert notes_on(world) == [typed]
