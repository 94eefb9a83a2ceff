"""An attorney saves an answer as a paper to sign, from the page of the answer."""

from __future__ import annotations

import pytest

from bot.settings import Settings
from tests.gateway.console_people import StaffBrowser
from tests.gateway.knowledge_pages import ENTRY, PAGE, SHORT, by_hand, press
from tests.unit.pdf_reader import text_of

pytestmark = pytest.mark.asyncio
PAPER = f"{PAGE}/sign-off.pdf"


async def test_the_paper_has_both_languages_figures_and_a_place_to_sign(
    editor: StaffBrowser,
) -> None:
    assert f'href="/staff{PAPER}"' in (await editor.open(PAGE)).text
    response = await editor.open(PAPER)
    named = response.headers["content-disposition"]
    assert (response.headers["content-type"], named) == (
        "application/pdf",
        f'attachment; filename="{ENTRY}.pdf"',
    )
    text = text_of(response.content)
    assert "How much is an immigration bond?" in text
    assert "Una fianza cuesta al menos" in text
    assert "{{fact" not in text
    assert "Signature" in text


async def test_the_paper_has_the_draft_which_would_be_approved(
    editor: StaffBrowser,
) -> None:
    before = text_of((await editor.open(PAPER)).content)
    await press(editor, "keep", short_en=SHORT, why="New minimum.")
    after = text_of((await editor.open(PAPER)).content)
    assert ("Ask the court." in before, "Ask the court." in after) == (False, True)


async def test_a_broken_file_gets_no_paper_but_its_page_which_says_why(
    editor: StaffBrowser, settings: Settings
) -> None:
    by_hand(settings, "as_of: 2026-07-15", "as_of: soon")
    response = await editor.open(PAPER)
    assert response.status_code == 303
    assert response.headers["location"] == f"/staff{PAGE}"
    assert "There is no paper yet" in (await editor.open(PAGE)).text


async def test_an_entry_that_nobody_wrote_has_no_paper(editor: StaffBrowser) -> None:
    response = await editor.open("/knowledge/nobody_wrote_this/sign-off.pdf")
    assert response.status_code == 404
