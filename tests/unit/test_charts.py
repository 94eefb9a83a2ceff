"""Charts are small, safe and true to their numbers, with light and dark pages alike."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, fromstring

import pytest

from bot.services.charts import COLOURS, Bar, lying_bars, stacked_bars

LEGEND = ("Answered", "Offered a choice", "Not found", "Wanted a person")
DAYS = [Bar(str(day), (day * 9, day * 3, day, 2)) for day in range(7, 21)]


def read(chart: str) -> Element:
    """Return a chart as its tree; it must be well-formed."""
    return fromstring(chart)  # noqa: S314 - we drew it ourselves


def parts(chart: str, name: str) -> list[Element]:
    """Return the shapes or texts of a chart."""
    return list(read(chart).iter(name))


def bar_parts(chart: str) -> list[Element]:
    """Return the parts of the bars of a stacked chart, without those of the legend."""
    return [one for one in parts(chart, "rect") if one.get("width") != "10"]


def texts(chart: str) -> list[str]:
    """Return the words that stand in a chart."""
    return [one.text or "" for one in parts(chart, "text")]


def luminance(colour: str) -> float:
    """Return how bright a colour is, as WCAG reckons."""
    given = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (
        one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4
        for one in given
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("page", ["#ffffff", "#1e2126"], ids=["light", "dark"])
@pytest.mark.parametrize("colour", COLOURS)
def test_every_colour_stands_out_on_a_light_and_on_a_dark_page(
    colour: str, page: str
) -> None:
    dark, light = sorted([luminance(colour), luminance(page)])
    assert (light + 0.05) / (dark + 0.05) >= 3


@pytest.mark.parametrize(
    "chart",
    [stacked_bars("Days", LEGEND, DAYS), lying_bars("Groups", DAYS[:5])],
    ids=["stacked", "lying"],
)
def test_a_chart_is_one_small_picture_with_a_name_and_no_script(chart: str) -> None:
    root = read(chart)
    assert root.get("role") == "img"
    assert root[0].tag == "title"
    assert root[0].text in ("Days", "Groups")
    assert len(chart.encode()) < 6 * 1024
    assert not re.search(r"style|script|href|\son\w+=", chart)


def test_words_in_a_chart_are_escaped() -> None:
    evil = '<script>"&'
    for chart in (
        stacked_bars(evil, [evil], [Bar(evil, (1,))]),
        lying_bars(evil, [Bar(evil, (1,))]),
    ):
        assert "<script" not in chart
        assert parts(chart, "title")[0].text == evil
        assert evil in texts(chart)


def test_parts_of_a_stack_are_as_high_as_their_numbers() -> None:
    small, large = bar_parts(stacked_bars("", LEGEND, [Bar("", (10, 30, 0, 0))]))
    # One unit goes to the line between them.
    assert float(large.get("height", "")) + 1 == pytest.approx(
        3 * float(small.get("height", ""))
    )


def test_no_part_is_drawn_for_a_zero() -> None:
    assert len(bar_parts(stacked_bars("", LEGEND, [Bar("1", (4, 0, 2, 0))]))) == 2


def test_no_part_leaves_the_picture() -> None:
    chart = stacked_bars("", LEGEND, DAYS)
    for part in bar_parts(chart):
        top, height = float(part.get("y", "")), float(part.get("height", ""))
        assert top >= 8
        assert top + height <= 128.11


@pytest.mark.parametrize(
    ("most", "top"),
    [(0, 2), (1, 2), (3, 4), (5, 6), (7, 10), (11, 20), (60, 60), (61, 100)],
)
def test_the_scale_ends_at_a_round_number(most: int, top: int) -> None:
    scale = texts(stacked_bars("", [], [Bar("day", (most,))]))[:3]
    assert scale == ["0", str(top // 2), str(top)]


def test_the_longest_bar_fills_its_room_and_the_others_their_share() -> None:
    bars = [Bar("Website", (50,)), Bar("WhatsApp", (25,)), Bar("Fax", (0,))]
    chart = lying_bars("", bars)
    long, half, none = (float(one.get("width", "")) for one in parts(chart, "rect"))
    assert (long, half, none) == (164, 82, 0)
    assert texts(chart) == ["Website", "50", "WhatsApp", "25", "Fax", "0"]


@pytest.mark.parametrize(
    "bars", [[], [Bar("a", (0, 0, 0, 0))]], ids=["no bars", "only zeros"]
)
def test_a_chart_of_nothing_is_still_a_chart(bars: list[Bar]) -> None:
    for chart in (stacked_bars("None", LEGEND, bars), lying_bars("None", bars)):
        assert parts(chart, "title")[0].text == "None"
