"""Asks the web whether the addresses that our answers name still lead somewhere."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import urljoin, urlsplit

import httpx

from bot.core.entries import Entry
from bot.knowledge.base import KnowledgeBase

Verdict = Literal["works", "moved", "refused", "gone", "fails", "unreachable"]
# A person must act on these; "refused" often means that only programs are refused.
DEAD: Final[frozenset[Verdict]] = frozenset({"gone", "fails", "unreachable"})
AGENT: Final = "RightsDesk link check"
TIMEOUT: Final = httpx.Timeout(20, connect=10)
_PAUSE_SECONDS: Final = 1.0
_MOST_REDIRECTS: Final = 5
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_REFUSALS: Final = frozenset({401, 403, 405, 406, 429, 451, 999})
_GONE: Final = frozenset({404, 410})
_IN_TEXT: Final = re.compile(r"https://[^\s<>()\[\]\"'`]+")
_AFTER_ADDRESS: Final = ".,;:!?*_"


@dataclass(frozen=True)
class Link:
    """An address and where it stands: the keys of sources, the ids of entries."""

    address: str
    places: tuple[str, ...]


@dataclass(frozen=True)
class Checked:
    """What an address gave; `final` is where it led, `status` 0 without an answer."""

    link: Link
    verdict: Verdict
    status: int
    final: str
    problem: str = ""


def links_of(knowledge: KnowledgeBase, entry: Entry | None = None) -> list[Link]:
    """Return every address of the sources and texts, or of one entry, each once."""
    places: dict[str, list[str]] = {}
    entries = list(knowledge.entries.values()) if entry is None else [entry]
    keys: Sequence[str] = list(knowledge.sources) if entry is None else entry.sources
    for key in keys:
        if source := knowledge.sources.get(key):
            places.setdefault(source.url, []).append(f"sources.yml: {key}")
    for each in entries:
        for address in _addresses_in(each):
            places.setdefault(address, []).append(each.id)
    return [Link(address, tuple(found)) for address, found in places.items()]


def _addresses_in(entry: Entry) -> list[str]:
    found = [
        address.rstrip(_AFTER_ADDRESS)
        for words in entry.texts.values()
        for text in (words.short, words.details, words.next_step)
        for address in _IN_TEXT.findall(text)
    ]
    return list(dict.fromkeys(found))


class LinkChecker:
    """Asks each site at most once a second, only for heads where that is enough."""

    def __init__(
        self,
        client: httpx.Client,
        clock: Callable[[], float],
        sleep: Callable[[float], None],
        schemes: Sequence[str] = ("https",),
    ) -> None:
        self._client = client
        self._clock = clock
        self._sleep = sleep
        self._schemes = schemes
        self._free_at: dict[str, float] = {}

    def check(self, links: Sequence[Link]) -> Iterator[Checked]:
        """Yield what each address gave, going round the sites in turn."""
        for link in in_turn(links):
            yield self._check_one(link)

    def _check_one(self, link: Link) -> Checked:
        address, is_moved = link.address, False
        try:
            for _ in range(_MOST_REDIRECTS + 1):
                problem = self._problem_of(address)
                if problem:
                    return Checked(link, "unreachable", 0, address, problem)
                status, location = self._ask(address)
                if status in _REDIRECTS and location:
                    is_moved = is_moved or status in (301, 308)
                    address = urljoin(address, location)
                    continue
                return Checked(link, _verdict(status, is_moved), status, address)
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            return Checked(link, "unreachable", 0, address, type(error).__name__)
        return Checked(link, "unreachable", 0, address, "sent on without end")

    def _problem_of(self, address: str) -> str:
        parts = urlsplit(address)
        if parts.scheme not in self._schemes:
            return "leads to an address that is not https"
        return "" if parts.hostname else "is no whole address"

    def _ask(self, address: str) -> tuple[int, str]:
        status, location = self._send("HEAD", address)
        # Some servers know no HEAD and say something else than they would to a person.
        if status < 400 or status == 429:
            return status, location
        return self._send("GET", address)

    def _send(self, method: str, address: str) -> tuple[int, str]:
        self._wait_for(urlsplit(address).netloc.lower())
        headers = {"User-Agent": AGENT, "Accept": "*/*"}
        with self._client.stream(
            method, address, headers=headers, follow_redirects=False
        ) as response:
            # The body is never read.
            return response.status_code, response.headers.get("location", "")

    def _wait_for(self, host: str) -> None:
        now = self._clock()
        free_at = self._free_at.get(host, now)
        if free_at > now:
            self._sleep(free_at - now)
        self._free_at[host] = max(free_at, now) + _PAUSE_SECONDS


def in_turn(links: Sequence[Link]) -> list[Link]:
    """Return links so that neighbours are of different sites, where that can be.

    >>> [x.address[8:] for x in in_turn([Link(f"https://{a}", ()) for a in
    ...     ("a/1", "a/2", "a/3", "b/1")])]
    ['a/1', 'b/1', 'a/2', 'a/3']
    """
    by_host: Mapping[str, deque[Link]] = _by_host(links)
    ordered: list[Link] = []
    while len(ordered) < len(links):
        ordered += [waiting.popleft() for waiting in by_host.values() if waiting]
    return ordered


def _by_host(links: Sequence[Link]) -> dict[str, deque[Link]]:
    by_host: dict[str, deque[Link]] = {}
    for link in links:
        by_host.setdefault(_host(link.address), deque()).append(link)
    return by_host


def _host(address: str) -> str:
    try:
        return urlsplit(address).netloc.lower()
    except ValueError:
        return ""


def _verdict(status: int, is_moved: bool) -> Verdict:
    if 200 <= status < 300:
        return "moved" if is_moved else "works"
    if status in _GONE:
        return "gone"
    return "refused" if status in _REFUSALS else "fails"
