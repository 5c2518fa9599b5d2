"""Stock and supply: what can be promised of an item over time, and what is on its way, the late first."""

from typing import Final

import streamlit as st

from ui.console import allocation_view, charts, kept_view, quota_view, session, telling
from ui.schemas.goods import AvailabilityReply, BalanceQuery, PlaceReply
from ui.schemas.supply import PurchaseQuery, TransferQuery, WorkQuery

PARAMETER: Final = "item"
PAGE: Final = 200
SCORE: Final = "supplier_otif"


def show() -> None:
    """An item's future, where one is named; then what lies where and what comes."""
    with st.container(key="title"):
        st.text("Stock and supply")
    find, place, low, views = st.columns([4, 4, 3, 2], vertical_alignment="bottom")
    item = find.text_input("Item code", key=PARAMETER, bind="query-params", max_chars=100, placeholder="GV-03")
    site = place.text_input("Site code", key="site", bind="query-params", max_chars=100)
    below = low.checkbox("Below safety stock", key="below", bind="query-params")
    with views:
        kept_view.show("stock", filters=(PARAMETER, "site"), switches=("below",))
    if item.strip():
        telling.part("What can be promised", lambda: _availability(item.strip()))
    lies, comes, suppliers, giving, quotas = st.tabs(
        ["What lies where", "What comes", "Suppliers", "Give out anew", "Quotas"], key="stock-tab", on_change="rerun"
    )
    with lies:
        _balances(item.strip(), site.strip(), below=below)
    with comes:
        _supply(item.strip())
    with suppliers:
        telling.part("How suppliers kept their days", _suppliers)
    if giving.open:
        with giving:
            telling.part("Who gets what there is", lambda: allocation_view.show(item.strip()))
    if quotas.open:
        with quotas:
            telling.part("Quotas", lambda: quota_view.show(item.strip()))


def _availability(item: str) -> None:
    found = session.client().available_to_promise(item=item)
    if not found.places:
        st.text("Nothing of it is there or on its way.")
        return
    names = [one.place for one in found.places]
    place = st.selectbox("Place", names, key=f"place-{item}") or names[0]
    _place(found, next(one for one in found.places if one.place == place))
    if found.places_left_out:
        st.caption(f"{found.places_left_out:,} more places are not listed.")


def _place(found: AvailabilityReply, place: PlaceReply) -> None:
    title = f"Projected balance of {found.item} at {place.place}, and what can be promised"
    charts.future(title, found.unit, place, until=found.until, key=f"future-{found.item}-{place.place}")


def _balances(item: str, site: str, *, below: bool) -> None:
    wanted = BalanceQuery(item=item or None, site=site or None, below_safety=below)
    page = session.client().list_stock(wanted=wanted, limit=PAGE)
    if not page.items:
        st.info("Nothing matches. Take a filter away to see the others.")
        return
    rows = page.items
    st.dataframe(
        {
            "Item": [one.item for one in rows],
            "Name": [one.item_name for one in rows],
            "At": [one.location for one in rows],
            "On hand": [one.on_hand for one in rows],
            "Reserved": [one.reserved for one in rows],
            "Blocked": [one.blocked for one in rows],
            "Free": [one.free for one in rows],
            "Safety stock": [one.safety_stock for one in rows],
            "Unit": [one.unit for one in rows],
        },
        key="balances",
        hide_index=True,
        height=420,
        alt="Units of items at locations",
    )
    if page.next:
        st.caption(f"Only the first {PAGE} are listed; narrow the list.")


def _supply(item: str) -> None:
    late = st.checkbox("Late only", key="late-supply", bind="query-params")
    client, of = session.client(), item or None
    bought = client.list_purchase_orders(
        wanted=PurchaseQuery.model_validate({"item": of, "state": "open", "late_only": late}), limit=PAGE
    )
    made = client.list_work_orders(
        wanted=WorkQuery.model_validate({"item": of, "state": "open", "late_only": late}), limit=PAGE
    )
    moved = client.list_transfer_orders(
        wanted=TransferQuery.model_validate({"item": of, "state": "open", "late_only": late}), limit=PAGE
    )
    rows = [(one.late, one.due, one.number, f"from {one.supplier_name}", one.open) for one in bought.items if one.due]
    rows += [
        (one.late, one.due, one.number, f"made at {one.location}", one.ordered - one.completed) for one in made.items
    ]
    rows += [
        (one.late, one.due, one.number, f"{one.origin} to {one.destination}", one.quantity - one.received)
        for one in moved.items
    ]
    if not rows:
        st.info("Nothing is on its way." if not late else "Nothing that comes is late.")
        return
    rows.sort(key=lambda one: (not one[0], one[1], one[2]))
    st.dataframe(
        {
            "Order": [one[2] for one in rows],
            "What": [one[3] for one in rows],
            "Units to come": [one[4] for one in rows],
            "Due": [telling.day(one[1]) for one in rows],
            "Late": ["late" if one[0] else "" for one in rows],
        },
        key="supply",
        hide_index=True,
        height=420,
        alt="Purchase, work and transfer orders that are open",
    )
    if bought.next or made.next or moved.next:
        st.caption("Not all of it is listed; name an item.")


def _suppliers() -> None:
    report = session.client().list_kpis(name=SCORE)
    found = [one for one in report.items if one.of and one.value is not None]
    if not found:
        st.info(
            "No delivery was due in this period yet. A supplier appears here with its first order line that is over."
        )
        return
    found.sort(key=lambda one: (one.value or 0, one.of))
    st.dataframe(
        {
            "Supplier": [one.of for one in found],
            "On time in full, %": [one.value for one in found],
            "Lines on time": [one.numerator for one in found],
            "Lines due": [one.denominator for one in found],
        },
        key="suppliers",
        hide_index=True,
        height=420,
        alt="Suppliers by how many of their lines came on time and in full, the worst first",
    )
    st.caption(f"Order lines due from {telling.day(report.first)} to {telling.day(report.last)}; the worst first.")
