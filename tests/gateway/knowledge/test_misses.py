"""Staff work through the missed questions without taking over a visitor's words."""

from __future__ import annotations

import re

import pytest
from starlette.applications import Starlette

from bot.core.languages import Language
from bot.core.misses import Miss
from bot.gateway.world import World
from bot.knowledge.entry_form import form_of
from bot.services import miss_groups
from bot.services.misses import groups
from bot.storage import audit, knowledge_edits
from tests.gateway.console_people import StaffBrowser, browser_of
from tests.storage.missed_office import Ids, miss, note

pytestmark = pytest.mark.asyncio

DOGS = ("a dog license", "license for my dog", "can [name] have a dog")
REWRITTEN = "How do I register a dog?"
NASTY = '<script>alert(1)</script> "dog" onload=x'


def ask(world: World, *words: str, entry: str | None = "bond_money") -> str:
    """Let visitors ask and get nothing; return the group's id."""
    missed: list[Miss] = [miss(one, entry=entry) for one in words]
    note(world.storage, *missed, now=world.now(), ids=Ids())
    found = groups(world.storage, world.shelf.current)
    return found[0].id if found else ""


def state_of(world: World, group: str) -> str:
    """Return the state of a group."""
    for state in ("open", "drafted", "covered", "dismissed"):
        found = groups(world.storage, world.shelf.current, state=state)  # type: ignore[arg-type]
        if group in {one.id for one in found}:
            return state
    return "gone"


def questions_of_draft(world: World, language: Language) -> tuple[str, ...]:
    """Return the questions in the draft of the entry."""
    with world.storage.read() as session:
        draft = knowledge_edits.draft_of(session, "bond_money")
    assert draft is not None
    return form_of(draft.texts, "detained/bond_money").texts[language].questions


async def test_the_list_shows_count_day_kinds_nearest_entry_and_masked_words(
    editor: StaffBrowser, world: World
) -> None:
    ask(world, *DOGS)
    page = (await editor.open("/misses")).text
    assert "Asked 3 times" in page
    assert "July 20, 2026" in page
    assert "not answered: 3" in page
    assert 'href="/staff/knowledge/bond_money"' in page
    for words in DOGS:
        assert f"<li>{words}</li>" in page


async def test_a_day_that_is_full_is_told(
    editor: StaffBrowser, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(world, *DOGS)
    assert "until midnight" not in (await editor.open("/misses")).text
    monkeypatch.setattr(miss_groups, "MOST_A_DAY", len(DOGS))
    assert "until midnight" in (await editor.open("/misses")).text


async def test_rare_questions_are_counted_and_not_shown(
    editor: StaffBrowser, world: World
) -> None:
    ask(world, *DOGS[:2])
    page = (await editor.open("/misses")).text
    assert "dog" not in page
    assert "fewer than 3 people asked them: 2." in page


async def test_who_reads_is_noted(editor: StaffBrowser, world: World) -> None:
    await editor.open("/misses")
    group = ask(world, *DOGS)
    await editor.open("/misses")
    await editor.open(f"/misses/{group}")
    with world.storage.read() as session:
        noted = [one.action for one in audit.of_subject(session, "misses")]
    assert noted == ["misses_read", "misses_read"]


@pytest.mark.parametrize("asked", [{"question_en": REWRITTEN}, {"question_es": "x y"}])
async def test_a_rewritten_question_goes_into_the_draft_of_the_entry(
    editor: StaffBrowser, world: World, asked: dict[str, str]
) -> None:
    group = ask(world, *DOGS)
    fields = {"entry": "bond_money", **asked}
    response = await editor.send(f"/misses/{group}/add", fields)
    assert response.headers["location"] == "/staff/knowledge/bond_money"
    ((name, question),) = asked.items()
    assert questions_of_draft(world, name[-2:])[-1] == question  # type: ignore[arg-type]
    assert state_of(world, group) == "drafted"
    entry = world.shelf.current.find("bond_money")
    assert entry is not None
    assert question not in entry.texts["en"].questions


async def test_two_questions_one_after_the_other_are_both_in_the_draft(
    editor: StaffBrowser, world: World
) -> None:
    group = ask(world, *DOGS)
    for question in (REWRITTEN, "Where do I register a dog?"):
        fields = {"entry": "bond_money", "question_en": question}
        await editor.send(f"/misses/{group}/add", fields)
    assert questions_of_draft(world, "en")[-2:] == (
        REWRITTEN,
        "Where do I register a dog?",
    )


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"entry": "bond_money"}, "at least one language"),
        ({"entry": "no_such", "question_en": REWRITTEN}, "no entry of this name"),
        ({"entry": "bond_money", "question_en": "A dog license!"}, "own words"),
        ({"entry": "bond_money", "question_en": "can [name] ask"}, "own words"),
        ({"entry": "bond_money", "question_en": "dog " * 99}, "too long"),
    ],
)
async def test_a_refused_form_says_why_and_keeps_what_was_typed(
    editor: StaffBrowser, world: World, fields: dict[str, str], told: str
) -> None:
    group = ask(world, *DOGS)
    response = await editor.send(f"/misses/{group}/add", fields)
    assert response.status_code == 422
    assert told in response.text
    for value in fields.values():
        assert f'value="{value.strip()}' in response.text
    assert state_of(world, group) == "open"


