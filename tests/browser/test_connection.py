"""Nothing is lost or said twice: reload, no network, no server, two tabs."""

from __future__ import annotations

import uuid

import httpx
from playwright.sync_api import Page, expect

from bench.assistant import Assistant
from tests.browser.visitor import Visitor

DETAINER = "what is an ICE detainer"
AWAY_MS = 10_000


def asked(visitor: Visitor) -> list[str]:
    """Return what the visitor has said, as the chat shows it."""
    return visitor.panel.locator(".message.visitor .said").all_inner_texts()


def test_reload_goes_on_where_the_visitor_was(visitor: Visitor) -> None:
    visitor.ask(DETAINER)
    visitor.page.reload()
    expect(visitor.panel).to_be_visible()
    expect(visitor.messages("bot")).to_have_count(2)
    assert asked(visitor) == [DETAINER]


def test_closed_chat_stays_closed_after_a_reload(visitor: Visitor) -> None:
    visitor.ask(DETAINER)
    visitor.field.press("Escape")
    visitor.page.reload()
    visitor.launcher.wait_for()
    expect(visitor.panel).to_have_count(0)
    visitor.open_chat()
    expect(visitor.messages("bot")).to_have_count(2)


def test_reload_while_the_server_does_not_answer_goes_on_when_it_does(
    visitor: Visitor,
) -> None:
    visitor.ask(DETAINER)
    visitor.page.route("**/api/**", lambda route: route.abort())
    visitor.page.reload()
    expect(visitor.status).to_contain_text("No connection")
    assert visitor.said("bot") == 0
    visitor.page.unroute("**/api/**")
    expect(visitor.messages("bot")).to_have_count(2, timeout=15_000)
    assert asked(visitor) == [DETAINER]


def test_message_typed_without_network_is_sent_when_it_is_back(
    visitor: Visitor,
) -> None:
    visitor.page.context.set_offline(True)
    visitor.field.fill(DETAINER)
    visitor.field.press("Enter")
    expect(visitor.status).to_contain_text("No connection")
    visitor.page.wait_for_timeout(AWAY_MS)
    assert asked(visitor) == [DETAINER]
    visitor.page.context.set_offline(False)
    visitor.answer(1)
    assert (asked(visitor), visitor.said("bot")) == ([DETAINER], 2)
    expect(visitor.status).to_be_empty()


def test_answer_lost_on_its_way_is_not_asked_for_twice(visitor: Visitor) -> None:
    lost: list[str] = []

    def lose(route: object) -> None:
        if lost or route.request.method != "POST":  # type: ignore[attr-defined]
            route.fallback()  # type: ignore[attr-defined]
            return
        # The server hears it and answers, but the answer never arrives.
        route.fetch()  # type: ignore[attr-defined]
        lost.append("once")
        route.abort()  # type: ignore[attr-defined]

    visitor.page.route("**/api/chat/messages", lose)
    visitor.ask(DETAINER)
    visitor.page.wait_for_timeout(2_000)
    assert lost == ["once"]
    assert (asked(visitor), visitor.said("bot")) == ([DETAINER], 2)


def test_server_away_for_ten_seconds_costs_nothing(
    visitor: Visitor, assistant: Assistant
) -> None:
    visitor.ask(DETAINER)
    assistant.stop()
    visitor.field.fill("how much is a bond")
    visitor.field.press("Enter")
    visitor.page.wait_for_timeout(AWAY_MS)
    assistant.start()
    visitor.panel.locator(".log .message.bot").nth(2).wait_for(timeout=30_000)
    assert asked(visitor) == [DETAINER, "how much is a bond"]
    assert visitor.said("bot") == 3


def test_visitor_may_try_again_after_a_long_time_without_network(
    page: Page, assistant: Assistant
) -> None:
    page.clock.install()
    visitor = Visitor(page, assistant.address)
    visitor.arrive("/?lang=en")
    visitor.open_chat()
    page.context.set_offline(True)
    visitor.field.fill(DETAINER)
    visitor.field.press("Enter")
    for _ in range(12):
        page.clock.run_for(9_000)
        page.wait_for_timeout(50)
    expect(visitor.panel.locator(".outbox")).to_contain_text("not sent")
    page.context.set_offline(False)
    visitor.press("Try again")
    expect(visitor.messages("bot")).to_have_count(2, timeout=15_000)
    assert asked(visitor) == [DETAINER]


