"""Names of actions and slots are the same in Python and in domain.yml."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from typing import Any

import yaml

import actions
from actions import names
from actions.base import REQUESTED_SLOT, ReplyingAction, TurningAction
from actions.validate_consultation_form import slots_after
from actions.validate_delay_form import (
    DELAY_SLOTS,
    KEPT_ANSWERS,
    delay_slots_after,
)
from bot.core.consultations import CONFIRM, FIELDS
from bot.core.messages import Reply
from bot.services.context import Context
from bot.services.delay_check import DelayMove
from bot.services.intake import Move
from bot.settings import PROJECT_ROOT


def _domain() -> dict[str, Any]:
    text = (PROJECT_ROOT / "domain.yml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))


def _constants() -> set[str]:
    return {value for name, value in vars(names).items() if name.startswith("ACTION_")}


def _classes() -> list[type[TurningAction]]:
    for module in pkgutil.iter_modules(actions.__path__):
        importlib.import_module(f"actions.{module.name}")
    all_kinds = [*TurningAction.__subclasses__(), *ReplyingAction.__subclasses__()]
    return [c for c in all_kinds if not inspect.isabstract(c)]


def test_actions_of_python_and_domain_are_the_same() -> None:
    assert _constants() == set(_domain()["actions"])


def test_no_action_stands_twice_in_the_domain() -> None:
    assert len(_domain()["actions"]) == len(set(_domain()["actions"]))


def test_every_action_of_the_domain_has_a_class_and_the_reverse() -> None:
    assert sorted(c().name() for c in _classes()) == sorted(_domain()["actions"])


def test_every_action_lives_in_the_file_of_its_name() -> None:
    modules = {c().name(): c.__module__ for c in _classes()}
    assert modules == {
        name: f"actions.{name.removeprefix('action_')}" for name in modules
    }


def test_parent_of_the_actions_is_abstract() -> None:
    # The server makes one of every concrete class it finds, the parent included.
    assert inspect.isabstract(TurningAction)
    assert inspect.isabstract(ReplyingAction)


def test_slots_of_python_and_domain_are_the_same() -> None:
    ours = {*names.SLOTS, *FIELDS, CONFIRM, *DELAY_SLOTS, KEPT_ANSWERS}
    assert ours == set(_domain()["slots"])


def test_actions_fill_exactly_the_slots_of_the_domain() -> None:
    form = slots_after(CONFIRM, Move(Reply("form", "en"), None))
    delay = delay_slots_after(CONFIRM, DelayMove(Reply("form", "en"), None, {}))
    filled = {*Context("en").to_slots(), *form, *delay} - {REQUESTED_SLOT}
    assert filled == set(_domain()["slots"])


def test_the_form_asks_in_the_order_of_the_rules_of_conduct() -> None:
    form = _domain()["forms"]["consultation_form"]
    assert form["required_slots"] == [*FIELDS, CONFIRM]
    assert _domain()["forms"]["delay_form"]["required_slots"] == list(DELAY_SLOTS)
