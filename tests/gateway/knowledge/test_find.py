"""Entries are found and filtered; what is typed is checked, sources are picked."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from starlette.applications import Starlette

from bot.gateway.console import paging
from bot.gateway.console.knowledge_list import rank_of
from bot.gateway.world import World
from bot.services import golden
from bot.settings import Settings
from tests.gateway.console_people import StaffBrowser, browser_of
from tests.gateway.knowledge_pages import (
    ENTRY,
    PAGE,
    SHORT,
    buttons_in,
    by_hand,
    faults_at,
    file_text,
    form_in,
    open_form,
    press,
    send,
)

pytestmark = pytest.mark.asyncio
HTMX = {"HX-Request": "true"}


async def test_faults_of_the_folder_stand_on_top_of_the_list(
    editor: StaffBrowser, settings: Settings, world: World
) -> None:
    by_hand(settings, "status: draft", "status: fine")
    world.shelf.look()
    faults = (await editor.open("/knowledge")).text.split('id="folder-faults"')[1]
    assert "detained/bond_money.en.md, line 7</strong>: status" in faults
    assert "Write one of: draft" in faults


async def test_what_is_typed_is_checked_and_shown_and_kept_nowhere(
    editor: StaffBrowser, settings: Settings
) -> None:
    before = file_text(settings)
    fields = {
        **await open_form(editor),
        "label_en": "y" * 25,
        "short_es": "Una prueba.",
    }
    part = (await editor.send(f"{PAGE}/check", fields, **HTMX)).text
    assert "too long" in faults_at(part, "label_en")
    assert 'hx-swap-oob="true"' in part
    assert part.count("<p>Una prueba.</p>") == 1
    assert re.search(r"\d+ of at most 1024 characters", part)
    assert "Tell me more" in part
    assert "<html" not in part
    assert file_text(settings) == before
    assert (await open_form(editor))["short_es"] != "Una prueba."


async def test_without_scripts_a_button_checks_what_was_typed(
    editor: StaffBrowser,
) -> None:
    page = await press(editor, "look", label_en="y" * 25)
    assert page.status_code == 200
    assert buttons_in(page.text)[0] == "look"
    assert "too long" in faults_at(page.text, "label_en")
    assert form_in(page.text)["label_en"] == "y" * 25


async def test_sources_are_searched_added_sorted_and_removed(
    editor: StaffBrowser,
) -> None:
    page = await press(editor, "look", find_sources="Law 3", short_en=SHORT)
    assert "add:sources:usc-3" in buttons_in(page.text)
    for action, expected in (
        ("add:sources:usc-3", "usc-1\nusc-3"),
        ("first:sources:usc-3", "usc-3\nusc-1"),
        ("drop:sources:usc-1", "usc-3"),
        ("add:related:find_person", "usc-3"),
    ):
        page = await send(editor, action, form_in(page.text))
        assert form_in(page.text)["sources"] == expected
    assert form_in(page.text)["related"] == "find_person"
    assert form_in(page.text)["short_en"] == SHORT
    part = await editor.send(
        f"{PAGE}/pick", {**form_in(page.text), "action": "add:sources:usc-2"}, **HTMX
    )
    assert 'value="usc-3&#10;usc-2"' in part.text or "usc-3\nusc-2" in part.text
    assert part.headers["HX-Trigger-After-Swap"] == "picked"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("bond", ["bond_money"]),
        ("FIANZA migratoria", ["bond_money"]),
        ("jail_hold", ["jail_hold"]),
        ("bail_price", ["bond_money"]),
        ("migrator", ["bond_money"]),
        ("igratoria", []),
        ("nothing like that", []),
    ],
)
async def test_entries_are_found_by_words_of_either_language(
    editor: StaffBrowser, words: str, found: list[str]
) -> None:
    page = await editor.send("/knowledge", {"words": words}, follow=True)
    rows = page.text.split('id="entries"')[1]
    assert re.findall(r'<a href="/staff/knowledge/(\w+)"', rows) == found
    part = await editor.send("/knowledge", {"words": words}, **HTMX)
    assert part.text.lstrip().startswith("<section")


async def test_entries_are_filtered_by_what_is_to_be_done(
    editor: StaffBrowser, settings: Settings, world: World
) -> None:
    by_hand(settings, "2027-01-15", "2026-07-19")
    await press(editor, "keep", "/knowledge/jail_hold", short_en="Another.")
    world.shelf.look()
    for given, found in (
        ({"mark": "overdue"}, ["bond_money"]),
        ({"mark": "due"}, ["find_person"]),
        ({"mark": "drafted"}, ["jail_hold"]),
        ({"group": "warrants"}, ["jail_hold", "jail_hold_nj"]),
        ({"status": "approved"}, []),
    ):
        page = await editor.send("/knowledge", given, follow=True)
        rows = page.text.split('id="entries"')[1]
        links = re.findall(r'<a href="/staff/knowledge/(\w+)"', rows)
        assert sorted(links) == found
    due = (await editor.open("/knowledge/due")).text
    assert due.index("find_person") < due.index("bond_money")


async def test_a_long_list_is_shown_in_pages_that_keep_search_and_filters(
    editor: StaffBrowser, settings: Settings, world: World, monkeypatch
) -> None:
    monkeypatch.setattr(paging, "_ON_A_PAGE", 2)

    def links(page: str) -> list[str]:
        rows = page.split('id="entries"')[1]
        return re.findall(r'<a href="/staff/knowledge/(\w+)"', rows)

    number = len(world.shelf.current.entries)
    first = (await editor.open("/knowledge")).text
    assert f"1–2 of {number}" in first
    assert 'method="get" action="/staff/knowledge#entries"' in first
    seen = links(first)
    for place in range(2, -(-number // 2) + 1):
        seen += links((await editor.open(f"/knowledge?page={place}")).text)
    assert sorted(seen) == sorted(world.shelf.current.entries)
    for given in ("999", "-1", "x", "0"):
        page = (await editor.open(f"/knowledge?page={given}")).text
        assert links(page)
    asked = {"words": "please", "page": "2"}
    found = (await editor.send("/knowledge", asked, follow=True)).text
    assert 'method="post" action="/staff/knowledge#entries"' in found
    assert '<input type="hidden" name="words" value="please">' in found
    one = (await editor.open("/knowledge?group=warrants")).text
    assert 'id="pages"' not in one


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"id": "../etc", "group": "detained"}, "Use small letters"),
        ({"id": "try", "group": "detained"}, "Use small letters"),
        ({"id": "fine", "group": "../.."}, "Choose one of the groups."),
        ({"id": ENTRY, "group": "detained"}, "of that name already"),
        ({"id": "bail_price", "group": "detained"}, "of that name already"),
        ({"id": "fine", "group": "detained", "start": "nope"}, "no entry of that name"),
    ],
)
async def test_a_new_entry_with_a_wrong_name_is_told(
    editor: StaffBrowser, fields: dict[str, str], words: str
) -> None:
    page = await editor.send("/knowledge/new", fields)
    assert page.status_code == 422
    assert words in page.text
    assert f'value="{fields["id"]}"' in page.text


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("owner", "nothing is chosen. Choose one."),
        ("label_es", "is empty. Fill it in."),
        ("questions_en", "is empty. Fill it in."),
    ],
)
async def test_an_empty_field_is_told_in_words_of_the_form(
    editor: StaffBrowser, field: str, words: str
) -> None:
    fields = {**await open_form(editor), field: ""}
    page = await editor.send(f"{PAGE}/check", fields)
    assert words in faults_at(page.text, field)
    assert "after the colon" not in page.text


@pytest.mark.parametrize(
    ("action", "changes", "is_unkept"),
    [
        ("look", {"short_en": SHORT}, True),
        ("look", {}, False),
        ("publish", {"short_en": ""}, False),
        ("return", {"short_en": SHORT}, True),
    ],
)
async def test_a_form_that_came_back_says_whether_its_words_are_kept(
    editor: StaffBrowser, action: str, changes: dict[str, str], is_unkept: bool
) -> None:
    page = await press(editor, action, **changes)
    form = page.text.split('id="entry-form"')[1].split(">")[0]
    assert (" data-unkept" in form) is is_unkept


async def test_a_new_model_that_was_worse_is_told_above_the_list(
    editor: StaffBrowser, settings: Settings
) -> None:
    path = golden.refusal_path(settings.MODEL_DIR)
    assert 'id="refused"' not in (await editor.open("/knowledge")).text
    golden.keep_refusal(path, golden.Verdict("v", 1316, 1200, 1100, 2))
    told = (await editor.open("/knowledge")).text.split('id="refused"')[1]
    assert "1100 of 1316, before 1200; emergencies lost: 2" in told


@pytest.mark.parametrize(
    ("given", "is_linked"), [("a1b2", True), ("", False), ("../x", False)]
)
async def test_whoever_begins_an_entry_for_missed_questions_can_look_at_them(
    given: str, is_linked: bool, editor: StaffBrowser
) -> None:
    page = (await editor.open(f"/knowledge/new?from={given}")).text
    assert (f'href="/staff/misses/{given}" target' in page) is is_linked


async def test_a_reviewer_is_shown_no_way_to_visitors_words(
    app: Starlette, world: World
) -> None:
    reviewer = browser_of(app, world, "reviewer")
    page = (await reviewer.open("/knowledge/new?from=a1b2")).text
    assert "/staff/misses" not in page


async def test_what_was_searched_is_reached_again_without_a_form(
    app: Starlette, editor: StaffBrowser, world: World
) -> None:
    sent = await editor.send("/knowledge", {"words": "fianza"})
    assert sent.status_code == 303
    address = sent.headers["location"].removeprefix("/staff")
    assert "fianza" not in address
    rows = (await editor.open(address)).text.split('id="entries"')[1]
    assert re.findall(r'<a href="/staff/knowledge/(\w+)"', rows) == [ENTRY]
    part = await editor.send("/knowledge", {"words": "fianza"}, **HTMX)
    address = part.headers["hx-replace-url"].removeprefix("/staff")
    assert 'value="fianza"' in (await editor.open(address)).text
    other = browser_of(app, world, "editor", "olga")
    assert "fianza" not in (await other.open(address)).text.split('id="entries"')[0]


async def test_titles_come_before_questions_and_questions_before_texts(
    world: World,
) -> None:
    entry = world.shelf.current.entries[ENTRY]
    words = replace(
        entry.texts["en"],
        title="Paying",
        questions=("How dear?",),
        short="A Próxima step.",
    )
    entry = replace(entry, texts={"en": words, "es": words})
    asked = ("pay", "bond pay", "dear", "proxima", "dear paying step", "roxima")
    assert [rank_of(entry, one) for one in asked] == [0, 0, 1, 2, 2, None]
