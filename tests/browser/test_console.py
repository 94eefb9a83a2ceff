"""The console before hostile visitors and websites, by keyboard, and in every page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from bot.core.staff import Staff
from bot.settings import load_settings
from bot.storage import staff
from bot.storage.engine import open_storage
from tests.browser.conftest import PHONE, SCREENS
from tests.browser.console_office import (
    database_files,
    hire,
    kept_answers,
    one_time_link,
    open_office,
    request_of,
)
from tests.browser.console_pages import EMPTY, OUTSIDE, PAGES, TAKEN, Newcomer, Tour
from tests.browser.console_staff import PASSWORD, StaffMember
from tests.browser.console_visitor import (
    CALM,
    reference_of,
    send_by_widget,
    take_back,
)
from tests.browser.office_site import OfficeSite
from tests.browser.test_accessibility import faults
from tests.browser.test_safety import HOSTILE
from tests.browser.visitor import Visitor
from tests.e2e.whatsapp_office import WhatsApp
from tests.gateway.console_requests import put_request

Opener = Callable[..., BrowserContext]
WIDE = {"width": 1200, "height": 800}
WIDTHS = (320, 481, 768, 961, 1200)


@dataclass
class Sent:
    """A visitor at the widget who has sent a request."""

    visitor: Visitor
    number: str
    reference: str


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WhatsApp]:
    """The office of this file."""
    with open_office(tmp_path_factory.mktemp("console")) as running:
        yield running


@pytest.fixture(scope="module")
def ana(browser: Browser, office: WhatsApp) -> StaffMember:
    """Ana, an admin with a long name, who is signed in."""
    name = "Ana María Fernanda de la Cruz Hernández-Villavicencio"
    return hire(browser, office.assistant, "ana", name, "admin")


@pytest.fixture(scope="module")
def send(browser: Browser, office: WhatsApp) -> Callable[..., Sent]:
    """Sends a request by the widget, with some answers of one's own."""

    def send_one(**answers: str) -> Sent:
        visitor = Visitor(browser.new_page(), office.assistant.address)
        visitor.arrive("/?lang=en")
        visitor.open_chat()
        number = send_by_widget(visitor, {**CALM, **answers})
        return Sent(visitor, number, reference_of(number))

    return send_one


@pytest.fixture(scope="module")
def tour(
    browser: Browser,
    office: WhatsApp,
    ana: StaffMember,
    send: Callable[..., Sent],
) -> Tour:
    """Ana, a colleague, and a queue with requests of all kinds."""
    luz = hire(browser, office.assistant, "luz", "Luz Vega", "intake")
    fill_queue(office)
    sent = send()
    sent.visitor.ask("what is an ICE detainer")
    return Tour(ana, luz, "en", sent.number)


def fill_queue(office: WhatsApp) -> None:
    """Put requests into the queue that came hours and days ago."""
    storage = open_storage(load_settings(office.assistant.environment))
    now = datetime.now(timezone.utc)
    world: Any = SimpleNamespace(storage=storage, now=lambda: now)
    with storage.read() as session:
        holder: Staff = next(each.staff for each in staff.everybody(session))
    soon = {"urgency": "date", "urgent_date": f"{now + timedelta(days=4):%Y-%m-%d}"}
    put_request(world, EMPTY, is_urgent=True, answers=soon, channel="whatsapp_cloud")
    put_request(
        world,
        TAKEN,
        state="claimed",
        holder=holder,
        language="es",
        sent_at=now - timedelta(hours=5),
        answers={"matter": "misconduct", "other_side": "Acme " * 23},
    )
    storage.close()


def test_hostile_words_of_a_visitor_are_words_in_the_console(
    ana: StaffMember, send: Callable[..., Sent]
) -> None:
    name, other_side = HOSTILE["image"], HOSTILE["broken out"]
    sent = send(name=name, other_side=other_side)
    sent.visitor.ask(HOSTILE["script"])
    ana.open("/requests")
    ana.open_request(sent.reference)
    for text in (name, other_side):
        expect(ana.page.get_by_text(text, exact=True)).to_be_visible()
    ana.open_conversation(sent.reference)
    expect(ana.page.get_by_text(HOSTILE["script"], exact=True)).to_be_visible()
    ana.press("Take over")
    # This one comes by htmx, into the open page.
    for text in (HOSTILE["frame"], HOSTILE["drawing"]):
        sent.visitor.field.fill(text)
        sent.visitor.field.press("Enter")
        expect(ana.page.get_by_text(text, exact=True)).to_be_visible()
    made = ana.page.locator("main").locator("script, img, iframe, style, svg")
    assert made.count() == 0
    ana.reply(HOSTILE["image"])
    answer = sent.visitor.messages("staff").last
    expect(answer).to_contain_text(HOSTILE["image"])
    ana.press("Hand back to the assistant")
    assert (ana.problems, sent.visitor.problems) == ([], [])


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"], ids=["other", "same"])
def test_form_on_a_foreign_page_changes_nothing(
    tour: Tour, office: WhatsApp, site: OfficeSite, host: str
) -> None:
    # On the same machine the browser sends the cookie along: ports are no other site.
    reference = tour.number.split("-")[1]
    tour.admin.open(f"/requests/{reference}")
    token = tour.page.locator("input[name=csrf]").first.input_value()
    kept = request_of(office.assistant, reference)
    assert kept is not None
    page = tour.page.context.new_page()
    page.goto(site.origin.replace("localhost", host) + "/plain")
    fields = {"csrf": token, "action": "claim", "version": str(kept.version)}
    with page.expect_navigation():
        page.evaluate(
            """([address, fields]) => {
                const form = document.createElement("form");
                form.method = "post";
                form.action = address;
                for (const [name, value] of Object.entries(fields)) {
                    const field = document.createElement("input");
                    field.name = name;
                    field.value = value;
                    form.append(field);
                }
                document.body.append(form);
                form.submit();
            }""",
            [f"{tour.admin.server}/staff/requests/{reference}", fields],
        )
    expect(page.locator("body")).to_contain_text("foreign_origin")
    page.close()
    assert request_of(office.assistant, reference) == kept


