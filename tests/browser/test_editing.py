"""A new staff member adds, breaks, mends and rolls back, as docs/editing.md tells."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.settings import PROJECT_ROOT
from tests.browser.conftest import PHONE, SCREENS
from tests.browser.console_office import hire, open_office
from tests.browser.console_staff import StaffMember
from tests.browser.editing_words import (
    ASKED,
    CHANGED,
    ENTRY,
    FIRST,
    GROUP,
    MISSED,
    SOURCE,
)
from tests.browser.visitor import Visitor
from tests.e2e.conftest import Talk, entries
from tests.e2e.whatsapp_office import WhatsApp
from tests.standins.phone import Phone
from tests.standins.serving import wait_until

# The pictures of the guide: MAKE_PICTURES=1 puts them into docs/.
PICTURES = PROJECT_ROOT / "docs" / "editing"
LIVE_SECONDS = 10
EFFECT_SECONDS = 100


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the knowledge folder in a git checkout of its own."""
    checkout = tmp_path_factory.mktemp("checkout")
    shutil.copytree(PROJECT_ROOT / "knowledge", checkout / "knowledge")
    for command in ("init -q", "add -A", "commit -qm start"):
        subprocess.run(
            ["git", "-c", "user.name=o", "-c", "user.email=o@o", *command.split()],
            cwd=checkout,
            check=True,
        )
    return checkout / "knowledge"


@pytest.fixture(scope="module")
def office(
    tmp_path_factory: pytest.TempPathFactory, folder: Path
) -> Iterator[WhatsApp]:
    """The office on its website and on WhatsApp."""
    place = tmp_path_factory.mktemp("editing")
    with open_office(place, KNOWLEDGE_DIR=str(folder)) as running:
        yield running


@pytest.fixture(scope="module")
def eva(browser: Browser, office: WhatsApp) -> StaffMember:
    """Eva, a new editor."""
    return hire(browser, office.assistant, "eva", "Eva Soto", "editor")


@pytest.fixture(scope="module")
def rita(browser: Browser, office: WhatsApp) -> StaffMember:
    """Rita, who reviews."""
    return hire(browser, office.assistant, "rita", "Rita Paz", "reviewer")


def picture(page: Page, name: str) -> None:
    """Save what is seen; for the guide where it is asked for."""
    in_guide = name in ("entry", "fault", "version", "missed")
    guide = in_guide and os.environ.get("MAKE_PICTURES") == "1"
    target = (PICTURES if guide else SCREENS) / f"{name}.png"
    target.parent.mkdir(parents=True, exist_ok=True)
    page.evaluate("scrollTo(0, 0)")
    page.screenshot(path=target)


def is_answered(office: WhatsApp, language: str) -> bool:
    """Whether the new question gets the new answer on the web."""
    talk = Talk(office.assistant.address, language)
    return entries(talk.say(ASKED[language])) == [ENTRY]


def entry_file(folder: Path) -> Path:
    return folder / GROUP / f"{ENTRY}.en.md"


def short_answer(office: WhatsApp) -> str:
    talk = Talk(office.assistant.address, "en")
    return str(talk.say(ASKED["en"])["answers"][0]["short"])


def test_an_answer_is_added_in_both_languages(eva: StaffMember) -> None:
    eva.open("/knowledge")
    eva.page.get_by_role("link", name="New entry").click()
    eva.page.get_by_label("Name of the entry").fill(ENTRY)
    eva.page.locator("#group").select_option(GROUP)
    eva.press("Begin")
    for part, texts in FIRST.items():
        for code, text in zip(("en", "es"), texts, strict=True):
            eva.page.locator(f"#{part}_{code}").fill(text)
    eva.page.locator("#find_sources").fill(SOURCE)
    eva.page.locator("#found-sources button").first.click()
    expect(eva.page.locator("#pick-sources ol li")).to_have_count(1)
    eva.page.locator("#jurisdiction").select_option("US")
    eva.page.locator("#owner").select_option(index=1)
    eva.page.locator("#why").fill("Asked at the desk")
    expect(eva.page.locator("#seen")).to_contain_text("A library card shows no")
    expect(eva.page.locator(".faults .wrong")).to_have_count(0)
    picture(eva.page, "entry")
    eva.press("Keep as draft")
    expect(eva.page.get_by_role("status").first).to_contain_text("Kept as a draft")


