"""The chat on an office's website: strict policy, hostile styles, two script tags."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from bench.assistant import Assistant
from tests.browser.conftest import SCREENS
from tests.browser.office_site import OfficeSite
from tests.browser.visitor import Visitor

Opener = Callable[..., BrowserContext]


@pytest.fixture
def guest(open_context: Opener, assistant: Assistant) -> Visitor:
    """A visitor of the office's website."""
    return Visitor(open_context().new_page(), assistant.address)


def test_chat_works_under_a_strict_policy_without_a_single_report(
    guest: Visitor, site: OfficeSite
) -> None:
    guest.arrive(f"{site.origin}/plain")
    guest.open_chat()
    guest.ask("what is an ICE detainer")
    expect(guest.panel).to_have_css("position", "fixed")
    assert guest.problems == []


def test_page_about_a_subject_opens_with_its_questions(
    guest: Visitor, site: OfficeSite
) -> None:
    guest.arrive(f"{site.origin}/plain")
    guest.open_chat()
    expect(guest.panel.locator(".starters button").first).to_contain_text(
        "mandamus", ignore_case=True
    )


def test_offices_colour_is_used_with_words_that_can_be_read_on_it(
    guest: Visitor, site: OfficeSite
) -> None:
    guest.arrive(f"{site.origin}/plain")
    expect(guest.launcher).to_have_css("background-color", "rgb(122, 31, 92)")
    expect(guest.launcher).to_have_css("color", "rgb(255, 255, 255)")


def test_hostile_styles_of_the_page_do_not_break_the_chat(
    guest: Visitor, site: OfficeSite
) -> None:
    guest.arrive(f"{site.origin}/hostile")
    guest.open_chat()
    answer = guest.ask("what is an ICE detainer")
    box = guest.panel.bounding_box()
    assert box is not None
    assert (box["x"] >= 0, box["x"] + box["width"] <= 1280) == (True, True)
    expect(answer.locator("h3")).to_have_css("font-size", "16px")
    expect(answer.locator(".short p").first).not_to_have_css(
        "color", "rgb(255, 192, 203)"
    )
    guest.page.screenshot(path=SCREENS / "hostile-page.png")


def test_attributes_of_the_script_tag_are_followed(
    guest: Visitor, site: OfficeSite
) -> None:
    guest.arrive(f"{site.origin}/attributes")
    guest.messages("bot").first.wait_for()
    expect(guest.messages("bot").first).to_contain_text("programa automático")
    box = guest.launcher.bounding_box()
    assert box is not None
    assert box["x"] < 100
    assert guest.page.evaluate("document.activeElement === document.body")
    guest.press("Salir rápido")
    guest.page.wait_for_url("about:blank?left")


def test_script_tag_included_twice_makes_one_chat(
    guest: Visitor, site: OfficeSite
) -> None:
    guest.arrive(f"{site.origin}/twice")
    guest.page.wait_for_timeout(500)
    assert guest.page.locator("legal-chat").count() == 1


def test_browser_that_cannot_run_the_chat_gets_a_link_to_the_page(
    open_context: Opener, site: OfficeSite, assistant: Assistant
) -> None:
    context = open_context()
    context.route("**/legal-chat.js", lambda route: route.fulfill(body="not a script"))
    page = context.new_page()
    page.goto(f"{site.origin}/plain")
    link = page.get_by_role("link", name="Ask about your rights")
    expect(link).to_have_attribute("href", f"{assistant.address}/chat", timeout=15_000)


def test_page_is_drawn_before_the_chat_has_loaded(
    open_context: Opener, site: OfficeSite, assistant: Assistant
) -> None:
    context = open_context()
    held: list[object] = []
    context.route("**/widget/**", lambda route: held.append(route))
    page = context.new_page()
    page.goto(f"{site.origin}/plain", wait_until="domcontentloaded")
    expect(page.locator("h1")).to_be_visible()
    page.wait_for_function("performance.getEntriesByName('first-paint').length > 0")
    page.wait_for_timeout(300)
    assert held
    # It lets go of what it held.
    context.unroute("**/widget/**")
    page.locator("legal-chat .launcher").wait_for()
