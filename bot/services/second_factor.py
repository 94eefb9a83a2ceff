"""The six figures from the phone: their secret, its picture, whether they are right."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Final

import pyotp
import segno

_ISSUER: Final = "Rights Desk"
_STEP_SECONDS: Final = 30
_DIGITS: Final = 6
# Clocks of phones go wrong by some seconds.
_STEPS_AROUND: Final = (0, -1, 1)
_SECRET_BYTES: Final = 20


def derive_secret(key: bytes, seed: str) -> str:
    """Return the secret that belongs to a seed: the same each time, known to nobody.

    So nothing needs to be kept before its first code was entered.
    """
    digest = hmac.new(key, seed.encode(), hashlib.sha256).digest()
    return base64.b32encode(digest[:_SECRET_BYTES]).decode("ascii")


def matching_step(secret: str, code: str, now: datetime, after: int) -> int | None:
    """Return the time step whose code was entered; None: wrong, or used before.

    `after`: the last step whose code was used.
    """
    figures = "".join(code.split())
    if len(figures) != _DIGITS or not (figures.isascii() and figures.isdigit()):
        return None
    totp = pyotp.TOTP(secret)
    found = None
    for distance in _STEPS_AROUND:
        moment = now + timedelta(seconds=distance * _STEP_SECONDS)
        if hmac.compare_digest(totp.at(moment), figures):
            found = totp.timecode(moment)
    return found if found is not None and found > after else None


def setup_picture(secret: str, login: str) -> str:
    """Return the picture that an authenticator app reads, as SVG."""
    address = pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=_ISSUER)
    picture: str = segno.make(address, error="m").svg_inline(
        scale=5, dark="#000", light="#fff", svgclass="qr", omitsize=False
    )
    return picture


def in_groups(secret: str) -> str:
    """Return a secret as people type it from a screen.

    >>> in_groups("ABCDEFGHIJ")
    'ABCD EFGH IJ'
    """
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
