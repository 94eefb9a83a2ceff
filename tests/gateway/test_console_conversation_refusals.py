"""What staff typed is never lost, and nobody does here what they may not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from bot.core.errors import StorageError
from bot.core.staff import ROLES, Role, Staff
from bot.gateway.console import conversation
from bot.storage import (
    conversations,
    staff,
)
from tests.conftest import FakeClock
from tests.gateway import conversation_desk
from tests.gateway.conversation_desk import (
    CHAT,
    Desk,
    box,
    words_of,
)
from tests.live_office import (
    ANA,
    LUZ,
    send_request,
)

# Fixtures are found by name in the module of a test.
empty = conversation_desk.empty
desk = conversation_desk.desk
whatsapp = conversation_desk.whatsapp

pytestmark = pytest.mark.asyncio


async def test_of_two_people_the_second_is_told_and_loses_no_word(desk: Desk) -> None:
    ana, luz = desk.sign_in(ANA), desk.sign_in(LUZ)
    await ana.press("take")
    refused = await luz.press("take", text="Mis palabras")
    assert refused.status_code == 409
    assert "otra persona la tomó" in words_of(refused.text)
    assert box(refused.text) == "Mis palabras"
    assert desk.owner() == ANA.id


async def test_a_reply_without_the_conversation_comes_back_to_the_box(
    desk: Desk,
) -> None:
    refused = await desk.sign_in(ANA).press("reply", text="Kept\nwords", send="1")
    assert refused.status_code == 409
    assert box(refused.text) == "Kept\nwords"
    assert [who for who, _ in desk.said()] == ["visitor"]


@pytest.mark.parametrize("text", ["", "  \n ", "a" * 2001])
async def test_what_cannot_be_sent_is_told(desk: Desk, text: str) -> None:
    ana = desk.sign_in(ANA)
    await ana.press("take")
    refused = await ana.press("reply", text=text, send="1")
    assert refused.status_code == 422
    assert box(refused.text).strip() == text.strip()
    assert len(desk.said()) == 2


async def test_handing_back_waits_for_unsent_words(desk: Desk) -> None:
    ana = desk.sign_in(ANA)
    await ana.press("take")
    refused = await ana.press("hand-back", text="Not sent")
    assert (refused.status_code, box(refused.text)) == (422, "Not sent")
    assert desk.owner() == ANA.id


class Wavering:
    """A database that can be read but takes nothing, or not even that."""

    def __init__(self, storage: Any, reads: bool) -> None:
        self._storage = storage
        self._reads = reads
        self.is_wavering = False

    def close(self) -> None:
        self._storage.close()

    @contextmanager
    def begin(self) -> Iterator[Any]:
        with self._storage.begin() as session:
            yield session

    @contextmanager
    def read(self) -> Iterator[Any]:
        if self.is_wavering and not self._reads:
            raise StorageError("OperationalError")
        with self._storage.read() as session:
            yield session


@pytest.mark.parametrize("reads", [True, False], ids=["can be read", "is away"])
async def test_a_database_that_fails_leaves_the_words_in_the_box(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, reads: bool
) -> None:
    ana = desk.sign_in(ANA)
    await ana.press("take")
    wavering = Wavering(desk.world.storage, reads)
    monkeypatch.setattr(desk.world, "storage", wavering)

    def fail(*_: object) -> None:
        wavering.is_wavering = True
        raise StorageError("OperationalError")

    monkeypatch.setattr(conversation.handoffs, "say", fail)
    failed = await ana.press("reply", text="Kept\nwords", send="1")
    assert failed.status_code == 503
    assert box(failed.text) == "Kept\nwords"
    assert "database did not answer" in words_of(failed.text)


async def test_a_closed_window_is_explained_with_its_end(
    whatsapp: Desk, clock: FakeClock
) -> None:
    ana = whatsapp.sign_in(ANA)
    await ana.press("take")
    assert "WhatsApp takes replies until" in words_of((await ana.look()).text)
    clock.pass_time(hours=24, minutes=1)
    ana = whatsapp.sign_in(ANA)
    refused = await ana.press("reply", text="Too late", send="1")
    assert box(refused.text) == "Too late"
    assert refused.status_code == 409
    # Noon in UTC is eight in the morning at the office.
    assert "That ended on July 21, 2026, 8:00 a.m." in words_of(refused.text)
    assert len(whatsapp.said()) == 1


async def test_without_consent_there_is_no_way_to_take_over(empty: Desk) -> None:
    with empty.world.storage.begin() as session:
        now = empty.world.now()
        conversations.start_conversation(session, CHAT, "web", "en", now)
        send_request(session, CHAT, now, agrees=False)
    ana = empty.sign_in(ANA)
    assert "Nobody can take over" in words_of((await ana.look()).text)
    assert (await ana.press("take")).status_code == 409
    assert empty.owner() is None


async def test_a_deleted_conversation_says_so(desk: Desk) -> None:
    ana = desk.sign_in(ANA)
    with desk.world.storage.begin() as session:
        conversations.delete_conversations(session, [CHAT])
    page = await ana.look()
    assert page.status_code == 200
    assert "no longer kept" in words_of(page.text)
    assert (await ana.press("take")).status_code == 409
    assert box((await ana.press("reply", text="Words", send="1")).text) == "Words"


async def test_an_unknown_request_is_not_found(desk: Desk) -> None:
    ana = desk.sign_in(ANA)
    found = await desk.opened.get(
        "/staff/requests/ZZZZ/conversation", headers=ana.headers
    )
    assert found.status_code == 404


@pytest.mark.parametrize("role", ROLES)
async def test_only_those_who_may_talk_see_it(desk: Desk, role: Role) -> None:
    with desk.world.storage.begin() as session:
        added = staff.add(session, "new", "New", role, "en", desk.world.now())
    assert added is not None
    person = Staff(added.id, "new", "New", role, "en")
    page = await desk.sign_in(person).look()
    assert page.status_code == (200 if role in ("intake", "admin") else 403)


async def test_a_form_without_its_token_does_nothing(desk: Desk) -> None:
    ana = desk.sign_in(ANA)
    assert (await ana.press("take", csrf="wrong")).status_code == 403
    assert desk.owner() is None
