"""The floor: what to make next, the most urgent on top, in one column a phone can show; a code opens its order."""

import re
from typing import Final

import streamlit as st

from ui.client import ClientError
from ui.console import floor_work_view, session, telling
from ui.schemas.supply import WorkHead, WorkQuery

PAGE: Final = 100
SHOWN: Final = 25
PARAMETER: Final = "work"
_TYPED: Final = re.compile(r"(?P<code>.+?)\s*[*x]\s*(?P<units>[0-9]{1,9})")


def show() -> None:
    """Open work orders by their day; a code typed or scanned finds one, and one alone is opened."""
    with st.container(key="title"):
        st.text("Floor")
    order = st.query_params.get(PARAMETER)
    if order is not None:
        floor_work_view.show(order, close=_close)
        return
    said = st.text_input(
        "Scan or type a work order or item",
        key="scanned",
        max_chars=100,
        on_change=_scanned,
        placeholder="WO-12, or WO-12*25 to report 25",
    ).strip()
    place = st.text_input("At", key="at", bind="query-params", max_chars=100, placeholder="HOU-PROD").strip()
    center = _center()
    if center is not None:
        _jobs(center)
        return
    found, more = _found(said, place)
    if not found:
        st.info("No open work order matches." if said or place else "No work order is open.")
        return
    for one in found[:SHOWN]:
        _order(one)
    if len(found) > SHOWN or more:
        st.caption("More are open; scan one to see it.")


def _center() -> str | None:
    """The work centre whose list is wanted; None where there are none, or all of it is wanted."""
    known = session.client().list_work_centers().items
    if not known:
        return None
    names = {"": "all open work orders", **{one.code: f"{one.code}: {one.name}" for one in known}}
    chosen = st.selectbox(
        "Work centre", list(names), key="center", bind="query-params", format_func=lambda one: names[one]
    )
    return chosen or None


def _jobs(center: str) -> None:
    """What to do next there, first things first, with the reasons."""
    jobs = session.client().list_jobs(center).items
    if not jobs:
        st.info("Nothing that was started waits at this work centre.")
    for at, one in enumerate(jobs, 1):
        with st.container(border=True, key=f"job-{one.order}-{one.sequence}", gap=None):
            with st.container(key=f"strong-{one.order}-{one.sequence}"):
                st.text(f"{at}. {one.order}, operation {one.sequence} {one.name}: {one.quantity:,} {one.item}")
            ready = "" if one.ready else " Nothing has come to it yet."
            st.text(f"Due {telling.day(one.due)}, {one.minutes:,} minutes.{ready} {'; '.join(one.because)}")
            key = f"open-{one.order}-{one.sequence}"
            st.button("Open", key=key, on_click=open_order, args=(one.order,), width="stretch")


def open_order(number: str, units: int | None = None) -> None:
    """Show one order; `units` are those that were typed with its code."""
    st.query_params[PARAMETER] = number
    floor_work_view.typed(units)


def _close() -> None:
    st.query_params.pop(PARAMETER, None)
    st.session_state["scanned"] = ""


def _found(said: str, place: str) -> tuple[list[WorkHead], bool]:
    wanted = WorkQuery.model_validate({"state": "open", "location": place or None})
    page = session.client().list_work_orders(wanted=wanted, sort="due", limit=PAGE)
    code = said.casefold()
    return [one for one in page.items if code in one.number.casefold() or code in one.item.casefold()], bool(page.next)


def _scanned() -> None:
    """A code that names one order opens it; `WO-12*25` says how many units with it."""
    said = st.session_state.get("scanned", "").strip()
    typed = _TYPED.fullmatch(said)
    code, units = (typed["code"], int(typed["units"])) if typed else (said, None)
    number = _exactly(code)
    if number is not None:
        open_order(number, units)
    elif typed:
        session.remember("bad", "No open work order has that number; nothing was reported.", code)


def _exactly(code: str) -> str | None:
    """The open order of this number; one that is not among those listed is looked up by it."""
    listed, more = _found(code, "")
    exact = [one.number for one in listed if one.number.casefold() == code.casefold()]
    if exact or not more or not code:
        return exact[0] if exact else None
    try:
        found = session.client().get_work_order(code)
    except ClientError:
        return None
    return found.number if found.state == "open" else None


def _order(one: WorkHead) -> None:
    with st.container(border=True, key=f"work-{one.number}", gap=None):
        with st.container(key=f"strong-{one.number}"):
            st.text(f"{one.number}: {one.ordered - one.completed:,} {one.item} to make at {one.location}")
        late = ", late" if one.late else ""
        st.text(
            f"Start {telling.day(one.start)}, due {telling.day(one.due)}{late}. {one.stage.value.replace('_', ' ')}."
            f" {one.completed:,} of {one.ordered:,} done, {one.scrapped:,} scrapped."
        )
        st.progress(min(1.0, one.completed / one.ordered) if one.ordered else 0.0)
        st.button("Open", key=f"open-{one.number}", on_click=open_order, args=(one.number,), width="stretch")
