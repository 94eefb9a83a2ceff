"""Builds small knowledge folders, messages and moments for tests."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any, Final

import yaml

from bot.core.messages import Incoming
from bot.core.understanding import Understanding
from bot.settings import PROJECT_ROOT

TODAY: Final = date(2026, 7, 20)
NOON: Final = datetime(2026, 7, 20, 12, 0, tzinfo=timezone.utc)

_SHARED: Final = {
    "aliases": [],
    "jurisdiction": "US",
    "status": "draft",
    "owner": "intake",
    "as_of": date(2026, 7, 15),
    "review_by": date(2027, 1, 15),
    "volatile": False,
    "emergency": False,
    "sources": ["usc-1"],
    "related": [],
}
# group/id: fields that differ; English title and short; Spanish title and short.
_ENTRIES: Final[dict[str, tuple[dict[str, Any], str, str, str, str]]] = {
    "rights/door_knock": (
        {"emergency": True, "related": ["jail_hold"]},
        "ICE is at my door. Must I open?",
        "You may keep the door closed. Ask for a warrant signed by a judge.",
        "ICE está en mi puerta. ¿Debo abrir?",
        "Puede dejar la puerta cerrada. Pida una orden firmada por un juez.",
    ),
    "detained/bond_money": (
        {"aliases": ["bail_price"]},
        "How much is an immigration bond?",
        "A bond costs at least {{fact:bond_minimum}}.",
        "¿Cuánto cuesta una fianza migratoria?",
        "Una fianza cuesta al menos {{fact:bond_minimum}}.",
    ),
    "detained/find_person": (
        {"volatile": True, "review_by": date(2026, 8, 14)},
        "How do I find a detained relative?",
        "Look in the ICE detainee locator with the A-number.",
        "¿Cómo encuentro a un familiar detenido?",
        "Busque en el localizador de detenidos de ICE con el número A.",
    ),
    "warrants/jail_hold": (
        {"related": ["jail_hold_nj", "bond_money"]},
        "What is an ICE detainer?",
        "A detainer asks a jail to hold a person up to 48 hours.",
        "¿Qué es una solicitud de retención?",
        "Una retención pide a la cárcel retener a alguien hasta 48 horas.",
    ),
    "warrants/jail_hold_nj": (
        {"jurisdiction": "NJ", "related": ["jail_hold"]},
        "What is an ICE detainer in New Jersey?",
        "In New Jersey a directive limits what jails do with a detainer.",
        "¿Qué es una solicitud de retención en Nueva Jersey?",
        "En Nueva Jersey una directiva limita lo que hacen las cárceles.",
    ),
    "mandamus/slow_case": (
        {"sources": ["usc-1", "usc-2", "usc-3"]},
        "My green card case is delayed. What is mandamus?",
        "Mandamus asks a federal judge to make an agency decide.",
        "Mi caso de residencia está atrasado. ¿Qué es mandamus?",
        "El mandamus pide a un juez federal que obligue a decidir.",
    ),
    "meta/human_please": (
        {"sources": []},
        "May I speak with a person?",
        "Call the office: {{office:phone}}.",
        "¿Puedo hablar con una persona?",
        "Llame a la oficina: {{office:phone}}.",
    ),
    "meta/out_of_scope": (
        {"sources": []},
        "What can you answer?",
        "I know about ICE, detention and delays.",
        "¿Qué puede responder?",
        "Sé sobre ICE, detención y demoras.",
    ),
    "meta/emergency_now": (
        {"emergency": True},
        "It is happening right now",
        "Stay calm and say: I wish to stay silent.",
        "Está pasando ahora mismo",
        "Mantenga la calma y diga: quiero guardar silencio.",
    ),
    "meta/feeling_scared": (
        {"emergency": True, "sources": []},
        "I am very scared",
        "You are not alone; call 988.",
        "Tengo mucho miedo",
        "No está solo; llame al 988.",
    ),
    "meta/sources_dates": (
        {"sources": []},
        "Where does this come from?",
        "Each answer names its sources and its date.",
        "¿De dónde sale esto?",
        "Cada respuesta dice sus fuentes y su fecha.",
    ),
    "meta/language_switch": (
        {"sources": []},
        "Which languages do you speak?",
        "English and Spanish.",
        "¿Qué idiomas habla?",
        "Inglés y español.",
    ),
}
_STARTS: Final = {
    "en": (
        *("", "please tell me: ", "question: ", "my cousin asks ", "hello, ", "so "),
        *("quick: ", "sorry, ", "again: ", "for my wife: ", "um, ", "urgent: "),
    ),
    "es": (
        *("", "dígame: ", "pregunta: ", "mi primo pregunta ", "hola, ", "oiga "),
        *("rápido: ", "perdón, ", "otra vez: ", "para mi esposa: ", "este, ", "urge: "),
    ),
}
_HEADINGS: Final = {
    "en": ("## More", "## Next step", "More about this.", "Speak to a lawyer."),
    "es": ("## Más", "## Siguiente paso", "Más sobre esto.", "Hable con un abogado."),
}


def write_knowledge(folder: Path) -> Path:
    """Write a whole small knowledge folder that loads, and return it."""
    root = folder / "knowledge"
    for place, (changes, *words) in _ENTRIES.items():
        _write_entry(root / place, changes, words)
    shutil.copytree(PROJECT_ROOT / "knowledge" / "phrases", root / "phrases")
    _write_yaml(root / "sources.yml", {f"usc-{n}": _source(n) for n in (1, 2, 3)})
    _write_yaml(root / "facts" / "fees.yml", {"bond_minimum": _fact()})
    office = {"name": "", "phone": "", "hours": {"en": "", "es": ""}}
    _write_yaml(root / "office.yml", {**office, "owners": ["intake"]})
    return root


def edit(path: Path, old: str, new: str) -> None:
    """Replace a text that stands in a file; the test is wrong if it does not."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} does not stand in {path.name}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def message(text: str, intent: str | None = None, **fields: Any) -> Understanding:
    """Return an understood English message."""
    return Understanding(**{"text": text, "language": "en", "intent": intent, **fields})


