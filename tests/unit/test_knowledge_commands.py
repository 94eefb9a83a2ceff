"""python -m bot knowledge: staff look at entries and are told what is to be done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.commands.knowledge_links import tell
from bot.commands.preview import as_shown, whole_entry
from bot.knowledge.base import KnowledgeBase
from bot.services.due import due_entries, late_and_approved
from bot.services.link_check import Checked, Link, Verdict
from tests.builders import TODAY, edit
from tests.unit.knowledge_office import Office, open_office

DOOR = "rights/door_knock.en.md"
LATE = TODAY + timedelta(days=400)


@pytest.fixture
def office(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Office:
    """An installation of its own."""
    return open_office(tmp_path, monkeypatch, capsys)


def with_status(knowledge: KnowledgeBase, status: str) -> KnowledgeBase:
    """Return the knowledge base with all entries of one status."""
    entries = {
        name: replace(entry, status=status) for name, entry in knowledge.entries.items()
    }
    return replace(knowledge, entries=entries)


@pytest.mark.parametrize("channel", ["terminal", "web", "whatsapp"])
def test_a_preview_shows_both_languages(office: Office, channel: str) -> None:
    code, said = office.run("preview", "bond_money", "--channel", channel)
    assert code == 0
    assert "A bond costs at least" in said
    assert "Una fianza cuesta al menos" in said
    assert f"(en, {channel}, answer" in said


def test_the_terminal_shows_what_only_staff_see(office: Office) -> None:
    said = office.run("preview", "bond_money", "--channel", "terminal")[1]
    assert "please tell me: How much is an immigration bond?" in said
    assert "review by 2027-01-15" in said
    assert "More about this." in said


def test_a_preview_shows_the_text_as_it_is_typed(office: Office) -> None:
    edit(office.root / DOOR, "You may keep", "[bold]You[/bold] may keep")
    assert "[bold]You[/bold] may keep" in office.run("preview", "door_knock")[1]


def test_a_name_that_is_no_entry_tells_those_like_it(office: Office) -> None:
    code, said = office.run("preview", "bond")
    assert (code, "Perhaps: bond_money" in said) == (1, True)
    code, said = office.run("links", "bond")
    assert (code, "There is no entry 'bond'" in said) == (1, True)


def test_what_is_due_stands_by_owner_and_what_changes_often_first(
    small_knowledge: KnowledgeBase,
) -> None:
    entries = dict(small_knowledge.entries)
    other = entries["slow_case"]
    entries["slow_case"] = replace(other, owner="a", review_by=date(2026, 7, 21))
    knowledge = replace(small_knowledge, entries=entries)
    found = due_entries(knowledge, TODAY, 365)
    assert [each.entry.id for each in found[:2]] == ["slow_case", "find_person"]
    assert found[0].days == 1


@pytest.mark.parametrize(("days", "entries"), [(0, 0), (24, 0), (25, 1), (400, 12)])
def test_only_what_is_due_within_the_days_is_told(
    small_knowledge: KnowledgeBase, days: int, entries: int
) -> None:
    assert len(due_entries(small_knowledge, TODAY, days)) == entries


def test_what_is_withdrawn_is_not_due(small_knowledge: KnowledgeBase) -> None:
    withdrawn = with_status(small_knowledge, "withdrawn")
    assert due_entries(withdrawn, LATE, 30) == []


@pytest.mark.parametrize(("status", "late"), [("draft", 0), ("approved", 12)])
def test_only_approved_ones_that_are_late_must_not_wait(
    small_knowledge: KnowledgeBase, status: str, late: int
) -> None:
    due = due_entries(with_status(small_knowledge, status), LATE, 30)
    assert len(late_and_approved(due)) == late
    not_yet = due_entries(with_status(small_knowledge, status), TODAY, 400)
    assert late_and_approved(not_yet) == []


def test_late_and_approved_fails_the_command(office: Office) -> None:
    assert office.run("due")[0] == 0
    old = "status: draft\nowner: intake\nas_of: 2026-07-15\nreview_by: 2027-01-15"
    new = old.replace("draft", "approved").replace("2027-01-15", "2026-07-16")
    edit(office.root / DOOR, old, new)
    code, said = office.run("due")
    assert code == 1
    assert "door_knock" in said
    assert "knowledge reviewed ID" in said


def _links(*verdicts: Verdict) -> list[Checked]:
    link = Link("https://law.example/1", ("sources.yml: usc-1",))
    return [Checked(link, verdict, 200, link.address) for verdict in verdicts]


@pytest.mark.parametrize(
    ("verdicts", "code"),
    [
        ((), 0),
        (("works", "moved", "refused"), 0),
        (("works", "gone"), 1),
        (("fails",), 1),
        (("unreachable",), 1),
    ],
)
def test_a_dead_address_fails_the_command(
    verdicts: tuple[Verdict, ...], code: int
) -> None:
    assert tell(_links(*verdicts)) == code


def test_a_dead_address_is_told_with_its_place(
    capsys: pytest.CaptureFixture[str],
) -> None:
    tell(_links("works", "gone"))
    said = capsys.readouterr().out
    assert "GONE (200): https://law.example/1\n    stands in sources.yml: usc-1" in said
    assert "1 works, 1 GONE" in said


def test_check_tells_a_fault_with_its_line(office: Office) -> None:
    edit(office.root / DOOR, "jurisdiction: US", "jurisdiction: TX")
    code, said = office.run("check")
    assert code == 1
    assert "knowledge/rights/door_knock.en.md:5: jurisdiction" in said


def test_a_new_entry_loads_and_no_visitor_gets_it(office: Office) -> None:
    code, said = office.run("new", "rights", "car_stop")
    assert code == 0
    assert "rights/car_stop.es.md" in said
    code, said = office.run("preview", "car_stop", "--channel", "terminal")
    assert code == 0
    assert "Fill in the short answer" in said
    assert "withdrawn" in said


def test_a_copied_entry_has_the_texts_and_not_the_questions(office: Office) -> None:
    office.run("new", "rights", "car_stop", "--from", "bond_money")
    text = office.text("rights/car_stop.en.md")
    assert "A bond costs at least {{fact:bond_minimum}}." in text
    assert "How much is an immigration bond?\n  -" not in text
    assert "aliases: []" in text
    assert "status: withdrawn" in text


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("rights", "door_knock"), "There is an entry door_knock already"),
        (("rights", "bail_price"), "There is an entry bail_price already"),
        (("../x", "car_stop"), "small letters"),
        (("rights", "../../x"), "small letters"),
        (("rights", "car_stop", "--from", "nope"), "no entry nope to copy"),
    ],
)
def test_a_new_entry_that_cannot_be_is_refused(
    office: Office, words: tuple[str, ...], told: str
) -> None:
    code, said = office.run("new", *words)
    assert (code, told in said) == (1, True), said


def test_a_new_group_says_that_the_model_must_learn_it(office: Office) -> None:
    assert "is a new group" in office.run("new", "housing", "rent")[1]


def test_every_entry_of_the_real_folder_can_be_previewed(
    knowledge: KnowledgeBase,
) -> None:
    for entry in knowledge.entries.values():
        title = entry.texts["es"].title
        assert title in whole_entry(entry, knowledge, "es", TODAY)
        assert title in as_shown(entry, knowledge, "es", TODAY, "web")
        assert as_shown(entry, knowledge, "es", TODAY, "whatsapp").strip()
