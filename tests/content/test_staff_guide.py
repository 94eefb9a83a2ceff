"""The guides for staff name roles, buttons and reasons as the console has them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

import pytest
import yaml

from bot.core.staff import PERMISSIONS, ROLES, Permission
from bot.settings import PROJECT_ROOT, Settings

GUIDE: Final = (PROJECT_ROOT / "docs" / "staff.md").read_text(encoding="utf-8")
EDITING: Final = (PROJECT_ROOT / "docs" / "editing.md").read_text(encoding="utf-8")
CONSOLE_WORDS: Final = PROJECT_ROOT / "bot" / "gateway" / "console" / "words"
PHRASES: Final = PROJECT_ROOT / "knowledge" / "phrases"
# How the guide says what each permission allows.
SAID: Final[dict[Permission, str]] = {
    "see_own_account": "change the own password and second factor",
    "see_numbers": "see the numbers (counts only)",
    "see_requests": "see requests",
    "change_requests": "change requests",
    "export_requests": "save requests as files",
    "talk": "talk with visitors",
    "manage_staff": "manage staff",
    "see_audit": "see who did what",
    "edit_knowledge": "edit the knowledge",
    "approve_knowledge": "approve the knowledge",
    "see_misses": "see what visitors asked and did not get",
}
ROW: Final = re.compile(r"^\| (.+) \| (yes|no) \| (yes|no) \| (yes|no) \| (yes|no) \|$")
# In bold stands only what a page or the chat calls a thing.
LABEL: Final = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)


def roles_table() -> dict[str, dict[str, bool]]:
    """Return the guide's table: what is allowed, and which role may do it."""
    rows = filter(None, map(ROW.match, GUIDE.splitlines()))
    return {
        row[1]: {
            role: word == "yes"
            for role, word in zip(ROLES, row.groups()[1:], strict=True)
        }
        for row in rows
    }


def labels() -> list[str]:
    """Return the names of pages and buttons in the guides."""
    found = [*LABEL.findall(GUIDE), *LABEL.findall(EDITING)]
    return sorted({" ".join(label.split()) for label in found})


@lru_cache(maxsize=1)
def words_on_pages() -> set[str]:
    """Return all that the console and the assistant say in English."""
    said = set()
    for path in CONSOLE_WORDS.glob("*.yml"):
        read = yaml.safe_load(path.read_text(encoding="utf-8"))
        # "Reviews due (3)": the guide leaves the number out.
        said |= {text["en"].removesuffix(" ({number})") for text in read.values()}
    for path in PHRASES.glob("*en.yml"):
        said |= set(yaml.safe_load(path.read_text(encoding="utf-8")).values())
    return said


def test_the_table_of_roles_is_the_one_that_the_console_follows() -> None:
    expected = {
        SAID[permission]: {role: role in allowed for role in ROLES}
        for permission, allowed in PERMISSIONS.items()
    }
    assert roles_table() == expected


def test_the_table_names_the_roles_in_the_order_of_its_columns() -> None:
    assert f"| may | {' | '.join(ROLES)} |" in GUIDE


def test_every_picture_of_the_guide_is_there() -> None:
    pictures = re.findall(r"!\[.+\]\((.+)\)", EDITING)
    assert len(pictures) >= 4
    assert all((PROJECT_ROOT / "docs" / name).is_file() for name in pictures)


def test_the_guide_names_buttons() -> None:
    assert len(labels()) >= 10


@pytest.mark.parametrize("label", labels())
def test_every_button_that_the_guide_names_is_on_a_page(label: str) -> None:
    # A full stop may end a sentence of the guide, not a button.
    assert {label, label.rstrip(".")} & words_on_pages()


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("HANDOFF_SILENCE_MINUTES", "({}, a day)"),
        ("REQUEST_DAYS", "{} days after your last change"),
        ("RETENTION_HOURS", "{} hours after its last message"),
    ],
)
def test_the_times_of_the_guide_are_the_defaults(setting: str, told: str) -> None:
    assert told.format(Settings.__fields__[setting].default) in GUIDE
