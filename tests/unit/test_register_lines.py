"""One item of a file of sources or figures is changed, and nothing else of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.core.errors import ContentError
from bot.core.facts import Fact, FactValue
from bot.gateway.console.registers_form import readings
from bot.knowledge.check_registers import gap_faults, number_faults, order_faults
from bot.knowledge.checks import check_knowledge
from bot.knowledge.entry_pairs import stamps_of
from bot.knowledge.parts import FolderReader
from bot.knowledge.register_lines import with_item, with_owners
from bot.knowledge.registers import read_facts, read_owners, read_sources
from bot.settings import PROJECT_ROOT
from tests.builders import TODAY, write_knowledge

SOURCES = """\
# Every authority.
a-law:
  title: A law, told at such length that somebody wrapped
    the line
  # Somebody should read it again.
  checked_on: 2026-07-15
  url_opened: false
# Belongs to the next one.
c-law:
  title: "C: a law"
  checked_on: 2026-07-15
  url_opened: true
"""
FACTS = """\
fee:
  # Confirm it.
  source: a-law
  values:
  - en: $5
    es: $5
    valid_from: 2023-12-01
    valid_to: null

other:
  source: a-law
  values: []
"""
ROW = {"title": "B", "checked_on": date(2026, 7, 16), "url_opened": True}


def test_a_field_is_changed_and_comments_and_order_stay() -> None:
    row = {"title": "A: new", "checked_on": date(2026, 7, 15), "url_opened": True}
    assert with_item(SOURCES, "s.yml", "a-law", row) == SOURCES.replace(
        "A law, told at such length that somebody wrapped\n    the line", '"A: new"'
    ).replace("url_opened: false", "url_opened: true")


def test_a_new_item_stands_where_its_letters_belong() -> None:
    text = with_item(SOURCES, "s.yml", "b-law", ROW)
    added = "b-law:\n  title: B\n  checked_on: 2026-07-16\n  url_opened: true\n"
    assert text == SOURCES.replace("# Belongs", f"{added}# Belongs")
    assert with_item(SOURCES, "s.yml", "d-law", ROW).endswith(
        added.replace("b-law", "d-law")
    )


def test_a_value_is_added_to_a_figure() -> None:
    values = [
        {"en": "$5", "es": "$5", "valid_from": date(2023, 12, 1),
         "valid_to": date(2026, 12, 31)},
        {"en": "988", "es": "no: nada", "valid_from": date(2027, 1, 1),
         "valid_to": None},
    ]  # fmt: skip
    text = with_item(FACTS, "f.yml", "fee", {"source": "a-law", "values": values})
    assert "  # Confirm it.\n" in text
    assert '    - en: "988"\n      es: "no: nada"\n      valid_from: 2027-01-01' in text
    assert text.endswith("\n\nother:\n  source: a-law\n  values: []\n")
    added = with_item(FACTS, "f.yml", "afee", {"source": "x", "values": values[1:]})
    assert added.index("afee:") == 0


@pytest.mark.parametrize(
    "text",
    ["a: {title: x}\n", "? a\n: title: x\n", '"a":\n    title: &t x\n    b: *t\n'],
)
def test_what_is_written_in_another_way_is_refused_whole(text: str) -> None:
    with pytest.raises(ContentError):
        with_item(text, "s.yml", "a", {"title": "new", "b": "x"})


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("a: 1\nowners: [x]\nb: 2\n", 'a: 1\nowners: [x, "a, b"]\nb: 2\n'),
        (
            "owners:\n- x # who\n  # c\nb: 2\n",
            'owners: [x, "a, b"]\n  # c\nb: 2\n',
        ),
        ("b: 2\n", 'b: 2\nowners: [x, "a, b"]\n'),
    ],
)
def test_owners_are_written_on_their_line(written: str, expected: str) -> None:
    assert with_owners(written, "office.yml", ["x", "a, b"]) == expected


def test_every_item_of_the_real_files_can_be_changed() -> None:
    import yaml

    root = PROJECT_ROOT / "knowledge"
    for path in (root / "sources.yml", *sorted((root / "facts").glob("*.yml"))):
        text = path.read_text(encoding="utf-8")
        for key, row in list(yaml.safe_load(text).items())[:8]:
            row = {**row, "checked_on": date(2026, 11, 1)}
            after = with_item(text, path.name, key, row)
            changed = set(after.split("\n")) - set(text.split("\n"))
            assert changed <= {"  checked_on: 2026-11-01"}, key


@pytest.mark.parametrize(
    ("english", "spanish", "odd"),
    [
        ("$1,500", "1.500 dólares", ""),
        ("$1,500.50", "1.500,50 dólares", ""),
        ("$405.00", "$405", ""),
        ("six years", "6 años", ""),
        ("sixty (60) days", "60 días", ""),
        ("one of two forms", "uno de los dos formularios", ""),
        ("the first form", "el formulario 1", "1"),
        ("thirty-one days", "treinta y un días", ""),
        ("$420", "$402", "402, 420"),
        ("5%", "6 %", "5, 6"),
        ("six years", "siete años", "6, 7"),
        ("ten business days", "diez días", ""),
        ("$405 in 2026", "$405 en 2025", "2025, 2026"),
        ("1-800-898-7180", "1-800-898-7108", "7108, 7180"),
    ],
)
def test_both_languages_of_a_figure_hold_the_same_numbers(
    english: str, spanish: str, odd: str
) -> None:
    faults = list(number_faults("f.yml", "fee", {"en": english, "es": spanish}))
    told = [fault.problem.partition(" hold other numbers ")[2] for fault in faults]
    assert told == ([f"({odd})"] if odd else [])


def value(text: str, first: date, last: date | None) -> FactValue:
    return FactValue({"en": text, "es": text}, first, last)


OLD = value("$405", date(2023, 12, 1), date(2026, 12, 14))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ((OLD, value("$420", date(2026, 12, 15), None)), ""),
        (
            (value("$420", date(2026, 12, 10), None), OLD),
            "'$405' and '$420' are both valid on 2026-12-10. Let '$405' end on "
            "2026-12-09, the day before '$420' begins.",
        ),
        (
            (OLD, value("$420", date(2023, 12, 1), None)),
            "both valid on 2023-12-01. Give each its own days.",
        ),
        (
            (OLD, value("$420", date(2027, 1, 1), None)),
            "there is no value (2026-12-15 to 2026-12-31). Let '$405' end on "
            "2026-12-31, or '$420' begin on 2026-12-15.",
        ),
        ((value("$5", date(2026, 2, 1), date(2026, 1, 1)),), "ends before it begins"),
    ],
)
def test_the_values_of_a_figure_follow_each_other_day_by_day(
    values: tuple[FactValue, ...], words: str
) -> None:
    faults = [*order_faults("f.yml", "x", values), *gap_faults("f.yml", "x", values)]
    assert len(faults) == bool(words)
    assert words in "".join(map(str, faults))


def test_what_visitors_read_of_a_figure_is_told_from_day_to_day() -> None:
    later = value("$420", date(2026, 12, 10), date(2027, 1, 1))
    fact = Fact("fee", "a-law", TODAY, (OLD, later))
    told = [(one.day, one.texts["en"]) for one in readings(fact, date(2026, 11, 22))]
    # On days that two values share, the first in the file is said.
    assert told == [
        (date(2026, 11, 22), "$405"),
        (date(2026, 12, 15), "$420"),
        (date(2027, 1, 2), None),
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("facts/fees.yml", "en: ", "en: a guaranteed ", "'guaranteed' is a promise"),
        ("facts/fees.yml", "es: ", "es: 7 ", "hold other numbers"),
        ("sources.yml", "title: ", "title: We can win with ", "is a promise"),
        ("sources.yml", "title_es: ", "title_es: Consulta gratis ", "is a price"),
    ],
)
def test_a_file_that_says_what_may_not_be_said_keeps_its_last_good_text(
    tmp_path: Path, file: str, old: str, new: str, words: str
) -> None:
    root = write_knowledge(tmp_path)
    text = (root / file).read_text(encoding="utf-8")
    (root / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError, match=words):
        read_sources(root) if file == "sources.yml" else read_facts(root)
    assert [fault.file for fault in check_knowledge(root, TODAY)] == [
        f"knowledge/{file}"
    ]


@pytest.mark.parametrize("written", ["intake", "intake, litigation", "", "[{a: b}]"])
def test_owners_that_are_no_list_are_one_fault_of_the_office(
    tmp_path: Path, written: str
) -> None:
    root = write_knowledge(tmp_path)
    reader = FolderReader(root)
    before = reader.read_fit(stamps_of(root), {})
    lines = (root / "office.yml").read_text(encoding="utf-8").split("\n")
    kept = [line for line in lines if not line.startswith(("owners", "-"))]
    text = "\n".join([*kept, f"owners: {written}", ""])
    (root / "office.yml").write_text(text, encoding="utf-8")
    told = ["knowledge/office.yml: owners: no list. Write it as [one, two]."]
    assert [str(fault) for fault in check_knowledge(root, TODAY)] == told
    after = reader.read_fit(stamps_of(root), before.registers)
    assert [str(fault) for fault in after.faults] == told
    assert not after.broken
    assert read_owners(root) == ["intake"]
