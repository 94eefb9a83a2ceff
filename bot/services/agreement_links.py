"""Frees links of ICE's list from what mail programs and browsers put around them."""

from __future__ import annotations

import re
from datetime import date
from typing import Final
from urllib.parse import parse_qs, quote, unquote, urlsplit

SAFELINK: Final = "safelink_unwrapped"
EXTENSION: Final = "browser_extension_prefix_removed"
REFUSED: Final = "link_refused"
_HOST: Final = "www.ice.gov"
_SAFELINKS: Final = ".safelinks.protection.outlook.com"
_MOST_SIGNS: Final = 4000
_MOST_WRAPPERS: Final = 3
_PREFIX: Final = re.compile(r"^[a-z]{2,10}-extension://[\w-]{1,64}/", re.IGNORECASE)
# "https:/www.ice.gov" and "http://www.ice.gov" are the same page.
_SCHEME: Final = re.compile(r"^https?:/{1,3}(?=www\.ice\.gov(?:/|$))", re.IGNORECASE)
_UNSEEN: Final = re.compile(r"[\x00-\x1f\x7f\\]")
# Only years of four figures: of the others nobody knows where the year stands.
_DATE: Final = re.compile(
    r"(?P<month>\d{2})[._-]?(?P<day>\d{2})[._-]?(?P<year>20\d{2})"
)


def clean_link(raw: str) -> tuple[str, tuple[str, ...]]:
    """Return the address at www.ice.gov that a link leads to, and what was done to it.

    The address is "" where there is none, or where it leads somewhere else.

    >>> clean_link("http://www.ice.gov/doclib/a b.pdf")
    ('https://www.ice.gov/doclib/a%20b.pdf', ())
    >>> clean_link("https://evil.example/www.ice.gov/")
    ('', ('link_refused',))
    """
    flags: list[str] = []
    link = raw.strip()
    if not link:
        return "", ()
    if len(link) > _MOST_SIGNS:
        return "", (REFUSED,)
    for _ in range(_MOST_WRAPPERS):
        inner, flag = _unwrap(link)
        if not flag:
            break
        link, flags = inner.strip(), [*flags, flag]
    address = _official(_SCHEME.sub("https://", link))
    return address, tuple(dict.fromkeys(flags if address else [*flags, REFUSED]))


def _unwrap(link: str) -> tuple[str, str]:
    without = _PREFIX.sub("", link)
    if without != link:
        return without, EXTENSION
    try:
        parts = urlsplit(link)
        host = parts.hostname or ""
        wrapped = parse_qs(parts.query, max_num_fields=20).get("url", [""])[0]
    except ValueError:
        return link, ""
    if parts.scheme == "https" and host.endswith(_SAFELINKS) and wrapped:
        return wrapped, SAFELINK
    return link, ""


def _official(link: str) -> str:
    if _UNSEEN.search(link):
        return ""
    try:
        parts = urlsplit(link)
    except ValueError:
        return ""
    if parts.scheme != "https" or parts.netloc.lower() != _HOST or not parts.path:
        return ""
    path = quote(parts.path, safe="/%:@!$&'()*+,;=~-._")
    query = "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?") if parts.query else ""
    return f"https://{_HOST}{path}{query}"


def date_in_name(address: str) -> date | None:
    """Return the date that a document's name carries; None if there is none.

    It is never shown: ICE's names differ from the dates in its list.

    >>> date_in_name("https://www.ice.gov/doclib/287gMOA/NassauCo_MOA_03.03.2025.pdf")
    datetime.date(2025, 3, 3)
    >>> date_in_name("https://www.ice.gov/doclib/Archer_MOA_022202026.pdf") is None
    True
    """
    found = _DATE.search(unquote(address.rsplit("/", 1)[-1]))
    if found is None:
        return None
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None
