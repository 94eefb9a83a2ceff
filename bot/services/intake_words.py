"""Knows what a typed message means to the form: a choice, "back", or a question."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from bot.core.consultations import CHANGE, CONFIRM
from bot.core.intake import AGREE, CANCEL, NO, SEND, SKIP, UNKNOWN, choice_key
from bot.core.languages import LANGUAGES
from bot.core.matching import fold
from bot.knowledge.base import KnowledgeBase

BACK: Final = "back"
_WHOLE: Final[Mapping[str, frozenset[str]]] = {
    BACK: frozenset(
        {
            *("back", "go back", "previous", "previous question", "atras", "volver"),
            *("regresar", "anterior", "ir atras", "pregunta anterior"),
        }
    ),
    SKIP: frozenset(
        {
            *("skip", "skip it", "skip this", "pass", "rather not say", "next"),
            *("id rather not say", "prefer not to say", "i prefer not to say"),
            *("saltar", "omitir", "pasar", "paso", "siguiente", "prefiero no decir"),
            *("prefiero no decirlo", "saltar esta"),
        }
    ),
    CANCEL: frozenset(
        {
            *("cancel", "cancel it", "cancel this", "stop", "quit", "end", "exit"),
            *("cancelar", "cancele", "cancelalo", "parar", "salir", "terminar"),
            *("delete", "delete it", "borrar", "eliminar", "borrelo", "alto"),
        }
    ),
}
_YES: Final = (
    *("yes", "y", "yeah", "yep", "sure", "ok", "okay", "yes please", "of course"),
    *("si", "claro", "claro que si", "si por favor", "esta bien", "de acuerdo", "dale"),
)
_NO: Final = (
    *("no", "n", "nope", "no thanks", "no thank you", "please dont", "no please"),
    *("no gracias", "mejor no", "no por favor"),
)
_NOT_KNOWN: Final = (
    *("i dont know", "dont know", "not sure", "im not sure", "unknown", "no idea"),
    *("no se", "no lo se", "no estoy seguro", "no estoy segura", "no recuerdo"),
    *("i dont know the date", "no se la fecha", "i dont remember", "todavia no se"),
    "no me acuerdo",
)
# Beside the labels in both languages: other words for a choice. The first row counts
# only as the whole message, the second also inside a short one.
_WORDS: Final[Mapping[str, Mapping[str, tuple[Sequence[str], Sequence[str]]]]] = {
    "consent": {
        AGREE: (
            (*_YES, "agree", "i accept", "accept", "acepto", "estoy de acuerdo"),
            (),
        ),
        NO: ((*_NO, "i dont agree", "i do not agree", "no acepto", "disagree"), ()),
    },
    "place": {
        "ny": (
            ("ny",),
            ("new york", "nueva york", "nyc", "brooklyn", "queens", "bronx"),
        ),
        "nj": (("nj",), ("new jersey", "nueva jersey", "newark", "jersey city")),
        "elsewhere": (
            ("other", "otro", "otra"),
            ("another state", "other state", "otro estado", "otro lugar", "elsewhere"),
        ),
    },
    "urgency": {
        "detained": (
            (),
            ("detained", "in detention", "detenido", "detenida", "detenidos"),
        ),
        "date": (
            ("yes a date", "both dates"),
            ("deadline", "court date", "hearing", "plazo", "audiencia", "corte"),
        ),
        "neither": (
            ("no", "none", "neither", "nothing", "no one", "ninguno", "ninguna"),
            ("neither of them", "ninguna de las dos", "ninguno de los dos"),
        ),
        SKIP: (_NOT_KNOWN, ()),
    },
    "urgent_date": {UNKNOWN: (_NOT_KNOWN, ())},
    "other_side": {
        "government": (
            (
                *("ice", "uscis", "immigration", "inmigracion", "la migra", "dhs"),
                *("the government", "el gobierno", "government", "gobierno"),
            ),
            (),
        ),
        "nobody": (
            ("nobody", "no one", "none", "no", "nadie", "ninguno", "ninguna"),
            (),
        ),
        SKIP: (_NOT_KNOWN, ()),
    },
    "matter": {
        "detained": ((), ("detention", "bond", "detencion", "fianza")),
        "warrants": (("detainer",), ("warrant", "warrants", "orden", "ordenes")),
        "rights": ((), ("my rights", "rights", "derechos")),
        "mandamus": ((), ("mandamus", "lawsuit for delay", "demanda por demora")),
        "delay": ((), ("late case", "delayed", "demorado", "atrasado")),
        "287g": (("287",), ("287g",)),
        "privacy": ((), ("records", "registros")),
        "misconduct": ((), ("complaint", "profiling", "queja", "perfil racial")),
        "other": (("other", "otro", "otra", *_NOT_KNOWN), ("something else",)),
    },
    "reach": {
        "phone": ((), ("call", "phone", "telephone", "llamada", "telefono")),
        "whatsapp": (("wa", "wsp"), ("whatsapp", "whats app", "wasap")),
        "email": ((), ("email", "e mail", "mail", "correo")),
    },
    "address": {
        "this": (("this", "this one", "este", "este mismo", *_YES), ("este numero",)),
    },
    "message_ok": {"yes": (_YES, ()), NO: (_NO, ())},
    "spoken": {
        "en": (("in english",), ("english", "ingles")),
        "es": (("en espanol",), ("spanish", "espanol", "castellano")),
        "other": (("another", "otro", "otra"), ("other language", "otro idioma")),
    },
    "kind": {
        "phone": ((), ("phone", "call", "telephone", "telefono", "llamada")),
        "office": ((), ("office", "in person", "oficina", "en persona")),
    },
    CONFIRM: {
        SEND: ((*_YES, "send", "send it", "enviar", "envielo", "mandar"), ()),
        CHANGE: (("change", "correct", "edit", "cambiar", "corregir", "no"), ()),
        CANCEL: ((), ()),
    },
    CHANGE: {
        "address": (("phone", "telefono", "number", "numero", "email", "correo"), ()),
        "urgency": (("urgent", "detained", "urgente"), ()),
        "urgent_date": (("date", "fecha", "deadline", "court date", "plazo"), ()),
        "message_ok": (("message", "messages", "mensaje", "mensajes"), ()),
        "spoken": (("language", "idioma"), ()),
        "name": (("my name", "mi nombre", "nombre", "alias"), ()),
        "place": (("state", "estado", "where", "donde"), ()),
    },
}
_ANY_TIME: Final = ("any", "anytime", "any time", "cualquiera", "cualquier hora")
_TIME_WORDS: Final[Mapping[str, tuple[Sequence[str], Sequence[str]]]] = {
    "morning": ((), ("morning", "mornings", "en la manana", "mananas", "manana")),
    "midday": ((), ("midday", "noon", "mediodia", "medio dia")),
    "afternoon": ((), ("afternoon", "afternoons", "tarde", "tardes")),
    "evening": ((), ("evening", "evenings", "night", "noche", "noches")),
    "any": (_ANY_TIME, ("any time", "cualquier hora", "all day", "todo el dia")),
}
# Inside a sentence these turn a word into its opposite.
_DENIES: Final = re.compile(
    r"\b(?:no|not|dont|isnt|arent|never|nobody|without|except|but|ni|nadie|nunca|sin|"
    r"tampoco|pero|excepto)\b"
)
_ASKS: Final = re.compile(
    r"^(?:what|whats|how|why|when|where|who|whom|which|que|como|cuando|donde|quien|"
    r"quienes|cual|cuales|cuanto|cuanta|cuantos|por que|para que)\b"
)
_ASKS_BY_VERB: Final = re.compile(
    r"^(?:can|could|do|does|did|is|are|am|should|would|"
    r"puedo|puede|pueden|podria|debo|deberia|tengo que|es verdad)\b"
)
_KEPT: Final = re.compile(
    r"^(?:status|my status|estado|estatus|mi estado)$|"
    r"\b(?:you keep|you store|my data|guardan|guarda de mi|mis datos)\b"
)
_LANGUAGE: Final = re.compile(
    r"^(?:(?:in |speak |switch to |en |hable |cambiar a )?"
    r"(?:english|ingles|spanish|espanol|castellano))(?: please| por favor)?$"
)
_MIN_QUESTION: Final = 3
_SHORT: Final = 6


def command_in(text: str) -> str | None:
    """Return BACK, SKIP or CANCEL if the whole message says so.

    >>> command_in("Cancelar."), command_in("can they cancel my visa")
    ('cancel', None)
    """
    folded = fold(text)
    return next((name for name, words in _WHOLE.items() if folded in words), None)


def whole_choice(
    text: str, asked: str, choices: Sequence[str], knowledge: KnowledgeBase
) -> str | None:
    """Return the choice that the whole message names, in either language."""
    folded = fold(text)
    for choice in choices:
        labels = {
            fold(knowledge.phrase(choice_key(asked, choice), language))
            for language in LANGUAGES
        }
        if folded and (folded in labels or folded in _words(asked, choice)[0]):
            return choice
    return None


def choice_within(text: str, asked: str, choices: Sequence[str]) -> str | None:
    """Return the one choice that a short message speaks of, None if it is unclear."""
    folded = fold(text)
    if len(folded.split()) > _SHORT or _DENIES.search(folded):
        return None
    spoken_of = [
        choice
        for choice in choices
        if any(
            re.search(rf"\b{re.escape(word)}\b", folded)
            for word in _words(asked, choice)[1]
        )
    ]
    return spoken_of[0] if len(spoken_of) == 1 else None


def asks_something(text: str, asked: str) -> bool:
    """Return whether a message is a question of its own, not an answer.

    >>> asks_something("how long does bond take", "matter")
    True
    >>> asks_something("Will van Damme", "name")
    False
    """
    if text.rstrip().endswith("?"):
        return True
    folded = fold(text)
    if _KEPT.search(folded) or (asked != "spoken" and _LANGUAGE.match(folded)):
        return True
    if len(folded.split()) < _MIN_QUESTION:
        return False
    by_verb = asked not in ("name", "other_side") and _ASKS_BY_VERB.match(folded)
    return bool(by_verb or _ASKS.match(folded))


def _words(asked: str, choice: str) -> tuple[Sequence[str], Sequence[str]]:
    if asked in ("reach_time", "times"):
        return _TIME_WORDS[choice]
    whole, within = _WORDS.get(asked, {}).get(choice, ((), ()))
    return (*whole, *within), within
