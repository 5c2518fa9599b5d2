"""Lists of sales orders, their lines and promises, and holds."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, Numeric, Select, func, select, true
from sqlalchemy.orm import Session

from core.db.rows import (
    CustomerRow,
    HoldRow,
    ItemRow,
    LocationRow,
    OrderTimelineRow,
    PromiseRecordRow,
    SalesOrderLineRow,
    SalesOrderRow,
)
from core.db.stores import order_lines
from core.db.stores.holds import hold_of
from core.db.stores.listing.filtering import keyed, least, present, same, within
from core.db.stores.listing.keyset import Along, along, code, ordered, perhaps, read_page
from core.db.stores.promises import promise_of
from core.domain.holds import Hold
from core.domain.ids import CustomerCode, LocationCode, OrderNo
from core.domain.listing.orders import (
    HoldFilter,
    HoldSort,
    LineSort,
    ListedOrder,
    ListedPromise,
    OrderFilter,
    OrderLineFilter,
    OrderSort,
    PromiseFilter,
    PromiseSort,
)
from core.domain.listing.paging import Page, Reading
from core.domain.money import rounded
from core.domain.order_life import OrderState
from core.domain.order_terms import Channel, OrderKind
from core.domain.overviews import LineFilter, LineOverview

_ORDER, _LINE = SalesOrderRow, SalesOrderLineRow
_Totals = tuple[int, int, int, date | None, date | None, Decimal]
_NONE: _Totals = (0, 0, 0, None, None, Decimal(0))
_VALUE = func.sum(func.round((_LINE.ordered - _LINE.cancelled) * _LINE.unit_price, 2, type_=Numeric(19, 2)))
_ASKED = select(_LINE.order_id, func.min(_LINE.requested).label("first")).group_by(_LINE.order_id).subquery()
_WORTH = select(_LINE.order_id, _VALUE.label("value")).group_by(_LINE.order_id).subquery()
_NUMBER = code(_ORDER.number)
_ORDERS: Mapping[OrderSort, tuple[Along, ...]] = {
    OrderSort.NUMBER: (),
    OrderSort.ENTRY: along(_ORDER.entry_sequence),
    OrderSort.ORDER_DATE: along(_ORDER.order_date),
    OrderSort.REQUESTED: (perhaps(_ASKED.c.first),),
    OrderSort.VALUE: (perhaps(_WORTH.c.value),),
}
_LINES: Mapping[LineSort, tuple[Along, ...]] = {
    LineSort.DUE: along(order_lines.DUE),
    LineSort.REQUESTED: along(_LINE.requested),
    LineSort.ORDER: (),
    LineSort.ITEM: (code(ItemRow.code),),
}
_PROMISES: Mapping[PromiseSort, tuple[Along, ...]] = {PromiseSort.MADE: ()}
_HOLDS: Mapping[HoldSort, tuple[Along, ...]] = {HoldSort.SET: (), HoldSort.DUE: along(HoldRow.due_at)}


def sales_orders(session: Session, wanted: OrderFilter, asked: Reading[OrderSort]) -> Page[ListedOrder]:
    """Sales orders and quotes."""
    query = (
        select(_ORDER, CustomerRow.code, CustomerRow.name, LocationRow.code)
        .join(CustomerRow, CustomerRow.id == _ORDER.customer_id)
        .join(LocationRow, LocationRow.id == _ORDER.ship_from_id)
        .where(*_of_order(wanted), _has_line(wanted))
    )
    if asked.sort.by is OrderSort.REQUESTED:
        query = query.outerjoin(_ASKED, _ASKED.c.order_id == _ORDER.id)
    if asked.sort.by is OrderSort.VALUE:
        query = query.outerjoin(_WORTH, _WORTH.c.order_id == _ORDER.id)
    page = read_page(session, query, ordered(_ORDERS, asked, _NUMBER), asked, _found)
    totals = _totals(session, [row.id for row, *_ in page.items])
    items = tuple(_listed(*found, totals.get(found[0].id, _NONE)) for found in page.items)
    return Page(items=items, next=page.next)


def lines(session: Session, wanted: OrderLineFilter, asked: Reading[LineSort]) -> Page[LineOverview]:
    """Lines of orders."""
    query = order_lines.lines().where(
        *order_lines.wanted(
            LineFilter(
                customer=wanted.customer,
                item=wanted.item,
                status=wanted.status,
                due_after=wanted.due_after,
                due_before=wanted.due_before,
                quotes=wanted.order is not None,
            )
        ),
        same(_ORDER.number, wanted.order),
        same(order_lines.PLACE, wanted.location),
        same(_LINE.line, wanted.line),
        same(_LINE.state, wanted.state),
    )
    return read_page(session, query, ordered(_LINES, asked, _NUMBER, *along(_LINE.line)), asked, order_lines.overview)


def promises(session: Session, wanted: PromiseFilter, asked: Reading[PromiseSort]) -> Page[ListedPromise]:
    """The history of promises."""
    query = (
        select(PromiseRecordRow, _ORDER.number)
        .join(_ORDER, _ORDER.id == PromiseRecordRow.order_id)
        .where(
            same(_ORDER.number, wanted.order),
            same(PromiseRecordRow.line, wanted.line),
            keyed(_ORDER.customer_id, CustomerRow.id, CustomerRow.code, wanted.customer),
            least(PromiseRecordRow.recorded_at, wanted.made_since),
        )
    )

    def show(row: PromiseRecordRow, number: str) -> ListedPromise:
        return ListedPromise(promise=promise_of(OrderNo(number), row), made_at=row.recorded_at)

    return read_page(session, query, ordered(_PROMISES, asked, *along(PromiseRecordRow.id)), asked, show)


def holds(session: Session, wanted: HoldFilter, asked: Reading[HoldSort]) -> Page[Hold]:
    """Holds of orders and lines."""
    query = (
        select(HoldRow, _ORDER.number)
        .join(_ORDER, _ORDER.id == HoldRow.order_id)
        .where(
            same(_ORDER.number, wanted.order),
            keyed(_ORDER.customer_id, CustomerRow.id, CustomerRow.code, wanted.customer),
            same(HoldRow.kind, wanted.kind),
            present(HoldRow.released_at, None if wanted.open is None else not wanted.open),
            true() if wanted.due_before is None else HoldRow.due_at <= wanted.due_before,
        )
    )
    return read_page(session, query, ordered(_HOLDS, asked, *along(HoldRow.id)), asked, hold_of)


def _of_order(wanted: OrderFilter) -> list[ColumnElement[bool]]:
    changed = select(OrderTimelineRow.order_id).where(least(OrderTimelineRow.recorded_at, wanted.changed_since))
    return [
        same(_ORDER.number, wanted.number),
        keyed(_ORDER.customer_id, CustomerRow.id, CustomerRow.code, wanted.customer),
        same(_ORDER.customer_po, wanted.customer_po),
        same(_ORDER.state, wanted.state),
        same(_ORDER.kind, wanted.kind),
        same(_ORDER.channel, wanted.channel),
        keyed(_ORDER.ship_from_id, LocationRow.id, LocationRow.code, wanted.ship_from),
        within(_ORDER.order_date, wanted.ordered_after, wanted.ordered_before),
        true() if wanted.changed_since is None else _ORDER.id.in_(changed),
    ]


def _has_line(wanted: OrderFilter) -> ColumnElement[bool]:
    """The order has a line that meets all that was asked of one."""
    if wanted.item is None and wanted.due_after is None and wanted.due_before is None and not wanted.late_only:
        return true()
    owed = wanted.late_only or wanted.due_after is not None or wanted.due_before is not None
    line: Select[int] = select(_LINE.order_id).where(
        keyed(_LINE.item_id, ItemRow.id, ItemRow.code, wanted.item),
        within(order_lines.DUE, wanted.due_after, wanted.due_before),
        order_lines.OWED if owed else true(),
        order_lines.LATE if wanted.late_only else true(),
    )
    return _ORDER.id.in_(line)


def _found(row: SalesOrderRow, customer: str, name: str, ship_from: str) -> tuple[SalesOrderRow, str, str, str]:
    return row, customer, name, ship_from


def _totals(session: Session, orders: Sequence[int]) -> Mapping[int, _Totals]:
    """Of each order its lines, how many are late, units owed, the earliest day asked for and due, and the value."""
    query = (
        select(
            _LINE.order_id,
            func.count(),
            func.count().filter(order_lines.LATE),
            func.coalesce(func.sum(order_lines.OPEN).filter(order_lines.OWED), 0),
            func.min(_LINE.requested),
            func.min(order_lines.DUE).filter(order_lines.OWED),
            _VALUE,
        )
        .where(_LINE.order_id.in_(orders))
        .group_by(_LINE.order_id)
    )
    return {
        order: (count, late, int(units), requested, due, Decimal(value))
        for order, count, late, units, requested, due, value in session.execute(query)
    }


def _listed(row: SalesOrderRow, customer: str, name: str, ship_from: str, totals: _Totals) -> ListedOrder:
    lines, late, units, requested, due, value = totals
    return ListedOrder(
        number=OrderNo(row.number),
        customer=CustomerCode(customer),
        customer_name=name,
        customer_po=row.customer_po,
        kind=OrderKind(row.kind),
        state=OrderState(row.state),
        channel=Channel(row.channel),
        order_date=row.order_date,
        currency=row.currency,
        ship_from=LocationCode(ship_from),
        priority=row.priority,
        version=row.version,
        lines=lines,
        late=late,
        open=units,
        requested=requested,
        due=due,
        value=rounded(value),
    )
