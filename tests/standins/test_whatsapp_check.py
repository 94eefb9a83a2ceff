"""`python -m bot whatsapp check` tells what is wrong with the settings."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from bot.commands.whatsapp import find_problems
from bot.settings import Settings
from tests.standins.graph_api import GraphApi
from tests.standins.twilio_api import TwilioApi


def found(meta: httpx.Client, graph: GraphApi, **changes: str) -> list[str]:
    """Return what the check finds at the stand-in."""
    given = {
        "WHATSAPP_API_URL": str(meta.base_url).rstrip("/"),
        "WHATSAPP_PHONE_NUMBER_ID": graph.phone_number_id,
        "WHATSAPP_TOKEN": graph.token,
        "WHATSAPP_APP_SECRET": graph.secret,
        "WHATSAPP_VERIFY_TOKEN": "our-word",
    }
    return asyncio.run(find_problems(Settings(**{**given, **changes})))


def test_right_settings_have_no_problem(meta: httpx.Client, graph: GraphApi) -> None:
    assert found(meta, graph) == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"WHATSAPP_TOKEN": "wrong"}, "error 190: the access token is invalid"),
        ({"WHATSAPP_PHONE_NUMBER_ID": "1"}, "WHATSAPP_TOKEN: refused"),
        ({"WHATSAPP_API_URL": "http://127.0.0.1:9"}, "was not reached"),
        ({"PUBLIC_URL": "http://chat.example"}, "https://"),
    ],
    ids=["token", "number", "address", "no https"],
)
def test_wrong_setting_is_told_in_plain_words(
    meta: httpx.Client, graph: GraphApi, changes: dict[str, str], words: str
) -> None:
    (problem,) = found(meta, graph, **changes)
    assert words in problem


APPROVED = ("office_replied", "en", "APPROVED")
ALIKE = ("office_replied_2", "es", "APPROVED")


@pytest.mark.parametrize(
    ("templates", "words"),
    [
        ([APPROVED, ("office_replied", "es", "APPROVED")], []),
        ([APPROVED, ("office_replied", "es", "PAUSED")], ["language es it is paused"]),
        ([APPROVED, ALIKE], ["language es it is missing"]),
        ([], ["language en it is missing", "language es it is missing"]),
    ],
    ids=["approved", "paused", "only one alike", "none"],
)
def test_template_must_be_approved_in_each_language(
    meta: httpx.Client,
    graph: GraphApi,
    templates: list[tuple[str, str, str]],
    words: list[str],
) -> None:
    graph.templates = templates
    problems = found(meta, graph, WHATSAPP_TEMPLATE="office_replied")
    assert len(problems) == len(words)
    for problem, expected in zip(problems, words, strict=True):
        assert expected in problem


def test_account_that_the_token_does_not_manage_is_told(
    meta: httpx.Client, graph: GraphApi
) -> None:
    graph.account_id = ""
    (problem,) = found(meta, graph, WHATSAPP_TEMPLATE="office_replied")
    assert problem.startswith("WHATSAPP_TEMPLATE: refused with status 400")


TEXT = {"language": "en", "types": {"twilio/text": {"body": "We replied."}}}


@pytest.mark.parametrize(
    ("is_made", "is_approved", "words"),
    [
        (True, True, None),
        (True, False, "WhatsApp has it as unsubmitted"),
        (False, False, "TWILIO_TEMPLATE_SID: refused with status 404"),
    ],
    ids=["approved", "not approved", "missing"],
)
def test_twilios_template_must_be_approved(
    account: httpx.Client,
    twilio: TwilioApi,
    is_made: bool,
    is_approved: bool,
    words: str | None,
) -> None:
    sid = f"HX{0:032}"
    if is_made:
        sid = account.post("/v1/Content", json=TEXT).json()["sid"]
    if is_approved:
        twilio.approved.add(sid)
    url = str(account.base_url).rstrip("/")
    settings = Settings(
        TWILIO_ACCOUNT_SID=twilio.account,
        TWILIO_AUTH_TOKEN=twilio.token,
        TWILIO_NUMBER=twilio.own_number,
        TWILIO_API_URL=url,
        TWILIO_CONTENT_URL=url,
        TWILIO_TEMPLATE_SID=sid,
    )
    problems = asyncio.run(find_problems(settings))
    assert len(problems) == (words is not None)
    assert (words or "") in "".join(problems)
