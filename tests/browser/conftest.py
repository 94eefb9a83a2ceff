"""A real Chromium before a real assistant, and a website of somebody else."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bench.assistant import Assistant, free_port, lend_index
from bot.settings import PROJECT_ROOT
from tests.browser.office_site import OfficeSite
from tests.browser.visitor import Visitor

SCREENS: Final = PROJECT_ROOT / "results" / "screens"
_NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
DESKTOP: Final = {"width": 1280, "height": 800}
PHONE: Final = {"width": 320, "height": 640}


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Playwright's own Chromium where it could be had, else the system's.

    Closed with this folder's last test: until then no other event loop can run.
    """
    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
        found = own if own.is_file() else next(filter(None, map(shutil.which, _NAMES)))
        started = playwright.chromium.launch(
            executable_path=str(found), args=["--no-sandbox"]
        )
        yield started
        started.close()


@pytest.fixture(scope="package")
def site() -> Iterator[OfficeSite]:
    """An office's website on an origin of its own."""
    with OfficeSite(free_port()) as running:
        yield running


@pytest.fixture(scope="package")
def assistant(
    tmp_path_factory: pytest.TempPathFactory, site: OfficeSite
) -> Iterator[Assistant]:
    """The three processes; the office's website may embed the chat."""
    folder: Path = tmp_path_factory.mktemp("installation")
    lend_index(folder / "var")
    running = Assistant(
        folder / "var",
        PROJECT_ROOT / "models",
        RATE_LIMITS="off",
        ALLOWED_ORIGINS=site.origin,
    )
    running.start()
    site.server = running.address
    yield running
    running.stop()


@pytest.fixture
def open_context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Opens browser windows that know nothing of each other."""
    opened: list[BrowserContext] = []

    def open_one(**settings: Any) -> BrowserContext:
        context = browser.new_context(**{"viewport": DESKTOP, **settings})
        context.set_default_timeout(10_000)
        opened.append(context)
        return context

    yield open_one
    for context in opened:
        context.close()


@pytest.fixture
def page(open_context: Callable[..., BrowserContext]) -> Page:
    """A visitor's browser window."""
    return open_context().new_page()


@pytest.fixture
def visitor(page: Page, assistant: Assistant) -> Visitor:
    """A visitor who has just opened the chat on the example page."""
    visitor = Visitor(page, assistant.address)
    visitor.arrive("/?lang=en")
    visitor.open_chat()
    return visitor
