"""Turns an understood message into the one reply that the assistant gives."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import Final

from bot.core.languages import other_language
from bot.core.messages import ReplyPart
from bot.core.understanding import PERHAPS_NOW, TOLD, Understanding
from bot.knowledge.base import KnowledgeBase
from bot.services import followups
from bot.services.context import Context
from bot.services.finding import Finder
from bot.services.naming import chosen_entry, names_unknown_case
from bot.services.replies import PERSON
from bot.services.replying import Outcome
from bot.services.states import (
    offered_in_state,
    siblings_in_state,
    state_words,
)
from bot.services.urgent_answers import NEAR_ENOUGH, UrgentAnswers

TOPICS: Final = "out_of_scope"
SOURCES: Final = "sources_dates"
LANGUAGES: Final = "language_switch"
_LETTERS: Final = re.compile(r"[^\W\d_]{2}|287|[^\W\d_]-?\d{3}")
# A thumb, folded hands, a heart, a smile: what people press instead of "thank you".
_THANKFUL: Final = re.compile(
    "[\U0001f44d\U0001f64f\u2764\U0001f44f\U0001f64c\U0001f44c\U0001f60a\U0001f642\u263a]"
)


class Answers(UrgentAnswers):
    """The use cases of the dialogue, one method an action."""

    def answer(self, message: Understanding, context: Context) -> Outcome:
        """Answer a question: with entries, a choice, or an honest no."""
        outcome = self._to_question(message, context)
        if outcome.reply.kind not in ("clarify", "no_answer"):
            return outcome
        if PERHAPS_NOW in message.signals:
            return self._perhaps_urgent(message, context, outcome.reply.options)
        words = followups.unanswered(message, context)
        if message.intent == TOLD and outcome.reply.kind == "no_answer":
            outcome = self._say(outcome.context, "small_talk", "told")
        return replace(outcome, context=replace(outcome.context, unanswered=words))

    def _perhaps_urgent(
        self, message: Understanding, context: Context, options: tuple[str, ...]
    ) -> Outcome:
        """Say what to do if it happens now, and ask what is meant if it does not.

        Better told once too often what to do at the door than only asked back.
        """
        urgent = self.report_emergency(message, context).reply
        choices = tuple(name for name in options if name not in urgent.entries)
        phrases = ("perhaps_now", *urgent.phrases[1:])
        reply = replace(urgent, phrases=phrases, options=choices)
        return Outcome(reply, followups.heard(message, context).after(reply))

    def _to_question(self, message: Understanding, context: Context) -> Outcome:
        before, context = context, followups.heard(message, context)
        knowledge = self._library.knowledge()
        if message.is_foreign:
            return self._say(context, "notice", "foreign")
        chosen = chosen_entry(message, context)
        if chosen is not None and knowledge.find(chosen) is not None:
            return self._give(context, (chosen,))
        # A county that other states have, too, is not yet a state that was told.
        told = replace(context, jurisdiction=before.jurisdiction)
        if (listed := self._listed(message, told)) is not None:
            return listed
        if not _LETTERS.search(message.meant):
            return self._pictures(message, context)
        if names_unknown_case(message.text, knowledge):
            return self._unknown(context)
        finder = self._finder(knowledge)
        if followups.asks_only_for_state(message) or message.intent == "choose_state":
            return self._for_told_state(knowledge, finder, context)
        if len(message.parts) > 1:
            several = self._several(message, context, finder)
            if several is not None:
                return several
        return self._look(message, context, finder)

    def _pictures(self, message: Understanding, context: Context) -> Outcome:
        """Take a picture of thanks for thanks; ask what another one means."""
        kinds = {unicodedata.category(sign) for sign in message.text}
        if "So" not in kinds or "Nd" in kinds:
            return self._unknown(context)
        is_thanks = _THANKFUL.search(message.text) is not None
        return self._say(context, "small_talk", "thanks" if is_thanks else "listening")

    def continue_topic(self, message: Understanding, context: Context) -> Outcome:
        """Say more of the last answer, its sources, it again, or the other one."""
        context = followups.heard(message, context)
        chosen = chosen_entry(message, context)
        if chosen is not None:
            return self._give(context, (chosen,))
        if (asked := self._asked_on(message, context)) is not None:
            return asked
        if not context.topic and self._meanings(message):
            return self.answer(message, context)
        choices = context.offered or context.others
        if message.intent == "change_topic_other" and choices:
            if len(choices) == 1:
                return self._give(context, choices)
            return self._offer(context, choices)
        if not context.topic and message.intent == "ask_sources":
            return self._give(context, (SOURCES,), "small_talk")
        if not context.topic:
            return self._say(context, "notice", "more_of_nothing")
        if message.intent == "change_topic_other":
            return self._say(context, "notice", "which_question")
        if message.intent == "ask_sources":
            return self._give(context, context.topic, part="sources")
        is_first = message.intent == "repeat_answer" or context.told_place
        part: ReplyPart = "short" if is_first else "details"
        return self._give(context, context.topic, part=part)

    def switch_language(self, message: Understanding, context: Context) -> Outcome:
        """Change the language and say the last answer again in it."""
        language = followups.named_language(message.meant) or other_language(
            context.language
        )
        context = replace(context, language=language)
        if not context.topic:
            return self._give(context, (LANGUAGES,), "notice", ("language_switched",))
        outcome = self._give(context, context.topic)
        reply = replace(
            outcome.reply, phrases=("language_switched", *outcome.reply.phrases)
        )
        return Outcome(reply, outcome.context)

    def offer_person(self, message: Understanding, context: Context) -> Outcome:
        """Say how to reach a person of the office, the urgent way if it is urgent."""
        context = followups.heard(message, context)
        # "y lancaster?" after an answer about a place sounds like any name.
        told = context.told_place
        if told and (listed := self._listed(message, context)) is not None:
            return listed
        if (asked := self._asked_on(message, context)) is not None:
            return asked
        found = self._finder(self._library.knowledge()).find(message)
        if found.verdict == "answer" and found.entries[0] != PERSON:
            return self._give(context, found.entries, message=message)
        return self._give(context, (PERSON,), "handoff")

    def begins_request(self, message: Understanding, context: Context) -> bool:
        """Return whether a yes, or a second wish, takes up the offer of a person."""
        if context.topic != (PERSON,):
            return False
        if message.intent == "affirm":
            return not context.misses
        if message.intent != "request_consultation":
            return False
        found = self._finder(self._library.knowledge()).find(message)
        return found.verdict != "answer" or found.entries[0] == PERSON

    def make_small_talk(self, message: Understanding, context: Context) -> Outcome:
        """Answer a courtesy shortly; "yes" and "no" go on with what was said."""
        context, intent = followups.heard(message, context), message.intent
        if (listed := self._listed(message, context)) is not None:
            return listed
        if (asked := self._asked_on(message, context)) is not None:
            return asked
        if not context.topic and self._meanings(message):
            return self.answer(message, context)
        if intent == "affirm" and context.offered and context.misses:
            return self._offer(context, context.offered)
        if intent == "affirm" and context.topic:
            return self._give(context, context.topic, part="details")
        if intent == "deny" and context.misses:
            return self._unknown(context)
        is_correction = followups.is_correction(message.meant)
        if intent == "deny" and is_correction and context.others:
            return self._offer(context, context.others)
        if intent == "ask_capabilities":
            return self._tell_subjects(message, context)
        phrases = {
            "greet": "ask_away" if context.topic else "greet",
            "thank": "thanks",
            "goodbye": "goodbye",
            "ask_bot_feelings": "not_a_person",
        }
        return self._say(context, "small_talk", phrases.get(intent or "", "listening"))

    def _tell_subjects(self, message: Understanding, context: Context) -> Outcome:
        """Say what can be asked; "what about money?" after an answer asks on."""
        asks_on = context.topic and followups.goes_on(message.meant)
        if asks_on or self._meanings(message):
            outcome = self._look(message, context, self._finder(self.knowledge()))
            if outcome.reply.kind != "no_answer":
                return outcome
        return self._give(context, (TOPICS,), "small_talk")

    def _several(
        self, message: Understanding, context: Context, finder: Finder
    ) -> Outcome | None:
        findings = finder.find_parts(message)
        answered = [found for found in findings if found.verdict == "answer"]
        entries = tuple(dict.fromkeys(found.entries[0] for found in answered))
        if len(entries) < 2:
            return None
        phrases: tuple[str, ...] = ("also_asked",)
        if len(answered) < len(findings):
            phrases = (*phrases, "partly_answered")
        return self._give(context, entries, "answer", phrases, message=message)

    def _for_told_state(
        self, knowledge: KnowledgeBase, finder: Finder, context: Context
    ) -> Outcome:
        """Go on with what was asked back or told last, for the visitor's state."""
        meant = offered_in_state(context, knowledge)
        if meant is not None:
            return self._give(context, (meant,))
        if context.misses and context.offered:
            outcome = self._offer(context, context.offered)
            return _about_state(outcome, "state_kept")
        told = knowledge.find(context.topic[0]) if context.topic else None
        if told is None:
            return _about_state(self._say(context, "notice"), "state_noted")
        shown = knowledge.shown(self._require_approved)
        siblings = siblings_in_state(told, context.jurisdiction or "", shown)
        title = told.texts[context.language].title
        best = finder.best_among(title, siblings) if siblings else None
        if best is not None and best[1] >= NEAR_ENOUGH / 2:
            return self._give(context, (best[0],))
        outcome = self._give(context, context.topic[:1], part="details")
        return _about_state(outcome, "jurisdiction_note")


def _about_state(outcome: Outcome, phrase: str) -> Outcome:
    """Say before a reply that it is for the visitor's state."""
    values = {**outcome.reply.values, **state_words(outcome.context.jurisdiction)}
    phrases = (phrase, *outcome.reply.phrases)
    reply = replace(outcome.reply, phrases=phrases, values=values)
    return Outcome(reply, outcome.context)
