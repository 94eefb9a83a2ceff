"""The delay check is walked from its opening to its result, in both languages."""

from __future__ import annotations

import pytest

from bot.channels.whatsapp_layout import lay_out
from bot.core.consultations import CHANGE, CONFIRM
from bot.core.delay import FIELDS
from bot.core.languages import LANGUAGES, Language
from bot.core.messages import Channel
from bot.core.understanding import CRISIS, GUESSED, NOW
from bot.knowledge.base import KnowledgeBase
from bot.services.delay_check import carried_over
from bot.services.showing import show_reply
from tests.conftest import FakeClock
from tests.unit.delay_visitor import GIVEN, Visitor
from tests.unit.fake_requests import answered

CHANNELS: tuple[Channel, ...] = ("web", "whatsapp_cloud", "whatsapp_twilio")
ASKED = (*FIELDS, CONFIRM, CHANGE)


@pytest.fixture
def visitor(knowledge: KnowledgeBase, clock: FakeClock) -> Visitor:
    """Somebody on the web who writes English, in July 2026."""
    return Visitor(knowledge, clock)


def shown(visitor: Visitor) -> str:
    """Return all that the latest reply says."""
    texts = show_reply(visitor.reply, visitor.knowledge, visitor.clock().date())
    return "\n\n".join((*texts.lead, *texts.closing))


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_check_by_typing(
    visitor: Visitor, language: Language, channel: Channel
) -> None:
    visitor.language, visitor.channel = language, channel
    visitor.begin("/start")
    assert visitor.reply.phrases[0] == "delay_begin"
    seen = []
    while visitor.asks != CONFIRM and len(seen) < 10:
        seen.append(visitor.asks)
        assert f"delay_why_{visitor.asks}" in visitor.reply.phrases
        assert visitor.reply.values["asks"] == f"delay_{visitor.asks}"
        visitor.answer_up_to([*FIELDS, CONFIRM][len(seen)])
    assert (tuple(seen), visitor.answers) == (FIELDS, GIVEN)
    month = {"en": "March 2024", "es": "marzo de 2024"}[language]
    assert month in shown(visitor)
    visitor.press("show")
    assert (visitor.asks, visitor.answers) == (None, GIVEN)
    assert "{" not in shown(visitor)
    assert visitor.reply.buttons[-1].payload == "/start_request"


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_check_by_buttons(
    visitor: Visitor, language: Language, channel: Channel
) -> None:
    visitor.language, visitor.channel = language, channel
    visitor.begin("")
    visitor.press("n400")
    visitor.press("uscis")
    visitor.hear("2024-03")
    visitor.press("biometrics")
    assert visitor.asks == "happened"
    visitor.press("interview")
    assert "delay_happened.interview" not in str(visitor.reply.buttons)
    visitor.press("done")
    visitor.press("none")
    visitor.press("ny")
    assert visitor.asks == CONFIRM
    visitor.press("show")
    told = {"filed": "n400", "where": "uscis", "since": "2024-03", "tried": "none"}
    happened = {"happened": "interview biometrics", "home": "ny"}
    assert visitor.answers == {**told, **happened}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("paper", ["i485", "n400", "visa", "foia", "court", "other"])
def test_every_page_can_be_turned_to_and_fits_on_whatsapp(
    visitor: Visitor, language: Language, paper: str
) -> None:
    visitor.language, visitor.channel = language, "whatsapp_cloud"
    visitor.begin("")
    visitor.press(paper)
    visitor.answer_up_to(CONFIRM)
    visitor.press("show")
    first = show_reply(visitor.reply, visitor.knowledge, visitor.clock().date())
    assert lay_out(first, 7).choices
    pages = [b.payload for b in visitor.reply.buttons if "page." in b.payload]
    assert len(pages) in (3, 4)
    for payload in pages:
        visitor.hear(answer=payload.split('"')[3], intent="start_delay_check")
        texts = show_reply(visitor.reply, visitor.knowledge, visitor.clock().date())
        assert len(lay_out(texts, 7).choices) == len(texts.buttons) > 2
        assert all(len(button.label) <= 24 for button in texts.buttons)
        assert visitor.asks is None


