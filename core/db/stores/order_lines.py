"""Order lines as they are looked up: the columns, what they are joined with, and which are wanted."""

from typing import TypeVarTuple

from sqlalchemy import ColumnElement, Select, func, select, tuple_
from sqlalchemy.orm import aliased

from core.db.rows import CustomerRow, ItemRow, LocationRow, SalesOrderLineRow, SalesOrderRow, SettingsRow
from core.domain.ids import CustomerCode, ItemCode, LocationCode, OrderNo
from core.domain.overviews import LineFilter, LineOverview, LineStatus

Columns = TypeVarTuple("Columns")
_NOT_OWED = ("draft", "validated", "cancelled", "closed")
_LINE = SalesOrderLineRow
_NODE = aliased(LocationRow)
OPEN = _LINE.ordered - _LINE.shipped - _LINE.cancelled
DUE = func.coalesce(_LINE.promised, _LINE.requested)
OWED = (OPEN > 0) & _LINE.state.not_in(_NOT_OWED)
AS_OF = select(SettingsRow.as_of).scalar_subquery()
LATE = OWED & (AS_OF > DUE)
PLACE = func.coalesce(_NODE.code, LocationRow.code)


def joined(query: Select[*Columns]) -> Select[*Columns]:
    """A query of lines with their order, customer and item."""
    return (
        query.join(SalesOrderRow, SalesOrderRow.id == _LINE.order_id)
        .join(CustomerRow, CustomerRow.id == SalesOrderRow.customer_id)
        .join(ItemRow, ItemRow.id == _LINE.item_id)
    )


def lines() -> Select[SalesOrderLineRow, str, str, str, str, str, str]:
    """Lines with their order, customer, customer's name, item, item's name, and where they leave from."""
    columns = (SalesOrderRow.number, CustomerRow.code, CustomerRow.name, ItemRow.code, ItemRow.name, PLACE)
    return (
        joined(select(_LINE, *columns).select_from(_LINE))
        .join(LocationRow, LocationRow.id == SalesOrderRow.ship_from_id)
        .outerjoin(_NODE, _NODE.id == _LINE.node_id)
        .execution_options(populate_existing=True)
    )


def overview(
    row: SalesOrderLineRow,
    number: str,
    customer: str,
    customer_name: str,
    item: str,
    item_name: str,
    location: str,
) -> LineOverview:
    """What `lines` found."""
    return LineOverview(
        order=OrderNo(number),
        line=row.line,
        customer=CustomerCode(customer),
        customer_name=customer_name,
        item=ItemCode(item),
        item_name=item_name,
        ordered=row.ordered,
        open=row.ordered - row.shipped - row.cancelled,
        requested=row.requested,
        promised=row.promised,
        due=row.promised or row.requested,
        state=row.state,
        location=LocationCode(location),
    )


def wanted(asked: LineFilter) -> list[ColumnElement[bool]]:
    """The conditions of a filter."""
    found = list[ColumnElement[bool]]()
    if not asked.quotes:
        found.append(SalesOrderRow.kind == "order")
    if asked.status is not LineStatus.ALL:
        found.append(OWED)
    if asked.status is LineStatus.LATE:
        found.append(AS_OF > DUE)
    if asked.customer is not None:
        found.append(CustomerRow.code == asked.customer)
    if asked.item is not None:
        found.append(ItemRow.code == asked.item)
    if asked.due_after is not None:
        found.append(asked.due_after <= DUE)
    if asked.due_before is not None:
        found.append(asked.due_before >= DUE)
    if asked.keys is not None:
        found.append(tuple_(SalesOrderRow.number, _LINE.line).in_(list(asked.keys)))
    return found
