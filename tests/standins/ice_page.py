"""A stand-in of ICE's site: its page about 287(g), its sheets, its robots.txt."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

PAGE: Final = "/identify-and-arrest/287g"
FOLDER: Final = "/doclib/about/offices/ero/287g/"
NUMBERED: Final = "/file-download/download/public/"
ROBOTS: Final = "User-agent: *\nDisallow: /search/\nCrawl-delay: 10\n"


@dataclass
class IcePage:
    """What the site shows: `links` (address, words), `files` by address."""

    links: list[tuple[str, str]] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    # Addresses of the second kind: the name stands in the answer's head.
    names: dict[str, str] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    robots: str = ROBOTS
    statuses: dict[str, int] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)

    def offer(self, name: str, data: bytes, number: int | None = None) -> None:
        """Link a sheet as ICE does, or as since April 2026: by a number."""
        address = f"{FOLDER}{name}" if number is None else f"{NUMBERED}{number}"
        if number is not None:
            self.names[address] = name
        self.links.append((address, "Participating Agencies"))
        self.files[address] = data

    def app(self) -> Starlette:
        """Return the site."""
        return Starlette(routes=[Route("/{path:path}", self._answer)])

    async def _answer(self, request: Request) -> Response:
        path = request.url.path
        self.asked.append(path)
        self.agents.add(request.headers.get("user-agent", ""))
        if path in self.moved:
            return RedirectResponse(self.moved[path], 302)
        if path in self.statuses:
            return Response(status_code=self.statuses[path])
        if path == "/robots.txt":
            return Response(self.robots, media_type="text/plain")
        if path == PAGE:
            return Response(self._page(), media_type="text/html")
        if path not in self.files:
            return Response(status_code=404)
        headers = {}
        if path in self.names:
            name = self.names[path]
            headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return Response(self.files[path], headers=headers)

    def _page(self) -> str:
        links = "".join(
            f'<li><a class="usa-link" href="{address}"><b>{words}</b> (XLSX)</a></li>'
            for address, words in self.links
        )
        return (
            "<!DOCTYPE html><html><head><title>287(g)</title></head><body>"
            '<a href="/">ICE</a><a href="mailto:a@ice.dhs.gov">Write</a>'
            '<a href="https://www.dhs.gov/participatingAgencies01012026.xlsx">DHS</a>'
            f'<a>none</a><a href="http://[bad/">bad</a><ul>{links}</ul></body></html>'
        )
