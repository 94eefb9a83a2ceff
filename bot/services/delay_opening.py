"""Opens the delay check, and listens to what was told before its first question."""

from __future__ import annotations

from bot.core.consultations import CONFIRM
from bot.core.delay import DENIED, next_field, with_answer
from bot.core.intake import looks_private
from bot.services.delay_alerts import with_denial
from bot.services.delay_kept import without
from bot.services.delay_replies import Check, Said, noted, spoken, together
from bot.services.delay_steps import Heard, Step, alert_of
from bot.services.delay_words import read_value


def begin(heard: Heard) -> Step:
    """Return the first question, with what the opening message told already."""
    given = with_denial({}, heard.text)
    is_about = False
    if not looks_private(heard.text):
        for name in ("filed", "since"):
            value = read_value(name, heard.text, heard.language, heard.today)
            if value.text:
                given = with_answer(given, name, value.text)
                is_about = value.is_about
    said = together(Said(("delay_begin",)), alert_of(heard, given))
    told = without(given, DENIED)
    if told:
        check = Check(heard.knowledge, heard.language, given)
        words = "; ".join(spoken(check, name, value) for name, value in told.items())
        said = together(said, noted(words, is_about))
    return Step(next_field(given) or CONFIRM, given, said)
