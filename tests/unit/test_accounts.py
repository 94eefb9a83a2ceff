"""Passwords, codes and logins: what is taken and what is not."""

from __future__ import annotations

from datetime import timedelta

import pyotp
import pytest

from bot.core.errors import ContentError
from bot.gateway.console.words import load_words
from bot.services.passwords import Passwords, find_weakness
from bot.services.second_factor import derive_secret, matching_step, setup_picture
from bot.services.sign_ins import token_key
from tests.builders import NOON

SECRET = derive_secret(b"key", "seed")
STEP = int(NOON.timestamp()) // 30


@pytest.mark.parametrize(
    ("password", "weakness"),
    [
        ("elevenchars", "too_short"),
        ("twelve chars", None),
        ("x" * 201, "too_long"),
        ("aaaaaaaaaaaaaaaa", "too_common"),
        ("Password-1234", "too_common"),
        ("CONTRASEÑA 1234", "too_common"),
        ("maria.lopez@office.example", "is_name"),
        ("María López 2026", "is_name"),
        ("lópez maría lópez", "is_name"),
        ("maria and her twelve cats", None),
        ("cuatro caballos tranquilos", None),
    ],
)
def test_a_weak_password_is_told(password: str, weakness: str | None) -> None:
    login, name = "maria.lopez@office.example", "María López"
    assert find_weakness(password, login, name) == weakness


def test_a_password_matches_however_its_accents_were_typed() -> None:
    passwords = Passwords()
    kept = passwords.hash("contrasen\u0303a de prueba")
    assert kept.startswith("$argon2id$")
    assert passwords.matches(kept, "contrase\u00f1a de prueba")
    assert not passwords.matches(kept, "contrasena de prueba")


@pytest.mark.parametrize("kept", [None, "", "no hash at all"])
def test_without_a_hash_no_password_matches(kept: str | None) -> None:
    assert not Passwords().matches(kept, "the password of nobody")


@pytest.mark.parametrize(
    ("steps", "after", "found"),
    [
        (0, 0, STEP),
        (-1, 0, STEP - 1),
        (1, 0, STEP + 1),
        (2, 0, None),
        (-2, 0, None),
        (0, STEP, None),
        (0, STEP - 1, STEP),
        (-1, STEP, None),
    ],
)
def test_a_code_counts_near_its_time_and_once(
    steps: int, after: int, found: int | None
) -> None:
    code = pyotp.TOTP(SECRET).at(NOON + timedelta(seconds=30 * steps))
    assert matching_step(SECRET, code, NOON, after) == found
    assert matching_step(SECRET, f"{code[:3]} {code[3:]}", NOON, after) == found


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦"])
def test_what_is_no_code_is_no_error(code: str) -> None:
    assert matching_step(SECRET, code, NOON, 0) is None


def test_each_seed_and_each_key_has_a_secret_of_its_own() -> None:
    secrets = {derive_secret(key, seed) for key in (b"a", b"b") for seed in ("1", "2")}
    assert len(secrets) == 4
    assert token_key("token", b"a") != token_key("token", b"b")


def test_the_picture_holds_no_words_and_no_script() -> None:
    picture = setup_picture(SECRET, "<script>@office.example")
    assert picture.startswith("<svg")
    assert "script" not in picture
    assert "style=" not in picture


def test_the_words_of_the_console_are_whole_in_both_languages() -> None:
    words = load_words()
    assert words.say("sign_in.title", "es") == "Iniciar sesión"
    assert words.say("staff.role_of", "en", name="Ana") == "Role of Ana"


@pytest.mark.parametrize(
    "text",
    [
        "greeting: {en: Hello}",
        'greeting: {en: Hello, es: ""}',
        'greeting: {en: "Hello {name}", es: Hola}',
        "greeting: Hello",
        "- Hello",
        "greeting: {en: [",
    ],
)
def test_words_with_a_fault_stop_the_start(tmp_path, text: str) -> None:
    (tmp_path / "page.yml").write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as raised:
        load_words(tmp_path)
    assert "words/page.yml" in str(raised.value)
