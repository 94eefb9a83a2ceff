"""How numbers, dates, addresses and the like are written, each with its mask.

Every repetition is bounded, so that no text takes long (tests try attack texts).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|ene(?:ro)?|febrero"
    r"|marzo|abr(?:il)?|mayo|junio|julio|ago(?:sto)?|sep?tiembre|octubre|noviembre"
    r"|dic(?:iembre)?)"
)
_DAY: Final = r"(?:[12]\d|3[01]|0?[1-9])(?!\d)(?:st|nd|rd|th|ro)?"
_STREET: Final = (
    r"(?:street|str?|avenue|ave?|boulevard|blvd|road|rd|lane|ln|drive|dr|parkway|pkwy"
    r"|terrace|ter|highway|hwy|turnpike|tpke|concourse|broadway|ct|pl|sq|calle|avenida)"
)
_CALLE: Final = (
    r"(?:calle|avenida|avda|ave?|carrera|calzada|callej[oó]n|carretera|bo?u?levar[d]?"
    r"|blvd|urb(?:anizaci[oó]n)?|edificio|residencial|manzana|lote|colonia)"
)
_ROOM: Final = (
    r"(?:apt|apartment|apto|apartamento|depto|unit|suite|ste|floor|piso|room"
    r"|habitaci[oó]n|p\.?\s?o\.?\s?box|apartado(?:\spostal)?)"
)
# What is counted, so that "3 people on the street" is no address.
_COUNTED: Final = (
    r"(?!\s+(?:hours?|days?|weeks?|months?|years?|people|times|kids|children|officers?"
    r"|agents?|horas|d[ií]as|semanas|meses|a[ñn]os|personas|veces|hijos|ni[ñn]os"
    r"|oficiales|agentes|g|u\.?s|usc|cfr)\b)"
)
_DIGIT_WORD: Final = (
    r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|cero|uno|dos|tres"
    r"|cuatro|cinco|seis|siete|ocho|nueve|doble)"
)
_SAID: Final = (
    r"(?:\s{1,3}(?:number|no|num|n[uú]mero|is|es|was|era|de|del|con|with|ends?|ending"
    r"|in|termina|terminan|en|four|digits)\b\.?){0,4}\s{0,3}[:#=]?\s{0,3}"
)
_PAPER: Final = (
    r"(?:passport|pasaporte|plates?|placas?|badge|licen[sc]e|licencia|matr[ií]cula"
    r"|docket|expediente|account|cuenta|routing|alien|inmate|receipt|recibo)"
)
_LAST_DIGITS: Final = (
    r"(?:ssn|itin|officer|agente?|oficial|social(?:\ssecurity)?|seguro(?:\ssocial)?|card|tarjeta|pin"
    r"|last\sfour|[uú]ltimos(?:\scuatro)?|a-?number|n[uú]mero\sa)"
)
_PROVIDER: Final = r"(?:facebook|instagram|insta|tiktok|telegram|signal|snapchat)"
_DOMAINS: Final = r"(?:com|net|org|gov|edu|info|io|us|mx|co|me|app|ly|es|gt|hn|sv)"


def _rules(rows: Iterable[tuple[str, str]]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(form, re.IGNORECASE), mask) for form, mask in rows)


# In this order: what holds others comes before them. A group 1 stays.
RULES: Final = _rules(
    [
        (r"\b(?:https?://|www\.)\S{1,2000}", "[link]"),
        (r"[^\s@<>\"(),;:]{1,64}\s?@\s?[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}", "[email]"),
        (
            r"(?<!\S)[\w.+-]{1,64}\s{1,2}\(?(?:at|arroba)\)?\s{1,2}[\w-]{1,63}"
            r"\s{0,2}(?:\.|\(?(?:dot|punto)\)?)\s{0,2}(?:com|net|org|edu|gov|es|mx)\b",
            "[email]",
        ),
        (
            rf"(?<![\w.-])(?:[\w-]{{1,63}}\.){{1,5}}{_DOMAINS}\b(?![\w-])"
            r"(?:/\S{0,2000})?",
            "[link]",
        ),
        (r"(?<![\w@])@[\w.]{2,64}", "[handle]"),
        (
            rf"\b({_PROVIDER}|usuario|username|user\sname|handle)"
            r"(?:\s{1,3}(?:name|is|es|como)\b){0,2}\s{0,2}[:=]\s{0,2}[\w.-]{2,64}",
            r"\1 [handle]",
        ),
        (
            rf"\b({_PROVIDER}|usuario|username)(?:\s{{1,3}}(?:is|es)\b)"
            r"\s{1,2}[\w.-]{2,64}",
            r"\1 [handle]",
        ),
        (
            rf"\b(?!287)\d{{1,6}}(?:-\d{{1,4}})?[a-z]?\b{_COUNTED}"
            rf"[\s,]{{1,3}}(?:[\w.'’]{{1,20}}\s{{1,3}}){{0,4}}?{_STREET}\b\.?",
            "[address]",
        ),
        (
            r"\b(?!(?:24|48|72|287)\b)\d{1,6}\s{1,3}"
            r"(?!(?:immigration|federal|supreme|state|county|criminal|family|district"
            r"|circuit|removal|g|u\.?s|usc|day|hour|year|month)\b)"
            r"(?:[\w.'’]{1,20}\s{1,3}){1,2}?(?:court|place|way|plaza|circle|square)"
            r"(?!\s{1,3}(?:date|hearing|case|order)s?\b)\b",
            "[address]",
        ),
        (
            rf"\b\d{{1,3}}(?:st|nd|rd|th)\s{{1,3}}(?:and\s{{1,3}}\w{{1,20}}\s{{1,3}})?"
            rf"{_STREET}\b\.?",
            "[address]",
        ),
        (
            r"\b(?:en la|on)\s\d{1,3}(?:st|nd|rd|th)?\s(?:y|con|and)\s[a-z]{3,20}\b",
            "[address]",
        ),
        (
            rf"\b{_CALLE}\b\.?\s{{1,3}}(?:(?!\d)[\w.'’]{{1,20}}\s{{1,3}}){{0,3}}?"
            r"(?:#|no\.?|n[uú]m(?:ero)?\.?)?\s{0,3}\d{1,6}[a-z]?\b",
            "[address]",
        ),
        (
            rf"\b{_ROOM}\b\.?\s{{0,3}}(?:#|no\.?)?\s{{0,3}}[a-z]?\d\w{{0,4}}\b",
            "[address]",
        ),
        (r"\b[a-z]\d[a-z]\s?\d[a-z]\d\b", "[address]"),
        (
            r"(?<![\w/])(?:\d{1,2}|(?:19|20)\d\d)\s?([/.-])\s?\d{1,2}\s?\1\s?"
            r"(?:\d{4}|\d{2})\b(?!\s?[/.-]\d)",
            "[date]",
        ),
        (
            rf"\b{_MONTH}\b\.?\s{{0,3}}{_DAY}\b(?:,?\s{{0,3}}(?:(?:de|del|of)\s{{1,3}})?"
            r"(?:19|20)\d\d\b)?",
            "[date]",
        ),
        (
            rf"\b{_DAY}\s{{0,3}}(?:de\s{{1,3}}|of\s{{1,3}}|-)?{_MONTH}\b\.?"
            r"(?:\s{0,3},?-?\s{0,3}(?:del?\s{1,3})?(?:19|20)\d\d\b)?",
            "[date]",
        ),
        (
            r"\b(born|birth(?:day|date)?|dob|naci(?:do|da|miento)?|nac[ií]|naci[oó]"
            r"|cumplea[ñn]os)\b([^\d\n]{0,24})(?:19|20)\d\d\b",
            r"\1\2[date]",
        ),
        (r"\bA(?:[-#:.\s]|no\b|n[uú]m(?:ero)?\b){0,4}\d(?:[ -]?\d){4,20}", "[number]"),
        (
            r"(?<!\w)[(+]{0,2}\d(?:[\s().,/\u2010-\u2015-]{0,3}\d){6,40}\w{0,8}",
            "[number]",
        ),
        (r"(?<![\w-])(?=(?:[a-z:/-]{0,8}\d){5})[a-z0-9:/-]{5,64}(?![\w])", "[number]"),
        (r"\b[A-Z]{3}[ -]?\d(?:[ -]?\d){6,20}\b", "[number]"),
        (r"\d{5,64}", "[number]"),
        (
            rf"\b({_PAPER}){_SAID}(?:[a-z]{{2,3}}[ -])?"
            r"(?!287|(?:19|20)\d\d\b)(?=[a-z-]{0,12}\d)[\w-]{3,24}"
            r"(?:[ -]\d\w{0,12}){0,2}",
            r"\1 [number]",
        ),
        (rf"\b({_LAST_DIGITS}){_SAID}(?!287)\d{{3,24}}\b", r"\1 [number]"),
        (rf"\b{_DIGIT_WORD}(?:[\s,-]{{1,3}}{_DIGIT_WORD}){{4,40}}\b", "[number]"),
    ]
)
# A plate is known by its capitals.
PLATE: Final = re.compile(r"\b[A-Z]{2,4}\d{4}\b|\b[A-Z]\d{2}-?[A-Z]{3}\b")
