"""Keeps the widget's files ready, with the words of the knowledge folder in them."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Final

from bot.knowledge.base import KnowledgeBase
from bot.services.widget_files import WidgetFiles, widget_files

_FOLDER: Final = Path(__file__).resolve().parent.parent / "widget"


class WidgetShelf:
    """Keeps the files of the knowledge base in use; makes them anew when it changes."""

    def __init__(self, require_approved: bool) -> None:
        self._require_approved = require_approved
        self._lock = threading.Lock()
        self._made: tuple[KnowledgeBase, WidgetFiles] | None = None

    def files(self, knowledge: KnowledgeBase) -> WidgetFiles:
        """Return the files with this knowledge base's words."""
        with self._lock:
            if self._made is None or self._made[0] is not knowledge:
                made = widget_files(_FOLDER, knowledge, self._require_approved)
                self._made = (knowledge, made)
            return self._made[1]
