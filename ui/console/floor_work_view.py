"""One work order on the floor: begun, reported on operation by operation, finished, in one column."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

import streamlit as st
from pydantic import ValidationError

from ui.client import ClientError
from ui.console import session, telling
from ui.schemas.floor import FinishRequest, FloorReply, FloorStepReply, StartRequest, StepReportRequest

_UNITS: Final = "floor-units"
MARKS: Final = {"waiting": "○", "started": "●", "done": "✓"}


def typed(units: int | None) -> None:
    """The units that were typed with an order's code, for its next report."""
    st.session_state[_UNITS] = units


def show(number: str, *, close: Callable[[], None]) -> None:
    """The order, its operations, and what is done next."""
    st.button("All work orders", key="floor-back", on_click=close, width="stretch")
    order = session.client().floor_order(number)
    with st.container(key="strong-order"):
        st.text(f"{order.number}: {order.ordered:,} {order.unit} of {order.item}")
    st.text(f"{order.item_name}, at {order.location}, due {telling.day(order.due)}")
    done = f"{order.completed:,} of {order.ordered:,} {order.unit} in stock, {order.scrapped:,} scrapped"
    st.text(f"{done}. {order.stage.value.replace('_', ' ').capitalize()}.")
    st.progress(min(1.0, order.completed / order.ordered) if order.ordered else 0.0)
    if order.may_start:
        _start(order)
    for step in order.steps:
        _step(order, step)
    if order.finishable:
        _finish(order)
    if not (order.may_start or order.next_step is not None or order.finishable):
        st.info("Nothing is left to report on this order.")
    if order.parts:
        with st.expander("What goes in"):
            telling.lines(*(f"{one.item}: {one.issued:,} of {one.required:,} taken" for one in order.parts))


def _start(order: FloorReply) -> None:
    st.text_input("Components are missing? Say why it starts all the same", key="floor-short", max_chars=500)
    st.button(
        "Start", key="floor-start", type="primary", width="stretch", on_click=_begin, args=(order.number, order.version)
    )


def _step(order: FloorReply, step: FloorStepReply) -> None:
    with st.container(border=True, key=f"step-{step.sequence}", gap="small"):
        scrapped = f", {step.scrapped:,} scrapped" if step.scrapped else ""
        st.text(f"{MARKS[step.state]} {step.sequence} {step.name} at {step.work_center}: {step.good:,} good{scrapped}")
        if step.sequence != order.next_step:
            return
        st.caption(f"Up to {step.room:,} more can be reported here.")
        with st.form(f"report-{step.sequence}", border=False, clear_on_submit=True):
            units = st.session_state.pop(_UNITS, None)
            start = min(step.room, step.room if units is None else units)
            st.number_input("Good", min_value=0, value=start, step=1, key="step-good")
            st.number_input("Scrap", min_value=0, value=0, step=1, key="step-scrap")
            st.text_input("Why scrap", key="step-why", max_chars=500)
            st.number_input("Minutes", min_value=0, value=0, step=1, key="step-minutes")
            st.checkbox("This operation is done", key="step-done")
            st.form_submit_button(
                "Report", type="primary", width="stretch", on_click=_report, args=(order.number, step.sequence)
            )


def _finish(order: FloorReply) -> None:
    with st.form("floor-finish", clear_on_submit=True):
        st.text(f"{order.finishable:,} {order.unit} can go into stock.")
        st.number_input("Into stock", min_value=0, value=order.finishable, step=1, key="finish-good")
        st.number_input("Lost at the end", min_value=0, value=0, step=1, key="finish-scrap")
        st.text_input("Why lost", key="finish-why", max_chars=500)
        if order.tracked == "lot":
            st.text_input("Lot", key="finish-lot", max_chars=100)
            st.date_input("Expires, if it does", value=None, key="finish-expires")
        if order.tracked == "serial":
            st.text_area("Serial numbers, one on each line", key="finish-serials")
        st.checkbox("Nothing more is made", key="finish-last")
        st.form_submit_button(
            "Finish", type="primary", width="stretch", on_click=_into_stock, args=(order.number, order.unit)
        )


def _begin(number: str, version: int) -> None:
    why = st.session_state.get("floor-short", "").strip()

    def act() -> str:
        session.client().start_work(number, StartRequest(version=version, why_short=why))
        return f"{number} has started."

    _told(act, title="It was not started.")


def _report(number: str, sequence: int) -> None:
    state = st.session_state
    said = {
        "sequence": sequence,
        "good": int(state["step-good"]),
        "scrapped": int(state["step-scrap"]),
        "minutes": int(state["step-minutes"]),
        "done": bool(state["step-done"]),
        "reason": state["step-why"].strip(),
    }

    def act() -> str:
        session.client().report_work(number, StepReportRequest.model_validate(said))
        scrap = f" and {said['scrapped']:,} scrapped" if said["scrapped"] else ""
        return f"{said['good']:,} good{scrap} at operation {sequence} of {number}."

    _told(act, title="It was not reported.")


def _into_stock(number: str, unit: str) -> None:
    state = st.session_state
    said: dict[str, Any] = {
        "good": int(state["finish-good"]),
        "scrapped": int(state["finish-scrap"]),
        "reason": state["finish-why"].strip(),
        "last": bool(state["finish-last"]),
        "lot": state.get("finish-lot", "").strip() or None,
        "serials": [one.strip() for one in state.get("finish-serials", "").splitlines() if one.strip()],
    }
    expires = state.get("finish-expires")
    said["expires_on"] = expires.isoformat() if isinstance(expires, date) else None

    def act() -> str:
        done = session.client().finish_work(number, FinishRequest.model_validate(said))
        return f"{said['good']:,} {unit} of {number} are in stock, {done.completed:,} of {done.ordered:,} in all."

    _told(act, title="Nothing went into stock.")


def _told(act: Callable[[], str], *, title: str) -> None:
    """What was done is said back in words; what was refused in the words of the server."""
    try:
        session.remember("good", "Reported.", act())
    except ClientError as error:
        session.failed(error, title=title)
    except ValidationError as error:
        session.remember("bad", title, str(error.errors()[0]["msg"]))
