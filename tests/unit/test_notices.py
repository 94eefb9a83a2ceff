"""What staff are told, in which words, and when it must wait."""

from __future__ import annotations

from datetime import datetime, time, timedelta, timezone

import pytest

from bot.core.errors import SettingsError
from bot.core.office import DeskRules
from bot.services.notices import MOST, compose, held_until, next_bundle
from bot.settings import load_settings
from bot.storage.notices import Notice
from tests.builders import NOON

DESK = "https://desk.example/"
# NOON is a Monday, 8 in the morning in New York.
OFFICE = DeskRules(open={day: (time(9), time(17)) for day in range(5)})
OPEN, CLOSED = NOON + timedelta(hours=2), NOON
OPENING = datetime(2026, 7, 20, 13, 0, tzinfo=timezone.utc)


def notice(kind: str, reference: str | None = "4F2K", number: int = 1) -> Notice:
    """Return a notice posted at noon."""
    return Notice(number, kind, reference, 0, NOON)


@pytest.mark.parametrize(
    ("kind", "reference", "title", "path"),
    [
        (
            "urgent_request",
            "4F2K",
            "New urgent request R-4F2K / Solicitud urgente nueva R-4F2K",
            "/requests/4F2K",
        ),
        (
            "waiting",
            None,
            "Somebody is waiting for a reply / Alguien espera respuesta",
            "",
        ),
        (
            "withdrawn",
            "4F2K",
            "Request withdrawn R-4F2K / Solicitud retirada R-4F2K",
            "",
        ),
        (
            "limit",
            "2607",
            "More WhatsApp messages this month than your limit"
            " / Más mensajes de WhatsApp este mes que su límite",
            "",
        ),
        ("unheard_of", None, "News in the console / Novedades en la consola", ""),
    ],
)
def test_notice_names_the_reference_and_where_to_look(
    kind: str, reference: str | None, title: str, path: str
) -> None:
    expected = (title, f"https://desk.example/staff{path}")
    assert compose([notice(kind, reference)], DESK) == expected


def test_several_notices_are_told_as_numbers_without_references() -> None:
    several = [notice("new_request", f"4F2{n}", n) for n in range(5)]
    several.append(notice("withdrawn"))
    title, link = compose(several, DESK)
    assert title == (
        "5 new requests, Request withdrawn / 5 solicitudes nuevas, Solicitud retirada"
    )
    assert link == "https://desk.example/staff"


def test_without_a_public_address_there_is_no_link() -> None:
    assert "://" not in "".join(compose([notice("new_request")], ""))


CALM = [notice("new_request", None, n) for n in range(8)]
ALARM = [notice("urgent_request", None, n) for n in range(90, 93)]


@pytest.mark.parametrize(
    ("due", "sent", "urgent_sent", "chosen"),
    [
        ([], 0, 0, ()),
        (CALM, 0, 0, CALM[:1]),
        (CALM, MOST - 1, 0, CALM),
        (CALM, MOST, 0, ()),
        (CALM + ALARM, 0, 0, ALARM[:1]),
        (CALM + ALARM, MOST, 0, ALARM[:1]),
        (CALM + ALARM, MOST, MOST - 1, ALARM),
        (CALM + ALARM, MOST, MOST, ()),
    ],
    ids=[
        "nothing",
        "one by one",
        "the last tells the rest",
        "enough",
        "urgent first",
        "urgent although enough",
        "the last urgent",
        "enough of all",
    ],
)
def test_few_messages_go_out_and_urgent_ones_first(
    due: list[Notice], sent: int, urgent_sent: int, chosen: list[Notice]
) -> None:
    assert next_bundle(due, sent, urgent_sent) == tuple(chosen)


@pytest.mark.parametrize(
    ("kind", "desk", "now", "until"),
    [
        ("new_request", OFFICE, CLOSED, OPENING),
        ("withdrawn", OFFICE, CLOSED, OPENING),
        ("undelivered", OFFICE, CLOSED, OPENING),
        ("new_request", OFFICE, OPEN, None),
        ("urgent_request", OFFICE, CLOSED, None),
        ("waiting", OFFICE, CLOSED, None),
        ("new_request", DeskRules(), CLOSED, None),
    ],
)
def test_what_is_not_urgent_waits_for_the_office_to_open(
    kind: str, desk: DeskRules, now: datetime, until: datetime | None
) -> None:
    assert held_until(notice(kind), desk, now) == until


@pytest.mark.parametrize(
    ("written", "addresses"),
    [
        ("", ()),
        (" json://a ,\n", ("json://a",)),
        ("json://a,slack://b/c/d", ("json://a", "slack://b/c/d")),
        ("mailto://u:p@h?to=a,b json://c", ("mailto://u:p@h?to=a,b", "json://c")),
    ],
)
def test_addresses_are_told_apart(written: str, addresses: tuple[str, ...]) -> None:
    assert load_settings({"NOTIFY_URLS": written}).notify_urls == addresses


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("NOTIFY_URLS", "s3cret@office.example"),
        ("NOTIFY_URLS", "json://a, s3cret"),
        ("WHATSAPP_TEMPLATE", "Office s3cret!"),
        ("WHATSAPP_TEMPLATE_LANGUAGES", "en;s3cret"),
        ("TWILIO_TEMPLATE_SID", "HXs3cret"),
    ],
)
def test_wrong_setting_is_told_by_name_and_not_repeated(
    name: str, written: str
) -> None:
    with pytest.raises(SettingsError) as raised:
        load_settings({name: written})
    (problem,) = raised.value.problems
    assert problem.startswith(f"{name}: ")
    assert "s3cret" not in problem
