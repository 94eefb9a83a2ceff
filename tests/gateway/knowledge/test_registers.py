"""Sources, figures and owners are seen and changed in the console."""

from __future__ import annotations

import re

import pytest
from starlette.applications import Starlette

from bot.core.languages import Language
from bot.gateway.world import World
from bot.settings import Settings
from bot.storage import audit
from tests.builders import edit
from tests.gateway.console_people import StaffBrowser, browser_of

pytestmark = pytest.mark.asyncio
SOURCE = "/knowledge/sources/usc-1"
FACT = "/knowledge/facts/bond_minimum"
NEW_SOURCE = {
    "key": "usc-9",
    "title": "A new law",
    "title_es": "Una ley nueva",
    "citation": "9 U.S.C. § 9",
    "url": "https://law.example/9",
    "checked_on": "2026-07-20",
    "why": "For bonds",
}


def text_of(settings: Settings, file: str) -> str:
    return (settings.KNOWLEDGE_DIR / file).read_text(encoding="utf-8")


def noted(world: World) -> list[tuple[str, str]]:
    """Return what the audit has, newest first."""
    with world.storage.read() as session:
        return [(one.action, one.subject) for one in audit.latest(session, 9)]


def noted_row(world: World) -> audit.AuditEntry:
    """Return what the audit has of what was done last."""
    with world.storage.read() as session:
        return audit.latest(session, 1)[0]


def reads_in(page: str, language: str) -> str:
    """Return what the page of a figure says that visitors read in a language."""
    told = re.sub(r"<[^>]+>", "", page.split('id="readings"')[1])
    return told.split(f"In {language}: ")[1].split("\n")[0]


async def form_of(browser: StaffBrowser, path: str) -> dict[str, str]:
    """Open an item and return what a browser would send of its form."""
    page = await browser.open(path)
    assert page.status_code == 200, page.status_code
    form = page.text.split('id="item-form"')[1].split("</form>")[0]
    fields = {}
    for tag in re.findall(r"<input [^>]+>", form):
        given = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if given.get("type") != "checkbox" or "checked" in tag:
            fields[given["name"]] = given.get("value", "")
    return {name: value for name, value in fields.items() if name != "csrf"}


@pytest.mark.parametrize("language", ["en", "es"])
async def test_what_there_is_is_told_with_what_uses_it(
    app: Starlette, world: World, language: Language
) -> None:
    browser = browser_of(app, world, "editor", language=language)
    sources = (await browser.open("/knowledge/sources")).text
    assert 'href="/staff/knowledge/sources/usc-1"' in sources
    item = (await browser.open(SOURCE)).text
    assert 'href="/staff/knowledge/bond_money"' in item
    facts = (await browser.open("/knowledge/facts")).text
    assert "$1,500" in facts or "1,500" in facts
    assert 'href="/staff/knowledge/bond_money"' in (await browser.open(FACT)).text
    owners = (await browser.open("/knowledge/owners")).text
    assert 'href="/staff/knowledge?owner=intake"' in owners
    found = await browser.send("/knowledge/sources", {"words": "usc-2"})
    rows = found.text.split('id="entries"')[1]
    assert re.findall(r'sources/([\w-]+)"', rows) == ["usc-2"]


async def test_an_editor_adds_a_source_that_can_be_chosen_at_once(
    editor: StaffBrowser, settings: Settings, world: World
) -> None:
    before = text_of(settings, "sources.yml")
    page = await editor.send("/knowledge/sources/new", NEW_SOURCE, follow=True)
    assert "Added." in page.text
    after = text_of(settings, "sources.yml")
    assert after.replace(after[after.index("usc-9:") :], "") in before + "\n"
    assert "usc-9" in world.shelf.current.sources
    assert noted(world)[0] == ("source_added", "usc-9")
    again = await editor.send("/knowledge/sources/new", NEW_SOURCE)
    assert (again.status_code, "already a source of this name" in again.text) == (
        409,
        True,
    )
    assert '<a href="/staff/knowledge/sources/usc-9">usc-9</a>' in again.text
    assert 'value="Una ley nueva"' in again.text
    assert "pressing again" not in again.text
    assert text_of(settings, "sources.yml") == after


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("key", "Bad Name", "is no such name"),
        ("title", "", "title: is empty"),
        ("title", "A guaranteed win", "title: &#39;guaranteed&#39; is a promise"),
        ("title_es", "Consulta gratis", "&#39;Consulta gratis&#39; is a price"),
        ("url", "http://law.example", "is not https"),
        ("checked_on", "July", "no date"),
        ("checked_on", "2031-01-01", "checked_on: lies in the future"),
        ("citation", "9 USC 9", "no citation that can be looked up"),
    ],
)
async def test_a_source_with_a_fault_is_not_written(
    editor: StaffBrowser, settings: Settings, field: str, typed: str, words: str
) -> None:
    before = text_of(settings, "sources.yml")
    sent = {**NEW_SOURCE, field: typed}
    page = await editor.send("/knowledge/sources/new", sent)
    assert page.status_code == 422
    assert words in page.text
    assert f'value="{sent["title_es"]}"' in page.text
    assert text_of(settings, "sources.yml") == before


