"""Settings come from the environment; every mistake is told, all at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.errors import SettingsError
from bot.settings import PROJECT_ROOT, Settings, example_file, load_settings

WRONG = {
    "PORT": "70000",
    "RASA_PORT": "five",
    "SECRET_KEY": "too short",
    "ALLOWED_ORIGINS": "https://office.example,office.example",
    "RATE_LIMITS": "sometimes",
    "REQUIRE_APPROVED": "perhaps",
    "RETENTION_HOURS": "0",
}


def problems_of(environment: dict[str, str]) -> list[str]:
    """Return what is said about an environment with mistakes."""
    with pytest.raises(SettingsError) as raised:
        load_settings(environment)
    return raised.value.problems


def test_all_wrong_settings_are_told_at_once() -> None:
    named = [problem.split(":")[0] for problem in problems_of(WRONG)]
    assert sorted(named) == sorted(WRONG)


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_setting_is_told_with_its_meaning(name: str) -> None:
    (problem,) = problems_of({name: WRONG[name]})
    assert problem.startswith(f"{name}: ")
    assert str(Settings.__fields__[name].field_info.description) in problem


def test_a_wrong_secret_is_not_repeated_in_the_message() -> None:
    assert WRONG["SECRET_KEY"] not in problems_of(WRONG)


@pytest.mark.parametrize("name", sorted(Settings.__fields__))
def test_an_empty_setting_means_its_default(name: str) -> None:
    default = getattr(load_settings({}), name)
    assert getattr(load_settings({name: ""}), name) == default


@pytest.mark.parametrize(
    ("name", "written", "value"),
    [
        ("PORT", "8123", 8123),
        ("REQUIRE_APPROVED", "1", True),
        ("REQUIRE_APPROVED", "0", False),
        ("RATE_LIMITS", "off", "off"),
        ("DATA_DIR", "/srv/desk", Path("/srv/desk")),
        ("SECRET_KEY", "x" * 32, "x" * 32),
    ],
    ids=["number", "yes", "no", "word", "folder", "long secret"],
)
def test_a_setting_has_the_value_that_was_written(
    name: str, written: str, value: object
) -> None:
    assert getattr(load_settings({name: written}), name) == value


def test_origins_are_taken_apart_and_lose_their_last_slash() -> None:
    given = {"ALLOWED_ORIGINS": "https://office.example/, http://localhost:3000,"}
    expected = {"https://office.example", "http://localhost:3000"}
    assert load_settings(given).origins == expected


def test_the_database_is_a_file_in_the_data_folder_unless_said_otherwise() -> None:
    own = {"DATA_DIR": "/srv/desk"}
    assert load_settings(own).database_url == "sqlite:////srv/desk/rights_desk.db"
    other = {"DATABASE_URL": "postgresql://db/desk"}
    assert load_settings(other).database_url == "postgresql://db/desk"


def test_settings_cannot_be_changed_while_running() -> None:
    with pytest.raises(TypeError):
        load_settings({}).PORT = 9


def test_what_is_no_setting_is_left_alone() -> None:
    assert load_settings({"PATH": "/bin", "PORTS": "x"}) == load_settings({})


def test_the_example_file_of_the_project_is_up_to_date() -> None:
    path = PROJECT_ROOT / ".env.example"
    assert path.read_text(encoding="utf-8") == example_file()


def test_the_example_file_lists_every_setting_empty() -> None:
    lines = example_file().splitlines()
    assert [line for line in lines if line and not line.startswith("#")] == [
        f"{name}=" for name in Settings.__fields__
    ]


def test_the_example_file_names_no_folder_of_this_machine() -> None:
    assert str(PROJECT_ROOT) not in example_file()
