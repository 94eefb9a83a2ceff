"""A visitor who sends a consultation request, on the website or on WhatsApp."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from playwright.sync_api import Locator, Page, expect

from tests.browser.visitor import Visitor
from tests.e2e.whatsapp_office import WhatsApp
from tests.standins.phone import Phone
from tests.standins.serving import wait_until

NUMBER: Final = re.compile(r"R(?:-[0-9A-Z]{4}){3}")
NAME: Final = "Zyxwina Canarsson"
PHONE: Final = "212 555 0187"
OTHER_SIDE: Final = "Quetzalwerk Vermieter GmbH"
# The first person has time, writes some answers and presses buttons for the others.
CALM: Final = {
    "start": "Ask the office",
    "consent": "I agree",
    "place": "i live in new york",
    "urgency": "Neither",
    "other_side": OTHER_SIDE,
    "matter": "My rights",
    "reach": "Phone call",
    "address": PHONE,
    "reach_time": "Morning",
    "message_ok": "no",
    "name": NAME,
    "spoken": "English",
    "kind": "by telephone",
    "times": "Evening",
    "confirm": "Send",
}
# The second has not.
URGENT: Final = {
    **CALM,
    "urgency": "Someone is detained",
    "other_side": "Government or ICE",
    "matter": "A detained person",
    "name": "Ñandú Detenido",
}


def send_by_widget(visitor: Visitor, answers: dict[str, str]) -> str:
    """Answer every question in the widget; return the private number."""
    message = visitor.ask("I want to talk to a person")
    for answer in answers.values():
        message = say_or_press(visitor, message, answer)
    return number_in(message.inner_text())


def say_or_press(visitor: Visitor, message: Locator, answer: str) -> Locator:
    """Press the button of that name under a message, or type it where there is none."""
    before = visitor.said("bot")
    button = message.get_by_role("button", name=answer, exact=True)
    if button.count():
        button.click()
    else:
        visitor.field.fill(answer)
        visitor.field.press("Enter")
    return visitor.answer(before)


def send_by_whatsapp(whatsapp: WhatsApp, phone: Phone, answers: Iterable[str]) -> str:
    """Answer every question on WhatsApp; return the private number."""
    tell(whatsapp, phone, "I want to talk to a person")
    for answer in answers:
        tell(whatsapp, phone, answer)
    return number_in(whatsapp.to(phone)[-1])


def tell(whatsapp: WhatsApp, phone: Phone, answer: str) -> str:
    """Press the newest choice of that name, or write; return the reply."""
    before = len(whatsapp.to(phone))
    choices = [
        (id, title)
        for message in whatsapp.graph.accepted
        if message.person in (phone.number, phone.user_id)
        for id, title, _ in message.choices
        if title == answer
    ]
    event = phone.presses(*choices[-1]) if choices else phone.says(answer)
    whatsapp.tell(event)
    return whatsapp.replies(phone, before + 1)[-1]


def hears(whatsapp: WhatsApp, phone: Phone, words: str, seconds: float = 10) -> None:
    """Wait until the newest message to a phone holds some words."""
    wait_until(lambda: any(words in body for body in whatsapp.to(phone)), seconds)


def number_in(text: str) -> str:
    """Return the private number that stands in a text."""
    found = NUMBER.search(text)
    assert found is not None, text
    return found[0]


def reference_of(number: str) -> str:
    """Return the part of a private number that staff see."""
    return number.split("-")[1]


def take_back(page: Page, server: str, number: str) -> None:
    """Delete a request on the page /request."""
    page.goto(f"{server}/request?lang=en")
    page.get_by_label("Your private number").fill(number)
    page.get_by_role("button", name="Show my request").click()
    page.get_by_role("button", name="Delete everything").click()
    page.get_by_role("button", name="Yes, delete everything").click()
    expect(page.get_by_role("status")).to_have_text("Your request was deleted.")
