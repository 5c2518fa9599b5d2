"""The charts: each figure against its goal, and how the figures grow with the size of the book."""

import math
from collections.abc import Sequence
from decimal import Decimal

from core.services.scanning import Figure
from evals.bench.results import Results
from evals.drawing import BLUE, FAINT, GREEN, INK, ORANGE, RED, Picture
from ui.cli.figures import misses

_ROW, _LEFT, _WIDE = 24, 250, 330
_SPAN = 1.6
"""How many times the goal a bar can be before it is cut."""


def goals_chart(results: Results) -> str:
    """A bar for each figure whose goal is a limit: how much of the limit it takes. The shorter the better; up to the
    line the goal is reached."""
    rows = [one for one in results.figures if _share(one) is not None]
    picture = Picture(title="Figures against their goals", width=840, height=70 + _ROW * len(rows))
    limit = _LEFT + _WIDE / _SPAN
    picture.text(limit, 20, "goal", anchor="middle")
    for place, one in enumerate(rows):
        _goal_row(picture, one, 34 + place * _ROW)
    picture.line((limit, 26), (limit, 34 + _ROW * len(rows)), color=INK, dashed=True)
    foot = f"{results.lines:,} order lines, {results.taken}. Shorter is better."
    picture.text(8, 58 + _ROW * len(rows), foot, size=11)
    return picture.svg()


def _goal_row(picture: Picture, one: Figure, top: float) -> None:
    share = _share(one)
    assert share is not None, "only such figures have a row"
    missed = bool(misses([one]))
    picture.text(_LEFT - 8, top + 14, one.name, anchor="end")
    picture.bar(_LEFT, top + 2, max(2.0, _WIDE * min(share, _SPAN) / _SPAN), _ROW - 8, color=RED if missed else GREEN)
    words = f"{shown_value(one)} (goal {one.goal})"
    picture.text(_LEFT + _WIDE + 10, top + 14, words, color=RED if missed else INK)


def _share(one: Figure) -> float | None:
    """The value over a limit above it, or the limit below it over the value; None where the goal is no such limit."""
    sign, _, wanted = (one.goal or "").partition(" ")
    value, limit = Decimal(one.value), Decimal(wanted or 0)
    if not limit or value < 0:
        return None
    if sign in {"<=", "<"}:
        return float(value / limit)
    if sign in {">=", ">"} and limit != 1:
        return float(limit / value) if value else math.inf
    return None


def shown_value(one: Figure) -> str:
    """A value as people write it, with its unit."""
    value = Decimal(one.value)
    digits = f"{value:,.0f}" if abs(value) >= 1_000 or value == value.to_integral_value() else f"{value.normalize():f}"
    return f"{digits} {one.unit}".strip()


def scale_chart(every: Sequence[Results], names: Sequence[str]) -> str:
    """How figures (seconds) grow with the book, both ways in powers of ten; the dashed line is growth in proportion."""
    points = {name: [(one.lines, float(value)) for one in every if (value := one.value(name))] for name in names}
    drawn = {name: found for name, found in points.items() if found}
    picture = Picture(title="Seconds by size of the book", width=760, height=380)
    if not drawn:
        picture.text(20, 40, "No results are kept.")
        return picture.svg()
    scale = _Scale.around([point for found in drawn.values() for point in found])
    _grid(picture, scale)
    first = min(min(found) for found in drawn.values())
    last = max(max(found)[0] for found in drawn.values())
    picture.line(scale.at(*first), scale.at(last, first[1] * last / first[0]), color=FAINT, dashed=True)
    for place, (name, found) in enumerate(drawn.items()):
        color = (BLUE, ORANGE, GREEN, RED)[place % 4]
        picture.path([scale.at(*point) for point in found], color=color)
        for point in found:
            picture.dot(*scale.at(*point), 4, color=color)
        picture.dot(560, 40 + place * 20, 5, color=color)
        picture.text(572, 44 + place * 20, name)
    return picture.svg()


class _Scale:
    """Powers of ten to points of the picture."""

    def __init__(self, *, across: tuple[int, int], up: tuple[int, int]) -> None:
        self.across, self.up = across, up

    @classmethod
    def around(cls, points: Sequence[tuple[float, float]]) -> "_Scale":
        """The whole powers of ten around these points."""
        ways = [[math.log10(point[way]) for point in points] for way in (0, 1)]
        across, up = ((math.floor(min(logs)), max(math.floor(min(logs)) + 1, math.ceil(max(logs)))) for logs in ways)
        return cls(across=across, up=up)

    def at(self, lines: float, value: float) -> tuple[float, float]:
        """The point of a size and a value."""
        (left, right), (low, high) = self.across, self.up
        x = 70 + 460 * (math.log10(lines) - left) / (right - left)
        return x, 330 - 300 * (math.log10(value) - low) / (high - low)


def _grid(picture: Picture, scale: _Scale) -> None:
    for power in range(scale.across[0], scale.across[1] + 1):
        x, foot = scale.at(10**power, 10 ** scale.up[0])
        picture.line((x, 30), (x, foot), color=FAINT)
        picture.text(x, foot + 18, f"{10**power:,}", size=11, anchor="middle")
    for power in range(scale.up[0], scale.up[1] + 1):
        _, y = scale.at(10 ** scale.across[0], 10.0**power)
        picture.line((70, y), (530, y), color=FAINT)
        picture.text(62, y + 4, f"{10.0**power:g} s", size=11, anchor="end")
    picture.text(300, 366, "order lines", size=11, anchor="middle")


def pairs_chart(results: Results, pairs: Sequence[tuple[str, str, str]]) -> str:
    """Ours beside a baseline, in pairs (words, our figure, theirs), each pair to its own scale; longer is better."""
    found = [(words, results.value(ours), results.value(theirs)) for words, ours, theirs in pairs]
    rows = [(words, ours, theirs) for words, ours, theirs in found if ours and theirs]
    picture = Picture(title="Expediter and baselines, a second", width=760, height=30 + 56 * len(rows))
    for place, (words, ours, theirs) in enumerate(rows):
        top, most = 14 + place * 56, max(ours, theirs)
        picture.text(_LEFT - 8, top + 24, words, anchor="end")
        for value, shift, color in ((ours, 0, BLUE), (theirs, 22, FAINT)):
            picture.bar(_LEFT, top + shift, max(2.0, float(_WIDE * value / most)), 18, color=color)
            picture.text(_LEFT + float(_WIDE * value / most) + 8, top + shift + 13, f"{value:,.0f}/s")
    return picture.svg()
