"""Asks back which place is meant, with buttons, and keeps every open question."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Final

from bot.core.languages import Language
from bot.core.messages import Button, Reply
from bot.services.agreement_found import Found

_LABELS: Final = (
    "agreements_choice_1",
    "agreements_choice_2",
    "agreements_choice_3",
    "agreements_choice_4",
    "agreements_choice_5",
    "agreements_choice_6",
    "agreements_choice_7",
    "agreements_choice_8",
    "agreements_choice_9",
)


def question_in(found: Found) -> Found | None:
    """Return what is asked back in a reply: the place, or one of the further ones."""
    return next((f for f in (found, *found.also) if asks_back(f)), None)


def asking_once(found: Found) -> Found:
    """Let the buttons of the first question ask on for the other open ones.

    A reply has one set of buttons: that of Chamblee looks Doraville up as well.
    """
    question = question_in(found)
    rest = [
        f.place for f in found.also if f is not question and asks_back(f) and f.place
    ]
    if question is None or not rest:
        return found
    on = "".join(f" and in {place}" for place in rest)
    choices = tuple(replace(c, text=c.text + on) for c in question.choices)
    asking = replace(question, choices=choices)
    if question is found:
        return asking
    also = tuple(asking if f is question else f for f in found.also)
    return replace(found, also=also)


def asks_back(found: Found) -> bool:
    """Return whether something is asked back."""
    return found.kind in ("no_place", "ask_state", "ask_place")


def ask_back(found: Found, language: Language) -> Reply:
    """Return the question which place is meant, with buttons."""
    phrases: tuple[str, ...] = ("agreements_ask_place", "agreements_or_write")
    if found.kind == "no_place":
        phrases = ("agreements_no_place",)
        if found.foreign:
            phrases = ("agreements_foreign", "agreements_no_place")
    elif found.kind == "ask_state":
        phrases = _phrases_of_state(found)
    elif found.of_sheriff:
        phrases = ("agreements_ask_county",)
    elif not found.choices:
        phrases = ("agreements_unknown_place",)
    chosen = found.choices[: len(_LABELS)]
    values = {
        label.removeprefix("agreements_"): c.label for label, c in zip(_LABELS, chosen)
    }
    buttons = tuple(
        Button(label, _payload(choice.text)) for label, choice in zip(_LABELS, chosen)
    )
    names = {
        "place": found.place,
        "place_the": found.place_the or found.place,
        "foreign": found.foreign,
    }
    return Reply(
        "clarify",
        language,
        phrases=phrases,
        buttons=buttons,
        values={**values, **names},
    )


def _phrases_of_state(found: Found) -> tuple[str, ...]:
    """Return the question for the state; of several only where there are several."""
    if not found.choices:
        return ("agreements_ask_state", "agreements_write_state")
    if len(found.choices) == 1:
        return ("agreements_ask_state", "agreements_or_write_state")
    return (
        "agreements_ask_state",
        "agreements_several_states",
        "agreements_or_write_state",
    )


def _payload(place: str) -> str:
    return f"/ask_agreement{json.dumps({'place': place}, ensure_ascii=False)}"
