"""The console's knowledge pages on a narrow phone: they fit, page and pass axe."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.settings import PROJECT_ROOT
from tests.browser.conftest import PHONE, SCREENS
from tests.browser.console_office import hire, open_office
from tests.browser.console_staff import StaffMember
from tests.browser.test_accessibility import faults
from tests.e2e.whatsapp_office import WhatsApp
from tests.standins.serving import wait_until

LIVE_SECONDS = 10
ADDRESSES = (
    "/knowledge",
    "/knowledge/what_is_287g",
    "/knowledge/sources",
    "/knowledge/sources/usc-28-1361",
    "/knowledge/facts",
    "/knowledge/facts/bia_appeal_fee",
    "/knowledge/facts/new",
    "/knowledge/owners",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the knowledge folder."""
    copy = tmp_path_factory.mktemp("copy") / "knowledge"
    shutil.copytree(PROJECT_ROOT / "knowledge", copy)
    return copy


@pytest.fixture(scope="module")
def office(
    tmp_path_factory: pytest.TempPathFactory, folder: Path
) -> Iterator[WhatsApp]:
    """The office of this file."""
    place = tmp_path_factory.mktemp("narrow")
    with open_office(place, KNOWLEDGE_DIR=str(folder)) as running:
        yield running


@pytest.fixture(scope="module")
def rita(browser: Browser, office: WhatsApp) -> StaffMember:
    """Rita, who reviews."""
    return hire(browser, office.assistant, "rita", "Rita Paz", "reviewer")


def picture(page: Page, name: str, place: str = "#main") -> None:
    """Save what is seen about a place."""
    page.locator(place).evaluate("one => one.scrollIntoView()")
    page.screenshot(path=SCREENS / f"{name}.png")


def _names_fault(person: StaffMember, file: str) -> bool:
    person.open("/knowledge")
    panel = person.page.locator("#folder-faults")
    return panel.count() == 1 and file in panel.inner_text()


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_fits_a_narrow_phone_and_passes_axe(
    address: str, rita: StaffMember
) -> None:
    rita.page.set_viewport_size(PHONE)
    rita.open(address)
    assert faults(rita.page) == []
    width = rita.page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"]
    picture(rita.page, f"narrow-{address.strip('/').replace('/', '-')}")


def test_the_list_is_paged_on_a_narrow_phone_and_passes_axe(
    rita: StaffMember, folder: Path
) -> None:
    number = len(list(folder.glob("*/*.en.md")))
    rita.page.set_viewport_size(PHONE)
    rita.open("/knowledge")
    rows = rita.page.locator("#entries tbody tr")
    expect(rows).to_have_count(50)
    rita.page.get_by_role("button", name="Next page").click()
    expect(rita.page.locator("#entries")).to_contain_text(f"51–100 of {number}")
    assert "page=2" in rita.page.url
    assert faults(rita.page) == []
    # The words of a search come by htmx; the next page of what they find does not.
    rita.page.locator("#words").fill("a")
    expect(rita.page.locator("#pages input[name=words]")).to_have_value("a")
    rita.page.get_by_role("button", name="Next page").click()
    expect(rita.page.locator("#words")).to_have_value("a")
    expect(rita.page.locator("#entries")).to_contain_text("51–100 of")
    assert "words" not in rita.page.url
    picture(rita.page, "narrow-knowledge-page-2", "#pages")
    assert not rita.problems


def test_faults_are_told_in_spanish_on_a_narrow_phone(
    rita: StaffMember, folder: Path
) -> None:
    rita.page.set_viewport_size(PHONE)
    rita.open("/knowledge")
    rita.press("Español")
    file = next(folder.glob("*/what_is_287g.en.md"))
    good = file.read_text(encoding="utf-8")
    file.write_text(good.replace("\nowner: ", "\nowner: a: "), encoding="utf-8")
    try:
        wait_until(lambda: _names_fault(rita, file.name), LIVE_SECONDS)
        panel = rita.page.locator("#folder-faults")
        expect(panel).to_contain_text("o justo antes")
        picture(rita.page, "narrow-faults-es", "#folder-faults")
        panel.get_by_role("link", name="Corregir what_is_287g").click()
        expect(rita.page.locator("#faults-text_en")).to_contain_text("dos puntos")
        assert faults(rita.page) == []
    finally:
        file.write_text(good, encoding="utf-8")
        rita.press("English")
    assert not rita.problems