async def test_only_who_may_approve_changes_what_answers_rest_on(
    editor: StaffBrowser, reviewer: StaffBrowser, settings: Settings, world: World
) -> None:
    before = text_of(settings, "sources.yml")
    fields = {**await form_of(editor, SOURCE), "title": "Another title"}
    page = await editor.send(SOURCE, fields)
    assert page.status_code == 403
    assert text_of(settings, "sources.yml") == before
    page = await reviewer.send(SOURCE, fields, follow=True)
    assert "Changed." in page.text
    changed = set(text_of(settings, "sources.yml").split("\n"))
    assert changed - set(before.split("\n")) == {"  title: Another title"}
    assert world.shelf.current.sources["usc-1"].title["en"] == "Another title"
    assert noted(world)[0] == ("source_changed", "usc-1")
    assert noted_row(world).detail == "Law 1 → Another title"


async def test_what_somebody_else_changed_is_not_written_over_unseen(
    reviewer: StaffBrowser, settings: Settings
) -> None:
    fields = {**await form_of(reviewer, SOURCE), "title": "Mine"}
    title = fields["title_es"]
    edit(settings.KNOWLEDGE_DIR / "sources.yml", title, "De otra persona")
    page = await reviewer.send(SOURCE, fields)
    assert page.status_code == 409
    assert "De otra persona" in page.text.split('id="standing"')[1]
    assert "Mine" not in text_of(settings, "sources.yml")
    base = re.findall(r'name="base" value="(\w+)"', page.text)[0]
    page = await reviewer.send(SOURCE, {**fields, "base": base}, follow=True)
    assert "title: Mine" in text_of(settings, "sources.yml")


async def test_a_figure_gets_a_new_value_with_its_dates(
    reviewer: StaffBrowser, settings: Settings, world: World
) -> None:
    fields = await form_of(reviewer, FACT)
    ended = {"valid_to_0": "2026-07-19"}
    new = {"en_1": "$1,600", "es_1": "1,600 dólares", "valid_from_1": "2026-07-20",
           "why": "The rule of July"}  # fmt: skip
    page = await reviewer.send(FACT, {**fields, **ended, **new}, follow=True)
    assert "Changed." in page.text
    assert reads_in(page.text, "English") == "Visitors read today: $1,600."
    fact = world.shelf.current.facts["bond_minimum"]
    assert fact.text_on(world.now().date(), "en") == "$1,600"
    assert fact.values[0].text["en"] == "$1,500"
    assert noted_row(world).detail == (
        "$1,500 (–2026-12-31) → $1,500 (–2026-07-19), $1,600 (2026-07-20–)"
        "; The rule of July"
    )
    wrong = {**await form_of(reviewer, FACT), "source": "nope"}
    page = await reviewer.send(FACT, wrong)
    assert (page.status_code, "is unknown" in page.text) == (422, True)
    assert not world.shelf.faults


