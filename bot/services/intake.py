"""Asks for a consultation request, one message at a time, and sends it once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from bot.core.consultations import CHANGE, CONFIRM, Consultation
from bot.core.errors import ChangedByOther
from bot.core.intake import Answers, next_field
from bot.core.languages import Language
from bot.core.messages import Channel, Reply
from bot.core.understanding import CRISIS, NOW
from bot.knowledge.base import KnowledgeBase
from bot.services import intake_replies
from bot.services.intake_keeping import Choose, Keeping
from bot.services.intake_replies import Form
from bot.services.intake_steps import Heard, Interrupt, Step, next_step
from bot.services.intake_words import command_in
from bot.storage.engine import Storage

# Kept beside the answers of a draft, so that a message that comes twice is answered
# twice and applied once; and which words of consent were shown.
_LAST: Final = "_last"
_ASKED: Final = "_asked"
_SAID: Final = "_said"
_SHOWN: Final = "_shown"
_AGREED: Final = "intake_begin"


@dataclass(frozen=True)
class Turn:
    """One message while the form is open, or the one that opens it (asked: None).

    `message_key` is a keyed hash of the message's id; `answer` the id of the choice
    that was pressed; `is_late` says that it was written long before it is read.
    """

    conversation: str
    channel: Channel
    language: Language
    message_key: str
    asked: str | None
    text: str
    answer: str | None
    intent: str | None
    signals: frozenset[str]
    is_late: bool
    # What the delay check was told already; it counts only after the consent.
    known: Answers = field(default_factory=dict)


@dataclass(frozen=True)
class Move:
    """What is replied, and what it asks; None: the form is over."""

    reply: Reply
    asks: str | None


class Intake:
    """The consultation form, from the consent to the number of the request."""

    def __init__(
        self,
        storage: Storage,
        knowledge: Callable[[], KnowledgeBase],
        key: bytes,
        now: Callable[[], datetime],
        choose: Choose,
        kept_days: int,
        page: str = intake_replies.REQUEST_PAGE,
    ) -> None:
        self._page = page
        self._keeping = Keeping(storage, key, choose, kept_days)
        self._knowledge = knowledge
        self._now = now
        self._kept_days = kept_days

    def take(self, turn: Turn, interrupt: Interrupt) -> Move:
        """Return what the assistant says to a message, and keep what it changed.

        Raises:
            StorageError: the database did not answer; nothing of it was kept.
        """
        draft, sent = self._keeping.find(turn.conversation, turn.message_key)
        if sent is not None:
            return self._confirm(turn, sent)
        if turn.asked is None:
            return self._open(turn, draft)
        if draft is None:
            return self._without_draft(turn, turn.asked, interrupt)
        if draft.answers.get(_LAST) == turn.message_key:
            return self._repeat(turn, draft)
        if draft.consent_version is None and turn.asked != "consent":
            return self._open(turn, draft)
        try:
            return self._step(turn, turn.asked, draft, interrupt)
        except ChangedByOther:
            # Sent or deleted while this message was read.
            return self._without_draft(turn, turn.asked, interrupt)

    def _open(self, turn: Turn, draft: Consultation | None) -> Move:
        now = self._now()
        if draft is not None and draft.consent_version is not None:
            asked = next_field(draft.answers)
            return self._keep(turn, draft, Step(asked, draft.answers, _RESUMED))
        if self._keeping.sent_too_many(turn.conversation, now):
            return _over(turn, "intake_too_many")
        if draft is None:
            draft = self._keeping.begin(
                turn.conversation, turn.channel, turn.language, now
            )
        return self._keep(turn, draft, Step("consent", draft.answers))

    def _without_draft(self, turn: Turn, asked: str, interrupt: Interrupt) -> Move:
        """Go on where the draft is gone: sent just now, given up, or deleted."""
        if turn.signals & {NOW, CRISIS}:
            outcome = interrupt()
            if outcome is not None:
                return Move(outcome.reply, None)
        if asked in (CONFIRM, CHANGE):
            sent = self._keeping.just_sent(turn.conversation, self._now())
            if sent is not None:
                return self._confirm(turn, sent)
        if turn.answer == "consent.no":
            return _over(turn, "intake_declined")
        if turn.answer == "confirm.cancel" or command_in(turn.text) == "cancel":
            return _over(turn, "intake_cancelled")
        again = self._open(turn, None)
        if again.asks is None:
            return again
        phrases = ("intake_draft_gone", *again.reply.phrases)
        return replace(again, reply=replace(again.reply, phrases=phrases))

    def _repeat(self, turn: Turn, draft: Consultation) -> Move:
        asked = draft.answers.get(_ASKED) or next_field(draft.answers)
        said = draft.answers.get(_SAID, "").split()
        return _asking(self._form(turn, draft, draft.answers), asked, tuple(said))

    def _step(
        self, turn: Turn, asked: str, draft: Consultation, interrupt: Interrupt
    ) -> Move:
        step = next_step(self._heard(turn, asked), draft.answers, interrupt)
        if step.between is not None:
            return self._go_on(turn, asked, draft, step.between.reply)
        if step.end == "agree":
            return self._agree(turn, draft, step)
        if step.end == "send":
            desk, now = self._knowledge().desk, self._now()
            key, language = turn.message_key, turn.language
            sent = self._keeping.send(draft, step.answers, key, language, desk, now)
            return self._confirm(turn, sent)
        if step.end is not None:
            self._keeping.drop(draft)
            is_no = step.end == "decline"
            return _over(turn, "intake_declined" if is_no else "intake_cancelled")
        return self._keep(turn, draft, step)

    def _agree(self, turn: Turn, draft: Consultation, step: Step) -> Move:
        shown = intake_replies.consent(
            self._knowledge(), turn.channel, turn.language, self._kept_days
        )
        if draft.answers.get(_SHOWN) != shown.version:
            changed = ("intake_consent_changed",)
            return self._keep(turn, draft, replace(step, said=changed))
        answers = {**turn.known, **step.answers}
        said = (_AGREED, intake_replies.CARRIED) if turn.known else (_AGREED,)
        begun = Step(next_field(answers), answers, said)
        return self._keep(turn, draft, begun, shown)

    def _go_on(
        self, turn: Turn, asked: str, draft: Consultation, between: Reply
    ) -> Move:
        form = self._form(turn, draft, draft.answers)
        reply = intake_replies.go_on(form, asked, between)
        if asked == "consent":
            # What was agreed to is what was shown last, perhaps in another language.
            shown = intake_replies.consent(
                form.knowledge, turn.channel, reply.language, self._kept_days
            )
            answers = {**draft.answers, _SHOWN: shown.version}
            self._write(draft, answers, reply.language)
        return Move(reply, asked)

    def _keep(
        self,
        turn: Turn,
        draft: Consultation,
        step: Step,
        agreed: intake_replies.Consent | None = None,
    ) -> Move:
        answers = {
            **step.answers,
            _LAST: turn.message_key,
            _ASKED: step.asked,
            _SAID: " ".join(step.said),
        }
        if step.asked == "consent":
            answers[_SHOWN] = intake_replies.consent(
                self._knowledge(), turn.channel, turn.language, self._kept_days
            ).version
        self._write(draft, answers, turn.language, agreed)
        return _asking(self._form(turn, draft, answers), step.asked, step.said)

    def _write(
        self,
        draft: Consultation,
        answers: Answers,
        language: Language,
        agreed: intake_replies.Consent | None = None,
    ) -> None:
        desk, now = self._knowledge().desk, self._now()
        self._keeping.keep(draft, answers, language, desk, now, agreed)

    def _confirm(self, turn: Turn, sent: Consultation) -> Move:
        number = self._keeping.number_of(sent)
        reply = intake_replies.confirm_sent(
            sent, number, self._knowledge(), turn.language, self._now(), self._page
        )
        return Move(reply, None)

    def _form(self, turn: Turn, draft: Consultation, answers: Answers) -> Form:
        return Form(
            self._knowledge(),
            turn.channel,
            turn.language,
            self._kept_days,
            draft.id,
            answers,
        )

    def _heard(self, turn: Turn, asked: str) -> Heard:
        knowledge = self._knowledge()
        return Heard(
            asked,
            turn.text,
            turn.answer,
            turn.intent,
            turn.signals,
            turn.is_late,
            turn.channel,
            turn.language,
            knowledge,
            knowledge.desk.local(self._now()).date(),
        )


_RESUMED: Final = ("intake_resumed",)


def _asking(form: Form, asked: str, said: tuple[str, ...]) -> Move:
    return Move(intake_replies.ask(form, asked, said), asked)


def _over(turn: Turn, phrase: str) -> Move:
    return Move(intake_replies.over(turn.language, phrase), None)
