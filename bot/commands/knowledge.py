"""python -m bot knowledge: everything about the files that staff edit."""

from __future__ import annotations

import argparse
import os
from datetime import date
from pathlib import Path
from typing import Any, Final

from bot.core.misses import GROUP_STATES

_LANGUAGES: Final = ("en", "es")
_CHANGING: Final = ("reviewed", "approve", "withdraw", "restore")


def add_knowledge_commands(commands: Any) -> None:
    """Add `knowledge` and its tasks to the command line."""
    parser = commands.add_parser("knowledge", help="the files that staff edit")
    tasks = parser.add_subparsers(dest="task", required=True)
    _add_looking(tasks)
    _add_changing(tasks)
    _add_papers(tasks)


def _add_looking(tasks: Any) -> None:
    check = tasks.add_parser("check", help="everything that is wrong with the files")
    check.add_argument("--warnings", action="store_true", help="list the warnings too")
    tasks.add_parser("report", help="how well each entry is found; takes minutes")
    preview = tasks.add_parser("preview", help="an entry as visitors read it")
    preview.add_argument("entry", metavar="ID")
    preview.add_argument(
        "--channel", choices=("terminal", "web", "whatsapp"), default="web"
    )
    trying = tasks.add_parser("try", help="what a question would get, and why")
    trying.add_argument("question", help="in quotation marks; - reads it from a pipe")
    trying.add_argument("--language", choices=_LANGUAGES, help="of the conversation")
    trying.add_argument("--json", action="store_true")
    effect = tasks.add_parser("effect", help="which questions a draft would change")
    effect.add_argument("entry", metavar="ID")
    effect.add_argument(
        "--texts", metavar="FILE.json", help="these texts, not the draft; - is a pipe"
    )
    effect.add_argument("--json", action="store_true")
    due = tasks.add_parser("due", help="what is to be reviewed, by owner")
    due.add_argument("--days", type=int, default=30, help="within so many days")
    misses = tasks.add_parser("misses", help="what visitors asked and did not get")
    misses.add_argument("--state", choices=GROUP_STATES, default="open")
    misses.add_argument("--language", choices=_LANGUAGES)
    links = tasks.add_parser("links", help="ask every address over the network")
    links.add_argument("entry", metavar="ID", nargs="?", help="only those of an entry")
    diff = tasks.add_parser("diff", help="what visitors read differently than before")
    diff.add_argument("entry", metavar="ID", nargs="?")
    diff.add_argument(
        "--against",
        metavar="REVISION",
        help="a revision of git (HEAD), or the month of a snapshot (2026-11)",
    )


def _add_changing(tasks: Any) -> None:
    new = tasks.add_parser("new", help="begin an entry: two files to fill in")
    new.add_argument("group")
    new.add_argument("entry", metavar="ID")
    new.add_argument("--from", dest="copied", metavar="ID", help="copy this entry")
    words = {
        "reviewed": "the law was checked today and nothing had to change",
        "approve": "an attorney approves the text as it stands",
        "withdraw": "take an entry from visitors at once",
        "restore": "bring a withdrawn entry back, as not reviewed",
    }
    for task, text in words.items():
        parser = tasks.add_parser(task, help=text)
        parser.add_argument("entry", metavar="ID")
        parser.add_argument("--by", metavar="LOGIN", help="who does it")
        if task == "reviewed":
            parser.add_argument(
                "--review-by",
                type=date.fromisoformat,
                metavar="YYYY-MM-DD",
                help="the next review; as long from now as it was before if left out",
            )
        if task in ("withdraw", "restore"):
            parser.add_argument("--why", required=task == "withdraw", default="")


def _add_papers(tasks: Any) -> None:
    export = tasks.add_parser("export", help="a sheet, or paper for an attorney")
    export.add_argument("file", type=Path, metavar="FILE.csv|.html|.pdf")
    export.add_argument(
        "--entries", nargs="+", metavar="ID", help="only these, withdrawn ones too"
    )
    export.add_argument(
        "--withdrawn",
        action="store_true",
        help="withdrawn entries on the paper, too; a sheet always has them",
    )
    taking = tasks.add_parser("import", help="take changes from such a sheet as drafts")
    taking.add_argument("file", type=Path, metavar="FILE.csv")
    taking.add_argument("--check", action="store_true", help="only say what changes")
    taking.add_argument("--by", metavar="LOGIN", help="whose drafts they are")
    snapshot = tasks.add_parser("snapshot", help="keep this month's copy of all texts")
    snapshot.add_argument("--list", action="store_true", help="those that are kept")


def run(options: argparse.Namespace) -> int:
    """Run a task and return the exit code."""
    # Each imports what it needs: the search alone takes seconds to load.
    if options.task in _CHANGING:
        from bot.commands.knowledge_changes import change

        return change(options)
    if options.task in ("export", "import", "snapshot"):
        return _run_papers(options)
    if options.task in ("try", "effect", "report"):
        return _run_search(options)
    return _run_looking(options)


def _run_looking(options: argparse.Namespace) -> int:
    if options.task == "check":
        from bot.commands.knowledge_check import check

        return check(options.warnings)
    if options.task == "preview":
        from bot.commands.preview import preview

        return preview(options.entry, options.channel)
    if options.task == "due":
        from bot.commands.knowledge_due import due

        return due(options.days)
    if options.task == "misses":
        from bot.commands.misses import run as print_misses

        return print_misses(options)
    if options.task == "links":
        from bot.commands.knowledge_links import links

        return links(options.entry)
    if options.task == "diff":
        from bot.commands.knowledge_diff import diff

        return diff(options.entry, options.against)
    from bot.commands.knowledge_new import new

    return new(options.group, options.entry, options.copied)


def _run_search(options: argparse.Namespace) -> int:
    if options.task == "try":
        from bot.commands.knowledge_try import try_out

        return try_out(options.question, options.language, options.json)
    if options.task == "effect":
        # Thousands of small searches: threads would only wait for each other.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        from bot.commands.knowledge_effect import effect

        return effect(options.entry, options.texts, options.json)
    from bot.commands.knowledge_check import report

    return report()


def _run_papers(options: argparse.Namespace) -> int:
    if options.task == "export":
        from bot.commands.knowledge_export import export

        return export(options.file, options.entries, options.withdrawn)
    if options.task == "import":
        from bot.commands.knowledge_import import take_in

        return take_in(options.file, options.by, options.check)
    from bot.commands.knowledge_snapshot import snapshot

    return snapshot(options.list)
