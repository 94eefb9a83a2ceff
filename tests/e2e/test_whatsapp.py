"""WhatsApp from end to end: a stand-in for Meta, the real gateway, rasa and actions."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bench.assistant import Assistant
from bot.settings import PROJECT_ROOT, load_settings
from tests.standins.faults import down
from tests.standins.graph_api import GraphApi
from tests.standins.lines import MetaLine, redelivered
from tests.standins.phone import Phone, album
from tests.standins.serving import serve, wait_until

ANA = Phone("15555550123", "US.13491208655302741918")
LUIS = Phone("15555550999", "US.99991208655302749999")
PATH = "/webhooks/whatsapp/cloud"
DETAINER = "what is an ICE detainer"


@dataclass
class WhatsApp:
    """The office on WhatsApp: Meta, the line to us, and our assistant."""

    graph: GraphApi
    line: MetaLine
    assistant: Assistant
    folder: Path

    def tell(self, *events: object, times: int = 1) -> list[int]:
        """Let Meta deliver events, each a call of its own; return our answers."""
        calls = [self.line.carry(event) for event in events]  # type: ignore[arg-type]
        url = self.assistant.address + PATH
        return [call.post(url).status_code for call in redelivered(calls, times)]

    def replies(self, phone: Phone, count: int, seconds: float = 20) -> list[str]:
        """Wait until a person has got so many messages, and return them."""
        wait_until(lambda: len(self.to(phone)) >= count, seconds)
        return self.to(phone)

    def to(self, phone: Phone) -> list[str]:
        """Return what a person has got, by whichever of their ids."""
        known = {phone.number, phone.user_id}
        return [m.body for m in self.graph.accepted if m.person in known]

    def last(self) -> object:
        """Return the message that Meta took on last."""
        return self.graph.accepted[-1]


@pytest.fixture(scope="module")
def whatsapp(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WhatsApp]:
    """The assistant with WhatsApp switched on."""
    folder: Path = tmp_path_factory.mktemp("whatsapp")
    index = load_settings().DATA_DIR / "index"
    shutil.copytree(index, folder / "var" / "index")
    graph = GraphApi()
    with serve(graph.app()) as url:
        assistant = Assistant(
            folder / "var",
            PROJECT_ROOT / "models",
            RATE_LIMITS="off",
            WHATSAPP_API_URL=f"{url}/v26.0",
            WHATSAPP_TOKEN=graph.token,
            WHATSAPP_APP_SECRET=graph.secret,
            WHATSAPP_VERIFY_TOKEN="our-word",
            WHATSAPP_PHONE_NUMBER_ID=graph.phone_number_id,
        )
        graph.webhook = f"{assistant.address}{PATH}"
        assistant.start()
        yield WhatsApp(graph, MetaLine(graph.secret), assistant, folder)
        assistant.stop()


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
    for body, word in zip(bodies, ["detainer", "bond", "mandamus", "car"]):
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
