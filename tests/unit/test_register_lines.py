"""One item of a file of sources or figures is changed, and nothing else of it."""

from __future__ import annotations

from datetime import date

import pytest

from bot.core.errors import ContentError
from bot.knowledge.register_lines import with_item, with_owners
from bot.settings import PROJECT_ROOT

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
