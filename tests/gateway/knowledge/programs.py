"""A program of the test's own in the place of `python -m bot`, for the console."""

from __future__ import annotations

import json
import sys
import textwrap
from dataclasses import replace
from pathlib import Path

from starlette.applications import Starlette
from starlette.routing import Mount

from bot.gateway.console.runs import Runs
from tests.gateway.knowledge_pages import (
    ENTRY,
)


def use_program(app: Starlette, folder: Path, program: str) -> None:
    """Put a small program in the place of `python -m bot`."""
    told = {"verdict": "answer", "entry": "bond_money"}
    lost = {"verdict": "unknown", "entry": ""}
    row = {"question": "do I pay", "language": "en", "entry": ENTRY}
    found = {
        "tried": 12,
        "gained": [],
        "lost": [{**row, "before": told, "after": lost}],
        "changed": [],
    }
    rival = {"entry": ENTRY, "title": "Bond", "is_shown": True}
    tried = {
        "language": "en",
        "understood": {
            "intents": [{"name": "ask_detained", "confidence": 0.97}],
            "signals": [],
            "entities": {},
        },
        "action": "action_answer",
        "verdict": "answer",
        "certainty": 0.91,
        "answer_from": 0.8,
        "clarify_from": 0.5,
        "candidates": [{**rival, "score": 0.83, "nearest": 0.7, "coverage": 1.0}],
        "reply": {"text": "A bond is money."},
    }
    path = folder / "program.py"
    text = f"""
        import json, sys, time
        typed = sys.stdin.read()
        found = json.loads({json.dumps(json.dumps(found))})
        tried = json.loads({json.dumps(json.dumps(tried))})
        tried["question"], tried["read_as"] = typed, typed.strip("<>")
        {program}
    """
    path.write_text(textwrap.dedent(text), encoding="utf-8")
    mounts = [one for one in app.routes if isinstance(one, Mount)]
    state = next(one for one in mounts if one.path == "/staff").app.state  # type: ignore[attr-defined]
    runs = Runs((sys.executable, str(path)), seconds=3.0)
    state.desk = replace(state.desk, runs=runs)
