"""Staff import ICE's list in the console: they see what changes before it counts."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from starlette.applications import Starlette

from bot.core.languages import Language
from bot.gateway.world import World
from tests.conftest import FakeClock
from tests.gateway.console_people import StaffBrowser, browser_of
from tests.gateway.list_desk import (
    FIRST,
    NEXT,
    bring,
    confirm,
    counted,
    list_app,
    upload,
)
from tests.sheets import FOLDER, NAME, Line, workbook

pytestmark = pytest.mark.asyncio


@pytest.fixture
def app(world: World) -> Iterator[Starlette]:
    """The console with the pages of the list."""
    yield list_app(world)
    world.storage.close()


@pytest.fixture
def editor(app: Starlette, world: World) -> StaffBrowser:
    """A browser in which an editor is signed in."""
    return browser_of(app, world, "editor")


async def test_without_a_list_the_page_says_so_and_has_the_form(
    editor: StaffBrowser,
) -> None:
    page = await editor.open("/agreements")
    assert page.status_code == 200
    assert "No list was imported yet." in page.text
    assert 'enctype="multipart/form-data"' in page.text


async def test_a_sheet_shows_its_report_before_it_counts(
    editor: StaffBrowser, world: World
) -> None:
    page = await upload(editor, workbook(FIRST), follow=True)
    assert "ICE list of July 15, 2026" in page.text
    assert "32 agreements, " in page.text
    assert "Erewhon Village Police Department (NY): signed on 2016-03-19" in page.text
    assert counted(world) is None
    response = await confirm(editor, page.text)
    assert response.headers["location"] == "/staff/agreements"
    assert counted(world) == 32


async def test_the_page_shows_date_age_and_counts_by_state(
    editor: StaffBrowser,
) -> None:
    await bring(editor, FIRST)
    page = (await editor.open("/agreements")).text
    assert "ICE list of July 15, 2026" in page
    assert "5 days old" in page
    table = page.split('id="by-state"')[1].split("</table>")[0]
    rows = re.findall(r'\?state=(\w\w)#rows">([\w ]+)<.*?>(\d+)</td>', table)
    assert ("FL", "Florida", "4") in rows
    assert ("NY", "New York", "1") in rows
    assert sum(int(number) for _, _, number in rows) == 32


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (40, "visitors get answers from this list"),
        (41, "every answer begins by saying so"),
        (115, "every answer begins by saying so"),
        (116, "neither yes nor no"),
    ],
)
async def test_the_page_says_what_the_age_means(
    editor: StaffBrowser,
    app: Starlette,
    clock: FakeClock,
    world: World,
    days: int,
    words: str,
) -> None:
    await bring(editor, FIRST)
    clock.pass_time(days=days)
    later = browser_of(app, world, "reviewer")
    assert words in (await later.open("/agreements")).text


async def test_the_lines_of_a_state_stand_in_a_table(editor: StaffBrowser) -> None:
    await bring(editor, FIRST)
    page = (await editor.open("/agreements?state=NY")).text
    rows = page.split('id="rows"')[1]
    assert "Erewhon Village Police Department" in rows
    assert "no date" in rows
    assert f'href="{FOLDER}Erewhon_MOA_03192026.pdf" rel="noreferrer noopener"' in rows
    assert 'id="rows"' not in (await editor.open("/agreements?state=ZZ")).text


async def test_a_new_sheet_shows_what_it_changes(editor: StaffBrowser) -> None:
    await bring(editor, FIRST)
    rows = [FIRST[0].but(model="Warrant Service Officer"), *FIRST[2:], Line()]
    page = await upload(editor, workbook(rows), NEXT, follow=True)
    numbers = {
        kind: re.search(rf'id="{kind}">(\d+)<', page.text)[1]  # type: ignore[index]
        for kind in ("added", "removed", "changed")
    }
    assert numbers == {"added": "1", "removed": "1", "changed": "1"}
    assert "Compared with the list of July 15, 2026" in page.text
    assert "Task Force (TFM) → Warrant Service Officer (WSO)" in page.text


async def test_alarms_are_shown_with_the_report_and_on_the_page(
    editor: StaffBrowser,
) -> None:
    await bring(editor, [*FIRST, Line(state="MARYLAND")])
    page = await upload(editor, workbook(FIRST[:-1]), NEXT, follow=True)
    for text in (page.text, ""):
        if not text:
            await confirm(editor, page.text)
            text = (await editor.open("/agreements")).text
        alarms = text.split('id="alarms"')[1].split("</section>")[0]
        assert "MD has no agreement any more; it had 1." in alarms


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (FIRST[:20], "Only 20 rows, after 32"),
        ([*FIRST, Line(model="Tribal <b>")], "&#34;Tribal &lt;b&gt;&#34; is unknown"),
    ],
    ids=["too few", "unknown model"],
)
async def test_a_suspicious_sheet_is_refused_and_the_list_stays(
    editor: StaffBrowser, world: World, rows: list[Line], words: str
) -> None:
    await bring(editor, FIRST)
    response = await upload(editor, workbook(rows), NEXT)
    assert response.status_code == 422
    assert "Refused. The list before stays as it was." in response.text
    assert words in response.text
    assert "a sheet was refused" in response.text
    assert counted(world) == 32


async def test_the_same_sheet_again_is_nothing_new(editor: StaffBrowser) -> None:
    await bring(editor, FIRST)
    page = await upload(editor, workbook(FIRST), follow=True)
    assert "Nothing new: this sheet is the current list." in page.text


async def test_of_two_reports_only_the_first_can_be_confirmed(
    editor: StaffBrowser, world: World
) -> None:
    one = await upload(editor, workbook(FIRST), follow=True)
    two = await upload(editor, workbook(FIRST[:30]), NEXT, follow=True)
    assert (await confirm(editor, one.text)).status_code == 303
    assert (await confirm(editor, two.text)).status_code == 409
    assert counted(world) == 32


async def test_an_older_list_can_count_again(
    editor: StaffBrowser, world: World
) -> None:
    await bring(editor, FIRST)
    await bring(editor, FIRST[:30], NEXT)
    page = await editor.open("/agreements/1")
    await confirm(editor, page.text)
    assert counted(world) == 32


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"snapshot": "99", "follows": "0"}, 404),
        ({"snapshot": "1"}, 409),
        ({"snapshot": "x", "follows": "0"}, 409),
        ({"snapshot": "9" * 30, "follows": "0"}, 409),
        ({"snapshot": "\u0661", "follows": "0"}, 409),
    ],
)
async def test_a_list_that_is_not_there_cannot_be_made_current(
    editor: StaffBrowser, fields: dict[str, str], status: int
) -> None:
    assert (await editor.send("/agreements/current", fields)).status_code == status


@pytest.mark.parametrize("number", ["99", "9" * 30])
async def test_a_report_that_is_not_there_is_told(
    editor: StaffBrowser, number: str
) -> None:
    assert (await editor.open(f"/agreements/{number}")).status_code == 404


async def test_the_day_of_saving_counts_where_the_name_is_wrong(
    editor: StaffBrowser,
) -> None:
    name = "participatingAgencies07152025am.xlsx"
    page = await upload(
        editor, workbook(FIRST), name, follow=True, downloaded="2026-07-18"
    )
    assert "ICE list of July 18, 2026" in page.text
    assert "is far from the day it was saved" in page.text


@pytest.mark.parametrize(
    ("fields", "name", "words"),
    [
        ({"downloaded": "yesterday"}, NAME, "The day is not a date."),
        ({}, "", "Choose a file first."),
    ],
)
async def test_a_form_filled_in_wrongly_is_told(
    editor: StaffBrowser, fields: dict[str, str], name: str, words: str
) -> None:
    response = await upload(editor, b"x" if name else b"", name, **fields)
    assert response.status_code == 422
    assert words in response.text


async def test_a_form_without_a_file_part_is_told(editor: StaffBrowser) -> None:
    response = await editor.send("/agreements", {"downloaded": ""})
    assert response.status_code == 422


@pytest.mark.parametrize("language", ["en", "es"])
async def test_every_page_is_there_in_both_languages(
    app: Starlette, world: World, language: Language
) -> None:
    browser = browser_of(app, world, "admin", language=language)
    await bring(browser, [*FIRST, Line(state="MARYLAND")])
    await bring(browser, FIRST, NEXT)
    for path in ("/agreements", "/agreements?state=NY", "/agreements/1"):
        page = await browser.open(path)
        assert page.status_code == 200
        main = page.text.split("<main")[1]
        assert not re.search(r"<script|<style|\sstyle=|\son\w+=", main)
        assert ("Acuerdos 287(g)" in page.text) is (
            language == "es" and path != "/agreements/1"
        )


async def test_texts_that_win_over_the_list_are_named_with_their_review(
    editor: StaffBrowser, app: Starlette, clock: FakeClock, world: World
) -> None:
    page = (await editor.open("/agreements")).text
    assert "New York: the text kept by hand wins over the list." in page
    assert "was to be reviewed by" not in page
    clock.pass_time(days=100)
    later = browser_of(app, world, "admin")
    page = (await later.open("/agreements")).text
    assert "New Jersey: the text kept by hand was to be reviewed by" in page
