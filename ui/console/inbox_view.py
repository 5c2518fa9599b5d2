"""The inbox: every case that needs somebody, the most urgent on top; all of it without scrolling at 1280 x 800."""

from collections.abc import Sequence
from decimal import Decimal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.console import kept_view, session, telling
from ui.schemas import CaseCard, Inbox

GRID_HEIGHT = 410
ROW_HEIGHT = 31


def show() -> None:
    """Totals, filters and the list; the filters stand in the address, and a view of them is kept under a name."""
    state = st.session_state
    kind, stage = state.get("filter-type") or None, state.get("filter-state") or None
    said = (state.get("said") or "").strip() or None
    owner = session.who()[0] if state.get("mine") else None
    with st.spinner("Reading the inbox", show_time=False):
        inbox = session.client().inbox(type=kind, state=stage, owner=owner, said=said)
    _head(inbox)
    if inbox.cases:
        _grid(inbox)
    elif kind or stage or owner or said:
        st.info("No case matches. Take a filter away to see the others.")
    else:
        st.success("Nothing needs you now. A case appears here when a scan finds a promise that will not be kept.")


def _head(inbox: Inbox) -> None:
    with st.container(key="title"):
        st.text(f"{inbox.company}: what needs a decision")
    scanned = "not scanned yet" if inbox.scanned_at is None else f"last scan {telling.moment(inbox.scanned_at)}"
    with st.container(key="facts"):
        st.text(f"Business date {telling.day(inbox.as_of)}, {scanned}")
    cases, risk, urgent = st.columns([1, 2, 2], vertical_alignment="center")
    cases.metric("Cases", f"{inbox.matching:,}")
    risk.metric("Value at risk", telling.money(inbox.value_at_risk, inbox.currency))
    urgent.metric("Must be decided by tomorrow", f"{inbox.urgent:,}")
    search, kind, state, mine, views = st.columns([6, 4, 4, 2, 2], vertical_alignment="bottom")
    search.text_input(
        "Search",
        key="said",
        max_chars=200,
        placeholder="case, item, order or customer",
        type="search",
        bind="query-params",
    )
    _filter(kind, "Kind", "filter-type", inbox.types)
    _filter(state, "State", "filter-state", inbox.states)
    mine.checkbox("Mine", key="mine", bind="query-params", help="Only cases you have taken")
    with views:
        kept_view.show("inbox", filters=("said", "filter-type", "filter-state"), switches=("mine",))


def _filter(place: DeltaGenerator, label: str, key: str, words: dict[str, str]) -> None:
    chosen = st.session_state.get(key)
    known = ["", *words] if not chosen or chosen in words else ["", chosen, *words]
    place.selectbox(label, known, key=key, format_func=lambda one: words.get(one, one or "all"), bind="query-params")


def _grid(inbox: Inbox) -> None:
    ids = tuple(case.id for case in inbox.cases)
    picked = st.dataframe(
        _columns(inbox.cases),
        key=session.grid_key(*ids),
        on_select="rerun",
        selection_mode="single-row",
        hide_index=True,
        row_height=ROW_HEIGHT,
        height=min(GRID_HEIGHT, ROW_HEIGHT * (len(ids) + 1) + 3),
        column_config={
            "Case": st.column_config.TextColumn(width=75),
            "What is wrong": st.column_config.TextColumn(width=390),
            "Kind": st.column_config.TextColumn(width=150),
            "Value at risk": st.column_config.NumberColumn(format="accounting", width=90),
            "Decide by": st.column_config.TextColumn(width=150),
            "Needed": st.column_config.TextColumn(width=90),
            "Customers": st.column_config.TextColumn(width=130),
            "State": st.column_config.TextColumn(width=120),
            "With": st.column_config.TextColumn(width=80),
        },
        alt=f"Cases by urgency: {', '.join(ids[:20])}",
    )
    rows = picked["selection"]["rows"]
    if rows:
        session.open_case(ids[rows[0]])
        st.rerun()
    note = "Click the box at the left of a row to open the case, or press N for the most urgent one."
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Open the most urgent", key="next-case", shortcut="N", on_click=session.open_case, args=(ids[0],))
        st.caption(note if not inbox.left_out else f"{note} {inbox.left_out:,} more are not listed; narrow the list.")


def _columns(cases: Sequence[CaseCard]) -> dict[str, list[str] | list[Decimal]]:
    return {
        "Case": [case.id for case in cases],
        "What is wrong": [case.title for case in cases],
        "Kind": [case.type_words for case in cases],
        "Value at risk": [case.exposure for case in cases],
        "Decide by": [_decide_by(case) for case in cases],
        "Needed": [telling.day(case.needed_by) for case in cases],
        "Customers": [_customers(case) for case in cases],
        "State": [_state(case) for case in cases],
        "With": [case.owner or "" for case in cases],
    }


def _decide_by(case: CaseCard) -> str:
    left = telling.days_left(case.days_left)
    return left if case.deadline is None else f"{telling.day(case.deadline)} ({left})"


def _customers(case: CaseCard) -> str:
    more = case.customers_total - len(case.customers)
    return ", ".join(case.customers) + (f" and {more} more" if more > 0 else "")


def _state(case: CaseCard) -> str:
    aside = case.snoozed_until
    return case.state_words if aside is None else f"{case.state_words} until {telling.day(aside)}"
