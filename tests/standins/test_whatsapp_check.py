"""`python -m bot whatsapp check` tells what is wrong with the settings."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from bot.commands.whatsapp import find_problems
from bot.settings import Settings
from tests.standins.graph_api import GraphApi


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
