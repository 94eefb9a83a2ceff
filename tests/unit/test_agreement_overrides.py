"""The texts that win over the list: what is right, and how faults are told."""

from __future__ import annotations

import copy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.core.errors import ContentError
from bot.services.agreement_overrides import read_overrides
from bot.settings import PROJECT_ROOT

KNOWLEDGE = PROJECT_ROOT / "knowledge"
LINE: dict[str, Any] = {
    "addendum_url": "",
    "agency": "Rensselaer County Sheriff's Office",
    "county": "Rensselaer County",
    "kind": "County",
    "model": "JEM",
    "moa_url": "https://www.ice.gov/doclib/a.pdf",
    "signed": date(2020, 6, 10),
}
NEW_YORK: dict[str, Any] = {
    "agreements": [LINE],
    "as_of": date(2026, 9, 14),
    "review_by": date(2026, 10, 14),
    "says": {"en": "One.", "es": "Uno."},
    "source_url": "https://example.org/",
    "status": "draft",
}


def faults(folder: Path, content: Any) -> list[str]:
    """Return the fields of which a file's faults tell, all of that file."""
    path = folder / "knowledge" / "agreements" / "overrides.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    try:
        read_overrides(folder / "knowledge")
    except ContentError as error:
        name = "knowledge/agreements/overrides.yml"
        return [fault.field for fault in error.faults if fault.file == name]
    return []


def test_the_real_file_speaks_of_new_york_and_new_jersey() -> None:
    found = read_overrides(KNOWLEDGE)
    assert sorted(found) == ["NJ", "NY"]
    (rensselaer,) = found["NY"].agreements
    assert rensselaer.agency == "Rensselaer County Sheriff's Office"
    assert (rensselaer.model, rensselaer.signed) == ("JEM", date(2020, 6, 10))
    assert found["NJ"].agreements == ()


@pytest.mark.parametrize("state", ["NY", "NJ"])
@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "does not stop ICE itself"), ("es", "no detiene a ICE")],
)
def test_each_text_says_that_ice_itself_is_not_stopped(
    state: str, language: Any, words: str
) -> None:
    override = read_overrides(KNOWLEDGE)[state]
    assert words in override.says[language]
    assert (override.review_by - override.as_of).days <= 30


def test_a_folder_without_the_file_has_none(tmp_path: Path) -> None:
    assert read_overrides(tmp_path) == {}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"as_of": "yesterday"}, "NY.as_of"),
        ({"review_by": date(2026, 10, 15)}, "NY.review_by"),
        ({"review_by": date(2026, 9, 13)}, "NY.review_by"),
        ({"says": {"en": "One."}}, "NY.says"),
        ({"says": {"en": "One.", "es": " "}}, "NY.says"),
        ({"says": {"en": "x" * 601, "es": "Uno."}}, "NY.says"),
        ({"source_url": "http://example.org/"}, "NY.source_url"),
        ({"status": "new"}, "NY.status"),
        ({"status": "approved"}, "NY.status"),
        ({"status": "approved", "approved_by": "A. B."}, "NY.status"),
        ({"agreements": "none"}, "NY.agreements"),
        ({"agreements": [{**LINE, "model": "XXX"}]}, "NY.agreements 1"),
        ({"agreements": [LINE, {**LINE, "agency": ""}]}, "NY.agreements 2"),
        ({"agreements": [{**LINE, "moa_url": "https://a.b/"}]}, "NY.agreements 1"),
        ({"agreements": [{**LINE, "signed": "2020"}]}, "NY.agreements 1"),
        ({"agreements": [{"agency": "x"}]}, "NY.agreements 1"),
        ({"note": "x"}, "NY.note"),
    ],
)
def test_a_fault_names_the_field(
    tmp_path: Path, changes: dict[str, Any], field: str
) -> None:
    assert faults(tmp_path, {"NY": {**NEW_YORK, **changes}}) == [field]


@pytest.mark.parametrize("field", sorted(NEW_YORK))
def test_a_missing_field_is_named(tmp_path: Path, field: str) -> None:
    given = {name: value for name, value in NEW_YORK.items() if name != field}
    assert faults(tmp_path, {"NY": given}) == [f"NY.{field}"]


@pytest.mark.parametrize("state", ["New York", "XX", "ny"])
def test_a_state_is_named_by_its_two_letters(tmp_path: Path, state: str) -> None:
    assert faults(tmp_path, {state: NEW_YORK}) == [f"{state}.state"]


def test_faults_of_all_states_are_told_at_once(tmp_path: Path) -> None:
    wrong = {"NY": {**NEW_YORK, "says": 1}, "NJ": 5, "CT": copy.deepcopy(NEW_YORK)}
    assert faults(tmp_path, wrong) == ["NJ.fields", "NY.says"]


def test_an_approved_text_names_who_approved_it(tmp_path: Path) -> None:
    signed = {"approved_by": "A. B.", "approved_on": date(2026, 9, 20)}
    assert faults(tmp_path, {"NY": {**NEW_YORK, "status": "approved", **signed}}) == []
