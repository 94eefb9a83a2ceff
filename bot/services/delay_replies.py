"""Builds what the delay check says: a question with its buttons, and the summary."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from bot.core.consultations import CHANGE, CONFIRM
from bot.core.delay import (
    FIELDS,
    POSSIBLE,
    SKIPPED,
    Answers,
    applies,
    choices_of,
    is_several,
)
from bot.core.entries import Entry
from bot.core.intake import CANCEL, SKIP
from bot.core.languages import Language
from bot.core.messages import MAX_BUTTONS, Button, Reply
from bot.knowledge.base import KnowledgeBase
from bot.services.delay_months import spoken_month
from bot.services.replies import REQUEST_BUTTON

DONE: Final = "done"
SHOW: Final = "show"
CONFIRMING: Final = (SHOW, CHANGE, CANCEL)
# Kept beside the answers: what was chosen so far of a question that takes several.
CHOSEN: Final = "_chosen"
START: Final = "/start_delay_check"
GO_ON: Final = "delay_go_on"
# Where an entry needs its place, this form is told by writing its number.
_GIVES_WAY: Final = "i751"
# Entries to read on, two at most: more hide the other buttons.
ENTRY_BUTTONS: Final = ("delay_entry_a", "delay_entry_b")
_SUMMARY: Final = "delay_summary"
_EXTRA_BUTTONS: Final[Mapping[str, str]] = {
    DONE: "delay_button_done",
    SKIP: "delay_button_skip",
}


@dataclass(frozen=True)
class Check:
    """What a question is built from."""

    knowledge: KnowledgeBase
    language: Language
    answers: Answers


@dataclass(frozen=True)
class Said:
    """What is said before a question, what fills its blanks, an entry to read on."""

    phrases: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    entry: str = ""


def together(first: Said, second: Said) -> Said:
    """Return what is said one after the other, with the entry of either."""
    return Said(
        (*first.phrases, *second.phrases),
        {**first.values, **second.values},
        first.entry or second.entry,
    )


def noted(words: str, is_about: bool) -> Said:
    """Return that something was noted; where it is not sure, how to mend it."""
    return Said(("delay_about" if is_about else "delay_noted",), {"noted": words})


def ask(check: Check, asked: str, said: Said) -> Reply:
    """Return a question of the check, after what is said first."""
    entry = check.knowledge.find(said.entry)
    entries = (entry,) if entry is not None else ()
    choices = offered(asked, check.answers)
    if entries and len(choices) == MAX_BUTTONS:
        choices = tuple(choice for choice in choices if choice != _GIVES_WAY)
    buttons = tuple(
        Button(
            choice_key(asked, choice),
            f'/choose_answer{{"answer": "delay_{asked}.{choice}"}}',
        )
        for choice in choices
    )
    return Reply(
        "form",
        check.language,
        phrases=(*said.phrases, *_question(check, asked)),
        buttons=(*buttons, *entry_buttons(entries)),
        values={
            **said.values,
            **_values(check, asked),
            **entry_labels(entries, check.language),
        },
    )


def entry_buttons(entries: Sequence[Entry]) -> tuple[Button, ...]:
    """Return buttons that show entries, two at most."""
    return tuple(
        Button(label, f"/choose_entry{json.dumps({'entry': entry.id})}")
        for label, entry in zip(ENTRY_BUTTONS, entries)
    )


def entry_labels(entries: Sequence[Entry], language: Language) -> dict[str, str]:
    """Return what fills the blanks of such buttons."""
    return {
        label.removeprefix("delay_"): entry.texts[language].label
        for label, entry in zip(ENTRY_BUTTONS, entries)
    }


def go_on(check: Check, asked: str, reply: Reply, alert: Said) -> Reply:
    """Return the answer to a question in between, and then the check's own again."""
    entry = "" if alert.entry in reply.entries else alert.entry
    there = replace(check, language=reply.language)
    question = ask(there, asked, Said(entry=entry))
    return replace(
        reply,
        phrases=(*alert.phrases, *reply.phrases, GO_ON, *question.phrases),
        buttons=question.buttons,
        values={**reply.values, **alert.values, **question.values},
    )


