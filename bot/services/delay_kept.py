"""What is kept of a delay check: the answers, and beside them where it stands."""

from __future__ import annotations

from typing import Final

from bot.core.delay import Answers, with_answer
from bot.services.delay_replies import CHOSEN

# Kept beside the answers, never shown as answers: the question that was just
# misunderstood, and whether one answer is being changed.
MISSED: Final = "_missed"
CHANGING: Final = "_changing"


def only_answers(answers: Answers) -> dict[str, str]:
    """Return the answers alone, without what is kept beside them."""
    return {name: value for name, value in answers.items() if name[:1] != "_"}


def with_kept(answers: Answers, name: str, value: str) -> dict[str, str]:
    """Return the answers with one more, and what is kept beside them but for this."""
    beside = {k: v for k, v in answers.items() if k.startswith("_")}
    kept = without(beside, MISSED, CHOSEN)
    return {**kept, **with_answer(only_answers(answers), name, value)}


def without(answers: Answers, *names: str) -> dict[str, str]:
    """Return the answers but for some of them."""
    return {name: value for name, value in answers.items() if name not in names}
