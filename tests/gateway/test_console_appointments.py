"""An appointment is given by the office's clock; wrong ones are refused kindly."""

from __future__ import annotations

import pytest

from bot.core.languages import Language
from bot.gateway.world import World
from tests.conftest import FakeClock
from tests.gateway.console_requests import (
    APPOINTMENT,
    at_request,
    read_kept,
    sit_down,
)

pytestmark = pytest.mark.asyncio
PAGE = "/requests/4F2K"


async def test_an_appointment_is_by_the_clock_of_the_office(world: World) -> None:
    clerk = await at_request(world, state="claimed")
    await clerk.press("schedule", **APPOINTMENT)
    kept = read_kept(world).appointment
    assert kept is not None
    assert kept.starts_at.isoformat() == "2026-07-24T18:30:00+00:00"
    await clerk.open(PAGE)
    assert "July 24, 2026, 2:30 p.m., 40 minutes, by phone" in clerk.text
    assert f"/staff{PAGE}.ics" in clerk.links
    given = {name: clerk.page.fields[name] for name in ("day", "time", "minutes")}
    assert given == {"day": "2026-07-24", "time": "14:30", "minutes": "40"}


WRONG = (
    ({"day": "24.7.2026"}, "2026-07-21", "2026-07-21"),
    ({"day": ""}, "year-month-day", "año-mes-día"),
    ({"day": "2026-02-30"}, "year-month-day", "año-mes-día"),
    ({"day": "2026-07-19"}, "already over", "ya pasó"),
    ({"day": "2026-07-20", "time": "08:00"}, "already over", "ya pasó"),
    ({"day": "2026-12-24"}, "next 89 days", "próximos 89 días"),
    ({"day": "9999-12-31"}, "next 89 days", "próximos 89 días"),
    ({"time": "25:00"}, "for example 14:30", "Por ejemplo, 14:30"),
    ({"time": "14"}, "for example 14:30", "Por ejemplo, 14:30"),
    ({"time": "14:30+09:00"}, "for example 14:30", "Por ejemplo, 14:30"),
    ({"minutes": "41"}, "from 5 to 40", "de 5 a 40"),
    ({"minutes": "4"}, "from 5 to 40", "de 5 a 40"),
    ({"minutes": "half"}, "from 5 to 40", "de 5 a 40"),
    ({"minutes": "-20"}, "from 5 to 40", "de 5 a 40"),
    ({"kind": "video"}, "how the office talks", "cómo hablará la oficina"),
)


@pytest.mark.parametrize("language", ["en", "es"])
async def test_a_wrong_appointment_is_refused_kindly_and_kept_as_typed(
    world: World, language: Language
) -> None:
    clerk = await at_request(world, state="claimed", language=language)
    for typed, english, spanish in WRONG:
        given = {**APPOINTMENT, **typed}
        answer = await clerk.press("schedule", **given)
        assert answer.status_code == 422, typed
        assert (english if language == "en" else spanish) in clerk.text, typed
        kept = {name: clerk.page.fields[name] for name in ("day", "time", "minutes")}
        assert {**kept, "kind": given["kind"]} == given
    assert read_kept(world).state == "claimed"


async def test_an_hour_that_the_clocks_skip_is_refused(
    world: World, clock: FakeClock
) -> None:
    clock.pass_time(days=227)
    clerk = await at_request(world, state="claimed")
    skipped = {**APPOINTMENT, "day": "2027-03-14", "time": "02:30"}
    answer = await clerk.press("schedule", **skipped)
    assert answer.status_code == 422
    assert "That time does not exist on that day" in clerk.text
    assert (await clerk.press("schedule", **{**skipped, "time": "03:30"})).is_redirect


async def test_an_appointment_for_what_somebody_changed_stays_in_its_fields(
    world: World,
) -> None:
    clerk = await at_request(world, state="claimed")
    ben = sit_down(world, "ben")
    await ben.open(PAGE)
    await ben.press("schedule", **APPOINTMENT)
    mine = {**APPOINTMENT, "day": "2026-07-27", "time": "09:00"}
    assert (await clerk.press("schedule", **mine)).status_code == 409
    assert (clerk.page.fields["day"], clerk.page.fields["time"]) == (
        "2026-07-27",
        "09:00",
    )
    assert "July 24, 2026, 2:30 p.m." in clerk.text
