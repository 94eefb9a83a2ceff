"""Draws the small charts of the console as SVG, from numbers and words given.

Everything is in the picture itself, colours too: they are middle tones that stand out
on a light and on a dark page, so a chart is right before any style sheet is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup, escape

# Told apart by people who see few colours (Okabe and Ito), 3:1 on white and on black.
COLOURS: Final = ("#008b66", "#0a7cc0", "#d55e00", "#b05c95")
_WIDTH: Final = 300
# On a wide page; on a telephone the page shrinks it to its own width.
_ENLARGED: Final = 1.4
_LEFT: Final = 26
_TOP: Final = 8
_HEIGHT: Final = 120
_LEGEND_LINE: Final = 16
_ROW: Final = 24
_NAME_WIDTH: Final = 92
_BAR_RIGHT: Final = 256
_MOST_SIGNS: Final = 14


@dataclass(frozen=True)
class Bar:
    """One bar: its name, and its values in the order of the legend."""

    name: str
    values: tuple[int, ...]


def stacked_bars(title: str, legend: Sequence[str], bars: Sequence[Bar]) -> Markup:
    """Return upright bars, each of one part for each word of the legend."""
    top = _round_top(max((sum(bar.values) for bar in bars), default=0))
    foot = _TOP + _HEIGHT
    step = (_WIDTH - _LEFT) / max(len(bars), 1)
    parts = [_scale(top, foot)]
    for place, bar in enumerate(bars):
        middle = _LEFT + (place + 0.5) * step
        parts.append(_text(bar.name, middle, foot + 13, anchor="middle"))
    for place, word in enumerate(legend):
        line = foot + 32 + place // 2 * _LEGEND_LINE
        left = _LEFT + place % 2 * (_WIDTH - _LEFT) / 2
        rows = [_rect(left, line - 9, 10, 10)]
        rows += [
            _part(bar.values, place, _LEFT + (number + 0.14) * step, step * 0.72, top)
            for number, bar in enumerate(bars)
        ]
        parts += [_coloured(place, rows), _text(word, left + 15, line)]
    height = foot + 24 + (len(legend) + 1) // 2 * _LEGEND_LINE
    return _svg(title, height, parts)


def lying_bars(title: str, bars: Sequence[Bar]) -> Markup:
    """Return a bar to the right for each name, with its number at its end."""
    top = max((sum(bar.values) for bar in bars), default=0)
    parts = []
    for place, bar in enumerate(bars):
        number, line = sum(bar.values), _TOP + place * _ROW
        width = (_BAR_RIGHT - _NAME_WIDTH) * number / max(top, 1)
        parts.append(_text(_shortened(bar.name), 0, line + 13))
        parts.append(_coloured(1, [_rect(_NAME_WIDTH, line + 2, width, 14)]))
        parts.append(_text(str(number), _NAME_WIDTH + width + 5, line + 13))
    return _svg(title, _TOP + len(bars) * _ROW, parts)


def _round_top(most: int) -> int:
    """Return the end of a scale: 2, 4, 6, 10, 20, 40, 60, 100 and so on."""
    size = 1
    while True:
        for factor in (2, 4, 6, 10):
            if most <= factor * size:
                return factor * size
        size *= 10


def _scale(top: int, foot: int) -> Markup:
    lines = []
    for number in (0, top // 2, top):
        y = _y(number, top, foot)
        lines.append(
            Markup(
                '<path class="chart-line" d="M{} {}H{}" stroke="currentColor"'
                ' stroke-opacity=".25"/>'
            ).format(_LEFT, _short(y), _WIDTH)
        )
        lines.append(_text(_abbreviated(number), _LEFT - 4, y + 3.5, anchor="end"))
    return Markup("").join(lines)


def _part(
    values: Sequence[int], place: int, left: float, width: float, top: int
) -> Markup:
    """Return one part of an upright bar; nothing for a zero."""
    if not values[place]:
        return Markup("")
    below, foot = sum(values[:place]), _TOP + _HEIGHT
    high = _y(below + values[place], top, foot)
    # A line of the page's own colour between two parts tells them apart.
    depth = max(_y(below, top, foot) - high - (1 if below else 0), 0.6)
    return _rect(left, high, width, depth)


def _y(number: int, top: int, foot: int) -> float:
    return foot - _HEIGHT * number / top


def _coloured(place: int, shapes: Sequence[Markup]) -> Markup:
    place %= len(COLOURS)
    start = Markup('<g class="chart-{}" fill="{}">').format(place + 1, COLOURS[place])
    return start + Markup("").join(shapes) + Markup("</g>")


def _rect(x: float, y: float, width: float, height: float) -> Markup:
    numbers = (_short(number) for number in (x, y, width, height))
    return Markup('<rect x="{}" y="{}" width="{}" height="{}"/>').format(*numbers)


def _text(words: str, x: float, y: float, anchor: str = "") -> Markup:
    where = Markup(' text-anchor="{}"').format(anchor) if anchor else ""
    return Markup('<text x="{}" y="{}"{}>{}</text>').format(
        _short(x), _short(y), where, words
    )


def _svg(title: str, height: float, parts: Sequence[Markup]) -> Markup:
    # No class `chart`: that would stretch it over the page, and its letters with it.
    head = Markup(
        '<svg role="img" width="{}" height="{}" viewBox="0 0 {} {}" font-size="11"'
        ' preserveAspectRatio="xMinYMin" fill="currentColor"><title>{}</title>'
    ).format(
        round(_WIDTH * _ENLARGED),
        round(height * _ENLARGED),
        _WIDTH,
        _short(height),
        escape(title),
    )
    return head + Markup("").join(parts) + Markup("</svg>")


def _short(number: float) -> str:
    return f"{number:.1f}".rstrip("0").rstrip(".")


def _abbreviated(number: int) -> str:
    return f"{number // 1000}k" if number >= 10_000 else str(number)


def _shortened(name: str) -> str:
    return name if len(name) <= _MOST_SIGNS else name[: _MOST_SIGNS - 1] + "…"
