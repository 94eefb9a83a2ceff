"""Two visitors and two staff members at once: requests, conversations, a restart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PHONE
from tests.browser.console_office import hire, open_office, request_of
from tests.browser.console_staff import StaffMember
from tests.browser.console_visitor import (
    CALM,
    NAME,
    OTHER_SIDE,
    URGENT,
    hears,
    reference_of,
    send_by_whatsapp,
    send_by_widget,
)
from tests.browser.visitor import Visitor
from tests.e2e.whatsapp_office import WhatsApp
from tests.standins.phone import Phone
from tests.standins.serving import wait_until

DETAINER = "what is an ICE detainer"
AT_ONCE_MS = 1_000
SOON_MS = 2_000


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WhatsApp]:
    """The office, open on its website and on WhatsApp."""
    with open_office(tmp_path_factory.mktemp("side_by_side")) as running:
        yield running


@pytest.fixture(scope="module")
def ana(browser: Browser, office: WhatsApp) -> StaffMember:
    """Ana, who is signed in."""
    return hire(browser, office.assistant, "ana", "Ana Ruiz", "intake")


@pytest.fixture(scope="module")
def luz(browser: Browser, office: WhatsApp) -> StaffMember:
    """Luz, who is signed in at another browser."""
    return hire(browser, office.assistant, "luz", "Luz Vega", "intake")


@dataclass
class OnWebsite:
    """A visitor at the widget who has sent a request."""

    visitor: Visitor
    number: str
    reference: str


@dataclass
class OnWhatsApp:
    """A visitor on WhatsApp who has sent an urgent request."""

    phone: Phone
    number: str
    reference: str


@pytest.fixture(scope="module")
def web(browser: Browser, office: WhatsApp) -> OnWebsite:
    """A visitor who sent a request by buttons and by typing."""
    visitor = Visitor(browser.new_page(viewport=PHONE), office.assistant.address)
    visitor.arrive("/?lang=en")
    visitor.open_chat()
    number = send_by_widget(visitor, CALM)
    return OnWebsite(visitor, number, reference_of(number))


@pytest.fixture(scope="module")
def mobile(office: WhatsApp, web: OnWebsite) -> OnWhatsApp:
    """Another who sent an urgent one on WhatsApp, afterwards."""
    phone = Phone("15555557001", "US.7001")
    number = send_by_whatsapp(office, phone, URGENT.values())
    return OnWhatsApp(phone, number, reference_of(number))


def rows(person: StaffMember) -> list[str]:
    """Return the lines of the queue, from the top."""
    person.open("/requests")
    return person.page.locator("#queue tbody tr").all_inner_texts()


def place_of(reference: str, lines: list[str]) -> int:
    """Return the place of a request in the queue."""
    (place,) = [n for n, line in enumerate(lines) if f"R-{reference}" in line]
    return place


def test_both_requests_are_seen_the_urgent_one_first(
    web: OnWebsite, mobile: OnWhatsApp, ana: StaffMember, luz: StaffMember
) -> None:
    for person in (ana, luz):
        lines = rows(person)
        urgent, calm = (place_of(one.reference, lines) for one in (mobile, web))
        assert urgent < calm
        assert "Urgent" in lines[urgent]
        assert "Urgent" not in lines[calm]
        assert "Ñ. D." in lines[urgent]
        assert NAME not in "".join(lines)
    ana.open_request(web.reference)
    for words in (NAME, OTHER_SIDE, "+1 212-555-0187", "New York", "Evening"):
        expect(ana.page.locator("main")).to_contain_text(words)


def test_of_two_who_take_it_one_gets_it_and_the_other_is_told(
    mobile: OnWhatsApp, ana: StaffMember, luz: StaffMember, office: WhatsApp
) -> None:
    for person in (ana, luz):
        person.open_request(mobile.reference)
    ana.press("Take this request")
    expect(ana.page.get_by_role("status")).to_have_text("You have taken the request.")
    luz.press("Take this request")
    expect(luz.page.get_by_role("alert")).to_contain_text("Nothing of yours was saved")
    expect(luz.page.locator("main")).to_contain_text("Ana Ruiz")
    kept = request_of(office.assistant, mobile.reference)
    assert kept is not None
    assert kept.state == "claimed"
    line = rows(luz)[place_of(mobile.reference, rows(luz))]
    assert "Ana Ruiz" in line


def test_request_is_noted_scheduled_and_saved_as_files(
    web: OnWebsite, ana: StaffMember, page: Page
) -> None:
    ana.open_request(web.reference)
    ana.press("Take this request")
    ana.page.get_by_label("New note").fill("No conflict found.\n<b>Call her</b>.")
    ana.press("Save the note")
    expect(ana.page.locator("#notes + ol")).to_contain_text("<b>Call her</b>.")
    starts_at = ana.schedule(days=3)
    expect(ana.page.get_by_role("status")).to_contain_text("The appointment is saved.")
    name, calendar = ana.download("Calendar file")
    assert name == f"R-{web.reference}.ics"
    assert f"DTSTART:{starts_at:%Y%m%dT%H%M%SZ}".encode() in calendar
    assert NAME.encode() not in calendar
    name, lead = ana.download("CSV")
    assert name == f"R-{web.reference}.csv"
    assert b'"Zyxwina","Canarsson",' in lead
    name, paper = ana.download("PDF")
    assert name == f"R-{web.reference}.pdf"
    assert paper.startswith(b"%PDF-")
    page.goto(f"{ana.server}/request?lang=en")
    page.get_by_label("Your private number").fill(web.number)
    page.get_by_role("button", name="Show my request").click()
    expect(page.get_by_role("main")).to_contain_text("You have an appointment by phone")


def test_person_takes_the_chat_over_and_gives_it_back(
    web: OnWebsite, ana: StaffMember, luz: StaffMember
) -> None:
    take_over(web, ana, luz)
    write_to_each_other(web, ana)
    heard = web.visitor.said("bot")
    ana.press("Hand back to the assistant")
    told = web.visitor.messages("system").last
    expect(told).to_contain_text("Ana Ruiz has left", timeout=AT_ONCE_MS)
    expect(web.visitor.panel.locator(".back")).to_be_hidden()
    web.visitor.ask(DETAINER)
    expect(web.visitor.messages("bot").nth(heard)).to_contain_text("detainer")
    expect(ana.said("bot").last).to_contain_text("detainer", timeout=SOON_MS)
    assert (ana.problems, luz.problems, web.visitor.problems) == ([], [], [])


def take_over(web: OnWebsite, ana: StaffMember, luz: StaffMember) -> None:
    """Let Ana take a chat over; Luz comes too late and reads along."""
    for person in (ana, luz):
        person.open_conversation(web.reference)
    ana.press("Take over")
    joined = web.visitor.messages("system").last
    expect(joined).to_contain_text("Ana Ruiz, a person", timeout=AT_ONCE_MS)
    luz.press("Take over")
    expect(luz.page.get_by_role("alert")).to_contain_text("somebody else took it")
    expect(luz.page.locator("#state")).to_contain_text("Ana Ruiz has this conversation")


def write_to_each_other(web: OnWebsite, ana: StaffMember) -> None:
    """Let both type and write: each sees the other's signs and words soon enough."""
    heard = web.visitor.said("bot")
    ana.page.get_by_label("Your reply").press_sequentially("Good morning. ", delay=20)
    typing = web.visitor.panel.locator(".typing")
    expect(typing).to_have_text("Ana Ruiz is writing", timeout=SOON_MS)
    ana.reply("Good morning. May I call you at noon?")
    reply = web.visitor.messages("staff").last
    expect(reply).to_contain_text("May I call you at noon?", timeout=AT_ONCE_MS)
    expect(reply.locator(".who")).to_contain_text("Ana Ruiz, Office staff")
    web.visitor.field.press_sequentially(DETAINER, delay=20)
    expect(ana.page.locator("#visitor-typing")).to_be_visible(timeout=SOON_MS)
    web.visitor.field.press("Enter")
    expect(ana.said("visitor").last).to_contain_text(DETAINER, timeout=SOON_MS)
    expect(ana.said("visitor").last).to_be_in_viewport()
    web.visitor.page.wait_for_timeout(SOON_MS)
    assert web.visitor.said("bot") == heard


