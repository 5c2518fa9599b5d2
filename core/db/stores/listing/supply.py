"""Lists of purchase, work, transfer and planned orders."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, Numeric, Select, func, or_, select, true
from sqlalchemy.orm import Session, aliased

from core.db.rows import (
    ItemRow,
    LocationRow,
    PlannedOrderRow,
    PurchaseOrderLineRow,
    PurchaseOrderRow,
    SalesOrderRow,
    SupplierRow,
    TransferOrderRow,
    WorkOrderRow,
)
from core.db.stores.listing.filtering import keyed, same, within
from core.db.stores.listing.keyset import Along, along, code, ordered, perhaps, read_page
from core.db.stores.order_lines import AS_OF
from core.db.stores.planned_orders import planned_of
from core.domain.ids import ItemCode, LocationCode, OrderNo, PurchaseOrderNo, SupplierCode, TransferOrderNo, WorkOrderNo
from core.domain.listing.paging import Page, Reading
from core.domain.listing.supply import (
    ListedPurchase,
    ListedPurchaseLine,
    ListedTransfer,
    ListedWork,
    PlannedFilter,
    PurchaseFilter,
    PurchaseLineFilter,
    PurchaseLineSort,
    SupplySort,
    TransferFilter,
    WorkFilter,
)
from core.domain.money import rounded
from core.domain.orders import SupplyState
from core.domain.planned_orders import PlannedOrder
from core.domain.supply_life import PurchaseStage, TransferStage, WorkStage

_BUY, _BOUGHT, _WORK = PurchaseOrderRow, PurchaseOrderLineRow, WorkOrderRow
_MOVE, _PLAN = TransferOrderRow, PlannedOrderRow
_ORIGIN = aliased(LocationRow)
_OPEN = SupplyState.OPEN.value
_Totals = tuple[int, int, date | None, Decimal]
_COMING = _BOUGHT.ordered > _BOUGHT.received
_LEFT = _BOUGHT.ordered - _BOUGHT.received
_FIRST = (
    select(_BOUGHT.order_id, func.min(_BOUGHT.due).label("due")).where(_COMING).group_by(_BOUGHT.order_id).subquery()
)
_LATE_WORK = (_WORK.state == _OPEN) & (_WORK.due < AS_OF)
_LATE_MOVE = (_MOVE.state == _OPEN) & (_MOVE.due < AS_OF)
_PURCHASES: Mapping[SupplySort, tuple[Along, ...]] = {SupplySort.NUMBER: (), SupplySort.DUE: (perhaps(_FIRST.c.due),)}
_LINES: Mapping[PurchaseLineSort, tuple[Along, ...]] = {
    PurchaseLineSort.ORDER: (),
    PurchaseLineSort.DUE: along(_BOUGHT.due),
}
_WORKS: Mapping[SupplySort, tuple[Along, ...]] = {SupplySort.NUMBER: (), SupplySort.DUE: along(_WORK.due)}
_MOVES: Mapping[SupplySort, tuple[Along, ...]] = {SupplySort.NUMBER: (), SupplySort.DUE: along(_MOVE.due)}
_PLANS: Mapping[SupplySort, tuple[Along, ...]] = {SupplySort.NUMBER: (), SupplySort.DUE: along(_PLAN.due)}


def purchases(session: Session, wanted: PurchaseFilter, asked: Reading[SupplySort]) -> Page[ListedPurchase]:
    """Purchase orders."""
    query = (
        select(_BUY, SupplierRow.code, SupplierRow.name, AS_OF)
        .join(SupplierRow, SupplierRow.id == _BUY.supplier_id)
        .where(
            same(_BUY.number, wanted.number),
            keyed(_BUY.supplier_id, SupplierRow.id, SupplierRow.code, wanted.supplier),
            same(_BUY.stage, wanted.stage),
            same(_BUY.state, wanted.state),
            _has_line(wanted),
        )
    )
    if asked.sort.by is SupplySort.DUE:
        query = query.outerjoin(_FIRST, (_FIRST.c.order_id == _BUY.id) & (_BUY.state == _OPEN))
    page = read_page(session, query, ordered(_PURCHASES, asked, code(_BUY.number)), asked, _found)
    totals = _totals(session, [row.id for row, *_ in page.items])
    none: _Totals = (0, 0, None, Decimal(0))
    return Page(items=tuple(_purchase(*found, totals.get(found[0].id, none)) for found in page.items), next=page.next)


def purchase_lines(
    session: Session, wanted: PurchaseLineFilter, asked: Reading[PurchaseLineSort]
) -> Page[ListedPurchaseLine]:
    """Lines of purchase orders."""
    query = (
        select(_BOUGHT, _BUY.number, SupplierRow.code, ItemRow.code, LocationRow.code, SalesOrderRow.number)
        .join(_BUY, _BUY.id == _BOUGHT.order_id)
        .join(SupplierRow, SupplierRow.id == _BUY.supplier_id)
        .join(ItemRow, ItemRow.id == _BOUGHT.item_id)
        .join(LocationRow, LocationRow.id == _BOUGHT.location_id)
        .outerjoin(SalesOrderRow, SalesOrderRow.id == _BOUGHT.sales_order_id)
        .where(
            same(_BUY.number, wanted.order),
            keyed(_BUY.supplier_id, SupplierRow.id, SupplierRow.code, wanted.supplier),
            keyed(_BOUGHT.item_id, ItemRow.id, ItemRow.code, wanted.item),
            keyed(_BOUGHT.location_id, LocationRow.id, LocationRow.code, wanted.location),
            within(_BOUGHT.due, wanted.due_after, wanted.due_before),
            (_BUY.state == _OPEN) & _COMING if wanted.open_only else true(),
        )
    )
    order = ordered(_LINES, asked, code(_BUY.number), *along(_BOUGHT.line))
    return read_page(session, query, order, asked, _purchase_line)


def works(session: Session, wanted: WorkFilter, asked: Reading[SupplySort]) -> Page[ListedWork]:
    """Work orders."""
    query = (
        select(_WORK, ItemRow.code, LocationRow.code, _LATE_WORK)
        .join(ItemRow, ItemRow.id == _WORK.item_id)
        .join(LocationRow, LocationRow.id == _WORK.location_id)
        .where(
            same(_WORK.number, wanted.number),
            keyed(_WORK.item_id, ItemRow.id, ItemRow.code, wanted.item),
            keyed(_WORK.location_id, LocationRow.id, LocationRow.code, wanted.location),
            same(_WORK.stage, wanted.stage),
            same(_WORK.state, wanted.state),
            within(_WORK.due, wanted.due_after, wanted.due_before),
            _LATE_WORK if wanted.late_only else true(),
        )
    )
    return read_page(session, query, ordered(_WORKS, asked, code(_WORK.number)), asked, _work)


def transfers(session: Session, wanted: TransferFilter, asked: Reading[SupplySort]) -> Page[ListedTransfer]:
    """Transfer orders."""
    ends = [
        keyed(column, LocationRow.id, LocationRow.code, wanted.location)
        for column in (_MOVE.origin_id, _MOVE.destination_id)
    ]
    query = (
        select(_MOVE, ItemRow.code, _ORIGIN.code, LocationRow.code, _LATE_MOVE)
        .join(ItemRow, ItemRow.id == _MOVE.item_id)
        .join(_ORIGIN, _ORIGIN.id == _MOVE.origin_id)
        .join(LocationRow, LocationRow.id == _MOVE.destination_id)
        .where(
            same(_MOVE.number, wanted.number),
            keyed(_MOVE.item_id, ItemRow.id, ItemRow.code, wanted.item),
            true() if wanted.location is None else or_(*ends),
            same(_MOVE.stage, wanted.stage),
            same(_MOVE.state, wanted.state),
            within(_MOVE.due, wanted.due_after, wanted.due_before),
            _LATE_MOVE if wanted.late_only else true(),
        )
    )
    return read_page(session, query, ordered(_MOVES, asked, code(_MOVE.number)), asked, _transfer)


def planned(session: Session, wanted: PlannedFilter, asked: Reading[SupplySort]) -> Page[PlannedOrder]:
    """Planned orders."""
    query = (
        select(_PLAN, ItemRow.code, LocationRow.code, SupplierRow.code, _ORIGIN.code)
        .join(ItemRow, ItemRow.id == _PLAN.item_id)
        .join(LocationRow, LocationRow.id == _PLAN.location_id)
        .outerjoin(SupplierRow, SupplierRow.id == _PLAN.supplier_id)
        .outerjoin(_ORIGIN, _ORIGIN.id == _PLAN.origin_id)
        .where(
            same(_PLAN.number, wanted.number),
            same(_PLAN.kind, wanted.kind),
            keyed(_PLAN.item_id, ItemRow.id, ItemRow.code, wanted.item),
            keyed(_PLAN.location_id, LocationRow.id, LocationRow.code, wanted.location),
            keyed(_PLAN.supplier_id, SupplierRow.id, SupplierRow.code, wanted.supplier),
            same(_PLAN.state, wanted.state),
            within(_PLAN.due, wanted.due_after, wanted.due_before),
        )
    )
    return read_page(session, query, ordered(_PLANS, asked, code(_PLAN.number)), asked, planned_of)


def _has_line(wanted: PurchaseFilter) -> ColumnElement[bool]:
    """The order has a line that meets all that was asked of one."""
    coming = wanted.late_only or wanted.due_after is not None or wanted.due_before is not None
    if wanted.item is None and wanted.location is None and not coming:
        return true()
    line: Select[int] = select(_BOUGHT.order_id).where(
        keyed(_BOUGHT.item_id, ItemRow.id, ItemRow.code, wanted.item),
        keyed(_BOUGHT.location_id, LocationRow.id, LocationRow.code, wanted.location),
        within(_BOUGHT.due, wanted.due_after, wanted.due_before),
        _COMING if coming else true(),
        _BOUGHT.due < AS_OF if wanted.late_only else true(),
    )
    return _BUY.id.in_(line) & (_BUY.state == _OPEN if coming else true())


def _totals(session: Session, orders: Sequence[int]) -> Mapping[int, _Totals]:
    """Of each order its lines, units still to come, the earliest day of those, and what all of it costs."""
    query = (
        select(
            _BOUGHT.order_id,
            func.count(),
            func.coalesce(func.sum(_LEFT).filter(_COMING), 0),
            func.min(_BOUGHT.due).filter(_COMING),
            func.sum(func.round(_BOUGHT.ordered * _BOUGHT.unit_price, 2, type_=Numeric(19, 2))),
        )
        .where(_BOUGHT.order_id.in_(orders))
        .group_by(_BOUGHT.order_id)
    )
    return {
        order: (count, int(units), due, Decimal(value)) for order, count, units, due, value in session.execute(query)
    }


def _found(row: PurchaseOrderRow, supplier: str, name: str, as_of: date) -> tuple[PurchaseOrderRow, str, str, date]:
    return row, supplier, name, as_of


def _purchase(row: PurchaseOrderRow, supplier: str, name: str, as_of: date, totals: _Totals) -> ListedPurchase:
    lines, units, due, value = totals
    comes = row.state == _OPEN and due is not None
    return ListedPurchase(
        number=PurchaseOrderNo(row.number),
        supplier=SupplierCode(supplier),
        supplier_name=name,
        order_date=row.order_date,
        currency=row.currency,
        state=SupplyState(row.state),
        stage=PurchaseStage(row.stage),
        version=row.version,
        lines=lines,
        open=units if comes else 0,
        due=due if comes else None,
        late=row.state == _OPEN and due is not None and due < as_of,
        value=rounded(value),
    )


def _purchase_line(
    row: PurchaseOrderLineRow, number: str, supplier: str, item: str, location: str, sales_order: str | None
) -> ListedPurchaseLine:
    return ListedPurchaseLine(
        order=PurchaseOrderNo(number),
        line=row.line,
        supplier=SupplierCode(supplier),
        item=ItemCode(item),
        location=LocationCode(location),
        ordered=row.ordered,
        received=row.received,
        confirmed=row.confirmed,
        unit_price=row.unit_price,
        due=row.due,
        requested=row.requested,
        sales_order=None if sales_order is None else OrderNo(sales_order),
        sales_line=row.sales_line,
    )


def _work(row: WorkOrderRow, item: str, location: str, late: bool) -> ListedWork:
    return ListedWork(
        number=WorkOrderNo(row.number),
        item=ItemCode(item),
        location=LocationCode(location),
        ordered=row.ordered,
        completed=row.completed,
        scrapped=row.scrapped,
        start=row.start,
        due=row.due,
        late=late,
        state=SupplyState(row.state),
        stage=WorkStage(row.stage),
        version=row.version,
    )


def _transfer(row: TransferOrderRow, item: str, origin: str, destination: str, late: bool) -> ListedTransfer:
    return ListedTransfer(
        number=TransferOrderNo(row.number),
        item=ItemCode(item),
        origin=LocationCode(origin),
        destination=LocationCode(destination),
        quantity=row.quantity,
        received=row.received,
        lost=row.lost,
        ship_on=row.ship_on,
        due=row.due,
        late=late,
        state=SupplyState(row.state),
        stage=TransferStage(row.stage),
        version=row.version,
    )
