"""A browser that runs no JavaScript: it opens /chat, reads the form and sends it."""

from __future__ import annotations

from html.parser import HTMLParser

import httpx

VOID = {"input", "link", "meta", "br"}


class PageReader(HTMLParser):
    """Reads from a page what a visitor or a test wants to know of it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.buttons: list[tuple[str, str, str]] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.by_id: dict[str, str] = {}
        self.text = ""
        self.box = ""
        self._open: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in given.items()]
        if tag == "input":
            self.fields[given["name"]] = given["value"]
        if tag == "button":
            self.buttons.append((given.get("name", ""), given.get("value", ""), ""))
        if tag not in VOID:
            self._open.append((tag, given))

    def handle_endtag(self, tag: str) -> None:
        opened, _ = self._open.pop()
        assert opened == tag, f"<{opened}> is closed by </{tag}>"

    def handle_data(self, data: str) -> None:
        self.text += data
        for tag, given in self._open:
            if "id" in given:
                self.by_id[given["id"]] = self.by_id.get(given["id"], "") + data
            if tag == "textarea":
                self.box += data
            if tag == "button":
                name, value, label = self.buttons[-1]
                self.buttons[-1] = (name, value, label + data)


class PlainBrowser:
    """A visitor on the plain page: keeps nothing but the page in front of them."""

    def __init__(self, browser: httpx.AsyncClient) -> None:
        self.browser = browser
        self.response = httpx.Response(200)
        self.page = PageReader("")

    def _show(self, response: httpx.Response) -> PageReader:
        self.response, self.page = response, PageReader(response.text)
        return self.page

    async def open(self, query: str = "", **headers: str) -> PageReader:
        return self._show(await self.browser.get(f"/chat{query}", headers=headers))

    def filled(self, **fields: str) -> dict[str, str]:
        """Return the form in front of the visitor with some fields filled."""
        return {**self.page.fields, "text": self.typed, **fields}

    @property
    def typed(self) -> str:
        """What stands in the box; its first line break is the browser's."""
        return self.page.box.removeprefix("\n")

    async def post(self, form: dict[str, str]) -> PageReader:
        return self._show(await self.browser.post("/chat", data=form))

    async def send(self, **fields: str) -> PageReader:
        return await self.post(self.filled(**fields))

    async def press(self, label: str, **fields: str) -> PageReader:
        """Press the last button of that label."""
        name, value, _ = next(b for b in reversed(self.page.buttons) if b[2] == label)
        return await self.send(**fields, **{name: value})
