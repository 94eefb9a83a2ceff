"""Commits what staff publish, under their name, where the folder is a git checkout."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_SECONDS: Final = 10
_ADDRESS: Final = "staff@rights-desk.invalid"
# What git would read a person's name or an address apart by.
_NOT_IN_NAMES: Final = re.compile(r"[<>\x00-\x1f\x7f]+")
_QUIET: Final = (
    *("-c", "core.hooksPath=/dev/null"),
    *("-c", "core.fsmonitor=false"),
    *("-c", "commit.gpgSign=false"),
    *("-c", "gc.auto=0"),
)


@dataclass(frozen=True)
class Commit:
    """The commit that was made, or why none was; both empty: no git, or no news."""

    id: str | None
    why_not: str = ""


def commit(root: Path, files: Sequence[Path], name: str, message: str) -> Commit:
    """Commit exactly these files in a person's name; never raises.

    What somebody else has staged in the same checkout stays staged, uncommitted.
    """
    paths = [str(path.resolve()) for path in files]
    if not paths:
        return Commit(None)
    try:
        inside = _git(root, name, "rev-parse", "--is-inside-work-tree")
        if inside.returncode or inside.stdout.strip() != "true":
            return Commit(None, _refusal(inside))
        added = _git(root, name, "add", "--", *paths)
        if added.returncode:
            return Commit(None, _said(added))
        unchanged = _git(root, name, "diff", "--cached", "--quiet", "--", *paths)
        if unchanged.returncode == 0:
            # A file mended back to what git has: there is nothing to note.
            return Commit(None)
        # The words come by standard input: a command line can be read by others.
        made = _git(
            root, name, "commit", "--only", "--no-verify", "--no-gpg-sign", "--quiet",
            "--cleanup=whitespace", "--file=-", "--", *paths, words=message,
        )  # fmt: skip
        if made.returncode:
            return Commit(None, _said(made))
        return Commit(_git(root, name, "rev-parse", "HEAD").stdout.strip() or None)
    except FileNotFoundError:
        return Commit(None)
    except subprocess.TimeoutExpired:
        return Commit(None, f"git did not end within {_SECONDS} s")
    except (OSError, ValueError) as error:
        return Commit(None, f"git could not be run ({type(error).__name__})")


def _git(
    root: Path, name: str, *arguments: str, words: str = ""
) -> subprocess.CompletedProcess[str]:
    # A hook or an editor that started us may have named a checkout of its own.
    kept = {key: value for key, value in os.environ.items() if key[:4] != "GIT_"}
    person = " ".join(_NOT_IN_NAMES.sub(" ", name).split()) or "Rights Desk"
    told = {
        "GIT_AUTHOR_NAME": person,
        "GIT_AUTHOR_EMAIL": _ADDRESS,
        "GIT_COMMITTER_NAME": person,
        "GIT_COMMITTER_EMAIL": _ADDRESS,
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_LITERAL_PATHSPECS": "1",
        "LC_ALL": "C.UTF-8",
    }
    return subprocess.run(
        ["git", "-C", str(root), *_QUIET, *arguments],  # noqa: S607 - the PATH's git
        input=words,
        capture_output=True,
        check=False,
        encoding="utf-8",
        errors="replace",
        timeout=_SECONDS,
        env={**kept, **told},
    )


def _refusal(answer: subprocess.CompletedProcess[str]) -> str:
    """Return why git does not see a checkout; "" where there simply is none."""
    said = _said(answer)
    return "" if "not a git repository" in said or not said else said


def _said(answer: subprocess.CompletedProcess[str]) -> str:
    lines = answer.stderr.strip().splitlines() or answer.stdout.strip().splitlines()
    return lines[0][:200] if lines else ""
