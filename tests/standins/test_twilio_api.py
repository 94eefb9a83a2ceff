"""The stand-in for Twilio refuses, remembers, tells, and fails when it is told to."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl

import httpx
import pytest
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]

from bot.channels.whatsapp_twilio import content_template, message_fields
from bot.core.whatsapp import Choice, Outgoing, Person
from tests.standins.calls import TWILIO
from tests.standins.conftest import Office
from tests.standins.faults import Fault, PairRate, slow
from tests.standins.forms import ACCOUNT, address
from tests.standins.twilio_api import TwilioApi

ANA, STATUS_URL = "whatsapp:+15555550123", "https://office.example/twilio?m=1"
PATH = f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"


def fields(**over: str) -> dict[str, str]:
    """Return the form of a right message, or of one that is spoilt."""
    right = {"To": ANA, "From": address("14155238886"), "Body": "Hi"}
    return {**right, "StatusCallback": STATUS_URL, **over}


def quick(count: int = 1, body: str = "Which?", **over: str) -> dict[str, Any]:
    """Return a template with buttons."""
    shown = [
        {"title": f"T{n}", "id": f"{{{{{n}}}}}", **over} for n in range(1, count + 1)
    ]
    return template("twilio/quick-reply", {"body": body, "actions": shown})


def picker(count: int = 1, button: str = "Choose", **over: str) -> dict[str, Any]:
    """Return a template with a list."""
    row = {"item": "Row", "description": "More", **over}
    rows = [{"id": f"{{{{{n}}}}}", **row} for n in range(1, count + 1)]
    shown = {"body": "Which?", "button": button, "items": rows}
    return template("twilio/list-picker", shown)


def template(kind: str, content: dict[str, Any]) -> dict[str, Any]:
    """Return a template."""
    variables = {str(n): str(n) for n in range(1, 13)}
    about = {"friendly_name": "x", "language": "en", "variables": variables}
    return {**about, "types": {kind: content}}


def choose(
    account: httpx.Client, made: dict[str, Any], values: str = "{}"
) -> httpx.Response:
    """Make a template and send it."""
    sid = account.post("/v1/Content", json=made).json()["sid"]
    form = {**fields(ContentSid=sid, ContentVariables=values)}
    del form["Body"]
    return account.post(PATH, data=form)


def told(twilio: TwilioApi, office: Office) -> list[dict[str, str]]:
    """Return the statuses that the office has got."""
    twilio.postman.settle()
    return [dict(parse_qsl(call.body.decode())) for _, call in office.calls]


def test_an_accepted_message_is_remembered(
    twilio: TwilioApi, account: httpx.Client
) -> None:
    answer = account.post(PATH, data=fields())
    assert answer.status_code == 201
    assert answer.json()["sid"] == twilio.accepted[0].id
    assert twilio.said_to(ANA) == ["Hi"]


@pytest.mark.parametrize(
    ("form", "code"),
    [
        (fields(To=""), 21604),
        (fields(To="+15555550123"), 63024),
        (fields(From=address("19999999999")), 63007),
        (fields(From="+14155238886"), 63007),
        (fields(Body=""), 21619),
        (fields(Body="x" * 1601), 21617),
        (fields(ContentSid="HX1"), 21655),
    ],
    ids=["nobody", "SMS", "foreign", "from SMS", "no body", "long", "no template"],
)
def test_a_wrong_message_is_refused(
    twilio: TwilioApi, account: httpx.Client, form: dict[str, str], code: int
) -> None:
    answer = account.post(PATH, data=form)
    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert not twilio.accepted
    assert account.post(PATH, data=fields(Body="x" * 1600)).status_code == 201


def test_another_account_or_token_is_refused(account: httpx.Client) -> None:
    answer = account.post(PATH, data=fields(), auth=(ACCOUNT, "other"))
    assert (answer.status_code, answer.json()["code"]) == (401, 20003)
    foreign = account.post(PATH.replace("AC0", "AC1"), data=fields())
    assert foreign.status_code == 404
    assert account.post("/v1/Content", json={}, auth=("a", "b")).status_code == 401


def test_statuses_are_signed_for_the_public_address(
    twilio: TwilioApi, account: httpx.Client, office: Office
) -> None:
    account.post(PATH, data=fields())
    statuses = told(twilio, office)
    states = [status["MessageStatus"] for status in statuses]
    assert states == ["queued", "sent", "delivered", "read"]
    path, call = office.calls[0]
    assert path == "/twilio?m=1"
    validator = RequestValidator(twilio.token)
    assert validator.validate(STATUS_URL, statuses[0], call.headers[TWILIO.lower()])


def test_a_template_is_filled_in_as_the_person_sees_it(
    twilio: TwilioApi, account: httpx.Client
) -> None:
    assert choose(account, quick(2), '{"1": "7.0", "2": "7.1"}').status_code == 201
    assert choose(account, picker(2), '{"1": "8.0", "2": "8.1"}').status_code == 201
    first, second = twilio.accepted
    assert first.choices == (("7.0", "T1", ""), ("7.1", "T2", ""))
    assert second.choices == (("8.0", "Row", "More"), ("8.1", "Row", "More"))


@pytest.mark.parametrize("count", [1, 3, 4, 10])
def test_what_our_channel_lays_out_is_accepted(
    twilio: TwilioApi, account: httpx.Client, office: Office, count: int
) -> None:
    choices = tuple(Choice(f"7.{n}", f"Title {n}") for n in range(count))
    outgoing = Outgoing("Which?\n\n{{One}}?", choices, "Choose")
    made = account.post("/v1/Content", json=content_template(outgoing)).json()
    person, own = Person(None, "15555550123"), "14155238886"
    form = message_fields(outgoing, person, own, STATUS_URL, made["sid"])
    assert account.post(PATH, data=form).status_code == 201
    (message,) = twilio.accepted
    assert [choice[:2] for choice in message.choices] == [
        (choice.id, choice.title) for choice in choices
    ]
    assert message.body == "Which?\n\n{ {One}}?"
    assert told(twilio, office)[-1]["MessageStatus"] == "read"


@pytest.mark.parametrize(
    "values",
    ["{", '{"1": ""}', '{"1": null}', '{"1": "a\\nb"}', '{"1": "a     b"}'],
    ids=["no JSON", "empty", "null", "line break", "five spaces"],
)
def test_wrong_variables_are_refused(account: httpx.Client, values: str) -> None:
    assert choose(account, quick(1), values).json()["code"] == 21656


CONTENT: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "body": (quick(body="x" * 1024), quick(body="x" * 1025)),
    "buttons": (quick(10), quick(11)),
    "no button": (quick(1), quick(0)),
    "title": (quick(title="x" * 20), quick(title="x" * 21)),
    "same title": (quick(2), quick(2, title="Same")),
    "rows": (picker(10), picker(11)),
    "row": (picker(item="x" * 24), picker(item="x" * 25)),
    "description": (picker(description="x" * 72), picker(description="x" * 73)),
    "no description": (picker(), picker(description="")),
    "row id": (picker(id="x" * 200), picker(id="x" * 201)),
    "label": (picker(button="x" * 20), picker(button="x" * 21)),
    "kind": (quick(), template("twilio/pay", {"body": "x"})),
}


@pytest.mark.parametrize("name", CONTENT)
def test_each_limit_of_a_template_refuses(account: httpx.Client, name: str) -> None:
    right, wrong = CONTENT[name]
    assert account.post("/v1/Content", json=right).status_code == 201
    answer = account.post("/v1/Content", json=wrong)
    assert (answer.status_code, answer.json()["code"]) == (400, 20001)


def test_four_buttons_fail_in_session_though_the_template_may_hold_ten(
    twilio: TwilioApi, account: httpx.Client, office: Office
) -> None:
    assert choose(account, quick(4)).status_code == 201
    (status,) = told(twilio, office)
    assert (status["MessageStatus"], status["ErrorCode"]) == ("undelivered", "63013")


def test_a_title_that_grows_when_filled_in_fails(
    twilio: TwilioApi, account: httpx.Client, office: Office
) -> None:
    assert choose(account, quick(title="{{1}}"), json.dumps({"1": "x" * 21}))
    assert told(twilio, office)[0]["MessageStatus"] == "undelivered"


def test_a_template_can_be_deleted_once(account: httpx.Client) -> None:
    sid = account.post("/v1/Content", json=quick()).json()["sid"]
    answers = [account.delete(f"/v1/Content/{sid}").status_code for _ in range(2)]
    assert answers == [204, 404]


def test_faults_strike_here_too(
    twilio: TwilioApi, account: httpx.Client, office: Office
) -> None:
    twilio.faults.add(Fault(20429, 429, times=1), Fault(63016, times=1, late=True))
    assert account.post(PATH, data=fields()).status_code == 429
    assert account.post(PATH, data=fields()).status_code == 201
    assert told(twilio, office)[0]["ErrorCode"] == "63016"
    twilio.faults.add(slow(seconds=5))
    with pytest.raises(httpx.ReadTimeout):
        account.post(PATH, data=fields(), timeout=0.1)
    assert len(twilio.accepted) == 2


def test_the_pair_rate_holds_here_too(twilio: TwilioApi, account: httpx.Client) -> None:
    twilio.pair_rate = PairRate(burst=1, clock=lambda: 0.0)
    answers = [account.post(PATH, data=fields()) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 429]
    assert answers[1].json()["code"] == 63018
