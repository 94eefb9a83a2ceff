"""The guided delay check: six short questions, and then what courts look at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from bot.core.consultations import CONFIRM
from bot.core.delay import Answers, next_field, where_of
from bot.core.languages import Language
from bot.core.messages import Channel, Reply
from bot.core.understanding import CRISIS, NOW
from bot.knowledge.base import KnowledgeBase
from bot.services import delay_replies
from bot.services.delay_alerts import with_denial
from bot.services.delay_findings import View
from bot.services.delay_kept import only_answers
from bot.services.delay_lines import reviewed_only
from bot.services.delay_opening import begin
from bot.services.delay_replies import Check, Said, together
from bot.services.delay_results import first_result, is_page, one_page
from bot.services.delay_steps import Heard, Interrupt, Step, alert_of, next_step

# Kept beside the answers: the last message, so that one that comes twice is applied
# once, and whether the result was shown, so that its pages can be turned.
_LAST: Final = "_last"
_SHOWN: Final = "_shown"
# With whom a suit that asks a court to make them act is what is asked about.
_MADE_TO_ACT: Final = frozenset({"uscis", "consulate", "fbi"})


@dataclass(frozen=True)
class DelayTurn:
    """One message while the check is open, or the one that opens it (asked: None).

    `answers` is what the slot keeps; `answer` the id of the button that was pressed,
    such as "delay_home.ny" or, under a result, "page.risks".
    """

    channel: Channel
    language: Language
    message_key: str
    asked: str | None
    answers: Answers
    text: str
    answer: str | None
    intent: str | None
    signals: frozenset[str]
    is_late: bool


@dataclass(frozen=True)
class DelayMove:
    """What is replied, what it asks (None: the check is over), and what to keep."""

    reply: Reply
    asks: str | None
    answers: dict[str, str]


class DelayCheck:
    """The delay check, from its opening sentence to the last page of its result."""

    def __init__(
        self,
        knowledge: Callable[[], KnowledgeBase],
        now: Callable[[], datetime],
        require_approved: bool,
    ) -> None:
        self._all_knowledge = knowledge
        self._now = now
        self._require_approved = require_approved

    def take(self, turn: DelayTurn, interrupt: Interrupt) -> DelayMove:
        """Return what the assistant says to a message, and what it is to keep."""
        if turn.asked is None:
            return self._open(turn, interrupt)
        if turn.message_key and turn.answers.get(_LAST) == turn.message_key:
            return self._ask(turn, Step(turn.asked, turn.answers))
        heard = self._heard(turn, turn.asked)
        step = next_step(heard, turn.answers, interrupt)
        if step.between is not None:
            check = Check(heard.knowledge, turn.language, step.answers)
            between = step.between.reply
            reply = delay_replies.go_on(check, turn.asked, between, step.alert)
            return DelayMove(reply, turn.asked, dict(step.answers))
        if step.end == "cancel":
            return DelayMove(delay_replies.stop(turn.language), None, {})
        if step.end == "pause":
            reply = delay_replies.pause(turn.language, step.alert)
            return DelayMove(reply, None, dict(step.answers))
        if step.end == "show":
            return self._show(turn, step.answers)
        return self._ask(turn, step)

    def _open(self, turn: DelayTurn, interrupt: Interrupt) -> DelayMove:
        if turn.signals & {NOW, CRISIS}:
            outcome = interrupt()
            if outcome is not None:
                return DelayMove(outcome.reply, None, dict(turn.answers))
        given, page = only_answers(turn.answers), turn.answer or ""
        heard = self._heard(turn, "")
        if is_page(page) and _SHOWN in turn.answers:
            reply = one_page(self._view(turn), given, page)
            return DelayMove(reply, None, dict(turn.answers))
        if given:
            asked = next_field(given) or CONFIRM
            told = with_denial(turn.answers, turn.text)
            alert = alert_of(heard, told)
            resumed = Said(("delay_resumed",))
            return self._ask(turn, Step(asked, told, resumed, alert=alert))
        step = begin(heard)
        if is_page(page):
            said = Said(("intake_draft_gone", *step.said.phrases), step.said.values)
            step = Step(step.asked, step.answers, said)
        return self._ask(turn, step)

    def _ask(self, turn: DelayTurn, step: Step) -> DelayMove:
        check = Check(self._knowledge(), turn.language, step.answers)
        said = together(step.alert, step.said)
        reply = delay_replies.ask(check, step.asked, said)
        kept = {**step.answers, _LAST: turn.message_key}
        return DelayMove(reply, step.asked, kept)

    def _show(self, turn: DelayTurn, answers: Answers) -> DelayMove:
        given = only_answers(answers)
        reply = first_result(self._view(turn), given)
        return DelayMove(reply, None, {**given, _SHOWN: "1"})

    def _heard(self, turn: DelayTurn, asked: str) -> Heard:
        return Heard(
            asked,
            turn.text,
            turn.answer,
            turn.intent,
            turn.signals,
            turn.is_late,
            turn.language,
            self._knowledge(),
            self._today(),
        )

    def _knowledge(self) -> KnowledgeBase:
        return reviewed_only(self._all_knowledge(), self._require_approved)

    def _view(self, turn: DelayTurn) -> View:
        return View(self._knowledge(), turn.language, self._today(), turn.channel)

    def _today(self) -> date:
        return self._knowledge().desk.local(self._now()).date()


def carried_over(answers: Mapping[str, str]) -> dict[str, str]:
    """Return the fields of a consultation request that a check tells.

    Only for after the person has agreed to that request's consent.

    >>> carried_over({"filed": "i485", "where": "uscis", "home": "nj"})
    {'place': 'nj', 'matter': 'mandamus'}
    >>> carried_over({"filed": "foia"}), carried_over({})
    ({'matter': 'delay'}, {})
    """
    given = only_answers(answers)
    if not given:
        return {}
    is_suit = where_of(given) in _MADE_TO_ACT
    matter = {"matter": "mandamus" if is_suit else "delay"}
    return {"place": given["home"], **matter} if given.get("home") else matter