def test_words_that_nobody_kept_are_not_left_without_a_question(
    eva: StaffMember,
) -> None:
    page = eva.page
    # As somebody who wants to go on typing answers what the browser asks.
    eva.open(f"/knowledge/{ENTRY}")
    short = page.locator("#short_en")
    short.fill(CHANGED)
    ways = (
        page.get_by_role("link", name="All answers").click,
        lambda: page.evaluate("location.reload()"),
        lambda: page.evaluate("history.back()"),
    )
    for leave in ways:
        with page.expect_event("dialog") as asked:
            leave()
        assert asked.value.type == "beforeunload"
        expect(short).to_have_value(CHANGED)
    assert eva.problems == ["a dialog opened"] * len(ways)
    eva.problems.clear()
    # Checked, but not kept: it is asked as before.
    eva.press("Check what I typed")
    page.locator("[data-unkept]").wait_for()
    with page.expect_event("dialog"):
        page.get_by_role("link", name="All answers").click()
    eva.problems.clear()
    short.fill(FIRST["short"][0])
    eva.press("Keep as draft")
    expect(page.get_by_role("status").first).to_contain_text("Kept as a draft")
    short.fill(CHANGED)
    short.fill(FIRST["short"][0])
    page.locator("#look-whatsapp").check()
    page.get_by_role("link", name="All answers").click()
    page.get_by_role("link", name="New entry").wait_for()
    assert not eva.problems


