"""Finds the present sheet on ICE's page and fetches it, slowly and as asked there."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import islice
from typing import Final
from urllib.parse import unquote, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import httpx

from bot.core.agreement_terms import tidy
from bot.core.errors import BotError
from bot.services.agreement_dates import SHEET_NAME
from bot.services.agreement_package import MAX_BYTES

ICE: Final = "https://www.ice.gov"
PAGE: Final = "/identify-and-arrest/287g"
AGENT: Final = "RightsDesk"
# Since April 2026 the address has a number and no name; the answer's head has it.
_NUMBERED: Final = re.compile(r"/file-download/download/public/\d+")
_SPOKEN: Final = re.compile(r"particip\w*\s+agenc", re.IGNORECASE)
_GIVEN_NAME: Final = re.compile(
    r"filename\*=(?:utf-8'\w*')(?P<coded>[^;]+)|filename=\"?(?P<plain>[^\";]+)",
    re.IGNORECASE,
)
_TIMEOUT: Final = httpx.Timeout(20, connect=10)
_MOST_SECONDS: Final = 120.0
_MAX_PAGE_BYTES: Final = 5_000_000
_MAX_ROBOTS_BYTES: Final = 500_000
_MOST_REDIRECTS: Final = 3
_MOST_TRIED: Final = 4
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})


class PageProblem(BotError):
    """ICE's page could not be read, or has no sheet; the words say which."""


@dataclass(frozen=True)
class FoundSheet:
    """A sheet as it was fetched: its name, where it stood, and the file."""

    name: str
    address: str
    data: bytes


@dataclass(frozen=True)
class _Answer:
    status: int
    address: str
    name: str
    data: bytes


@dataclass(frozen=True)
class _Anchor:
    address: str
    text: str


def fetch_sheet(
    client: httpx.Client | None = None,
    base: str = ICE,
    clock: Callable[[], float] = time.monotonic,
) -> FoundSheet:
    """Return the sheet of participating agencies that ICE's page offers now.

    `base` is another address only in tests.

    Raises:
        PageProblem: ICE does not answer, forbids it, or shows no such sheet.
    """
    own = client is None
    used = client or httpx.Client(timeout=_TIMEOUT, trust_env=False)
    reader = _Reader(used, base.rstrip("/"), clock)
    try:
        return _fetch(reader)
    except httpx.HTTPError as error:
        raise PageProblem(
            f"ICE's site was not reached ({type(error).__name__}). Try again later."
        ) from None
    finally:
        if own:
            used.close()


def _fetch(reader: _Reader) -> FoundSheet:
    reader.read_robots()
    page = reader.get(PAGE, _MAX_PAGE_BYTES)
    if page.status != 200:
        raise PageProblem(f"ICE's page answered with status {page.status}.")
    anchors = _anchors(page.data.decode("utf-8", "replace"), page.address)
    for anchor in islice(_candidates(anchors, reader), _MOST_TRIED):
        is_named = SHEET_NAME.search(anchor.text) is not None
        found = reader.get(anchor.address, MAX_BYTES, None if is_named else SHEET_NAME)
        name = found.name if SHEET_NAME.search(found.name) else anchor.text
        if found.status == 200 and SHEET_NAME.search(name):
            return FoundSheet(tidy(name), anchor.address, found.data)
    raise PageProblem(
        f"There is no sheet of participating agencies on {reader.base}{PAGE}."
        " Look at the page, download the sheet by hand and import the file."
    )


def _candidates(anchors: list[_Anchor], reader: _Reader) -> Iterator[_Anchor]:
    own = [one for one in anchors if reader.is_own(one.address)]
    named = [one for one in own if SHEET_NAME.search(_name_of(one.address))]
    numbered = [one for one in own if _NUMBERED.fullmatch(urlsplit(one.address).path)]
    told = [
        one
        for one in numbered
        if SHEET_NAME.search(one.text) or _SPOKEN.search(one.text)
    ]
    # The address alone tells nothing of what else is offered for download there.
    yield from {one.address: one for one in (*named, *told, *numbered)}.values()


