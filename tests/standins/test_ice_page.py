"""The present sheet is found on ICE's page, whatever its address looks like."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone

import httpx
import pytest

from bot.commands import agreements
from bot.services.agreement_page import FoundSheet, PageProblem, fetch_sheet
from bot.settings import Settings
from bot.storage.engine import Storage, open_storage, upgrade
from tests.sheets import Line, lines, workbook
from tests.standins.ice_page import FOLDER, NUMBERED, PAGE, IcePage
from tests.standins.serving import local_client, serve

TODAY = datetime.now(timezone.utc).date()
NAME = f"participatingAgencies{TODAY:%m%d%Y}am.xlsx"
SHEET = workbook(lines(20))
PENDING = f"pendingAgencies{TODAY:%m%d%Y}am.xlsx"


@pytest.fixture
def site() -> IcePage:
    """ICE's site."""
    return IcePage()


@pytest.fixture
def served(site: IcePage) -> Iterator[str]:
    """The address of the site."""
    with serve(site.app()) as url:
        yield url


@pytest.fixture
def storage(settings: Settings) -> Iterator[Storage]:
    """An open database."""
    upgrade(settings)
    opened = open_storage(settings)
    yield opened
    opened.close()


def fetch(url: str) -> FoundSheet:
    """Fetch the sheet from the stand-in."""
    with local_client(timeout=5) as client:
        return fetch_sheet(client, url)


def problem(url: str) -> str:
    """Return why no sheet was fetched."""
    with pytest.raises(PageProblem) as caught:
        fetch(url)
    return str(caught.value)


@pytest.mark.parametrize("number", [None, 4711], ids=["by name", "by number"])
def test_the_sheet_is_found_by_name_or_by_number(
    site: IcePage, served: str, number: int | None
) -> None:
    site.offer(PENDING, b"pending", number and number - 1)
    site.offer(NAME, SHEET, number)
    found = fetch(served)
    assert (found.name, found.data) == (NAME, SHEET)
    assert found.address.startswith(f"{served}{FOLDER if number is None else NUMBERED}")


@pytest.mark.parametrize(
    "name",
    [
        "participatingAgencies04212026 am 12.15.07 AM.xlsx",
        "ParticipatingAgency091826am.xlsx",
        "287gParticipatingAgencies091526pm.xlsx",
    ],
)
def test_every_name_that_was_seen_is_found(
    site: IcePage, served: str, name: str
) -> None:
    site.offer(name, SHEET, 5)
    assert fetch(served).name == name


def test_the_site_is_asked_no_more_than_needed_and_under_our_name(
    site: IcePage, served: str
) -> None:
    site.offer(NAME, SHEET)
    fetch(served)
    assert site.asked == ["/robots.txt", PAGE, f"{FOLDER}{NAME}"]
    assert site.agents == {"RightsDesk"}


@pytest.mark.parametrize(
    "robots",
    [
        "User-agent: *\nDisallow: /\n",
        "User-agent: RightsDesk\nDisallow: /\n",
        f"User-agent: *\nDisallow: {PAGE}\n",
        f"User-agent: *\nDisallow: {FOLDER}\n",
    ],
)
def test_what_robots_txt_forbids_is_not_fetched(
    site: IcePage, served: str, robots: str
) -> None:
    site.robots = robots
    site.offer(NAME, SHEET)
    assert "robots.txt" in problem(served)
    assert f"{FOLDER}{NAME}" not in site.asked


def test_no_robots_txt_forbids_nothing(site: IcePage, served: str) -> None:
    site.statuses["/robots.txt"] = 404
    site.offer(NAME, SHEET)
    assert fetch(served).data == SHEET


@pytest.mark.parametrize(
    ("statuses", "words"),
    [
        ({"/robots.txt": 503}, "robots.txt answered with 503"),
        ({PAGE: 403}, "status 403"),
        ({PAGE: 500}, "status 500"),
        ({f"{FOLDER}{NAME}": 404}, "no sheet"),
    ],
)
def test_a_site_that_does_not_answer_is_told(
    site: IcePage, served: str, statuses: dict[str, int], words: str
) -> None:
    site.offer(NAME, SHEET)
    site.statuses = statuses
    assert words in problem(served)


