"""What must not leak or run: hostile words, other websites, traces on the device."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from playwright.sync_api import BrowserContext, Dialog, Page, Route, expect

from bench.assistant import Assistant
from tests.browser.office_site import OfficeSite
from tests.browser.visitor import Visitor

# From the OWASP cheat sheet on filter evasion; each calls alert() if it runs.
HOSTILE = {
    "script": "<script>alert(1)</script>",
    "image": "<img src=x onerror=alert(1)>",
    "drawing": "<svg/onload=alert(1)>",
    "link": "[here](javascript:alert(1))",
    "bare link": "javascript:alert(1)",
    "data link": "[here](data:text/html,<script>alert(1)</script>)",
    "frame": "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "broken out": '"><script>alert(String.fromCharCode(88))</script>',
    "template": "{{constructor.constructor('alert(1)')()}} ${alert(1)}",
    "style": "<style>*{display:none}</style><body onload=alert(1)>",
}


def hostile_messages(text: str) -> list[dict[str, Any]]:
    """Return an answer, a choice and a staff member's reply that all say it."""
    answer = {
        "entry": text, "aliases": [], "title": text, "short": text, "details": text,
        "next_step": text, "jurisdiction": "US", "as_of": "2026-07-15",
        "review_by": "2027-01-15", "approved": False, "emergency": True,
        "checked": text, "notice": text,
        "sources": [{"title": text, "citation": text, "url": text}],
        "related": [{"entry": "x", "title": text}],
    }  # fmt: skip
    rest = {"at": "2026-11-22T10:00:00+00:00", "language": "en", "text": text}
    bot = {
        **rest, "seq": 2, "from": "bot", "kind": "answer", "lead": [text],
        "closing": [text], "part": "short", "answers": [answer],
        "options": [{"entry": "x", "title": text}],
        "buttons": [{"id": "2.0", "label": text}],
    }  # fmt: skip
    staff = {
        **rest, "seq": 3, "from": "staff", "kind": "message", "name": text,
        "answers": [], "options": [], "buttons": [],
    }  # fmt: skip
    return [bot, staff]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_stay_words(page: Page, assistant: Assistant, text: str) -> None:
    ran: list[str] = []

    def close(dialog: Dialog) -> None:
        ran.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", close)
    # Otherwise the real answer might come first, by the stream.
    page.route("**/api/chat/events", lambda route: route.abort())
    visitor = Visitor(page, assistant.address)
    visitor.arrive("/?lang=en")
    visitor.open_chat()

    def answer(route: Route) -> None:
        if route.request.method == "GET":
            body = {"messages": hostile_messages(text)}
            route.fulfill(status=200, json=body)
        else:
            route.fallback()

    visitor.page.route("**/api/chat/messages*", answer)
    visitor.field.fill(text)
    visitor.field.press("Enter")
    expect(visitor.messages("staff")).to_have_count(1)
    assert visitor.messages("bot").nth(1).locator("h3").inner_text() == text
    assert ran == []
    made = visitor.panel.locator(".log script, .log img, .log iframe, .log style")
    assert made.count() == 0
    for link in visitor.panel.locator(".log a").all():
        assert (link.get_attribute("href") or "").startswith(("https://", "tel:"))


def test_visitors_own_hostile_words_come_back_as_words(visitor: Visitor) -> None:
    visitor.ask(HOSTILE["image"])
    said = visitor.panel.locator(".log .message.visitor .said")
    expect(said).to_have_text(HOSTILE["image"])


def test_quick_exit_leaves_an_empty_page_and_nothing_else(
    visitor: Visitor, assistant: Assistant
) -> None:
    visitor.ask("what is an ICE detainer")
    (token,) = visitor.storage().values()
    entries = visitor.page.evaluate("history.length")
    visitor.press("Leave quickly")
    visitor.page.wait_for_url("about:blank")
    assert visitor.page.title() == ""
    assert visitor.page.evaluate("document.body.innerText") == ""
    assert visitor.page.evaluate("history.length") == entries
    visitor.page.goto(f"{assistant.address}/?lang=en")
    visitor.launcher.wait_for()
    assert visitor.storage() == {}
    gone = httpx.get(
        f"{assistant.address}/api/chat/messages?after=0",
        headers={"Authorization": f"Bearer {token}"},
    )
    assert gone.status_code == 401


def test_quick_exit_by_pressing_shift_three_times(visitor: Visitor) -> None:
    for _ in range(3):
        visitor.page.keyboard.press("Shift")
    visitor.page.wait_for_url("about:blank")


def test_typing_capitals_does_not_leave(visitor: Visitor) -> None:
    visitor.field.press_sequentially("ICE IS HERE", delay=10)
    for letter in "AbAbAb":
        visitor.page.keyboard.press(f"Shift+{letter}" if letter == "A" else letter)
    assert visitor.page.url != "about:blank"


def test_going_back_after_quick_exit_shows_no_chat(visitor: Visitor) -> None:
    visitor.page.goto(f"{visitor.server}/?lang=es")
    visitor.messages("bot").first.wait_for()
    visitor.press("Salir rápido")
    visitor.page.wait_for_url("about:blank")
    visitor.page.go_back()
    visitor.launcher.wait_for()
    assert visitor.storage() == {}


def test_nothing_is_asked_or_kept_before_the_chat_is_opened(
    open_context: Callable[..., BrowserContext], assistant: Assistant
) -> None:
    context = open_context()
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    visitor = Visitor(context.new_page(), assistant.address)
    visitor.arrive("/?lang=en")
    assert [url for url in asked if "/api/" in url] == []
    assert all(url.startswith(assistant.address) for url in asked)
    assert (visitor.storage(), context.cookies()) == ({}, [])


def test_only_the_token_is_kept_and_never_in_an_address(
    visitor: Visitor,
) -> None:
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.url))
    visitor.ask("what is an ICE detainer")
    (token,) = visitor.storage().values()
    assert len(token) >= 43
    assert [url for url in asked if token in url or "detainer" in url] == []
    assert token not in visitor.page.url
    assert visitor.page.evaluate("localStorage.length") == 0


def test_foreign_website_gets_no_chat_and_no_answers(
    open_context: Callable[..., BrowserContext],
    assistant: Assistant,
    site: OfficeSite,
) -> None:
    foreign = site.origin.replace("localhost", "127.0.0.1")
    page = open_context(bypass_csp=True).new_page()
    page.goto(foreign)
    page.wait_for_timeout(1_000)
    assert page.evaluate("customElements.get('legal-chat') === undefined")
    told = page.evaluate(
        """async (server) => {
            try {
                const got = await fetch(server + "/api/chat/sessions", {
                    method: "POST", body: JSON.stringify({language: "en"}),
                    headers: {"Content-Type": "application/json"}});
                return got.status;
            } catch { return "blocked"; }
        }""",
        assistant.address,
    )
    assert told == "blocked"


def test_stolen_conversation_number_opens_nothing(
    visitor: Visitor, assistant: Assistant
) -> None:
    visitor.ask("what is an ICE detainer")
    (token,) = visitor.storage().values()
    for guess in ("1", "0" * 32, token[:-1] + ("A" if token[-1] != "A" else "B")):
        for path in ("/api/chat/messages?after=0", "/api/chat/events"):
            got = httpx.get(
                assistant.address + path, headers={"Authorization": f"Bearer {guess}"}
            )
            assert got.status_code == 401
            assert "detainer" not in json.dumps(got.json())
