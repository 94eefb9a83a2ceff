"""The sheet of entries goes out and comes in again without a change, and no formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

from bot.core.errors import ContentError
from bot.core.languages import LANGUAGES
from bot.knowledge.entry_form import EntryForm, form_of, texts_of
from bot.services.knowledge_cells import safe_cell, text_of_cell
from bot.services.knowledge_csv import COLUMNS, read_sheet, write_sheet
from bot.settings import PROJECT_ROOT
from tests.builders import write_knowledge

REAL = PROJECT_ROOT / "knowledge"
DOOR = "door_knock"


def forms_in(root: Path) -> dict[str, EntryForm]:
    """Return the forms of all entries in a folder."""
    forms = {}
    for english in sorted(root.glob("*/*.en.md")):
        entry, group = english.name.removesuffix(".en.md"), english.parent.name
        texts = {
            code: english.with_name(f"{entry}.{code}.md").read_text(encoding="utf-8")
            for code in LANGUAGES
        }
        forms[entry] = form_of(texts, f"{group}/{entry}")
    return forms


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> dict[str, EntryForm]:
    """The forms of a small folder."""
    return forms_in(write_knowledge(tmp_path_factory.mktemp("small")))


def sheet_of(forms: dict[str, EntryForm], *entries: str) -> list[list[str]]:
    """Return the cells of a sheet of entries, or of all."""
    data = write_sheet(forms[name] for name in (entries or forms))
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def as_file(cells: list[list[str]], sign: str = ",", end: str = "\r\n") -> bytes:
    """Return cells as a spreadsheet program saves them."""
    file = io.StringIO()
    csv.writer(file, delimiter=sign, lineterminator=end).writerows(cells)
    return file.getvalue().encode()


def problems(
    forms: dict[str, EntryForm], change: Callable[[list[list[str]]], None]
) -> list[str]:
    """Return what is told of a sheet of one entry that somebody changed."""
    cells = sheet_of(forms, DOOR)
    change(cells)
    with pytest.raises(ContentError) as caught:
        read_sheet(as_file(cells), "sheet.csv", forms)
    return [str(fault) for fault in caught.value.faults]


def set_cell(
    column: str, value: str, row: int = 1
) -> Callable[[list[list[str]]], None]:
    """Return what writes a cell; row 1 is the English one, row 2 the Spanish one."""

    def change(cells: list[list[str]]) -> None:
        cells[row][COLUMNS.index(column)] = value

    return change


def test_the_real_folder_goes_out_and_in_without_a_change() -> None:
    forms = forms_in(REAL)
    again = read_sheet(write_sheet(forms.values()), "sheet.csv", forms)
    assert again == forms
    for entry, form in again.items():
        for code, text in texts_of(form).items():
            path = REAL / form.group / f"{entry}.{code}.md"
            assert text == path.read_text(encoding="utf-8"), path


def test_no_cell_of_the_real_folder_is_a_formula_or_a_date() -> None:
    for row in sheet_of(forms_in(REAL))[1:]:
        for cell in row:
            assert cell[:1] not in set("=+-@\t\r"), cell
            assert not cell[:4].isdigit(), cell


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1 212 555 0123",
        "-5",
        "@sum",
        "\tx",
        " =1",
        "\u200b=1",
        "\u00a0=1",
        "\uff1d1",
        "'=1",
        "''=1",
        "'tis",
        "'",
        "2026-07-15",
        "7/15/2026",
        "007",
        "287(g)",
        "",
        "a\nb",
        "\n",
        '"quoted", and; parted',
    ],
)
def test_every_text_survives_its_cell(text: str) -> None:
    cell = safe_cell(text)
    assert text_of_cell(cell) == text
    assert cell.lstrip("\u200b\u00a0 ")[:1] not in set("=+-@\t\uff1d")


def test_any_text_survives_its_cell() -> None:
    for signs in product("'=-\t\n 1a", repeat=4):
        text = "".join(signs)
        assert text_of_cell(safe_cell(text)) == text, repr(text)


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_the_way_a_program_saves_it_does_not_matter(
    forms: dict[str, EntryForm], sign: str, end: str
) -> None:
    cells = [*sheet_of(forms), [""] * len(COLUMNS)]
    assert read_sheet(as_file(cells, sign, end), "sheet.csv", forms) == forms


def test_columns_in_another_order_are_understood(forms: dict[str, EntryForm]) -> None:
    cells = [row[::-1] for row in sheet_of(forms)]
    assert read_sheet(as_file(cells), "sheet.csv", forms) == forms


def test_rows_that_were_taken_out_change_nothing(forms: dict[str, EntryForm]) -> None:
    cells = sheet_of(forms, DOOR)
    del cells[1]
    again = read_sheet(as_file(cells), "sheet.csv", forms)
    assert again == {DOOR: forms[DOOR]}


def test_a_changed_text_reaches_its_language_only(forms: dict[str, EntryForm]) -> None:
    cells = sheet_of(forms, DOOR)
    set_cell("short", "'- Puede quedarse callado.", 2)(cells)
    texts = texts_of(read_sheet(as_file(cells), "sheet.csv", forms)[DOOR])
    assert "\n- Puede quedarse callado.\n" in texts["es"]
    assert texts["en"] == texts_of(forms[DOOR])["en"]


def test_a_question_a_line_is_taken(forms: dict[str, EntryForm]) -> None:
    cells = sheet_of(forms, DOOR)
    at = COLUMNS.index("questions")
    cells[1][at] += "\r\n  who may come in  \r\n\r\n"
    form = read_sheet(as_file(cells), "sheet.csv", forms)[DOOR]
    asked = forms[DOOR].texts["en"].questions
    assert form.texts["en"].questions == (*asked, "who may come in")


def test_a_new_entry_comes_with_both_languages(forms: dict[str, EntryForm]) -> None:
    cells = sheet_of(forms, DOOR)
    for row in cells[1:]:
        row[COLUMNS.index("id")] = "car_stop"
    assert read_sheet(as_file(cells), "sheet.csv", forms)["car_stop"].id == "car_stop"
    with pytest.raises(ContentError, match="a new entry needs both"):
        read_sheet(as_file(cells[:2]), "sheet.csv", forms)


@pytest.mark.parametrize(
    ("column", "value", "row", "told"),
    [
        ("id", "../evil", 1, "row 2: column id: is no name"),
        ("group", "Rights!", 1, "row 2: column group: is no name"),
        ("group", "detained", 1, "row 2: column group: cannot be changed"),
        ("language", "fr", 1, "row 2: column language: is no language"),
        ("language", "es", 1, "row 3: column id: is the same entry and language"),
        ("volatile", "maybe", 1, "row 2: column volatile: is neither yes nor no"),
        ("status", "approved", 1, "row 2: column status: cannot be changed here"),
        ("approved_by", "Ana", 1, "row 2: column approved_by: cannot be changed"),
        ("translated_on", "2026-07-15", 1, "column translated_on: stands in the wrong"),
        ("sources", "usc-1", 2, "row 3: column sources: stands in the wrong row"),
        ("status", "draft", 2, "row 3: column status: stands in the wrong row"),
    ],
)
def test_what_is_wrong_is_told_by_row_and_column(
    forms: dict[str, EntryForm], column: str, value: str, row: int, told: str
) -> None:
    found = problems(forms, set_cell(column, value, row))
    assert any(told in problem for problem in found), found


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "has no column id"),
        (b"id,group\r\n", "has no column language"),
        (",".join((*COLUMNS, "price")).encode(), "not known: price"),
        (",".join((*COLUMNS, "id")).encode(), "has a column twice"),
        ("id,a\u00f1o".encode("latin-1"), "is not UTF-8"),
        (b"PK\x03\x04\0\0", "is no text file"),
    ],
)
def test_a_file_that_is_no_sheet_is_refused(data: bytes, told: str) -> None:
    with pytest.raises(ContentError, match=told):
        read_sheet(data, "sheet.csv", {})


def test_a_row_with_too_many_cells_is_told(forms: dict[str, EntryForm]) -> None:
    found = problems(forms, lambda cells: cells[2].append("more"))
    assert "row 3: column (after the last): more cells than columns" in found[0]
