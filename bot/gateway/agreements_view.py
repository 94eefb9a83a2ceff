"""Lays out the page /agreements: what the list shows, its date, and what it is not."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from bot.core.agreements import ICE_PAGE, Agreement, Override, Snapshot, agency_key
from bot.core.dates import spoken_date
from bot.core.languages import Language, other_language
from bot.core.matching import fold
from bot.gateway.layouts import layouts
from bot.gateway.plain_form import LANGUAGE_NAMES
from bot.knowledge.base import KnowledgeBase
from bot.services.agreement_lines import MODEL_PHRASES, signed_on
from bot.services.agreement_search import LATE_DAYS, MOST_DAYS
from bot.services.place_names import state_name, word_set
from bot.services.showing import say

ROWS_A_PAGE: Final = 50
_NOT_ID: Final = re.compile(r"[^a-z0-9]+")
_SKIPPED: Final = word_set(
    "county condado de del of the el la los las city ciudad pueblo town"
)
_WORDS: Final = (
    "agreements_not_safe",
    "agreements_page_agency",
    "agreements_page_all",
    "agreements_page_any",
    "agreements_page_county",
    "agreements_page_intro",
    "agreements_page_label",
    "agreements_page_line",
    "agreements_page_link",
    "agreements_page_look",
    "agreements_page_model",
    "agreements_page_newer",
    "agreements_page_older",
    "agreements_page_pending",
    "agreements_page_posted",
    "agreements_page_signed",
    "agreements_page_state",
    "agreements_page_title",
    "agreements_pending_note",
    "plain_history",
    "plain_leave",
)


@dataclass(frozen=True)
class ListPage:
    """What a visitor looks for on the page."""

    language: Language
    words: str = ""
    state: str = ""
    number: int = 1


@dataclass(frozen=True)
class Shelf:
    """The list and the overrides as they are now; `barred` states are not shown."""

    snapshot: Snapshot | None
    overrides: Mapping[str, Override]
    barred: frozenset[str] = frozenset()

    def rows(self, today: date) -> list[Agreement]:
        """Return the lines that may be shown on a day, in order."""
        rows: list[Agreement] = []
        if self.snapshot is not None and is_usable(self.snapshot.dated, today):
            hidden = self.barred | set(self.overrides)
            rows += [r for r in self.snapshot.agreements if r.state not in hidden]
        for override in self.overrides.values():
            if is_usable(override.as_of, today):
                rows += override.agreements
        return sorted(rows, key=lambda r: (r.state, agency_key(r.agency), r.model))


def is_usable(dated: date, today: date) -> bool:
    """Return whether a list of a day is young enough to be shown."""
    return (today - dated).days <= MOST_DAYS


def render_list(
    page: ListPage, shelf: Shelf, knowledge: KnowledgeBase, today: date
) -> str:
    """Return the page as HTML."""
    everything = shelf.rows(today)
    chosen = [row for row in everything if _fits(row, page)]
    pages = max(1, -(-len(chosen) // ROWS_A_PAGE))
    number = min(max(1, page.number), pages)
    start = (number - 1) * ROWS_A_PAGE
    language = page.language

    def tell(key: str, **values: str) -> str:
        return say(knowledge, key, language, **values)

    count = tell(
        "agreements_page_count",
        count=str(len(chosen)),
        page=str(number),
        pages=str(pages),
    )
    return (
        layouts()
        .get_template("agreements.html")
        .render(
            page=page,
            language=page.language,
            words={key: tell(key) for key in _WORDS},
            notices=_notices(page, shelf, knowledge, today),
            cite=_cite(shelf, knowledge, language, today),
            rows=[
                _row(row, knowledge, language)
                for row in chosen[start : start + ROWS_A_PAGE]
            ],
            count=count,
            states=_states(everything, language),
            is_shown=bool(everything),
            earlier=_address(page, number - 1) if number > 1 else "",
            further=_address(page, number + 1) if number < pages else "",
            other_language=other_language(language),
            other_name=LANGUAGE_NAMES[other_language(language)],
            switch=_address(page, number, other_language(language)),
            ice_page=ICE_PAGE,
        )
    )


def anchor_of(row: Agreement) -> str:
    """Return the name by which a line of the table can be cited."""
    return _NOT_ID.sub("-", f"{row.state} {agency_key(row.agency)} {row.model}".lower())


def _fits(row: Agreement, page: ListPage) -> bool:
    if page.state and row.state != page.state:
        return False
    names = [state_name(row.state, "en"), state_name(row.state, "es"), row.state]
    text = (
        f" {fold(' '.join([row.agency, agency_key(row.agency), row.county, *names]))}"
    )
    wanted = [word for word in agency_key(page.words).split() if word not in _SKIPPED]
    return all(f" {word}" in text for word in wanted)


def _row(
    row: Agreement, knowledge: KnowledgeBase, language: Language
) -> dict[str, Any]:
    signed = signed_on(row)
    anchor = anchor_of(row)
    query = urlencode({"q": row.agency, "state": row.state, "lang": language})
    return {
        "anchor": anchor,
        "address": f"/agreements?{query}#{anchor}",
        "state": state_name(row.state, language),
        "agency": row.agency,
        "county": row.county,
        "model": say(knowledge, MODEL_PHRASES[row.model], language),
        "signed": spoken_date(signed, language) if signed else "",
        "url": row.moa_url if row.moa_url.startswith("https://www.ice.gov/") else "",
        "is_pending": not row.moa_url,
    }


def _notices(
    page: ListPage, shelf: Shelf, knowledge: KnowledgeBase, today: date
) -> list[str]:
    """Return what must be read before the table: age, and what overrides say."""
    language = page.language
    notices = []
    if shelf.snapshot is None:
        notices.append(say(knowledge, "agreements_no_list", language, url=ICE_PAGE))
    else:
        notices += _age(shelf.snapshot.dated, knowledge, language, today)
    for state, override in sorted(shelf.overrides.items()):
        if page.state in ("", state):
            notices.append(
                say(
                    knowledge,
                    "agreements_override",
                    language,
                    state=state_name(state, language),
                    date=spoken_date(override.as_of, language),
                    says=override.says[language],
                    source=override.source_url,
                )
                if is_usable(override.as_of, today)
                else f"{state_name(state, language)}: "
                + _age(override.as_of, knowledge, language, today)[0]
            )
    return notices


def _age(
    dated: date, knowledge: KnowledgeBase, language: Language, today: date
) -> list[str]:
    days = (today - dated).days
    day = spoken_date(dated, language)
    if days > MOST_DAYS:
        text = say(knowledge, "agreements_too_old", language, date=day, url=ICE_PAGE)
        return [text]
    if days < LATE_DAYS:
        return []
    text = say(
        knowledge, "agreements_late", language, date=day, days=str(days), url=ICE_PAGE
    )
    return [text]


def _cite(
    shelf: Shelf, knowledge: KnowledgeBase, language: Language, today: date
) -> str:
    snapshot = shelf.snapshot
    if snapshot is None or not is_usable(snapshot.dated, today):
        return ""
    return say(
        knowledge,
        "agreements_page_cite",
        language,
        date=spoken_date(snapshot.dated, language),
        source=snapshot.source,
        url=ICE_PAGE,
    )


def _states(rows: Sequence[Agreement], language: Language) -> list[tuple[str, str]]:
    codes = {row.state for row in rows}
    return sorted(
        ((code, state_name(code, language)) for code in codes), key=lambda s: fold(s[1])
    )


def _address(page: ListPage, number: int, language: Language | None = None) -> str:
    wanted = {
        "q": page.words,
        "state": page.state,
        "page": str(number) if number > 1 else "",
        "lang": language or page.language,
    }
    query = urlencode({key: value for key, value in wanted.items() if value})
    return f"/agreements?{query}"