def stop(language: Language) -> Reply:
    """Return what is said when somebody gives the check up."""
    return Reply("form", language, phrases=("delay_cancelled",))


def pause(language: Language, alert: Said) -> Reply:
    """Return what is said to somebody who wants the office in the middle of it."""
    resume = Button("delay_button_resume", START)
    return Reply(
        "form",
        language,
        phrases=(*alert.phrases, "delay_paused"),
        buttons=(REQUEST_BUTTON, resume),
        values=alert.values,
    )


def offered(asked: str, answers: Answers) -> tuple[str, ...]:
    """Return the ids of the buttons under a question, in their order."""
    if asked == CONFIRM:
        return CONFIRMING
    if asked == CHANGE:
        return changeable(answers)
    choices = choices_of(asked, answers)
    if not is_several(asked):
        return (*choices, SKIP) if len(choices) < MAX_BUTTONS else choices
    chosen = answers.get(CHOSEN, "").split()
    left = tuple(choice for choice in choices if choice not in chosen)
    return (*left, DONE if chosen else SKIP)


def changeable(answers: Answers) -> tuple[str, ...]:
    """Return the questions whose answers can be changed."""
    return tuple(f for f in FIELDS if f in answers and applies(f, answers))


def choice_key(asked: str, choice: str) -> str:
    """Return the phrase with the words of a choice."""
    if asked == CHANGE:
        return f"delay_label_{choice}"
    return _EXTRA_BUTTONS.get(choice) or f"delay_{asked}_{choice}"


def summary_lines(check: Check) -> list[str]:
    """Return what was told as lines "Label: value", in their order."""
    return [told(check, field) for field in changeable(check.answers)]


def told(check: Check, field: str) -> str:
    """Return one answer with its label, such as "Waiting since: March 2024"."""
    label = check.knowledge.phrase(f"delay_label_{field}", check.language)
    return f"{label}: {spoken(check, field, check.answers[field])}"


def spoken(check: Check, field: str, value: str) -> str:
    """Return a kept value in words."""
    if value == SKIPPED:
        return check.knowledge.phrase("intake_skipped", check.language)
    if field == "since":
        return spoken_month(value, check.language)
    labels = [
        check.knowledge.phrase(choice_key(field, choice), check.language)
        for choice in value.split()
    ]
    return ", ".join(labels)


def hint_key(asked: str, is_second: bool) -> str:
    """Return the phrase that says what is wanted; the second time with an example."""
    return f"delay_{'example' if is_second else 'hint'}_{asked}"


def stands_after_answers(phrase: str) -> bool:
    """Return whether a phrase asks the check's question: it stands below an answer."""
    return phrase in (GO_ON, _SUMMARY) or phrase.startswith(
        ("delay_ask_", "delay_why_", "delay_more_", "delay_several")
    )


def phrase_keys() -> set[str]:
    """Return every key that is put together from parts here."""
    return {
        *(f"delay_{p}_{f}" for p in ("ask", "why", "label") for f in FIELDS),
        *(
            f"delay_{part}_{asked}"
            for part in ("hint", "example")
            for asked in (*FIELDS, CONFIRM, CHANGE)
        ),
        *(choice_key(f, choice) for f, all_ in POSSIBLE.items() for choice in all_),
        *(choice_key(CONFIRM, choice) for choice in CONFIRMING),
    }


def _question(check: Check, asked: str) -> Sequence[str]:
    if asked == CONFIRM:
        return (_SUMMARY,)
    if asked == CHANGE:
        return ("delay_ask_change",)
    if is_several(asked):
        if check.answers.get(CHOSEN):
            return ("delay_more_to_choose",)
        return (f"delay_why_{asked}", f"delay_ask_{asked}", "delay_several")
    return (f"delay_why_{asked}", f"delay_ask_{asked}")


def _values(check: Check, asked: str) -> Mapping[str, str]:
    values = {"asks": f"delay_{asked}"}
    if asked == CONFIRM:
        return {**values, "lines": "\n".join(summary_lines(check))}
    return values
