"""Nothing that is typed, or stands in a file, becomes markup of the page /chat."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from bot.gateway.plain_view import Page, render_page
from bot.knowledge.base import KnowledgeBase
from tests.gateway.plain_browser import PageReader, PlainBrowser

# From the OWASP cheat sheets on cross-site scripting and on evading its filters.
HOSTILE = {
    "script": "<script>alert('XSS')</script>",
    "image": "<img src=x onerror=alert(1)>",
    "drawing": "<svg/onload=alert(1)>",
    "link": '<a href="javascript:alert(1)">x</a>',
    "out of an attribute": '"><script>alert(1)</script>',
    "out of an attribute with one quote": "'><img src=x onerror=alert(1)>",
    "a handler without a bracket": '" autofocus onfocus=alert(1) x="',
    "out of the box": "</textarea><script>alert(1)</script>",
    "out of the title": "</title><script>alert(1)</script>",
    "out of the button": "</button><script>alert(1)</script>",
    "frame": '<iframe src="javascript:alert(1)"></iframe>',
    "style": "<style>*{display:none}</style>",
    "another form": "</form><form action='https://evil.example'>",
    "base": "<base href='https://evil.example/'>",
    "refresh": '<meta http-equiv="refresh" content="0;url=https://evil.example">',
    "comment": "<!-- hidden",
    "entity": "&lt;script&gt;alert(1)&lt;/script&gt;",
    "broken tag": "<<SCRIPT>alert(1);//<</SCRIPT>",
    "template": "{{ 7 * 7 }}{% include '/etc/passwd' %}",
    "strong": "**<script>alert(1)</script>**",
    "list": "- <script>alert(1)</script>",
    "polyglot": "jaVasCript:/*-/*`/*\\`/*'/*\"/**/(/* */oNcliCk=alert() )//",
}


def outline(page: PageReader) -> list[str]:
    """Return the page's tags with their attributes' names, as far as they are fixed."""
    return [*page.tags, *(f"{tag}.{name}" for tag, name, _ in page.attributes)]


def hostile_message(text: str, sender: str = "bot") -> dict[str, Any]:
    """Return a message in which everything that can be a text is the given one."""
    return {
        "seq": 3,
        "from": sender,
        "kind": "answer",
        "language": "en",
        "text": text,
        "lead": [text],
        "closing": [text],
        "answers": [
            {
                "entry": text,
                "title": text,
                "notice": text,
                "short": text,
                "details": text,
                "next_step": text,
                "sources": [
                    {"title": text, "citation": text, "url": text},
                    {"title": text, "citation": text, "url": f"https://x/{text}"},
                ],
                "checked": text,
                "related": [{"entry": "other", "title": text}],
            }
        ],
        "options": [{"entry": "other", "title": text}],
        "buttons": [{"id": "3.0", "label": text}],
    }


def rendered(knowledge: KnowledgeBase, text: str, sender: str = "bot") -> PageReader:
    """Return a page full of one text."""
    page = Page(
        language="en",
        messages=[hostile_message(text, sender)],
        message_id=text,
        token=text,
        text=text,
        notice=text,
        problem=(text,),
    )
    return PageReader(render_page(page, knowledge))


@pytest.mark.parametrize("sender", ["bot", "visitor", "staff", "system"])
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_adds_no_tag_and_no_attribute_wherever_it_stands(
    knowledge: KnowledgeBase, text: str, sender: str
) -> None:
    shape = {"strong": "**harmless**", "list": "- harmless"}
    kind = next((key for key in shape if HOSTILE[key] == text), "")
    harmless = rendered(knowledge, shape.get(kind, "harmless"), sender)
    assert outline(rendered(knowledge, text, sender)) == outline(harmless)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_is_shown_as_it_was_typed(
    knowledge: KnowledgeBase, text: str
) -> None:
    page = rendered(knowledge, text)
    assert page.box.removeprefix("\n") == text
    assert page.fields["token"] == text


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "//evil.example",
        "http://www.uscis.gov",
        "vbscript:msgbox(1)",
        "",
    ],
)
def test_only_a_safe_address_becomes_a_link(knowledge: KnowledgeBase, url: str) -> None:
    message = hostile_message("harmless")
    message["answers"][0]["sources"] = [
        {"title": "Page", "citation": "8 CFR 1", "url": url}
    ]
    page = PageReader(render_page(Page("en", [message], "id"), knowledge))
    links = [v for tag, name, v in page.attributes if (tag, name) == ("a", "href")]
    assert links == ["https://www.weather.gov", "/incidents?lang=en"]
    assert "Page, 8 CFR 1" in page.text


@pytest.mark.asyncio
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
async def test_a_hostile_message_comes_back_as_words(
    client: httpx.AsyncClient, text: str
) -> None:
    plain = PlainBrowser(client)
    await plain.open("?lang=en")
    page = await plain.send(text=text)
    assert plain.response.status_code == 200
    assert text in page.text
    assert not {"script", "img", "svg", "iframe", "base"} & set(page.tags)
    assert page.tags.count("form") == 1


@pytest.mark.asyncio
async def test_hostile_fields_of_the_form_stay_words(client: httpx.AsyncClient) -> None:
    plain = PlainBrowser(client)
    await plain.open("?lang=en")
    hostile = HOSTILE["out of an attribute"]
    for name in ("token", "message_id", "language", "button", "ask", "action"):
        page = await plain.post({**plain.filled(text="x"), name: hostile})
        assert "script" not in page.tags
        await plain.open("?lang=en")
