"""What if: build a scenario from parts, compare the books before and after; nothing is kept."""

from datetime import date
from typing import Any, Final

import streamlit as st
from pydantic import ValidationError

from ui.client import ClientError
from ui.console import session, telling
from ui.schemas.what_if import LineOtherwise, Outlook, WhatIfReply, WhatIfRequest

KINDS: Final = {
    "outages": ("A supplier delivers nothing", "Supplier code", "Days"),
    "delays": ("Supply comes later", "Order number", "Days"),
    "cuts": ("Supply brings less", "Order number", "Units less"),
    "changes": ("A customer wants another quantity", "Order number", "Units, 0: none"),
    "moves": ("A customer wants another day", "Order number", ""),
    "stops": ("A work centre stands still", "Work centre code", "Days"),
    "prices": ("A supplier asks for more", "Supplier code", "Percent"),
    "tariffs": ("More duty", "Country or supplier code", "Percent"),
    "demand": ("Somebody asks for more", "Item code", "Units"),
}
NAMES: Final = {
    "outages": ("supplier", "days"),
    "delays": ("order", "days"),
    "cuts": ("order", "quantity"),
    "changes": ("order", "quantity"),
    "moves": ("order", ""),
    "stops": ("center", "days"),
    "prices": ("of", "percent"),
    "tariffs": ("of", "percent"),
    "demand": ("item", "quantity"),
}

LINES: Final = ("cuts", "changes", "moves")
DAYS: Final = ("demand", "moves")


def show() -> None:
    """The parts of the scenario, and what it would do."""
    parts = session.scenario()
    _add()
    for at, (kind, part) in enumerate(parts):
        words, way = st.columns([6, 1], vertical_alignment="center")
        words.text(f"{KINDS[kind][0]}: {', '.join(str(value) for value in part.values())}")
        way.button("Remove", key=f"part-{at}-{len(parts)}", on_click=_remove, args=(at,))
    if not parts:
        st.text("Add what might happen; nothing of it is kept.")
        return
    _compare(parts)


@st.fragment
def _add() -> None:
    """The form of one more part; choosing what happens works nothing out anew."""
    kind = st.selectbox("What happens", list(KINDS), key="what-if-kind", format_func=lambda one: KINDS[one][0])
    _, thing, much = KINDS[kind]
    with st.form("what-if-part", border=False, clear_on_submit=True):
        name, count, day, add = st.columns([3, 2, 2, 1], vertical_alignment="bottom")
        said = name.text_input(thing, key="what-if-name", max_chars=100)
        number = line = 0
        if much:
            number = count.number_input(much, min_value=0, step=1, value=7, key="what-if-number")
        if kind in LINES:
            line = day.number_input("Line", min_value=1, step=1, value=1, key="what-if-line")
        on = None
        if kind in DAYS:
            on = (count if kind == "moves" else day).date_input("By", value=None, key="what-if-day")
        if not add.form_submit_button("Add", type="primary", width="stretch"):
            return
    part = _part(kind, said.strip(), int(number), int(line), on.isoformat() if isinstance(on, date) else "")
    try:
        WhatIfRequest.model_validate({_field(kind): [part]})
    except ValidationError as error:
        telling.trouble("That cannot be tried.", str(error.errors()[0]["msg"]))
        return
    session.scenario().append((kind, part))
    st.rerun()


def _part(kind: str, name: str, number: int, line: int, day: str) -> dict[str, Any]:
    """What is sent of one part."""
    who, how_much = NAMES[kind]
    part: dict[str, Any] = {who: name}
    if how_much:
        part[how_much] = str(number) if how_much == "percent" else number
    if kind in LINES:
        part["line"] = line
    if kind in DAYS:
        part["day"] = day
    return part


def _field(kind: str) -> str:
    """Under which name the parts of a kind are sent."""
    return "changes" if kind == "moves" else kind


def _remove(at: int) -> None:
    del session.scenario()[at]


def _compare(parts: list[tuple[str, dict[str, Any]]]) -> None:
    asked: dict[str, list[dict[str, Any]]] = {}
    for kind, part in parts:
        asked.setdefault(_field(kind), []).append(part)
    wanted = WhatIfRequest.model_validate(asked)
    try:
        with st.spinner("Working it out"):
            found = session.client().what_if(wanted)
    except ClientError as error:
        if error.status == 401:
            raise
        telling.trouble("That cannot be tried.", error.message)
        return
    _totals(found)
    _lines(found)


def _totals(found: WhatIfReply) -> None:
    before, after = found.before, found.after
    late, uncovered, risk, cost = st.columns(4)
    late.metric("Lines late", f"{after.late:,}", delta=after.late - before.late, delta_color="inverse", border=True)
    uncovered.metric(
        "Lines not covered",
        f"{after.uncovered:,}",
        delta=after.uncovered - before.uncovered,
        delta_color="inverse",
        border=True,
    )
    more = after.exposure - before.exposure
    risk.metric(
        "Value at risk",
        telling.money(after.exposure, found.currency),
        delta=f"{more:+,.2f}",
        delta_color="inverse",
        border=True,
    )
    cost.metric("Costs more", telling.money(found.cost, found.currency), border=True)


def _lines(found: WhatIfReply) -> None:
    if not found.changed:
        st.text("Every order line stands as before.")
        return
    st.dataframe(
        {
            "Order": [f"{one.order}/{one.line}" for one in found.lines],
            "Customer": [one.customer for one in found.lines],
            "Item": [one.item for one in found.lines],
            "Units": [_any(one).quantity for one in found.lines],
            "Promised": [telling.day(_any(one).promised) for one in found.lines],
            "Before": [_said(one.before) for one in found.lines],
            "After": [_said(one.after) for one in found.lines],
            "More at risk": [one.exposure for one in found.lines],
        },
        key="what-if-lines",
        hide_index=True,
        column_config={"More at risk": st.column_config.NumberColumn(format="accounting")},
        alt="Order lines that would stand otherwise",
    )
    if found.left_out:
        st.caption(f"{found.left_out:,} more lines would stand otherwise.")


def _any(line: LineOtherwise) -> Outlook:
    found = line.after or line.before
    assert found is not None, "a line stands before or after"
    return found


def _said(one: Outlook | None) -> str:
    if one is None:
        return "not open"
    parts = [f"{one.short:,} not covered"] if one.short else []
    if one.late:
        parts.append(f"{one.late:,} late, all there {telling.day(one.projected)}")
    elif one.short < one.quantity:
        parts.append(f"{one.quantity - one.short:,} on time, {telling.day(one.projected)}")
    return "; ".join(parts)
