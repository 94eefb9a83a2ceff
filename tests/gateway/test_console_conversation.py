"""Staff read a conversation, take it over, write in it and hand it back."""

from __future__ import annotations

import re
from html import unescape

import pytest

from bot.storage import (
    outbox,
    ownership,
)
from tests.conftest import FakeClock
from tests.gateway import conversation_desk
from tests.gateway.conversation_desk import (
    CHAT,
    FRAGMENT,
    PAGE,
    SPITE,
    Desk,
    box,
    words_of,
)
from tests.live_office import (
    ANA,
    EVA,
    LUZ,
)

# Fixtures are found by name in the module of a test.
empty = conversation_desk.empty
desk = conversation_desk.desk
whatsapp = conversation_desk.whatsapp

pytestmark = pytest.mark.asyncio


async def test_the_page_shows_what_was_said_and_who_answers(desk: Desk) -> None:
    page = (await desk.sign_in(ANA).look()).text
    assert "Is anybody there?" in page
    assert "the assistant" in words_of(page)
    assert "Take over" in page


async def test_what_a_visitor_typed_is_text_and_no_markup(desk: Desk) -> None:
    desk.visitor_says(SPITE)
    page = (await desk.sign_in(ANA).look()).text
    assert "<script>alert" not in page
    assert SPITE in unescape(page)


async def test_staff_do_not_see_the_number_that_only_the_visitor_has(
    desk: Desk,
) -> None:
    desk.assistant_says("Your number is R-4F2K-7XQM-93TD. Keep it safe.")
    words = words_of((await desk.sign_in(ANA).look()).text)
    assert "7XQM" not in words
    assert "Your number is R-…. Keep it safe." in words


async def test_every_look_is_noted_but_not_every_second(desk: Desk) -> None:
    ana = desk.sign_in(ANA)
    await ana.look()
    await ana.look("?after=0", **FRAGMENT)
    await ana.look("?after=1", **FRAGMENT)
    assert desk.looks() == 1
    await ana.look()
    assert desk.looks() == 2


async def test_only_what_is_new_comes_later(desk: Desk) -> None:
    ana = desk.sign_in(ANA)
    page = (await ana.look()).text
    found = re.search(r'hx-get="([^"]+)"', page)
    assert found is not None
    query = "?" + unescape(found[1]).split("?")[1]
    assert (await ana.look(query, **FRAGMENT)).status_code == 204
    desk.visitor_says(SPITE)
    news = (await ana.look(query, **FRAGMENT)).text
    assert "Is anybody there?" not in news
    assert SPITE in unescape(news)
    assert "<script>" not in news
    assert "after=2" in news
    assert "hx-swap-oob" not in news


async def test_a_change_of_owner_comes_later_too(desk: Desk) -> None:
    ana, luz = desk.sign_in(ANA), desk.sign_in(LUZ)
    page = (await ana.look()).text
    found = re.search(r'hx-get="([^"]+)"', page)
    assert found is not None
    await luz.press("take")
    query = "?" + unescape(found[1]).split("?")[1]
    news = (await ana.look(query, **FRAGMENT)).text
    assert 'id="state"' in news
    assert "Luz Vega" in words_of(news)
    assert "Who answers has changed." in news


async def test_take_over_reply_and_hand_back(desk: Desk) -> None:
    ana = desk.sign_in(ANA)
    assert (await ana.press("take")).status_code == 303
    assert desk.owner() == ANA.id
    sent = await ana.press("reply", text="Good day.\r\nMay I call?", send="1")
    assert (sent.status_code, sent.headers["location"]) == (303, PAGE)
    assert desk.said()[-1] == ("staff", "Good day.\nMay I call?")
    assert "Ana Ruiz, of the office" in words_of((await ana.look()).text)
    assert (await ana.press("hand-back", text="")).status_code == 303
    assert desk.owner() is None
    assert desk.said()[-1][0] == "system"


async def test_words_taken_along_stand_in_the_box_after_taking_over(
    desk: Desk,
) -> None:
    taken = await desk.sign_in(ANA).press("take", text="Begun before")
    assert taken.status_code == 200
    assert box(taken.text) == "Begun before"


async def test_a_ready_reply_goes_into_the_box_and_not_to_the_visitor(
    desk: Desk,
) -> None:
    ana = desk.sign_in(ANA)
    await ana.press("take")
    shown = await ana.press("reply", text="Good day.", canned="no_documents")
    ready = desk.world.shelf.current.canned["no_documents"]["en"]
    assert box(shown.text) == f"Good day.\n\n{ready}"
    assert len(desk.said()) == 2


async def test_an_unknown_ready_reply_changes_nothing(desk: Desk) -> None:
    ana = desk.sign_in(ANA)
    await ana.press("take")
    shown = await ana.press("reply", text="Good day.", canned="none")
    assert (shown.status_code, box(shown.text)) == (200, "Good day.")


async def test_an_admin_hands_back_what_a_colleague_left(desk: Desk) -> None:
    await desk.sign_in(ANA).press("take")
    assert (await desk.sign_in(LUZ).press("hand-back")).status_code == 409
    assert (await desk.sign_in(EVA).press("hand-back")).status_code == 303
    assert desk.owner() is None


async def test_typing_is_told_without_a_word_of_it(
    desk: Desk, clock: FakeClock
) -> None:
    ana, luz = desk.sign_in(ANA), desk.sign_in(LUZ)
    await ana.press("take")
    assert (await luz.press("typing")).status_code == 204
    with desk.world.storage.read() as session:
        found = ownership.ownership_of(session, CHAT)
        assert found is not None
        assert not found.is_typing("staff", clock())
    assert (await ana.press("typing")).status_code == 204
    with desk.world.storage.read() as session:
        found = ownership.ownership_of(session, CHAT)
    assert found is not None
    assert found.is_typing("staff", clock())
    assert 'hx-params="csrf"' in (await ana.look()).text


async def test_staff_see_what_became_of_whatsapp_messages(whatsapp: Desk) -> None:
    ana = whatsapp.sign_in(ANA)
    await ana.press("take")
    with whatsapp.world.storage.begin() as session:
        item = outbox.oldest_unsent(session, CHAT)
        assert item is not None
        outbox.set_state(session, item.id, outbox.DEAD, error=131026)
    assert "not delivered (error 131026)" in words_of((await ana.look()).text)


async def test_the_page_has_no_script_or_style_of_its_own(desk: Desk) -> None:
    ana = desk.sign_in(ANA)
    await ana.press("take")
    main = (await ana.look()).text.split("<main")[1]
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=", main)
