"""The page of one entry: both languages side by side, checks as you type, buttons."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, Final, Literal, overload

from starlette.responses import Response

from bot.core.errors import (
    ChangedByOther,
    ContentError,
    Fault,
    NotAllowed,
    RequestGone,
)
from bot.gateway.console.desk import (
    ConsolePage,
    Endpoint,
    Visit,
    desk_of,
    go_to,
    show,
)
from bot.gateway.console.knowledge_change import (
    Change,
    Unfit,
    has_unkept,
    refusal_of,
)
from bot.gateway.console.knowledge_desk import entry_of
from bot.gateway.console.knowledge_effect import (
    effect_of,
    large_effect,
    name_anew,
    waiting_run,
)
from bot.gateway.console.knowledge_form import FILES, by_place
from bot.gateway.console.knowledge_picks import picked, pickers_of
from bot.gateway.console.knowledge_sheet import (
    fields_of,
    open_sheet,
    seen_of,
    sheet_of,
    stand_of,
)
from bot.gateway.console.knowledge_steps import STEPS, do
from bot.gateway.console.runs import Run
from bot.gateway.console.wide_form import wide_fields
from bot.services.editing_publishing import Published

_TOLD: Final = {
    ChangedByOther: "changed_by_other",
    RequestGone: "gone",
}
_EFFECT: Final = "effect"
_SEEN_THEN: Final = ("version", "files_base")


async def show_entry(visit: Visit) -> Response:
    """Show an entry, its draft if there is one, in a form."""

    def read() -> dict[str, Any]:
        opened = open_sheet(visit, {})
        as_files = visit.request.query_params.get("as") == FILES
        return sheet_of(visit, opened, fields_of(opened, as_files))

    try:
        return _page(visit, await asyncio.to_thread(read))
    except ContentError as error:
        return show(visit, "knowledge_broken.html", 409, faults=error.faults)


async def change_entry(visit: Visit) -> Response:
    """Do what the pressed button says, or show the form as typed and why not."""
    fields = wide_fields(visit)
    action = fields.pop("action", "")
    change = Change(visit, await asyncio.to_thread(open_sheet, visit, fields), fields)
    if action not in STEPS:
        return await _look(change, action)
    large = await large_effect(change, action)
    if large is not None and large.state == "waiting":
        return await _wait_for(change, action, large)
    if large is not None:
        return await _ask(change, action, large)
    return await _carry_out(change, action)


async def show_pending(visit: Visit) -> Response:
    """Show that a press waits for its effect; once that is known, do it or ask."""
    key, entry = visit.request.query_params.get("run", ""), entry_of(visit)
    run = waiting_run(visit, key)
    if run is None:
        return go_to(visit, f"/knowledge/{entry}", "knowledge.pending_gone")
    pressed, action = run.pending, run.pending["action"]
    if run.state == "waiting":
        seconds = desk_of(visit.request).runs.seconds_left(run)
        told: dict[str, Any] = {"entry": entry, "key": key, "seconds": seconds}
        return show(visit, "knowledge_pending.html", action=action, **told)

    def read() -> Change:
        opened = open_sheet(visit, {})
        return Change(visit, opened, {**fields_of(opened), "why": pressed["why"]})

    change = await asyncio.to_thread(read)
    if any(change.fields[name] != pressed[name] for name in _SEEN_THEN):
        run.pending = {}
        return await _again(change, 409, problem="pending_changed")
    if run.state == "done" and run.result.get("is_large"):
        await name_anew(change, run, action)
        return await _ask(change, action, run)
    # A page that is asked for twice does it once.
    run.pending = {}
    return await _carry_out(change, action)


async def _wait_for(change: Change, action: str, run: Run) -> Response:
    """Keep what was typed, and show that its effect is being found out."""
    if STEPS[action].takes_text and action != "approve":
        refused = await _carry_out(change, "keep", is_last=False)
        if refused is not None:
            return refused
    opened = await asyncio.to_thread(open_sheet, change.visit, {})
    stand = stand_of(opened)
    if action == "approve":
        stand |= {name: change.fields.get(name, "") for name in _SEEN_THEN}
    run.pending = {**stand, "action": action, "why": change.why()}
    return go_to(change.visit, f"/knowledge/{change.entry}/pending?run={run.key}")


async def _ask(change: Change, action: str, run: Run) -> Response:
    """Show what much would change, and ask whether it is meant."""
    told = {"problem": "large_effect", "wrong": "large-effect"}
    return await _again(change, 200, run=run, asked=action, **told)


@overload
async def _carry_out(change: Change, action: str) -> Response: ...


@overload
async def _carry_out(
    change: Change, action: str, is_last: Literal[False]
) -> Response | None: ...


async def _carry_out(
    change: Change, action: str, is_last: bool = True
) -> Response | None:
    """Do what a button says and tell so, or show the form as typed and why not.

    Where it is not the last thing to do, only a refusal is told.
    """
    visit = change.visit
    try:
        done = await asyncio.to_thread(do, action, change)
    except Unfit as error:
        wrong = {"problem": error.words, "wrong": error.place}
        return await _again(change, 422, **wrong)
    except ContentError as error:
        problem = "has_faults" if change.is_safe else "has_faults_unkept"
        return await _again(change, 422, problem=problem, told=error.faults)
    except NotAllowed:
        problem = await asyncio.to_thread(refusal_of, change, action)
        return await _again(change, 409, problem=problem)
    except (ChangedByOther, RequestGone) as error:
        return await _again(change, 409, problem=_TOLD[type(error)])
    if not is_last:
        return None
    if isinstance(done, Published):
        # Not at the next look in a second: the page shown now tells the new text.
        await asyncio.to_thread(visit.world.shelf.look)
    notice = _notice(action, done)
    if STEPS[action].takes_text or not await asyncio.to_thread(has_unkept, change):
        return await _leave(change, notice)
    change.kept = change.kept or change.opened.draft
    return await _again(change, 200, done=notice, is_own=True)


async def check_typed(visit: Visit) -> Response:
    """Return the faults of what is being typed, and the previews; nothing is kept."""
    fields = wide_fields(visit)

    def read() -> dict[str, Any]:
        return seen_of(visit, open_sheet(visit, fields), fields)

    return show(visit, "knowledge_seen.html", **await asyncio.to_thread(read))


async def pick(visit: Visit) -> Response:
    """Return the pickers of sources and related entries after a press or a search."""
    fields = wide_fields(visit)
    action = fields.get("action", "")
    fields = picked(fields, action)
    knowledge, language = visit.world.shelf.current, visit.staff.language
    pickers = pickers_of(fields, knowledge, language, entry_of(visit))
    # A search changes nothing that is picked, and not the field that is typed in.
    response = show(
        visit,
        "knowledge_picked.html",
        pickers=pickers,
        entry=entry_of(visit),
        swapped=bool(action),
    )
    if action:
        response.headers["HX-Trigger-After-Swap"] = "picked"
    return response


async def _look(change: Change, action: str) -> Response:
    """Show the form as typed, after a search, a pick or a look at the checks."""
    change.fields = picked(change.fields, action)
    run = await effect_of(change) if action == _EFFECT else None
    return await _again(change, 200, run=run)


async def _again(change: Change, status: int, **values: Any) -> Response:
    """Show the form as it was typed."""

    def read() -> dict[str, Any]:
        opened = open_sheet(change.visit, change.fields)
        fields = dict(change.fields)
        if change.kept is not None or values.get("is_own"):
            fields |= stand_of(opened)
        now = Change(change.visit, opened, fields)
        return {
            **sheet_of(change.visit, opened, fields),
            "is_unkept": has_unkept(now),
        }

    sheet = await asyncio.to_thread(read)
    told: list[Fault] = values.pop("told", [])
    if told:
        # As the core saw it: also what the live check cannot know, a full disk say.
        sheet["faults"] = by_place(told) | sheet["faults"]
    return _page(change.visit, sheet, status, **values)


async def _leave(change: Change, notice: str) -> Response:
    """Go to the entry's page, or to the list where nothing of the entry is left."""
    try:
        await asyncio.to_thread(open_sheet, change.visit, {})
    except (RequestGone, ContentError):
        return go_to(change.visit, "/knowledge", f"knowledge.{notice}")
    return go_to(change.visit, f"/knowledge/{change.entry}", f"knowledge.{notice}")


def _page(
    visit: Visit, sheet: Mapping[str, Any], status: int = 200, **values: Any
) -> Response:
    usual: dict[str, Any] = {"problem": "", "wrong": "", "done": "", "run": None}
    usual |= {"key": "", "is_unkept": False, "asked": ""}
    values.pop("is_own", None)
    return show(visit, "knowledge_entry.html", status, **{**usual, **sheet, **values})


def _notice(action: str, done: object) -> str:
    if isinstance(done, Published) and done.why_not and not done.is_committed:
        return f"did_{action}_uncommitted"
    return f"did_{action}"


def _post(path: str, endpoint: Endpoint) -> ConsolePage:
    return ConsolePage(path, endpoint, "edit_knowledge", ("POST",), is_wide=True)


pages: Final = (
    ConsolePage("/knowledge/{entry}", show_entry, "edit_knowledge"),
    _post("/knowledge/{entry}", change_entry),
    ConsolePage("/knowledge/{entry}/pending", show_pending, "edit_knowledge"),
    _post("/knowledge/{entry}/check", check_typed),
    _post("/knowledge/{entry}/pick", pick),
)
