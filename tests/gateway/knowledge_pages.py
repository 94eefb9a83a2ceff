"""The console's pages of the knowledge, used as staff use them, for tests."""

from __future__ import annotations

from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final

import httpx

from bot.settings import Settings, load_settings
from tests.builders import edit, write_knowledge
from tests.gateway.console_people import StaffBrowser

ENTRY: Final = "bond_money"
PAGE: Final = f"/knowledge/{ENTRY}"
SHORT: Final = "A bond is at least {{fact:bond_minimum}}. Ask the court."


def settings_in(folder: Path, **given: str) -> Settings:
    """Return settings with a small knowledge folder of their own."""
    root, models = write_knowledge(folder), folder / "models"
    models.mkdir()
    named = {"DATA_DIR": str(folder / "var"), "KNOWLEDGE_DIR": str(root)}
    return load_settings({**named, "MODEL_DIR": str(models), **given})


def file_text(settings: Settings, entry: str = ENTRY, language: str = "en") -> str:
    """Return what the file of an entry says."""
    found = next(settings.KNOWLEDGE_DIR.glob(f"*/{entry}.{language}.md"))
    return found.read_text(encoding="utf-8")


def by_hand(settings: Settings, old: str, new: str) -> None:
    """Change the entry's English file as somebody with an editor would."""
    edit(settings.KNOWLEDGE_DIR / "detained" / f"{ENTRY}.en.md", old, new)


class _Form(HTMLParser):
    """Collects what a browser would send of the entry's form."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.buttons: list[str] = []
        self._is_in = False
        self._area = ""
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._is_in = given.get("id") == "entry-form"
        if not self._is_in:
            return
        name = given.get("name", "")
        if tag == "textarea":
            self._area, self.fields[name] = name, ""
        elif tag == "select":
            self._select, self.fields[name] = name, ""
        elif tag == "option" and "selected" in given and self._select:
            self._area = f"={self._select}"
        elif tag == "button":
            self.buttons.append(given.get("value", ""))
        elif tag == "input" and name:
            self._take_input(name, given)

    def _take_input(self, name: str, given: dict[str, str]) -> None:
        kind = given.get("type", "text")
        if kind not in ("checkbox", "radio") or "checked" in given:
            self.fields[name] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("textarea", "option"):
            self._area = ""
        if tag == "form":
            self._is_in = False

    def handle_data(self, data: str) -> None:
        if self._area.startswith("="):
            self.fields[self._area[1:]] += data
        elif self._area:
            self.fields[self._area] += data


def form_in(page: str) -> dict[str, str]:
    """Return the fields of the entry's form as a browser would send them."""
    fields = _read(page).fields
    # A browser drops the first line break in a box.
    dropped = {name: value.removeprefix("\n") for name, value in fields.items()}
    return {name: value for name, value in dropped.items() if name != "csrf"}


def buttons_in(page: str) -> list[str]:
    """Return what the buttons of the entry's form do, in their order."""
    return _read(page).buttons


def _read(page: str) -> _Form:
    form = _Form()
    form.feed(page)
    return form


async def open_form(browser: StaffBrowser, path: str = PAGE) -> dict[str, str]:
    """Open an entry and return its form."""
    page = await browser.open(path)
    assert page.status_code == 200, page.status_code
    return form_in(page.text)


async def press(
    browser: StaffBrowser, action: str, path: str = PAGE, **changes: Any
) -> httpx.Response:
    """Open an entry, change some fields, press a button; the redirect is followed."""
    fields = await open_form(browser, path)
    return await send(browser, action, {**fields, **changes}, path)


async def send(
    browser: StaffBrowser, action: str, fields: dict[str, str], path: str = PAGE
) -> httpx.Response:
    """Send an entry's form as a browser does: line breaks as browsers write them."""
    sent = {name: value.replace("\n", "\r\n") for name, value in fields.items()}
    return await browser.send(path, {**sent, "action": action}, follow=True)


def faults_at(page: str, place: str) -> str:
    """Return what stands at the place of a field's faults."""
    return page.split(f'id="faults-{place}"', 1)[1].split("</div>", 1)[0]


def says_in_order(page: str, words: Sequence[str]) -> bool:
    """Return whether some words stand on a page in this order."""
    place = 0
    for word in words:
        place = page.find(word, place) + 1
        if not place:
            return False
    return True
