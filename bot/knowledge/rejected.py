"""Reads the examples of messages that no entry answers, from the training data."""

from __future__ import annotations

from pathlib import Path

from bot.core.understanding import OUT_OF_SCOPE
from bot.knowledge.files import read_text
from bot.knowledge.plain_yaml import load_yaml


def read_rejected(nlu_folder: Path) -> list[str]:
    """Return the out-of-scope examples in a folder of Rasa's NLU files.

    Raises:
        ContentError: a file is not YAML.
    """
    examples: list[str] = []
    for path in sorted(nlu_folder.glob("*.yml")):
        data = load_yaml(read_text(path, path.name), path.name)
        for block in data.get("nlu", []):
            if block.get("intent") == OUT_OF_SCOPE:
                lines = str(block["examples"]).splitlines()
                examples += [
                    line[2:].strip() for line in lines if line.startswith("- ")
                ]
    return list(dict.fromkeys(examples))
