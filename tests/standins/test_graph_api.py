"""The stand-in for Meta refuses, remembers, tells, and fails when it is told to."""

from __future__ import annotations

import json
import time
from typing import Any

import httpx
import pytest

from bot.channels.whatsapp_cloud import message_payload, template_payload
from bot.core.whatsapp import Choice, Outgoing, Person
from tests.standins.calls import META, Call, meta_signature
from tests.standins.conftest import Office
from tests.standins.faults import (
    Fault,
    PairRate,
    busy,
    down,
    slow,
    token_expired,
    too_fast,
    window_closed,
)
from tests.standins.graph_api import GraphApi
from tests.standins.test_graph_limits import buttons, rows, text

ANA, LUIS = "15555550123", "15555550999"


def send(meta: httpx.Client, payload: dict[str, Any], **more: Any) -> httpx.Response:
    """Send a message from the right number."""
    return meta.post("/106540352242922/messages", json=payload, **more)


def code_of(response: httpx.Response) -> int:
    """Return the number of an error."""
    return int(response.json()["error"]["code"])


def statuses(graph: GraphApi, office: Office) -> list[dict[str, Any]]:
    """Return the statuses that the office has got."""
    graph.postman.settle()
    return [status_in(call) for _, call in office.calls]


def status_in(call: Call) -> dict[str, Any]:
    """Return the status in a call."""
    value = json.loads(call.body)["entry"][0]["changes"][0]["value"]
    status: dict[str, Any] = value["statuses"][0]
    return status


def test_an_accepted_message_is_remembered_as_the_person_sees_it(
    graph: GraphApi, meta: httpx.Client
) -> None:
    answer = send(meta, {**buttons(2), "biz_opaque_callback_data": "m1"}).json()
    send(meta, text("Bye", to=LUIS))
    first, second = graph.accepted
    assert answer["messages"] == [{"id": first.id}]
    assert answer["contacts"] == [{"input": ANA, "wa_id": ANA}]
    assert (first.person, first.kind, first.body) == (ANA, "button", "Which?")
    assert first.choices == (("0", "0", ""), ("1", "1", ""))
    assert first.callback == "m1"
    assert graph.said_to(LUIS) == [second.body] == ["Bye"]
    assert first.at < second.at


def test_a_list_is_remembered_with_its_descriptions(
    graph: GraphApi, meta: httpx.Client
) -> None:
    send(meta, rows(4, description="More"))
    assert graph.accepted[0].choices[3] == ("3", "Row 3", "More")


@pytest.mark.parametrize("count", [0, 1, 3, 4, 10])
def test_what_our_channel_lays_out_is_accepted(
    graph: GraphApi, meta: httpx.Client, count: int
) -> None:
    choices = tuple(Choice(f"7.{n}", f"Title {n}") for n in range(count))
    outgoing = Outgoing("Which?", choices, "Choose")
    payload = message_payload(outgoing, Person("US.1", None), "m1")
    assert send(meta, payload).status_code == 200
    (message,) = graph.accepted
    assert (message.person, message.body) == ("US.1", "Which?")
    assert len(message.choices) == count


def test_a_wrong_message_is_refused_and_not_remembered(
    graph: GraphApi, meta: httpx.Client
) -> None:
    answer = send(meta, buttons(4))
    assert (answer.status_code, code_of(answer)) == (400, 131009)
    assert "buttons" in answer.json()["error"]["error_data"]["details"]
    assert not graph.accepted
    assert graph.refused == [131009]


def test_a_number_wins_over_a_business_scoped_id(
    graph: GraphApi, meta: httpx.Client
) -> None:
    send(meta, text(recipient="US.12"))
    only = {name: value for name, value in text().items() if name != "to"}
    answer = send(meta, {**only, "recipient": "US.12"}).json()
    assert [message.person for message in graph.accepted] == [ANA, "US.12"]
    assert answer["contacts"] == [{"input": "US.12", "user_id": "US.12"}]
    graph.takes_user_ids = False
    assert code_of(send(meta, {**only, "recipient": "US.12"})) == 131062


@pytest.mark.parametrize("header", ["Bearer other", "meta-token", ""])
def test_another_token_is_refused(meta: httpx.Client, header: str) -> None:
    answer = send(meta, text(), headers={"Authorization": header})
    assert (answer.status_code, code_of(answer)) == (401, 190)


def test_a_dead_version_and_a_foreign_number_are_refused(meta: httpx.Client) -> None:
    path, host = "/106540352242922/messages", str(meta.base_url).split("/v26.0")[0]
    assert code_of(meta.post(f"{host}/v20.0{path}", json=text())) == 2635
    assert code_of(meta.post("/1/messages", json=text())) == 100


def test_statuses_are_told_signed_and_in_order(
    graph: GraphApi, meta: httpx.Client, office: Office
) -> None:
    send(meta, text(biz_opaque_callback_data="m1"))
    told = statuses(graph, office)
    assert [status["status"] for status in told] == ["sent", "delivered", "read"]
    assert {status["biz_opaque_callback_data"] for status in told} == {"m1"}
    assert {status["recipient_id"] for status in told} == {ANA}
    path, call = office.calls[0]
    assert path == "/whatsapp"
    signature = call.headers[META.lower()]
    assert signature == meta_signature(call.body, graph.secret)


def test_statuses_can_be_shuffled_and_doubled(
    graph: GraphApi, meta: httpx.Client, office: Office
) -> None:
    graph.shuffled, graph.deliveries = True, 2
    for _ in range(5):
        send(meta, text())
    told = [status["status"] for status in statuses(graph, office)]
    assert len(told) == 30
    assert told != ["sent", "sent", "delivered", "delivered", "read", "read"] * 5


