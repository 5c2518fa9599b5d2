"""Charts, each with a title, its units and a table that says the same."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

import streamlit as st

from ui.console import telling
from ui.schemas.goods import PlaceReply

Point = tuple[str, float]
HEIGHT: Final = 260
_TOOLTIP: Final = [{"field": "on", "type": "temporal", "title": "Day"}, {"field": "units", "title": "Units"}]


def steps(
    title: str, unit: str, series: Mapping[str, Sequence[Point]], *, key: str, needed: Mapping[str, str] | None = None
) -> None:
    """Values that hold from a day to the next; below nothing is red ground. `needed` marks days, each with its word."""
    values = _values(series)
    _draw(title, unit, values, [_ground(values), _line(unit, "step-after"), *_marks(needed or {})], key=key)


def curve(title: str, unit: str, series: Mapping[str, Sequence[Point]], *, key: str) -> None:
    """Values counted of one period after the other."""
    _draw(title, unit, _values(series), [_line(unit, "linear")], key=key)


def _values(series: Mapping[str, Sequence[Point]]) -> list[dict[str, object]]:
    return [{"what": name, "on": on, "units": units} for name, points in series.items() for on, units in points]


def _draw(
    title: str, unit: str, values: Sequence[Mapping[str, object]], layers: list[dict[str, object]], *, key: str
) -> None:
    st.text(f"{title}, in {unit}")
    spec = {"data": {"values": values}, "height": HEIGHT, "layer": layers}
    st.vega_lite_chart(None, spec, key=key, alt=title)
    with st.expander("The same as a table"):
        st.dataframe(
            {
                "": [str(one["what"]) for one in values],
                "From": [str(one["on"]) for one in values],
                unit: [one["units"] for one in values],
            },
            key=f"{key}-table",
            hide_index=True,
            alt=f"{title}, as a table",
        )


def future(
    title: str, unit: str, place: PlaceReply, *, until: date, key: str, needed: Mapping[str, str] | None = None
) -> None:
    """The projected balance of an item at a place and what of it can be promised, with the day it first falls below
    nothing; the table tells what comes and what is needed day by day."""
    told = {
        "balance": [(one.on.isoformat(), float(one.balance)) for one in place.balance],
        "can be promised": [(one.on.isoformat(), float(one.units)) for one in place.steps],
    }
    series = {name: [*points, (until.isoformat(), points[-1][1])] for name, points in told.items() if points}
    values = _values(series)
    st.text(f"{title}, in {unit}")
    short = _short(place)
    if short is not None:
        st.text(short)
    marks = _marks(dict(needed or {}))
    spec = {"data": {"values": values}, "height": HEIGHT, "layer": [_ground(values), _line(unit, "step-after"), *marks]}
    st.vega_lite_chart(None, spec, key=key, alt=title)
    with st.expander("The same as a table"):
        st.dataframe(
            {
                "Day": [one.on.isoformat() for one in place.balance],
                "Comes": [one.comes for one in place.balance],
                "Needed": [one.needed for one in place.balance],
                "Balance": [one.balance for one in place.balance],
            },
            key=f"{key}-table",
            hide_index=True,
            alt=f"{title}, day by day",
        )
    if place.days_left_out:
        st.caption(f"{place.days_left_out:,} later days are not listed.")


def _short(place: PlaceReply) -> str | None:
    """From when on nothing covers all that is needed, and how many are short at the worst."""
    below = [one for one in place.balance if one.balance < 0]
    if not below:
        return None
    worst = min(below, key=lambda one: one.balance)
    return (
        f"Short from {telling.day(below[0].on)}: {-below[0].balance:,} of what is needed; most on"
        f" {telling.day(worst.on)}: {-worst.balance:,}."
    )


def _ground(values: Sequence[Mapping[str, object]]) -> dict[str, object]:
    lowest = min((float(str(one["units"])) for one in values), default=0.0)
    return {
        "data": {"values": [{"from": min(lowest, 0.0), "to": 0}]},
        "mark": {"type": "rect", "opacity": 0.12, "color": "#d64545"},
        "encoding": {"y": {"field": "from", "type": "quantitative"}, "y2": {"field": "to"}},
    }


def _line(unit: str, shape: str) -> dict[str, object]:
    return {
        "mark": {"type": "line", "interpolate": shape, "point": True},
        "encoding": {
            "x": {"field": "on", "type": "temporal", "title": None},
            "y": {"field": "units", "type": "quantitative", "title": unit},
            "color": {"field": "what", "type": "nominal", "title": None, "legend": {"orient": "top"}},
            "tooltip": _TOOLTIP,
        },
    }


def _marks(needed: Mapping[str, str]) -> list[dict[str, object]]:
    if not needed:
        return []
    data = {"values": [{"on": on, "word": word} for on, word in needed.items()]}
    rule: dict[str, object] = {
        "data": data,
        "mark": {"type": "rule", "strokeDash": [4, 4], "color": "#d64545"},
        "encoding": {"x": {"field": "on", "type": "temporal"}},
    }
    word: dict[str, object] = {
        "data": data,
        "mark": {"type": "text", "align": "left", "dx": 4, "y": 8, "color": "#d64545"},
        "encoding": {"x": {"field": "on", "type": "temporal"}, "text": {"field": "word"}},
    }
    return [rule, word]


def tree(title: str, root: dict[str, object], *, key: str, leaves: int) -> None:
    """A tree from what holds things back, at the left, to what waits for it; text is drawn, never rendered."""
    spec: dict[str, object] = {
        "tooltip": {"show": False},
        "series": [
            {
                "type": "tree",
                "data": [root],
                "left": "12%",
                "right": "30%",
                "top": "4%",
                "bottom": "4%",
                "symbolSize": 9,
                "initialTreeDepth": -1,
                "expandAndCollapse": False,
                "label": {"position": "top", "distance": 6, "fontSize": 12},
                "leaves": {"label": {"position": "right", "distance": 8}},
            }
        ],
    }
    st.text(title)
    st.echarts_chart(spec, height=max(140, 46 * leaves), key=key, alt=title)
