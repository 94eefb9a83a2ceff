"""The templates of the pages that work without JavaScript."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

FOLDER: Final = Path(__file__).parent / "templates"


def escaping(folder: Path) -> Environment:
    """Return the templates of a folder; whatever they are given is escaped."""
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


@cache
def layouts() -> Environment:
    """Return the templates of the visitors' pages, read once."""
    return escaping(FOLDER)
