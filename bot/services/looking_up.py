"""Looks a question up: alone, beside the last answer, and with what went before it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.core.understanding import OUT_OF_SCOPE, Understanding
from bot.services import followups
from bot.services.context import Context
from bot.services.finding import Finder, Finding
from bot.services.replies import with_person
from bot.services.replying import Outcome, Replying
from bot.services.states import counterpart

# A courtesy or a wish that is told this clearly is meant, whatever came before.
_SURELY_MEANT: Final = 0.97
# So few words are a subject at most.
_LONE: Final = 2
# "What now?" sounds like these, and can go on from words that nothing answered.
_OF_NOTHING: Final = frozenset({"ask_more", "repeat_answer"})


class LookingUp(Replying):
    """What a message is answered with when it is a question, or may be one."""

    def _look(
        self, message: Understanding, context: Context, finder: Finder
    ) -> Outcome:
        found = self._find(message, context, finder)
        meanings = self._meanings(message)
        if context.unanswered:
            leans = meanings or followups.leaning(message.meant) != "not"
            alone = replace(found, verdict="unknown") if leans else found
            together = finder.find_together(message, context.unanswered, alone)
            if together is not alone and together.verdict != "unknown":
                if _only_repeats(together, found, context):
                    return self._offer(context, context.offered)
                return self._from_finding(message, context, together)
        asks_on = context.topic and followups.goes_on(message.meant)
        if meanings and not asks_on:
            return self._offer(context, with_person(meanings))
        is_same = context.topic and found.entries[:1] == context.topic[:1]
        if is_same and message.intent == OUT_OF_SCOPE:
            found = finder.find(message)
        elif is_same and found.verdict == "answer":
            # Asked on, the short answer was not enough.
            return self._give(context, context.topic[:1], part="details")
        return self._from_finding(message, context, found)

    def _find(
        self, message: Understanding, context: Context, finder: Finder
    ) -> Finding:
        topic = context.topic if followups.is_short(message.meant) else ()
        return finder.find(message, topic, followups.leaning(message.meant))

    def _asked_on(self, message: Understanding, context: Context) -> Outcome | None:
        """Answer what sounds like small talk but goes on from the last answer.

        "Where is he", after the first steps for somebody who was taken.
        """
        is_correction = followups.is_correction(message.meant)
        if len(message.meant.split()) < 2 or is_correction:
            return None
        is_sure = message.intents.get(message.intent or "", 0.0) >= _SURELY_MEANT
        if not is_sure or message.intent in _OF_NOTHING:
            together = self._together(message, context)
            if together is not None:
                return together
        if is_sure or not context.topic or context.offered or context.told_place:
            return None
        found = self._find(message, context, self._finder(self.knowledge()))
        # "Donde esta" is seldom about us: better asked back than told what we are.
        is_enough = found.verdict == "answer" or (
            found.verdict == "clarify" and message.intent == "ask_bot_feelings"
        )
        if not is_enough or self._is_about_us(found):
            return None
        if found.verdict == "answer" and found.entries[0] in context.topic:
            return self._give(context, found.entries[:1], part="details")
        return self._from_finding(message, context, found)

    def _together(self, message: Understanding, context: Context) -> Outcome | None:
        """Answer "what now?" with what was typed before it, if both are clear."""
        if not context.unanswered:
            return None
        finder = self._finder(self.knowledge())
        alone = finder.find(message)
        found = finder.find_together(message, context.unanswered, alone)
        if found.verdict != "answer" or self._is_about_us(found):
            return None
        return self._from_finding(message, context, found)

    def _is_about_us(self, found: Finding) -> bool:
        entry = self.knowledge().find(found.entries[0]) if found.entries else None
        return entry is None or entry.group == "meta"

    def _meanings(self, message: Understanding) -> list[str]:
        """Return the entries that a message of one word may be about."""
        knowledge = self._library.knowledge()
        found = map(knowledge.find, knowledge.meanings(message.meant))
        approved = self._require_approved
        return [e.id for e in found if e is not None and e.is_published(approved)]

    def _from_finding(
        self, message: Understanding, context: Context, found: Finding
    ) -> Outcome:
        if found.verdict == "answer":
            return self._give_here(context, found, message)
        if found.verdict == "clarify" and len(found.entries) > 1:
            return self._offer(context, with_person(found.entries))
        return self._unknown(context, found.others)

    def _give_here(
        self, context: Context, found: Finding, message: Understanding
    ) -> Outcome:
        """Answer for the visitor's state, or ask for it where the answer differs."""
        context = replace(context, others=found.others)
        knowledge = self._library.knowledge()
        entry = knowledge.find(found.entries[0])
        twin = counterpart(entry, knowledge) if entry is not None else None
        if entry is None or twin is None:
            return self._give(context, found.entries, message=message)
        if context.jurisdiction == twin.jurisdiction:
            return self._give(context, (twin.id,), message=message)
        if context.jurisdiction is None and twin.id in found.others:
            return self._offer(context, (entry.id, twin.id), "which_state")
        return self._give(context, found.entries, message=message)


def _only_repeats(together: Finding, alone: Finding, context: Context) -> bool:
    """Return whether only a lone word chooses one of the entries offered for it.

    "N400", two entries offered, "they interviewed me": the new words do not tell.
    """
    if len(context.unanswered.split()) > _LONE:
        return False
    chosen = together.entries[:1] if together.verdict == "answer" else ()
    is_offered = bool(chosen) and chosen[0] in context.offered
    tells = alone.verdict != "unknown" and alone.entries[:1] == chosen
    return is_offered and not tells
