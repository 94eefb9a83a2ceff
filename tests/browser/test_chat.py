"""A visitor asks, reads on, chooses, votes, changes the language and deletes it all."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Route, expect

from tests.browser.visitor import Visitor

DETAINER = "what is an ICE detainer"


def test_visitor_is_told_what_this_is_before_anything_else(visitor: Visitor) -> None:
    greeting = visitor.messages("bot").first
    expect(greeting).to_contain_text("automated program, not a lawyer")
    expect(visitor.panel.locator(".starters button").first).to_be_visible()


def test_starter_question_is_answered_when_pressed(visitor: Visitor) -> None:
    visitor.panel.locator(".starters button").nth(2).click()
    expect(visitor.answer(1).locator(".card h3")).to_be_visible()


def test_answer_shows_its_sources_its_date_and_that_no_attorney_read_it(
    visitor: Visitor,
) -> None:
    answer = visitor.ask(DETAINER)
    expect(answer.locator("h3")).to_contain_text("detainer", ignore_case=True)
    expect(answer).to_contain_text("Law checked on")
    expect(answer).to_contain_text("Not yet reviewed by an attorney")
    answer.get_by_text("Sources", exact=True).click()
    link = answer.locator("a[target=_blank]").first
    expect(link).to_be_visible()
    expect(link).to_have_attribute("href", re.compile("^https://"))
    expect(link).to_have_attribute("rel", "noopener noreferrer")


def test_visitor_opens_details_and_follows_a_related_question(visitor: Visitor) -> None:
    answer = visitor.ask(DETAINER)
    more = answer.locator("details", has=visitor.page.get_by_text("More", exact=True))
    more.locator("summary").click()
    expect(more.locator("p").first).to_be_visible()
    answer.get_by_text("You may also want to know").click()
    related = answer.locator("details button.wide").first
    title = related.inner_text()
    related.click()
    expect(visitor.answer(2).locator("h3").first).to_have_text(title)


def test_visitor_is_offered_choices_and_picks_one(visitor: Visitor) -> None:
    asked = visitor.ask("deport")
    for words in ("bond", "detention", "they have a paper", "287g"):
        if asked.locator(".buttons > button.wide").count() >= 2:
            break
        asked = visitor.ask(words)
    choice = asked.locator(".buttons > button.wide").first
    title = choice.inner_text()
    before = visitor.said("bot")
    choice.click()
    expect(visitor.answer(before).locator("h3").first).to_have_text(title)
    expect(choice).to_have_attribute("aria-pressed", "true")


def test_visitor_votes_and_is_asked_before_the_office_may_read_along(
    visitor: Visitor,
) -> None:
    answer = visitor.ask(DETAINER)
    answer.get_by_role("button", name="No, this did not help").click()
    expect(answer).to_contain_text("May the office read your question")
    answer.get_by_role("button", name="Yes", exact=True).click()
    expect(answer).to_contain_text("at most 90 days")


def test_language_changes_and_the_topic_stays(visitor: Visitor) -> None:
    visitor.ask(DETAINER)
    before = visitor.said("bot")
    visitor.press("Español")
    answer = visitor.answer(before)
    expect(answer).to_have_attribute("lang", "es")
    expect(answer.locator("h3").first).to_contain_text("detainer", ignore_case=True)
    expect(visitor.panel.get_by_role("button", name="Salir rápido")).to_be_visible()
    expect(visitor.panel.locator("label")).to_have_text("Su pregunta")


def test_language_changes_before_the_first_question_too(visitor: Visitor) -> None:
    visitor.press("Español")
    expect(visitor.messages("bot").first).to_contain_text("programa automático")
    assert visitor.said("bot") == 1


def test_what_was_being_typed_survives_the_change_of_language(
    visitor: Visitor,
) -> None:
    visitor.field.fill("half a question")
    visitor.press("Español")
    expect(visitor.field).to_have_value("half a question")


def test_emergency_stands_apart_with_numbers_to_call(visitor: Visitor) -> None:
    answer = visitor.ask("ICE is at my door right now they are banging")
    expect(answer).to_have_class(re.compile("emergency"))
    expect(answer.locator(".short").first).to_be_visible()


def test_visitor_deletes_the_conversation_after_being_asked(visitor: Visitor) -> None:
    visitor.ask(DETAINER)
    visitor.press("Options")
    visitor.press("Delete my conversation")
    visitor.press("Keep it")
    assert visitor.said("bot") == 2
    visitor.press("Delete my conversation")
    visitor.press("Delete it")
    expect(visitor.status).to_have_text("Your conversation was deleted.")
    assert (visitor.said("visitor"), visitor.said("bot")) == (0, 1)


def test_conversation_is_saved_as_a_file_of_plain_words(
    visitor: Visitor, tmp_path: Path
) -> None:
    visitor.ask(DETAINER)
    visitor.press("Options")
    with visitor.page.expect_download() as caught:
        visitor.press("Save the conversation as a file")
    caught.value.save_as(tmp_path / "kept.txt")
    text = (tmp_path / "kept.txt").read_text(encoding="utf-8")
    assert DETAINER in text
    assert "Law checked on" in text


def test_conversation_is_copied(visitor: Visitor) -> None:
    visitor.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visitor.ask(DETAINER)
    visitor.press("Options")
    visitor.press("Copy the conversation")
    expect(visitor.status).to_have_text("Copied.")
    assert DETAINER in visitor.page.evaluate("navigator.clipboard.readText()")


def test_conversation_is_printed_from_a_window_of_its_own(visitor: Visitor) -> None:
    visitor.page.context.add_init_script("window.print = () => {}")
    visitor.ask(DETAINER)
    visitor.press("Options")
    with visitor.page.expect_popup() as opened:
        visitor.press("Print the conversation")
    expect(opened.value.locator("body")).to_contain_text(DETAINER)


def test_visitor_is_warned_before_sharing_an_a_number(visitor: Visitor) -> None:
    visitor.field.press_sequentially("my number is A123456789")
    expect(visitor.panel.locator("#hint")).to_contain_text("do not need to share")
    visitor.field.fill("my number is secret")
    expect(visitor.panel.locator("#hint")).to_be_empty()


def test_long_message_is_counted_down_and_cut_nowhere(visitor: Visitor) -> None:
    visitor.field.fill("a" * 950)
    expect(visitor.panel.locator("#left")).to_have_text("50 characters left")


def test_late_messages_are_counted_while_the_chat_is_closed(visitor: Visitor) -> None:
    # The answer waits until the chat is closed: it would be quicker than two keys.
    asked: list[Route] = []
    visitor.page.route(
        "**/api/chat/messages",
        lambda route: (
            asked.append(route) if route.request.method == "POST" else route.continue_()
        ),
    )
    visitor.field.fill(DETAINER)
    visitor.field.press("Enter")
    visitor.field.press("Escape")
    while not asked:
        visitor.page.wait_for_timeout(20)
    asked[0].continue_()
    expect(visitor.launcher).to_contain_text("1 new messages", timeout=15_000)
    visitor.launcher.click()
    expect(visitor.launcher.locator(".badge")).to_be_hidden()


def test_nothing_went_wrong_in_the_browser(visitor: Visitor) -> None:
    visitor.ask(DETAINER)
    visitor.press("Options")
    assert visitor.problems == []
    assert visitor.page.context.cookies() == []
