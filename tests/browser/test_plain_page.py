"""The page /chat in a real browser that runs no scripts: the same answers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from bench.assistant import Assistant
from tests.browser.conftest import PHONE, SCREENS
from tests.browser.test_accessibility import faults

DETAINER = "what is an ICE detainer"
Opener = Callable[..., BrowserContext]


@pytest.fixture
def page(open_context: Opener) -> Page:
    """A small phone's browser with scripts switched off."""
    return open_context(viewport=PHONE, java_script_enabled=False).new_page()


def ask(page: Page, text: str) -> None:
    """Write a question, send the form and wait until the page holds it."""
    page.get_by_role("textbox").fill(text)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text(text, exact=True)).to_have_count(1)


def test_question_is_answered_without_scripts(page: Page, assistant: Assistant) -> None:
    page.goto(f"{assistant.address}/chat?lang=en")
    ask(page, DETAINER)
    answer = page.get_by_role("heading", name="What is an ICE detainer")
    expect(answer).to_be_visible()
    page.get_by_text("Sources", exact=True).first.click()
    expect(page.get_by_role("link", name="287.7").first).to_be_visible()
    page.screenshot(path=SCREENS / "plain-page.png", full_page=True)
    assert page.url == f"{assistant.address}/chat#newest"
    assert page.context.cookies() == []


def test_conversation_goes_on_switches_language_and_is_deleted(
    page: Page, assistant: Assistant
) -> None:
    page.goto(f"{assistant.address}/chat?lang=en")
    ask(page, DETAINER)
    ask(page, "how much is a bond")
    expect(page.get_by_text(DETAINER, exact=True)).to_have_count(1)
    page.get_by_role("button", name="Español").click()
    expect(page.locator("html")).to_have_attribute("lang", "es")
    page.get_by_role("button", name="Borrar").first.click()
    expect(page.get_by_text(DETAINER, exact=True)).to_have_count(0)


def test_demo_page_leads_to_it(page: Page, assistant: Assistant) -> None:
    page.goto(f"{assistant.address}/?lang=es")
    page.get_by_role("link", name="Preguntar sin la ventana del chat").click()
    expect(page.locator("h1")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_it(
    open_context: Opener, assistant: Assistant, scheme: str
) -> None:
    page = open_context(viewport=PHONE, color_scheme=scheme).new_page()
    page.goto(f"{assistant.address}/chat?lang=en")
    empty = faults(page)
    ask(page, DETAINER)
    assert empty + faults(page) == []
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert not wide


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_demo_page_leads_to_what_went_wrong_and_axe_finds_nothing_there(
    open_context: Opener, assistant: Assistant, scheme: str
) -> None:
    page = open_context(viewport=PHONE, color_scheme=scheme).new_page()
    page.goto(f"{assistant.address}/?lang=es")
    page.get_by_role("link", name="Qué ha salido mal").click()
    expect(page.get_by_text("ningún incidente")).to_be_visible()
    assert faults(page) == []
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert not wide
