"""A small knowledge folder that a test may spoil."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import write_knowledge


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small knowledge folder."""
    return write_knowledge(tmp_path)
