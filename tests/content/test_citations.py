"""Laws, rules and cases pass in the forms that can be looked up, and in no others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.entries import Source
from bot.knowledge.check_citations import (
    citation_faults,
    is_known_citation,
    source_citation_fault,
)
from bot.knowledge.files import EntryFile
from bot.knowledge.loader import load_knowledge, read_entry_files
from tests.builders import edit

GOOD = (
    "8 U.S.C. § 1226(a)",
    "8 U.S.C. §§ 1226, 1231",
    "28 U.S.C. § 1361 and 5 U.S.C. § 706",
    "8 C.F.R. § 287.7",
    "8 C.F.R. Part 287",
    "9 NYCRR Part 466",
    "N.J.S.A. 2C:29-1",
    "N.J.A.C. 13:21-8",
    "N.J. Ct. R. 4:69-1",
    "N.Y. Exec. Law § 296",
    "N.Y. C.P.L.R. 7002",
    "N.Y.C. Admin. Code § 9-131",
    "Fed. R. Civ. P. 12(b)(6)",
    "U.S. Const. amend. IV",
    "Pub. L. No. 119-1",
    "P.L. 2026, c. 12",
    "Exec. Order No. 14159",
    "90 Fed. Reg. 1234",
    "27 I. & N. Dec. 316",
    "No. 1:20-cv-123 (S.D.N.Y. 2020)",
    "People v. Wells, (App. Div. 2018)",
    # Forms that eyecite reads.
    "533 U.S. 678 (2001)",
    "Zadvydas v. Davis, 533 U.S. 678 (2001)",
    "140 S. Ct. 1891 (2020)",
    "123 F.3d 456 (2d Cir. 1999)",
    "750 F. Supp. 2d 95 (D.D.C. 2010)",
    "168 A.D.3d 31",
    "8 USC § 1226",
)
# Each looks like law, and cannot be looked up as it stands.
BAD = (
    "8 USC 1226",
    "8 U.S.C. 1226",
    "8 CFR 287.7",
    "8 C.F.R. 287.7",
    "NJSA 2C:29-1",
    "N.J.S.A 2C:29-1",
    "90 Fed Reg 1234",
    "27 I and N Dec 316",
)
BAD_SOURCES = (*BAD, "Title 8 § 1226", "Smith v. Jones")
PLAIN = ("ICE, Form I-200", "USCIS Policy Manual", "Directive 2018-6", "Form I-247A")


@pytest.fixture
def door(root: Path) -> EntryFile:
    """An English entry file whose text cites a placeholder law."""
    edit(root / "rights/door_knock.en.md", "More about this.", "See {LAW} for this.")
    files, _ = read_entry_files(root)
    return next(pair["en"] for key, pair in files.items() if "door_knock" in key)


def source(knowledge_root: Path, citation: str) -> Source:
    """Return a source with that citation."""
    edit(knowledge_root / "sources.yml", "1 U.S.C. § 1", citation or "''")
    return load_knowledge(knowledge_root).sources["usc-1"]


@pytest.mark.parametrize("text", GOOD)
def test_a_citation_that_can_be_looked_up_is_known(text: str) -> None:
    assert is_known_citation(text)


@pytest.mark.parametrize("text", BAD_SOURCES)
def test_a_citation_in_a_loose_form_is_not_known(text: str) -> None:
    assert not is_known_citation(text)


@pytest.mark.parametrize("text", GOOD)
def test_a_good_citation_in_an_entry_is_no_fault(door: EntryFile, text: str) -> None:
    assert list(citation_faults(cite(door, text))) == []


@pytest.mark.parametrize("text", BAD)
def test_a_loose_citation_in_an_entry_is_told(door: EntryFile, text: str) -> None:
    (fault,) = citation_faults(cite(door, text))
    assert fault.file.endswith("door_knock.en.md")
    assert text[:4] in fault.problem
    assert "8 U.S.C. § 1226(a)" in fault.remedy


def test_every_loose_citation_of_an_entry_is_told(door: EntryFile) -> None:
    faults = list(citation_faults(cite(door, "8 USC 1226;\nand 8 CFR 287.7")))
    assert len(faults) == 2


def test_a_good_citation_does_not_excuse_a_loose_one(door: EntryFile) -> None:
    text = "8 U.S.C. § 1226(a);\nand 8 CFR 287.7"
    (fault,) = citation_faults(cite(door, text))
    assert "8 CFR 287" in fault.problem


@pytest.mark.parametrize("citation", [*GOOD, *PLAIN])
def test_a_source_may_cite_law_well_or_no_law(root: Path, citation: str) -> None:
    assert source_citation_fault(source(root, f"'{citation}'"), "sources.yml") is None


@pytest.mark.parametrize("citation", BAD_SOURCES)
def test_a_source_that_cites_law_loosely_is_told(root: Path, citation: str) -> None:
    fault = source_citation_fault(source(root, f"'{citation}'"), "sources.yml")
    assert fault is not None
    assert (fault.file, fault.field) == ("sources.yml", "usc-1")
    assert citation in fault.problem


def cite(file: EntryFile, text: str) -> EntryFile:
    """Return the entry file with a law cited in its details."""
    return replace(file, details=file.details.replace("{LAW}", text))
