"""python -m bot agreements tells in plain words what it did, and by its exit code."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.commands import agreements
from tests.sheets import Line, lines, workbook

NOW = datetime(2026, 11, 17, 12, tzinfo=timezone.utc)
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation of its own, on one day: a run may last beyond midnight."""
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setattr(agreements, "_now", lambda: NOW)


def sheet(folder: Path, rows: list[Line], days_old: int = 0) -> str:
    """Return the place of a sheet that ICE named so many days ago."""
    day = TODAY - timedelta(days=days_old)
    path = folder / f"participatingAgencies{day:%m%d%Y}am.xlsx"
    path.write_bytes(workbook(rows))
    return str(path)


def test_importing_tells_each_step_and_the_totals(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["agreements", "import", sheet(tmp_path, lines(20))]) == 0
    said = capsys.readouterr().out
    steps = ["reading the sheet", "comparing", "keeping"]
    assert [step for step in steps if step in said] == steps
    assert f"20 agreements of 20 agencies, as of {TODAY}" in said
    assert "This is now the current list. Fresh enough" in said


def test_the_second_import_tells_what_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["agreements", "import", sheet(tmp_path, lines(20), 1)])
    assert main(["agreements", "import", sheet(tmp_path, lines(21)[1:])]) == 0
    said = capsys.readouterr().out
    assert "1 added, 1 removed, 0 changed" in said
    assert "+ FL Place20 Police Department TFM" in said
    assert "- FL Place0 Police Department TFM" in said


def test_a_change_in_new_york_asks_a_person_to_look(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["agreements", "import", sheet(tmp_path, lines(20), 1)])
    rows = [*lines(20), Line(state="NEW YORK")]
    assert main(["agreements", "import", sheet(tmp_path, rows)]) == 3
    assert "LOOK AT THIS:\n- NY: Palmetto County" in capsys.readouterr().out


def test_a_refused_sheet_is_told_with_its_reasons(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = sheet(tmp_path, [*lines(5), Line(model="Tribal Model")])
    assert main(["agreements", "import", file]) == 1
    told = capsys.readouterr().err
    assert "Refused. The list before stays as it was:" in told
    assert 'Row 7: the support type "Tribal Model" is unknown.' in told


def test_check_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["agreements", "import", sheet(tmp_path, lines(9)), "--check"]) == 0
    assert "Not made current." in capsys.readouterr().out
    main(["agreements", "show"])
    assert "No list was imported yet" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (45, "Fresh enough to answer from."),
        (46, "answers begin by saying so."),
        (120, "answers begin by saying so."),
        (121, "answers only name ICE's page."),
    ],
)
def test_show_tells_what_the_age_of_the_list_means(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], days: int, words: str
) -> None:
    main(["agreements", "import", sheet(tmp_path, lines(9), days)])
    capsys.readouterr()
    assert main(["agreements", "show"]) == 0
    said = capsys.readouterr().out
    assert f"{days} days old" in said
    assert words in said
    assert "9 agreements of 9 agencies in 5 states" in said


def test_show_names_the_states_whose_text_wins(
    capsys: pytest.CaptureFixture[str],
) -> None:
    main(["agreements", "show"])
    said = capsys.readouterr().out
    assert "NY: knowledge/agreements/overrides.yml wins (as of 2026-09-14" in said


def test_a_file_that_is_not_there_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["agreements", "import", str(tmp_path / "none.xlsx")]) == 1
    assert "cannot be read: No such file" in capsys.readouterr().err


def test_an_old_file_saved_today_counts_as_of_today_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = sheet(tmp_path, lines(9), 30)
    given = ["agreements", "import", file, "--downloaded", TODAY.isoformat()]
    assert main(given) == 0
    said = capsys.readouterr().out
    assert f"as of {TODAY}" in said
    assert "is far from the day it was saved" in said
