"""What is wrong with an entry is told in the language of whoever mends it."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette

from bot.gateway.world import World
from bot.settings import Settings
from tests.gateway.console_people import StaffBrowser, browser_of
from tests.gateway.knowledge_pages import (
    ENTRY,
    PAGE,
    by_hand,
    faults_at,
    file_text,
    open_form,
    press,
    send,
)

pytestmark = pytest.mark.asyncio


@pytest.fixture
def redactora(app: Starlette, world: World) -> StaffBrowser:
    """A browser in which an editor who works in Spanish is signed in."""
    return browser_of(app, world, "editor", "rosa", "es")


async def folder_faults(browser: StaffBrowser) -> str:
    """Return the panel of broken files above the list."""
    page = (await browser.open("/knowledge")).text
    return page.split('id="folder-faults"')[1].split("</section>")[0]


@pytest.mark.parametrize(
    ("field", "typed", "place", "words"),
    [
        ("label_en", "x" * 30, "label_en", "demasiado largo. En un botón caben 20"),
        ("title_es", "", "title_es", "título: está vacío. Escríbalo."),
        ("title_en", "x" * 80, "title_en", "de más de 70 caracteres. Acórtelo."),
        ("questions_es", "uno\ndos", "questions_es", "solo 2. Escriba al menos 12"),
        ("as_of", "2027-01-01", "as_of", "está en el futuro"),
        ("as_of", "soon", "as_of", "no es una fecha. Escríbala como 2026-07-15."),
        ("owner", "", "owner", "no se eligió nada. Elija una opción."),
        ("owner", "nobody", "owner", "«nobody» no es un responsable. Uno de: "),
        ("sources", "usc-9", "sources", "«usc-9» no se conoce. Agréguela"),
        ("related", ENTRY, "related", f"«{ENTRY}» no es otra respuesta"),
        ("details_es", "{{fact:nope}}", "text_es", "{{fact:nope}} no se conoce"),
        ("details_en", "you should sue", "text_en", "es un consejo sobre un caso"),
        ("short_en", "One. Two. Three. Four.", "short_en", "4 frases. Como máximo"),
    ],
)
async def test_a_fault_is_told_in_spanish_to_who_works_in_spanish(
    redactora: StaffBrowser, field: str, typed: str, place: str, words: str
) -> None:
    page = await press(redactora, "look", **{field: typed})
    told = faults_at(page.text, place)
    assert words in told.replace("&#39;", "'")
    assert 'lang="en"' not in told


async def test_a_file_of_bad_yaml_is_told_with_about_its_line_and_a_link(
    editor: StaffBrowser, redactora: StaffBrowser, settings: Settings, world: World
) -> None:
    by_hand(settings, "status: draft", "status: a: b")
    world.shelf.look()
    told = await folder_faults(editor)
    assert "bond_money.en.md, in line 7 or just before</strong>: YAML" in told
    assert f'<a href="/staff{PAGE}">Mend {ENTRY}</a>' in told
    dicho = await folder_faults(redactora)
    assert "bond_money.en.md, en la línea 7 o justo antes</strong>: YAML" in dicho
    assert "hay dos puntos (:) donde no pueden estar. Revise la sangría" in dicho
    assert f">Corregir {ENTRY}</a>" in dicho


async def test_the_link_leads_to_where_the_file_can_be_mended(
    editor: StaffBrowser, settings: Settings, world: World
) -> None:
    by_hand(settings, "status: draft", "status: a: b")
    fields = await open_form(editor)
    page = await send(editor, "look", fields)
    assert "in line 7 or just before: YAML" in faults_at(page.text, "text_en")
    mended = fields["file_en"].replace("status: a: b", "status: draft")
    page = await send(editor, "publish", {**fields, "file_en": mended})
    assert "status: draft" in file_text(settings)
    assert 'id="folder-faults"' not in (await editor.open("/knowledge")).text


async def test_a_fault_of_another_file_has_no_link_to_an_entry(
    redactora: StaffBrowser, settings: Settings, world: World
) -> None:
    (settings.KNOWLEDGE_DIR / "sources.yml").write_text("- a", encoding="utf-8")
    world.shelf.look()
    told = await folder_faults(redactora)
    assert "knowledge/sources.yml, línea 1</strong>: archivo: no es una lista" in told
    assert "<a " not in told


async def test_marks_of_faults_can_be_taken_away_as_one_types(
    editor: StaffBrowser,
) -> None:
    page = (await press(editor, "publish", label_en="y" * 25)).text
    assert 'src="/staff/static/knowledge_marks.js"' in page
    assert 'id="problem" role="alert" data-problem="faults"' in page
    assert (await editor.open("/static/knowledge_marks.js")).status_code == 200
    page = (await press(editor, "return")).text
    assert 'data-problem="faults"' not in page
