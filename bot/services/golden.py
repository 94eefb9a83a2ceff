"""Judges a new model beside the one in use, on questions with known answers."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

EMERGENCY: Final = "report_emergency"
# Of the questions, this share may change sides by chance when examples are added.
_BY_CHANCE: Final = 0.005


@dataclass(frozen=True)
class GoldenQuestion:
    """A question and the intents that are right for it."""

    text: str
    intents: frozenset[str]


@dataclass(frozen=True)
class Verdict:
    """How many questions the model in use and the new one understand rightly.

    `emergencies_lost` counts those that the model in use heard and the new one does
    not. `version` names the training data.
    """

    version: str
    questions: int
    right_before: int
    right_after: int
    emergencies_lost: int

    @property
    def is_no_worse(self) -> bool:
        """Whether the new model may be used.

        >>> Verdict("v", 1000, 900, 895, 0).is_no_worse
        True
        >>> Verdict("v", 1000, 900, 950, 1).is_no_worse
        False
        """
        lost = self.right_before - self.right_after
        return not self.emergencies_lost and lost <= self.questions * _BY_CHANCE


def golden_questions(
    rows: Sequence[Mapping[str, Any]], intents: Mapping[str, str], outside: str
) -> list[GoldenQuestion]:
    """Return the rows as questions; `intents`: the intent of each id and alias.

    A row whose entries are all gone is left out; a row without any is `outside`.
    """
    questions = []
    for row in rows:
        right = {intents[name] for name in row["accept"] if name in intents}
        if not row["accept"]:
            right = {outside}
        if right:
            questions.append(GoldenQuestion(row["q"], frozenset(right)))
    return questions


def judge(
    version: str,
    questions: Sequence[GoldenQuestion],
    before: Sequence[str],
    after: Sequence[str],
) -> Verdict:
    """Return how the intents found by two models compare, question by question."""
    right_before = [i in q.intents for q, i in zip(questions, before)]
    right_after = [i in q.intents for q, i in zip(questions, after)]
    lost = sum(
        EMERGENCY in question.intents and was and not now
        for question, was, now in zip(questions, right_before, right_after)
    )
    return Verdict(version, len(questions), sum(right_before), sum(right_after), lost)


def refusal_path(models: Path) -> Path:
    """Return where it is noted, in the models' folder, that a model is not used."""
    return models / "rights-desk.refused.json"


def keep_refusal(path: Path, verdict: Verdict | None) -> None:
    """Note why the last new model is not used; None: it is used."""
    if verdict is None:
        path.unlink(missing_ok=True)
        return
    partial = path.with_suffix(".partial")
    partial.write_text(json.dumps(asdict(verdict)), encoding="ascii")
    partial.replace(path)


def refusal(path: Path) -> Verdict | None:
    """Return why the last new model is not used, or None if it is."""
    try:
        return Verdict(**json.loads(path.read_text(encoding="ascii")))
    except (OSError, ValueError, TypeError):
        return None
