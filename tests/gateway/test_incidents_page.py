"""The page /incidents tells anybody what went wrong so far, in both languages."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from bot.core.errors import ContentError
from bot.gateway.world import World
from bot.knowledge.incidents_file import read_incidents
from bot.services.library import KnowledgeShelf
from tests.builders import write_knowledge
from tests.gateway.plain_browser import PageReader

ONE = """\
earlier:
  day: 2026-11-02
  en: {happened: "A wrong <date> was shown.", touched: "Few.", done: "Mended."}
  es: {happened: "Salió mal una fecha.", touched: "Pocos.", done: "Corregido."}
"""
TWO = (
    ONE
    + """\
later:
  day: 2026-11-20
  en: {happened: "A copy was lost.", touched: "Nobody.", done: "Found again."}
  es: {happened: "Se perdió una copia.", touched: "Nadie.", done: "Apareció."}
"""
)


def publish(world: World, tmp_path: Path, text: str) -> None:
    root = write_knowledge(tmp_path)
    (root / "incidents.yml").write_text(text, encoding="utf-8")
    world.shelf = KnowledgeShelf(root)


async def show(client: httpx.AsyncClient, language: str) -> str:
    response = await client.get("/incidents", params={"lang": language})
    assert response.status_code == 200
    return response.text


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("language", "none", "leave"),
    [
        ("en", "No incident has been published", "Leave this page now"),
        ("es", "no se ha publicado ningún incidente", "Salir de esta página ahora"),
    ],
)
async def test_while_nothing_happened_the_page_says_so(
    client: httpx.AsyncClient, language: str, none: str, leave: str
) -> None:
    html = await show(client, language)
    assert f'<html lang="{language}">' in html
    assert none in html
    assert leave in html


@pytest.mark.asyncio
async def test_incidents_stand_newest_first_with_their_day(
    client: httpx.AsyncClient, world: World, tmp_path: Path
) -> None:
    publish(world, tmp_path, TWO)
    text = PageReader(await show(client, "es")).text
    order = ["20 de noviembre de 2026", "Se perdió una copia.", "Apareció."]
    order += ["2 de noviembre de 2026", "Salió mal una fecha."]
    places = [text.index(part) for part in order]
    assert places == sorted(places)
    assert "ningún incidente" not in text


@pytest.mark.asyncio
async def test_what_is_written_is_shown_as_text(
    client: httpx.AsyncClient, world: World, tmp_path: Path
) -> None:
    publish(world, tmp_path, ONE)
    assert "A wrong &lt;date&gt; was shown." in await show(client, "en")


@pytest.mark.asyncio
async def test_the_page_without_javascript_leads_there(
    client: httpx.AsyncClient,
) -> None:
    assert 'href="/incidents?lang=es"' in (await client.get("/chat?lang=es")).text


@pytest.mark.parametrize("text", ["# nothing yet\n", ""])
def test_a_file_without_incidents_is_no_fault(tmp_path: Path, text: str) -> None:
    (tmp_path / "incidents.yml").write_text(text, encoding="utf-8")
    assert read_incidents(tmp_path) == ()


def test_a_folder_without_the_file_has_no_incidents(tmp_path: Path) -> None:
    assert read_incidents(tmp_path) == ()


@pytest.mark.parametrize(
    ("good", "wrong"),
    [
        ("day: 2026-11-02", "day: 2. November"),
        ("day: 2026-11-02", "day: 2026-11-02 10:00:00"),
        ('touched: "Few."', 'touched: " "'),
        ('touched: "Few.", ', ""),
        ("  es: {", "  fr: {"),
        ('done: "Mended."', "done: 5"),
    ],
    ids=["no day", "a moment", "empty", "a part missing", "no Spanish", "a number"],
)
def test_a_mistake_in_an_incident_is_told_by_its_name(
    tmp_path: Path, good: str, wrong: str
) -> None:
    assert good in ONE
    spoilt = ONE.replace(good, wrong, 1)
    (tmp_path / "incidents.yml").write_text(spoilt, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        read_incidents(tmp_path)
    (fault,) = caught.value.faults
    assert fault.field == "earlier"
    assert "happened, touched and done" in str(fault)


def test_a_list_instead_of_names_is_told(tmp_path: Path) -> None:
    (tmp_path / "incidents.yml").write_text("- day: 2026-11-02\n", encoding="utf-8")
    with pytest.raises(ContentError, match="no list of keys"):
        read_incidents(tmp_path)
