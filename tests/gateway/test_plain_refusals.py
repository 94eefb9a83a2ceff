"""What the page /chat says when it refuses something; no typed word is lost."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

import httpx
import pytest
import pytest_asyncio

from bot.core.errors import StorageError
from bot.gateway.rate_limits import RateLimits
from bot.gateway.world import World
from bot.storage.conversations import count_conversations
from bot.storage.engine import Storage
from tests.gateway.conftest import FakeRasa
from tests.gateway.plain_browser import PlainBrowser

pytestmark = pytest.mark.asyncio

WORDS = "my brother was taken this morning"


@pytest_asyncio.fixture(params=["en", "es"])
async def plain(
    client: httpx.AsyncClient, request: pytest.FixtureRequest
) -> PlainBrowser:
    """A visitor who has opened the page in one of the languages."""
    browser = PlainBrowser(client)
    await browser.open(f"?lang={request.param}")
    return browser


def told(plain: PlainBrowser, english: str, spanish: str) -> bool:
    """Return whether the page says it where the visitor looks, in its language."""
    language = plain.page.fields["language"]
    assert ("html", "lang", language) in plain.page.attributes
    said = english if language == "en" else spanish
    return said in plain.page.by_id["newest"]


class BrokenStorage:
    """A database that does not answer."""

    def begin(self) -> None:
        raise StorageError("OperationalError")

    read = begin


@contextmanager
def database_away(world: World) -> Iterator[None]:
    """Let the database not answer for a while."""
    storage, broken = world.storage, cast("Storage", BrokenStorage())
    world.storage = world.dispatcher._storage = broken
    yield
    world.storage = world.dispatcher._storage = storage


async def test_too_many_messages(plain: PlainBrowser, world: World) -> None:
    world.limits = RateLimits(lambda: 0.0)
    await plain.send(text="hello")
    while plain.response.status_code == 200:
        await plain.send(text=WORDS)
    assert plain.response.status_code == 429
    assert plain.response.headers["retry-after"].isdigit()
    assert told(plain, "Too many messages came at once", "demasiados mensajes")
    assert told(plain, "still in the box", "siguen en el cuadro")
    assert plain.typed == WORDS
    assert plain.page.fields["token"]


@pytest.mark.parametrize("is_first", [True, False], ids=["first", "later"])
async def test_a_database_that_is_away(
    plain: PlainBrowser, world: World, rasa: FakeRasa, is_first: bool
) -> None:
    if not is_first:
        await plain.send(text="hello")
    before = plain.page.fields
    with database_away(world):
        page = await plain.send(text=WORDS)
    assert plain.response.status_code == 503
    assert told(plain, "I could not answer just now", "No pude responder")
    assert plain.typed == WORDS
    assert page.fields == before
    await plain.send()
    assert plain.response.status_code == 200
    assert [text for _, text, _ in rasa.asked].count(WORDS) == 1


async def test_a_mistake_of_ours(
    plain: PlainBrowser, rasa: FakeRasa, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(text: str | None, payload: str | None) -> None:
        raise RuntimeError(WORDS)

    rasa.reply = fail  # type: ignore[assignment]
    with caplog.at_level(logging.INFO):
        await plain.send(text=WORDS)
    assert plain.response.status_code == 500
    assert told(plain, "I could not answer just now", "No pude responder")
    assert plain.typed == WORDS
    assert WORDS not in " ".join(r.getMessage() for r in caplog.records)
    assert "RuntimeError" not in plain.response.text


TOKENS = {
    "of nobody": "A" * 43,
    "too short": "abc",
    "odd": "ñ" * 43,
    "with markup": '"><script>alert(1)</script>',
}


@pytest.mark.parametrize("token", TOKENS.values(), ids=TOKENS)
async def test_an_unknown_token(
    plain: PlainBrowser, rasa: FakeRasa, token: str
) -> None:
    page = await plain.send(token=token, text=WORDS)
    assert plain.response.status_code == 401
    assert told(plain, "has ended, or is not known", "terminó o no se conoce")
    assert plain.typed == WORDS
    assert page.fields["token"] == ""
    assert rasa.asked == []
    await plain.send()
    assert plain.response.status_code == 200
    assert [text for _, text, _ in rasa.asked] == [WORDS]


async def test_a_conversation_that_was_deleted_in_another_tab(
    plain: PlainBrowser,
) -> None:
    await plain.send(text="hello")
    other_tab = plain.filled(text=WORDS)
    await plain.send(action="delete")
    await plain.post(other_tab)
    assert plain.response.status_code == 401
    assert plain.typed == WORDS


async def test_a_text_that_is_too_long(
    plain: PlainBrowser, rasa: FakeRasa, world: World
) -> None:
    await plain.send(text=WORDS * 40)
    assert plain.response.status_code == 422
    assert told(plain, "too long for me to read", "demasiado largo")
    assert plain.typed == WORDS * 40
    assert ("textarea", "aria-invalid", "true") in plain.page.attributes
    with world.storage.read() as session:
        assert (count_conversations(session), rasa.asked) == (0, [])


@pytest.mark.parametrize("text", ["", "  \r\n ", "/", "\u200b"])
async def test_a_text_with_nothing_in_it(
    plain: PlainBrowser, rasa: FakeRasa, text: str
) -> None:
    await plain.send(text=text)
    assert plain.response.status_code == 422
    assert told(plain, "Please type your question", "Escriba su pregunta")
    assert rasa.asked == []


async def test_texts_that_are_not_read_are_counted_too(
    plain: PlainBrowser, world: World
) -> None:
    world.limits = RateLimits(lambda: 0.0)
    await plain.send(text="hello")
    for _ in range(12):
        await plain.send(text=WORDS * 40)
    assert plain.response.status_code == 429
    assert plain.typed == WORDS * 40


async def test_a_thousand_characters_are_counted_as_the_visitor_counts_them(
    plain: PlainBrowser, rasa: FakeRasa
) -> None:
    await plain.send(text="a\r\n" * 500)
    assert plain.response.status_code == 200
    assert len(rasa.asked) == 1


async def test_line_breaks_come_back_into_the_box_as_typed(plain: PlainBrowser) -> None:
    await plain.send(text="\r\n\r\none\r\ntwo" + "x" * 1_000)
    assert plain.typed == "\n\none\ntwo" + "x" * 1_000


async def test_a_whole_letter_comes_back_into_the_box(plain: PlainBrowser) -> None:
    await plain.send(text="ñandú " * 15_000)
    assert plain.response.status_code == 422
    assert plain.typed == "ñandú " * 15_000


async def test_a_text_that_is_too_large_to_receive(plain: PlainBrowser) -> None:
    language = {"Accept-Language": plain.page.fields["language"]}
    form = plain.filled(text="a" * 300_000)
    response = await plain.browser.post("/chat", data=form, headers=language)
    plain._show(response)
    assert response.status_code == 413
    assert told(plain, "could not be put back", "no se pudo volver a poner")


async def test_a_button_that_is_no_longer_there(plain: PlainBrowser) -> None:
    await plain.send(text="hello")
    await plain.send(button="99.0", text=WORDS)
    assert plain.response.status_code == 409
    assert told(plain, "no longer there", "ya no está")
    assert plain.typed == WORDS


async def test_a_button_of_a_conversation_that_is_gone_leads_to_a_new_one(
    plain: PlainBrowser,
) -> None:
    await plain.send(text="hello")
    other_tab = plain.filled(button="3.0", text=WORDS)
    await plain.send(action="delete")
    await plain.post(other_tab)
    assert plain.response.status_code == 409
    await plain.send()
    assert plain.response.status_code == 200


async def test_a_deletion_that_fails_is_not_called_one(
    plain: PlainBrowser, world: World
) -> None:
    await plain.send(text="hello")
    with database_away(world):
        page = await plain.send(action="delete", text=WORDS)
    assert plain.response.status_code == 503
    assert told(plain, "was not deleted", "No se pudo borrar")
    assert page.fields["token"]
    assert plain.typed == WORDS


FORMS = {
    "no id": {"text": WORDS},
    "an id that can be guessed": {"message_id": "1", "text": WORDS},
    "a button that is none": {"button": "drop table", "text": WORDS},
    "a button with other digits": {"button": "١.٠", "text": WORDS},
}


@pytest.mark.parametrize("fields", FORMS.values(), ids=FORMS)
async def test_a_form_that_is_not_ours_keeps_its_words(
    plain: PlainBrowser, rasa: FakeRasa, fields: dict[str, str]
) -> None:
    form = {"message_id": str(uuid.uuid4()), **fields} if "button" in fields else fields
    await plain.post({"language": plain.page.fields["language"], **form})
    assert plain.response.status_code == 400
    assert told(plain, "I could not read that", "No pude leer eso")
    assert plain.typed == WORDS
    assert rasa.asked == []


FORM_TYPE = "application/x-www-form-urlencoded"
BODIES = {
    "JSON": (b'{"text": "x"}', "application/json", 415),
    "a file upload": (b"--x\r\n", "multipart/form-data; boundary=x", 415),
    "not UTF-8": (b"text=\xff\xfe", FORM_TYPE, 400),
    "not UTF-8 in disguise": (b"text=%ff%fe", FORM_TYPE, 400),
    "a field twice": (b"text=a&text=b", FORM_TYPE, 400),
    "a thousand fields": (b"a=1&" * 1_000, FORM_TYPE, 400),
    "10 MB": (b"text=" + b"a" * 10_000_000, FORM_TYPE, 413),
    "nothing": (b"", FORM_TYPE, 400),
}


@pytest.mark.parametrize(("body", "kind", "status"), BODIES.values(), ids=BODIES)
async def test_a_body_that_is_no_form_of_ours_is_refused_on_a_page(
    plain: PlainBrowser, rasa: FakeRasa, body: bytes, kind: str, status: int
) -> None:
    response = await plain.browser.post(
        "/chat", content=body, headers={"Content-Type": kind}
    )
    page = plain._show(response)
    assert response.status_code == status
    assert response.headers["content-type"].startswith("text/html")
    assert "There is a problem" in page.text
    assert rasa.asked == []


async def test_another_method_is_refused_on_a_page(plain: PlainBrowser) -> None:
    response = await plain.browser.put("/chat")
    assert response.status_code == 405
    assert response.headers["content-type"].startswith("text/html")


async def test_the_chat_api_keeps_refusing_in_json(plain: PlainBrowser) -> None:
    response = await plain.browser.put("/api/chat/messages")
    assert response.json()["error"]["code"] == "method_not_allowed"
