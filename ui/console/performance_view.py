"""Performance: the key figures of a period beside those of the one before, and what an exception costs here."""

from collections.abc import Sequence
from decimal import Decimal

import streamlit as st

from ui.console import charts, record_view, session, telling
from ui.schemas.supply import KpiHistory, KpiPeriod, KpiReply

PERIODS = {"7 days": 7, "30 days": 30, "90 days": 90, "a year": 365}
SHOWN_PERIODS = 6
BY_HAND = 60


def show() -> None:
    """The figures, from the ledgers."""
    title, pick = st.columns([4, 2], vertical_alignment="center")
    with title, st.container(key="title"):
        st.text("Performance")
    chosen = pick.segmented_control("Period", list(PERIODS), default="30 days", required=True, key="period")
    days = PERIODS[chosen or "30 days"]
    with st.spinner("Counting", show_time=False):
        history = session.client().kpi_history(days=days, periods=SHOWN_PERIODS)
    now, before = history.items[0], history.items[1]
    with st.container(key="facts"):
        st.text(f"{telling.day(now.first)} to {telling.day(now.last)}, beside the {chosen} before")
    earlier = {one.name: one for one in before.items}
    _tiles(now.items, earlier, history.currency)
    _table(now.items, earlier, history.currency)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        telling.part("Which way it goes", lambda: _curve(history))
    with right:
        telling.part("An exception, beside the work by hand", lambda: _beside_hand(now, history.currency))
    telling.part("What became of the desk's proposals", lambda: record_view.desk(now))
    telling.part("By customer, supplier and action", lambda: _parts(now))
    telling.part("Models and money", lambda: record_view.models(now))


def _curve(history: KpiHistory) -> None:
    titles = {
        one.name: one.title for period in reversed(history.items) for one in period.items if one.value is not None
    }
    name = st.selectbox("Figure", list(titles), key="kpi-curve", format_func=lambda one: titles[one])
    if name is None:
        st.text("Nothing was counted yet.")
        return
    found = [(period, one) for period in reversed(history.items) for one in period.items if one.name == name]
    points = [(period.last.isoformat(), float(one.value)) for period, one in found if one.value is not None]
    unit = _unit(found[0][1], history.currency)
    charts.curve(f"{titles[name]}, by period", unit, {titles[name]: points}, key=f"curve-{name}")


def _beside_hand(period: KpiPeriod, currency: str) -> None:
    hand = st.number_input(
        f"What an exception costs by hand, in {currency}", min_value=0, value=BY_HAND, step=5, key="by-hand"
    )
    st.caption("Chasing one by hand through three systems is put at 45 to 75; enter what it is here.")
    found = {one.name: one for one in period.items}
    for name in ("cost_per_exception", "time_to_decide", "time_to_resolve"):
        one = found.get(name)
        if one is None:
            continue
        more = None
        if one.value is not None and name == "cost_per_exception":
            more = f"{one.value - hand:+,.2f} {currency} against by hand"
        st.metric(one.title, _value(one, currency), delta=more, delta_color="inverse", border=True)


def _tiles(whole: Sequence[KpiReply], earlier: dict[str, KpiReply], currency: str) -> None:
    counted = [one for one in whole if one.value is not None][:4]
    if not counted:
        st.info("Nothing was counted in this period yet. Figures come from what was shipped, received and decided.")
        return
    for place, one in zip(st.columns(len(counted)), counted, strict=True):
        before = earlier.get(one.name)
        place.metric(
            one.title, _value(one, currency), delta=_delta(one, before, currency), border=True, delta_color="off"
        )


def _value(one: KpiReply, currency: str) -> str:
    return "nothing counted" if one.value is None else f"{one.value:,} {_unit(one, currency)}".strip()


def _unit(one: KpiReply, currency: str) -> str:
    return currency if one.unit == "money" else one.unit


def _delta(one: KpiReply, before: KpiReply | None, currency: str) -> str | None:
    if one.value is None or before is None or before.value is None:
        return None
    moved: Decimal = one.value - before.value
    if not moved:
        return None
    return f"{moved:+,} {_unit(one, currency)}".strip()


def _table(whole: Sequence[KpiReply], earlier: dict[str, KpiReply], currency: str) -> None:
    before = [earlier.get(one.name) for one in whole]
    st.dataframe(
        {
            "Figure": [one.title for one in whole],
            "Value": [_value(one, currency) for one in whole],
            "Before": ["" if one is None else _value(one, currency) for one in before],
            "Goal": [one.goal or "" for one in whole],
            "Counted": [_counted(one) for one in whole],
            "It says": [one.says for one in whole],
        },
        key="kpis",
        hide_index=True,
        height=380,
        alt="Key figures of the company in this period and the one before",
    )


def _counted(one: KpiReply) -> str:
    return "" if one.denominator is None else f"{one.numerator or 0:,} of {one.denominator:,}"


def _parts(period: KpiPeriod) -> None:
    report = session.client().list_kpis(first=period.first.isoformat(), last=period.last.isoformat())
    currency = report.currency
    parts = [one for one in report.items if one.of]
    if not parts:
        st.text("Nothing was counted by customer, supplier or action.")
        return
    names = list(dict.fromkeys(one.title for one in parts))
    chosen = st.selectbox("Figure", names, key="kpi-part")
    shown = [one for one in parts if one.title == chosen]
    st.dataframe(
        {
            "Of": [one.of for one in shown],
            "Value": [_value(one, currency) for one in shown],
            "Counted": [_counted(one) for one in shown],
        },
        key="kpi-parts",
        hide_index=True,
        alt=f"{chosen}, one by one",
    )
