"""Whoever tells of a deportation that is near reads first whom to call."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.understanding import DEPORTATION, NOW
from bot.knowledge.loader import load_knowledge
from bot.services.answers import Answers
from bot.services.context import Context
from bot.services.urgent_answers import URGENT_LAWYER
from tests.builders import edit, message, write_knowledge
from tests.fakes import FakeLibrary
from tests.unit.conftest import REJECTED, THRESHOLDS

NEAR = "they deport my husband tomorrow"
SIGNALS = frozenset({DEPORTATION})


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Answers:
    """The use cases over a library whose entry on slow cases names the lawyers."""
    root: Path = write_knowledge(tmp_path_factory.mktemp("urgent"))
    (english,) = root.rglob("slow_case.en.md")
    edit(english, "aliases: []", f"aliases: [{URGENT_LAWYER}]")
    library = FakeLibrary(load_knowledge(root), REJECTED)
    return Answers(library, THRESHOLDS, require_approved=False)


def test_the_lawyers_to_call_come_first(office: Answers) -> None:
    told = message(NEAR, "report_emergency", signals=SIGNALS)
    outcome = office.report_emergency(told, Context())
    assert (outcome.reply.kind, outcome.reply.entries) == ("emergency", ("slow_case",))
    assert "emergency_first" not in outcome.reply.phrases
    assert outcome.context.topic == ("slow_case",)


def test_what_else_was_surely_asked_comes_after_them(office: Answers) -> None:
    asked = "How much is an immigration bond?"
    told = message(asked, "report_emergency", signals=SIGNALS)
    reply = office.report_emergency(told, Context()).reply
    assert reply.entries == ("slow_case", "bond_money")


def test_agents_who_are_there_now_come_before_a_plane_tomorrow(office: Answers) -> None:
    text = "ice is at my door, they deport me tomorrow"
    told = message(text, "report_emergency", signals=SIGNALS | {NOW})
    reply = office.report_emergency(told, Context()).reply
    assert reply.phrases[0] == "emergency_first"
    assert reply.entries == ("door_knock",)


def test_an_office_without_that_entry_offers_a_person(answers: Answers) -> None:
    told = message(NEAR, "report_emergency", signals=SIGNALS)
    reply = answers.report_emergency(told, Context()).reply
    assert (reply.kind, reply.options) == ("no_answer", ("human_please",))
