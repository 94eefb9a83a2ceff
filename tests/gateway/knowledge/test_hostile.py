"""Hostile words stay words in the pages of the knowledge, and no word is lost."""

from __future__ import annotations

import re
from html import unescape

import pytest
from starlette.applications import Starlette

from bot.core.errors import StorageError
from bot.gateway.console import knowledge_steps
from bot.gateway.console.knowledge_form import typed_of
from bot.gateway.world import World
from bot.knowledge.entry_form import form_of
from bot.settings import Settings
from tests.gateway.console_people import StaffBrowser, browser_of
from tests.gateway.knowledge_pages import (
    ENTRY,
    PAGE,
    file_text,
    form_in,
    open_form,
    press,
    send,
)

pytestmark = pytest.mark.asyncio
HTMX = {"HX-Request": "true"}
SPITE = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7*7 }}"


async def test_hostile_words_in_every_field_stay_words(
    editor: StaffBrowser, settings: Settings
) -> None:
    typed = typed_of(form_of(_texts(settings), f"detained/{ENTRY}"))
    hostile = {name: SPITE for name in typed if name not in ("volatile", "emergency")}
    extra = ("why", "withdraw_why", "find_sources", "find_related", "next_review")
    hostile |= dict.fromkeys(extra, SPITE)
    page = await press(editor, "keep", **hostile)
    for path in (PAGE, "/knowledge", f"{PAGE}?as=files"):
        _is_harmless((await editor.open(path)).text)
    fields = await open_form(editor)
    assert fields["details_en"] == SPITE
    for action in ("look", "publish", "send"):
        page = await send(editor, action, {**fields, **hostile})
        _is_harmless(page.text)
    _is_harmless((await editor.send(f"{PAGE}/check", fields, **HTMX)).text)
    _is_harmless((await editor.send(f"{PAGE}/pick", hostile, **HTMX)).text)
    hostile_new = dict.fromkeys(("id", "group", "start"), SPITE)
    _is_harmless((await editor.send("/knowledge/new", hostile_new)).text)
    searched = dict.fromkeys(("words", "status", "owner", "group", "mark"), SPITE)
    _is_harmless((await editor.send("/knowledge", searched)).text)


async def test_the_preview_links_to_web_addresses_only(
    editor: StaffBrowser, settings: Settings
) -> None:
    part = (await editor.send(f"{PAGE}/check", await open_form(editor), **HTMX)).text
    links = re.findall(r'href="([^"]+)"', part)
    assert links
    assert all(link.startswith("https://") for link in links)


async def test_a_signed_out_editor_gets_every_word_back(
    app: Starlette, editor: StaffBrowser, world: World
) -> None:
    fields = {**await open_form(editor), "short_en": 'My "long" work.'}
    await editor.send("/sign-out")
    page = await send(editor, "keep", fields)
    assert page.status_code == 401
    assert "Your text is still here" in page.text
    kept = dict(re.findall(r'name="(\w+)" value="([^"]*)"', page.text))
    assert unescape(kept["short_en"]) == 'My "long" work.'
    again = browser_of(app, world, "editor", "again")
    stale = {name: unescape(value) for name, value in kept.items()}
    page = await again.send(PAGE, {**stale, "csrf": "old", "action": "look"})
    assert page.status_code == 403
    fresh = dict(re.findall(r'name="(\w+)" value="([^"]*)"', page.text))
    assert fresh["csrf"] == again.csrf
    page = await again.send(PAGE, {**stale, "csrf": fresh["csrf"], "action": "look"})
    assert form_in(page.text)["short_en"] == 'My "long" work.'


async def test_a_form_of_another_website_is_given_back_to_nobody(
    editor: StaffBrowser,
) -> None:
    fields = {**await open_form(editor), "short_en": "Sent by others."}
    foreign = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    page = await editor.send(PAGE, {**fields, "action": "keep"}, **foreign)
    assert page.status_code == 403
    assert "Sent by others." not in page.text
    assert editor.csrf not in page.text


async def test_a_database_that_does_not_answer_loses_no_word(
    editor: StaffBrowser, monkeypatch: pytest.MonkeyPatch
) -> None:
    fields = {**await open_form(editor), "short_en": "Typed in vain?"}

    def fail(*_: object) -> None:
        raise StorageError("down")

    monkeypatch.setattr(knowledge_steps.editing, "save_draft", fail)
    page = await send(editor, "keep", fields)
    assert page.status_code == 503
    assert "Typed in vain?" in page.text


async def test_intake_staff_neither_read_nor_write_drafts(
    app: Starlette, editor: StaffBrowser, world: World
) -> None:
    fields = await open_form(editor)
    intake = browser_of(app, world, "intake")
    assert (await intake.open(PAGE)).status_code == 403
    page = await intake.send(PAGE, {**fields, "action": "keep"})
    assert page.status_code == 403
    assert fields["title_en"] not in page.text


def _texts(settings: Settings) -> dict[str, str]:
    return {code: file_text(settings, language=code) for code in ("en", "es")}


def _is_harmless(page: str) -> None:
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "49" not in re.findall(r"onerror=alert\(2\)&gt;(\S*)", page)
