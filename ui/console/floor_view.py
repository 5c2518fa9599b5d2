"""The floor: what to make next, the most urgent on top, in one column a phone can show."""

from typing import Final

import streamlit as st

from ui.console import session, telling
from ui.schemas.supply import WorkHead, WorkQuery

PAGE: Final = 100
SHOWN: Final = 25


def show() -> None:
    """Open work orders by their day; a code typed or scanned finds one."""
    with st.container(key="title"):
        st.text("Floor")
    said = st.text_input("Scan or type a work order or item", key="scanned", max_chars=100).strip().casefold()
    place = st.text_input("At", key="at", bind="query-params", max_chars=100, placeholder="HOU-PROD").strip()
    wanted = WorkQuery.model_validate({"state": "open", "location": place or None})
    page = session.client().list_work_orders(wanted=wanted, sort="due", limit=PAGE)
    found = [one for one in page.items if said in one.number.casefold() or said in one.item.casefold()]
    if not found:
        st.info("No open work order matches." if said or place else "No work order is open.")
        return
    for one in found[:SHOWN]:
        _order(one)
    if len(found) > SHOWN or page.next:
        st.caption("More are open; scan one to see it.")


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
