"""Reading what was bought of suppliers: each line beside what was answered, charged and brought."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from sqlalchemy import ARRAY, BigInteger, ColumnElement, func, literal, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from core.db.rows import (
    AcknowledgementLineRow,
    AcknowledgementRow,
    PriceChangeRow,
    PurchaseOrderLineRow,
    PurchaseOrderRow,
    ReceiptRow,
    SupplierRow,
)
from core.domain.ids import PurchaseOrderNo, SupplierCode
from core.domain.orders import SupplyState
from core.domain.purchasing import Answer
from core.domain.scorecards import BoughtLine

_Key: TypeAlias = tuple[int, int]
_LINE = PurchaseOrderLineRow
_SENT = (SupplyState.OPEN.value, SupplyState.RECEIVED.value)


@dataclass(slots=True, kw_only=True)
class _Happened:
    """What happened to a line: units taken by day, days and prices said or charged, the price ordered at first."""

    came: list[tuple[date, int]] = field(default_factory=list[tuple[date, int]])
    answered: list[date] = field(default_factory=list[date])
    prices: list[Decimal] = field(default_factory=list[Decimal])
    first_price: Decimal | None = None


def bought_lines(session: Session, *, first: date, last: date, supplier: SupplierCode | None) -> tuple[BoughtLine, ...]:
    """The lines counted on from the first to the last day, of a supplier or of all, by order and line."""
    chosen = _LINE.due.between(first, last) & PurchaseOrderRow.state.in_(_SENT)
    if supplier is not None:
        chosen &= SupplierRow.code == supplier
    query = (
        select(_LINE, PurchaseOrderRow, SupplierRow.code)
        .join(PurchaseOrderRow, PurchaseOrderRow.id == _LINE.order_id)
        .join(SupplierRow, SupplierRow.id == PurchaseOrderRow.supplier_id)
        .where(chosen)
        .order_by(PurchaseOrderRow.number.collate("C"), _LINE.line)
        .execution_options(populate_existing=True)
    )
    rows = session.execute(query).all()
    happened = {(order.id, row.line): _Happened() for row, order, _ in rows}
    mine = {order.id for _, order, _ in rows}
    for read in (_came, _answered, _charged, _changed):
        read(session, happened, orders=mine)
    return tuple(
        _line(row, order, SupplierCode(code), happened=happened[order.id, row.line]) for row, order, code in rows
    )


def _line(
    row: PurchaseOrderLineRow, order: PurchaseOrderRow, supplier: SupplierCode, *, happened: _Happened
) -> BoughtLine:
    expected = row.ordered if row.confirmed is None else row.confirmed
    return BoughtLine(
        supplier=supplier,
        order=PurchaseOrderNo(order.number),
        line=row.line,
        ordered=row.ordered,
        due=row.due,
        asked_for=row.requested or row.due,
        price=row.unit_price if happened.first_price is None else happened.first_price,
        came=tuple(happened.came),
        answered=tuple(happened.answered),
        prices=tuple(happened.prices),
        waiting=order.state == SupplyState.OPEN.value and expected > row.received,
    )


def _came(session: Session, happened: dict[_Key, _Happened], *, orders: set[int]) -> None:
    row = ReceiptRow
    query = (
        select(row.order_id, row.line, row.received_on, func.sum(row.accepted))
        .where(_any_of(row.order_id, orders), row.accepted > 0)
        .group_by(row.order_id, row.line, row.received_on)
        .order_by(row.received_on, row.order_id, row.line)
    )
    for order, line, on, units in session.execute(query):
        if (order, line) in happened:
            happened[order, line].came.append((on, int(units)))


def _answered(session: Session, happened: dict[_Key, _Happened], *, orders: set[int]) -> None:
    row = AcknowledgementLineRow
    query = (
        select(AcknowledgementRow.order_id, row.line, row.due, row.unit_price)
        .join(AcknowledgementRow, AcknowledgementRow.id == row.acknowledgement_id)
        .where(_any_of(AcknowledgementRow.order_id, orders), row.answer != Answer.REJECTED.value)
        .order_by(AcknowledgementRow.id, row.line)
    )
    for order, line, due, price in session.execute(query):
        if (order, line) in happened:
            happened[order, line].answered.append(due)
            happened[order, line].prices.append(price)


def _charged(session: Session, happened: dict[_Key, _Happened], *, orders: set[int]) -> None:
    row = ReceiptRow
    query = (
        select(row.order_id, row.line, row.unit_price)
        .where(_any_of(row.order_id, orders), row.unit_price.is_not(None))
        .order_by(row.id)
    )
    for order, line, price in session.execute(query):
        if price is not None and (order, line) in happened:
            happened[order, line].prices.append(price)


def _changed(session: Session, happened: dict[_Key, _Happened], *, orders: set[int]) -> None:
    """The first change of a line's price says what it was ordered at: later ones are of the price that was taken."""
    row = PriceChangeRow
    query = select(row.order_id, row.line, row.old_price).where(_any_of(row.order_id, orders)).order_by(row.id)
    for order, line, price in session.execute(query):
        found = happened.get((order, line))
        if found is not None and found.first_price is None:
            found.first_price = price


def _any_of(column: InstrumentedAttribute[int], orders: set[int]) -> ColumnElement[bool]:
    """One array as parameter, however many orders there are."""
    return column == func.any(literal(sorted(orders), ARRAY(BigInteger)))
