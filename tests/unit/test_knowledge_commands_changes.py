"""The commands that change entries: by name, all or nothing, and told afterwards."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from bot.commands.knowledge_desk import open_desk
from bot.services.editing import all_drafts
from bot.settings import load_settings
from tests.builders import edit
from tests.unit.knowledge_office import NOW, Office, open_office

DOOR = "rights/door_knock.en.md"
BOND = "detained/bond_money.en.md"


@pytest.fixture
def office(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Office:
    """An installation with an editor and a reviewer."""
    office = open_office(tmp_path, monkeypatch, capsys)
    office.add_staff("ana", "editor")
    office.add_staff("ben", "reviewer")
    return office


def test_withdrawing_and_restoring_are_written_to_the_file(office: Office) -> None:
    code, said = office.run("withdraw", "door_knock", "--why", "wrong", "--by", "ana")
    assert (code, "visitors get it nowhere" in said) == (0, True)
    assert "status: withdrawn" in office.text(DOOR)
    assert office.run("withdraw", "door_knock", "--why", "x", "--by", "ana")[0] == 1
    assert office.run("restore", "door_knock", "--by", "ana")[0] == 0
    assert "status: draft" in office.text(DOOR)


def test_who_does_it_must_be_said_where_several_may(office: Office) -> None:
    code, said = office.run("withdraw", "door_knock", "--why", "wrong")
    assert code == 1
    assert "Add --by LOGIN. It may be: ana, ben." in said
    assert "status: draft" in office.text(DOOR)


@pytest.mark.parametrize("login", ["carla", "ana@", ""])
def test_nobody_unknown_changes_anything(office: Office, login: str) -> None:
    code, said = office.run("restore", "door_knock", "--by", login)
    assert (code, "Nobody has this login" in said) == (1, True)


def test_only_a_reviewer_approves(office: Office) -> None:
    before = office.text(DOOR)
    code, said = office.run("approve", "door_knock", "--by", "ana")
    assert (code, "Only a reviewer may" in said) == (1, True)
    assert office.text(DOOR) == before


def test_reviewing_moves_the_dates_as_far_as_they_were_apart(office: Office) -> None:
    code, said = office.run("reviewed", "slow_case", "--by", "ben")
    assert (code, "reviewed today" in said) == (0, True), said
    text = office.text("mandamus/slow_case.en.md")
    assert "as_of: 2026-07-15" not in text
    code, _ = office.run(
        "reviewed", "slow_case", "--by", "ben", "--review-by", "2031-01-02"
    )
    assert "review_by: 2031-01-02" in office.text("mandamus/slow_case.en.md")


@pytest.mark.parametrize("task", ["approve", "reviewed", "restore"])
def test_an_unknown_entry_is_told(office: Office, task: str) -> None:
    code, said = office.run(task, "nope", "--by", "ben")
    assert (code, "There is no entry nope." in said) == (1, True)


def test_the_month_is_kept_once(office: Office) -> None:
    assert "None is kept yet" in office.run("snapshot", "--list")[1]
    assert "are kept for" in office.run("snapshot")[1]
    assert "has its copy already" in office.run("snapshot")[1]
    code, said = office.run("snapshot", "--list")
    assert (code, "12 entries" in said) == (0, True)


def _git(office: Office, *words: str) -> None:
    name = ("-c", "user.name=t", "-c", "user.email=t@example.org")
    command = ["git", "-C", str(office.root), *name, *words]
    subprocess.run(command, check=True, capture_output=True)


def test_diff_tells_what_visitors_read_differently_since_the_last_commit(
    office: Office,
) -> None:
    _git(office, "init", "-q")
    _git(office, "add", ".")
    _git(office, "commit", "-q", "-m", "all")
    assert office.run("diff") == (0, "No difference.\n")
    edit(office.root / DOOR, "You may keep", "You can keep")
    edit(office.root / "facts" / "fees.yml", "1,500", "1,600")
    edit(office.root / BOND, "urgent: How much", "so urgent: How much")
    code, said = office.run("diff")
    assert code == 0
    assert "- You may keep the door closed." in said
    assert "+ You can keep the door closed." in said
    assert "+ A bond costs at least $1,600." in said
    assert "questions: 1 added, 1 removed" in said
    assert "Entries that differ for visitors: 2." in said
    assert "bond_money" not in office.run("diff", "door_knock")[1]


def test_diff_against_a_snapshot(office: Office) -> None:
    month = office.run("snapshot")[1].split()[-1].rstrip(".")
    edit(office.root / DOOR, "status: draft", "status: withdrawn")
    code, said = office.run("diff", "--against", month)
    assert (code, "rights/door_knock: gone" in said) == (0, True)
    code, said = office.run("diff", "--against", "2020-01")
    assert (code, "No snapshot of 2020-01" in said) == (1, True)


def test_without_git_diff_asks_what_the_console_wrote_last(office: Office) -> None:
    office.run("withdraw", "door_knock", "--why", "wrong", "--by", "ana")
    edit(office.root / DOOR, "status: withdrawn", "status: draft")
    assert "rights/door_knock: new" in office.run("diff")[1]


@pytest.mark.parametrize("revision", ["nope", "--output=x", "HEAD; rm"])
def test_a_revision_that_is_none_is_told(office: Office, revision: str) -> None:
    code, said = office.run("diff", f"--against={revision}")
    assert (code, "git has no revision" in said) == (1, True)


def test_a_sheet_goes_out_and_in_without_a_change(office: Office) -> None:
    file = str(office.folder / "all.csv")
    assert office.run("export", file)[0] == 0
    assert office.run("import", file) == (0, "The sheet changes nothing.\n")


def test_a_changed_sheet_becomes_drafts_and_changes_no_file(office: Office) -> None:
    file = office.folder / "some.csv"
    office.run("export", str(file), "--entries", "door_knock", "bond_money")
    edit(file, "You may keep the door", "You can keep the door")
    before = office.text(DOOR)
    said = office.run("import", str(file), "--check")[1]
    assert "+ You can keep the door closed." in said
    assert "Nothing was written." in said
    code, said = office.run("import", str(file), "--by", "ana")
    assert (code, "Drafts kept: 1." in said) == (0, True), said
    assert _drafts() == ["door_knock"]
    assert office.text(DOOR) == before
    code, said = office.run("import", str(file), "--by", "ana")
    assert (code, "There are drafts already: door_knock" in said) == (1, True)


def test_a_sheet_with_an_error_is_refused_whole(office: Office) -> None:
    file = office.folder / "some.csv"
    office.run("export", str(file), "--entries", "door_knock", "bond_money")
    edit(file, "You may keep the door", "You can keep the door")
    edit(file, "A bond costs at least", "We guarantee: a bond costs at least")
    code, said = office.run("import", str(file), "--by", "ana")
    assert code == 1
    assert "knowledge/detained/bond_money.en.md" in said
    assert "Nothing of the sheet was taken." in said
    assert not _drafts()


def _drafts() -> list[str]:
    with open_desk(load_settings(), NOW) as desk:
        return [draft.entry for draft in all_drafts(desk.editing)]


@pytest.mark.parametrize("kind", ["html", "pdf"])
def test_paper_holds_the_chosen_entries(office: Office, kind: str) -> None:
    file = office.folder / f"paper.{kind}"
    code, _ = office.run("export", str(file), "--entries", "bail_price", "door_knock")
    data = file.read_bytes()
    assert code == 0
    assert data.startswith(b"<!DOCTYPE" if kind == "html" else b"%PDF")


@pytest.mark.parametrize(
    ("file", "options", "has_it"),
    [
        ("paper.html", (), False),
        ("paper.html", ("--withdrawn",), True),
        ("paper.html", ("--entries", "door_knock", "bond_money"), True),
        ("sheet.csv", (), True),
    ],
    ids=["paper", "asked for", "named", "sheet"],
)
def test_paper_holds_what_is_withdrawn_only_where_it_is_asked_for(
    office: Office, file: str, options: tuple[str, ...], has_it: bool
) -> None:
    door = next(office.root.glob("*/door_knock.en.md"))
    edit(door, "status: draft", "status: withdrawn")
    code, said = office.run("export", str(office.folder / file), *options)
    written = (office.folder / file).read_text(encoding="utf-8-sig")
    assert code == 0
    assert ("door_knock" in written, "bond_money" in written) == (has_it, True)
    assert ("Left out, because withdrawn: 1" in said) is not has_it


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("x.doc",), "must end with one of"),
        (("x.csv", "--entries", "nope"), "There is no entry nope"),
        (("no/such/folder/x.csv",), "cannot be written"),
    ],
)
def test_an_export_that_cannot_be_is_told(
    office: Office, words: tuple[str, ...], told: str
) -> None:
    code, said = office.run("export", str(office.folder / words[0]), *words[1:])
    assert (code, told in said) == (1, True)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"group": "rights", "en": "x"}'])
def test_texts_for_an_effect_that_are_none_are_refused(
    office: Office, text: str
) -> None:
    file = office.folder / "texts.json"
    file.write_text(text, encoding="utf-8")
    code, said = office.run("effect", "door_knock", "--texts", str(file))
    assert (code, "must be JSON" in said) == (1, True)


def test_without_a_kept_index_the_effect_says_what_to_do(office: Office) -> None:
    texts = {code: office.text(f"rights/door_knock.{code}.md") for code in ("en", "es")}
    file = office.folder / "texts.json"
    file.write_text(json.dumps({"group": "rights", **texts}), encoding="utf-8")
    code, said = office.run("effect", "door_knock", "--texts", str(file))
    assert (code, "python -m bot train --force" in said) == (1, True)
    assert not (office.folder / "var" / "index").exists()


def test_without_a_draft_the_effect_says_so(office: Office) -> None:
    code, said = office.run("effect", "door_knock")
    assert (code, "There is no draft of door_knock" in said) == (1, True)
