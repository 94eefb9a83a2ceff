"""The private number: by it alone a visitor looks a request up, or deletes it."""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from datetime import datetime
from typing import Final

from bot.core.consultations import REFERENCE_SIGNS, Consultation
from bot.storage import audit, consultations, notices
from bot.storage.engine import Transaction

HIDDEN_CODE: Final = "R-…"
_REFERENCE_LENGTH: Final = 4
_SECRET_LENGTH: Final = 8
_LENGTH: Final = _REFERENCE_LENGTH + _SECRET_LENGTH
# What staff have in hand: the visitor's change of mind is told to them.
_IN_HAND: Final = ("claimed", "scheduled")
_MINUS: Final = "\N{MINUS SIGN}"
# What writing programs put between letters and nobody sees.
_INVISIBLE: Final = ("Cf", "Mn")

_GROUP: Final = rf"[{REFERENCE_SIGNS}]{{4}}"
_GAP: Final = r"[ -]{0,3}"
# Not in the middle of a longer word or number.
_BEGIN: Final = r"(?<![\w-])"
_END: Final = r"(?!\w|-\w)"
# "R-4F2K-7XQM-93TD", "r4f2k 7xqm 93td"; not "R-4F2K", "R-4F2K, 7XQM, 93TD".
_MARKED: Final = re.compile(
    rf"{_BEGIN}R(?P<after>{_GAP})(?P<signs>{_GROUP}{_GAP}{_GROUP}{_GAP}{_GROUP}){_END}"
)
# "4F2K-7XQM-93TD", "4f2k - 7xqm - 93td"; not "4F2K 7XQM-93TD".
_DASHED: Final = re.compile(
    rf"{_BEGIN}(?P<signs>{_GROUP} ?- ?{_GROUP} ?- ?{_GROUP}){_END}"
)
# "4f2k7xqm93td"; not "transference".
_TOGETHER: Final = re.compile(rf"{_BEGIN}(?P<signs>{_GROUP * 3}){_END}")
# "4f2k 7xqm 93td", also where a word of four letters stands before it.
_SPACED: Final = re.compile(
    rf"{_BEGIN}(?=(?P<signs>{_GROUP} {{1,3}}{_GROUP} {{1,3}}{_GROUP}){_END})"
)
# The program and the forms people ask about: "they have 287g", "with i130 form".
_IS_NAMED: Final = re.compile(r"287G|[ADEGINR][0-9]{3}")
_REFERENCE: Final = re.compile(rf"(?:R{_GAP})?(?P<signs>{_GROUP})")


def page_at(public_url: str) -> str:
    """Return the page where a visitor looks a request up, as they are told it.

    >>> page_at("https://office.example/"), page_at("")
    ('https://office.example/request', '/request')
    """
    return f"{public_url.rstrip('/')}/request"


def code_of(consultation_id: str, reference: str, key: bytes) -> str:
    """Return a request's private number: the same each time, known to nobody else.

    >>> code_of("a" * 32, "4F2K", b"a key of this example")
    'R-4F2K-92TE-6XHJ'
    """
    digest = _keyed(f"request-number:{consultation_id}:{reference}", key).digest()
    rest, signs = int.from_bytes(digest, "big"), ""
    for _ in range(_SECRET_LENGTH):
        rest, place = divmod(rest, len(REFERENCE_SIGNS))
        signs += REFERENCE_SIGNS[place]
    return _shown(reference + signs)


def code_key(code: str, key: bytes) -> str:
    """Return the keyed hash by which a private number is kept and found.

    Case, spaces, dashes and a missing "R-" do not matter.
    """
    return _keyed(f"request-key:{_signs_of(code)}", key).hexdigest()


def find_code_in(text: str) -> str | None:
    """Return the private number that stands in a text, as it is shown, or None.

    >>> find_code_in("my number is r4f2k 7xqm 93td, thanks")
    'R-4F2K-7XQM-93TD'
    >>> find_code_in("they have been here") is None
    True
    """
    plain = _plain(text)
    places = _places_of_codes(plain)
    return _shown(_signs_of(plain[slice(*places[0])])) if places else None


