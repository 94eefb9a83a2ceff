"""Shows what the delay check found, page by page, with the buttons that turn them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final, cast

from bot.core.delay import Answers
from bot.core.delay_rule import PAGES, Page
from bot.core.delay_rules import find
from bot.core.messages import Button, Reply
from bot.services.delay_findings import View, fits, result_page
from bot.services.delay_replies import START
from bot.services.replies import REQUEST_BUTTON

PAGE: Final = "page"
_FIRST: Final[tuple[Page, ...]] = ("waited", "courts")


def is_page(answer: str) -> bool:
    """Return whether a button turns to a page of the result."""
    kind, _, page = answer.partition(".")
    return kind == PAGE and page in PAGES


def first_result(view: View, answers: Answers) -> Reply:
    """Return how long it has been with what courts look at, if both fit one message."""
    both = result_page(view, find(answers, view.today), *_FIRST)
    if both is not None and fits(view, both):
        return _with_buttons(both, _FIRST)
    return one_page(view, answers, f"{PAGE}.{_FIRST[0]}")


def one_page(view: View, answers: Answers, answer: str) -> Reply:
    """Return the page that a button names, such as "page.risks".

    Raises:
        ValueError: no such page can be shown.
    """
    page = cast(Page, answer.partition(".")[2])
    reply = result_page(view, find(answers, view.today), page)
    if reply is None:
        raise ValueError(page)
    return _with_buttons(reply, (page,))


def _with_buttons(reply: Reply, shown: Iterable[str]) -> Reply:
    pages = tuple(
        Button(f"delay_page_{page}", f'{START}{{"answer": "{PAGE}.{page}"}}')
        for page in PAGES
        if page not in shown
    )
    return replace(reply, buttons=(*reply.buttons, *pages, REQUEST_BUTTON))
