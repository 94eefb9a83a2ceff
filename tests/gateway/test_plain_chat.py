"""The page /chat gives the same answers to browsers that run no JavaScript."""

from __future__ import annotations

import httpx
import pytest
import pytest_asyncio

from bot.core.messages import Button, Reply
from bot.gateway.world import World
from bot.storage.conversations import count_conversations
from tests.gateway.conftest import DETAILS, FakeRasa
from tests.gateway.plain_browser import PlainBrowser

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def plain(client: httpx.AsyncClient) -> PlainBrowser:
    """A visitor who has opened the plain page in English."""
    browser = PlainBrowser(client)
    await browser.open("?lang=en")
    return browser


def count(world: World) -> int:
    """Return how many conversations are kept."""
    with world.storage.read() as session:
        return count_conversations(session)


def offer_two(text: str | None, payload: str | None) -> Reply:
    """Offer two entries to choose from."""
    options = ("mandamus_cost", "mandamus_steps")
    return Reply("clarify", "en", options=options, phrases=("clarify",))


LANGUAGES = {
    "asked for in the address": ("?lang=es", {}, "es"),
    "of the browser": ("", {"Accept-Language": "es-MX,es;q=0.9"}, "es"),
    "of the address before the browser's": (
        "?lang=en",
        {"Accept-Language": "es-MX"},
        "en",
    ),
    "unknown, so the browser's": ("?lang=fr", {"Accept-Language": "es"}, "es"),
    "of nobody": ("", {}, "en"),
}


@pytest.mark.parametrize(
    ("query", "headers", "language"), LANGUAGES.values(), ids=LANGUAGES
)
async def test_the_page_opens_in_the_language(
    plain: PlainBrowser, query: str, headers: dict[str, str], language: str
) -> None:
    page = await plain.open(query, **headers)
    greeting = {"en": "automated program, not a lawyer", "es": "no un abogado"}
    assert ("html", "lang", language) in page.attributes
    assert greeting[language] in page.text
    assert page.fields["language"] == language


async def test_opening_the_page_starts_no_conversation(
    plain: PlainBrowser, world: World
) -> None:
    assert count(world) == 0
    assert plain.page.fields["token"] == ""


async def test_a_question_gets_the_whole_answer(plain: PlainBrowser) -> None:
    page = await plain.send(text="what does it cost")
    assert plain.response.status_code == 200
    answer = page.by_id["newest"]
    for part in (
        "How much does a mandamus case cost?",
        "$405",
        "certified or registered mail",
        "Next step",
        "28 U.S.C.",
        "Law checked on July 15, 2026.",
        "Not yet reviewed by an attorney.",
    ):
        assert part in answer
    assert "what does it cost" in page.text
    assert plain.typed == ""


async def test_sources_are_links_that_tell_nobody_where_one_comes_from(
    plain: PlainBrowser,
) -> None:
    page = await plain.send(text="what does it cost")
    links = [
        value for tag, name, value in page.attributes if (tag, name) == ("a", "href")
    ]
    rels = [
        value for tag, name, value in page.attributes if (tag, name) == ("a", "rel")
    ]
    assert len(links) > 1
    elsewhere = [link for link in links if not link.startswith("/incidents")]
    assert all(link.startswith("https://") for link in elsewhere)
    assert all("noreferrer" in rel for rel in rels)
    assert len(rels) == len(links)


async def test_the_next_question_goes_on_in_the_same_conversation(
    plain: PlainBrowser, world: World
) -> None:
    await plain.send(text="first")
    page = await plain.send(text="second")
    assert page.text.index("first") < page.text.index("second")
    assert count(world) == 1


async def test_a_button_does_what_it_says_and_keeps_what_is_in_the_box(
    plain: PlainBrowser, rasa: FakeRasa
) -> None:
    await plain.send(text="cost")
    page = await plain.press("Tell me more", text="half a sent")
    buttons = [b for b in page.buttons if b[0] == "button"]
    assert rasa.asked[-1][1:] == (None, "/ask_more")
    assert plain.typed == "half a sent"
    assert [label for _, _, label in buttons] == ["Tell me more"]