def test_a_question_fits_with_its_buttons_on_whatsapp(visitor: Visitor) -> None:
    for language in LANGUAGES:
        for asked in ASKED:
            visitor.kept, visitor.asks, visitor.language = {}, None, language
            visitor.answer_up_to(CONFIRM if asked == CHANGE else asked)
            if asked == CHANGE:
                visitor.press(CHANGE)
            for text in ("??!! 77", "??!! 77"):
                visitor.hear(text)
                texts = show_reply(
                    visitor.reply, visitor.knowledge, visitor.clock().date()
                )
                labels = [button.label for button in texts.buttons]
                assert len(shown(visitor)) < 1000
                assert [label for label in labels if len(label) > 20] == []
                assert len({label.casefold() for label in labels}) == len(labels) <= 10


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("asked", ASKED)
def test_what_is_not_understood_gets_a_hint_and_then_an_example(
    visitor: Visitor, asked: str, language: Language
) -> None:
    visitor.language = language
    visitor.answer_up_to(CONFIRM if asked == CHANGE else asked)
    if asked == CHANGE:
        visitor.press(CHANGE)
    hints = [visitor.hear("??!! 77").phrases[0] for _ in range(2)]
    assert hints == [f"delay_hint_{asked}", f"delay_example_{asked}"]
    assert visitor.asks == asked


@pytest.mark.parametrize("asked", FIELDS)
@pytest.mark.parametrize("word", ["skip", "saltar", "I don't know", "no sé"])
def test_every_question_can_be_left_out(
    visitor: Visitor, asked: str, word: str
) -> None:
    visitor.answer_up_to(asked)
    visitor.hear(word)
    assert visitor.asks != asked
    assert visitor.answers[asked] in ("", "unknown")


def test_all_can_be_left_out_and_there_is_a_result(visitor: Visitor) -> None:
    visitor.begin("")
    while visitor.asks != CONFIRM:
        visitor.hear("skip")
    assert set(visitor.answers.values()) == {""}
    assert "delay_summary" in visitor.reply.phrases
    visitor.hear("yes")
    assert (visitor.asks, "{" in shown(visitor)) == (None, False)


@pytest.mark.parametrize("asked", [*FIELDS, CONFIRM])
@pytest.mark.parametrize("word", ["cancel", "stop", "parar", "salir"])
def test_stopping_deletes_what_was_said(
    visitor: Visitor, asked: str, word: str
) -> None:
    visitor.answer_up_to(asked)
    assert visitor.hear(word).phrases == ("delay_cancelled",)
    assert (visitor.asks, visitor.kept) == (None, {})


def test_a_private_number_is_not_kept_whatever_is_asked(visitor: Visitor) -> None:
    for asked in (*FIELDS, CONFIRM):
        visitor.answer_up_to(asked)
        for text in ("it is A123456789", "IOE0912345678"):
            assert visitor.hear(text).phrases[0] == "intake_private"
        assert visitor.asks == asked
        assert "123456" not in str(visitor.kept)
    visitor.kept = {}
    visitor.begin("does mandamus help with IOE0912345678, an I-485?")
    assert visitor.answers == {}


@pytest.mark.parametrize("signal", [NOW, CRISIS])
@pytest.mark.parametrize("asked", [*FIELDS, CONFIRM])
def test_an_emergency_comes_first_and_the_place_is_kept(
    visitor: Visitor, signal: str, asked: str
) -> None:
    visitor.answer_up_to(asked)
    kept = visitor.answers
    reply = visitor.hear(
        "they are at my door in New Jersey",
        signals=frozenset({signal}),
        interrupt=answered("emergency_first", kind="emergency"),
        is_late=True,
    )
    assert (reply.kind, reply.phrases[0]) == ("emergency", "emergency_first")
    assert "delay_go_on" in reply.phrases
    assert (visitor.asks, visitor.answers) == (asked, kept)


