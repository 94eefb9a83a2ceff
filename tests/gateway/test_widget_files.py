"""The widget's files: small, kept for ever by browsers, in the office's own words."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from bot.gateway.world import World
from bot.settings import PROJECT_ROOT

pytestmark = pytest.mark.asyncio
MOST_BYTES = 20 * 1024
IMPORT = re.compile(r'from "\./([\w-]+\.js)"')


async def version(client: httpx.AsyncClient) -> str:
    """Return the version that the script tag loads."""
    found = re.search(r'VERSION = "(\w+)"', (await client.get("/embed.js")).text)
    assert found is not None
    return found[1]


async def loaded(client: httpx.AsyncClient, language: str) -> set[str]:
    """Return the names of what a browser loads before the first message."""
    folder = f"/widget/{await version(client)}"
    waiting, found = ["legal-chat.js", f"words-{language}.js"], set()
    while waiting:
        name = waiting.pop()
        response = await client.get(f"{folder}/{name}")
        assert response.status_code == 200
        found.add(name)
        waiting += [
            other for other in IMPORT.findall(response.text) if other not in found
        ]
    return found


@pytest.mark.parametrize("language", ["en", "es"])
async def test_all_that_is_loaded_before_the_first_message_is_small(
    client: httpx.AsyncClient, world: World, language: str
) -> None:
    packed = world.widget.files(world.shelf.knowledge()).packed
    names = {"embed.js", *await loaded(client, language)}
    sizes = {name: len(packed[name]) for name in names}
    assert sum(sizes.values()) <= MOST_BYTES, sizes


async def test_every_module_that_another_names_is_there(
    client: httpx.AsyncClient, world: World
) -> None:
    files = world.widget.files(world.shelf.knowledge())
    names = {n for text in files.plain.values() for n in IMPORT.findall(text.decode())}
    assert names <= set(files.plain)
    assert await loaded(client, "en") >= names


async def test_script_of_the_tag_is_short(client: httpx.AsyncClient) -> None:
    source = (PROJECT_ROOT / "bot" / "widget" / "embed.js").read_text(encoding="utf-8")
    assert len(source.splitlines()) < 60
    assert "import" not in (await client.get("/embed.js")).text


async def test_modules_are_kept_for_ever_under_the_version_in_use(
    client: httpx.AsyncClient,
) -> None:
    current = await client.get(f"/widget/{await version(client)}/panel.js")
    assert "immutable" in current.headers["cache-control"]
    assert current.headers["content-type"].startswith("text/javascript")
    old = await client.get("/widget/0123456789abcdef/panel.js")
    assert (old.status_code, old.text) == (200, current.text)
    assert "immutable" not in old.headers["cache-control"]


async def test_modules_come_plain_to_those_who_cannot_unpack(
    client: httpx.AsyncClient,
) -> None:
    path = f"/widget/{await version(client)}/style.js"
    plain = await client.get(path, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.text.startswith("export const CSS")


@pytest.mark.parametrize(
    "path", ["../settings.py", "style.css", "none.js", "%2e%2e%2fsettings.py"]
)
async def test_no_other_file_can_be_had(client: httpx.AsyncClient, path: str) -> None:
    response = await client.get(f"/widget/0123456789abcdef/{path}")
    assert response.status_code == 404


async def test_edited_words_are_in_the_next_version(
    client: httpx.AsyncClient, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = await version(client)
    knowledge = world.shelf.knowledge()
    phrases = {
        language: {**words, "widget_open": "Ask us!"}
        for language, words in knowledge.phrases.items()
    }
    monkeypatch.setattr(
        world.shelf, "knowledge", lambda: knowledge.__class__(
            **{**vars(knowledge), "phrases": phrases}
        )
    )  # fmt: skip
    after = await version(client)
    assert after != before
    assert "Ask us!" in (await client.get(f"/widget/{after}/words-en.js")).text


async def test_starters_are_titles_of_entries_in_each_language(
    client: httpx.AsyncClient, world: World
) -> None:
    knowledge = world.shelf.knowledge()
    first = knowledge.find(knowledge.starters["default"][0])
    assert first is not None
    for language, words in first.texts.items():
        module = await client.get(
            f"/widget/{await version(client)}/words-{language}.js"
        )
        assert words.title in module.text


async def test_office_hours_are_told_only_if_the_office_has_filled_them_in(
    client: httpx.AsyncClient, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"/widget/{await version(client)}/words-en.js"
    assert '"hours": ""' in (await client.get(path)).text
    knowledge = world.shelf.knowledge()
    office = {**knowledge.office, "hours": {"en": "9 to 5", "es": "9 a 5"}}
    filled = replace(knowledge, office=office)
    monkeypatch.setattr(world.shelf, "knowledge", lambda: filled)
    path = f"/widget/{await version(client)}/words-en.js"
    assert "Office hours: 9 to 5" in (await client.get(path)).text


async def test_foreign_website_cannot_load_the_modules(
    client: httpx.AsyncClient,
) -> None:
    path = f"/widget/{await version(client)}/panel.js"
    response = await client.get(path, headers={"Origin": "https://evil.example"})
    assert response.status_code == 403


async def test_no_module_makes_markup_out_of_text() -> None:
    folder: Path = PROJECT_ROOT / "bot" / "widget"
    forbidden = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function"
        r"|localStorage|document\.cookie|setAttribute\(\"style\""
    )
    for path in folder.glob("*.js"):
        assert forbidden.findall(path.read_text(encoding="utf-8")) == [], path.name
