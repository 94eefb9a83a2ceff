"""Keeps passwords as hashes, and says what is wrong with a password of one's choice."""

from __future__ import annotations

import unicodedata
from functools import cached_property
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST: Final = 12
LONGEST: Final = 200
# What people choose who must have twelve characters; compared without case and signs.
_COMMON: Final = """
    123456789012 1234567890123 12345678901234 1234567890123456 123123123123
    111111111111 000000000000 121212121212 098765432109 987654321098 password1234
    password12345 password123456 passwordpassword password2024 password2025
    password2026 password2027 mypassword123 mypassword1234 qwertyuiop12
    qwertyuiop123 qwertyqwerty qwerty123456 qwerty1234567 1qaz2wsx3edc 1q2w3e4r5t6y
    asdfghjkl123 zxcvbnm12345 abcdefghijkl abcd12345678 abc123456789 letmeinletmein
    letmein12345 iloveyou1234 iloveyouiloveyou welcome12345 welcome123456
    admin1234567 administrator administrator1 administrador contrasena123
    contrasena1234 contrasena12345 contraseña123 contraseña1234 contraseña12345
    tequieromucho teamomucho123 immigration1 immigration123 inmigracion1
    inmigracion123 rightsdesk123 rightsdesk1234 lawoffice1234 changeme1234
    changemechangeme
"""


class Passwords:
    """Hashes and checks passwords with Argon2id; each takes a while, on purpose."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()

    @cached_property
    def _nobodys(self) -> str:
        return self._hasher.hash("the password of nobody")

    def hash(self, password: str) -> str:
        """Return the hash to keep of a password."""
        return self._hasher.hash(_normal(password))

    def matches(self, kept: str | None, password: str) -> bool:
        """Return whether a password is the one of a hash.

        Without a hash it takes as long and says no: time does not tell who is known.
        """
        try:
            self._hasher.verify(kept or self._nobodys, _normal(password[:LONGEST]))
        except (VerificationError, InvalidHashError):
            return False
        return bool(kept)


def find_weakness(password: str, login: str, name: str) -> str | None:
    """Return what is wrong with a password of one's choice, or None.

    >>> find_weakness("short", "", ""), find_weakness("Maria Maria 12", "maria", "")
    ('too_short', 'is_name')
    """
    if len(password) < SHORTEST:
        return "too_short"
    if len(password) > LONGEST:
        return "too_long"
    plain = _letters(password)
    if len(set(plain)) < 4 or plain in _COMMON.split():
        return "too_common"
    return "is_name" if _is_made_of(plain, (login, login.split("@")[0], name)) else None


def _is_made_of(plain: str, known: tuple[str, ...]) -> bool:
    rest = plain.strip("0123456789")
    parts = {_letters(part) for text in known for part in (text, *text.split())}
    # Longest first, so that a short name does not break up a long one.
    for part in sorted(filter(None, parts), key=len, reverse=True):
        rest = rest.replace(part, "")
    return not rest


def _letters(text: str) -> str:
    return "".join(sign for sign in _normal(text).casefold() if sign.isalnum())


def _normal(text: str) -> str:
    # One keyboard sends an accented letter as one character, another as two.
    return unicodedata.normalize("NFC", text)
