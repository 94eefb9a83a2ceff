"""Everything by keyboard alone, and nothing that takes the visitor's place away."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from bench.assistant import Assistant
from tests.browser.visitor import Visitor

FOCUSED = """() => {
    let found = document.activeElement;
    while (found?.shadowRoot?.activeElement) found = found.shadowRoot.activeElement;
    return found.getAttribute("aria-label") || found.innerText || found.id;
}"""
MOST_STEPS = 60


@pytest.fixture
def typist(page: Page, assistant: Assistant) -> Visitor:
    """A visitor who uses only the keyboard."""
    visitor = Visitor(page, assistant.address)
    visitor.arrive("/?lang=en")
    return visitor


def focused(visitor: Visitor) -> str:
    """Return the name of what the keyboard acts on."""
    name: str = visitor.page.evaluate(FOCUSED)
    return name.strip()


def tab_to(visitor: Visitor, name: str, key: str = "Tab") -> None:
    """Press Tab until something with this name has the focus."""
    for _ in range(MOST_STEPS):
        visitor.page.keyboard.press(key)
        if focused(visitor).startswith(name):
            return
    raise AssertionError(f"{name!r} cannot be reached with {key}")


def test_whole_visit_by_keyboard(typist: Visitor) -> None:
    keyboard = typist.page.keyboard
    tab_to(typist, "Ask about your rights")
    keyboard.press("Enter")
    typist.messages("bot").first.wait_for()
    assert focused(typist) == "text"
    keyboard.type("what is an ICE detainer")
    keyboard.press("Enter")
    typist.answer(1)
    assert focused(typist) == "text"
    tab_to(typist, "More", "Shift+Tab")
    keyboard.press("Enter")
    expect(typist.messages("bot").nth(1).locator("details").first).to_have_attribute(
        "open", ""
    )
    tab_to(typist, "Yes, this helped")
    keyboard.press("Enter")
    expect(typist.messages("bot").nth(1)).to_contain_text("Thank you.")
    tab_to(typist, "Options", "Shift+Tab")
    keyboard.press("Enter")
    tab_to(typist, "Delete my conversation")
    keyboard.press("Enter")
    assert focused(typist) == "Keep it"
    tab_to(typist, "Delete it", "Shift+Tab")
    keyboard.press("Enter")
    expect(typist.status).to_have_text("Your conversation was deleted.")


def test_related_questions_choices_and_language_by_keyboard(typist: Visitor) -> None:
    keyboard = typist.page.keyboard
    tab_to(typist, "Ask about your rights")
    keyboard.press("Enter")
    typist.messages("bot").first.wait_for()
    keyboard.type("what is an ICE detainer")
    keyboard.press("Enter")
    typist.answer(1)
    tab_to(typist, "You may also want to know", "Shift+Tab")
    keyboard.press("Enter")
    keyboard.press("Tab")
    title = focused(typist)
    keyboard.press("Enter")
    expect(typist.answer(2).locator("h3").first).to_have_text(title)
    tab_to(typist, "text")
    keyboard.type("work permit")
    keyboard.press("Enter")
    asked = typist.answer(3)
    wanted = asked.locator(".buttons > button.wide").first.inner_text()
    tab_to(typist, wanted, "Shift+Tab")
    keyboard.press("Enter")
    expect(typist.answer(4).locator("h3").first).to_have_text(wanted)
    tab_to(typist, "Español", "Shift+Tab")
    keyboard.press("Enter")
    expect(typist.answer(5)).to_have_attribute("lang", "es")
    assert focused(typist) == "English"
    typist.page.reload()
    expect(typist.messages("bot")).to_have_count(6)


def test_escape_closes_and_gives_the_focus_back(typist: Visitor) -> None:
    typist.open_chat()
    typist.page.keyboard.press("Escape")
    expect(typist.panel).to_be_hidden()
    assert focused(typist).startswith("Ask about your rights")
    expect(typist.launcher).to_have_attribute("aria-expanded", "false")


def test_keyboard_leaves_the_chat_and_comes_back(typist: Visitor) -> None:
    typist.open_chat()
    tab_to(typist, "How we help")


def test_leaving_and_the_language_come_first(typist: Visitor) -> None:
    typist.open_chat()
    typist.panel.evaluate("panel => panel.querySelector('button').focus()")
    assert focused(typist) == "Leave quickly"
    typist.page.keyboard.press("Tab")
    assert focused(typist) == "Español"


def test_new_messages_never_take_the_focus(typist: Visitor) -> None:
    typist.open_chat()
    typist.panel.get_by_role("button", name="Options").focus()
    for text in ("what is an ICE detainer", "how much is a bond"):
        before = typist.said("bot")
        typist.panel.locator("textarea").evaluate(
            "(field, text) => { field.value = text; field.form.requestSubmit(); }", text
        )
        typist.answer(before)
    assert focused(typist) == "text"


def test_shift_enter_makes_a_new_line_and_composing_does_not_send(
    typist: Visitor,
) -> None:
    typist.open_chat()
    typist.page.keyboard.type("first")
    typist.page.keyboard.press("Shift+Enter")
    typist.page.keyboard.type("second")
    expect(typist.field).to_have_value("first\nsecond")
    typist.field.dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    assert typist.said("visitor") == 0
