"""Reads since when somebody waits: a month, in either language, however it is told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.core.languages import Language
from bot.core.matching import fold
from bot.services.place_typos import near

_READ_SIGNS: Final = 300
_FIRST_YEAR: Final = 1990
_MIDDLE: Final = 7
_DECEMBER: Final = 12
_SHORT_ENOUGH: Final = 3
_NAMES: Final[Mapping[Language, str]] = {
    "en": "January February March April May June July August September October "
    "November December",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre "
    "noviembre diciembre",
}
_SHORT_NAMES: Final = (
    "jan ene", "feb", "mar", "apr abr", "", "jun", "jul", "aug ago",
    "sep sept set setiembre", "oct", "nov", "dec dic",
)  # fmt: skip
_MONTHS: Final[Mapping[str, int]] = {
    name: number
    for names in (*_NAMES.values(), None)
    for number, given in enumerate(names.split() if names else _SHORT_NAMES, start=1)
    for name in given.lower().split()
}
_LONG_NAMES: Final = tuple(name for name in _MONTHS if len(name) > 4)
# Words of their own in one of the languages: months only beside a number or "since".
_DOUBTFUL: Final = frozenset({"may", "mar", "ago", "set"})
_BEFORE_MONTH: Final = frozenset({"in", "since", "en", "desde", "last", "from", "de"})
_OF: Final = frozenset({"de", "del", "of"})
_PARTS: Final[Mapping[str, int]] = {
    "early": 2, "beginning": 2, "start": 2, "principio": 2, "principios": 2,
    "inicio": 2, "inicios": 2, "comienzos": 2, "spring": 4, "primavera": 4,
    "mid": 7, "middle": 7, "mediados": 7, "summer": 7, "verano": 7, "fall": 10,
    "autumn": 10, "otono": 10, "late": 11, "end": 11, "fin": 11, "fines": 11,
    "finales": 11, "final": 11,
}  # fmt: skip
_WORDS: Final = (
    "zero|cero", "one|uno", "two|dos", "three|tres", "four|cuatro", "five|cinco",
    "six|seis", "seven|siete", "eight|ocho", "nine|nueve", "ten|diez", "eleven|once",
    "twelve|doce", "thirteen|trece", "fourteen|catorce", "fifteen|quince",
    "sixteen|dieciseis", "seventeen|diecisiete", "eighteen|dieciocho",
    "nineteen|diecinueve", "twenty|veinte", "veintiuno|veintiun", "veintidos",
    "veintitres", "veinticuatro", "veinticinco", "veintiseis", "veintisiete",
    "veintiocho", "veintinueve", "thirty|treinta",
)  # fmt: skip
_NUMBERS: Final[Mapping[str, str]] = {
    word: str(number) for number, both in enumerate(_WORDS) for word in both.split("|")
}
_ONES: Final = "|".join(word for both in _WORDS[1:10] for word in both.split("|"))
_TENS: Final = re.compile(rf"\b(twenty|thirty|treinta)(?: y)? ({_ONES})\b")
_UNIT_WORDS: Final = (
    r"(?:years?|yrs?|anos?|months?|mos?|mes(?:es)?|weeks?|wks?|semanas?|days?|dias?)"
)
_DECIMAL: Final = re.compile(
    r"(?<![\d.,/-])(\d{1,2})[.,]5(?= ?(?:years?|yrs?|a[nñ]os?))"
)
_ONE: Final = re.compile(rf"\b(?:a|an|un|una|one)(?= {_UNIT_WORDS}\b)")
_COUPLE: Final = re.compile(r"\b(?:(?:a|1) couple(?: of)?|couple of|(?:un )?par de)\b")
_HALF_FIRST: Final = re.compile(
    r"\b(\d{1,3}) (?:and (?:a )?half|y medi[oa]) (?=years?|anos?)"
)
_HALF_YEAR: Final = re.compile(r"\b(?:half (?:a|1)? ?year|medio ano)\b")
_BARE_YEAR: Final = re.compile(r"(?<!\d )\b(?:ano y medio|year and (?:a )?half)\b")
_AMOUNT: Final = re.compile(
    rf"(?<!\bin )(?<!\ben )(?<!\bdentro de )(?<!\bwithin )\b(?P<n>\d{{1,3}}) "
    rf"(?P<unit>{_UNIT_WORDS})\b(?: "
    r"(?:(?:and|y) (?:a )?(?P<half>half|medio|media)|(?:(?:and|y|con) )?"
    r"(?P<more>\d{1,2}) (?:months?|mes(?:es)?))\b)?"
)
_ROUGH: Final = re.compile(
    r"\b(?:over|more than|almost|nearly|about|around|roughly|like|mas de|casi|como|"
    r"mas o menos|alrededor de|aproximadamente|couple|par de|cerca de|unos|unas)\b"
)
_ISO: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/.](\d{1,2})(?:[-/.]\d{1,2})?(?!\d)")
_DAY_MONTH_YEAR: Final = re.compile(
    r"(?<![\d/.-])(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)?\d\d)(?![\d/-])"
)
_MONTH_YEAR: Final = re.compile(
    r"(?<![\d/.-])(\d{1,2})[/.-]((?:19|20)\d\d)(?!\d)|"
    r"^\s*(\d{1,2}) ((?:19|20)\d\d)\s*$"
)
_SHORT_YEAR: Final = re.compile(r"(?<=[a-z.])\s?['’](\d\d)\b")
_YEAR: Final = re.compile(r"(?:19|20)\d\d(?!\d)")
# "March 23" may be a day or a year; "march of 23" and "marzo del 23" are years.
_TWO_DIGITS: Final = re.compile(r"(?:1\d|2\d)$")
_NEAR_DAYS: Final[Mapping[str, int]] = {
    "today": 0, "hoy": 0, "yesterday": 1, "ayer": 1, "this week": 0, "esta semana": 0,
    "last week": 7, "semana pasada": 7, "this month": 0, "este mes": 0,
}  # fmt: skip
_YEARS_BACK: Final[Mapping[str, int]] = {
    "year before last": 2, "ano antepasado": 2, "ano ante pasado": 2, "last year": 1,
    "ano pasado": 1, "this year": 0, "este ano": 0,
}  # fmt: skip


@dataclass(frozen=True)
class Waiting:
    """Since when: a month such as "2024-03", or "" where it cannot be right.

    `is_about`: the month was not named, and had to be taken from something looser.
    """

    month: str
    is_about: bool = False


def spoken_month(month: str, language: Language) -> str:
    """Return a month such as "2024-03" in words.

    >>> spoken_month("2024-03", "en"), spoken_month("2024-03", "es")
    ('March 2024', 'marzo de 2024')
    """
    year, _, number = month.partition("-")
    name = _NAMES[language].split()[int(number) - 1]
    return f"{name} {year}" if language == "en" else f"{name} de {year}"


def read_month(text: str, language: Language, today: date) -> Waiting | None:
    """Return since when somebody says that they wait, or None if it is unclear.

    >>> read_month("hace dos años", "es", date(2026, 11, 21))
    Waiting(month='2024-11', is_about=False)
    >>> read_month("3/2024", "en", date(2026, 11, 21)).month
    '2024-03'
    """
    raw = text[:_READ_SIGNS].lower()
    named = _from_numbers(raw, language)
    if named:
        found = (*named.pop(), False) if len(named) == 1 else None
    else:
        found = _from_words(_folded_words(raw), today)
    if found is None or not 1 <= found[1] <= _DECEMBER:
        return None
    year, month, is_about = found
    if not date(_FIRST_YEAR, 1, 1) <= date(year, month, 1) <= today:
        return Waiting("")
    return Waiting(f"{year}-{month:02}", is_about)


_Found = tuple[int, int, bool]


def _from_numbers(raw: str, language: Language) -> set[tuple[int, int]]:
    """Return the years and months that are written in numbers alone."""
    found = {(int(y), int(m)) for y, m in _ISO.findall(raw)}
    for first, second, given in _DAY_MONTH_YEAR.findall(raw):
        year = int(given) if len(given) > 2 else _full_year(int(given))
        month, other = int(first), int(second)
        # The day stands before the month in Spanish; the other way round only where
        # nothing else is possible.
        if (language == "es" and other <= _DECEMBER) or month > _DECEMBER:
            month = other
        found.add((year, month))
    for month_, year_, alone, year_after in _MONTH_YEAR.findall(raw):
        found.add((int(year_ or year_after), int(month_ or alone)))
    return found


def _sum(found: re.Match[str]) -> str:
    tens = 20 if found[1] == "twenty" else 30
    return str(tens + int(_NUMBERS[found[2]]))


def _full_year(short: int) -> int:
    return 1900 + short if short >= _FIRST_YEAR - 1900 else 2000 + short


def _folded_words(raw: str) -> str:
    """Return the text with numbers as digits, and loose forms as counted ones."""
    dated = _SHORT_YEAR.sub(lambda m: f" {_full_year(int(m[1]))}", raw)
    text = fold(_DECIMAL.sub(r"\1 y medio ", dated))
    text = _TENS.sub(_sum, text)
    text = " ".join(_NUMBERS.get(word, word) for word in text.split())
    text = _ONE.sub("1", text)
    text = _COUPLE.sub(lambda m: f"{m[0]} 2", text)
    text = _HALF_YEAR.sub("6 months", text)
    text = _BARE_YEAR.sub("1 ano y medio", text)
    text = _HALF_FIRST.sub(r"\1 ano y medio ", text).replace("medio years", "medio")
    return " ".join(text.replace("medio anos", "medio").split())


def _from_words(text: str, today: date) -> _Found | None:
    words = text.split()
    years = sorted({int(word[:4]) for word in words if _YEAR.match(word)})
    named = set(_months_in(words))
    if len(named) > 1 or len(years) > 1:
        return None
    if named and years:
        return years[0], named.pop(), False
    counted = _counted(text, today)
    short = [w for w in words if _TWO_DIGITS.match(w)]
    if named and short:
        year = _full_year(int(short[0]))
        is_year = re.search(rf"\b(?:of|del) {short[0]}$", text) and year <= today.year
        return (year, named.pop(), False) if is_year else None
    if named:
        return _month_only(named.pop(), text, counted, today)
    if counted and (not years or counted[0] == years[0]):
        return counted
    if years:
        return _year_only(years[0], words, today)
    return _loose(text, words, today)


def _months_in(words: list[str]) -> Iterator[int]:
    """Yield each month that is named."""
    is_short = len(words) <= _SHORT_ENOUGH
    has_year = any(_YEAR.match(word) for word in words)
    for place, word in enumerate(words):
        month = _MONTHS.get(word)
        if month is None and (is_short or has_year):
            meant = {_MONTHS[name] for name in near(word, _LONG_NAMES)}
            month = meant.pop() if len(meant) == 1 else None
        if month is None or (word in _DOUBTFUL and not _is_month(words, place)):
            continue
        yield month


def _is_month(words: list[str], place: int) -> bool:
    """Whether a word that may be another one is a month where it stands."""
    before = words[place - 1] if place else ""
    after = [w for w in words[place + 1 :] if w not in _OF]
    if re.fullmatch(_UNIT_WORDS, before):
        return False
    return (
        len(words) == 1
        or before in _BEFORE_MONTH
        or bool(after and re.match(r"\d", after[0]))
    )


def _counted(text: str, today: date) -> _Found | None:
    """Return the month that lies a counted time back."""
    found = list(_AMOUNT.finditer(text))
    if len(found) != 1:
        return None
    amount = found[0]
    number, unit = int(amount["n"]), amount["unit"]
    is_about = bool(_ROUGH.search(text))
    if unit[0] in "ya":
        half = 6 if amount["half"] else 0
        return (*_back(today, 12 * number + half + int(amount["more"] or 0)), is_about)
    if unit.startswith("m"):
        return (*_back(today, number), is_about)
    days = number * (7 if unit[0] in "ws" else 1)
    day = today - timedelta(days=days)
    return day.year, day.month, is_about


def _back(today: date, months: int) -> tuple[int, int]:
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return year, month + 1


def _years_back(text: str) -> int | None:
    return next((n for words, n in _YEARS_BACK.items() if words in text), None)


def _month_only(month: int, text: str, counted: _Found | None, today: date) -> _Found:
    back = _years_back(text)
    if back is not None:
        return today.year - back, month, False
    if counted is not None:
        return counted[0], month, False
    year = today.year if month <= today.month else today.year - 1
    return year, month, True


def _year_only(year: int, words: list[str], today: date) -> _Found:
    parts = {_PARTS[word] for word in words if word in _PARTS}
    month = parts.pop() if len(parts) == 1 else _MIDDLE
    if (year, month) > (today.year, today.month) and year == today.year:
        month = 1
    return year, month, True


def _loose(text: str, words: list[str], today: date) -> _Found | None:
    back = _years_back(text)
    if back is not None:
        return _year_only(today.year - back, words, today)
    if re.search(r"\b(?:last month|mes pasado)\b", text):
        return (*_back(today, 1), False)
    for named, days in _NEAR_DAYS.items():
        if re.search(rf"\b{named}\b", text):
            day = today - timedelta(days=days)
            return day.year, day.month, False
    return None
