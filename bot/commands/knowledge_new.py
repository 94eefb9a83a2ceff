"""python -m bot knowledge new: two files of a new entry, with what to fill in."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Final

from bot.commands.knowledge_export import forms_of
from bot.core.errors import BotError, ChangedByOther
from bot.core.languages import LANGUAGES, Language
from bot.knowledge.entry_files import write_texts
from bot.knowledge.entry_form import EntryForm, FormText, texts_of
from bot.knowledge.limits import MIN_QUESTIONS
from bot.knowledge.loader import load_knowledge
from bot.knowledge.registers import read_owners
from bot.settings import load_settings

_NAME: Final = re.compile(r"[a-z][a-z0-9_]{1,59}")
_REVIEW_DAYS: Final = timedelta(days=180)
_LABEL_SIGNS: Final = 17
_BLANK: Final[dict[Language, FormText]] = {
    "en": FormText(
        label="Fill in",
        title="Fill in the question as a title, at most 70 characters",
        short="Fill in the short answer: at most three sentences.",
        details="Fill in what else is to be known. A line that begins with a dash:\n"
        "- is an item of a list.",
        next_step="Fill in what the person can do next.",
        questions=(f"Fill in at least {MIN_QUESTIONS}, as people really ask",),
    ),
    "es": FormText(
        label="Complete",
        title="Complete la pregunta como título, hasta 70 letras",
        short="Complete la respuesta corta: tres frases como máximo.",
        details="Complete lo demás que hay que saber. Una línea con guion al inicio:\n"
        "- es un punto de una lista.",
        next_step="Complete lo que la persona puede hacer ahora.",
        questions=(f"Complete al menos {MIN_QUESTIONS}, como la gente pregunta",),
    ),
}


def new(group: str, entry_id: str, copied: str | None) -> int:
    """Write the two files and say what to do with them.

    Raises:
        BotError: the names cannot be, there is such an entry already, or none to copy.
        ContentError: the folder has faults or cannot be written.
    """
    root = load_settings().KNOWLEDGE_DIR
    knowledge = load_knowledge(root)
    for name in (group, entry_id):
        if _NAME.fullmatch(name) is None:
            raise BotError(f"{name!r}: small letters, figures and _ only.")
    if knowledge.find(entry_id) is not None:
        raise BotError(f"There is an entry {entry_id} already.")
    if copied is not None and knowledge.find(copied) is None:
        raise BotError(f"There is no entry {copied} to copy.")
    today = knowledge.desk.local(datetime.now(timezone.utc)).date()
    form = new_form(root, group, entry_id, copied, today)
    try:
        write_texts(root, group, entry_id, texts_of(form), base="")
    except ChangedByOther:
        raise BotError(f"There are files of {entry_id} already.") from None
    _tell(root, form, is_new_group=group not in knowledge.groups())
    return 0


def new_form(
    root: Path, group: str, entry_id: str, copied: str | None, today: date
) -> EntryForm:
    """Return the form of a new entry, empty or with the texts of another.

    It is withdrawn, so that no visitor reads it before it is written; and it never
    has another's questions, which would lead visitors of that one astray.
    """
    owners = read_owners(root)
    blank = EntryForm(
        group,
        entry_id,
        dict(_BLANK),
        owner=owners[0] if owners else "",
        as_of=today.isoformat(),
        review_by=(today + _REVIEW_DAYS).isoformat(),
        translated_on=today.isoformat(),
        status="withdrawn",
    )
    if copied is None:
        return blank
    return _copy_of(next(iter(forms_of(root, [copied]))), group, entry_id)


def _copy_of(entry: EntryForm, group: str, entry_id: str) -> EntryForm:
    texts = {
        language: replace(
            entry.texts[language],
            label=f"{entry.texts[language].label[:_LABEL_SIGNS]} 2",
            title=f"{entry.texts[language].title} (2)",
            questions=_BLANK[language].questions,
            written={},
        )
        for language in LANGUAGES
    }
    return replace(
        entry,
        group=group,
        id=entry_id,
        texts=texts,
        aliases=(),
        status="withdrawn",
        approved_by="",
        approved_on="",
    )


def _tell(root: Path, form: EntryForm, is_new_group: bool) -> None:
    folder = root / form.group
    print("Written:")
    for language in LANGUAGES:
        print(f"  {folder / f'{form.id}.{language}.md'}")
    print(
        "Fill them in; visitors see nothing of it while they say 'status: withdrawn'."
    )
    print("Name a source in sources, the owner, and the two dates. Then:")
    print("  python -m bot knowledge check")
    print(f"  python -m bot knowledge preview {form.id} --channel whatsapp")
    print("At last write 'status: draft': visitors get it within seconds.")
    if is_new_group:
        print(
            f"'{form.group}' is a new group: the model learns it at the next training."
        )
