"""What a change would do to known questions, and what a press does then."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from bot.gateway.console import knowledge_effect
from bot.gateway.world import World
from bot.settings import Settings
from tests.gateway.console_people import StaffBrowser, browser_of
from tests.gateway.knowledge.programs import use_program
from tests.gateway.knowledge_pages import (
    PAGE,
    SHORT,
    file_text,
    form_in,
    open_form,
    press,
    send,
)

pytestmark = pytest.mark.asyncio
HTMX = {"HX-Request": "true"}
LARGE = "found['is_large'] = True; print(json.dumps(found))"


@pytest.fixture
def other(app: Starlette, world: World) -> StaffBrowser:
    """A browser in which another editor is signed in."""
    return browser_of(app, world, "editor", "olga")


async def test_the_effect_of_a_change_is_told_with_and_without_scripts(
    app: Starlette, editor: StaffBrowser, tmp_path: Path
) -> None:
    use_program(app, tmp_path, "print(json.dumps(found))")
    page = await press(editor, "effect", short_en="New.")
    for words in ("do I pay", "answered with bond_money", "no answer, nearest –"):
        assert words in page.text
    assert form_in(page.text)["short_en"] == "New."
    part = await editor.send(f"{PAGE}/effect", await open_form(editor), **HTMX)
    address = re.findall(r'hx-get="/staff([^"]+)"', part.text)[0]
    for _ in range(100):
        part = await editor.open(address, **HTMX)
        if "hx-get" not in part.text:
            break
        await asyncio.sleep(0.05)
    assert "Are no longer answered by their own entry (1)" in part.text


@pytest.mark.parametrize(
    ("program", "words"),
    [
        ("sys.exit(1)", "This could not be worked out."),
        ("print('no JSON')", "This could not be worked out."),
        ("time.sleep(60)", "This took too long"),
    ],
)
async def test_an_effect_that_cannot_be_told_says_so(
    app: Starlette, editor: StaffBrowser, tmp_path: Path, program: str, words: str
) -> None:
    use_program(app, tmp_path, program)
    assert words in (await press(editor, "effect", short_en="New.")).text


async def test_a_large_effect_is_shown_and_asked_about_before_publishing(
    app: Starlette, editor: StaffBrowser, settings: Settings, tmp_path: Path
) -> None:
    use_program(app, tmp_path, LARGE)
    before = file_text(settings)
    page = await press(editor, "publish", label_en="Paying bond", short_en=SHORT)
    assert page.status_code == 200
    for words in ("Nothing was published yet", "1 of the 12 known", "do I pay"):
        assert words in page.text, words
    assert file_text(settings) == before
    fields = form_in(page.text)
    assert (fields["label_en"], fields["short_en"]) == ("Paying bond", SHORT)
    page = await send(editor, "publish", fields)
    assert "Published" in page.text
    assert "label: Paying bond" in file_text(settings)


async def test_words_typed_after_the_question_are_asked_about_anew(
    app: Starlette, editor: StaffBrowser, settings: Settings, tmp_path: Path
) -> None:
    use_program(app, tmp_path, LARGE)
    page = await press(editor, "publish", label_en="Paying bond")
    fields = {**form_in(page.text), "label_en": "Bond again"}
    page = await send(editor, "publish", fields)
    assert 'id="large-effect"' in page.text
    assert "label: B" not in file_text(settings)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A press waits hardly at all before it tells what is going on."""
    monkeypatch.setattr(knowledge_effect, "_PRESS_SECONDS", 0.05)


@pytest.mark.usefixtures("impatient")
async def test_a_press_that_takes_longer_publishes_by_itself_once_it_is_known(
    app: Starlette, editor: StaffBrowser, settings: Settings, tmp_path: Path
) -> None:
    use_program(app, tmp_path, "time.sleep(1); print(json.dumps(found))")
    page = await press(editor, "publish", label_en="Paying bond", why="Clearer.")
    assert "Finding out what this changes (about 15 seconds)" in page.text
    assert "This was not done" not in page.text
    assert "Paying" not in file_text(settings)
    # What was typed is safe meanwhile.
    assert (await open_form(editor))["label_en"] == "Paying bond"
    page = await _waited(editor, page.text)
    assert "Published" in page.text
    assert "label: Paying bond" in file_text(settings)


@pytest.mark.usefixtures("impatient")
async def test_a_press_that_takes_longer_asks_where_much_is_lost(
    app: Starlette, editor: StaffBrowser, settings: Settings, tmp_path: Path
) -> None:
    use_program(app, tmp_path, f"time.sleep(1); {LARGE}")
    page = await press(editor, "publish", label_en="Paying bond")
    page = await _waited(editor, page.text)
    assert "This changes much" in page.text
    assert "Publish all the same" in page.text
    assert "Paying" not in file_text(settings)
    page = await send(editor, "publish", form_in(page.text))
    assert "label: Paying bond" in file_text(settings)


