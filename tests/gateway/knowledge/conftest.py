"""A console over a small knowledge folder, and who is signed in to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette

from bot.gateway.app import create_app
from bot.gateway.world import World
from bot.settings import Settings
from tests.gateway.console_people import StaffBrowser, browser_of
from tests.gateway.knowledge_pages import settings_in


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings with a small knowledge folder."""
    return settings_in(tmp_path)


@pytest.fixture
def app(world: World) -> Iterator[Starlette]:
    """The whole gateway."""
    yield create_app(world)
    world.storage.close()


@pytest.fixture
def editor(app: Starlette, world: World) -> StaffBrowser:
    """A browser in which an editor is signed in."""
    return browser_of(app, world, "editor")


@pytest.fixture
def reviewer(app: Starlette, world: World) -> StaffBrowser:
    """A browser in which a reviewer is signed in."""
    return browser_of(app, world, "reviewer")
