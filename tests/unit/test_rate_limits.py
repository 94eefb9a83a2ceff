"""A visitor may send many messages at once, but not without end."""

from __future__ import annotations

from contextlib import ExitStack

import pytest

from bot.core.errors import TooManyMessages
from bot.gateway.rate_limits import RateLimits
from tests.fakes import FakeTimer

HOME = "203.0.113.7"


@pytest.fixture
def timer() -> FakeTimer:
    """Seconds that pass on command."""
    return FakeTimer()


@pytest.fixture
def limits(timer: FakeTimer) -> RateLimits:
    """Limits that nobody has used yet."""
    return RateLimits(timer)


def messages_until_refused(limits: RateLimits, address: str, one_visitor: bool) -> int:
    """Return how many messages pass before one is refused, 200 at most."""
    for number in range(200):
        try:
            limits.count_message("one" if one_visitor else f"c{number}", address)
        except TooManyMessages:
            return number
    return 200


@pytest.mark.parametrize(
    ("one_visitor", "address", "passed"),
    [(True, HOME, 12), (False, HOME, 60), (False, "127.0.0.1", 200), (True, "", 12)],
    ids=["one conversation", "one network", "this machine", "no address"],
)
def test_messages_pass_until_the_burst_is_used_up(
    limits: RateLimits, one_visitor: bool, address: str, passed: int
) -> None:
    assert messages_until_refused(limits, address, one_visitor) == passed


def test_conversations_of_a_network_pass_until_the_burst_is_used_up(
    limits: RateLimits,
) -> None:
    for _ in range(20):
        limits.count_session(HOME)
    with pytest.raises(TooManyMessages) as refused:
        limits.count_session(HOME)
    assert refused.value.retry_after_seconds == 5


def test_a_refused_visitor_may_send_again_after_the_seconds_told(
    limits: RateLimits, timer: FakeTimer
) -> None:
    messages_until_refused(limits, HOME, one_visitor=True)
    with pytest.raises(TooManyMessages) as refused:
        limits.count_message("one", HOME)
    assert refused.value.retry_after_seconds == 2
    timer.seconds += refused.value.retry_after_seconds
    limits.count_message("one", HOME)
    with pytest.raises(TooManyMessages):
        limits.count_message("one", HOME)


def test_a_long_pause_gives_no_more_than_the_burst(
    limits: RateLimits, timer: FakeTimer
) -> None:
    messages_until_refused(limits, HOME, one_visitor=True)
    timer.seconds += 86_400
    assert messages_until_refused(limits, HOME, one_visitor=True) == 12


def test_one_network_does_not_use_up_the_limit_of_another(limits: RateLimits) -> None:
    messages_until_refused(limits, HOME, one_visitor=False)
    assert messages_until_refused(limits, "203.0.113.8", one_visitor=False) == 60


@pytest.mark.parametrize(
    ("address", "passed"),
    [("2001:db8:1:1::9", 0), ("2001:db8:1:2::1", 60)],
    ids=["the same household", "another household"],
)
def test_addresses_of_one_ipv6_household_count_together(
    limits: RateLimits, address: str, passed: int
) -> None:
    messages_until_refused(limits, "2001:db8:1:1::1", one_visitor=False)
    assert messages_until_refused(limits, address, one_visitor=False) == passed


def test_nobody_is_refused_when_limits_are_off(timer: FakeTimer) -> None:
    assert messages_until_refused(RateLimits(timer, is_on=False), HOME, True) == 200


def test_a_used_up_limit_is_kept_when_full_ones_are_forgotten(
    limits: RateLimits, timer: FakeTimer
) -> None:
    messages_until_refused(limits, "::1", one_visitor=True)
    for number in range(20_000):
        limits.count_message(f"passer-by {number}", "::1")
    timer.seconds += 2
    limits.count_message("somebody new", "::1")
    assert messages_until_refused(limits, "::1", one_visitor=True) == 1


def test_a_visitor_may_look_often_but_not_without_end(limits: RateLimits) -> None:
    for _ in range(60):
        limits.count_read("one")
    with pytest.raises(TooManyMessages):
        limits.count_read("one")
    limits.count_read("two")


@pytest.mark.parametrize(
    ("networks", "opened"), [(1, 200), (30, 2_000)], ids=["one network", "many"]
)
def test_neither_one_network_nor_all_together_open_streams_without_end(
    limits: RateLimits, networks: int, opened: int
) -> None:
    with ExitStack() as streams:
        for number in range(networks * 201):
            address = f"203.0.113.{number % networks}"
            if limits.may_stream(address):
                streams.enter_context(limits.streaming(address))
        assert limits.open_streams == opened
    assert limits.open_streams == 0
    assert limits.may_stream("203.0.113.0")
