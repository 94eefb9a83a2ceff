"""Staff who are no developers change what the assistant says, in the console."""

from __future__ import annotations

import re

import pytest
from starlette.applications import Starlette

from bot.core.languages import Language
from bot.gateway.world import World
from bot.services import accounts
from bot.settings import Settings
from tests.gateway.console_people import StaffBrowser, browser_of, session_key_of
from tests.gateway.knowledge_pages import (
    ENTRY,
    PAGE,
    SHORT,
    buttons_in,
    faults_at,
    file_text,
    form_in,
    open_form,
    press,
    says_in_order,
    send,
)

pytestmark = pytest.mark.asyncio


async def test_the_form_holds_what_the_files_say(editor: StaffBrowser) -> None:
    fields = await open_form(editor)
    assert fields["title_en"] == "How much is an immigration bond?"
    assert fields["short_es"] == "Una fianza cuesta al menos {{fact:bond_minimum}}."
    assert fields["questions_en"].split("\n")[1] == (
        "please tell me: How much is an immigration bond?"
    )
    assert fields["sources"] == "usc-1"
    assert fields["as_of"] == "2026-07-15"
    assert (fields["aliases"], fields["version"]) == ("bail_price", "0")


async def test_a_form_that_nobody_touched_changes_nothing(
    editor: StaffBrowser, settings: Settings
) -> None:
    before = file_text(settings), file_text(settings, language="es")
    await press(editor, "keep")
    assert "A draft" not in (await editor.open("/knowledge")).text
    page = await press(editor, "publish")
    assert page.status_code == 422
    assert "Nothing was changed" in page.text
    assert (file_text(settings), file_text(settings, language="es")) == before


async def test_a_draft_is_kept_and_nothing_changes_for_visitors(
    editor: StaffBrowser, settings: Settings
) -> None:
    before = file_text(settings)
    page = await press(editor, "keep", short_en=SHORT, why="New minimum.")
    assert "Kept as a draft." in page.text
    fields = form_in(page.text)
    assert fields["short_en"] == SHORT
    assert fields["version"] == "1"
    assert "New minimum." in page.text
    assert file_text(settings) == before
    listed = (await editor.open("/knowledge")).text
    assert says_in_order(listed, ["Drafts (1)", f'href="/staff{PAGE}"'])


async def test_a_draft_is_published_as_not_reviewed(
    editor: StaffBrowser, settings: Settings, world: World
) -> None:
    page = await press(editor, "publish", short_en=SHORT, why="New minimum.")
    assert "Published" in page.text
    assert SHORT in file_text(settings)
    assert "status: draft" in file_text(settings)
    assert world.shelf.current.entries[ENTRY].texts["en"].short == SHORT
    assert "discard" not in buttons_in(page.text)


async def test_another_person_approves_and_is_named(
    editor: StaffBrowser, reviewer: StaffBrowser, settings: Settings
) -> None:
    await press(editor, "send", short_en=SHORT)
    listed = (await reviewer.open("/knowledge")).text
    assert says_in_order(listed, ["Waiting for review (1)", f'href="/staff{PAGE}"'])
    page = await press(reviewer, "approve")
    assert "Approved." in page.text
    text = file_text(settings)
    assert SHORT in text
    assert "status: approved" in text
    assert "approved_by: Reviewer Person" in text
    assert "approved_on: 2026-07-20" in text


async def test_nobody_approves_their_own_words(
    reviewer: StaffBrowser, settings: Settings
) -> None:
    before = file_text(settings)
    page = await press(reviewer, "keep", short_en=SHORT)
    assert "approve" not in buttons_in(page.text)
    page = await press(reviewer, "approve")
    assert page.status_code == 409
    assert form_in(page.text)["short_en"] == SHORT
    assert file_text(settings) == before


async def test_words_typed_while_approving_are_neither_lost_nor_approved(
    editor: StaffBrowser, reviewer: StaffBrowser, settings: Settings
) -> None:
    await press(editor, "send", short_en=SHORT)
    page = await press(reviewer, "approve", short_en="Mine is better.")
    assert page.status_code == 422
    assert "Nobody approves their own words" in page.text
    assert form_in(page.text)["short_en"] == "Mine is better."
    assert "Mine" not in file_text(settings)


async def test_an_editor_is_offered_no_approval(editor: StaffBrowser) -> None:
    page = await press(editor, "send", short_en=SHORT)
    offered = buttons_in(page.text)
    assert "approve" not in offered
    assert "reviewed" not in offered
    assert (await press(editor, "approve")).status_code == 409


async def test_a_draft_is_sent_back_with_a_reason(
    editor: StaffBrowser, reviewer: StaffBrowser
) -> None:
    await press(editor, "send", short_en=SHORT, why="")
    page = await press(reviewer, "return", why="")
    assert page.status_code == 422
    assert "Say why in a few words." in page.text
    page = await press(reviewer, "return", why="Name the court.")
    assert "Sent back with your reason." in page.text
    assert "Name the court." in (await editor.open(PAGE)).text