def test_published_it_is_answered_on_the_web_and_on_whatsapp(
    eva: StaffMember, office: WhatsApp, folder: Path, browser: Browser
) -> None:
    assert not is_answered(office, "en")
    eva.open(f"/knowledge/{ENTRY}")
    eva.page.locator("#why").fill("Asked at the desk")
    # First it is found out which known questions a new entry takes from others; a busy
    # machine does not know within the time that a page may take, and asks.
    button = eva.page.get_by_role("button", name="Publish as not reviewed")
    button.click(timeout=EFFECT_SECONDS * 1000)
    large = eva.page.locator("#large-effect")
    told = eva.page.get_by_role("status").filter(has_text="Published")
    expect(told.or_(large).first).to_be_visible(timeout=EFFECT_SECONDS * 1000)
    if large.count():
        eva.press("Publish all the same")
    eva.is_told("Published", EFFECT_SECONDS)
    for language in ("en", "es"):
        wait_until(lambda: is_answered(office, language), LIVE_SECONDS)  # noqa: B023
    visitor = Visitor(browser.new_page(viewport=PHONE), office.assistant.address)
    visitor.arrive("/?lang=en")
    visitor.open_chat()
    said = visitor.ask(ASKED["en"])
    expect(said).to_contain_text("A library card shows no immigration status")
    expect(said).to_contain_text("Not yet reviewed by an attorney")
    phone = Phone("15555557009", "US.7009")
    office.tell(phone.says(ASKED["es"]))
    (reply,) = office.replies(phone, 1)
    assert "no muestra el estatus migratorio" in reply
    log = subprocess.run(
        ["git", "log", "-1", "--format=%an|%s|%b"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert log.startswith("Eva Soto|knowledge: library_card published")
    assert "Asked at the desk" in log


def test_broken_by_hand_it_stays_with_visitors_and_is_named_to_staff(
    eva: StaffMember, office: WhatsApp, folder: Path
) -> None:
    good = entry_file(folder).read_text(encoding="utf-8")
    entry_file(folder).write_text(good.replace("## More", "# More"), encoding="utf-8")
    wait_until(lambda: _names_fault(eva), LIVE_SECONDS)
    picture(eva.page, "fault")
    assert short_answer(office).startswith("A library card shows no")
    eva.page.goto(f"{eva.server}/staff/knowledge/{ENTRY}")
    text = eva.page.locator("#file_en")
    text.fill(text.input_value().replace("\n# More\n", "\n## More\n"))
    eva.page.locator("#why").fill("The heading was broken")
    eva.press("Publish as not reviewed")
    eva.is_told("Published as not yet reviewed by an attorney.", EFFECT_SECONDS)
    wait_until(lambda: not _names_fault(eva), LIVE_SECONDS)


def _names_fault(person: StaffMember) -> bool:
    person.open("/knowledge")
    faults = person.page.locator("#folder-faults")
    return faults.count() == 1 and f"{ENTRY}.en.md" in faults.inner_text()


def test_a_second_person_approves_it_and_visitors_read_no_more_warning(
    eva: StaffMember, rita: StaffMember, office: WhatsApp, folder: Path
) -> None:
    eva.open(f"/knowledge/{ENTRY}")
    expect(eva.page.get_by_role("button", name="Approve", exact=True)).to_have_count(0)
    rita.open(f"/knowledge/{ENTRY}")
    rita.press("Approve")
    rita.is_told("Approved", EFFECT_SECONDS)
    assert "approved_by: Rita Paz" in entry_file(folder).read_text(encoding="utf-8")
    wait_until(lambda: _is_approved(office), LIVE_SECONDS)


def _is_approved(office: WhatsApp) -> bool:
    talk = Talk(office.assistant.address, "en")
    return bool(talk.say(ASKED["en"])["answers"][0]["approved"])


def test_a_change_is_reviewed_approved_and_rolled_back(
    eva: StaffMember, rita: StaffMember, office: WhatsApp
) -> None:
    eva.open(f"/knowledge/{ENTRY}")
    eva.page.locator("#short_en").fill(CHANGED)
    eva.page.locator("#why").fill("Shorter")
    eva.press("Send for review")
    expect(eva.page.get_by_role("status").first).to_contain_text("waits for a reviewer")
    assert short_answer(office).startswith("A library card shows no")
    rita.open("/knowledge")
    rita.page.locator("#in-review").get_by_role("link").first.click()
    rita.press("Approve")
    wait_until(lambda: short_answer(office) == CHANGED, LIVE_SECONDS)
    rita.open(f"/knowledge/{ENTRY}/history")
    rows = rita.page.locator("tbody tr")
    rows.filter(has_text="approved").last.get_by_role("link").click()
    rita.page.locator("#why").fill("The old one was clearer")
    picture(rita.page, "version")
    rita.press("Write this version again")
    wait_until(
        lambda: short_answer(office).startswith("A library card shows no"), LIVE_SECONDS
    )
    assert _is_approved(office)


def test_ten_missed_questions_are_worked_through(
    eva: StaffMember, office: WhatsApp
) -> None:
    for wordings in MISSED:
        for words in wordings:
            Talk(office.assistant.address, "en").say(words)
    wait_until(lambda: _open_groups(eva) >= len(MISSED), 30)
    picture(eva.page, "missed")
    eva.page.locator("section .button:has-text('Add to an entry')").first.click()
    eva.page.locator("#entry").fill(ENTRY)
    eva.page.locator("#question_en").fill("does the library run a bakery")
    eva.press("Keep in the draft")
    expect(eva.page.locator("#questions_en")).to_have_value(
        f"{FIRST['questions'][0]}\ndoes the library run a bakery"
    )
    while (left := _open_groups(eva)) > 0:
        name = "Dismiss" if left % 2 else "Already covered"
        eva.page.get_by_role("button", name=name).first.click()
        eva.page.get_by_role("status").first.wait_for()
    assert not eva.problems


def _open_groups(person: StaffMember) -> int:
    person.open("/misses")
    return person.page.locator("section[id^='group-']").count()


@pytest.mark.parametrize(
    "address",
    ["/knowledge", f"/knowledge/{ENTRY}", f"/knowledge/{ENTRY}/history", "/misses"],
)
def test_the_pages_fit_a_narrow_phone(address: str, eva: StaffMember) -> None:
    eva.page.set_viewport_size(PHONE)
    eva.open(address)
    width = eva.page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"]
    picture(eva.page, f"narrow-{address.strip('/').replace('/', '-')}")
