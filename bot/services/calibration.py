"""Learns how sure a ranking is, and chooses the thresholds from a curve of errors."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from bot.core.languages import LANGUAGES, Language
from bot.core.messages import MAX_OPTIONS
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.encoder import encode
from bot.knowledge.index import SearchIndex
from bot.knowledge.ranking import Ranking
from bot.services.thresholds import FEATURES, OPINION, Thresholds, features

# The judge must tell right from wrong among our own subjects first: there it errs
# more than on messages outside, so those weigh less.
_REJECTED_WEIGHT: Final = 0.5
# There are few messages to learn from, so no sign may count too much.
_INVERSE_REGULARIZATION: Final = 0.3
# "Which do you mean?" is only asked where one of the choices is likelier than none.
_LIKELY: Final = 0.5
# A visitor sees so many entries, and a person.
_CHOICES: Final = MAX_OPTIONS - 1
# How near a certainty messages are counted with it: there are few.
_ABOUT: Final = 0.1
MAX_WRONG: Final = 0.05
MAX_OUT_OF_SCOPE_ANSWERED: Final = 0.035
MAX_OUT_OF_SCOPE_CLARIFIED: Final = 0.15


@dataclass(frozen=True)
class Row:
    """A measuring message: its text and the right entries (none: refuse)."""

    text: str
    accept: frozenset[str]
    language: Language | None = None


@dataclass(frozen=True)
class Measured:
    """The messages of one measuring file.

    `teaching`: whether the judge learns from them; `limiting`: whether the limits
    must hold for them when the thresholds are chosen.
    """

    answerable: tuple[Row, ...]
    unanswerable: tuple[Row, ...]
    teaching: bool = True
    limiting: bool = True

    def only(self, language: Language) -> Measured:
        """Return those in one language."""
        answerable, unanswerable = (
            tuple(row for row in rows if row.language == language)
            for rows in (self.answerable, self.unanswerable)
        )
        return replace(self, answerable=answerable, unanswerable=unanswerable)


@dataclass(frozen=True)
class Judged:
    """A file's messages by certainty: answerable ones, and others.

    `right`: whether the first candidate is; `among`: whether one of the first few.
    """

    sure: NDArray[np.float64]
    right: NDArray[np.bool_]
    among: NDArray[np.bool_]
    alien: NDArray[np.float64]


@dataclass(frozen=True)
class CurvePoint:
    """What one answer threshold does to the measuring messages, as shares."""

    threshold: float
    right: float
    wrong: float
    out_of_scope_answered: float


def rankings_of(index: SearchIndex, rows: Sequence[Row], twice: bool) -> list[Ranking]:
    """Return the ranking of each message. `twice`: with the second look."""
    texts = [row.text for row in rows]
    languages = [row.language if twice else None for row in rows]
    return index.search(texts, encode(texts), languages) if texts else []


def calibrated(
    index: SearchIndex, files: Sequence[Measured]
) -> tuple[Thresholds, dict[str, list[CurvePoint]]]:
    """Return both judges with their thresholds, and the curves these come from.

    The first judges by the first look alone (of what goes on from another message);
    the second judges with the second opinion, and answers from another certainty in
    each language. The curves are named "first_look" and by language.
    """
    judge = fit_judge(index, files, twice=False)
    limiting = [file for file in files if file.limiting]
    judged = [_judge_file(judge, index, file, twice=False) for file in limiting]
    first, first_curve = choose_thresholds(judge, judged)
    curves = {"first_look": first_curve}
    judge, second = fit_judge(index, files, twice=True), {}
    for code in LANGUAGES:
        judged = [
            _judge_file(judge, index, file.only(code), twice=True) for file in limiting
        ]
        second[code], curves[code] = choose_thresholds(judge, judged)
    return replace(first, second=second), curves


def fit_judge(index: SearchIndex, files: Sequence[Measured], twice: bool) -> Thresholds:
    """Return a judge of rankings, with no thresholds chosen yet.

    Each file counts as much as any other, however many messages it has. `twice`:
    whether it judges with a second opinion.
    """
    table, right, weights = [], [], []
    for measured in (file for file in files if file.teaching):
        rows = (*measured.answerable, *measured.unanswerable)
        for row, ranking in zip(rows, rankings_of(index, rows, twice)):
            table.append(features(ranking))
            right.append(ranking.candidates[0].entry in row.accept)
            extra = 1.0 if row.accept else _REJECTED_WEIGHT
            weights.append(extra / len(rows))
    scale = len(weights) / sum(weights)
    learned = np.array(table)
    spread = np.maximum(learned.std(axis=0), 1e-6)
    judge = LogisticRegression(C=_INVERSE_REGULARIZATION, max_iter=2_000).fit(
        learned / spread, right, sample_weight=[scale * weight for weight in weights]
    )
    return Thresholds(
        tuple((judge.coef_[0] / spread).tolist()), float(judge.intercept_[0]), 1.0, 1.0
    )


def choose_thresholds(
    judge: Thresholds, judged: Sequence[Judged]
) -> tuple[Thresholds, list[CurvePoint]]:
    """Return the judge with chosen thresholds, and the curve they come from.

    The limit of wrong answers holds for every file by itself, the hardest decides;
    that of messages outside our subjects for all of them together.
    """
    asked = np.concatenate([file.alien for file in judged])
    every = [
        (float(t), [_point(float(t), file, asked) for file in judged if len(file.sure)])
        for t in np.linspace(0.2, 0.98, 79)
    ]
    fitting = [t for t, points in every if all(map(_is_harmless, points))]
    answer = min(fitting, default=every[-1][0])
    clarify = min(
        (
            float(t)
            for t in np.linspace(0.0, answer, 100)
            if np.mean(asked >= t) <= MAX_OUT_OF_SCOPE_CLARIFIED
            and _likely_among(judged, float(t)) >= _LIKELY
        ),
        default=answer,
    )
    curve = [_mean_point(t, points) for t, points in every]
    return Thresholds(judge.weights, judge.bias, answer, clarify), curve


def _likely_among(judged: Sequence[Judged], certainty: float) -> float:
    """Return how often a choice holds a right entry about this certainty.

    Each file counts alike.
    """
    right = every = 0.0
    for file in judged:
        near = abs(file.sure - certainty) <= _ABOUT
        others = int((abs(file.alien - certainty) <= _ABOUT).sum())
        size = max(len(file.sure) + len(file.alien), 1)
        right += float((near & file.among).sum()) / size
        every += (int(near.sum()) + others) / size
    return right / every if every else 0.0


def _is_harmless(point: CurvePoint) -> bool:
    return (
        point.wrong <= MAX_WRONG
        and point.out_of_scope_answered <= MAX_OUT_OF_SCOPE_ANSWERED
    )


def read_rows(
    path: Path, knowledge: KnowledgeBase, language: Language | None = None
) -> tuple[list[Row], list[Row]]:
    """Return the answerable and the unanswerable rows of a JSONL file.

    Rows whose accepted entries do not exist are left out, and those in another
    language than the one named.
    """
    answerable, unanswerable = [], []
    for line in path.read_text(encoding="utf-8").splitlines():
        row: Mapping[str, Any] = json.loads(line)
        if language and row.get("lang") != language:
            continue
        found = [knowledge.find(str(name)) for name in row.get("accept", [])]
        accept = frozenset(entry.id for entry in found if entry is not None)
        if accept:
            answerable.append(Row(row["q"], accept, row.get("lang")))
        elif not row.get("accept") and not row.get("in_kb"):
            unanswerable.append(Row(row["q"], accept, row.get("lang")))
    return answerable, unanswerable


def write_thresholds(thresholds: Thresholds, path: Path) -> None:
    """Write the thresholds as JSON."""
    data: dict[str, Any] = {
        "written_by": "python -m bot calibrate",
        **_described(thresholds),
    }
    for code, judge in thresholds.second.items():
        described = _described(judge)
        limits = {name: described.pop(name) for name in ("answer", "clarify")}
        heard = data.setdefault("with_second_opinion", {**described, "thresholds": {}})
        heard["thresholds"][code] = limits
    path.write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")


def _described(judge: Thresholds) -> dict[str, Any]:
    return {
        "answer": round(judge.answer, 4),
        "clarify": round(judge.clarify, 4),
        "bias": round(judge.bias, 4),
        "weights": {
            n: round(w, 4) for n, w in zip((*FEATURES, *OPINION), judge.weights)
        },
    }


def write_curve(curve: Sequence[CurvePoint], path: Path) -> None:
    """Write the curve as CSV."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=list(asdict(curve[0])))
        writer.writeheader()
        for point in curve:
            writer.writerow(
                {name: round(value, 4) for name, value in asdict(point).items()}
            )


