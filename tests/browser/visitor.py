"""What a visitor does in the browser, in a visitor's words."""

from __future__ import annotations

from typing import Any, Final

from playwright.sync_api import Locator, Page

_TURN_MS: Final = 15_000


class Visitor:
    """A person before a page with the chat on it."""

    def __init__(self, page: Page, server: str) -> None:
        self.page = page
        self.server = server
        self.problems: list[str] = []
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on(
            "console",
            lambda line: self.problems.append(line.text)
            if line.type == "error" and "Failed to load resource" not in line.text
            and "net::ERR" not in line.text
            else None,
        )  # fmt: skip

    def arrive(self, address: str) -> None:
        """Open a page of the assistant's, or a whole address."""
        whole = address if address.startswith("http") else self.server + address
        self.page.goto(whole)
        self.launcher.wait_for()

    @property
    def launcher(self) -> Locator:
        """The button on the page."""
        return self.page.locator("legal-chat .launcher")

    @property
    def panel(self) -> Locator:
        """The chat's window."""
        return self.page.locator("legal-chat .panel")

    @property
    def field(self) -> Locator:
        """The field to write in."""
        return self.panel.locator("textarea")

    @property
    def status(self) -> Locator:
        """The line that tells what goes on."""
        return self.panel.locator(".status")

    def open_chat(self) -> None:
        """Open the chat and wait for the greeting."""
        self.launcher.click()
        self.messages("bot").first.wait_for()

    def messages(self, who: str) -> Locator:
        """Return what somebody has said: visitor, bot or staff."""
        return self.panel.locator(f".log .message.{who}")

    def said(self, who: str) -> int:
        """Return how many messages somebody's are."""
        return self.messages(who).count()

    def ask(self, text: str) -> Locator:
        """Type a question, send it, and return the answer's message."""
        before = self.said("bot")
        self.field.fill(text)
        self.field.press("Enter")
        return self.answer(before)

    def answer(self, before: int) -> Locator:
        """Wait for one message more of the assistant's and return it."""
        newest = self.messages("bot").nth(before)
        newest.wait_for(timeout=_TURN_MS)
        return newest

    def press(self, name: str) -> None:
        """Press the button that has a name."""
        self.panel.get_by_role("button", name=name, exact=True).click()

    def storage(self) -> dict[str, Any]:
        """Return what the browser keeps for this website in this tab."""
        kept: dict[str, Any] = self.page.evaluate("({...sessionStorage})")
        return kept
