"""The plot: predicted against observed share of promises kept, fitted once and fitted again every month."""

from collections.abc import Sequence

from evals.drawing import BLUE, FAINT, GREEN, INK, Axes, Picture
from evals.lateness.measuring import BUFFERS, Bin, Measured

_LOW, _SIDE, _TOP = 0.5, 260, 56
_TICKS = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
SHOWN = (0, 7)


def calibration_plot(once: Measured, monthly: Measured) -> str:
    """Two squares as SVG: promises kept on the day, and within a week. A dot is a tenth of the deliveries; on the
    dashed line what was predicted came."""
    picture = Picture(title="Predicted and observed share of promises kept", width=700, height=400)
    for place, buffer in enumerate(SHOWN):
        axes = Axes(left=56 + place * 340, top=_TOP, side=_SIDE, low=_LOW, high=1.0)
        words = "delivered by the promised day" if buffer == 0 else f"delivered at most {buffer} days after it"
        _square(picture, axes, words)
        row = BUFFERS.index(buffer)
        _dots(picture, axes, once.bins[row], color=BLUE)
        _dots(picture, axes, monthly.bins[row], color=GREEN)
    for place, (color, words) in enumerate(((BLUE, "fitted once, to 2012"), (GREEN, "fitted again every month"))):
        picture.dot(62 + place * 200, 386, 5, color=color)
        picture.text(74 + place * 200, 390, words)
    return picture.svg()


def _square(picture: Picture, axes: Axes, words: str) -> None:
    picture.text(axes.left, _TOP - 16, words, size=14)
    for tick in _TICKS:
        picture.line(axes.at(tick, _LOW), axes.at(tick, 1.0), color=FAINT)
        picture.line(axes.at(_LOW, tick), axes.at(1.0, tick), color=FAINT)
        across, foot = axes.at(tick, _LOW)
        picture.text(across, foot + 16, f"{100 * tick:.0f}%", size=11, anchor="middle")
        edge, up = axes.at(_LOW, tick)
        picture.text(edge - 6, up + 4, f"{100 * tick:.0f}%", size=11, anchor="end")
    picture.line(axes.at(_LOW, _LOW), axes.at(1.0, 1.0), color=INK, dashed=True)
    middle, foot = axes.at((_LOW + 1) / 2, _LOW)
    picture.text(middle, foot + 34, "predicted (up: observed)", size=11, anchor="middle")


def _dots(picture: Picture, axes: Axes, bins: Sequence[Bin], *, color: str) -> None:
    largest = max(one.count for one in bins)
    for one in bins:
        across, up = axes.at(max(_LOW, one.predicted), max(_LOW, one.observed))
        picture.dot(across, up, 3 + 4 * (one.count / largest) ** 0.5, color=color)
