"""Measures each system on the same knowledge: us, stock Rasa, plain searches."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import httpx
import numpy as np

from bench.assistant import Assistant
from bench.baselines import Bm25, EncoderAlone, Hit
from bench.figures import Figures, Row, Rows, count_outcomes, outcome_of, read_files
from bench.load import measure
from bench.stock_project import REFUSAL, write_stock_project
from bench.stock_server import StockRasa
from bot.commands.evaluating import ask_row
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.encoder import encode
from bot.knowledge.examples import examples_of
from bot.settings import GOLDEN_FOLDER, NLU_FOLDER

_SECONDS: Final = float(os.environ.get("BENCH_SECONDS", "15"))
_VISITORS: Final = 4
TUNING: Final = tuple(
    GOLDEN_FOLDER / name for name in ("own_questions.jsonl", "own_out_of_scope.jsonl")
)
Search = Callable[[Sequence[str]], list[Hit]]


def measure_ours(
    folder: Path, knowledge_folder: Path, knowledge: KnowledgeBase, rows: Rows
) -> Figures:
    """Train, start and ask Rights Desk as its visitors do."""
    figures = Figures("Rights Desk")
    assistant = Assistant(
        folder / "var",
        folder / "models",
        RATE_LIMITS="off",
        KNOWLEDGE_DIR=str(knowledge_folder),
        THRESHOLDS_FILE=str(folder / "thresholds.json"),
    )
    started = time.monotonic()
    # Each system's threshold is chosen on our own files, for this very knowledge.
    for command in (("train", "--force"), ("calibrate", *map(str, TUNING))):
        done = assistant.command(*command)
        if done.returncode:
            raise SystemExit(done.stdout + done.stderr)
    figures.training_s = time.monotonic() - started
    figures.start_s = assistant.start()
    address = assistant.address
    try:
        with httpx.Client(base_url=address, timeout=20, trust_env=False) as client:
            figures.outcomes = count_outcomes(
                rows, lambda row: ask_row(client, row, knowledge).outcome
            )
        figures.p50_ms = asyncio.run(measure(address, 1, _SECONDS)).p50
        many = asyncio.run(measure(address, _VISITORS, _SECONDS))
        figures.per_second = many.per_second
        figures.memory_mb = sum(assistant.memory_mb().values())
    finally:
        assistant.stop()
    return figures


def measure_stock(
    folder: Path, rasa: Path, knowledge: KnowledgeBase, rows: Rows, epochs: int
) -> Figures:
    """Export the knowledge, then train, start and ask stock Rasa."""
    figures = Figures(f"stock Rasa, {epochs} epochs")
    answers = write_stock_project(folder, knowledge, NLU_FOLDER, epochs)
    stock = StockRasa(folder, rasa)
    figures.training_s = stock.train()
    figures.note = stock.training_note()
    figures.start_s = stock.start()
    try:
        with httpx.Client(
            base_url=stock.address, timeout=60, trust_env=False
        ) as client:

            def ask(row: Row) -> str:
                body = {"sender": os.urandom(8).hex(), "message": row["q"]}
                said = client.post("/webhooks/rest/webhook", json=body).json()
                text = said[0]["text"] if said else REFUSAL
                return outcome_of(row, answers.get(text, ""), text == REFUSAL)

            figures.outcomes = count_outcomes(rows, ask)
        figures.p50_ms, _ = asyncio.run(stock.load(1, _SECONDS))
        _, figures.per_second = asyncio.run(stock.load(_VISITORS, _SECONDS))
        figures.memory_mb = stock.memory_mb()
    finally:
        stock.stop()
    return figures


def measure_searches(knowledge: KnowledgeBase, rows: Rows) -> list[Figures]:
    """Search with BM25 and with the encoder alone; refuse below a threshold."""
    examples = examples_of(knowledge, [])
    encoder = EncoderAlone(examples, encode([example.text for example in examples]))
    own = read_files(TUNING, knowledge)
    tuning = [row for part in own.values() for row in part]
    return [
        _measure_search(name, search, rows, tuning)
        for name, search in (
            ("BM25", Bm25(knowledge).search),
            ("encoder alone", encoder.search),
        )
    ]


def _measure_search(
    name: str, search: Search, rows: Rows, tuning: Sequence[Row]
) -> Figures:
    threshold = best_threshold(tuning, search([row["q"] for row in tuning]))

    def ask(row: Row) -> str:
        hit = search([row["q"]])[0]
        return outcome_of(row, hit.entry, hit.score < threshold)

    return Figures(name, count_outcomes(rows, ask))


def best_threshold(rows: Sequence[Row], hits: Sequence[Hit]) -> float:
    """Return the score from which answering gains most: right minus wrong."""
    gains = np.array(
        [1 if hit.entry in row["accept_known"] else -1 for row, hit in zip(rows, hits)]
    )
    order = np.argsort([-hit.score for hit in hits])
    return hits[order[int(np.cumsum(gains[order]).argmax())]].score
