"""The command line of Rights Desk: python -m bot COMMAND."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import date
from pathlib import Path
from typing import Any

from bot.commands.knowledge import add_knowledge_commands
from bot.core.errors import BotError, ContentError, SettingsError


def use_project_environment() -> None:
    """Go over to the project's own Python, when called with another one."""
    own = Path(__file__).resolve().parent.parent / ".venv" / "bin" / "python"
    if own.is_file() and Path(sys.prefix).resolve() != own.parent.parent.resolve():
        os.execv(own, [str(own), "-m", "bot", *sys.argv[1:]])  # noqa: S606


def main(arguments: list[str] | None = None) -> int:
    """Run a command and return its exit code; faults are told in plain words."""
    given = sys.argv[1:] if arguments is None else arguments
    os.umask(0o077)
    try:
        if given[:1] == ["rasa"]:
            # Everything after "rasa" belongs to Rasa.
            from bot.rasa_server.start import run_command

            run_command(given[1:])
            return 0
        return _run(_parser().parse_args(given))
    except ContentError as error:
        faults = "\n".join(f"error: {fault}" for fault in error.faults)
        print(f"The knowledge folder has faults:\n{faults}", file=sys.stderr)
    except SettingsError as error:
        problems = "\n".join(f"- {problem}" for problem in error.problems)
        print(f"Rights Desk cannot start:\n{problems}", file=sys.stderr)
    except BotError as error:
        print(error, file=sys.stderr)
    except KeyboardInterrupt:
        return 130
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("run", help="train if needed, then start everything")
    commands.add_parser("rasa", help="any command of Rasa: rasa train, rasa shell, ...")
    train = commands.add_parser("train", help="train the model if its inputs changed")
    train.add_argument("--force", action="store_true", help="train in any case")
    train.add_argument(
        "--beside",
        action="store_true",
        help="beside the running assistant; the new model is used only if no worse",
    )
    ask = commands.add_parser("ask", help="ask the running assistant")
    ask.add_argument("text")
    ask.add_argument("--json", action="store_true", help="print the message as JSON")
    ask.add_argument("--language", choices=("en", "es"), help="start in this language")
    ask.add_argument("--new", action="store_true", help="begin a new conversation")
    add_knowledge_commands(commands)
    whatsapp = commands.add_parser("whatsapp", help="the way to WhatsApp")
    whatsapp.add_argument("task", choices=("check",))
    keys = commands.add_parser("keys", help="the keys of stored content")
    keys.add_argument("task", choices=("rotate",))
    _add_staff_commands(commands.add_parser("staff", help="who may use the console"))
    _add_agreement_commands(commands)
    notify = commands.add_parser("notify", help="the notices to staff")
    notify.add_argument("task", choices=("test",), help="send one to each address")
    feedback = commands.add_parser("feedback", help="visitors' votes on the answers")
    feedback.add_argument(
        "--questions", action="store_true", help="print the questions they shared"
    )
    measure = commands.add_parser("eval", help="measure the running assistant on files")
    measure.add_argument("files", nargs="+", type=Path)
    _add_calibrate(commands.add_parser("calibrate", help="choose the thresholds"))
    return parser


def _add_calibrate(parser: argparse.ArgumentParser) -> None:
    for name, text in (
        ("files", "the judge learns from them, and the thresholds are chosen on them"),
        ("--learn-only", "files that set no limit"),
        ("--limit-only", "files that the judge never learns from"),
    ):
        nargs = "*" if name.startswith("-") else "+"
        parser.add_argument(name, nargs=nargs, type=Path, default=[], help=text)


def _add_staff_commands(parser: argparse.ArgumentParser) -> None:
    from bot.core.languages import LANGUAGES
    from bot.core.staff import ROLES

    tasks = parser.add_subparsers(dest="task", required=True)
    add = tasks.add_parser("add", help="add a person and print their one-time link")
    add.add_argument("login", help="an e-mail address or a short name")
    add.add_argument("--role", required=True, choices=ROLES)
    add.add_argument("--name", required=True, help="as visitors read it")
    add.add_argument("--language", choices=LANGUAGES, default="en")
    tasks.add_parser("list", help="list everybody")
    reset = tasks.add_parser("reset", help="a new one-time link: lost phone, password")
    reset.add_argument("login")


def _add_agreement_commands(commands: Any) -> None:
    parser = commands.add_parser("agreements", help="ICE's list of 287(g) agreements")
    tasks = parser.add_subparsers(dest="task", required=True)
    file = tasks.add_parser("import", help="import a sheet that was saved from ICE")
    file.add_argument("file", type=Path, help="participatingAgencies....xlsx")
    file.add_argument(
        "--downloaded",
        type=date.fromisoformat,
        metavar="YYYY-MM-DD",
        help="the day it was saved, where the date in its name is wrong",
    )
    file.add_argument(
        "--check", action="store_true", help="only say what it would change"
    )
    tasks.add_parser("update", help="find the sheet on ICE's page and import it")
    tasks.add_parser("show", help="the current list: date, age, counts")


def _run(options: argparse.Namespace) -> int:
    # Each command imports what it needs, so that asking does not wait for training.
    if options.command == "run":
        return _start()
    if options.command == "train":
        from bot.commands.training import train
        from bot.settings import load_settings

        if options.beside:
            from bot.commands.retraining import retrain_beside

            return retrain_beside(load_settings())
        if not train(load_settings(), options.force):
            print("rights-desk: the model is up to date")
        return 0
    if options.command == "ask":
        from bot.commands.ask import ask

        return ask(options.text, options.json, options.language, options.new)
    if options.command == "knowledge":
        from bot.commands.knowledge import run

        return run(options)
    if options.command in _OFFICE_COMMANDS:
        return _run_for_office(options)
    if options.command == "calibrate":
        from bot.commands.calibrating import calibrate

        return calibrate(options.files, options.learn_only, options.limit_only)
    from bot.commands.evaluating import evaluate

    evaluate(options.files)
    return 0


_OFFICE_COMMANDS = ("whatsapp", "keys", "staff", "agreements", "notify", "feedback")


def _run_for_office(options: argparse.Namespace) -> int:
    if options.command == "whatsapp":
        from bot.commands.whatsapp import check

        return check()
    if options.command == "keys":
        from bot.commands.keys import rotate

        return rotate()
    if options.command == "staff":
        from bot.commands.staff import run

        return run(options)
    if options.command == "agreements":
        from bot.commands import agreements

        return agreements.run(options)
    if options.command == "notify":
        from bot.commands.notify import test

        return test()
    from bot.commands.feedback import print_questions, print_votes

    return print_questions() if options.questions else print_votes()


def _start() -> int:
    from bot import supervisor
    from bot.commands.staff import print_first_link
    from bot.commands.training import has_index, may_start, read_first, train
    from bot.settings import load_settings
    from bot.storage.keys import make_keys

    settings = load_settings()
    supervisor.check_ports(settings)
    make_keys(settings)
    # What staff changed meanwhile is learned beside the running assistant.
    if not may_start(settings):
        train(settings)
    if not has_index(settings):
        read_first(settings)
    print(
        f"rights-desk: chat page      http://{settings.HOST}:{settings.PORT}/",
        flush=True,
    )
    print(
        f"rights-desk: ready when     http://{settings.HOST}:{settings.PORT}/readyz",
        flush=True,
    )
    print_first_link(settings)
    print("rights-desk: stop with      Ctrl-C", flush=True)
    supervisor.run(settings)
    return 0


if __name__ == "__main__":
    use_project_environment()
    sys.exit(main())