def test_withdrawn_request_leaves_nothing_in_the_database_files(
    office: WhatsApp, ana: StaffMember, send: Callable[..., Sent], page: Page
) -> None:
    answers = {"reach": "E-mail", "address": "zyx@canarsson.example"}
    sent = send(**answers, name="Wilhelmina Canary")
    ana.open_request(sent.reference)
    ana.page.get_by_label("New note").fill("Wilhelmina will call.")
    ana.press("Save the note")
    ana.page.get_by_text("Wilhelmina will call.").wait_for()
    kept = kept_answers(office.assistant, sent.reference)
    assert kept in database_files(office.assistant)
    take_back(page, office.assistant.address, sent.number)
    assert faults(page) == []
    everything = database_files(office.assistant) + office.assistant.log.read_bytes()
    secrets = ("Wilhelmina", "Canary", "zyx@", "canarsson.example", sent.number)
    for secret in (kept, *(words.encode() for words in secrets)):
        assert secret not in everything
    ana.open(f"/requests/{sent.reference}")
    expect(ana.page.get_by_role("alert")).to_contain_text("There is nothing here.")


def test_day_at_the_desk_by_keyboard_alone(
    ana: StaffMember, send: Callable[..., Sent]
) -> None:
    sent = send(name="Keyboard Canarsson")
    keyboard = ana.page.keyboard
    ana.open("/requests")
    ana.tab_to("Sign out")
    keyboard.press("Enter")
    expect(ana.page.locator("h1")).to_have_text("Sign in")
    ana.open("/sign-in?lang=en")
    # A browser gives the focus some moments after the page is loaded.
    expect(ana.page.locator("#login")).to_be_focused()
    for words in (ana.login, PASSWORD, ana.code()):
        keyboard.type(words)
        keyboard.press("Tab")
    keyboard.press("Enter")
    ana.page.locator("#queue").wait_for()
    for target, shown in (
        (f"R-{sent.reference}", "#glance"),
        ("Take this request", "[role=status].notice"),
        ("Conversation", "#take"),
        ("Take over", "#reply"),
    ):
        ana.tab_to(target)
        keyboard.press("Enter")
        ana.page.locator(shown).wait_for()
    ana.tab_to("text")
    keyboard.type("Written without a mouse.")
    ana.tab_to("Send")
    keyboard.press("Enter")
    heard = sent.visitor.messages("staff").last
    expect(heard).to_contain_text("Written without a mouse.")
    expect(ana.page.locator("#text")).to_have_value("")
    ana.tab_to("Hand back to the assistant")
    keyboard.press("Enter")
    ana.page.locator("#take").wait_for()


@pytest.mark.parametrize("language", ["en", "es"])
def test_axe_finds_nothing_on_any_page(tour: Tour, language: str) -> None:
    tour.admin.open("/account")
    tour.page.locator("select#language").select_option(language)
    tour.page.locator("form:has(select#language) button").click()
    expect(tour.page.locator("html")).to_have_attribute("lang", language)
    tour.language = language
    found = {}
    for name, reach in PAGES.items():
        reach(tour)
        expect(tour.page.locator("html")).to_have_attribute("lang", language)
        found[name] = looked_at(tour.page, f"{name}-{language}")
    assert {name: told for name, told in found.items() if told} == {}
    assert tour.admin.problems == []


@pytest.mark.parametrize("language", ["en", "es"])
def test_axe_finds_nothing_on_any_page_for_those_outside(
    open_context: Opener, office: WhatsApp, language: str
) -> None:
    login = f"new.{language}"
    link = one_time_link(office.assistant, login, "Noa", "reviewer")
    page = open_context().new_page()
    person = StaffMember(page, office.assistant.address, login, "Noa")
    new = Newcomer(person, link, language)
    found = {}
    for name, reach in OUTSIDE.items():
        reach(new)
        expect(page.locator("html")).to_have_attribute("lang", language)
        found[name] = looked_at(page, f"{name}-{language}")
    assert {name: told for name, told in found.items() if told} == {}
    assert person.problems == []


def looked_at(page: Page, name: str) -> list[str]:
    """Return what is wrong with a page, wide and light, then narrow and dark."""
    told = []
    for screen, scheme in ((WIDE, "light"), (PHONE, "dark")):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.set_viewport_size(screen)  # type: ignore[arg-type]
        file = SCREENS / f"console-{name}-{screen['width']}.png"
        page.screenshot(path=file, full_page=True)
        told += faults(page)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            told.append(f"scrolls sideways at {width}")
    return told
