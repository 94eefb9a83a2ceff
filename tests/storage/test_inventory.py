"""The public page about privacy lists every table and column, and nothing else."""

from __future__ import annotations

import re

import pytest

import bot.storage.agreement_tables
import bot.storage.knowledge_tables
import bot.storage.miss_tables
import bot.storage.office_tables  # noqa: F401 - brings its tables into the metadata
from bot.settings import PROJECT_ROOT
from bot.storage.tables import Base
from bot.storage.types import EncryptedJson

PAGE = PROJECT_ROOT / "docs" / "privacy.md"
# "| `column` | what it holds | yes |"
ROW = re.compile(r"^\| `(\w+)` \| (.+) \| (yes|no) \|$", re.MULTILINE)
# What would tell of a visitor's device or where they came from.
NEVER = re.compile(r"(?:^|_)(?:ip|agent|device|referrer|browser|network|location)")


def told() -> dict[str, dict[str, bool]]:
    """Return the page's tables: of each column whether it is said to be encrypted."""
    sections = re.split(r"^##+ ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    tables = (re.match(r"`(\w+)`: \w", section) for section in sections)
    return {
        found[1]: {name: word == "yes" for name, _, word in ROW.findall(found.string)}
        for found in tables
        if found
    }


def kept() -> dict[str, dict[str, bool]]:
    """Return the tables of the database: of each column whether it is encrypted."""
    return {
        name: {
            column.name: isinstance(column.type, EncryptedJson)
            for column in table.columns
        }
        for name, table in Base.metadata.tables.items()
    }


def test_the_page_lists_every_table() -> None:
    assert sorted(told()) == sorted(kept())


@pytest.mark.parametrize("table", sorted(kept()))
def test_the_page_lists_every_column_and_says_whether_it_is_encrypted(
    table: str,
) -> None:
    assert told()[table] == kept()[table]


@pytest.mark.parametrize("table", sorted(kept()))
def test_no_column_is_for_a_network_address_a_device_or_a_referrer(table: str) -> None:
    assert [column for column in kept()[table] if NEVER.search(column)] == []


@pytest.mark.parametrize("name", ["ip", "ip_address", "user_agent", "referrer"])
def test_a_column_for_an_address_or_a_device_would_be_noticed(name: str) -> None:
    assert NEVER.search(name)
