"""WhatsApp from end to end: a stand-in for Meta, the real gateway, rasa and actions."""

from __future__ import annotations

import sqlite3

import pytest

from tests.e2e.whatsapp_office import PATH, WhatsApp
from tests.standins.faults import down
from tests.standins.lines import MetaLine
from tests.standins.phone import Phone, album

ANA = Phone("15555550123", "US.13491208655302741918")
LUIS = Phone("15555550999", "US.99991208655302749999")
DETAINER = "what is an ICE detainer"


@pytest.fixture(autouse=True)
def _no_faults(whatsapp: WhatsApp) -> None:
    whatsapp.graph.faults.clear()
    whatsapp.graph.accepted.clear()


def test_question_gets_one_sourced_message_however_often_it_is_delivered(
    whatsapp: WhatsApp,
) -> None:
    phone = Phone("15555550001", "US.1")
    assert whatsapp.tell(phone.says(DETAINER), times=5) == [200] * 5
    (body,) = whatsapp.replies(phone, 1)
    assert "detainer" in body.lower()
    assert "8 C.F.R." in body
    assert "not a lawyer" in body
    whatsapp.graph.postman.settle()
    assert len(whatsapp.to(phone)) == 1


def test_second_answer_leaves_the_introduction_out(whatsapp: WhatsApp) -> None:
    phone = Phone("15555550002", "US.2")
    whatsapp.tell(phone.says(DETAINER))
    whatsapp.replies(phone, 1)
    whatsapp.tell(phone.says("how much is a bond"))
    assert "automated program" not in whatsapp.replies(phone, 2)[1]


def test_pressed_button_is_known_by_its_id_not_by_its_title(whatsapp: WhatsApp) -> None:
    phone = Phone("15555550003", "US.3")
    whatsapp.tell(phone.says(DETAINER))
    short = whatsapp.replies(phone, 1)[0]
    choices = whatsapp.graph.accepted[-1].choices
    whatsapp.tell(phone.presses(choices[0][0], "ANOTHER TITLE"))
    details = whatsapp.replies(phone, 2)[1]
    assert details != short
    assert len(details) > 200


def test_stale_button_is_answered_kindly(whatsapp: WhatsApp) -> None:
    phone = Phone("15555550004", "US.4")
    whatsapp.tell(phone.presses("77.0", "Old"))
    assert "no longer there" in whatsapp.replies(phone, 1)[0]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("image", "only text"),
        ("audio", "only text"),
        ("video", "only text"),
        ("document", "only text"),
        ("sticker", "only text"),
        ("location", "only text"),
        ("contacts", "only text"),
    ],
)
def test_what_is_no_text_gets_a_kind_sentence(
    whatsapp: WhatsApp, kind: str, words: str
) -> None:
    phone = Phone(f"1555556{abs(hash(kind)) % 10_000:04}", f"US.5{kind}")
    whatsapp.tell(phone.does(kind))
    assert words in whatsapp.replies(phone, 1)[0]


def test_album_gets_one_answer(whatsapp: WhatsApp) -> None:
    phone = Phone("15555550006", "US.6")
    whatsapp.tell(*album(phone, 3))
    whatsapp.replies(phone, 1)
    whatsapp.graph.postman.settle()
    whatsapp.tell(phone.says(DETAINER))
    assert len(whatsapp.replies(phone, 2)) == 2


def test_stop_is_confirmed_once_and_holds_until_start(whatsapp: WhatsApp) -> None:
    phone = Phone("15555550007", "US.7")
    whatsapp.tell(phone.says("ALTO"))
    assert (
        "EMPEZAR" in whatsapp.replies(phone, 1)[0] or "START" in whatsapp.to(phone)[0]
    )
    whatsapp.tell(phone.says(DETAINER))
    assert "START" in whatsapp.replies(phone, 2)[1]
    whatsapp.tell(phone.says("start"))
    whatsapp.replies(phone, 3)
    whatsapp.tell(phone.says(DETAINER))
    assert "detainer" in whatsapp.replies(phone, 4)[3].lower()


def test_messages_of_one_person_are_answered_in_order(whatsapp: WhatsApp) -> None:
    phone = Phone("15555550008", "US.8")
    asked = [
        DETAINER,
        "how much is a bond",
        "what is mandamus",
        "my rights in a car stop",
    ]
    whatsapp.tell(*(phone.says(words) for words in asked))
    bodies = whatsapp.replies(phone, 4, seconds=40)
    for body, word in zip(bodies, ["detainer", "bond", "mandamus", "driver"]):
        assert word in body.lower()


def test_failing_provider_is_tried_again_and_nothing_is_lost(
    whatsapp: WhatsApp,
) -> None:
    phone = Phone("15555550009", "US.9")
    whatsapp.graph.faults.add(down(times=2))
    whatsapp.tell(phone.says(DETAINER))
    assert len(whatsapp.replies(phone, 1, seconds=30)) == 1


def test_person_without_a_telephone_number_is_answered_by_their_id(
    whatsapp: WhatsApp,
) -> None:
    phone = Phone(None, "US.10")
    whatsapp.tell(phone.says(DETAINER))
    assert len(whatsapp.replies(phone, 1)) == 1


def test_spoilt_calls_are_refused_and_have_no_effect(whatsapp: WhatsApp) -> None:
    phone = Phone("15555550011", "US.11")
    call = whatsapp.line.carry(phone.says("un café por favor 😀"))
    url = whatsapp.assistant.address + PATH
    foreign = MetaLine(whatsapp.graph.secret, "999").carry(phone.says("hello"))
    spoilt = [
        call.truncated(), call.rewritten(), call.unsigned(),
        call.with_signature("sha256=" + "0" * 64), call.with_signature("sha1=abc"),
        call.with_signature("é"[:0]),
        MetaLine("another secret").carry(phone.says("hello")),
    ]  # fmt: skip
    assert {one.post(url).status_code for one in spoilt} == {403}
    assert foreign.post(url).status_code == 200
    whatsapp.tell(LUIS.says(DETAINER))
    whatsapp.replies(LUIS, 1)
    assert whatsapp.to(phone) == []


def test_nothing_in_the_database_or_the_log_tells_who_wrote_what(
    whatsapp: WhatsApp,
) -> None:
    whatsapp.tell(ANA.says("canary question about my detainer"))
    whatsapp.replies(ANA, 1)
    data = b"".join(
        path.read_bytes() for path in (whatsapp.folder / "var").glob("rights_desk.db*")
    )
    log = whatsapp.assistant.log.read_bytes()
    for secret in (ANA.number, ANA.user_id, "canary question"):
        assert secret is not None
        assert secret.encode() not in data
        assert secret.encode() not in log
    with sqlite3.connect(whatsapp.folder / "var" / "rights_desk.db") as database:
        kept = database.execute("select count(*) from seen").fetchone()[0]
    assert kept > 0