@pytest.mark.parametrize("is_said", [True, False])
def test_what_only_sounds_urgent_is_taken_as_the_answer_that_it_is(
    visitor: Visitor, is_said: bool
) -> None:
    visitor.answer_up_to("happened")
    reply = visitor.hear(
        "they did the interview",
        signals=frozenset({NOW} if is_said else {NOW, GUESSED}),
        interrupt=answered("emergency_first", kind="emergency"),
    )
    assert (reply.kind == "emergency") is is_said


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("filed", "how long does an I-485 take"),
        ("where", "who reads this?"),
        ("since", "what is a mandamus"),
        ("happened", "my cousin was taken yesterday in Newark"),
        ("tried", "can a lawyer help?"),
        ("home", "¿cuánto cuesta?"),
        (CONFIRM, "how much is the court fee"),
    ],
)
def test_a_question_in_between_is_answered_and_the_check_goes_on(
    visitor: Visitor, asked: str, text: str
) -> None:
    visitor.answer_up_to(asked)
    kept = visitor.answers
    reply = visitor.hear(text, interrupt=answered("disclaimer"))
    assert (reply.kind, reply.entries) == ("answer", ("bond_basics",))
    assert reply.phrases[:2] == ("disclaimer", "delay_go_on")
    assert (visitor.asks, visitor.answers) == (asked, kept)
    assert visitor.reply.values["asks"] == f"delay_{asked}"


def test_the_other_language_keeps_the_place(visitor: Visitor) -> None:
    visitor.answer_up_to("tried")
    visitor.language = "es"
    visitor.hear("nada")
    assert (visitor.asks, visitor.reply.language) == ("home", "es")


def test_an_old_button_and_a_late_message_change_nothing(visitor: Visitor) -> None:
    visitor.answer_up_to("home")
    kept = visitor.answers
    for old in ("delay_where.fbi", "place.ny", "page.risks", "delay_home.mars"):
        assert visitor.hear(answer=old).phrases[0] == "intake_old_button"
    assert visitor.hear("New York", is_late=True).phrases[0] == "intake_late"
    assert (visitor.asks, visitor.answers) == ("home", kept)


def test_a_message_that_comes_twice_is_applied_once(visitor: Visitor) -> None:
    visitor.answer_up_to("happened")
    visitor.hear("nothing", message="m")
    visitor.hear("nothing", message="m")
    assert (visitor.asks, "tried" in visitor.answers) == ("tried", False)


def test_the_check_is_taken_up_again_where_it_stopped(visitor: Visitor) -> None:
    visitor.answer_up_to("tried")
    for text in ("where were we", "¿dónde íbamos?"):
        assert visitor.hear(text).phrases[0] == "delay_resumed"
    assert visitor.hear("", intent="start_request").phrases == ("delay_paused",)
    assert visitor.asks is None
    assert visitor.begin().phrases[0] == "delay_resumed"
    assert (visitor.asks, visitor.answers["since"]) == ("tried", "2024-03")


def test_a_page_of_a_result_that_is_gone_begins_anew(visitor: Visitor) -> None:
    reply = visitor.hear(answer="page.risks", intent="start_delay_check")
    assert reply.phrases[:2] == ("intake_draft_gone", "delay_begin")
    assert visitor.asks == "filed"


def test_the_opening_words_are_listened_to(visitor: Visitor) -> None:
    reply = visitor.begin("would mandamus help? my I-485 is pending since March 2022")
    assert reply.phrases[:2] == ("delay_begin", "delay_noted")
    assert visitor.answers == {"filed": "i485", "since": "2022-03"}
    assert visitor.asks == "where"


@pytest.mark.parametrize(
    ("answers", "carried"),
    [
        (GIVEN, {"place": "nj", "matter": "mandamus"}),
        ({**GIVEN, "home": "", "_shown": "1"}, {"matter": "mandamus"}),
        (
            {"filed": "court", "home": "elsewhere"},
            {"place": "elsewhere", "matter": "delay"},
        ),
        ({"filed": "", "where": "unknown"}, {"matter": "delay"}),
        ({"_last": "m"}, {}),
        ({}, {}),
    ],
)
def test_only_place_and_matter_go_to_the_office(
    answers: dict[str, str], carried: dict[str, str]
) -> None:
    assert carried_over(answers) == carried