async def test_the_form_is_not_filled_with_a_visitors_words(
    editor: StaffBrowser, world: World
) -> None:
    group = ask(world, *DOGS)
    page = (await editor.open(f"/misses/{group}")).text
    values = dict(re.findall(r'name="(\w+)"[^>]* value="([^"]*)"', page))
    assert values["entry"] == "bond_money"
    assert (values["question_en"], values["question_es"]) == ("", "")


@pytest.mark.parametrize("state", ["covered", "dismissed", "open"])
async def test_a_group_takes_the_state_that_staff_give_it(
    editor: StaffBrowser, world: World, state: str
) -> None:
    group = ask(world, *DOGS)
    await editor.send(f"/misses/{group}/state", {"state": "covered"})
    response = await editor.send(f"/misses/{group}/state", {"state": state})
    assert response.headers["location"] == "/staff/misses"
    assert state_of(world, group) == state
    page = (await editor.open(f"/misses?state={state}")).text
    assert f'id="group-{group}"' in page


async def test_a_new_entry_begins_from_a_group(
    editor: StaffBrowser, world: World
) -> None:
    group = ask(world, *DOGS)
    start = f"/knowledge/new?from={group}"
    assert f'href="/staff{start}"' in (await editor.open("/misses")).text
    page = await editor.open(start)
    assert page.status_code == 200
    assert state_of(world, group) == "open"
    # A refused name loses neither the group nor its place among the open ones.
    carried = {"from": hidden_from(page.text), "group": "detained"}
    page = await editor.send("/knowledge/new", {**carried, "id": "bond_money"})
    assert page.status_code == 422
    assert state_of(world, group) == "open"
    carried["from"] = hidden_from(page.text)
    await editor.send("/knowledge/new", {**carried, "id": "dog_license"})
    assert state_of(world, group) == "drafted"


def hidden_from(page: str) -> str:
    """Return the group that the form of a new entry carries on."""
    return str(re.findall(r'name="from" value="(\w+)"', page)[0])


@pytest.mark.parametrize("given", ["0" * 16, "../x", ""])
async def test_an_entry_is_begun_although_its_questions_are_gone(
    editor: StaffBrowser, world: World, given: str
) -> None:
    group = ask(world, *DOGS)
    fields = {"from": given, "group": "detained", "id": "dog_license"}
    response = await editor.send("/knowledge/new", fields)
    assert response.headers["location"] == "/staff/knowledge/dog_license"
    assert state_of(world, group) == "open"


async def test_who_may_not_read_the_questions_does_not_change_their_state(
    app: Starlette, world: World
) -> None:
    group = ask(world, *DOGS)
    fields = {"from": group, "group": "detained", "id": "dog_license"}
    response = await browser_of(app, world, "reviewer").send("/knowledge/new", fields)
    assert response.status_code == 303
    assert state_of(world, group) == "open"


@pytest.mark.parametrize("state", ["", "lost", "OPEN"])
async def test_an_unknown_state_changes_nothing(
    editor: StaffBrowser, world: World, state: str
) -> None:
    group = ask(world, *DOGS)
    response = await editor.send(f"/misses/{group}/state", {"state": state})
    assert response.status_code == 404
    assert state_of(world, group) == "open"


async def test_a_group_of_too_few_has_no_page(
    editor: StaffBrowser, world: World
) -> None:
    note(world.storage, miss("a dog"), now=world.now(), ids=Ids())
    assert (await editor.open(f"/misses/{2:016x}")).status_code == 404


async def test_words_of_visitors_cannot_become_markup(
    editor: StaffBrowser, world: World
) -> None:
    group = ask(world, *[NASTY] * 3, entry=None)
    for path in ("/misses", f"/misses/{group}"):
        page = (await editor.open(path)).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page


async def test_reviewers_have_no_way_to_the_words(app: Starlette, world: World) -> None:
    ask(world, *DOGS)
    reviewer = browser_of(app, world, "reviewer")
    assert (await reviewer.open("/misses")).status_code == 403
    assert "/staff/misses" not in (await reviewer.open("/account")).text


async def test_the_page_is_there_in_spanish(app: Starlette, world: World) -> None:
    ask(world, *DOGS)
    page = await browser_of(app, world, "admin", language="es").open("/misses")
    assert "Preguntas sin respuesta" in page.text
    assert "Se preguntó 3 veces" in page.text


async def test_an_office_that_keeps_none_is_told_so(
    editor: StaffBrowser, world: World
) -> None:
    assert "KEEP_MISSES" not in (await editor.open("/misses")).text
    world.settings = world.settings.copy(update={"KEEP_MISSES": "off"})
    assert "KEEP_MISSES is off" in (await editor.open("/misses")).text