def test_a_page_without_the_sheet_is_told(site: IcePage, served: str) -> None:
    site.offer(PENDING, b"pending")
    site.offer(PENDING, b"pending", 7)
    assert "no sheet of participating agencies" in problem(served)


@pytest.mark.parametrize(
    "away",
    [
        "https://www.ice.gov.evil.example/a.xlsx",
        "//127.0.0.1:1/participatingAgencies01012026.xlsx",
        "file:///etc/passwd",
    ],
)
def test_nothing_is_fetched_from_another_site(
    site: IcePage, served: str, away: str
) -> None:
    site.offer(NAME, SHEET)
    site.moved[f"{FOLDER}{NAME}"] = away
    assert "another site" in problem(served)


def test_a_page_that_moved_within_the_site_is_found(site: IcePage, served: str) -> None:
    site.offer(NAME, SHEET)
    site.moved[f"{FOLDER}{NAME}"] = f"{FOLDER}new/{NAME}"
    site.files[f"{FOLDER}new/{NAME}"] = SHEET
    assert fetch(served).data == SHEET


def test_going_round_in_circles_ends(site: IcePage, served: str) -> None:
    site.moved[PAGE] = PAGE
    assert "without end" in problem(served)


def test_a_file_too_large_is_not_read_to_the_end(site: IcePage, served: str) -> None:
    site.offer(NAME, bytes(21_000_000))
    assert "larger than" in problem(served)


def test_a_slow_site_is_given_up(site: IcePage, served: str) -> None:
    site.offer(NAME, SHEET)
    moments = iter([0.0, 1.0, 2.0, *[500.0] * 9])
    with local_client() as client, pytest.raises(PageProblem, match="too slow"):
        fetch_sheet(client, served, lambda: next(moments))


def test_a_site_that_is_not_there_is_told() -> None:
    assert "was not reached (ConnectError)" in problem("http://127.0.0.1:9")


def test_update_makes_the_sheet_of_the_page_current(
    site: IcePage, served: str, storage: Storage, capsys: pytest.CaptureFixture[str]
) -> None:
    site.offer(NAME, SHEET, 11)
    assert agreements.update(storage, lambda: fetch(served)) == 0
    said = capsys.readouterr().out
    assert f"found {NAME}" in said
    assert f"20 agreements of 20 agencies, as of {TODAY}" in said
    assert agreements.update(storage, lambda: fetch(served)) == 0
    assert "Nothing new" in capsys.readouterr().out


def test_update_asks_to_look_when_a_state_vanished(
    site: IcePage, served: str, storage: Storage, capsys: pytest.CaptureFixture[str]
) -> None:
    site.offer(NAME, workbook([*lines(20), Line(state="MARYLAND")]))
    agreements.update(storage, lambda: fetch(served))
    site.files[f"{FOLDER}{NAME}"] = SHEET
    assert agreements.update(storage, lambda: fetch(served)) == agreements.LOOK
    assert "MD has no agreement any more; it had 1." in capsys.readouterr().out


def test_update_refuses_a_wrong_sheet_on_the_page(
    site: IcePage, served: str, storage: Storage, capsys: pytest.CaptureFixture[str]
) -> None:
    site.offer(NAME, SHEET)
    agreements.update(storage, lambda: fetch(served))
    site.files[f"{FOLDER}{NAME}"] = workbook(lines(4))
    assert agreements.update(storage, lambda: fetch(served)) == agreements.REFUSED
    assert "Only 4 rows, after 20" in capsys.readouterr().err


def test_without_a_base_only_ice_is_asked() -> None:
    asked = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return httpx.Response(404)

    with (
        httpx.Client(transport=httpx.MockTransport(answer)) as client,
        pytest.raises(PageProblem),
    ):
        fetch_sheet(client)
    assert asked == ["https://www.ice.gov/robots.txt", f"https://www.ice.gov{PAGE}"]
