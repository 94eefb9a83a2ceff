"""Decides what one message does to a delay check that is being filled in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, Literal

from bot.core.consultations import CHANGE, CONFIRM
from bot.core.delay import (
    NONE,
    SKIPPED,
    Answers,
    field_before,
    is_several,
    next_field,
    with_choice,
)
from bot.core.intake import CANCEL, SKIP, looks_private
from bot.core.languages import Language
from bot.core.understanding import CRISIS, GUESSED, NOW
from bot.knowledge.base import KnowledgeBase
from bot.services.delay_alerts import alert, with_denial
from bot.services.delay_corrections import corrected, named_field
from bot.services.delay_kept import (
    CHANGING,
    MISSED,
    with_kept,
    without,
)
from bot.services.delay_replies import (
    CHOSEN,
    DONE,
    SHOW,
    Check,
    Said,
    changeable,
    hint_key,
    noted,
    offered,
    spoken,
    told,
)
from bot.services.delay_words import (
    Value,
    is_done,
    read_confirming,
    read_value,
    wants_to_resume,
    wants_to_skip,
)
from bot.services.intake_words import BACK, asks_something, command_in
from bot.services.replying import Outcome

Interrupt = Callable[[], Outcome | None]
End = Literal["cancel", "show", "pause"]
_PRIVATE: Final = Said(("intake_private",))
_RESUMED: Final = Said(("delay_resumed",))
_OLD_BUTTON: Final = Said(("intake_old_button",))
_MIN_STRAY_WORDS: Final = 4
_TO_OFFICE: Final = frozenset({"start_request", "request_consultation"})


@dataclass(frozen=True)
class Heard:
    """One message to the check, and what it is read by."""

    asked: str
    text: str
    answer: str | None
    intent: str | None
    signals: frozenset[str]
    is_late: bool
    language: Language
    knowledge: KnowledgeBase
    today: date


@dataclass(frozen=True)
class Step:
    """What comes of a message: the next question, an answer in between, or the end.

    `alert` is said before all, whatever comes of the message.
    """

    asked: str
    answers: Answers
    said: Said = field(default_factory=Said)
    end: End | None = None
    between: Outcome | None = None
    alert: Said = field(default_factory=Said)


def next_step(heard: Heard, answers: Answers, interrupt: Interrupt) -> Step:
    """Return what a message does. An emergency is answered before anything else."""
    again = Step(heard.asked, answers)
    if heard.signals & {NOW, CRISIS} and not _answers_surely(heard):
        return replace(again, between=interrupt())
    if heard.answer is None and not heard.text.strip():
        if heard.intent == "start_delay_check":
            return replace(again, said=_RESUMED)
        if heard.intent in _TO_OFFICE:
            return replace(again, end="pause")
        return replace(again, between=interrupt())
    if heard.is_late:
        is_question = asks_something(heard.text, heard.asked)
        between = interrupt() if is_question else None
        return replace(again, between=between, said=Said(("intake_late",)))
    if heard.answer is not None:
        return _pressed(heard, heard.answer, answers)
    known = with_denial(answers, heard.text)
    step = _written(heard, known, interrupt)
    urgent = alert_of(heard, step.answers)
    is_understood = bool(urgent.phrases) or known != answers
    if is_understood and step.said.phrases == _hint(heard, answers).said.phrases:
        return Step(heard.asked, without(step.answers, MISSED), alert=urgent)
    return replace(step, alert=urgent)


def _answers_surely(heard: Heard) -> bool:
    """Return whether what only sounds urgent is an answer: "they did the interview"."""
    is_guess = GUESSED in heard.signals and CRISIS not in heard.signals
    return is_guess and _read(heard).text is not None


def _read(heard: Heard) -> Value:
    asked, text, knowledge = heard.asked, heard.text, heard.knowledge
    return read_value(asked, text, heard.language, heard.today, knowledge)


def alert_of(heard: Heard, answers: Answers) -> Said:
    """Return what a message makes us say before anything else; often nothing."""
    return alert(
        heard.asked,
        heard.text,
        answers,
        heard.knowledge,
        heard.language,
        heard.today,
    )


def _written(heard: Heard, answers: Answers, interrupt: Interrupt) -> Step:
    again = Step(heard.asked, answers)
    if looks_private(heard.text):
        return replace(again, said=_PRIVATE)
    if wants_to_resume(heard.text):
        return replace(again, said=_RESUMED)
    if is_done(heard.text, CHOSEN in answers):
        return _done(heard, answers)
    command = SKIP if wants_to_skip(heard.text) else command_in(heard.text)
    if command is not None:
        return _obey(command, heard, answers)
    return _typed(heard, answers, interrupt)


def _pressed(heard: Heard, answer: str, answers: Answers) -> Step:
    # A button of an earlier question can still be pressed on the page.
    name, _, choice = answer.rpartition(".")
    is_of_this = name == f"delay_{heard.asked}"
    already = choice in answers.get(CHOSEN, "").split()
    if is_of_this and (already or choice in offered(heard.asked, answers)):
        return _take(heard, choice, answers)
    return Step(heard.asked, answers, _OLD_BUTTON)


def _take(heard: Heard, choice: str, answers: Answers) -> Step:
    """Return the step of a choice, pressed or named."""
    asked = heard.asked
    if asked == CHANGE:
        return _change(choice, answers)
    if asked == CONFIRM:
        return _confirm(choice, answers)
    if choice == DONE:
        return _done(heard, answers)
    if choice == SKIP:
        return _keep(heard, Value(SKIPPED), answers)
    if is_several(asked) and choice != NONE:
        chosen = with_choice(answers.get(CHOSEN, ""), choice)
        check = Check(heard.knowledge, heard.language, answers)
        said = noted(spoken(check, asked, chosen), is_about=False)
        return Step(asked, {**without(answers, MISSED), CHOSEN: chosen}, said)
    return _keep(heard, Value(choice), answers)


def _done(heard: Heard, answers: Answers) -> Step:
    return _keep(heard, Value(answers.get(CHOSEN, SKIPPED)), answers)


def _change(name: str, answers: Answers) -> Step:
    return Step(name, {**without(answers, MISSED, CHOSEN), CHANGING: "1"})


def _confirm(choice: str, answers: Answers) -> Step:
    if choice == CHANGE:
        return Step(CHANGE, without(answers, MISSED))
    if choice == CANCEL:
        return Step(CONFIRM, answers, end="cancel")
    still_open = next_field(answers)
    is_whole = choice == SHOW and still_open is None
    return Step(still_open or CONFIRM, answers, end="show" if is_whole else None)


def _obey(command: str, heard: Heard, answers: Answers) -> Step:
    asked = heard.asked
    if command == CANCEL:
        return Step(asked, answers, end="cancel")
    if command == BACK:
        return _go_back(asked, answers)
    if asked in (CONFIRM, CHANGE):
        return _hint(heard, answers)
    return _keep(heard, Value(SKIPPED), answers)


def _go_back(asked: str, answers: Answers) -> Step:
    kept = without(answers, MISSED, CHOSEN)
    if answers.get(CHOSEN):
        return Step(asked, kept)  # Back from "is there more?" to the question itself.
    if asked == CHANGE or (CHANGING in answers and next_field(answers) is None):
        return Step(CONFIRM, without(kept, CHANGING))
    before = field_before(None if asked == CONFIRM else asked, answers)
    if before is None:
        return Step(asked, kept, Said(("intake_first_question",)))
    return Step(before, kept)


def _typed(heard: Heard, answers: Answers, interrupt: Interrupt) -> Step:
    asked, text = heard.asked, heard.text
    if asked == CONFIRM:
        choice = read_confirming(text, heard.knowledge)
        if choice is not None:
            return _confirm(choice, answers)
    name = named_field(text, changeable(answers), heard.knowledge)
    if asked in (CONFIRM, CHANGE) and name is not None:
        return _change(name, answers)
    value = _read(heard)
    is_date = asked == "since" and value.text is not None
    if asks_something(text, asked) and not (is_date and "?" not in text):
        outcome = interrupt()
        if outcome is not None or value.text is None:
            return _with_outcome(heard, answers, outcome)
    if value.text is not None:
        return _keep(heard, value, answers)
    change = corrected(text, asked, answers, heard.language, heard.today)
    if change is not None:
        return _correct(heard, *change, answers)
    if value.problem is not None:
        return Step(asked, answers, Said((value.problem,)))
    if heard.intent in _TO_OFFICE:
        return Step(asked, answers, end="pause")
    if len(text.split()) >= _MIN_STRAY_WORDS:
        return _with_outcome(heard, answers, interrupt())
    return _hint(heard, answers)


def _with_outcome(heard: Heard, answers: Answers, outcome: Outcome | None) -> Step:
    if outcome is None:
        return _hint(heard, answers)
    return Step(heard.asked, answers, between=outcome)


def _hint(heard: Heard, answers: Answers) -> Step:
    is_second = answers.get(MISSED) == heard.asked
    hint = Said((hint_key(heard.asked, is_second),))
    return Step(heard.asked, {**answers, MISSED: heard.asked}, hint)


def _keep(heard: Heard, value: Value, answers: Answers) -> Step:
    asked, text = heard.asked, value.text or SKIPPED
    if is_several(asked) and text and answers.get(CHOSEN):
        for choice in answers[CHOSEN].split():
            text = with_choice(text, choice) if text != NONE else text
    given = with_kept(answers, asked, text)
    check = Check(heard.knowledge, heard.language, given)
    said = Said()
    if value.is_about:
        said = noted(spoken(check, asked, text), is_about=True)
    if asked == "filed" and "since" not in answers and heard.answer is None:
        since = read_value("since", heard.text, heard.language, heard.today)
        if since.text:
            given = with_kept(given, "since", since.text)
            said = noted(spoken(check, "since", since.text), since.is_about)
    return _after(given, said)


def _correct(heard: Heard, name: str, value: Value, answers: Answers) -> Step:
    given = with_kept(answers, name, value.text or SKIPPED)
    check = Check(heard.knowledge, heard.language, given)
    step = _after(given, Said(("delay_changed",), {"changed": told(check, name)}))
    if step.asked == heard.asked and CHOSEN in answers:
        return replace(step, answers={**step.answers, CHOSEN: answers[CHOSEN]})
    return step


def _after(given: Answers, said: Said) -> Step:
    still_open = next_field(given)
    if still_open is None:
        return Step(CONFIRM, without(given, CHANGING), said)
    return Step(still_open, given, said)
