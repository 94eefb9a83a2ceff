"""What a new staff member types: an answer in both languages, and questions."""

from __future__ import annotations

from typing import Final

ENTRY: Final = "library_card"
GROUP: Final = "privacy"
SOURCE: Final = "1357"
ASKED: Final = {
    "en": "does my library card tell immigration anything",
    "es": "mi carnet de la biblioteca le dice algo a migración",
}
FIRST: Final = {
    "title": (
        "Does my library card tell ICE about me?",
        "¿Mi carnet de biblioteca le informa a ICE?",
    ),
    "label": ("Library cards", "Carnet de biblioteca"),
    "short": (
        "A library card shows no immigration status. Most libraries do not ask for it.",
        "Un carnet de biblioteca no muestra el estatus migratorio. "
        "La mayoría de las bibliotecas no lo pide.",
    ),
    "details": (
        "- The card holds a name and an address.\n"
        "- Ask the library what it keeps and for how long.",
        "- El carnet tiene un nombre y una dirección.\n"
        "- Pregunte a la biblioteca qué guarda y por cuánto tiempo.",
    ),
    "next_step": (
        "Ask your library for its privacy rules.",
        "Pida a su biblioteca sus reglas de privacidad.",
    ),
    "questions": (
        "\n".join(
            (
                ASKED["en"],
                "library card and ICE",
                "can agents see which books i borrowed",
                "is it safe to sign up at the public library without papers",
                "my daughter wants a library card, will they ask about status",
                "what does a library know about me",
                "borrowing books undocumented",
                "do librarians report readers",
                "i left my address at the library desk, who reads it",
                "reading room sign in sheet and deportation officers",
                "Should families worry about library records?",
                "computers at the library, is what i look up kept",
            )
        ),
        "\n".join(
            (
                ASKED["es"],
                "biblioteca pública e ICE",
                "pueden ver qué libros pedí prestados",
                "es seguro sacar carnet de la biblioteca sin papeles",
                "mi hija quiere un carnet de biblioteca, preguntan por el estatus",
                "qué sabe de mí una biblioteca",
                "pedir libros prestados siendo indocumentado",
                "los bibliotecarios reportan a los lectores",
                "dejé mi dirección en la biblioteca, quién la lee",
                "hoja de registro de la sala de lectura y los agentes",
                "¿Debe preocuparse mi familia por los registros de la biblioteca?",
                "las computadoras de la biblioteca guardan lo que busco",
            )
        ),
    ),
}
CHANGED: Final = (
    "A library card says nothing about immigration status. Most libraries never ask."
)
# Ten things that nobody answers, each asked by three people.
MISSED: Final = tuple(
    (
        f"where is the best {what} in brooklyn",
        f"best {what} in brooklyn",
        f"the very best {what} in brooklyn please",
    )
    for what in (
        *("pizza place", "dog groomer", "piano teacher", "swimming pool"),
        *("wedding cake", "bicycle repair", "tattoo artist", "karaoke bar"),
        *("flower shop", "ice skating rink"),
    )
)
