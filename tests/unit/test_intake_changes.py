"""Answers of the form can be gone back to, left out, corrected and thrown away."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.core.consultations import CHANGE, CONFIRM, FIELDS
from bot.knowledge.base import KnowledgeBase
from bot.settings import Settings
from bot.storage.engine import Storage, open_storage, upgrade
from tests.conftest import FakeClock
from tests.unit.fake_requests import Visitor


@pytest.fixture
def storage(settings: Settings) -> Iterator[Storage]:
    """An open database with the present tables."""
    upgrade(settings)
    opened = open_storage(settings)
    yield opened
    opened.close()


@pytest.fixture
def visitor(storage: Storage, knowledge: KnowledgeBase, clock: FakeClock) -> Visitor:
    """Somebody on the web who writes English."""
    return Visitor(storage, knowledge, clock)


def test_back_asks_the_question_before_and_keeps_the_rest(visitor: Visitor) -> None:
    visitor.answer_up_to("matter")
    visitor.hear("back")
    assert visitor.asks == "other_side"
    visitor.hear("atrás")
    assert visitor.asks == "urgency"
    visitor.hear("neither")
    assert visitor.asks == "matter"
    assert visitor.answers()["other_side"] == "Acme LLC"


def test_back_at_the_first_question_says_that_it_is_the_first(visitor: Visitor) -> None:
    visitor.answer_up_to("place")
    assert visitor.hear("back").phrases[0] == "intake_first_question"


@pytest.mark.parametrize("field", [f for f in FIELDS if f != "urgent_date"])
def test_only_what_the_office_must_know_cannot_be_skipped(
    visitor: Visitor, field: str
) -> None:
    visitor.answer_up_to(field)
    reply = visitor.hear("skip")
    stays = field in ("consent", "address", "name", "reach")
    assert (reply.phrases[0] == "intake_cannot_skip") == stays
    assert (visitor.asks == field) == stays
    assert stays or visitor.answers()[field] == ""


@pytest.mark.parametrize("field", [*[f for f in FIELDS if f != "urgent_date"], CONFIRM])
def test_cancel_deletes_the_draft_at_any_moment(visitor: Visitor, field: str) -> None:
    visitor.answer_up_to(field)
    assert visitor.hear("cancelar", message="m").phrases == ("intake_cancelled",)
    assert (visitor.asks, visitor.draft(), visitor.sent()) == (None, None, [])
    visitor.asks = field  # The reply was lost: the message comes again.
    assert visitor.hear("cancelar", message="m").phrases == ("intake_cancelled",)


def test_an_unfinished_draft_is_taken_up_again(visitor: Visitor) -> None:
    visitor.answer_up_to("name")
    assert visitor.begin().phrases == ("intake_resumed", "intake_ask_name")


def test_a_draft_that_was_deleted_meanwhile_begins_anew(visitor: Visitor) -> None:
    visitor.answer_up_to("name")
    visitor.hear("cancel")
    visitor.asks = "name"
    reply = visitor.hear("Ana")
    assert reply.phrases[:2] == ("intake_draft_gone", "intake_consent")
    assert visitor.answers() == {}


def test_a_corrected_answer_leads_straight_back_to_the_summary(
    visitor: Visitor,
) -> None:
    visitor.answer_up_to(CONFIRM)
    before = visitor.answers()
    visitor.press(CHANGE)
    assert len(visitor.reply.buttons) <= 10
    visitor.press("name")
    visitor.hear("Lucía")
    assert visitor.asks == CONFIRM
    assert visitor.answers() == {**before, "name": "Lucía"}


@pytest.mark.parametrize(
    ("change", "answer", "then"),
    [
        ("urgency", "a date or deadline", "urgent_date"),
        ("urgency", "neither", CONFIRM),
        ("reach", "e-mail", "address"),
        ("reach", "phone", CONFIRM),
        ("language", "english", CONFIRM),
        ("mi nombre", "back", CONFIRM),
    ],
)
def test_what_hangs_on_a_correction_is_asked_again(
    visitor: Visitor, change: str, answer: str, then: str
) -> None:
    visitor.answer_up_to(CONFIRM)
    visitor.hear("change")
    assert visitor.asks == CHANGE
    visitor.hear({"reach": "way of contact", "urgency": "urgent"}.get(change, change))
    visitor.hear(answer)
    assert visitor.asks == then


def test_a_field_named_at_the_summary_is_changed(visitor: Visitor) -> None:
    visitor.answer_up_to(CONFIRM)
    visitor.hear("change my name")
    assert visitor.asks == "name"


def test_the_summary_itself_does_not_travel_with_the_reply(visitor: Visitor) -> None:
    reply = visitor.answer_up_to(CONFIRM)
    draft = visitor.draft()
    assert draft is not None
    assert reply.phrases == ("intake_summary",)
    assert reply.values == {"asks": CONFIRM, "draft": draft.id}
