"""What visitors asked and did not get: staff add the question to an entry, or not."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Final

from starlette.responses import Response

from bot.core.dates import spoken_date
from bot.core.errors import ContentError, RequestGone
from bot.core.languages import LANGUAGES, Language, as_language
from bot.core.matching import fold
from bot.core.misses import FEWEST_SHOWN, GROUP_STATES, KEPT_DAYS, GroupState
from bot.gateway.console.desk import ConsolePage, Visit, go_to, read_fields, show
from bot.gateway.console.knowledge_desk import editing_of, standing_texts
from bot.knowledge.entry_form import form_of, texts_of
from bot.services import misses
from bot.services.editing import open_entry, save_draft
from bot.services.misses import MissGroup

_MOST_CHARACTERS: Final = 300
_STATES: Final[dict[str, GroupState]] = {state: state for state in GROUP_STATES}


class _Wrong(Exception):
    """What is wrong with a form: the words that tell it."""

    def __init__(self, words: str) -> None:
        self.words = words
        super().__init__(words)


async def show_misses(visit: Visit) -> Response:
    """Show the groups of a state; a group of few questions is only counted."""
    query = visit.request.query_params
    state = _STATES.get(query.get("state", ""), "open")
    language = as_language(query.get("language"))

    def read() -> tuple[misses.Overview, bool]:
        world = visit.world
        with world.storage.read() as session:
            found = misses.overview(
                session, world.shelf.current, state=state, language=language
            )
            is_full = misses.is_full(session, visit.now.date())
        if found.groups:
            misses.note_reading(world.storage, visit.staff, visit.now)
        return found, is_full

    overview, is_full = await asyncio.to_thread(read)
    return show(
        visit,
        "misses.html",
        overview=overview,
        is_full=is_full,
        numbers=dict(overview.by_state),
        state=state,
        chosen_language=language or "",
        states=GROUP_STATES,
        fewest=FEWEST_SHOWN,
        **_shared(visit),
    )


async def show_group(visit: Visit) -> Response:
    """Show one group, with the form that adds a question to an entry."""
    return await _group_page(visit, {})


async def take_question(visit: Visit) -> Response:
    """Keep a rewritten question in the draft of an entry.

    Raises:
        ChangedByOther: somebody else saved the entry at this moment.
        RequestGone: there is no such group any more.
    """
    fields = await read_fields(visit)
    group = await asyncio.to_thread(_find, visit)
    try:
        entry = await asyncio.to_thread(_add, visit, group, fields)
    except _Wrong as wrong:
        return await _group_page(visit, fields, wrong.words)
    return go_to(visit, f"/knowledge/{entry}", "misses.added")


async def take_state(visit: Visit) -> Response:
    """Note what somebody made of a group, or that it is open again."""
    fields = await read_fields(visit)
    state = _STATES.get(fields.get("state", ""))
    if state is None:
        raise RequestGone
    await asyncio.to_thread(_set_state, visit, _group_id(visit), state)
    return go_to(visit, "/misses", f"misses.now_{state}")


async def _group_page(
    visit: Visit, fields: Mapping[str, str], problem: str = ""
) -> Response:
    def read() -> MissGroup:
        group = _find(visit)
        misses.note_reading(visit.world.storage, visit.staff, visit.now)
        return group

    group = await asyncio.to_thread(read)
    return show(
        visit,
        "misses_group.html",
        422 if problem else 200,
        group=group,
        fields=fields,
        problem=problem,
        entries=sorted(visit.world.shelf.current.entries),
        most=_MOST_CHARACTERS,
        **_shared(visit),
    )


def _shared(visit: Visit) -> dict[str, Any]:
    knowledge, language = visit.world.shelf.current, visit.staff.language

    def title(entry_id: str) -> str:
        entry = knowledge.find(entry_id)
        return entry.texts[language].title if entry else entry_id

    return {
        "title": title,
        "spoken": partial(spoken_date, language=language),
        "days": KEPT_DAYS,
        "is_off": visit.world.settings.KEEP_MISSES == "off",
    }


def _find(visit: Visit) -> MissGroup:
    with visit.world.storage.read() as session:
        return misses.find_group(session, visit.world.shelf.current, _group_id(visit))


def _group_id(visit: Visit) -> str:
    return str(visit.request.path_params["group"])


def _set_state(visit: Visit, group_id: str, state: GroupState) -> None:
    misses.set_state(visit.world.storage, group_id, state, visit.staff, visit.now)


def _add(visit: Visit, group: MissGroup, fields: Mapping[str, str]) -> str:
    """Append the questions to the entry's draft, or to a first draft of it."""
    questions = _rewritten(group, fields)
    found = visit.world.shelf.current.find(fields.get("entry", "").strip())
    if found is None:
        raise _Wrong("no_entry")
    editing = editing_of(visit)
    try:
        opened = open_entry(editing, found.id)
        form = form_of(standing_texts(opened), f"{opened.group}/{found.id}")
    except (ContentError, RequestGone):
        raise _Wrong("entry_broken") from None
    texts = {
        code: replace(text, questions=(*text.questions, *questions.get(code, ())))
        for code, text in form.texts.items()
    }
    save_draft(
        editing,
        found.id,
        opened.group,
        texts_of(replace(form, texts=texts)),
        opened.draft.base if opened.draft else opened.base,
        opened.draft.version if opened.draft else 0,
        visit.staff,
        visit.now,
    )
    _set_state(visit, group.id, "drafted")
    return found.id


def _rewritten(
    group: MissGroup, fields: Mapping[str, str]
) -> dict[Language, tuple[str, ...]]:
    """Return the questions by language; a visitor's own words are not taken."""
    visitors = {fold(words) for words in group.examples}
    found: dict[Language, tuple[str, ...]] = {}
    for language in LANGUAGES:
        question = " ".join(fields.get(f"question_{language}", "").split())
        if not question:
            continue
        if fold(question) in visitors or "[" in question:
            raise _Wrong("own_words")
        if len(question) > _MOST_CHARACTERS:
            raise _Wrong("too_long")
        found[language] = (question,)
    if not found:
        raise _Wrong("no_question")
    return found


pages: Final = (
    ConsolePage("/misses", show_misses, "see_misses"),
    ConsolePage("/misses/{group}", show_group, "see_misses"),
    ConsolePage("/misses/{group}/add", take_question, "see_misses", ("POST",)),
    ConsolePage("/misses/{group}/state", take_state, "see_misses", ("POST",)),
)
