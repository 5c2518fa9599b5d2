"""Orders: find one, see its life, what each promise is and what it rests on; a link that shows its status."""

from typing import Final

import streamlit as st

from ui.client import ClientError
from ui.console import amend_view, kept_view, return_view, session, telling
from ui.schemas.identity import LinkRequest, StatusLinkReply
from ui.schemas.listing import LineReply, OrderDetail, OrderHead, OrderQuery, PromiseExplained
from ui.schemas.supply import ReturnQuery, ShipmentQuery

PARAMETER: Final = "order"
PAGE: Final = 100


def show() -> None:
    """The order the address names, or the list to find one in."""
    order = st.query_params.get(PARAMETER)
    if order is None:
        _find()
    else:
        _order(order)


def open_order(order: str) -> None:
    """Show an order; the address in the browser names it."""
    session.opened_one()
    st.query_params[PARAMETER] = order


def close() -> None:
    """Back to the list."""
    st.query_params.pop(PARAMETER, None)


def _find() -> None:
    with st.container(key="title"):
        st.text("Orders")
    number, customer, item, purchase, late, views = st.columns([4, 4, 4, 4, 2, 3], vertical_alignment="bottom")
    exact = number.text_input("Order number", key="number", placeholder="SO-1042", max_chars=100)
    wanted = {
        "customer": customer.text_input("Customer code", key="customer", bind="query-params", max_chars=100),
        "item": item.text_input("Item code", key="item", bind="query-params", max_chars=100),
        "customer_po": purchase.text_input("Customer's number", key="po", bind="query-params", max_chars=100),
        "late_only": late.checkbox("Late", key="late", bind="query-params"),
    }
    with views:
        kept_view.show("orders", filters=("customer", "item", "po"), switches=("late",))
    if exact.strip():
        open_order(exact.strip())
        st.rerun()
    asked = OrderQuery.model_validate({name: _said(value) for name, value in wanted.items() if _said(value)})
    with st.spinner("Reading the orders", show_time=False):
        page = session.client().list_orders(wanted=asked, sort="requested", limit=PAGE)
    if not page.items:
        st.info("No order matches. Take a filter away, or look for its number.")
        return
    _grid(page.items)
    st.caption(
        "Click the box at the left of a row to open the order."
        + (f" Only the first {PAGE} are listed; narrow the list." if page.next else "")
    )


def _said(value: str | bool) -> str | bool:
    return value.strip() if isinstance(value, str) else value


def _grid(orders: tuple[OrderHead, ...]) -> None:
    ids = tuple(one.number for one in orders)
    picked = st.dataframe(
        {
            "Order": list(ids),
            "Customer": [one.customer_name for one in orders],
            "Their number": [one.customer_po for one in orders],
            "State": [one.state.value.replace("_", " ") for one in orders],
            "Ordered": [telling.day(one.order_date) for one in orders],
            "Due": [telling.day(one.due, none="nothing owed") for one in orders],
            "Lines": [one.lines for one in orders],
            "Late lines": [one.late for one in orders],
            "Open units": [one.open for one in orders],
            "Value": [one.value for one in orders],
            "Currency": [one.currency for one in orders],
        },
        key=session.grid_key(*ids, name="orders"),
        on_select="rerun",
        selection_mode="single-row",
        hide_index=True,
        height=480,
        column_config={"Value": st.column_config.NumberColumn(format="accounting")},
        alt=f"Orders: {', '.join(ids[:20])}",
    )
    rows = picked["selection"]["rows"]
    if rows:
        open_order(ids[rows[0]])
        st.rerun()


def _order(number: str) -> None:
    with st.spinner("Reading the order", show_time=False):
        order = session.client().get_order(number)
    _head(order)
    for hold in order.holds:
        st.warning(f"On hold ({hold.kind.value.replace('_', ' ')}), to be settled by {telling.moment(hold.due_at)}")
        st.text(hold.why)
    _lines(order)
    telling.part("", lambda: _print(number))
    promise, change, life, links = st.tabs(
        ["What a promise rests on", "Change it", "Shipments and returns", "Link for the customer"],
        key="order-tab",
        on_change="rerun",
    )
    with promise:
        _promise(order)
    with change:
        amend_view.show(order)
    with life:
        _life(number)
    with links:
        telling.part("Links to this order's status", lambda: _links(number))


def _print(number: str) -> None:
    sheet = session.client().print_order(number)
    st.download_button(
        "Sheet to print", sheet.html, file_name=sheet.name, mime="text/html", key="print-order", on_click="ignore"
    )


def _head(order: OrderDetail) -> None:
    back, title = st.columns([1, 7], vertical_alignment="center")
    back.button("Orders", key="back-to-orders", on_click=close, width="stretch")
    with title, st.container(key="title"):
        st.text(f"{order.number}: {order.customer_name}")
    facts = [
        order.state.value.replace("_", " "),
        f"ordered {telling.day(order.order_date)} by {order.channel.value.replace('_', ' ')}",
        f"their number {order.customer_po}" if order.customer_po else "no number of theirs",
        f"ships from {order.ship_from}",
        telling.money(order.value, order.currency),
        f"due {telling.day(order.due, none='nothing owed')}",
        telling.count(order.late, "line late", "lines late"),
    ]
    with st.container(key="facts"):
        st.text("  |  ".join(facts))


