"""axe finds nothing in any state, light and dark, on a phone and on a desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from bench.assistant import Assistant
from tests.browser.conftest import DESKTOP, PHONE, SCREENS
from tests.browser.visitor import Visitor

DETAINER: Final = "what is an ICE detainer"
RULES: Final = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
}


class State(NamedTuple):
    """A state of the chat: its name, and how a visitor gets there."""

    name: str
    reach: Callable[[Visitor], object]


def _offline(visitor: Visitor) -> None:
    visitor.page.context.set_offline(True)
    visitor.field.fill(DETAINER)
    visitor.field.press("Enter")
    expect(visitor.status).to_contain_text("No connection")


def _details(visitor: Visitor) -> None:
    answer = visitor.ask(DETAINER)
    for fold in answer.locator("details").all():
        fold.locator("summary").click()


def _voted(visitor: Visitor) -> None:
    visitor.ask(DETAINER).get_by_role("button", name="No, this did not help").click()
    expect(visitor.panel).to_contain_text("May the office read")


def _deleting(visitor: Visitor) -> None:
    visitor.press("Options")
    visitor.press("Delete my conversation")


def _spanish(visitor: Visitor) -> None:
    visitor.press("Español")
    expect(visitor.messages("bot").first).to_have_attribute("lang", "es")


STATES = (
    State("open", lambda visitor: None),
    State("answer", lambda visitor: visitor.ask(DETAINER)),
    State("details", _details),
    State("choices", lambda visitor: visitor.ask("deport")),
    State("unknown", lambda visitor: visitor.ask("best pizza in Newark")),
    State("emergency", lambda v: v.ask("ICE is at my door right now, banging")),
    State("voted", _voted),
    State("options", lambda visitor: visitor.press("Options")),
    State("deleting", _deleting),
    State("offline", _offline),
    State("spanish", _spanish),
)


def faults(page: Page) -> list[str]:
    """Return what axe finds on the page, the chat's inside included."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{fault['id']}: {node['target']} {node['failureSummary']}"
        for fault in found
        for node in fault["nodes"]
    ]


def wider_than_the_screen(page: Page) -> bool:
    """Return whether the page or the chat scrolls sideways."""
    wide: bool = page.evaluate(
        """() => {
            const inside = document.querySelector("legal-chat").shadowRoot;
            const parts = [document.documentElement, ...inside.querySelectorAll("*")];
            return parts.some((part) => part.scrollWidth > part.clientWidth + 1
                && getComputedStyle(part).overflowX !== "visible"
                && !part.classList.contains("unseen") && part.clientWidth > 0
                && part.tagName !== "TEXTAREA")
                || document.documentElement.scrollWidth > innerWidth;
        }"""
    )
    return wide


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_axe_finds_nothing_in_any_state(
    open_context: Callable[..., BrowserContext],
    assistant: Assistant,
    screen: dict[str, int],
    scheme: str,
) -> None:
    found = {}
    for state in STATES:
        context = open_context(viewport=screen, color_scheme=scheme)
        visitor = Visitor(context.new_page(), assistant.address)
        visitor.arrive("/?lang=en")
        closed = faults(visitor.page)
        visitor.open_chat()
        state.reach(visitor)
        name = f"{state.name}-{scheme}-{screen['width']}"
        visitor.page.screenshot(path=SCREENS / f"{name}.png")
        found[name] = closed + faults(visitor.page)
        if wider_than_the_screen(visitor.page):
            found[name].append("scrolls sideways")
        context.close()
    assert {name: told for name, told in found.items() if told} == {}


@pytest.mark.parametrize("zoom", [2, 4], ids=["200 %", "400 %"])
def test_enlarged_page_shows_everything_without_scrolling_sideways(
    open_context: Callable[..., BrowserContext], assistant: Assistant, zoom: int
) -> None:
    size = {"width": 1280 // zoom, "height": 1024 // zoom}
    context = open_context(viewport=size, device_scale_factor=zoom)
    visitor = Visitor(context.new_page(), assistant.address)
    visitor.arrive("/?lang=en")
    visitor.open_chat()
    visitor.ask(DETAINER)
    visitor.page.screenshot(path=SCREENS / f"enlarged-{zoom}.png")
    assert not wider_than_the_screen(visitor.page)
    expect(visitor.field).to_be_visible()


def test_forced_colours_and_less_motion_are_obeyed(
    open_context: Callable[..., BrowserContext], assistant: Assistant
) -> None:
    context = open_context(forced_colors="active", reduced_motion="reduce")
    visitor = Visitor(context.new_page(), assistant.address)
    visitor.arrive("/?lang=en")
    visitor.open_chat()
    answer = visitor.ask(DETAINER)
    visitor.page.screenshot(path=SCREENS / "forced-colours.png")
    expect(answer).to_have_css("border-top-style", "solid")
    moving = visitor.panel.evaluate(
        "panel => panel.getAnimations({subtree: true}).length"
    )
    assert moving == 0


def test_each_message_is_announced_once_and_says_who_speaks(visitor: Visitor) -> None:
    visitor.panel.evaluate(
        """panel => {
            window.told = [];
            new MutationObserver((changes) => changes.forEach((change) =>
                change.addedNodes.forEach((node) => window.told.push(node.innerText))))
                .observe(panel.querySelector("[role=log]"), {childList: true});
        }"""
    )
    visitor.ask(DETAINER)
    told = visitor.page.evaluate("window.told")
    assert len(told) == 2
    assert told[0].startswith("You")
    assert told[1].startswith("Assistant (automated)")
    log = visitor.panel.get_by_role("log")
    expect(log).to_have_attribute("aria-live", "polite")


def test_targets_are_large_enough_for_a_finger(visitor: Visitor) -> None:
    visitor.ask(DETAINER)
    visitor.press("Options")
    small = visitor.panel.evaluate(
        """panel => [...panel.querySelectorAll("button, summary, textarea")]
            .filter((part) => part.offsetParent)
            .map((part) => [part.innerText, part.getBoundingClientRect()])
            .filter(([, box]) => box.width < 24 || box.height < 24)
            .map(([name]) => name)"""
    )
    assert small == []