def hide_codes(text: str) -> str:
    """Return a text with each private number in it made unreadable.

    >>> hide_codes("status of R-4F2K-7XQM-93TD please")
    'status of R-… please'
    """
    spelled, shown, read = _spelled(text), "", 0
    for start, end in _places_of_codes("".join(sign for sign, _ in spelled)):
        shown += text[read : spelled[start][1]] + HIDDEN_CODE
        read = spelled[end - 1][1] + 1
    return shown + text[read:]


def as_reference(text: str) -> str | None:
    """Return the reference that staff typed, as it is kept, or None.

    >>> as_reference(" r-4f2k ")
    '4F2K'
    """
    match = _REFERENCE.fullmatch(_plain(text).strip())
    return match["signs"] if match else None


def status_of(session: Transaction, code: str, key: bytes) -> Consultation | None:
    """Return the request of a private number, or None for any other text.

    Every wrong text takes the same steps: time does not tell how near it was.
    """
    wanted = code_key(code, key)
    found = consultations.find_by_code(session, wanted)
    own = code_of(found.id, found.reference, key) if found else _shown("")
    is_own = hmac.compare_digest(code_key(own, key), wanted)
    return found if is_own else None


def withdraw(session: Transaction, code: str, key: bytes, now: datetime) -> bool:
    """Delete the request of a private number at once; return whether there was one.

    The caller calls `storage.forget_deleted()` after the transaction, so that the
    database's files hold nothing of it either.
    """
    found = status_of(session, code, key)
    was = consultations.delete(session, found.id) if found else None
    if was is None:
        return False
    audit.note(session, now, None, "request_withdrawn", was.reference)
    if was.state in _IN_HAND:
        notices.post(session, "withdrawn", was.reference, now)
    return True


def _places_of_codes(plain: str) -> list[tuple[int, int]]:
    """Return where private numbers begin and end in a text, in order."""
    places = [
        match.span()
        for match in _MARKED.finditer(plain)
        if match["after"] or _is_mixed(match["signs"])
    ]
    places += [
        match.span()
        for match in _DASHED.finditer(plain)
        if any(map(str.isalpha, match["signs"]))
    ]
    places += [m.span() for m in _TOGETHER.finditer(plain) if _is_mixed(m["signs"])]
    # Of three words of four letters, and of a telephone number, no group is mixed;
    # of "date 4f2k 7xqm 93td" the three groups with the most digits are the number.
    spaced = [
        match.span("signs")
        for match in _SPACED.finditer(plain)
        if any(
            _is_mixed(group) and not _IS_NAMED.fullmatch(group)
            for group in match["signs"].split()
        )
    ]
    spaced.sort(key=lambda span: (-_digits(plain[slice(*span)]), -span[0]))
    apart, taken = [], set[int]()
    for start, end in (*places, *spaced):
        if taken.isdisjoint(range(start, end)):
            apart.append((start, end))
            taken.update(range(start, end))
    return sorted(apart)


def _is_mixed(signs: str) -> bool:
    return 0 < _digits(signs) < len(signs.replace(" ", "").replace("-", ""))


def _digits(signs: str) -> int:
    return sum(map(str.isdigit, signs))


def _signs_of(code: str) -> str:
    signs = "".join(sign for sign in _plain(code) if sign not in " -")
    # A reference may begin with R as well: only one sign too many is the mark.
    return signs[1:] if len(signs) > _LENGTH and signs[0] == "R" else signs


def _plain(text: str) -> str:
    return "".join(sign for sign, _ in _spelled(text))


def _spelled(text: str) -> list[tuple[str, int]]:
    """Return a text's signs in capitals, each with the place where it was typed.

    Dashes and spaces of every kind become the keyboard's own.
    """
    spelled = []
    for place, typed in enumerate(text):
        for sign in unicodedata.normalize("NFKC", typed).upper():
            category = unicodedata.category(sign)
            if category == "Pd" or sign == _MINUS:
                spelled.append(("-", place))
            elif sign.isspace():
                spelled.append((" ", place))
            elif category not in _INVISIBLE:
                spelled.append((sign, place))
    return spelled


def _shown(signs: str) -> str:
    groups = (signs[place : place + 4] for place in range(0, _LENGTH, 4))
    return "-".join(("R", *groups))


def _keyed(text: str, key: bytes) -> hmac.HMAC:
    return hmac.new(key, text.encode("utf-8", "replace"), hashlib.sha256)
