"""Tells what a message wants of the list, given what was asked and told before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal

from bot.core.matching import fold
from bot.core.understanding import Understanding
from bot.services import agreement_words as said
from bot.services.agreement_asked import kind_in, names_agency
from bot.services.agreement_questions import (
    Towns,
    asks_of_agreement,
    how_named,
    is_only_place,
    misspelt_town,
    tells_of_other,
    weigh_question,
)
from bot.services.context import Context
from bot.services.followups import named_state
from bot.services.place_moved import glued, lone_state, mistyped_after, moved_to
from bot.services.place_names import state_name
from bot.services.places import names_place, read_place, state_in

INTENT: Final = "ask_agreement"
_ENTITY: Final = "place"
# The groups under which such questions come.
_GROUPS: Final = frozenset({"ask_county", "ask_287g", INTENT})
_LIKELIEST: Final = 3
_SURE: Final = 0.6
_UNSURE: Final = 0.5
_LEAST: Final = 0.15
_VERY_SURE: Final = 0.8
_COUNTY: Final = "ask_county"
# An answer to "which place is it?" may tell a little beside it.
_MOST_WORDS: Final = 20
_SHORT: Final = 8
_BARE: Final = 6
# What begins with "what about" or "no, I mean" goes on in more words.
_LONGER: Final = 14


@dataclass(frozen=True)
class Turn:
    """What a message wants.

    look: the place in `text`, `hint` being the state of the talk; lost: help to name
    the place; meaning: what the last answer means. `is_sure`: a place is asked for
    where none is found; otherwise the entries speak.
    """

    kind: Literal["look", "lost", "meaning"]
    text: str = ""
    hint: str = ""
    is_sure: bool = True


def turn_of(message: Understanding, context: Context, towns: Towns) -> Turn | None:
    """Return what a message wants of the list; None: nothing, the entries speak."""
    pressed = message.entities.get(_ENTITY)
    if message.intent == INTENT and pressed:
        return Turn("look", pressed[0])
    if message.text.startswith("/"):
        return None
    message = _with_ice(message, context)
    hint = state_in(context.told_place) or state_in(context.asked_place)
    if _may_be_meant(message, context, towns):
        return _looked(message.text, context, hint, towns)
    if context.asked_place:
        return _answered(message, context, hint, towns)
    if context.told_place:
        return _gone_on(message, context, hint, towns)
    if _is_short_question(message):
        return Turn("look", message.text)
    return _alone(message, context)


def _with_ice(message: Understanding, context: Context) -> Understanding:
    """Read "does their police work with them" as ICE, where something was told."""
    is_later = context.told_place or context.asked_place or context.topic
    if not is_later and said.GOES_ON.search(fold(message.text)) is None:
        return message
    text = said.WITH_THEM.sub(r"\g<word> ICE", message.text)
    return message if text == message.text else replace(message, text=text)


def _is_short_question(message: Understanding) -> bool:
    """Whether it only asks if there is an agreement, with a place nobody could read."""
    is_short = len(message.text.split()) <= _BARE
    likely = message.intents.get(_COUNTY, 0.0) >= _VERY_SURE
    return is_short and likely and asks_of_agreement(message.text)


def _may_be_meant(message: Understanding, context: Context, towns: Towns) -> bool:
    """Whether the intent lets the words be the question that they seem to be."""
    weight = weigh_question(message.text, towns, message.respelt)
    if weight in ("none", "plain"):
        return weight == "plain"
    if context.told_place or context.asked_place:
        return not _is_surely_other(message)
    is_other = _is_of_other(message, _SURE)
    if is_other or weight == "likely":
        return not is_other
    if how_named(message.text, towns) == "surely":
        return _is_near(message)
    # Without a name the law is asked more often than the list.
    near = message.intents.get(_COUNTY, 0.0) >= _LEAST
    return near or message.intent in (INTENT, _COUNTY)


def _looked(text: str, context: Context, hint: str, towns: Towns) -> Turn:
    """Take "do they have one there" for the place before."""
    before = context.told_place or context.asked_place
    if how_named(text, towns) != "surely" and (town := misspelt_town(text)):
        return Turn("look", f"town of {town}", hint)
    if before and how_named(text, towns) == "no":
        return Turn("look", before)
    is_sure = _asks_whether(text)
    return Turn("look", text, hint, is_sure)


def _asks_whether(text: str) -> bool:
    """Whether it asks of agreements there: without a known place it asks back."""
    folded = fold(text)
    if said.AGREEMENT.search(folded) is None:
        return False
    return bool(said.OWN_PLACE.search(folded) or said.SOMEWHERE.search(folded))


def _answered(
    message: Understanding, context: Context, hint: str, towns: Towns
) -> Turn | None:
    """Read what is typed after the assistant asked which place is meant."""
    text, asked = message.text, context.asked_place
    if len(text.split()) > _MOST_WORDS or tells_of_other(text):
        return None
    if _is_surely_other(message) and not is_only_place(text, towns):
        return None
    if said.THE_STATE.search(fold(text)) and how_named(asked, towns) != "no":
        return Turn("look", f"{asked.rstrip(' ?!.')} state")
    named = how_named(text, towns)
    if named == "surely" or (named == "likely" and is_only_place(text, towns)):
        return Turn("look", glued(asked, text, towns), hint)
    if said.LOST.search(fold(text)):
        return Turn("lost")
    if asks_of_agreement(text):
        return Turn("look", asked)
    return Turn("look", text, hint) if named == "likely" else None


def _gone_on(
    message: Understanding, context: Context, hint: str, towns: Towns
) -> Turn | None:
    """Read what follows an answer: another place, "there", or what it means."""
    text, folded = message.text, fold(message.text)
    count = len(text.split())
    goes_on = said.GOES_ON.search(folded) and not _is_surely_other(message)
    if count > (_LONGER if goes_on else _SHORT) or tells_of_other(text):
        most = _LONGER if said.OF_THAT.search(folded) else _SHORT
        is_meaning = count <= most and said.MEANING.search(folded)
        return Turn("meaning") if is_meaning and not names_place(text) else None
    named = how_named(text, towns)
    if goes_on and names_agency(text):
        return Turn("look", text, hint)
    if named == "no":
        if said.MEANING.search(folded):
            return Turn("meaning")
        points = said.POINTS_BACK.search(folded)
        if points and asks_of_agreement(text):
            return Turn("look", context.told_place)
        # "y Murfrisboro" after an answer about Nashville
        town = mistyped_after(text, hint) if goes_on and count <= _BARE else ""
        return Turn("look", town) if town else None
    if (goes_on and count <= _SHORT) or is_only_place(text, towns):
        # "and in Kentucky?" after Clay County: the one there, if there is one.
        state = lone_state(text)
        kind = kind_in(context.told_place)
        if state and kind:
            return Turn("look", f"{kind}, {state_name(state, 'en')}")
        moved = moved_to(context.told_place, state, towns) if state else ""
        return Turn("look", moved) if moved else Turn("look", text, hint)
    return None


def _alone(message: Understanding, context: Context) -> Turn | None:
    """Take a place alone for the question, where nothing else was asked."""
    text = message.text
    folded = fold(text)
    if context.topic and _goes_on_to_own(text, folded):
        return Turn("look", text)
    is_bare = len(text.split()) <= _BARE and names_place(text)
    if not is_bare:
        return None
    if message.intent == INTENT:
        return Turn("look", text)
    # Asked for the state of another subject, people write one.
    tells_state = named_state(message) is not None
    is_answer = bool(context.topic) and tells_state
    is_more = tells_of_other(text) or asks_of_agreement(text)
    if is_answer or is_more or not is_only_place(text):
        return None
    places = read_place(text, {}).places
    is_state = bool(places) and places[0].kind == "state"
    is_new = not context.topic and not tells_state
    is_unsure = is_new and not _is_of_other(message, _UNSURE)
    may_be = is_unsure or _is_near(message)
    return Turn("look", text) if may_be and not is_state else None


def _goes_on_to_own(text: str, folded: str) -> bool:
    """Whether "ok and in my town, Sterling VA?" asks the same of the visitor's town."""
    is_short = len(text.split()) <= _SHORT + 1
    is_own = said.OWN_PLACE.search(folded) and said.GOES_ON.search(folded)
    if not (is_short and is_own) or tells_of_other(text):
        return False
    rest = said.GOES_ON.sub("", folded, count=1)
    return how_named(text) == "surely" and is_only_place(rest)


def _is_of_other(message: Understanding, least: float) -> bool:
    """Whether the understanding is as sure as that of another subject."""
    sure = message.intents.get(message.intent or "", 1.0)
    return sure >= least and message.intent not in _GROUPS


def _is_surely_other(message: Understanding) -> bool:
    """Whether it is a question of another group, and no mere answer."""
    is_group = (message.intent or "").startswith("ask_")
    return is_group and _is_of_other(message, _VERY_SURE)


def _is_near(message: Understanding) -> bool:
    """Whether the understanding thinks of agreements."""
    likeliest = sorted(message.intents.items(), key=lambda row: -row[1])[:_LIKELIEST]
    near = {message.intent, *(name for name, sure in likeliest if sure >= _LEAST)}
    return not _GROUPS.isdisjoint(near)
