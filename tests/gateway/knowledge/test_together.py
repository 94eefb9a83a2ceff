"""Two people at one entry, files changed by hand, former versions."""

from __future__ import annotations

import re

import pytest
from starlette.applications import Starlette

from bot.core.languages import Language
from bot.gateway.world import World
from bot.settings import Settings
from tests.gateway.console_people import StaffBrowser, browser_of
from tests.gateway.knowledge_pages import (
    PAGE,
    SHORT,
    buttons_in,
    by_hand,
    file_text,
    form_in,
    open_form,
    press,
    send,
)

pytestmark = pytest.mark.asyncio
LATER = "You pay {{fact:bond_minimum}} or more."


@pytest.fixture
def other(app: Starlette, world: World) -> StaffBrowser:
    """A browser in which another editor is signed in."""
    return browser_of(app, world, "editor", "olga")


async def test_the_second_of_two_editors_sees_both_texts_and_loses_nothing(
    editor: StaffBrowser, other: StaffBrowser
) -> None:
    mine = await open_form(editor)
    await press(other, "keep", short_en="Theirs.")
    page = await send(editor, "keep", {**mine, "short_en": "Mine."})
    assert page.status_code == 409
    conflict = page.text.split('id="conflict"')[1].split("</section>")[0]
    assert "<del>Theirs.</del>" in conflict
    assert "<ins>Mine.</ins>" in conflict
    assert form_in(page.text)["short_en"] == "Mine."
    assert (await open_form(other))["short_en"] == "Theirs."
    # Pressing the same button again writes over nothing either.
    again = await send(editor, "keep", form_in(page.text))
    assert again.status_code == 409
    kept = await send(editor, "mine", form_in(again.text))
    assert "Your text is the draft now." in kept.text
    assert (await open_form(other))["short_en"] == "Mine."


async def test_keeping_mine_stops_at_a_third_change(
    editor: StaffBrowser, other: StaffBrowser
) -> None:
    mine = await open_form(editor)
    await press(other, "keep", short_en="Theirs.")
    page = await send(editor, "keep", {**mine, "short_en": "Mine."})
    await press(other, "keep", short_en="Theirs, later.")
    page = await send(editor, "mine", form_in(page.text))
    assert page.status_code == 409
    assert "<del>Theirs, later.</del>" in page.text
    assert form_in(page.text)["short_en"] == "Mine."


async def test_a_file_changed_by_hand_is_not_written_over(
    editor: StaffBrowser, settings: Settings
) -> None:
    await press(editor, "keep", short_en=SHORT)
    by_hand(settings, "A bond costs at least", "A bond is never below")
    changed = file_text(settings)
    page = await press(editor, "publish")
    assert page.status_code == 409
    assert "changed since this draft was begun" in page.text
    assert "<del>A bond is never below {{fact:bond_minimum}}.</del>" in page.text
    assert form_in(page.text)["short_en"] == SHORT
    assert file_text(settings) == changed
    page = await press(editor, "rebase")
    assert 'id="conflict"' not in page.text
    assert "Published" in (await press(editor, "publish")).text
    assert SHORT in file_text(settings)


async def test_files_changed_while_typing_are_told_after_keeping(
    editor: StaffBrowser, settings: Settings
) -> None:
    fields = await open_form(editor)
    by_hand(settings, "A bond costs at least", "A bond is never below")
    page = await send(editor, "publish", {**fields, "short_en": SHORT})
    assert page.status_code == 409
    assert form_in(page.text)["short_en"] == SHORT
    assert "A bond is never below" in file_text(settings)


async def test_withdrawing_an_entry_that_changed_meanwhile_asks_to_look_first(
    editor: StaffBrowser, settings: Settings
) -> None:
    fields = await open_form(editor)
    by_hand(settings, "A bond costs at least", "A bond is never below")
    page = await send(editor, "withdraw", {**fields, "withdraw_why": "Old."})
    assert page.status_code == 409
    page = await send(editor, "withdraw", form_in(page.text))
    assert "status: withdrawn" in file_text(settings)


async def test_words_typed_for_an_entry_that_is_gone_are_kept_again(
    editor: StaffBrowser, other: StaffBrowser
) -> None:
    begun = {"id": "bond_appeal", "group": "detained", "start": ""}
    await editor.send("/knowledge/new", begun)
    path = "/knowledge/bond_appeal"
    fields = await open_form(editor, path)
    await press(other, "discard", path, discard_sure="1")
    page = await send(editor, "keep", {**fields, "title_en": "Can I appeal?"}, path)
    assert page.status_code == 409
    assert form_in(page.text)["title_en"] == "Can I appeal?"
    page = await send(editor, "mine", form_in(page.text), path)
    assert "Your text is the draft now." in page.text


async def test_the_two_files_can_be_mended_as_text(
    editor: StaffBrowser, settings: Settings
) -> None:
    by_hand(settings, "volatile: false", "volatile: [")
    page = await editor.open(PAGE)
    assert page.status_code == 200
    fields = form_in(page.text)
    assert fields["shown_as"] == "files"
    mended = fields["file_en"].replace("volatile: [", "volatile: false")
    page = await send(editor, "publish", {**fields, "file_en": mended})
    assert "Published" in page.text
    assert form_in(page.text)["shown_as"] == "form"