def test_two_messages_sent_in_a_hurry_are_answered_in_order(visitor: Visitor) -> None:
    for text in (DETAINER, "how much is a bond"):
        visitor.field.fill(text)
        visitor.field.press("Enter")
    expect(visitor.messages("bot")).to_have_count(3, timeout=15_000)
    assert asked(visitor) == [DETAINER, "how much is a bond"]


def test_second_tab_joins_and_both_stay_in_step(visitor: Visitor) -> None:
    visitor.ask(DETAINER)
    second = Visitor(visitor.page.context.new_page(), visitor.server)
    second.arrive("/?lang=en")
    second.open_chat()
    expect(second.messages("bot")).to_have_count(2)
    second.ask("how much is a bond")
    visitor.page.bring_to_front()
    expect(visitor.messages("bot")).to_have_count(3)
    assert asked(visitor) == asked(second)


def test_deleting_in_one_tab_empties_the_other(visitor: Visitor) -> None:
    visitor.ask(DETAINER)
    second = Visitor(visitor.page.context.new_page(), visitor.server)
    second.arrive("/?lang=en")
    second.open_chat()
    visitor.press("Options")
    visitor.press("Delete my conversation")
    visitor.press("Delete it")
    expect(second.status).to_contain_text("has ended")
    assert second.said("visitor") == 0


def test_ended_conversation_begins_anew_and_keeps_the_question(
    visitor: Visitor,
) -> None:
    visitor.ask(DETAINER)
    visitor.page.route(
        "**/api/chat/messages",
        lambda route: route.fulfill(status=401, json={"error": {"code": "no_session"}}),
        times=1,
    )
    visitor.field.fill("how much is a bond")
    visitor.field.press("Enter")
    said = visitor.panel.locator(".log .message.visitor .said")
    expect(said).to_have_text(["how much is a bond"], timeout=15_000)
    expect(visitor.messages("bot")).to_have_count(2)


def say_elsewhere(visitor: Visitor, text: str) -> None:
    """Send a message of the same conversation from another device."""
    (token,) = visitor.storage().values()
    httpx.post(
        f"{visitor.server}/api/chat/messages",
        json={"id": str(uuid.uuid4()), "text": text},
        headers={"Authorization": f"Bearer {token}"},
        timeout=20,
    ).raise_for_status()


def test_message_that_comes_later_is_shown_at_once(visitor: Visitor) -> None:
    say_elsewhere(visitor, DETAINER)
    expect(visitor.messages("bot")).to_have_count(2, timeout=2_000)
    assert asked(visitor) == [DETAINER]


def test_what_came_while_the_network_was_away_comes_after_it(
    visitor: Visitor,
) -> None:
    visitor.page.context.set_offline(True)
    visitor.page.wait_for_timeout(500)
    say_elsewhere(visitor, DETAINER)
    visitor.page.context.set_offline(False)
    expect(visitor.messages("bot")).to_have_count(2, timeout=20_000)
    assert asked(visitor) == [DETAINER]


def test_without_streams_later_messages_come_by_asking_again(
    page: Page, assistant: Assistant
) -> None:
    page.route("**/api/chat/events", lambda route: route.abort())
    visitor = Visitor(page, assistant.address)
    visitor.arrive("/?lang=en")
    visitor.open_chat()
    say_elsewhere(visitor, DETAINER)
    expect(visitor.messages("bot")).to_have_count(2, timeout=40_000)
    assert asked(visitor) == [DETAINER]


def test_idle_chat_warns_then_deletes_itself_but_keeps_what_is_typed(
    page: Page, assistant: Assistant
) -> None:
    page.clock.install()
    visitor = Visitor(page, assistant.address)
    visitor.arrive("/?lang=en")
    visitor.open_chat()
    visitor.field.fill("half a question")
    page.clock.fast_forward(23 * 60_000 + 6_000)
    expect(visitor.status).to_contain_text("In two minutes")
    page.clock.fast_forward(2 * 60_000 + 6_000)
    expect(visitor.status).to_contain_text("25 minutes")
    expect(visitor.field).to_have_value("half a question")
    assert (visitor.said("bot"), visitor.storage()) == (0, {})
