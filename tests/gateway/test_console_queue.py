"""The queue shows who waits, urgent ones first, and nothing a visitor typed."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from bot.core.languages import Language
from bot.gateway.console.queue import age_of, initials_of, read_reference
from bot.gateway.world import World
from tests.builders import NOON
from tests.conftest import FakeClock
from tests.gateway.console_requests import (
    ANSWERS,
    Clerk,
    actions_of,
    put_request,
    sit_down,
)
from tests.gateway.test_plain_hostile import HOSTILE, outline

pytestmark = pytest.mark.asyncio
NOTHING_FOUND = {
    "en": "There is no request with that number.",
    "es": "No hay ninguna solicitud con ese número.",
}


def shown(clerk: Clerk) -> list[str]:
    """Return the references in the list, from above."""
    links = [value for tag, name, value in clerk.page.attributes if name == "id"]
    return [id.removeprefix("request-") for id in links if id.startswith("request-")]


async def test_urgent_requests_stand_first_then_the_oldest(
    world: World, clock: FakeClock
) -> None:
    put_request(world, "2222")
    clock.pass_time(hours=1)
    put_request(world, "3333")
    clock.pass_time(hours=1)
    put_request(world, "4444", is_urgent=True)
    clerk = sit_down(world)
    assert (await clerk.open("/requests")).status_code == 200
    assert shown(clerk) == ["4444", "2222", "3333"]


async def test_a_line_tells_what_one_needs_to_choose(
    world: World, clock: FakeClock
) -> None:
    ben = sit_down(world, "ben")
    dated = {"urgency": "date", "urgent_date": "2026-07-31"}
    put_request(
        world,
        answers=dated,
        state="claimed",
        channel="whatsapp_cloud",
        language="es",
        is_urgent=True,
        holder=ben.person,
    )
    clock.pass_time(hours=2, minutes=20)
    clerk = sit_down(world)
    await clerk.open("/requests")
    matter = world.shelf.current.phrase("intake_choice_matter_mandamus", "en")
    for told in ("R-4F2K", "Urgent", "M. L.", matter, "Spanish", "2 h", "WhatsApp"):
        assert told in clerk.text
    for told in ("July 31, 2026", "Taken", "Ben"):
        assert told in clerk.text


async def test_the_list_holds_initials_and_no_other_word_of_the_visitor(
    world: World,
) -> None:
    put_request(world)
    clerk = sit_down(world)
    await clerk.open("/requests")
    for field in ("name", "address", "other_side"):
        assert ANSWERS[field] not in clerk.response.text
    assert "López" not in clerk.response.text


async def test_no_hostile_name_changes_a_tag_of_the_list(world: World) -> None:
    put_request(world)
    clerk = sit_down(world)
    await clerk.open("/requests")
    harmless = set(outline(clerk.page))
    for place, payload in enumerate(HOSTILE.values()):
        hostile = {"name": payload, "matter": payload, "urgent_date": payload}
        put_request(world, f"55{place:02}", answers=hostile)
    await clerk.open("/requests")
    assert clerk.page.tags.count("tr") == 2 + len(HOSTILE)
    assert set(outline(clerk.page)) == harmless
    for payload in HOSTILE.values():
        assert payload not in clerk.page.text


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("María de los Ángeles López", "M. L."),
        ("luz", "L."),
        ("  ana   o'neil ", "A. O."),
        ("<script>alert(1)</script>", "S."),
        ("李 小龙", "李. 小."),
        ("🙂 Ana", "A."),
        ("123", ""),
        ("", ""),
    ],
)
async def test_initials_are_letters_only(name: str, initials: str) -> None:
    assert initials_of(name) == initials


@pytest.mark.parametrize(
    ("passed", "age"),
    [
        (timedelta(seconds=-5), (0, "minutes")),
        (timedelta(minutes=59, seconds=59), (59, "minutes")),
        (timedelta(hours=1), (1, "hours")),
        (timedelta(hours=47, minutes=59), (47, "hours")),
        (timedelta(days=2), (2, "days")),
        (timedelta(days=89, hours=23), (89, "days")),
    ],
)
async def test_the_age_is_told_in_the_unit_that_fits(
    passed: timedelta, age: tuple[int, str]
) -> None:
    told = age_of(NOON, NOON + passed)
    assert (told.count, told.unit) == age


FILTERED = (
    ("", ["2222", "3333", "4444"]),
    ("?state=open", ["2222", "3333", "4444"]),
    ("?state=new", ["2222"]),
    ("?state=claimed", ["3333"]),
    ("?state=closed", ["5555"]),
    ("?state=spam", ["6666"]),
    ("?state=all", ["2222", "3333", "4444", "5555", "6666"]),
    ("?language=es", ["3333"]),
    ("?matter=delay", ["4444"]),
    ("?mine=1", ["3333"]),
    ("?mine=1&matter=delay", []),
    ("?state=draft", ["2222", "3333", "4444"]),
    ("?state=<b>&language=fr&matter='&mine=x&page=-1", ["2222", "3333", "4444"]),
    ("?page=99999", []),
    ("?page=999999999999999999999", ["2222", "3333", "4444"]),
    ("?page=²", ["2222", "3333", "4444"]),
)


async def test_filters_choose_what_is_shown(world: World, clock: FakeClock) -> None:
    clerk = sit_down(world)
    put_request(world, "2222")
    clock.pass_time(minutes=1)
    put_request(world, "3333", state="claimed", language="es", holder=clerk.person)
    clock.pass_time(minutes=1)
    put_request(world, "4444", state="scheduled", answers={"matter": "delay"})
    clock.pass_time(minutes=1)
    put_request(world, "5555", state="closed")
    clock.pass_time(minutes=1)
    put_request(world, "6666", state="spam")
    put_request(world, "7777", state="draft")
    for query, references in FILTERED:
        assert (await clerk.open(f"/requests{query}")).status_code == 200
        assert shown(clerk) == references, query


@pytest.mark.parametrize(
    ("typed", "reference"),
    [
        ("R-4F2K", "4F2K"),
        ("4f2k", "4F2K"),
        (" r 4f 2k ", "4F2K"),
        ("R–4F2K", "4F2K"),
        ("R-4F2K-7XQM-93TD", "4F2K"),
        ("4f2k7xqm93td", "4F2K"),
        ("R4F2", "R4F2"),
        ("R-R4F2", "R4F2"),
        ("4F2", None),
        ("4F2KK", None),
        ("O1IL", None),
        ("María López", None),
        ("４Ｆ２Ｋ", None),
        ("", None),
    ],
)
async def test_a_number_is_read_however_it_is_typed(
    typed: str, reference: str | None
) -> None:
    assert read_reference(typed) == reference


async def test_the_search_goes_to_the_request_of_that_number(world: World) -> None:
    put_request(world)
    clerk = sit_down(world)
    await clerk.open("/requests")
    found = await clerk.send("/requests", reference="r-4f2k")
    assert (found.status_code, found.headers["location"]) == (
        303,
        "/staff/requests/4F2K",
    )
    assert actions_of(world) == []


@pytest.mark.parametrize("language", ["en", "es"])
async def test_a_number_that_is_not_kept_is_told_kindly_and_stays_in_the_box(
    world: World, language: Language
) -> None:
    put_request(world, "7777", state="draft")
    clerk = sit_down(world, language=language)
    await clerk.open("/requests")
    calm = outline(clerk.page)
    for typed in ("R-9999", "María López", '"><script>', "7777", ""):
        answer = await clerk.send("/requests", reference=typed)
        assert answer.status_code == 404
        assert NOTHING_FOUND[language] in clerk.text
        assert clerk.page.fields["reference"] == typed
        assert clerk.page.tags.count("script") == calm.count("script")
        assert not answer.url.query


async def test_a_list_of_more_than_fifty_has_a_second_page(
    world: World, clock: FakeClock
) -> None:
    signs = "23456789AB"
    references = [f"22{one}{two}" for one in signs for two in signs][:51]
    for reference in references:
        put_request(world, reference)
        clock.pass_time(seconds=1)
    clerk = sit_down(world)
    await clerk.open("/requests?state=new")
    assert shown(clerk) == references[:50]
    links = [value for tag, name, value in clerk.page.attributes if name == "href"]
    assert "/staff/requests?state=new&page=2" in links
    await clerk.open("/requests?state=new&page=2")
    assert shown(clerk) == references[50:]
    links = [value for tag, name, value in clerk.page.attributes if name == "href"]
    assert "/staff/requests?state=new" in links
    assert "/staff/requests?state=new&page=3" not in links


async def test_the_title_counts_new_urgent_requests_only(world: World) -> None:
    put_request(world, "2222", is_urgent=True)
    put_request(world, "3333", is_urgent=True)
    put_request(world, "4444", is_urgent=True, state="claimed")
    put_request(world, "5555")
    clerk = sit_down(world)
    await clerk.open("/requests")
    title = re.search(r"<title>(.*?)</title>", clerk.response.text, re.DOTALL)
    assert title is not None
    assert "(2)" in title[1]
    assert "2 new urgent requests." in clerk.text


async def test_the_list_renews_itself_as_it_is_filtered(world: World) -> None:
    put_request(world, is_urgent=True)
    clerk = sit_down(world)
    await clerk.open("/requests?state=new&mine=1")
    renewed = {
        name: value
        for tag, name, value in clerk.page.attributes
        if tag == "section" and name.startswith("hx-")
    }
    assert renewed["hx-get"] == "/staff/requests?state=new&mine=1"
    assert renewed["hx-trigger"] == "every 10s"
    await clerk.open("/requests", **{"HX-Request": "true"})
    assert "html" not in clerk.page.tags
    assert clerk.page.tags[:2] == ["title", "section"]
    assert shown(clerk) == ["4F2K"]


async def test_the_list_can_be_told_to_stay_still(world: World) -> None:
    clerk = sit_down(world)
    await clerk.open("/requests?state=all&still=1")
    assert "hx-trigger" not in [name for _, name, _ in clerk.page.attributes]
    links = [value for _, name, value in clerk.page.attributes if name == "href"]
    assert "/staff/requests?state=all" in links


async def test_an_empty_queue_says_so_in_the_language_of_the_reader(
    world: World,
) -> None:
    clerk = sit_down(world, language="es")
    await clerk.open("/requests")
    assert "Ahora no hay nada aquí." in clerk.text


@pytest.mark.parametrize("role", ["editor", "reviewer"])
async def test_who_may_not_see_requests_sees_no_queue(world: World, role: str) -> None:
    put_request(world)
    clerk = sit_down(world, role=role)  # type: ignore[arg-type]
    assert (await clerk.open("/requests")).status_code == 403
    assert "4F2K" not in clerk.response.text
