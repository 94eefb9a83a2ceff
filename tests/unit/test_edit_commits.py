"""What staff publish is committed in their name, and nothing else with it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from bot.services.edit_commits import commit


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder and return what it says."""
    done = subprocess.run(
        ["git", "-C", str(folder), *arguments],
        capture_output=True,
        check=True,
        text=True,
    )
    return done.stdout.strip()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A knowledge folder inside a git checkout."""
    git(tmp_path, "init", "--quiet")
    for name, value in (("user.name", "Setup"), ("user.email", "s@example.org")):
        git(tmp_path, "config", name, value)
    root = tmp_path / "knowledge" / "rights"
    root.mkdir(parents=True)
    for name in ("a.en.md", "a.es.md", "b.en.md"):
        (root / name).write_text("old\n", encoding="utf-8")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "-m", "first")
    return root


def test_exactly_the_files_given_are_committed(folder: Path) -> None:
    for name in ("a.en.md", "a.es.md", "b.en.md"):
        (folder / name).write_text("new\n", encoding="utf-8")
    git(folder, "add", "b.en.md")
    files = [folder / "a.en.md", folder / "a.es.md"]
    made = commit(folder.parent, files, "Ana", "knowledge: a published\n\nwhy")
    assert made.id == git(folder, "rev-parse", "HEAD")
    assert made.why_not == ""
    told = git(folder, "show", "--name-only", "--format=%B", "HEAD").split("\n")
    assert told == [
        *("knowledge: a published", "", "why", "", ""),
        *("knowledge/rights/a.en.md", "knowledge/rights/a.es.md"),
    ]
    # What somebody else had staged is still staged.
    assert git(folder, "diff", "--cached", "--name-only").endswith("b.en.md")


def test_a_new_file_is_committed_too(folder: Path) -> None:
    path = folder / "c.en.md"
    path.write_text("new\n", encoding="utf-8")
    assert commit(folder.parent, [path], "Ana", "m").id is not None
    assert git(folder, "status", "--porcelain") == ""


@pytest.mark.parametrize(
    ("name", "author"),
    [
        ("Ana Ñuñez 🦊", "Ana Ñuñez 🦊"),
        ("Eve <eve@x.y>\nSigned-off-by: x", "Eve eve@x.y Signed-off-by: x"),
        (" <> ", "Rights Desk"),
    ],
)
def test_the_author_is_the_person(folder: Path, name: str, author: str) -> None:
    path = folder / "a.en.md"
    path.write_text("new\n", encoding="utf-8")
    commit(folder.parent, [path], name, "--amend\n# a hash\n")
    told = git(folder, "log", "-1", "--format=%an <%ae>|%B")
    assert told == f"{author} <staff@rights-desk.invalid>|--amend\n# a hash"
    assert git(folder, "rev-list", "--count", "HEAD") == "2"


def test_no_hook_runs_and_nothing_is_signed(folder: Path) -> None:
    hook = folder.parents[1] / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    git(folder, "config", "commit.gpgSign", "true")
    (folder / "a.en.md").write_text("new\n", encoding="utf-8")
    assert commit(folder.parent, [folder / "a.en.md"], "Ana", "m").id is not None


def test_another_checkout_named_by_whoever_started_us_is_not_used(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))
    (folder / "a.en.md").write_text("new\n", encoding="utf-8")
    assert commit(folder.parent, [folder / "a.en.md"], "Ana", "m").id is not None


def test_without_a_checkout_nothing_is_said(tmp_path: Path) -> None:
    made = commit(tmp_path, [tmp_path / "a"], "Ana", "m")
    assert (made.id, made.why_not) == (None, "")


def test_without_git_nothing_is_said(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    made = commit(folder.parent, [folder / "a.en.md"], "Ana", "m")
    assert (made.id, made.why_not) == (None, "")


def test_a_checkout_that_is_locked_is_told(folder: Path) -> None:
    (folder / "a.en.md").write_text("new\n", encoding="utf-8")
    (folder.parents[1] / ".git" / "index.lock").write_text("", encoding="utf-8")
    made = commit(folder.parent, [folder / "a.en.md"], "Ana", "m")
    assert made.id is None
    assert "index.lock" in made.why_not


def test_files_that_git_ignores_are_told(folder: Path) -> None:
    (folder / ".gitignore").write_text("*.md\n", encoding="utf-8")
    path = folder / "new.en.md"
    path.write_text("new\n", encoding="utf-8")
    made = commit(folder.parent, [path], "Ana", "m")
    assert made.id is None
    assert "ignored" in made.why_not


def test_a_file_mended_back_to_what_git_has_is_no_failure(folder: Path) -> None:
    for text in ("broken\n", "old\n"):
        (folder / "a.en.md").write_text(text, encoding="utf-8")
    made = commit(folder.parent, [folder / "a.en.md"], "Ana", "m")
    assert (made.id, made.why_not) == (None, "")
    assert git(folder, "rev-list", "--count", "HEAD") == "1"


def test_no_file_at_all_is_no_failure_whatever_others_staged(folder: Path) -> None:
    (folder / "b.en.md").write_text("new\n", encoding="utf-8")
    git(folder, "add", "b.en.md")
    made = commit(folder.parent, [], "Ana", "m")
    assert (made.id, made.why_not) == (None, "")
    assert git(folder, "diff", "--cached", "--name-only").endswith("b.en.md")
