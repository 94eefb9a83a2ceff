"""The consultation form from the consent to the summary, over a real database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.core.consultations import CONFIRM, FIELDS
from bot.core.understanding import CRISIS, NOW
from bot.knowledge.base import KnowledgeBase
from bot.settings import Settings
from bot.storage import consents
from bot.storage.engine import Storage, open_storage, upgrade
from tests.conftest import FakeClock
from tests.unit.fake_requests import ANSWERS, Visitor, answered


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


def test_no_field_is_shown_before_the_consent(visitor: Visitor) -> None:
    assert visitor.begin().phrases[0] == "intake_consent"
    assert visitor.asks == "consent"
    visitor.asks = "name"  # Whatever the dialogue engine believes.
    assert visitor.hear("Ana").phrases[0] == "intake_consent"
    assert visitor.answers() == {}


def test_on_whatsapp_the_consent_names_meta(
    storage: Storage, knowledge: KnowledgeBase, clock: FakeClock
) -> None:
    visitor = Visitor(storage, knowledge, clock, channel="whatsapp_cloud")
    assert "intake_consent_whatsapp" in visitor.begin().phrases


def test_the_words_agreed_to_are_kept_with_the_time(visitor: Visitor) -> None:
    visitor.begin()
    visitor.press("agree")
    draft = visitor.draft()
    assert draft is not None
    assert draft.consent_at == visitor.clock()
    with visitor.storage.read() as session:
        text = consents.text_of(session, str(draft.consent_version))
    assert text == visitor.knowledge.phrase("intake_consent", "en", days="90")


def test_a_text_in_another_language_is_read_before_it_is_agreed_to(
    visitor: Visitor,
) -> None:
    visitor.begin()
    visitor.language = "es"
    assert visitor.hear("sí").phrases[0] == "intake_consent_changed"
    assert visitor.asks == "consent"
    visitor.hear("sí")
    assert visitor.asks == "place"


def test_no_to_the_consent_ends_kindly_and_leaves_nothing(visitor: Visitor) -> None:
    visitor.begin()
    assert visitor.press("no").phrases == ("intake_declined",)
    assert (visitor.asks, visitor.draft()) == (None, None)


def test_the_fields_come_in_their_order(visitor: Visitor) -> None:
    visitor.begin()
    seen = []
    while visitor.asks != CONFIRM and len(seen) < 20:
        seen.append(visitor.asks)
        visitor.hear({**ANSWERS, "urgency": "a date or deadline"}[str(visitor.asks)])
    assert seen == list(FIELDS)


@pytest.mark.parametrize("language", ["en", "es"])
def test_each_field_can_be_answered_by_its_buttons(
    visitor: Visitor, language: str
) -> None:
    visitor.language = language  # type: ignore[assignment]
    visitor.begin()
    for _ in FIELDS[:-1]:  # No date is asked for somebody who is detained.
        if visitor.reply.buttons:
            payload = visitor.reply.buttons[0].payload
            visitor.press(payload.split(".")[1].removesuffix('"}'))
        else:
            visitor.hear(ANSWERS[str(visitor.asks)])
    assert visitor.answers() == {
        "place": "ny",
        "urgency": "detained",
        "other_side": "government",
        "matter": "detained",
        "reach": "phone",
        "address": "+12125550123",
        "reach_time": "morning",
        "message_ok": "yes",
        "name": "María",
        "spoken": "en",
        "kind": "phone",
        "times": "morning",
    }


def test_on_whatsapp_the_same_number_is_a_button(
    storage: Storage, knowledge: KnowledgeBase, clock: FakeClock
) -> None:
    visitor = Visitor(storage, knowledge, clock, channel="whatsapp_twilio")
    visitor.answer_up_to("reach")
    visitor.press("whatsapp")
    visitor.press("this")
    assert visitor.answers()["address"] == "this"


@pytest.mark.parametrize(
    ("urgency", "day", "phrase", "is_urgent"),
    [
        ("someone is detained", "", "intake_urgent_detained", True),
        ("a date or deadline", "August 3, 2026", "intake_urgent_date", True),
        ("a date or deadline", "yesterday", "intake_urgent_date", True),
        ("a date or deadline", "I don't know", "intake_urgent_unknown", True),
        ("a date or deadline", "skip", "intake_urgent_unknown", True),
        ("a date or deadline", "August 4, 2026", "intake_ask_other_side", False),
        ("neither", "", "intake_ask_other_side", False),
        ("skip", "", "intake_ask_other_side", False),
    ],
)
def test_what_is_urgent_is_said_first(
    visitor: Visitor, urgency: str, day: str, phrase: str, is_urgent: bool
) -> None:
    visitor.answer_up_to("urgency")
    reply = visitor.hear(urgency)
    if day:
        reply = visitor.hear(day)
    draft = visitor.draft()
    assert draft is not None
    assert (reply.phrases[0], draft.is_urgent) == (phrase, is_urgent)
    shows = ("family_detained_first_steps",) if "detained" in phrase else ()
    assert reply.entries == shows


def test_elsewhere_says_where_the_office_works_and_goes_on(visitor: Visitor) -> None:
    visitor.answer_up_to("place")
    reply = visitor.press("elsewhere")
    assert reply.phrases == ("intake_elsewhere", "intake_ask_urgency")


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("field", [f for f in FIELDS if f != "urgent_date"])
def test_wrong_input_gets_a_hint_and_then_an_example(
    visitor: Visitor, field: str, language: str
) -> None:
    visitor.language = language  # type: ignore[assignment]
    visitor.answer_up_to(field)
    hints = [visitor.hear("??!! 77").phrases[0] for _ in range(2)]
    name = "address_phone" if field == "address" else field
    assert hints == [f"intake_hint_{name}", f"intake_example_{name}"]
    assert visitor.asks == field


def test_a_private_number_is_not_kept_whatever_is_asked(visitor: Visitor) -> None:
    for field in FIELDS[1:]:
        visitor.answer_up_to(field, urgency="a date or deadline")
        reply = visitor.hear("it is A123456789")
        assert (field, reply.phrases[0]) == (field, "intake_private")
        assert visitor.asks == field
    draft = visitor.draft()
    assert draft is not None
    assert "A123456789" not in str(draft.answers)


@pytest.mark.parametrize("signal", [NOW, CRISIS])
def test_an_emergency_comes_first_and_the_draft_stays(
    visitor: Visitor, signal: str
) -> None:
    visitor.answer_up_to("name")
    reply = visitor.hear(
        "they are at my door",
        signals=frozenset({signal}),
        interrupt=answered("emergency_first", kind="emergency"),
        is_late=True,
    )
    assert (reply.kind, reply.phrases[0]) == ("emergency", "emergency_first")
    assert reply.phrases[-2:] == ("intake_go_on", "intake_ask_name")
    assert visitor.asks == "name"
    assert "name" not in visitor.answers()


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("consent", "who reads this?"),
        ("place", "how much is a bond"),
        ("matter", "my cousin was taken yesterday in Newark"),
        ("name", "what do you keep"),
        ("address", "can you call my brother instead"),
        (CONFIRM, "how long does it take"),
    ],
)
def test_a_question_in_the_middle_is_answered_and_the_form_goes_on(
    visitor: Visitor, field: str, text: str
) -> None:
    visitor.answer_up_to(field)
    kept = visitor.answers()
    reply = visitor.hear(text, interrupt=answered("disclaimer"))
    assert (reply.kind, reply.entries) == ("answer", ("bond_basics",))
    assert "intake_go_on" in reply.phrases
    assert reply.values["asks"] == field == visitor.asks
    assert visitor.answers() == kept
    visitor.hear({**ANSWERS, CONFIRM: "change"}[field])
    assert visitor.asks != field


def test_a_question_that_nobody_can_answer_gets_the_hint(visitor: Visitor) -> None:
    visitor.answer_up_to("name")
    assert visitor.hear("what is my name?").phrases[0] == "intake_hint_name"


def test_a_button_of_an_earlier_question_fills_nothing_in(visitor: Visitor) -> None:
    visitor.answer_up_to("kind")
    reply = visitor.hear(answer="reach.phone")
    assert reply.phrases == ("intake_old_button", "intake_ask_kind")
    assert "kind" not in visitor.answers()


def test_a_late_message_is_no_answer(visitor: Visitor) -> None:
    visitor.answer_up_to("message_ok")
    reply = visitor.hear("yes", is_late=True)
    assert reply.phrases == ("intake_late", "intake_ask_message_ok")
    assert "message_ok" not in visitor.answers()


def test_a_message_that_comes_twice_is_applied_once(visitor: Visitor) -> None:
    visitor.answer_up_to("urgency")
    first = visitor.hear("someone is detained", message="m")
    visitor.asks = "urgency"  # The reply was lost before it was noted.
    again = visitor.hear("someone is detained", message="m", is_late=True)
    assert (again, visitor.asks) == (first, "other_side")