@pytest.mark.usefixtures("impatient")
async def test_what_somebody_changes_while_a_press_waits_is_not_published(
    app: Starlette,
    editor: StaffBrowser,
    other: StaffBrowser,
    settings: Settings,
    tmp_path: Path,
) -> None:
    use_program(app, tmp_path, "time.sleep(1); print(json.dumps(found))")
    page = await press(editor, "publish", label_en="Paying bond")
    await press(other, "keep", label_en="Theirs")
    page = await _waited(editor, page.text)
    assert page.status_code == 409
    assert "nothing was done" in page.text
    assert "label: Theirs" not in file_text(settings)
    address = f"{PAGE}/pending?run=x"
    assert (await editor.open(address)).headers["location"] == f"/staff{PAGE}"


@pytest.mark.usefixtures("impatient")
async def test_an_approval_that_takes_longer_is_done_by_itself(
    app: Starlette, world: World, editor: StaffBrowser, tmp_path: Path
) -> None:
    await press(editor, "send", label_en="Paying bond")
    use_program(app, tmp_path, "time.sleep(1); print(json.dumps(found))")
    reviewer = browser_of(app, world, "reviewer")
    page = await press(reviewer, "approve")
    assert "Nothing is approved yet." in page.text
    assert "Approved." in (await _waited(reviewer, page.text)).text


async def test_without_a_loss_the_question_offers_to_publish_as_usual(
    app: Starlette, editor: StaffBrowser, tmp_path: Path
) -> None:
    program = "found['changed'], found['lost'] = found['lost'], []; "
    use_program(app, tmp_path, program + LARGE)
    page = await press(editor, "publish", label_en="Paying bond")
    assert 'id="large-effect"' in page.text
    assert "Publish all the same" not in page.text


async def test_what_is_taken_from_other_answers_is_told_apart(
    app: Starlette, editor: StaffBrowser, tmp_path: Path
) -> None:
    program = "found['taken'], found['lost'] = found['lost'], []; "
    use_program(app, tmp_path, program + LARGE)
    page = await press(editor, "publish", label_en="Paying bond")
    for words in ("Taken from other answers (1)", "1 of the 12", "all the same"):
        assert words in page.text, words


async def test_a_reviewer_is_asked_before_approving_what_changes_much(
    app: Starlette, world: World, editor: StaffBrowser, tmp_path: Path
) -> None:
    use_program(app, tmp_path, LARGE)
    await press(editor, "send", label_en="Paying bond")
    reviewer = browser_of(app, world, "reviewer")
    page = await press(reviewer, "approve")
    assert "Approve all the same" in page.text
    page = await send(reviewer, "approve", form_in(page.text))
    assert "Approved." in page.text


@pytest.mark.parametrize(
    ("program", "changes"),
    [
        (LARGE, {"short_en": SHORT}),
        ("print(json.dumps(found))", {"label_en": "Paying bond"}),
        ("sys.exit(1)", {"label_en": "Paying bond"}),
        ("time.sleep(60)", {"label_en": "Paying bond"}),
    ],
    ids=["same questions", "small", "cannot be told", "too slow"],
)
async def test_without_a_large_effect_one_press_publishes(
    app: Starlette,
    editor: StaffBrowser,
    tmp_path: Path,
    program: str,
    changes: dict[str, str],
) -> None:
    use_program(app, tmp_path, program)
    page = await press(editor, "publish", **changes)
    page = await _waited(editor, page.text) if 'id="pending"' in page.text else page
    assert "Published" in page.text
    assert 'id="large-effect"' not in page.text


async def test_a_text_with_faults_is_refused_without_that_question(
    app: Starlette, editor: StaffBrowser, tmp_path: Path
) -> None:
    use_program(app, tmp_path, LARGE)
    page = await press(editor, "publish", label_en="x" * 30)
    assert page.status_code == 422
    assert 'id="large-effect"' not in page.text


async def test_nobody_sees_the_runs_of_others(
    app: Starlette, editor: StaffBrowser, other: StaffBrowser, tmp_path: Path
) -> None:
    use_program(app, tmp_path, "print(json.dumps(found))")
    part = await editor.send(f"{PAGE}/effect", await open_form(editor), **HTMX)
    address = re.findall(r'hx-get="/staff([^"]+)"', part.text)[0]
    theirs = await other.open(address, **HTMX)
    assert "not kept any more" in theirs.text


async def _waited(browser: StaffBrowser, page: str) -> httpx.Response:
    """Ask for the page that it goes on to, as a browser does, until that ends."""
    address = re.findall(r'content="3;url=/staff([^"]+)"', page)[0]
    for _ in range(100):
        response = await browser.open(address)
        if response.status_code == 303:
            return await browser.open(
                response.headers["location"].removeprefix("/staff")
            )
        if 'http-equiv="refresh"' not in response.text:
            return response
        await asyncio.sleep(0.1)
    raise AssertionError("it never ended")
