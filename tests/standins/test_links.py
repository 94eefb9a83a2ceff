"""The addresses of our sources are asked politely, and what they give is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.core.entries import Entry
from bot.knowledge.base import KnowledgeBase
from bot.services.link_check import Checked, Link, LinkChecker, links_of
from tests.fakes import FakeTimer
from tests.standins.serving import local_client, serve


@dataclass
class Site:
    """A site whose pages give what a test says; it keeps what it was asked."""

    statuses: dict[str, int] = field(default_factory=dict)
    moved: dict[str, tuple[int, str]] = field(default_factory=dict)
    knows_head: bool = True
    asked: list[tuple[str, str]] = field(default_factory=list)

    async def answer(self, request: Request) -> Response:
        path = request.url.path
        self.asked.append((request.method, path))
        if request.method == "HEAD" and not self.knows_head:
            return Response(status_code=405)
        if path in self.moved:
            status, place = self.moved[path]
            return RedirectResponse(place, status)
        return Response("x" * 100, self.statuses.get(path, 200))


@pytest.fixture
def site() -> Site:
    """A site where everything is found."""
    return Site()


@pytest.fixture
def served(site: Site) -> Iterator[str]:
    """The address of the site."""
    route = Route("/{path:path}", site.answer, methods=["GET", "HEAD"])
    with serve(Starlette(routes=[route])) as url:
        yield url


def check(*addresses: str, timer: FakeTimer | None = None) -> list[Checked]:
    """Check addresses; waiting only moves the clock."""
    clock = timer or FakeTimer()

    def sleep(seconds: float) -> None:
        clock.seconds += seconds

    with local_client(timeout=5) as client:
        checker = LinkChecker(client, clock, sleep, schemes=("http",))
        return list(checker.check([Link(address, ("here",)) for address in addresses]))


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        (200, "works"),
        (204, "works"),
        (404, "gone"),
        (410, "gone"),
        (403, "refused"),
        (429, "refused"),
        (500, "fails"),
        (503, "fails"),
    ],
)
def test_each_answer_has_its_verdict(
    site: Site, served: str, status: int, verdict: str
) -> None:
    site.statuses["/page"] = status
    found = check(f"{served}/page")[0]
    assert (found.verdict, found.status) == (verdict, status)


def test_a_head_is_enough_where_the_page_is_there(site: Site, served: str) -> None:
    check(f"{served}/page")
    assert site.asked == [("HEAD", "/page")]


def test_a_server_that_knows_no_head_is_asked_for_the_page(
    site: Site, served: str
) -> None:
    site.knows_head = False
    assert check(f"{served}/page")[0].verdict == "works"
    assert site.asked == [("HEAD", "/page"), ("GET", "/page")]


@pytest.mark.parametrize(
    ("status", "verdict"), [(301, "moved"), (308, "moved"), (302, "works")]
)
def test_where_an_address_leads_now_is_told(
    site: Site, served: str, status: int, verdict: str
) -> None:
    site.moved["/old"] = (status, "/new")
    found = check(f"{served}/old")[0]
    assert (found.verdict, found.final) == (verdict, f"{served}/new")


def test_a_moved_page_that_is_gone_there_is_gone(site: Site, served: str) -> None:
    site.moved["/old"] = (301, "/new")
    site.statuses["/new"] = 404
    assert check(f"{served}/old")[0].verdict == "gone"


@pytest.mark.parametrize(
    ("place", "problem"),
    [
        ("/old", "sent on without end"),
        ("ftp://files.example/", "leads to an address that is not https"),
        ("file:///etc/passwd", "leads to an address that is not https"),
        ("http://[bad/", "ValueError"),
    ],
)
def test_an_address_that_leads_nowhere_is_unreachable(
    site: Site, served: str, place: str, problem: str
) -> None:
    site.moved["/old"] = (302, place)
    found = check(f"{served}/old")[0]
    assert (found.verdict, found.problem) == ("unreachable", problem)


def test_half_an_address_is_told() -> None:
    assert check("http:///page")[0].problem == "is no whole address"


def test_a_site_that_is_not_there_is_unreachable_and_the_next_is_asked(
    served: str,
) -> None:
    found = check("http://127.0.0.1:9/", f"{served}/page")
    assert [each.verdict for each in found] == ["unreachable", "works"]
    assert found[0].problem == "ConnectError"


def test_one_site_is_asked_once_a_second(site: Site, served: str) -> None:
    timer = FakeTimer()
    start = timer.seconds
    check(*(f"{served}/{number}" for number in range(5)), timer=timer)
    assert timer.seconds - start == pytest.approx(4.0)
    assert len(site.asked) == 5


def test_two_sites_do_not_wait_for_each_other(served: str) -> None:
    timer = FakeTimer()
    start = timer.seconds
    other = served.replace("127.0.0.1", "localhost")
    check(f"{served}/a", f"{other}/a", timer=timer)
    assert timer.seconds == start


def test_the_addresses_of_sources_and_of_texts_are_found_once(
    knowledge: KnowledgeBase,
) -> None:
    links = links_of(knowledge)
    assert len({link.address for link in links}) == len(links)
    everything = " ".join(link.address for link in links)
    assert all(source.url in everything for source in knowledge.sources.values())


def test_an_entry_has_its_own_addresses_only(knowledge: KnowledgeBase) -> None:
    entry = _with_address(knowledge.entries["what_is_287g"])
    found = {link.address: link.places for link in links_of(knowledge, entry)}
    assert found["https://law.example/a_b"] == ("what_is_287g",)
    urls = {knowledge.sources[key].url for key in entry.sources}
    assert set(found) == urls | {"https://law.example/a_b"}


def _with_address(entry: Entry) -> Entry:
    words = replace(
        entry.texts["en"], details="See (https://law.example/a_b). And so on."
    )
    return replace(entry, texts={**entry.texts, "en": words})