async def test_choices_stand_with_their_full_titles_and_stay_choosable(
    plain: PlainBrowser, rasa: FakeRasa
) -> None:
    rasa.reply = offer_two
    await plain.send(text="mandamus")
    rasa.reply = rasa.one_entry
    await plain.send(text="something else")
    await plain.press("How much does a mandamus case cost?")
    assert rasa.asked[-1][2] == '/choose_entry{"entry": "mandamus_cost"}'


async def test_a_related_title_is_asked_as_if_it_were_typed(
    plain: PlainBrowser, rasa: FakeRasa
) -> None:
    page = await plain.send(text="cost")
    title = next(value for name, value, _ in page.buttons if name == "ask")
    page = await plain.press(title)
    assert rasa.asked[-1][1:] == (title, None)
    assert plain.response.status_code == 200


async def test_an_emergency_is_set_apart_and_says_first_what_to_do(
    plain: PlainBrowser, rasa: FakeRasa
) -> None:
    rasa.reply = lambda text, payload: Reply(
        "emergency", "en", entries=("emergency_now",), phrases=("emergency_first",)
    )
    page = await plain.send(text="they are here")
    assert ("li", "class", "message emergency") in page.attributes
    answer = page.by_id["newest"]
    assert "If this is happening now:" in answer
    assert answer.index("Door: keep it closed") < answer.index("Law checked")
    assert "- Door" not in answer


async def test_switching_the_language_keeps_the_topic_and_the_words_in_the_box(
    plain: PlainBrowser, rasa: FakeRasa
) -> None:
    await plain.send(text="cost")
    rasa.reply = lambda text, payload: Reply("answer", "es", entries=("mandamus_cost",))
    page = await plain.send(action="switch", text="half a sent")
    assert rasa.asked[-1][1] == "Español"
    assert ("html", "lang", "es") in page.attributes
    assert "Siguiente paso" in page.by_id["newest"]
    assert page.fields["language"] == "es"
    assert plain.typed == "half a sent"
    assert "English" in [label for _, _, label in page.buttons]


async def test_switching_before_the_first_question_starts_no_conversation(
    plain: PlainBrowser, world: World, rasa: FakeRasa
) -> None:
    page = await plain.send(action="switch", text="hola")
    assert ("html", "lang", "es") in page.attributes
    assert plain.typed == "hola"
    assert (count(world), rasa.asked) == (0, [])


async def test_deleting_leaves_nothing_and_offers_a_new_form(
    plain: PlainBrowser, world: World
) -> None:
    await plain.send(text="please forget me")
    page = await plain.press("Delete this conversation")
    assert plain.response.status_code == 200
    assert "This conversation was deleted." in page.by_id["newest"]
    assert "please forget me" not in page.text
    assert (page.fields["token"], count(world)) == ("", 0)


async def test_deleting_twice_says_the_same(plain: PlainBrowser) -> None:
    await plain.send(text="please forget me")
    form = plain.filled(action="delete")
    await plain.post(form)
    page = await plain.post(form)
    assert "This conversation was deleted." in page.text


async def test_a_reply_in_spanish_on_an_english_page_is_marked_as_spanish(
    plain: PlainBrowser, rasa: FakeRasa
) -> None:
    rasa.reply = lambda text, payload: Reply("answer", "es", entries=("mandamus_cost",))
    page = await plain.send(text="cuánto cuesta")
    assert ("html", "lang", "en") in page.attributes
    assert ("li", "lang", "es") in page.attributes


async def test_a_dead_dialogue_engine_gets_an_apology_in_the_conversation(
    plain: PlainBrowser, rasa: FakeRasa
) -> None:
    rasa.is_down = True
    page = await plain.send(text="hello")
    assert plain.response.status_code == 200
    assert "I could not answer just now" in page.by_id["newest"]


async def test_buttons_of_the_last_answer_stand_under_it_only(
    plain: PlainBrowser, rasa: FakeRasa
) -> None:
    rasa.reply = lambda text, payload: Reply(
        "answer",
        "en",
        entries=("mandamus_cost",),
        buttons=(DETAILS, Button("button_sources", "/ask_sources")),
    )
    await plain.send(text="one")
    page = await plain.send(text="two")
    labels = [label for name, _, label in page.buttons if name == "button"]
    assert labels == ["Tell me more", "Sources"]