def test_a_status_can_come_before_the_answer(
    graph: GraphApi, meta: httpx.Client, office: Office
) -> None:
    graph.early, graph.states = True, ("sent",)
    send(meta, text())
    assert len(office.calls) == 1


def test_an_office_that_refuses_is_told_again(
    graph: GraphApi, meta: httpx.Client, office: Office
) -> None:
    graph.states, office.answers = ("sent",), [500, 403]
    send(meta, text())
    told = statuses(graph, office)
    assert len(told) == 3
    assert [d.answer for d in graph.postman.deliveries] == [500, 403, 200]


@pytest.mark.parametrize(
    ("fault", "http", "code"),
    [
        (down(times=1), 500, 131000),
        (busy(times=1), 429, 130429),
        (too_fast(times=1), 400, 131056),
        (token_expired(times=1), 401, 190),
        (window_closed(times=1, late=False), 400, 131047),
        (Fault(131026, 400, times=1), 400, 131026),
    ],
    ids=lambda value: str(value.code) if isinstance(value, Fault) else "",
)
def test_a_planned_fault_strikes_as_often_as_planned(
    graph: GraphApi, meta: httpx.Client, fault: Fault, http: int, code: int
) -> None:
    graph.faults.add(fault)
    answer = send(meta, text())
    assert (answer.status_code, code_of(answer)) == (http, code)
    assert not graph.accepted
    assert send(meta, text()).status_code == 200


def test_a_fault_can_strike_a_share_of_the_calls(
    graph: GraphApi, meta: httpx.Client
) -> None:
    graph.states = ()
    graph.faults.add(down(rate=0.3))
    answers = [send(meta, text()).status_code for _ in range(100)]
    assert 15 < answers.count(500) < 45
    assert answers.count(200) == len(graph.accepted) == 100 - answers.count(500)


def test_a_late_fault_is_told_by_a_status(
    graph: GraphApi, meta: httpx.Client, office: Office
) -> None:
    graph.faults.add(window_closed(times=1))
    assert send(meta, text()).status_code == 200
    (status,) = statuses(graph, office)
    assert (status["status"], status["errors"][0]["code"]) == ("failed", 131047)


def test_a_sender_can_time_out_after_the_message_was_accepted(
    graph: GraphApi, meta: httpx.Client
) -> None:
    graph.faults.add(slow(seconds=5, times=1))
    with pytest.raises(httpx.ReadTimeout):
        send(meta, text(), timeout=0.1)
    assert len(graph.accepted) == 1


def test_a_slow_answer_is_slow(graph: GraphApi, meta: httpx.Client) -> None:
    graph.faults.add(slow(seconds=0.2))
    began = time.monotonic()
    assert send(meta, text()).status_code == 200
    assert time.monotonic() - began >= 0.2


def test_the_pair_rate_holds_one_person_back_but_no_other(
    graph: GraphApi, meta: httpx.Client
) -> None:
    now = [0.0]
    graph.pair_rate = PairRate(seconds=6, burst=2, clock=lambda: now[0])
    answers = [send(meta, text()).status_code for _ in range(3)]
    assert answers == [200, 200, 400]
    assert graph.refused == [131056]
    assert send(meta, text(to=LUIS)).status_code == 200
    now[0] = 5.9
    assert send(meta, text()).status_code == 400
    now[0] = 6.0
    assert send(meta, text()).status_code == 200
    assert send(meta, text()).status_code == 400


def test_read_marks_are_kept_apart_from_messages(
    graph: GraphApi, meta: httpx.Client
) -> None:
    mark = {"messaging_product": "whatsapp", "status": "read"}
    typing = {"typing_indicator": {"type": "text"}}
    answer = send(meta, {**mark, "message_id": "wamid.1", **typing})
    send(meta, {**mark, "message_id": "wamid.2"})
    assert answer.json() == {"success": True}
    assert graph.read_marks == [("wamid.1", True), ("wamid.2", False)]
    assert code_of(send(meta, {**mark, "message_id": "1"})) == 100
    assert not graph.accepted


def test_the_settings_can_be_checked(graph: GraphApi, meta: httpx.Client) -> None:
    assert meta.get("/106540352242922").json()["id"] == "106540352242922"
    assert code_of(meta.get("/1")) == 100
    apps = "/102290129340398/subscribed_apps"
    assert len(meta.get(apps).json()["data"]) == 1
    graph.subscribed = False
    assert meta.get(apps).json()["data"] == []
    assert code_of(meta.get(apps, headers={"Authorization": "Bearer x"})) == 190


@pytest.mark.parametrize(
    ("name", "language", "code"),
    [
        ("office_replied", "en", 0),
        ("office_replied", "es", 132001),
        ("office_replied", "fr", 132001),
        ("unknown", "en", 132001),
    ],
    ids=["approved", "paused", "another language", "unknown"],
)
def test_only_an_approved_template_is_taken(
    graph: GraphApi, meta: httpx.Client, name: str, language: str, code: int
) -> None:
    graph.templates = [
        ("office_replied", "en", "APPROVED"),
        ("office_replied", "es", "PAUSED"),
    ]
    payload = template_payload(name, language, Person("US.1", None), "template")
    answer = send(meta, payload)
    assert (answer.status_code, graph.refused) == ((404, [code]) if code else (200, []))
    assert graph.said_to("US.1") == ([] if code else [name])
