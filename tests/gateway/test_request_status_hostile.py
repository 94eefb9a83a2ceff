"""The page /request tells nobody of a request who does not have its whole number."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.core.languages import LANGUAGES, Language
from bot.gateway.rate_limits import RateLimits
from bot.gateway.world import World
from bot.services.request_codes import code_of
from bot.storage.keys import derived_key
from tests.fakes import FakeTimer
from tests.gateway.plain_browser import PageReader
from tests.gateway.request_browser import (
    NEIGHBOUR,
    WAITING,
    WRONG,
    RequestBrowser,
    bring_to,
    count,
    database_away,
    opened_page,
    send,
)
from tests.storage.office_requests import begin

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def visitor(world: World) -> AsyncIterator[RequestBrowser]:
    """A visitor who has opened the page in English."""
    async with opened_page(world) as opened:
        yield opened
    world.storage.close()


WRONG_NUMBERS = {
    "unknown": "R-9999-9999-9999",
    "right reference, wrong rest": WRONG,
    "reference only": "R-4F2K",
    "no number": "where is it",
    "nothing": "",
    "markup": '"><script>alert(1)</script>',
    "very long": "7" * 5000,
    "hidden signs": "\u202e\x00\u200b",
}


@pytest.mark.parametrize("typed", WRONG_NUMBERS.values(), ids=WRONG_NUMBERS)
async def test_every_wrong_number_gets_the_very_same_answer(
    visitor: RequestBrowser, world: World, typed: str, caplog: pytest.LogCaptureFixture
) -> None:
    send(world)
    await visitor.look("R-2222-2222-2222")
    expected = visitor.response
    await visitor.open()
    with caplog.at_level(logging.DEBUG):
        await visitor.look(typed)
    assert visitor.response.status_code == expected.status_code == 404
    assert visitor.response.text == expected.text
    assert visitor.response.headers == expected.headers
    if typed:
        said = f"{visitor.response.headers} {visitor.response.url} {caplog.text}"
        assert typed not in said


@pytest.mark.parametrize("action", ["calendar", "delete", "delete_now", "look"])
async def test_a_wrong_number_opens_no_button_either(
    visitor: RequestBrowser, world: World, action: str
) -> None:
    send(world)
    form = {"number": WRONG, "step": "sure", "language": "en", "action": action}
    response = await visitor.browser.post("/request", data=form)
    assert response.status_code == 404
    assert WRONG not in response.text
    assert count(world) == 1


async def test_a_draft_is_not_found(visitor: RequestBrowser, world: World) -> None:
    key = derived_key(world.settings, "requests")
    with world.storage.begin() as session:
        name = begin(session)
    await visitor.look(code_of(name, "4F2K", key))
    assert visitor.response.status_code == 404


async def test_the_eleventh_try_of_a_minute_is_refused_and_the_number_not_tried(
    visitor: RequestBrowser, world: World
) -> None:
    timer = FakeTimer()
    world.limits = RateLimits(timer)
    _, number = send(world)
    for _ in range(10):
        await visitor.open()
        await visitor.look(WRONG)
        assert visitor.response.status_code == 404
    await visitor.open()
    page = await visitor.look(number)
    assert visitor.response.status_code == 429
    assert visitor.response.headers["retry-after"] == "6"
    assert "wait 1 min" in page.by_id["newest"]
    assert WAITING not in page.text
    assert page.fields["number"] == number
    timer.seconds += 6
    page = await visitor.look(number)
    assert WAITING in page.text


async def test_buttons_count_as_tries_too(
    visitor: RequestBrowser, world: World
) -> None:
    world.limits = RateLimits(FakeTimer())
    form = {"number": WRONG, "step": "sure", "language": "en"}
    actions = ["calendar", "delete", "delete_now", "look", "switch"] * 2 + ["look"]
    answers = [
        await visitor.browser.post("/request", data={**form, "action": action})
        for action in actions
    ]
    assert [answer.status_code for answer in answers] == [404] * 10 + [429]


async def test_a_network_gets_a_hundred_tries_and_then_few(
    visitor: RequestBrowser, world: World
) -> None:
    timer = FakeTimer()
    world.limits = RateLimits(timer)
    passed = 0
    for _ in range(200):
        form = {"number": WRONG, "action": "look"}
        response = await visitor.browser.post("/request", data=form)
        if response.status_code == 429:
            break
        passed += 1
        timer.seconds += 6
    # In these twenty minutes one more has grown after the hundred.
    assert 100 <= passed <= 102
    assert int(response.headers["retry-after"]) > 200


async def test_another_network_is_not_held_up(
    visitor: RequestBrowser, world: World
) -> None:
    world.limits = RateLimits(FakeTimer())
    _, number = send(world)
    for _ in range(11):
        await visitor.browser.post("/request", data={"number": WRONG})
    async with opened_page(world, NEIGHBOUR) as neighbour:
        page = await neighbour.look(number)
    assert WAITING in page.text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_database_that_is_away_is_told_and_the_number_stays(
    visitor: RequestBrowser, world: World, language: Language
) -> None:
    _, number = send(world)
    await visitor.open(language)
    with database_away(world):
        page = await visitor.look(number)
    assert visitor.response.status_code == 503
    assert visitor.response.headers["retry-after"].isdigit()
    said = {"en": "Nothing was changed", "es": "No se cambió nada"}
    assert said[language] in page.by_id["newest"]
    assert page.fields["number"] == number


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"\xff=%ff", "application/x-www-form-urlencoded", 400),
        (b"number=1&number=2", "application/x-www-form-urlencoded", 400),
        (b"{}", "application/json", 415),
        (b"number=" + b"7" * 300_000, "application/x-www-form-urlencoded", 413),
    ],
    ids=["no letters", "twice", "JSON", "too large"],
)
async def test_what_is_no_form_is_refused_in_a_page(
    visitor: RequestBrowser, content: bytes, kind: str, status: int
) -> None:
    headers = {"Content-Type": kind, "Accept-Language": "es"}
    response = await visitor.browser.post("/request", content=content, headers=headers)
    assert response.status_code == status
    page = PageReader(response.text)
    assert "Eso no se pudo leer." in page.by_id["newest"]


async def test_a_form_of_a_foreign_website_is_refused(
    visitor: RequestBrowser, world: World
) -> None:
    _, number = send(world)
    response = await visitor.browser.post(
        "/request",
        data={"number": number, "action": "delete_now"},
        headers={"Origin": "https://evil.example"},
    )
    assert response.status_code == 403
    assert count(world) == 1


async def test_a_number_in_the_address_is_not_taken(
    visitor: RequestBrowser, world: World
) -> None:
    _, number = send(world)
    response = await visitor.browser.get(f"/request?number={number}")
    assert response.status_code == 200
    assert number not in response.text


async def test_no_answer_is_kept_by_the_browser_and_none_sets_a_cookie(
    visitor: RequestBrowser, world: World
) -> None:
    answers = [visitor.response]
    number = bring_to(world, "scheduled")
    for action, typed in (("look", number), ("calendar", number), ("delete", number)):
        await visitor.press(action, number=typed)
        answers.append(visitor.response)
    await visitor.open()
    await visitor.look(WRONG)
    answers.append(visitor.response)
    for answer in answers:
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert "set-cookie" not in answer.headers
        assert "script" not in answer.text.casefold()
        assert str(answer.url).startswith("http://office/request")
