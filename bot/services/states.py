"""Asks for the visitor's state where the law differs, and says whose law is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from typing import Final

import us

from bot.core.entries import Entry
from bot.core.languages import LANGUAGES, Language
from bot.core.matching import fold
from bot.core.messages import Button, Reply
from bot.knowledge.base import KnowledgeBase
from bot.services.context import Context
from bot.services.place_names import state_name

_STATES: Final = ("NY", "NJ")
_BOTH: Final = "NY/NJ"
# Their answer is the same for both states, or the moment is none for a question.
_NEVER_ASKED: Final = frozenset({"meta", "consult"})


def counterpart(entry: Entry, knowledge: KnowledgeBase) -> Entry | None:
    """Return the entry that says the same for the other state, or None.

    The two name each other as related, in one group: staff decide what belongs
    together.
    """
    if entry.jurisdiction not in _STATES:
        return None
    for name in entry.related:
        other = knowledge.find(name)
        if (
            other is not None
            and other.group == entry.group
            and other.jurisdiction in _STATES
            and other.jurisdiction != entry.jurisdiction
            and entry.id in other.related
        ):
            return other
    return None


def offered_in_state(context: Context, knowledge: KnowledgeBase) -> str | None:
    """Return the offered entry that is the visitor's state's own, just asked for."""
    if not context.misses:
        return None
    for name in context.offered:
        entry = knowledge.find(name)
        if entry is not None and entry.jurisdiction == context.jurisdiction:
            return name
    return None


def siblings_in_state(
    topic: Entry, state: str, shown: Iterable[Entry]
) -> tuple[str, ...]:
    """Return the entries of the topic's group that are of a state, if it is of none."""
    if topic.jurisdiction == state:
        return ()
    return tuple(
        entry.id
        for entry in shown
        if entry.group == topic.group and entry.jurisdiction == state
    )


def state_words(state: str | None) -> dict[str, str]:
    """Return the values of a phrase that names a state."""
    return {"state_phrase": f"state_{(state or '').lower()}"}


def for_state(reply: Reply, entries: list[Entry], context: Context, text: str) -> Reply:
    """Return the reply fitted to the visitor's state as far as it is known.

    It asks for the state if that helps and is new. Where a message names another
    state, an answer about New York and New Jersey says first that it is.
    """
    if reply.kind == "answer" and any(_is_of_ours(entry) for entry in entries):
        named = other_state(text, reply.language)
        if named:
            phrases, values = ("other_state", *reply.phrases), {"named": named}
            return replace(reply, phrases=phrases, values={**reply.values, **values})
    return _with_question(reply, entries, context)


def other_state(text: str, language: Language) -> str:
    """Return the name of the state that a message names by its whole name, or "".

    Nothing where New York or New Jersey is named as well.

    >>> other_state("can i get a license in georgia", "es")
    'Georgia'
    >>> other_state("i moved from georgia to new jersey", "en")
    ''
    """
    said = f" {fold(text)} "
    codes = [code for name, code in _names().items() if f" {name} " in said]
    if not codes or set(codes) & set(_STATES):
        return ""
    return state_name(codes[0], language)


@cache
def _names() -> Mapping[str, str]:
    # Washington and Virginia may be a city or a person, too, and are asked of all the
    # same: saying so once too often does no harm.
    names = {
        fold(state_name(str(state.abbr), language)): str(state.abbr)
        for state in us.states.STATES
        for language in LANGUAGES
    }
    # "west virginia" before "virginia".
    return dict(sorted(names.items(), key=lambda item: -len(item[0])))


def _is_of_ours(entry: Entry) -> bool:
    return entry.jurisdiction in (*_STATES, _BOTH) and entry.group not in _NEVER_ASKED


def _with_question(reply: Reply, entries: list[Entry], context: Context) -> Reply:
    differs = any(
        entry.jurisdiction == _BOTH
        and entry.group not in _NEVER_ASKED
        and not entry.emergency
        for entry in entries
    )
    if context.jurisdiction or context.asked_state or not differs:
        return reply
    if reply.kind != "answer" or reply.part != "short":
        return reply
    choices = tuple(
        Button(f"state_{state.lower()}", f'/choose_state{{"state": "{state}"}}')
        for state in _STATES
    )
    return replace(
        reply,
        phrases=(*reply.phrases, "ask_state"),
        buttons=(*choices, *reply.buttons[:1]),
    )