async def test_a_figure_without_a_value_for_today_comes_first(
    editor: StaffBrowser, settings: Settings, world: World
) -> None:
    file = "fees.yml"
    added = {"key": "zz_fee", "file": f"facts/{file}", "source": "usc-1",
             "checked_on": "2026-07-20", "en_0": "$1", "es_0": "$1",
             "valid_from_0": "2020-01-01", "valid_to_0": "2021-01-01"}  # fmt: skip
    page = await editor.send("/knowledge/facts/new", added, follow=True)
    assert reads_in(page.text, "English") == "Visitors read today: no current figure."
    assert "<code>{{fact:zz_fee}}</code>" in page.text
    page = await editor.open("/knowledge/facts")
    rows = page.text.split('id="entries"')[1]
    assert re.findall(r'facts/(\w+)"', rows)[0] == "zz_fee"
    assert "no value for today" in rows
    assert noted(world)[0] == ("fact_added", "zz_fee")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (
            {"en_1": "a guaranteed $420", "es_1": "$402", "valid_from_1": "2027-01-01"},
            ["en: &#39;guaranteed&#39; is a promise", "hold other numbers (402, 420)"],
        ),
        (
            {"en_1": "$420", "es_1": "$420", "valid_from_1": "2026-12-15"},
            [
                "both valid on 2026-12-15. Let &#39;$1,500&#39; end on 2026-12-14, the "
                "day before &#39;$420&#39; begins."
            ],
        ),
        (
            {"en_1": "$420", "es_1": "$420", "valid_from_1": "2027-02-01"},
            ["there is no value (2027-01-01 to 2027-01-31)"],
        ),
        ({"valid_to_0": "2025-01-01"}, ["ends before it begins"]),
        (
            {"source": "nope", "checked_on": "2031-01-01", "es_0": "", "en_1": "$1"},
            [
                "source: &#39;nope&#39; is unknown",
                "checked_on: lies in the future",
                "es: is empty",
                "valid_from: is empty",
            ],
        ),
    ],
)
async def test_a_figure_with_faults_is_not_written_and_all_are_told(
    reviewer: StaffBrowser, settings: Settings, typed: dict[str, str], words: list[str]
) -> None:
    before = text_of(settings, "facts/fees.yml")
    page = await reviewer.send(FACT, {**await form_of(reviewer, FACT), **typed})
    assert page.status_code == 422
    assert not [text for text in words if text not in page.text]
    assert text_of(settings, "facts/fees.yml") == before


async def test_a_value_that_begins_later_is_told_with_its_day(
    app: Starlette, world: World
) -> None:
    browser = browser_of(app, world, "reviewer", language="es")
    later = {"en_1": "$1,600", "es_1": "1.600 dólares", "valid_from_1": "2026-12-15",
             "valid_to_0": "2026-12-14"}  # fmt: skip
    fields = {**await form_of(browser, FACT), **later}
    page = await browser.send(FACT, fields, follow=True)
    told = re.sub(r"<[^>]+>", "", page.text.split('id="readings"')[1])
    assert (
        "En español: Los visitantes leen hoy: 1,500 dólares. "
        "Desde el 15 de diciembre de 2026: 1.600 dólares." in told
    )
    assert "En inglés: Los visitantes leen hoy: $1,500." in told


async def test_a_change_says_so_where_visitors_still_read_the_former_text(
    reviewer: StaffBrowser, settings: Settings, world: World
) -> None:
    fields = await form_of(reviewer, FACT)
    edit(settings.KNOWLEDGE_DIR / "facts" / "fees.yml", "bond_minimum:",
         "other: {}\nbond_minimum:")  # fmt: skip
    new = {"en_0": "$1,700", "es_0": "$1,700"}
    page = await reviewer.send(FACT, {**fields, **new}, follow=True)
    assert "Written, but visitors still read the former text" in page.text
    assert reads_in(page.text, "English").startswith("Visitors read today: $1,500.")


async def test_a_taken_name_is_told_with_all_other_faults(
    editor: StaffBrowser, settings: Settings
) -> None:
    sent = {**NEW_SOURCE, "key": "usc-1", "title": "", "checked_on": "2031-01-01"}
    page = await editor.send("/knowledge/sources/new", sent)
    assert page.status_code == 409
    for words in ("already a source of this name", "is empty", "in the future"):
        assert words in page.text
    wrong = {"key": "Bad Name", "en_0": "guaranteed"}
    page = await editor.send("/knowledge/facts/new", wrong)
    for words in ("no such name", "is a promise", "source: is empty"):
        assert words in page.text


async def test_days_are_chosen_and_one_of_a_thing_is_counted_as_one(
    editor: StaffBrowser, world: World
) -> None:
    page = (await editor.open(FACT)).text
    for name in ("checked_on", "valid_from_0", "valid_to_1"):
        assert re.search(rf'name="{name}" [^>]*type="date"', page), name
    assert ">Checked on<" in page
    assert ">1 answer<" in (await editor.open("/knowledge/facts")).text
    rows = (await editor.open("/knowledge/sources")).text
    assert "1 answers" not in rows
    assert "1 figures" not in rows
    assert "1 figure<" in rows
