"""Trying out a question, and the monthly copies of all texts."""

from __future__ import annotations

import asyncio
import re
from functools import partial
from typing import Any, Final

from starlette.responses import Response

from bot.core.dates import spoken_date
from bot.core.errors import RequestGone
from bot.core.languages import LANGUAGES, as_language
from bot.gateway.console.desk import (
    ConsolePage,
    Visit,
    desk_of,
    is_fragment,
    read_fields,
    show,
)
from bot.gateway.console.runs import Run
from bot.services.snapshots import kept, zip_of

_SUBJECT: Final = "try"
_MOST_SIGNS: Final = 500
_MONTH: Final = re.compile(r"20\d\d-(?:0[1-9]|1[0-2])")


async def show_try(visit: Visit) -> Response:
    """Show the form for trying a question."""
    return _try_page(visit, "", "", None, "")


async def try_question(visit: Visit) -> Response:
    """Find out what would be answered; htmx asks again until that is known."""
    fields = await read_fields(visit)
    question = fields.get("question", "").strip()[:_MOST_SIGNS]
    language = as_language(fields.get("language")) or ""
    if not question:
        return _try_page(visit, question, language, None, "", 422)
    runs = desk_of(visit.request).runs
    chosen = ("--language", language) if language else ()
    options = ("knowledge", "try", "-", "--json", *chosen)
    key = runs.start(visit.world.settings, visit.staff.id, _SUBJECT, options, question)
    run = _run_of(visit, key)
    if is_fragment(visit):
        return _result(visit, run, key)
    if run is not None:
        await runs.wait(run)
    return _try_page(visit, question, language, run, key)


async def show_tried(visit: Visit) -> Response:
    """Return how far that has come; asked again and again by the page."""
    key = visit.request.query_params.get("run", "")
    return _result(visit, _run_of(visit, key), key)


async def show_snapshots(visit: Visit) -> Response:
    """Show the monthly copies that are kept."""
    found = await asyncio.to_thread(kept, visit.world.storage)
    spoken = partial(spoken_date, language=visit.staff.language)
    return show(visit, "knowledge_snapshots.html", kept=found, spoken=spoken)


async def give_snapshot(visit: Visit) -> Response:
    """Give a monthly copy as a file.

    Raises:
        RequestGone: there is none of that month.
    """
    month: str = visit.request.path_params["month"]
    if not _MONTH.fullmatch(month):
        raise RequestGone
    data = await asyncio.to_thread(zip_of, visit.world.storage, month)
    name = f'attachment; filename="knowledge-{month}.zip"'
    headers = {"Content-Disposition": name, "X-Content-Type-Options": "nosniff"}
    return Response(data, media_type="application/zip", headers=headers)


def _try_page(
    visit: Visit,
    question: str,
    language: str,
    run: Run | None,
    key: str,
    status: int = 200,
) -> Response:
    return show(
        visit,
        "knowledge_try.html",
        status,
        question=question,
        chosen=language,
        codes=LANGUAGES,
        most=_MOST_SIGNS,
        is_missing=status == 422,
        **_tried(run, key),
    )


def _result(visit: Visit, run: Run | None, key: str) -> Response:
    return show(visit, "knowledge_tried.html", **_tried(run, key))


def _tried(run: Run | None, key: str) -> dict[str, Any]:
    return {"run": run, "key": key}


def _run_of(visit: Visit, key: str) -> Run | None:
    return desk_of(visit.request).runs.find(key, visit.staff.id, _SUBJECT)


pages: Final = (
    ConsolePage("/knowledge/try", show_try, "edit_knowledge"),
    ConsolePage("/knowledge/try", try_question, "edit_knowledge", ("POST",)),
    ConsolePage("/knowledge/try/result", show_tried, "edit_knowledge"),
    ConsolePage("/knowledge/snapshots", show_snapshots, "edit_knowledge"),
    ConsolePage("/knowledge/snapshots/{month}.zip", give_snapshot, "edit_knowledge"),
)
