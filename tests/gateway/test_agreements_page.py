"""The page /agreements shows the list to anybody, to search and to cite."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, timedelta

import httpx
import pytest
import pytest_asyncio
from starlette.applications import Starlette

from bot.core.agreements import Snapshot
from bot.core.errors import ContentError, Fault
from bot.gateway import agreements_page
from bot.gateway.agreements_view import anchor_of
from bot.gateway.world import World
from tests.gateway.plain_browser import PageReader
from tests.unit.agreement_list import DATED, agreements, overrides, row

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def browser(world: World) -> AsyncIterator[httpx.AsyncClient]:
    """A browser on an application that has only this page."""
    app = Starlette(routes=agreements_page.routes)
    app.state.world = world
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://office") as c:
        yield c
    world.storage.close()


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch, world: World) -> dict[str, object]:
    """What the page finds: a list and overrides that a test may change."""
    found: dict[str, object] = {
        "list": Snapshot(1, DATED, world.now(), "list07012026.xlsx", agreements()),
        "overrides": overrides(),
    }

    def read(_root: object) -> object:
        given = found["overrides"]
        if isinstance(given, Exception):
            raise given
        return given

    monkeypatch.setattr(agreements_page, "current", lambda _session: found["list"])
    monkeypatch.setattr(agreements_page, "read_overrides", read)
    return found


async def show(browser: httpx.AsyncClient, **asked: str) -> str:
    """Return the page's HTML."""
    response = await browser.get("/agreements", params={"lang": "en", **asked})
    assert response.status_code == 200
    return response.text


async def test_the_list_is_shown_with_its_date_and_source(
    browser: httpx.AsyncClient, shelf: dict[str, object]
) -> None:
    text = PageReader(await show(browser)).text
    assert "ICE list of July 1, 2026. Source: list07012026.xlsx" in text
    assert "Cobb County Sheriff's Office" in text
    assert "does not mean that ICE cannot act" in text


async def test_the_page_speaks_spanish(
    browser: httpx.AsyncClient, shelf: dict[str, object]
) -> None:
    html = await show(browser, lang="es", state="FL")
    assert '<html lang="es">' in html
    assert "modelo de grupo operativo (Task Force)" in html
    assert "Lista de ICE del 1 de julio de 2026" in html


@pytest.mark.parametrize(
    ("asked", "agency"),
    [
        ({"q": "collier"}, "Collier County Sheriff’s Office"),
        ({"q": "condado de Collier"}, "Collier County Sheriff’s Office"),
        ({"q": "COBB so"}, "Cobb County Sheriff&#39;s Office"),
        ({"state": "nv", "q": "vegas"}, "Las Vegas Metropolitan Police Department"),
        ({"q": "luisiana"}, "Bossier Parish Sheriff&#39;s Office"),
    ],
    ids=str,
)
async def test_words_and_state_choose_the_lines(
    browser: httpx.AsyncClient,
    shelf: dict[str, object],
    asked: dict[str, str],
    agency: str,
) -> None:
    html = await show(browser, **asked)
    assert agency in html
    assert "Taft Police Department" not in html


async def test_a_line_can_be_cited_by_an_address_that_shows_it(
    browser: httpx.AsyncClient, shelf: dict[str, object]
) -> None:
    html = await show(browser, q="cobb")
    anchor = anchor_of(row("GA", "Cobb County Sheriff's Office", "JEM"))
    assert f'<tr id="{anchor}">' in html
    (address,) = [
        value
        for tag, name, value in PageReader(html).attributes
        if tag == "a" and name == "href" and value.endswith(f"#{anchor}")
    ]
    again = await browser.get(address)
    assert f'<tr id="{anchor}">' in again.text


async def test_anchors_are_found_once_each(
    browser: httpx.AsyncClient, shelf: dict[str, object]
) -> None:
    html = await show(browser, state="FL")
    ids = [
        v for tag, name, v in PageReader(html).attributes if (tag, name) == ("tr", "id")
    ]
    assert len(set(ids)) == len(ids) > 5


async def test_the_override_stands_in_place_of_the_sheets_lines(
    browser: httpx.AsyncClient, shelf: dict[str, object]
) -> None:
    html = await show(browser, state="NY")
    assert "Rensselaer County Sheriff" in html
    assert "Nassau County Police Department" not in html
    assert "A state law bars them." in html


