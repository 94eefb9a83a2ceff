"""python -m bot knowledge try QUESTION: what would be answered, and why."""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
import logging
import math
import os
import sys
import warnings
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timezone
from functools import lru_cache
from typing import Any, Final

from bot.core.errors import BotError
from bot.core.languages import DEFAULT_LANGUAGE, as_language
from bot.core.safety import is_too_long, visitor_text
from bot.core.understanding import Understanding, understanding_from_parse
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.index import SearchIndex
from bot.knowledge.loader import load_knowledge
from bot.knowledge.rejected import read_rejected
from bot.services.indexing import load_or_build_index
from bot.services.kept_index import KeptIndex
from bot.services.thresholds import load_thresholds
from bot.services.trying import Tried, read_actions, try_question
from bot.settings import NLU_FOLDER, PROJECT_ROOT, Settings, load_settings

RULES_FOLDER: Final = PROJECT_ROOT / "data" / "rules"
_VERDICTS: Final = {
    "answer": "sure enough to answer",
    "clarify": "not sure enough to answer: it asks back",
    "unknown": "too unsure: it says that it has no checked answer",
}
_INTENTS: Final = 3


@dataclass(frozen=True)
class _Still:
    """The files and the index as they are now."""

    base: KnowledgeBase
    index: SearchIndex

    def knowledge(self) -> KnowledgeBase:
        """Return the knowledge base."""
        return self.base


def try_out(question: str, language: str | None, as_json: bool) -> int:
    """Print what a question would get; "-" reads it from the standard input.

    Raises:
        BotError: there is no question, it is too long, or no model was trained.
    """
    given = sys.stdin.read() if question == "-" else question
    text = visitor_text(given)
    if not text.strip() or is_too_long(given):
        raise BotError("Ask something that a visitor could write in one message.")
    settings = load_settings()
    message = understand(settings, text)
    knowledge = load_knowledge(settings.KNOWLEDGE_DIR)
    now = datetime.now(timezone.utc)
    tried = try_question(
        message,
        as_language(language) or message.language or DEFAULT_LANGUAGE,
        _Still(knowledge, _index(settings, knowledge)),
        load_thresholds(settings.THRESHOLDS_FILE),
        settings.REQUIRE_APPROVED,
        read_actions(RULES_FOLDER),
        knowledge.desk.local(now).date(),
    )
    if as_json:
        print(json.dumps(as_data(tried), ensure_ascii=False))
    else:
        _print(tried)
    return 0


def understand(settings: Settings, text: str) -> Understanding:
    """Return what the trained model understands of a text, in this process.

    Raises:
        BotError: there is no trained model.
    """
    model = settings.MODEL_DIR / "rights-desk.tar.gz"
    if not model.is_file():
        raise BotError("There is no trained model. Run: make train")
    # Whatever Rasa writes while it loads does not belong into the answer.
    hidden = io.StringIO()
    with contextlib.redirect_stdout(hidden), contextlib.redirect_stderr(hidden):
        agent = _agent(str(model), model.stat().st_mtime_ns)
        with _quiet():
            parse = asyncio.run(agent.parse_message(text))
    return understanding_from_parse(parse)


@lru_cache(maxsize=1)
def _agent(model: str, written: int) -> Any:  # noqa: ARG001 - tells models apart
    from bot.rasa_server import import_hook

    import_hook.install()
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from rasa.core.agent import Agent
        from rasa.utils.log_utils import configure_structlog

        configure_structlog(logging.ERROR)
        with _quiet():
            return Agent.load(model)


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Log nothing: Rasa's own log would quote the question."""
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


def _index(settings: Settings, knowledge: KnowledgeBase) -> SearchIndex:
    folder, rejected = settings.DATA_DIR / "index", read_rejected(NLU_FOLDER)
    kept = KeptIndex(folder).of(knowledge, rejected)
    return kept or load_or_build_index(knowledge, rejected, folder)


def as_data(tried: Tried) -> dict[str, Any]:
    """Return all of it as JSON types."""
    message = tried.message
    return {
        "question": message.text,
        "read_as": message.meant,
        "language": tried.language,
        "understood": {
            "language": message.language,
            "is_foreign": message.is_foreign,
            "intents": [
                {"name": name, "confidence": round(share, 4)}
                for name, share in list(message.intents.items())[:_INTENTS]
            ],
            "intent": message.intent,
            "entities": {name: list(v) for name, v in message.entities.items()},
            "signals": sorted(message.signals),
            "parts": [part.text for part in message.parts],
        },
        "action": tried.action,
        "verdict": tried.finding.verdict,
        "certainty": round(tried.finding.certainty, 4),
        "answer_from": round(tried.thresholds.answer, 4),
        "clarify_from": round(tried.thresholds.clarify, 4),
        "rejected": round(tried.rejected, 4),
        "second_look": asdict(tried.opinion) if tried.opinion else None,
        "candidates": [
            {
                name: round(value, 4) if isinstance(value, float) else value
                for name, value in asdict(rival).items()
            }
            for rival in tried.rivals
        ],
        "reply": _reply_data(tried),
    }


def _reply_data(tried: Tried) -> dict[str, Any] | None:
    reply = tried.reply
    if reply is None:
        return None
    return {
        "kind": reply.kind,
        "entries": list(reply.entries),
        "options": list(reply.options),
        "text": tried.text,
    }


def _print(tried: Tried) -> None:
    message, found = tried.message, tried.finding
    if message.meant != message.text:
        print(f"Read as: {message.meant}")
    language = "neither language" if message.is_foreign else message.language
    print(f"Understood: {message.intent}, in {language or 'no language for sure'}")
    for name, share in list(message.intents.items())[:_INTENTS]:
        print(f"  {share:6.1%}  {name}")
    for name, values in message.entities.items():
        print(f"  names {name}: {', '.join(values)}")
    if message.signals:
        print(f"  signs of an emergency: {', '.join(sorted(message.signals))}")
    for part in message.parts:
        print(f"  one of several questions: {part.text}")
    print(f"Goes to: {tried.action}")
    limits = tried.thresholds
    print(f"Search: {_VERDICTS[found.verdict]}")
    print(
        f"  certainty {found.certainty:.2f}; answers from {limits.answer:.2f}, asks "
        f"back from {limits.clarify:.2f}; "
        f"like what no entry answers {tried.rejected:.2f}"
    )
    if (seen := tried.opinion) is not None:
        side = "agrees" if seen.lead > 0 else "holds another entry likelier"
        print(
            f"  second look {side}: lead {seen.lead:+.1f}, "
            f"likely {math.exp(seen.likely):.0%}, "
            f"answered by no entry {math.exp(seen.rejected):.0%}"
        )
    print("  score  nearest  words  entry")
    for rival in tried.rivals:
        hidden = "" if rival.is_shown else "  (not shown to visitors)"
        print(
            f"  {rival.score:5.2f}  {rival.nearest:7.2f}  {rival.coverage:5.2f}  "
            f"{rival.entry}{hidden}"
        )
    _print_reply(tried)


def _print_reply(tried: Tried) -> None:
    if tried.reply is None:
        print("\nWhat comes next needs a conversation: python -m bot ask")
        return
    entries = "".join(f" {name}" for name in tried.reply.entries)
    language = tried.reply.language
    print(f"\nThe visitor reads ({tried.reply.kind}{entries}, {language}):\n")
    print(tried.text)