def incoming(
    conversation: str, message_id: str, text: str | None, payload: str | None = None
) -> Incoming:
    """Return a message of the web channel, received at noon."""
    return Incoming("web", conversation, message_id, text, payload, NOON)


def _write_entry(path: Path, changes: dict[str, Any], words: Sequence[str]) -> None:
    name = path.name
    english_title, english, spanish_title, spanish = words
    shared = {"id": name, "label": name[:20], **_SHARED, **changes}
    translated = {"label": f"{name[:17]} es", "translated_on": date(2026, 7, 15)}
    _write_language(path, "en", shared, english_title, english)
    _write_language(path, "es", translated, spanish_title, spanish)


def _write_language(
    path: Path, language: str, fields: dict[str, Any], title: str, short: str
) -> None:
    questions = [f"{start}{title}" for start in _STARTS[language]]
    head = yaml.safe_dump(
        {**fields, "questions": questions}, allow_unicode=True, sort_keys=False
    )
    more, next_heading, details, step = _HEADINGS[language]
    body = f"# {title}\n{short}\n\n{more}\n{details}\n\n{next_heading}\n{step}\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    file = path.with_name(f"{path.name}.{language}.md")
    file.write_text(f"---\n{head}---\n{body}", encoding="utf-8")


def _source(number: int) -> dict[str, Any]:
    return {
        "title": f"Law {number}",
        "title_es": f"Ley {number}",
        "citation": f"{number} U.S.C. § 1",
        "url": f"https://law.example/{number}",
        "checked_on": date(2026, 7, 15),
        "url_opened": True,
    }


def _fact() -> dict[str, Any]:
    value = {
        "en": "$1,500",
        "es": "1,500 dólares",
        "valid_from": date(2026, 1, 1),
        "valid_to": date(2026, 12, 31),
    }
    return {"source": "usc-1", "checked_on": date(2026, 7, 15), "values": [value]}


def _write_yaml(path: Path, data: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
    path.write_text(text, encoding="utf-8")
