"""Amending an order: what is to change, what it would do shown first, then carried out exactly so."""

from datetime import date
from typing import Any, Final

import streamlit as st
from pydantic import ValidationError

from ui.client import ClientError
from ui.console import session, telling
from ui.schemas.amending import AmendmentRequest, AmendmentShown, CarryOutRequest
from ui.schemas.listing import LineReply, OrderDetail

KINDS: Final = {
    "quantity": "Another quantity",
    "date": "Another day",
    "item": "Another item instead",
    "address": "Another address for the order",
    "cancel": "Cancel what is open of a line",
    "cancel all": "Cancel all that is open",
}
OF_A_LINE: Final = ("quantity", "date", "item", "cancel")


def show(order: OrderDetail) -> None:
    """The changes so far, a form for one more, and what they would do."""
    changes = _changes(order.number)
    _add(order)
    for at, change in enumerate(changes):
        words, way = st.columns([6, 1], vertical_alignment="center")
        words.text(_words(change))
        way.button("Remove", key=f"change-{at}-{len(changes)}", on_click=_remove, args=(order.number, at))
    if not changes:
        st.text("Say what is to change. What it would do is shown before anything is done.")
        return
    st.text_input("Why", key=f"amend-why-{order.number}", max_chars=2000, placeholder="the customer called")
    st.button("Show what it would do", key="amend-show", on_click=_preview, args=(order.number,))
    kept = st.session_state.get(f"amend-shown-{order.number}")
    if kept is not None:
        _shown(order.number, *kept)


def _changes(number: str) -> list[dict[str, Any]]:
    return st.session_state.setdefault(f"amend-{number}", [])


def _add(order: OrderDetail) -> None:
    lines = {one.line: one for one in order.order_lines if one.open}
    if not lines:
        st.info("Nothing of this order is open; there is nothing left to change.")
        return
    kind = st.selectbox("What changes", list(KINDS), key="amend-kind", format_func=lambda one: KINDS[one])
    with st.form("amend-change", border=False, clear_on_submit=True):
        which, what, add = st.columns([3, 3, 1], vertical_alignment="bottom")
        line = None
        if kind in OF_A_LINE:
            line = which.selectbox("Line", list(lines), key="amend-line", format_func=lambda one: _line(lines[one]))
        with what:
            value = _value(kind)
        if not add.form_submit_button("Add", width="stretch"):
            return
    change: dict[str, Any] = {"kind": "cancel" if kind == "cancel all" else kind, **value}
    if line is not None:
        change["line"] = line
    try:
        AmendmentRequest.model_validate({"changes": [change], "reason": "to be said"})
    except ValidationError:
        telling.trouble("That is no change.", "Fill in what it should be.")
        return
    _changes(order.number).append(change)
    _forget(order.number)
    st.rerun()


def _value(kind: str) -> dict[str, Any]:
    """The field of what it should be, by the kind of change."""
    match kind:
        case "quantity":
            units = st.number_input("Units ordered in all", min_value=1, value=None, step=1, key="amend-quantity")
            return {"quantity": int(units) if units is not None else None}
        case "date":
            day = st.date_input("Requested for", value=None, key="amend-date")
            return {"requested": day.isoformat() if isinstance(day, date) else None}
        case "item":
            return {"item": st.text_input("Item code", key="amend-item", max_chars=100).strip()}
        case "address":
            return {"address": st.text_input("Code of the address", key="amend-address", max_chars=400).strip()}
        case _:
            return {}


def _line(one: LineReply) -> str:
    return f"{one.line}: {one.open:,} open of {one.ordered:,} {one.item}, requested {telling.day(one.requested)}"


def _words(change: dict[str, Any]) -> str:
    line = f"line {change['line']}" if change.get("line") else "the whole order"
    what = [str(change[name]) for name in ("quantity", "requested", "item", "address") if name in change]
    kind = "cancel all" if change["kind"] == "cancel" and "line" not in change else change["kind"]
    return f"{KINDS[kind]}: {', '.join([line, *what])}"


def _remove(number: str, at: int) -> None:
    del _changes(number)[at]
    _forget(number)


def _forget(number: str) -> None:
    st.session_state.pop(f"amend-shown-{number}", None)


def _preview(number: str) -> None:
    why = st.session_state.get(f"amend-why-{number}", "").strip()
    if not why:
        session.remember("bad", "Say why the order is to be changed; nothing was looked up.")
        return
    body = AmendmentRequest.model_validate({"changes": _changes(number), "reason": why})
    try:
        shown = session.client().preview_amendment(number, body)
    except ClientError as error:
        _forget(number)
        session.failed(error, title="The order cannot be changed so.")
        return
    st.session_state[f"amend-shown-{number}"] = (body, shown)


def _shown(number: str, body: AmendmentRequest, shown: AmendmentShown) -> None:
    with st.container(border=True, key="amend-consequences"):
        st.text("This is what it would do. Nothing of it has happened yet.")
        for one in shown.consequences:
            st.text(f"{'The order' if one.line is None else f'Line {one.line}'}: {one.words}")
            if one.dropped:
                st.text(f"No longer to be placed: {', '.join(one.dropped)}")
            if one.fence is not None:
                st.warning(f"Inside the freeze fence, which ends on {telling.day(one.fence)}.")
        before, after = (telling.money(value, shown.currency) for value in (shown.value_before, shown.value_after))
        st.text(f"Value of the order: {before} now, {after} after it.")
        st.text(f"The order would be {shown.state.value.replace('_', ' ')}.")
        for why in shown.holds:
            st.warning("The order would be put on hold.")
            st.text(why)
        _days(shown)
        if shown.why_not is not None:
            st.warning("You may not carry it out.")
            st.text(shown.why_not)
            return
        st.button("Carry it out", key="amend-do", type="primary", on_click=_do, args=(number, body, shown))
        st.caption("Exactly this is done, or nothing: if the books have moved, it is refused and shown anew.")


def _days(shown: AmendmentShown) -> None:
    if not shown.lines:
        return
    st.dataframe(
        {
            "Line": [one.line for one in shown.lines],
            "Item": [one.item for one in shown.lines],
            "Units": [one.units for one in shown.lines],
            "Promised now": [telling.day(one.promised, none="not promised") for one in shown.lines],
            "Would be promised": [telling.day(one.day, none="no day is known") for one in shown.lines],
            "Without a day": [one.without for one in shown.lines],
        },
        key=f"amend-days-{shown.digest[:12]}",
        hide_index=True,
        alt="When the lines could be promised after the change",
    )


def _do(number: str, body: AmendmentRequest, shown: AmendmentShown) -> None:
    wanted = CarryOutRequest(changes=body.changes, reason=body.reason, version=shown.version, digest=shown.digest)
    _forget(number)
    try:
        done = session.client().amend_order(number, wanted)
    except ClientError as error:
        session.failed(error, title="The order was not changed.")
        return
    st.session_state[f"amend-{number}"] = []
    days = "".join(f"\nline {one.line} is promised for {telling.day(one.day)}" for one in done.promised)
    session.remember("good", "The order was changed.", "; ".join(done.done) + days)
