"""What staff do in the console, in their words."""

from __future__ import annotations

import time
from datetime import datetime, timedelta, timezone
from datetime import time as time_of_day
from typing import Final
from zoneinfo import ZoneInfo

import pyotp
from playwright.sync_api import Locator, Page, expect

from tests.browser.test_keyboard import FOCUSED

PASSWORD: Final = "several quiet words together"
_STEP: Final = 30
_MOST_STEPS: Final = 80
_OFFICE_CLOCK: Final = ZoneInfo("America/New_York")
_TEN: Final = time_of_day(10)


class StaffMember:
    """Somebody of the office before a browser, with an authenticator app."""

    def __init__(self, page: Page, server: str, login: str, name: str) -> None:
        self.page = page
        self.server = server
        self.login = login
        self.name = name
        self.problems: list[str] = []
        self._secret = ""
        self._used = 0
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("dialog", self._close)
        page.on(
            "console",
            lambda line: self.problems.append(line.text)
            if line.type == "error" and "Failed to load resource" not in line.text
            else None,
        )  # fmt: skip
        page.add_init_script(
            "addEventListener('securitypolicyviolation', (event) =>"
            " console.error('policy: ' + event.violatedDirective))"
        )

    def _close(self, dialog: object) -> None:
        self.problems.append("a dialog opened")
        dialog.dismiss()  # type: ignore[attr-defined]

    def open(self, path: str) -> None:
        """Open a page of the console."""
        self.page.goto(f"{self.server}/staff{path}")

    def is_told(self, words: str, seconds: float) -> None:
        """Wait for words in the notice on top of the page."""
        notice = self.page.get_by_role("status").first
        expect(notice).to_contain_text(words, timeout=seconds * 1000)

    def join(self, link: str) -> None:
        """Set the account up by a one-time link."""
        self.page.goto(link)
        self._secret = self.page.locator("code.secret").inner_text().replace(" ", "")
        for field in ("password", "again"):
            self.page.locator(f"#{field}").fill(PASSWORD)
        self.page.locator("#code").fill(self.code())
        self.page.locator("form button").click()
        self.page.locator("a.button[href^='/staff/sign-in']").wait_for()

    def sign_in(self) -> None:
        """Sign in with the password and the app's next code."""
        self.open("/sign-in?lang=en")
        self.page.get_by_label("E-mail or short name").fill(self.login)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_label("Six-digit code").fill(self.code())
        self.press("Sign in")
        self.page.locator("nav .menu").wait_for()

    def code(self) -> str:
        """Return a code that was not used yet; it may be one step old or early."""
        step = max(self._used + 1, int((time.time() - 5) // _STEP))
        # The clock may be one step behind the code, not more.
        time.sleep(max(0.0, (step - 1) * _STEP - time.time()))
        self._used = step
        return pyotp.TOTP(self._secret).at(step * _STEP)

    def open_request(self, reference: str) -> None:
        """Open a request as staff do: from the queue."""
        self.open("/requests")
        self.page.get_by_role("link", name=f"R-{reference}").click()
        self.page.get_by_role("heading", name="At a glance").wait_for()

    def open_conversation(self, reference: str) -> None:
        """Open a request's conversation from its page."""
        self.open_request(reference)
        self.page.get_by_role("link", name="Conversation").click()
        self.page.locator("#transcript").wait_for()

    def press(self, name: str) -> None:
        """Press the button that has a name."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def reply(self, text: str) -> None:
        """Send words to the visitor."""
        self.page.get_by_label("Your reply").fill(text)
        self.press("Send")

    def said(self, who: str) -> Locator:
        """Return the messages of visitor, bot, staff or system in the transcript."""
        return self.page.locator(f".said-by-{who}")

    def schedule(self, days: int) -> datetime:
        """Give an appointment at ten in the morning, some days from now; return it."""
        day = datetime.now(_OFFICE_CLOCK).date() + timedelta(days=days)
        self.page.get_by_label("Day", exact=True).fill(day.isoformat())
        self.page.get_by_label("Time", exact=True).fill("10:00")
        self.press("Save the appointment")
        starts_at = datetime.combine(day, _TEN, _OFFICE_CLOCK)
        return starts_at.astimezone(timezone.utc)

    def download(self, name: str) -> tuple[str, bytes]:
        """Save a file of the request; return its name and what is in it."""
        with self.page.expect_download() as started:
            self.page.get_by_role("link", name=name).click()
        return started.value.suggested_filename, started.value.path().read_bytes()

    def focused(self) -> str:
        """Return the name, the text or the id of what the keyboard acts on."""
        return str(self.page.evaluate(FOCUSED)).strip()

    def tab_to(self, name: str, key: str = "Tab") -> None:
        """Press Tab until something whose name begins like this has the focus."""
        for _ in range(_MOST_STEPS):
            self.page.keyboard.press(key)
            if self.focused().startswith(name):
                return
        raise AssertionError(f"{name!r} cannot be reached with {key}")
