"""Every page of the console and of /request, and how one comes to see it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from playwright.sync_api import Page

from tests.browser.console_staff import PASSWORD, StaffMember

EMPTY: Final = "4F2K"
TAKEN: Final = "7XQM"
UNKNOWN: Final = "R-2222-2222-2222"


@dataclass
class Tour:
    """Who walks through the pages: an admin, a colleague, and a request of each kind.

    `number` is the private number of a request whose conversation is kept.
    """

    admin: StaffMember
    colleague: StaffMember
    language: str
    number: str

    @property
    def page(self) -> Page:
        """The page in front of the admin."""
        return self.admin.page

    @property
    def conversation(self) -> str:
        """The address of the conversation that is kept."""
        return f"/requests/{self.number.split('-')[1]}/conversation"

    def send(self, form: str, **fields: str) -> None:
        """Fill fields by their ids and send the form; the server is to judge it."""
        for name, value in fields.items():
            self.page.locator(f"#{name}").fill(value)
        with self.page.expect_navigation():
            self.page.locator(form).evaluate(
                "form => { form.noValidate = true; form.requestSubmit(); }"
            )

    def look_up(self, number: str) -> None:
        """Type a private number on the page /request."""
        self.page.goto(f"{self.admin.server}/request?lang={self.language}")
        self.page.locator("#number").fill(number)
        with self.page.expect_navigation():
            self.page.locator("button.send").click()


def _at(path: str) -> Callable[[Tour], None]:
    return lambda tour: tour.admin.open(path)


def _no_such_request(tour: Tour) -> None:
    tour.admin.open("/requests")
    tour.send("form:has(#reference)", reference=UNKNOWN)


def _wrong_appointment(tour: Tour) -> None:
    tour.admin.open(f"/requests/{TAKEN}")
    tour.send("form:has(#day)", day="2020-01-01", time="10:00")


def _free(tour: Tour) -> None:
    tour.admin.open(tour.conversation)
    held = tour.page.locator("button#hand-back, #hand-back button")
    if held.count():
        held.click()
        tour.page.locator("#take").wait_for()


def _held(tour: Tour) -> None:
    _free(tour)
    tour.page.locator("#take button").click()
    tour.page.locator("#reply").wait_for()


def _nothing_to_send(tour: Tour) -> None:
    _held(tour)
    tour.send("#reply")
    tour.page.locator("#problem").wait_for()


def _held_by_another(tour: Tour) -> None:
    _free(tour)
    tour.colleague.open(tour.conversation)
    tour.colleague.page.locator("#take button").click()
    tour.colleague.page.locator("#reply").wait_for()
    tour.admin.open(tour.conversation)


def _wrong_login(tour: Tour) -> None:
    tour.admin.open("/staff")
    tour.send("form:has(#login)", login="no good", name="Pat")


def _new_link(tour: Tour) -> None:
    tour.admin.open("/staff")
    tour.send("form:has(#login)", login=f"pat.{tour.language}", name="Pat")


def _wrong_password(tour: Tour) -> None:
    tour.admin.open("/account")
    tour.send("form:has(#present)", present="x", password="short", again="short")


def _sure(tour: Tour) -> None:
    tour.look_up(tour.number)
    tour.page.locator("button[value=delete]").click()
    tour.page.locator("button[value=delete_now]").wait_for()


PAGES: Final[Mapping[str, Callable[[Tour], None]]] = {
    "queue": _at("/requests"),
    "queue-empty": _at("/requests?state=spam&mine=1"),
    "queue-not-found": _no_such_request,
    "request": _at(f"/requests/{TAKEN}"),
    "request-wrong": _wrong_appointment,
    "conversation": _free,
    "conversation-held": _held,
    "conversation-wrong": _nothing_to_send,
    "conversation-of-another": _held_by_another,
    "conversation-gone": _at(f"/requests/{EMPTY}/conversation"),
    "numbers": _at("/numbers"),
    "staff": _at("/staff"),
    "staff-wrong": _wrong_login,
    "staff-link": _new_link,
    "audit": _at("/audit"),
    "account": _at("/account"),
    "account-wrong": _wrong_password,
    "factor": _at("/account/factor"),
    "nothing-here": _at("/requests/2222"),
    "status": lambda tour: tour.look_up(tour.number),
    "status-unknown": lambda tour: tour.look_up(UNKNOWN),
    "status-sure": _sure,
}


@dataclass
class Newcomer:
    """Somebody who has a one-time link and is not signed in."""

    person: StaffMember
    link: str
    language: str

    @property
    def page(self) -> Page:
        """The page in front of them."""
        return self.person.page

    def send(self, **fields: str) -> None:
        """Fill fields by their ids and send the form; it is refused."""
        for name, value in fields.items():
            self.page.locator(f"#{name}").fill(value)
        self.page.locator("form button").click()
        self.page.locator("#problem").wait_for()


def _outside(path: str) -> Callable[[Newcomer], None]:
    def go(new: Newcomer) -> None:
        new.page.goto(f"{new.person.server}{path}lang={new.language}")

    return go


def _not_let_in(new: Newcomer) -> None:
    _outside("/staff/sign-in?")(new)
    new.send(login="nobody", password="none", code="123456")


def _invited(new: Newcomer) -> None:
    new.page.goto(f"{new.link}&lang={new.language}")


def _not_the_same(new: Newcomer) -> None:
    _invited(new)
    new.send(password=PASSWORD, again="something else", code="123456")


def _ready(new: Newcomer) -> None:
    new.person.join(f"{new.link}&lang={new.language}")


OUTSIDE: Final[Mapping[str, Callable[[Newcomer], None]]] = {
    "sign-in": _outside("/staff/sign-in?"),
    "sign-in-wrong": _not_let_in,
    "sign-in-dead": _outside("/staff/join?token=old&"),
    "join": _invited,
    "join-wrong": _not_the_same,
    "join-ready": _ready,
    "status-number": _outside("/request?"),
}