async def test_unreadable_overrides_hide_their_states(
    browser: httpx.AsyncClient, shelf: dict[str, object]
) -> None:
    shelf["overrides"] = ContentError([Fault("overrides.yml", "NY", "bad", "Mend it.")])
    html = await show(browser)
    assert "Nassau County Police Department" not in html
    assert "Cobb County" in html


async def test_without_a_list_it_says_so_and_gives_ices_page(
    browser: httpx.AsyncClient, shelf: dict[str, object]
) -> None:
    shelf.update({"list": None, "overrides": {}})
    html = await show(browser)
    assert "I have no list of 287(g) agreements" in html
    assert 'href="https://www.ice.gov/identify-and-arrest/287g"' in html
    assert "<table>" not in html


async def test_a_list_that_is_too_old_is_not_shown(
    browser: httpx.AsyncClient, shelf: dict[str, object], world: World
) -> None:
    old = world.now().date() - timedelta(days=121)
    shelf.update(
        {
            "list": Snapshot(1, old, world.now(), "old.xlsx", agreements()),
            "overrides": {},
        }
    )
    html = await show(browser)
    assert "too long ago to say yes or no" in html
    assert "Cobb County" not in html


async def test_a_late_list_says_so_before_the_table(
    browser: httpx.AsyncClient, shelf: dict[str, object], world: World
) -> None:
    late = world.now().date() - timedelta(days=50)
    shelf["list"] = Snapshot(1, late, world.now(), "late.xlsx", agreements())
    html = await show(browser)
    assert html.index("50 days old") < html.index("<table>")


async def test_nothing_found_is_not_said_to_be_safe(
    browser: httpx.AsyncClient, shelf: dict[str, object]
) -> None:
    html = await show(browser, q="zzyzx")
    assert "No line of the list fits these words" in html


async def test_many_lines_stand_on_several_pages(
    browser: httpx.AsyncClient, shelf: dict[str, object], world: World
) -> None:
    rows = tuple(row("TX", f"Town {n:03} Police", "TFM") for n in range(120))
    shelf.update({"list": Snapshot(1, DATED, world.now(), "x", rows), "overrides": {}})
    first, last = await show(browser), await show(browser, page="3")
    assert "Town 000 Police" in first
    assert "page 1 of 3" in first
    assert 'rel="next"' in first
    assert 'rel="prev"' not in first
    assert "Town 119 Police" in last
    assert 'rel="next"' not in last


HOSTILE = [
    {"q": "<script>alert(1)</script>"},
    {"q": "a" * 5000},
    {"q": "'; DROP TABLE agreements; --"},
    {"state": "<b>"},
    {"page": "-1"},
    {"page": "9" * 400},
    {"page": "²"},
    {"lang": "../../etc"},
]


@pytest.mark.parametrize("asked", HOSTILE, ids=lambda a: str(a)[:40])
async def test_hostile_words_do_nothing(
    browser: httpx.AsyncClient, shelf: dict[str, object], asked: dict[str, str]
) -> None:
    html = await show(browser, **asked)
    assert "<script" not in html
    assert "<b>" not in html


async def test_a_link_that_is_not_ices_is_no_link(
    browser: httpx.AsyncClient, shelf: dict[str, object], world: World
) -> None:
    bad = row("TX", "Bad Police", "TFM", moa_url="javascript:alert(1)")
    shelf["list"] = Snapshot(1, DATED, world.now(), "x", (bad,))
    assert "javascript:" not in await show(browser)


async def test_what_was_searched_is_told_to_nobody(
    browser: httpx.AsyncClient, shelf: dict[str, object]
) -> None:
    response = await browser.get("/agreements?q=collier")
    assert response.headers["referrer-policy"] == "no-referrer"
    assert response.headers["cache-control"] == "no-store"


async def test_with_an_empty_database_the_page_still_stands(
    browser: httpx.AsyncClient, world: World
) -> None:
    assert date(2026, 7, 20) == world.now().date()
    html = await show(browser)
    assert "I have no list of 287(g) agreements" in html
