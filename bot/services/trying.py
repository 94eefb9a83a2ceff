"""Tells what a question would get and why: what was understood, found and decided."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, Protocol, cast

from bot.channels.web import as_plain_text
from bot.core.languages import Language
from bot.core.messages import Reply
from bot.core.understanding import Understanding
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.encoder import encode, unpack_vector
from bot.knowledge.files import read_text
from bot.knowledge.index import SearchIndex
from bot.knowledge.plain_yaml import load_yaml
from bot.knowledge.ranking import Ranking
from bot.knowledge.second_look import Opinion
from bot.services.answers import Answers
from bot.services.context import Context
from bot.services.finding import Finder, Finding
from bot.services.library import Library
from bot.services.replying import Outcome
from bot.services.showing import show_reply
from bot.services.thresholds import Thresholds

# What Rasa does where no rule names the intent.
_USUAL_ACTION: Final = "action_answer"
_Reply = Callable[[Understanding, Context], Outcome]


@dataclass(frozen=True)
class Rival:
    """An entry that was considered, and what speaks for it (about 0 to 1)."""

    entry: str
    title: str
    score: float
    nearest: float
    coverage: float
    is_shown: bool


@dataclass(frozen=True)
class Tried:
    """What a question would get as the first message of a conversation.

    `reply` is None where a form begins or a request is asked for: that needs a
    conversation.
    """

    message: Understanding
    language: Language
    action: str
    finding: Finding
    rivals: tuple[Rival, ...]
    rejected: float
    opinion: Opinion | None
    thresholds: Thresholds
    reply: Reply | None
    text: str
    # What is remembered after it.
    context: Context


class KnowsAndFinds(Protocol):
    """A knowledge base together with the index that finds entries in it."""

    @property
    def index(self) -> SearchIndex:
        """Return the index."""

    def knowledge(self) -> KnowledgeBase:
        """Return the knowledge base."""


def try_question(
    message: Understanding,
    language: Language,
    library: KnowsAndFinds,
    thresholds: Thresholds,
    require_approved: bool,
    actions: Mapping[str, str],
    today: date,
    context: Context | None = None,
) -> Tried:
    """Return what an understood question would get; nothing is remembered of it.

    `language` is the conversation's; `actions` are those that the rules name;
    `context` is what the conversation said before, if anything.
    """
    knowledge = library.knowledge()
    finder = Finder(knowledge, library.index, thresholds, require_approved)
    vectors = unpack_vector(message.vector)
    if vectors is None:
        vectors = encode([message.meant])
    ranking = library.index.search([message.meant], vectors, message.language)[0]
    action = actions.get(message.intent or "", _USUAL_ACTION)
    # Answers asks no more of a library than these two.
    answers = Answers(cast(Library, library), thresholds, require_approved)
    reply_to = _replies(answers).get(action)
    context = context or Context(language)
    outcome = reply_to(message, context) if reply_to else None
    reply = outcome.reply if outcome else None
    text = ""
    if reply is not None:
        text = as_plain_text(show_reply(reply, knowledge, today, require_approved))
    return Tried(
        message,
        language,
        action,
        finder.find(message),
        _rivals(ranking, knowledge, language, require_approved),
        ranking.rejected,
        ranking.opinion,
        thresholds.of(ranking),
        reply,
        text,
        outcome.context if outcome else context,
    )


def _rivals(
    ranking: Ranking,
    knowledge: KnowledgeBase,
    language: Language,
    require_approved: bool,
) -> tuple[Rival, ...]:
    shown = {entry.id for entry in knowledge.shown(require_approved)}
    return tuple(
        Rival(
            each.entry,
            knowledge.entries[each.entry].texts[language].title,
            each.score,
            each.nearest,
            each.coverage,
            each.entry in shown,
        )
        for each in ranking.candidates
        if each.entry in knowledge.entries
    )


def _replies(answers: Answers) -> dict[str, _Reply]:
    return {
        "action_answer": answers.answer,
        "action_continue_topic": answers.continue_topic,
        "action_make_small_talk": answers.make_small_talk,
        "action_offer_person": answers.offer_person,
        "action_report_emergency": answers.report_emergency,
        "action_switch_language": answers.switch_language,
    }


def read_actions(rules_folder: Path) -> dict[str, str]:
    """Return which action answers which intent, as the rules say.

    Raises:
        ContentError: a file is not YAML.
    """
    actions: dict[str, str] = {}
    for path in sorted(rules_folder.glob("*.yml")):
        data = load_yaml(read_text(path, path.name), path.name)
        for rule in data.get("rules", []):
            steps = rule.get("steps", [])
            if len(steps) > 1 and "intent" in steps[0] and "action" in steps[1]:
                actions[str(steps[0]["intent"])] = str(steps[1]["action"])
    return actions