def test_whatsapp_visitor_talks_with_a_person_and_then_with_the_assistant(
    mobile: OnWhatsApp, luz: StaffMember, office: WhatsApp
) -> None:
    luz.open_conversation(mobile.reference)
    luz.press("Take over")
    hears(office, mobile.phone, "Luz Vega, a person of the office")
    luz.reply("Where is he held?")
    hears(office, mobile.phone, "Where is he held?")
    newest = office.to(mobile.phone)[-1]
    assert newest.startswith("Luz Vega, of the office:")
    expect(luz.page.locator("#deliveries li").first).to_contain_text("read")
    office.tell(mobile.phone.says(DETAINER))
    expect(luz.said("visitor").last).to_contain_text(DETAINER, timeout=SOON_MS)
    luz.page.wait_for_timeout(SOON_MS)
    assert office.to(mobile.phone)[-1] == newest
    luz.press("Hand back to the assistant")
    hears(office, mobile.phone, "Luz Vega has left")
    office.tell(mobile.phone.says(DETAINER))
    wait_until(lambda: "8 C.F.R." in office.to(mobile.phone)[-1], 20)
    assert luz.problems == []


@pytest.mark.timeout(300)
def test_restart_of_everything_changes_nothing_of_who_answers(
    web: OnWebsite, mobile: OnWhatsApp, ana: StaffMember, office: WhatsApp
) -> None:
    for reference in (web.reference, mobile.reference):
        ana.open_conversation(reference)
        ana.press("Take over")
        ana.page.get_by_label("Your reply").wait_for()
    hears(office, mobile.phone, "Ana Ruiz, a person of the office")
    said, sent = web.visitor.said("bot"), office.to(mobile.phone)
    before = office.assistant.pids()
    office.assistant.stop()
    office.assistant.start()
    assert set(before.values()).isdisjoint(office.assistant.pids().values())
    web.visitor.field.fill(DETAINER)
    web.visitor.field.press("Enter")
    office.tell(mobile.phone.says(DETAINER))
    for reference in (mobile.reference, web.reference):
        ana.open_conversation(reference)
        expect(ana.page.locator("#owner")).to_contain_text("you")
        expect(ana.said("visitor").last).to_contain_text(DETAINER)
    ana.page.wait_for_timeout(3_000)
    assert (web.visitor.said("bot"), office.to(mobile.phone)) == (said, sent)
    # The open chat and the open console go on with what they had.
    ana.reply("I am still here.")
    reply = web.visitor.messages("staff").last
    expect(reply).to_contain_text("I am still here.", timeout=AT_ONCE_MS)
    ana.press("Hand back to the assistant")
    expect(web.visitor.messages("system").last).to_contain_text("Ana Ruiz has left")
    expect(web.visitor.ask("how much is a bond")).to_contain_text("bond")


def test_nobody_without_a_sign_in_sees_any_of_it(
    web: OnWebsite, office: WhatsApp
) -> None:
    for path in ("", "/conversation", ".pdf", ".csv", ".ics"):
        address = f"{office.assistant.address}/staff/requests/{web.reference}{path}"
        answer = httpx.get(address, trust_env=False)
        assert answer.status_code == 303
        assert NAME not in answer.text