@pytest.mark.parametrize(
    ("field", "typed", "place", "words"),
    [
        ("label_en", "x" * 30, "label_en", "too long"),
        ("title_es", "", "title_es", "is empty"),
        ("short_en", "", "short_en", "is empty"),
        ("questions_es", "uno\ndos", "questions_es", "only 2"),
        ("as_of", "2027-01-01", "as_of", "lies in the future"),
        ("as_of", "soon", "as_of", "no date"),
        ("details_es", "", "details_es", "is empty"),
        ("owner", "nobody", "owner", "is no owner"),
        ("sources", "usc-1\nusc-9", "sources", "&#39;usc-9&#39; is unknown"),
        ("related", ENTRY, "related", "is no other entry"),
        ("details_es", "{{fact:nope}}", "text_es", "is unknown"),
        ("details_en", "you should sue", "text_en", "advice on a case"),
    ],
)
async def test_a_text_with_faults_is_kept_but_not_published(
    editor: StaffBrowser,
    settings: Settings,
    field: str,
    typed: str,
    place: str,
    words: str,
) -> None:
    before = file_text(settings)
    page = await press(editor, "publish", **{field: typed})
    assert page.status_code == 422
    assert "Your text is kept as a draft" in page.text
    assert words in faults_at(page.text, place)
    fields = form_in(page.text)
    assert (fields[field], fields["version"]) == (typed, "1")
    assert file_text(settings) == before
    assert (await open_form(editor))[field] == typed


async def test_a_draft_is_thrown_away_only_when_that_is_meant(
    editor: StaffBrowser,
) -> None:
    await press(editor, "keep", short_en=SHORT)
    page = await press(editor, "discard")
    assert page.status_code == 422
    assert form_in(page.text)["short_en"] == SHORT
    page = await press(editor, "discard", discard_sure="1")
    assert "The draft was thrown away." in page.text
    assert form_in(page.text)["short_en"] != SHORT


async def test_an_entry_is_withdrawn_at_once_with_a_reason(
    editor: StaffBrowser, settings: Settings
) -> None:
    page = await press(editor, "withdraw")
    assert (page.status_code, "status: draft" in file_text(settings)) == (422, True)
    page = await press(editor, "withdraw", withdraw_why="The law changed.")
    assert "Visitors do not get this entry any more." in page.text
    assert "status: withdrawn" in file_text(settings)
    page = await press(editor, "restore", withdraw_why="It did not.")
    assert "status: draft" in file_text(settings)


async def test_withdrawing_does_not_lose_what_is_being_typed(
    editor: StaffBrowser, settings: Settings
) -> None:
    page = await press(editor, "withdraw", withdraw_why="Wrong.", short_en=SHORT)
    assert page.status_code == 200
    assert "What you typed is still below, but not kept yet." in page.text
    fields = form_in(page.text)
    assert fields["short_en"] == SHORT
    assert SHORT not in file_text(settings)
    page = await send(editor, "keep", fields)
    assert "Kept as a draft." in page.text
    assert 'id="conflict"' not in page.text


async def test_a_reviewer_notes_that_nothing_had_to_change(
    reviewer: StaffBrowser, settings: Settings
) -> None:
    page = await press(reviewer, "reviewed", next_review="2026-07-20")
    assert (page.status_code, "Choose a day after" in page.text) == (422, True)
    page = await press(reviewer, "reviewed", next_review="2027-01-01")
    assert "checked today" in page.text
    assert "as_of: 2026-07-20" in file_text(settings)
    assert "review_by: 2027-01-01" in file_text(settings)


async def test_a_new_entry_begins_as_a_draft(
    editor: StaffBrowser, settings: Settings
) -> None:
    begun = {"id": "Bond Appeal", "group": "detained", "start": ENTRY}
    page = await editor.send("/knowledge/new", begun, follow=True)
    assert "A draft is kept." in page.text
    fields = form_in(page.text)
    assert fields["short_en"] == "A bond costs at least {{fact:bond_minimum}}."
    assert (fields["questions_en"], fields["label_es"]) == ("", "")
    assert fields["as_of"] == "2026-07-20"
    assert not list(settings.KNOWLEDGE_DIR.glob("*/bond_appeal.*"))
    assert "bond_appeal" in (await editor.open("/knowledge")).text


@pytest.mark.parametrize("language", ["en", "es"])
async def test_every_page_is_there_in_both_languages(
    app: Starlette, world: World, language: Language
) -> None:
    browser = browser_of(app, world, "admin", language=language)
    await press(browser, "publish", short_en=SHORT, why="x")
    await press(browser, "keep", short_en="Another text.")
    paths = ["", "/new", "/due", "/try", "/snapshots", f"/{ENTRY}", f"/{ENTRY}/history"]
    history = (await browser.open(f"{PAGE}/history")).text
    paths += re.findall(rf'href="/staff/knowledge(/{ENTRY}/history/\d+)"', history)[:1]
    paths += [f"/{ENTRY}?as=files"]
    assert len(paths) == 9
    for path in paths:
        page = await browser.open(f"/knowledge{path}")
        assert page.status_code == 200, path
        main = page.text.split("<main")[1]
        assert not re.search(r"<script|<style|\sstyle=|\son\w+=", main)


async def test_the_language_of_an_account_wins_over_the_browsers(
    app: Starlette, world: World
) -> None:
    with world.storage.begin() as session:
        key, now = session_key_of(world), world.now()
        added = accounts.add(session, None, "rosa", "Rosa", "editor", "es", now)
        accounts.invite(session, None, added.id, "t" * 43, key, now)
    page = await StaffBrowser(app, world).open(f"/join?token={'t' * 43}")
    assert 'name="language" value="es"' in page.text
    page = await StaffBrowser(app, world).open(f"/join?lang=en&token={'t' * 43}")
    assert 'name="language" value="en"' in page.text
