"""Decides what one message does to a consultation request that is being filled in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from bot.core.consultations import CHANGE, CONFIRM, FIELDS
from bot.core.intake import (
    AGREE,
    CANCEL,
    OWN_WORDS,
    SEND,
    SKIP,
    UNKNOWN,
    Answers,
    choices_of,
    field_before,
    hint_key,
    is_urgent,
    looks_private,
    may_be_skipped,
    next_field,
    skipped_value,
    with_answer,
)
from bot.core.languages import Language
from bot.core.messages import Channel
from bot.core.understanding import CRISIS, GUESSED, NOW
from bot.knowledge.base import KnowledgeBase
from bot.services.intake_reading import PRIVATE, Read, read_own_words
from bot.services.intake_replies import URGENT_DETAINED
from bot.services.intake_words import (
    BACK,
    asks_something,
    choice_within,
    command_in,
    whole_choice,
)
from bot.services.replying import Outcome

Interrupt = Callable[[], Outcome | None]
End = Literal["agree", "decline", "cancel", "send"]
# Kept beside the answers until the request is sent, never shown as answers: the field
# that was just misunderstood, and whether one answer is being corrected.
MISSED: Final = "_missed"
CHANGING: Final = "_changing"
_ANY_WORDS: Final = frozenset({"other_side", "name"})
_MIN_STRAY_WORDS: Final = 4


@dataclass(frozen=True)
class Heard:
    """One message to the form, and what it is read by."""

    asked: str
    text: str
    answer: str | None
    intent: str | None
    signals: frozenset[str]
    is_late: bool
    channel: Channel
    language: Language
    knowledge: KnowledgeBase
    today: date


@dataclass(frozen=True)
class Step:
    """What comes of a message: the next question, an answer in between, or the end."""

    asked: str
    answers: Answers
    said: tuple[str, ...] = ()
    end: End | None = None
    between: Outcome | None = None


def next_step(heard: Heard, answers: Answers, interrupt: Interrupt) -> Step:
    """Return what a message does. An emergency is answered before anything else."""
    again = Step(heard.asked, answers)
    if heard.signals & {NOW, CRISIS} and not _answers_surely(heard, answers):
        return replace(again, between=interrupt())
    if heard.answer is None and not heard.text.strip():
        if heard.intent == "request_consultation":
            return replace(again, said=("intake_resumed",))
        return replace(again, between=interrupt())
    if heard.is_late:
        is_question = asks_something(heard.text, heard.asked)
        between = interrupt() if is_question else None
        return replace(again, between=between, said=("intake_late",))
    if heard.answer is not None:
        return _pressed(heard, heard.answer, answers)
    command = command_in(heard.text)
    if command is not None:
        return _obey(command, heard, answers)
    return _typed(heard, answers, interrupt)


def _answers_surely(heard: Heard, answers: Answers) -> bool:
    """Return whether what only sounds like an emergency names a choice."""
    if GUESSED not in heard.signals or CRISIS in heard.signals:
        return False
    choices = _choices(heard, answers)
    return whole_choice(heard.text, heard.asked, choices, heard.knowledge) is not None


def _pressed(heard: Heard, answer: str, answers: Answers) -> Step:
    # A button of an earlier question can still be pressed on the page.
    field, dot, choice = answer.rpartition(".")
    is_of_this = not dot or field == heard.asked
    if is_of_this and choice in _choices(heard, answers):
        return _take(heard, choice, answers)
    return Step(heard.asked, answers, ("intake_old_button",))


def _obey(command: str, heard: Heard, answers: Answers) -> Step:
    asked = heard.asked
    if command == CANCEL:
        return Step(asked, answers, end="cancel")
    if command == BACK:
        return _go_back(asked, answers)
    if asked in (CONFIRM, CHANGE):
        return _hint(heard, answers)
    if may_be_skipped(asked):
        return _keep(heard, skipped_value(asked), answers)
    return Step(asked, answers, ("intake_cannot_skip",))


def _go_back(asked: str, answers: Answers) -> Step:
    if asked == "consent":
        return Step(asked, answers)
    if asked == CHANGE or (CHANGING in answers and next_field(answers) == CONFIRM):
        return Step(CONFIRM, _without(answers, CHANGING))
    before = field_before(asked, answers)
    if before is None:
        return Step(asked, answers, ("intake_first_question",))
    return Step(before, _without(answers, MISSED))


def _typed(heard: Heard, answers: Answers, interrupt: Interrupt) -> Step:
    asked, text = heard.asked, heard.text
    choices = _choices(heard, answers)
    if asked == CHANGE:  # Also those that have no button.
        choices = tuple(f for f in FIELDS if f != "consent" and f in answers)
    choice = whole_choice(text, asked, choices, heard.knowledge)
    if choice is not None:
        return _take(heard, choice, answers)
    read = _read(heard, answers)
    is_date = asked == "urgent_date" and read.value is not None
    if asks_something(text, asked) and not (is_date and "?" not in text):
        return _between(heard, answers, interrupt)
    if read.value is not None:
        return _keep(heard, read.value, answers)
    if asked == CONFIRM:
        correction = _named_correction(heard, answers)
        if correction is not None:
            return correction
    choice = choice_within(text, asked, choices)
    if choice is not None:
        return _take(heard, choice, answers)
    if read.problem is not None:
        return Step(asked, answers, (read.problem,))
    if asked not in _ANY_WORDS and len(text.split()) >= _MIN_STRAY_WORDS:
        return _between(heard, answers, interrupt)
    return _hint(heard, answers)


def _between(heard: Heard, answers: Answers, interrupt: Interrupt) -> Step:
    outcome = interrupt()
    if outcome is not None:
        return Step(heard.asked, answers, between=outcome)
    return _hint(heard, answers)


def _hint(heard: Heard, answers: Answers) -> Step:
    if looks_private(heard.text):
        return Step(heard.asked, answers, (PRIVATE,))
    is_second = answers.get(MISSED) == heard.asked
    hint = hint_key(heard.asked, answers, is_second)
    return Step(heard.asked, {**answers, MISSED: heard.asked}, (hint,))


def _read(heard: Heard, answers: Answers) -> Read:
    if heard.asked not in OWN_WORDS:
        return Read(problem=PRIVATE if looks_private(heard.text) else None)
    reach = answers.get("reach", "phone")
    return read_own_words(heard.asked, heard.text, reach, heard.language, heard.today)


def _named_correction(heard: Heard, answers: Answers) -> Step | None:
    """Return the step to a field that was named at the summary, as in "my phone"."""
    fields = tuple(f for f in FIELDS if f != "consent" and f in answers)
    words = heard.text.split()
    for text in (heard.text, " ".join(words[1:]), " ".join(words[2:])):
        field = whole_choice(text, CHANGE, fields, heard.knowledge)
        if field is not None:
            return Step(field, {**_without(answers, MISSED), CHANGING: "1"})
    return None


def _take(heard: Heard, choice: str, answers: Answers) -> Step:
    """Return the step of a choice, pressed or named."""
    asked = heard.asked
    if asked == "consent":
        return Step(asked, answers, end="agree" if choice == AGREE else "decline")
    if asked == CHANGE:
        return Step(choice, {**_without(answers, MISSED), CHANGING: "1"})
    if asked == CONFIRM and choice == CHANGE:
        return Step(CHANGE, answers)
    if asked == CONFIRM and choice == CANCEL:
        return Step(asked, answers, end="cancel")
    if asked == CONFIRM and choice == SEND:
        still_open = next_field(answers)
        is_whole = still_open == CONFIRM
        return Step(still_open, answers, end="send" if is_whole else None)
    return _keep(heard, skipped_value(asked) if choice == SKIP else choice, answers)


def _keep(heard: Heard, value: str, answers: Answers) -> Step:
    given = with_answer(_without(answers, MISSED), heard.asked, value)
    asked = next_field(given)
    if asked == CONFIRM:
        given = _without(given, CHANGING)
    return Step(asked, given, _remarks(heard, value, given))


def _remarks(heard: Heard, value: str, given: Answers) -> tuple[str, ...]:
    field = heard.asked
    if field == "place" and value == "elsewhere":
        return ("intake_elsewhere",)
    if field == "urgency" and value == "detained":
        return (URGENT_DETAINED,)
    if field != "urgent_date":
        return ()
    if value == UNKNOWN:
        return ("intake_urgent_unknown",)
    urgent = is_urgent(given, heard.today, heard.knowledge.desk.urgent_days)
    return ("intake_urgent_date",) if urgent else ()


def _choices(heard: Heard, answers: Answers) -> tuple[str, ...]:
    return choices_of(heard.asked, heard.knowledge.desk, heard.channel, answers)


def _without(answers: Answers, key: str) -> dict[str, str]:
    return {name: value for name, value in answers.items() if name != key}
