"""The lock files are whole: exact versions, hashes, no index, no TensorFlow."""

from __future__ import annotations

import re

import pytest

from bot.settings import PROJECT_ROOT

LOCKS = ("requirements.txt", "requirements-dev.txt")
SOURCES = {
    "requirements.txt": "requirements.in",
    "requirements-dev.txt": "requirements-dev.in",
}
PINNED = re.compile(
    r"(?P<name>[a-z0-9][a-z0-9._-]*)(?:\[[a-z0-9_,-]+\])?==(?P<version>\S+)"
)
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}\b")
UNWANTED = re.compile(
    r"^(?:tensorflow|tensorboard|keras|jax|jaxlib|tf-|tf_)", re.IGNORECASE
)


def requirements(name: str) -> list[str]:
    """Return the requirements of a file, each on one line."""
    text = (PROJECT_ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = (line.strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def project_name(requirement: str) -> str:
    """Return the name of the library that a line requires."""
    name = re.split(r"[\s\[=<>;!~]", requirement, maxsplit=1)[0]
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_has_one_version_and_hashes(lock: str) -> None:
    loose = [
        line
        for line in requirements(lock)
        if PINNED.match(line) is None or HASH.search(line) is None
    ]
    assert loose == []
    assert len(requirements(lock)) > 10


@pytest.mark.parametrize("lock", LOCKS)
def test_no_index_is_named(lock: str) -> None:
    text = (PROJECT_ROOT / lock).read_text(encoding="utf-8")
    assert re.search(r"index-url|find-links|trusted-host|https?://", text) is None


@pytest.mark.parametrize("lock", LOCKS)
def test_no_library_is_required_that_the_pipeline_never_uses(lock: str) -> None:
    names = [project_name(line) for line in requirements(lock)]
    assert [name for name in names if UNWANTED.match(name)] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_everything_asked_for_is_in_the_lock(lock: str) -> None:
    asked = [line for line in requirements(SOURCES[lock]) if not line.startswith("-")]
    locked = {project_name(line) for line in requirements(lock)}
    assert {project_name(line) for line in asked} - locked == set()


@pytest.mark.parametrize("lock", LOCKS)
def test_a_version_asked_for_is_the_version_locked(lock: str) -> None:
    def versions(name: str) -> dict[str, str]:
        lines = requirements(name)
        found = {project_name(line): PINNED.match(line) for line in lines}
        return {key: match["version"] for key, match in found.items() if match}

    asked, locked = versions(SOURCES[lock]), versions(lock)
    assert {name: locked.get(name) for name in asked} == asked


def test_both_locks_name_the_same_version_of_what_they_share() -> None:
    both = [
        {
            m["name"]: m["version"]
            for line in requirements(lock)
            if (m := PINNED.match(line))
        }
        for lock in LOCKS
    ]
    shared = both[0].keys() & both[1].keys()
    assert {name: both[0][name] for name in shared} == {
        name: both[1][name] for name in shared
    }