class _Reader:
    """Asks one site only, and within limits of size and time."""

    def __init__(
        self, client: httpx.Client, base: str, clock: Callable[[], float]
    ) -> None:
        self.base = base
        self._client = client
        self._clock = clock
        self._end = clock() + _MOST_SECONDS
        self._robots = RobotFileParser()

    def read_robots(self) -> None:
        """Learn what the site's robots.txt allows."""
        answer = self._get(f"{self.base}/robots.txt", _MAX_ROBOTS_BYTES, None)
        if answer.status == 200:
            self._robots.parse(answer.data.decode("utf-8", "replace").splitlines())
        elif 400 <= answer.status < 500:
            self._robots.parse([])
        else:
            raise PageProblem(f"ICE's robots.txt answered with {answer.status}.")

    def is_own(self, address: str) -> bool:
        """Return whether an address belongs to the site."""
        own, other = urlsplit(self.base), urlsplit(address)
        return (own.scheme, own.netloc) == (other.scheme, other.netloc.lower())

    def get(
        self, address: str, most: int, wanted: re.Pattern[str] | None = None
    ) -> _Answer:
        """Return what stands at an address, if robots.txt allows to look.

        The body is left out where `wanted` does not fit the file's name.
        """
        whole = urljoin(self.base, address)
        if not self._robots.can_fetch(AGENT, whole):
            raise PageProblem("ICE's robots.txt does not allow to fetch the list.")
        return self._get(whole, most, wanted)

    def _get(self, address: str, most: int, wanted: re.Pattern[str] | None) -> _Answer:
        for _ in range(_MOST_REDIRECTS + 1):
            if not self.is_own(address):
                raise PageProblem("ICE's site sent us on to another site.")
            # Unpacked by whoever reads it, a small answer could become a huge one.
            headers = {"User-Agent": AGENT, "Accept-Encoding": "identity"}
            with self._client.stream(
                "GET", address, headers=headers, follow_redirects=False
            ) as response:
                if response.status_code in _REDIRECTS:
                    address = urljoin(address, response.headers.get("location", ""))
                    continue
                name = _given_name(response) or _name_of(address)
                is_wanted = wanted is None or wanted.search(name) is not None
                data = self._read(response, most) if is_wanted else b""
                return _Answer(response.status_code, address, name, data)
        raise PageProblem("ICE's site sends us on without end.")

    def _read(self, response: httpx.Response, most: int) -> bytes:
        body = bytearray()
        for chunk in response.iter_bytes():
            body += chunk
            if len(body) > most:
                raise PageProblem(f"ICE's answer is larger than {most} bytes.")
            if self._clock() > self._end:
                raise PageProblem("ICE's site is too slow. Try again later.")
        return bytes(body)


class _AnchorParser(HTMLParser):
    """Collects the links of a page with what one reads of them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, list[str]]] = []
        self._is_open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a link."""
        given = dict(attrs)
        if tag == "a" and given.get("href"):
            texts = [given.get(name) or "" for name in ("title", "download")]
            self.found.append((given["href"] or "", texts))
            self._is_open = True

    def handle_endtag(self, tag: str) -> None:
        """End a link."""
        self._is_open = self._is_open and tag != "a"

    def handle_data(self, data: str) -> None:
        """Note a link's words."""
        if self._is_open:
            self.found[-1][1].append(data)


def _anchors(page: str, address: str) -> list[_Anchor]:
    parser = _AnchorParser()
    parser.feed(page)
    found = []
    for href, texts in parser.found:
        try:
            whole = urljoin(address, href.strip()).partition("#")[0]
        except ValueError:
            continue
        found.append(_Anchor(whole, tidy(" ".join(texts))))
    return found


def _name_of(address: str) -> str:
    return unquote(urlsplit(address).path.rsplit("/", 1)[-1])


def _given_name(response: httpx.Response) -> str:
    found = _GIVEN_NAME.search(response.headers.get("content-disposition", ""))
    if found is None:
        return ""
    return unquote(found["coded"]) if found["coded"] else found["plain"].strip()