def _lines(order: OrderDetail) -> None:
    lines = order.order_lines
    st.dataframe(
        {
            "Line": [one.line for one in lines],
            "Item": [one.item for one in lines],
            "Name": [one.item_name for one in lines],
            "Ordered": [one.ordered for one in lines],
            "Open": [one.open for one in lines],
            "Requested": [telling.day(one.requested) for one in lines],
            "Promised": [telling.day(one.promised, none="not promised") for one in lines],
            "State": [one.state.value.replace("_", " ") for one in lines],
            "From": [one.location for one in lines],
        },
        key=f"lines-{order.number}",
        hide_index=True,
        alt=f"The lines of order {order.number}",
    )
    if order.lines_left_out:
        st.caption(f"{order.lines_left_out:,} more lines are not listed.")


def _promise(order: OrderDetail) -> None:
    owed = {one.line: one for one in order.order_lines}
    line = st.selectbox("Line", list(owed), key=f"line-{order.number}", format_func=lambda one: _name(owed[one]))
    if line is None:
        st.text("The order has no lines.")
        return
    told = session.client().explain_promise(order.number, line)
    _story(told)
    _rests_on(told)
    history = [
        f"{telling.moment(one.made_at)}: {'first promised' if one.old is None else f'{telling.day(one.old)} became'}"
        f" {telling.day(one.new)} ({one.reason})"
        for one in told.promises
    ]
    st.text("How the promise came to be:")
    telling.lines(*(history or ["It was never promised."]))


def _name(line: LineReply) -> str:
    return f"{line.line}: {line.ordered:,} {line.item}"


def _story(told: PromiseExplained) -> None:
    with st.container(key="strong-expected"):
        if not told.owed:
            st.text("Nothing of this line is owed any more.")
        elif told.short:
            st.text(f"{told.short:,} units are covered by no known supply.")
        else:
            late = "" if told.projected is None or told.projected <= told.line.due else ", later than promised"
            st.text(f"All of it is expected on {telling.day(told.projected)}{late}.")
    telling.lines(*(f"{'   ' * depth}> {one.subject}: {one.text}" for depth, one in enumerate(told.why)))


def _rests_on(told: PromiseExplained) -> None:
    if not told.rests_on:
        return
    st.dataframe(
        {
            "Rests on": [f"{'  ' * one.level}{one.supply}" for one in told.rests_on],
            "Item": [one.item for one in told.rests_on],
            "At": [one.location for one in told.rests_on],
            "Units": [one.units for one in told.rests_on],
            "There on": [telling.day(one.on) for one in told.rests_on],
        },
        key=f"rests-{told.line.order}-{told.line.line}",
        hide_index=True,
        alt="Stock and supply this line rests on",
    )


def _life(number: str) -> None:
    client = session.client()
    shipments = client.list_shipments(wanted=ShipmentQuery(order=number), limit=50).items
    returns = client.list_returns(wanted=ReturnQuery(order=number), limit=50).items
    told = [
        f"{one.number}: {one.units:,} units {one.state.value.replace('_', ' ')}, leaves {telling.day(one.ship_on)},"
        f" there {telling.day(one.delivered_on or one.expected_on)}{f' ({one.problem})' if one.problem else ''}"
        for one in shipments
    ]
    telling.lines(*(told or ["Nothing was shipped yet."]))
    return_view.show(returns)


def _links(number: str) -> None:
    links = session.client().list_status_links(number).items
    made = session.made_link(number)
    if made is not None:
        st.text("Send this to the customer now. It cannot be read again once this tab is closed:")
        st.code(made, language=None, wrap_lines=True)
    for one in links:
        _link(one)
    if not links:
        st.text("There are none. A link shows the live status of this one order to whoever has it, until it expires.")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        days = st.number_input("Good for days", min_value=1, max_value=180, value=30, key="link-days", width=160)
        st.button("Make a link", key="make-link", on_click=_make, args=(number, int(days)))


def _link(one: StatusLinkReply) -> None:
    words, way = st.columns([6, 1], vertical_alignment="center")
    ended = one.revoked_at is not None or one.expires_at <= session.now()
    words.text(f"{one.id} by {one.created_by}, {'ended' if ended else f'good until {telling.moment(one.expires_at)}'}")
    if not ended:
        way.button("Revoke", key=f"revoke-{one.id}", on_click=_revoke, args=(one.id,))


def _make(number: str, days: int) -> None:
    try:
        made = session.client().make_status_link(number, LinkRequest(days=days))
    except ClientError as error:
        session.failed(error, title="No link was made.")
        return
    session.link_made(number, session.address_of(made.page))
    session.remember("good", "The link was made.")


def _revoke(link: str) -> None:
    try:
        session.client().revoke_status_link(link)
    except ClientError as error:
        session.failed(error, title="The link was not revoked.")
        return
    session.remember("good", "The link shows nothing any more.")
    session.remember("good", "The link shows nothing any more.")