def _judge_file(
    judge: Thresholds, index: SearchIndex, measured: Measured, twice: bool
) -> Judged:
    known = rankings_of(index, measured.answerable, twice)
    right, among = (
        [
            any(candidate.entry in row.accept for candidate in ranking.candidates[:few])
            for ranking, row in zip(known, measured.answerable)
        ]
        for few in (1, _CHOICES)
    )
    other = rankings_of(index, measured.unanswerable, twice)
    return Judged(
        np.array([judge.certainty(ranking) for ranking in known]),
        np.array(right, dtype=bool),
        np.array(among, dtype=bool),
        np.array([judge.certainty(ranking) for ranking in other]),
    )


def _point(threshold: float, file: Judged, alien: NDArray[np.float64]) -> CurvePoint:
    answered = file.sure >= threshold
    return CurvePoint(
        threshold,
        float(np.mean(answered & file.right)),
        float(np.mean(answered & ~file.right)),
        float(np.mean(alien >= threshold)) if len(alien) else 0.0,
    )


def _mean_point(threshold: float, points: Sequence[CurvePoint]) -> CurvePoint:
    return CurvePoint(
        threshold,
        float(np.mean([point.right for point in points])),
        float(np.mean([point.wrong for point in points])),
        float(np.mean([point.out_of_scope_answered for point in points])),
    )
