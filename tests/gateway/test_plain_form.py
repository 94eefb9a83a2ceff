"""The form of the page /chat: what it keeps to itself, and what it says only once."""

from __future__ import annotations

from itertools import pairwise

import httpx
import pytest
import pytest_asyncio

from bot.gateway.world import World
from bot.storage.conversations import count_conversations
from tests.gateway.conftest import FakeRasa
from tests.gateway.plain_browser import PlainBrowser

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def plain(client: httpx.AsyncClient) -> PlainBrowser:
    """A visitor who has opened the plain page in English."""
    browser = PlainBrowser(client)
    await browser.open("?lang=en")
    return browser


def count(world: World) -> int:
    """Return how many conversations are kept."""
    with world.storage.read() as session:
        return count_conversations(session)


async def test_the_token_stands_in_no_address_and_in_no_cookie(
    plain: PlainBrowser,
) -> None:
    page = await plain.send(text="hello")
    token = page.fields["token"]
    addresses = [v for _, name, v in page.attributes if name in ("href", "action")]
    assert len(token) == 43
    assert plain.response.text.count(token) == 1
    assert not any(token in address for address in addresses)
    assert token not in str(plain.response.headers)
    assert "set-cookie" not in plain.response.headers
    assert "location" not in plain.response.headers


async def test_no_page_is_stored_and_none_runs_or_styles_anything_inline(
    plain: PlainBrowser,
) -> None:
    for page in (await plain.open(), await plain.send(text="hello")):
        assert plain.response.headers["cache-control"] == "no-store"
        assert not {"script", "style", "iframe", "img"} & set(page.tags)
        assert "style" not in {name for _, name, _ in page.attributes}
        assert not {n for _, n, _ in page.attributes if n.startswith("on")}


async def test_a_browser_names_its_origin_when_it_sends_this_form(
    plain: PlainBrowser,
) -> None:
    # Under no-referrer it would send "Origin: null", which the guard refuses.
    assert plain.response.headers["referrer-policy"] == "same-origin"
    form = plain.filled(text="hello")
    own = {"Origin": "http://office"}
    allowed = await plain.browser.post("/chat", data=form, headers=own)
    foreign = await plain.browser.post(
        "/chat", data=form, headers={"Origin": "https://evil.example"}
    )
    assert (allowed.status_code, foreign.status_code) == (200, 403)


async def test_the_same_first_form_twice_is_one_conversation_with_one_answer(
    plain: PlainBrowser, rasa: FakeRasa, world: World
) -> None:
    form = plain.filled(text="once")
    first, second = await plain.post(form), await plain.post(form)
    assert first.fields["token"] == second.fields["token"]
    assert first.text == second.text
    assert (len(rasa.asked), count(world)) == (1, 1)


async def test_the_same_later_form_twice_is_answered_once(
    plain: PlainBrowser, rasa: FakeRasa
) -> None:
    await plain.send(text="first")
    form = plain.filled(text="once")
    first, second = await plain.post(form), await plain.post(form)
    assert first.text == second.text
    assert len(rasa.asked) == 2


async def test_an_old_form_with_other_words_is_another_question(
    plain: PlainBrowser, rasa: FakeRasa
) -> None:
    await plain.send(text="first")
    form = plain.filled(text="second")
    await plain.post(form)
    page = await plain.post({**form, "text": "third, after the Back button"})
    assert [text for _, text, _ in rasa.asked][1:] == [
        "second",
        "third, after the Back button",
    ]
    assert "third, after the Back button" in page.text


async def test_another_visitor_on_the_same_first_form_gets_a_conversation_of_their_own(
    plain: PlainBrowser, world: World
) -> None:
    form = plain.filled(text="my secret")
    await plain.post(form)
    page = await plain.post({**form, "text": "hello"})
    assert "my secret" not in page.text
    assert count(world) == 2


async def test_every_form_has_an_id_of_its_own(plain: PlainBrowser) -> None:
    ids = {(await plain.open()).fields["message_id"] for _ in range(3)}
    assert len(ids) == 3


async def test_the_way_out_comes_first_and_promises_no_more_than_it_keeps(
    plain: PlainBrowser,
) -> None:
    page = plain.page
    reached = [
        (tag, name, value)
        for tag, name, value in page.attributes
        if tag in ("a", "button", "textarea")
    ]
    assert reached[0] == ("a", "href", "https://www.weather.gov")
    assert "history still keeps the address" in page.by_id["history"]


async def test_headings_labels_and_landmarks_are_there(plain: PlainBrowser) -> None:
    page = await plain.send(text="cost")
    levels = [int(tag[1]) for tag in page.tags if tag in ("h1", "h2", "h3", "h4", "h5")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert ("label", "for", "text") in page.attributes
    assert page.tags.count("main") == 1


async def test_the_stylesheet_of_the_page_is_served(plain: PlainBrowser) -> None:
    response = await plain.browser.get("/static/plain.css")
    assert response.headers["content-type"].startswith("text/css")
