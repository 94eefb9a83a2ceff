"""The widget's files as browsers get them: a folder, the office's words, a version."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.core.languages import LANGUAGES, Language
from bot.knowledge.base import KnowledgeBase
from bot.services.showing import say

_PREFIX: Final = "widget_"
_FEEDBACK: Final = "feedback_"
EMBED: Final = "embed.js"
_STYLE: Final = "style.css"
_VERSION_BLANK: Final = "{version}"
_WORDS_BLANK: Final = "{words}"


@dataclass(frozen=True)
class WidgetFiles:
    """The modules by name, plain and gzipped; `version` changes with any of them."""

    version: str
    plain: Mapping[str, bytes]
    packed: Mapping[str, bytes]


def widget_files(
    folder: Path, knowledge: KnowledgeBase, require_approved: bool
) -> WidgetFiles:
    """Return the widget's files with the knowledge folder's words in them."""
    files = {
        path.name: _without_comment_lines(path.read_text(encoding="utf-8"))
        for path in sorted(folder.glob("*.js"))
    }
    css = (folder / _STYLE).read_text(encoding="utf-8")
    # As a module: a page's policy then need not allow style sheets from us.
    files["style.js"] = f"export const CSS = {json.dumps(_without_comments(css))};\n"
    for language in LANGUAGES:
        module = _words_module(knowledge, language, require_approved)
        files[f"words-{language}.js"] = module
    whole = json.dumps(files, sort_keys=True).encode()
    version = hashlib.sha256(whole).hexdigest()[:16]
    names = [say(knowledge, "widget_open", language) for language in LANGUAGES]
    label = json.dumps(" / ".join(names), ensure_ascii=False)
    embed = files[EMBED].replace(_VERSION_BLANK, version)
    files[EMBED] = embed.replace(f'"{_WORDS_BLANK}"', label)
    plain = {name: text.encode() for name, text in files.items()}
    packed = {name: gzip.compress(data, 9, mtime=0) for name, data in plain.items()}
    return WidgetFiles(version, plain, packed)


def _without_comments(css: str) -> str:
    parts = css.split("/*")
    kept = parts[0] + "".join(part.split("*/", 1)[1] for part in parts[1:])
    return "\n".join(line.strip() for line in kept.splitlines() if line.strip())


def _without_comment_lines(script: str) -> str:
    lines = (line.strip() for line in script.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def _words_module(
    knowledge: KnowledgeBase, language: Language, require_approved: bool
) -> str:
    shown = {entry.id for entry in knowledge.shown(require_approved)}
    starters = {
        group: [
            entry.texts[language].title
            for name in names
            if (entry := knowledge.find(name)) and entry.id in shown
        ]
        for group, names in knowledge.starters.items()
    }
    words = _words(knowledge, language)
    return "".join(
        f"export const {name} = {json.dumps(value, ensure_ascii=False)};\n"
        for name, value in (("WORDS", words), ("STARTERS", starters))
    )


def _words(knowledge: KnowledgeBase, language: Language) -> dict[str, str]:
    words = {}
    for key in knowledge.phrases[language]:
        if key.startswith(_FEEDBACK):
            words[key] = say(knowledge, key, language)
        elif key.startswith(_PREFIX):
            words[key.removeprefix(_PREFIX)] = say(knowledge, key, language)
    if not knowledge.office.get("hours", {}).get(language):
        words["hours"] = ""
    return words
