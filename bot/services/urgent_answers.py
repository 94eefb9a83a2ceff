"""Answers what cannot wait: agents, despair, a deportation that is near."""

from __future__ import annotations

from typing import Final

from bot.core.understanding import CRISIS, DEPORTATION, NOW, Understanding
from bot.services import followups
from bot.services.context import Context
from bot.services.looking_up import LookingUp
from bot.services.replying import Outcome

EMERGENCY: Final = "emergency_now"
CRISIS_ENTRY: Final = "feeling_scared"
URGENT_LAWYER: Final = "habeas_lawyer_urgent"
NEAR_ENOUGH: Final = 0.75


class UrgentAnswers(LookingUp):
    """The use case of an emergency."""

    def report_emergency(self, message: Understanding, context: Context) -> Outcome:
        """Say at once what to do now; for a person in despair, where help is."""
        context = followups.heard(message, context)
        if CRISIS in message.signals or message.intent == CRISIS:
            return self._give(context, (CRISIS_ENTRY,), "emergency", ("crisis",))
        if DEPORTATION in message.signals and NOW not in message.signals:
            return self._stop_deportation(message, context)
        knowledge = self._library.knowledge()
        urgent = [
            entry.id
            for entry in knowledge.shown(self._require_approved)
            if entry.emergency and entry.group != "meta"
        ]
        best = self._finder(knowledge).best_among(message.meant, urgent)
        entry = best[0] if best is not None and best[1] >= NEAR_ENOUGH else EMERGENCY
        return self._give(context, (entry,), "emergency", ("emergency_first",))

    def _stop_deportation(self, message: Understanding, context: Context) -> Outcome:
        """Say whom to call before a plane leaves, and what else surely was asked."""
        found = self._finder(self._library.knowledge()).find(message)
        sure = found.entries[:1] if found.verdict == "answer" else ()
        entries = tuple(dict.fromkeys((URGENT_LAWYER, *sure)))
        return self._give(context, entries, "emergency", message=message)