@pytest.mark.parametrize(
    ("language", "title"),
    [("en", "What this draft would change"), ("es", "Qué cambiaría este borrador")],
)
async def test_a_reviewer_sees_what_the_waiting_draft_would_change(
    app: Starlette, world: World, editor: StaffBrowser, language: Language, title: str
) -> None:
    reviewer = browser_of(app, world, "reviewer", language=language)
    changed = {"short_en": SHORT, "title_es": "¿Cuánto es una fianza?"}
    await press(editor, "keep", **changed)
    assert 'id="review"' not in (await reviewer.open(PAGE)).text
    await press(editor, "send")
    above, form = (await reviewer.open(PAGE)).text.split('id="entry-form"')
    shown = above.split('id="review"')[1].split("</section>")[0]
    assert title in shown
    assert "<del>A bond costs at least {{fact:bond_minimum}}.</del>" in shown
    assert f"<ins>{SHORT}</ins>" in shown
    assert "¿Cuánto es una fianza?</ins>" in shown
    assert "<ins>" not in form


async def test_a_new_entry_that_waits_has_nothing_to_be_compared_with(
    editor: StaffBrowser,
) -> None:
    begun = {"id": "bond_appeal", "group": "detained", "start": ""}
    await editor.send("/knowledge/new", begun)
    page = await press(editor, "send", "/knowledge/bond_appeal")
    assert "waits for review" in page.text
    assert 'id="review"' not in page.text


async def test_former_versions_are_shown_and_brought_back(
    editor: StaffBrowser, settings: Settings
) -> None:
    before = file_text(settings)
    await press(editor, "publish", short_en=SHORT, why="First change.")
    await press(editor, "publish", short_en=LATER, why="Second change.")
    page = (await editor.open(f"{PAGE}/history")).text
    assert "First change." in page
    first = re.findall(rf'/staff({PAGE}/history/\d+)"', page)[1]
    page = (await editor.open(first)).text
    assert f"<del>{LATER}</del>" in page
    assert f"<ins>{SHORT}</ins>" in page
    base = re.findall(r'name="base" value="(\w+)"', page)[0]
    refused = await editor.send(first, {"base": base, "why": ""})
    assert refused.status_code == 422
    assert (await editor.send(first, {"base": "x", "why": "Old"})).status_code == 409
    done = await editor.send(first, {"base": base, "why": "It was right."}, follow=True)
    assert "The former version stands in the files again." in done.text
    assert SHORT in file_text(settings)
    assert before != file_text(settings)


@pytest.mark.parametrize("number", ["99999", "x", "9" * 30, "-1"])
async def test_a_version_that_is_not_there_is_told(
    editor: StaffBrowser, number: str
) -> None:
    assert (await editor.open(f"{PAGE}/history/{number}")).status_code == 404


async def test_a_note_typed_at_sending_is_kept_with_a_draft_kept_before(
    editor: StaffBrowser, reviewer: StaffBrowser
) -> None:
    await press(editor, "keep", short_en=SHORT)
    await press(editor, "send", why="The rule is new.")
    assert "The rule is new." in (await reviewer.open(PAGE)).text
    assert "approve" in buttons_in((await reviewer.open(PAGE)).text)


async def test_a_draft_that_is_sent_back_says_so_and_by_whom(
    editor: StaffBrowser, reviewer: StaffBrowser
) -> None:
    await press(editor, "send", short_en=SHORT, why="Mine.")
    await press(reviewer, "return", why="Too: long.")
    page = (await editor.open(PAGE)).text
    assert re.search(r"Sent back by [^<:]+:</strong> Too: long\.", page)
    assert form_in(page)["why"] == ""


async def test_who_wrote_a_text_is_not_offered_to_approve_it_and_told_why(
    reviewer: StaffBrowser,
) -> None:
    await press(reviewer, "publish", short_en=SHORT)
    assert "approve" not in buttons_in((await reviewer.open(PAGE)).text)
    page = await press(reviewer, "approve")
    assert page.status_code == 409
    assert "You wrote this text yourself" in page.text


async def test_an_editor_who_approves_is_told_that_it_is_the_role(
    editor: StaffBrowser,
) -> None:
    page = await press(editor, "approve")
    assert "Your role does not allow this" in page.text


async def test_mending_a_broken_approved_file_says_that_the_approval_goes(
    app: Starlette, world: World, editor: StaffBrowser, settings: Settings
) -> None:
    assert 'id="loses-approval"' not in (await editor.open(PAGE)).text
    await press(editor, "send", short_en=SHORT)
    await press(browser_of(app, world, "reviewer"), "approve")
    assert 'id="loses-approval"' in (await editor.open(PAGE)).text
    by_hand(settings, "volatile: false", "volatile: [")
    world.shelf.look()
    page = (await editor.open(PAGE)).text
    assert "it will be unreviewed again" in page
    assert f'href="/staff{PAGE}/history"' in page.split('id="loses-approval"')[1]
