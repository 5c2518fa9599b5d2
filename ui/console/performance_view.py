"""Performance: the key figures of a period beside those of the one before, and what an exception costs here."""

from datetime import date, timedelta
from decimal import Decimal

import streamlit as st

from ui.console import session, telling
from ui.schemas.supply import KpiReply, KpiReport

PERIODS = {"7 days": 7, "30 days": 30, "90 days": 90, "a year": 365}
ANY = "otif_promise"


def show() -> None:
    """The figures, from the ledgers."""
    title, pick = st.columns([4, 2], vertical_alignment="center")
    with title, st.container(key="title"):
        st.text("Performance")
    chosen = pick.segmented_control("Period", list(PERIODS), default="30 days", required=True, key="period")
    days = PERIODS[chosen or "30 days"]
    with st.spinner("Counting", show_time=False):
        now = _report(days=days, last=None)
        before = _report(days=days, last=now.first - timedelta(days=1))
    with st.container(key="facts"):
        st.text(f"{telling.day(now.first)} to {telling.day(now.last)}, beside the {chosen} before")
    whole = [one for one in now.items if not one.of]
    earlier = {one.name: one for one in before.items if not one.of}
    _tiles(whole, earlier, now.currency)
    _table(whole, earlier, now.currency)
    telling.part("By customer, supplier and action", lambda: _parts(now))


def _report(*, days: int, last: date | None) -> KpiReport:
    client = session.client()
    end = last or client.list_kpis(name=ANY).as_of
    return client.list_kpis(first=(end - timedelta(days=days - 1)).isoformat(), last=end.isoformat())


def _tiles(whole: list[KpiReply], earlier: dict[str, KpiReply], currency: str) -> None:
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


def _table(whole: list[KpiReply], earlier: dict[str, KpiReply], currency: str) -> None:
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


def _parts(report: KpiReport) -> None:
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
