"""A denial and a court notice are answered at once, whatever the check just asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.core.consultations import CONFIRM
from bot.core.delay import DENIED, FIELDS, YES
from bot.core.languages import LANGUAGES, Language
from bot.core.messages import MAX_BUTTONS
from bot.knowledge.base import KnowledgeBase
from bot.services.showing import show_reply
from tests.conftest import FakeClock
from tests.unit.delay_visitor import Visitor
from tests.unit.fake_requests import answered

LINE = "delay_waited_denied"
ENTRY = '/choose_entry{"entry": "mandamus_discretion"}'
SAID = {"en": "it was denied in March 2026", "es": "me la negaron en marzo de 2026"}


@pytest.fixture
def visitor(knowledge: KnowledgeBase, clock: FakeClock) -> Visitor:
    """Somebody on WhatsApp who writes English, in July 2026."""
    return Visitor(knowledge, clock, "whatsapp_cloud")


def payloads(visitor: Visitor) -> list[str]:
    """Return what the buttons of the latest reply send."""
    return [button.payload for button in visitor.reply.buttons]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("asked", [*FIELDS, CONFIRM])
def test_a_denial_is_answered_at_once_and_the_question_stays(
    visitor: Visitor, asked: str, language: Language
) -> None:
    visitor.language = language
    visitor.answer_up_to(asked)
    before = visitor.answers
    visitor.hear(SAID[language])
    assert visitor.reply.phrases[0] == LINE
    assert not [p for p in visitor.reply.phrases if "hint" in p or "example" in p]
    assert (visitor.asks, visitor.answers) == (asked, {**before, DENIED: YES})
    assert ENTRY in payloads(visitor)
    shown = show_reply(visitor.reply, visitor.knowledge, visitor.clock().date())
    assert len(shown.buttons) <= MAX_BUTTONS
    assert all(0 < len(button.label) <= 20 for button in shown.buttons)
    assert sum(map(len, (*shown.lead, *shown.closing))) < 1000


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("my N-400 was denied in March 2026", {"filed": "n400", DENIED: YES}),
        ("me negaron la residencia en 2025", {"filed": "i485", DENIED: YES}),
        (
            "I-485 filed in May 2023, denied in March 2026",
            {"filed": "i485", "since": "2023-05", DENIED: YES},
        ),
        ("my I-485 has not been denied", {"filed": "i485"}),
        ("no me han negado la I-485", {"filed": "i485"}),
    ],
)
@pytest.mark.parametrize("is_open", [True, False], ids=["asked", "opening"])
def test_the_month_of_a_denial_is_not_since_when(
    visitor: Visitor, text: str, told: dict[str, str], is_open: bool
) -> None:
    if is_open:
        visitor.begin("")
        visitor.hear(text)
    else:
        visitor.begin(text)
    assert visitor.answers == told
    assert (LINE in visitor.reply.phrases) == (DENIED in told)
    assert visitor.asks == "where"


def test_the_opening_says_what_it_is_before_it_speaks_of_the_denial(
    visitor: Visitor,
) -> None:
    reply = visitor.begin("my N-400 was denied, would mandamus help")
    assert reply.phrases[:3] == ("delay_begin", LINE, "delay_noted")
    assert "Denied" not in reply.values["noted"]


def test_a_check_that_is_gone_on_with_hears_a_denial(visitor: Visitor) -> None:
    visitor.answer_up_to("tried")
    visitor.asks = None
    assert visitor.begin(SAID["en"]).phrases[:2] == (LINE, "delay_resumed")
    assert visitor.answers[DENIED] == YES


def test_a_form_written_by_its_number_gives_its_place_to_the_entry(
    visitor: Visitor,
) -> None:
    visitor.begin("")
    whole = payloads(visitor)
    visitor.hear(SAID["en"])
    assert len(whole) == len(payloads(visitor)) == MAX_BUTTONS
    gone = set(whole) - set(payloads(visitor))
    assert gone == {'/choose_answer{"answer": "delay_filed.i751"}'}
    visitor.hear("I-751")
    assert visitor.answers["filed"] == "i751"


@pytest.mark.parametrize(
    ("text", "filed", "line"),
    [
        ("my visa was refused", "", "delay_waited_refused"),
        ("me negaron la visa", "", "delay_waited_refused"),
        ("they refused it in May 2026", "a visa", "delay_waited_refused"),
        ("my visa was refused", "I-130", "delay_waited_refused"),
        ("my U visa was denied", "", LINE),
        ("my visa was denied", "I-918", LINE),
        ("it was refused", "I-485", LINE),
    ],
)
def test_of_a_refused_visa_no_way_of_thirty_days_is_told(
    visitor: Visitor, text: str, filed: str, line: str
) -> None:
    visitor.begin(filed)
    visitor.hear(text)
    told = {LINE, "delay_waited_refused"} & set(visitor.reply.phrases)
    assert told == {line}
    assert visitor.answers[DENIED] == YES
    entry = "delay_consular" if line != LINE else "mandamus_discretion"
    assert f'/choose_entry{{"entry": "{entry}"}}' in payloads(visitor)


@pytest.mark.parametrize("text", ["it was not denied", "no me la han negado"])
def test_a_denial_can_be_taken_back(visitor: Visitor, text: str) -> None:
    visitor.answer_up_to("home")
    visitor.hear(SAID["en"])
    visitor.hear(text)
    assert DENIED not in visitor.answers
    assert visitor.reply.phrases[0] == "delay_why_home"


def test_a_question_in_between_is_answered_below_the_line(visitor: Visitor) -> None:
    visitor.answer_up_to("home")
    text = "what can I do now that it was denied?"
    reply = visitor.hear(text, interrupt=answered("disclaimer"))
    assert (reply.phrases[0], reply.entries) == (LINE, ("bond_basics",))
    assert ENTRY in payloads(visitor)


def test_who_wants_the_office_hears_the_line_too(visitor: Visitor) -> None:
    visitor.answer_up_to("home")
    reply = visitor.hear("denied, call me", intent="request_consultation")
    assert reply.phrases == (LINE, "delay_paused")
    assert visitor.kept[DENIED] == YES


def test_nothing_is_said_of_a_denial_on_an_entry_that_may_not_be_shown(
    visitor: Visitor,
) -> None:
    visitor.require_approved = True
    visitor.answer_up_to("home")
    visitor.hear(SAID["en"])
    assert LINE not in visitor.reply.phrases
    assert visitor.answers[DENIED] == YES


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("asked", [field for field in FIELDS if field != "filed"])
def test_a_notice_to_appear_gets_the_words_on_the_court(
    visitor: Visitor, asked: str, language: Language
) -> None:
    visitor.language = language
    visitor.answer_up_to(asked)
    text = {"en": "a notice to appear", "es": "una notificación de comparecencia"}
    reply = visitor.hear(text[language])
    assert reply.phrases[:2] == ("delay_waited_court", "delay_risk_missed")
    assert visitor.asks == asked
    assert '/choose_entry{"entry": "court_date_check"}' in payloads(visitor)
    shown = show_reply(reply, visitor.knowledge, visitor.clock().date())
    assert "{" not in " ".join(shown.lead)


def test_what_else_happened_is_kept_beside_the_notice(visitor: Visitor) -> None:
    visitor.answer_up_to("happened")
    reply = visitor.hear("an interview, and later an NTA")
    assert reply.phrases[0] == "delay_waited_court"
    assert (visitor.answers["happened"], visitor.asks) == ("interview", "tried")


@pytest.mark.parametrize("text", ["notice to appear", "NTA", "una NTA"])
def test_a_notice_as_what_was_filed_is_a_case_in_court(
    visitor: Visitor, text: str
) -> None:
    visitor.begin("")
    visitor.hear(text)
    assert (visitor.answers["filed"], visitor.asks) == ("court", "since")
    assert "delay_waited_court" not in visitor.reply.phrases


def test_a_denial_stands_in_the_result(visitor: Visitor) -> None:
    visitor.answer_up_to("home")
    visitor.hear(SAID["en"])
    visitor.answer_up_to(CONFIRM)
    visitor.press("show")
    assert visitor.reply.phrases[0] == LINE
    assert ENTRY in payloads(visitor)


@pytest.fixture
def approve(knowledge: KnowledgeBase) -> Callable[..., KnowledgeBase]:
    """Approve some entries."""

    def approved(*names: str) -> KnowledgeBase:
        found = {n: replace(knowledge.entries[n], status="approved") for n in names}
        return replace(knowledge, entries={**knowledge.entries, **found})

    return approved


@pytest.mark.parametrize("channel", ["web", "whatsapp_cloud"])
def test_without_review_no_law_is_shown_and_a_person_is_offered(
    visitor: Visitor, channel: str
) -> None:
    visitor.channel, visitor.require_approved = channel, True  # type: ignore[assignment]
    visitor.answer_up_to(CONFIRM)
    visitor.press("show")
    assert visitor.reply.phrases == ("delay_unreviewed",)
    assert payloads(visitor)[-1] == "/start_request"


def test_with_review_the_lines_of_approved_entries_are_shown(
    visitor: Visitor, approve: Callable[..., KnowledgeBase]
) -> None:
    visitor.knowledge = approve("processing_times")
    visitor.require_approved = True
    visitor.answer_up_to(CONFIRM)
    visitor.press("show")
    visitor.hear(answer="page.waited", intent="start_delay_check")
    assert visitor.reply.phrases == (
        *("delay_waited_time", "delay_waited_posted"),
        *("delay_held_back", "delay_waited_end"),
    )
    assert visitor.reply.values["draft"] == ""
