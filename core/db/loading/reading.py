"""Reading a company back: our books in the shape of a pack."""

from typing import Any

from sqlalchemy import Select, inspect, select
from sqlalchemy.orm import Session

from core.db import rows
from core.db.codec import from_json
from core.db.loading.tables import GOODS, MASTERS, ORDERS, Table, attributes_of
from core.db.rows.closing import Closing
from core.domain.company import Company, Settings
from core.domain.ids import ItemCode, LocationCode, LotCode
from core.domain.items import StockBalance
from core.domain.lots import LotUnits

_CODES = {
    "item": rows.ItemRow.code,
    "location": rows.LocationRow.code,
    "customer": rows.CustomerRow.code,
    "supplier": rows.SupplierRow.code,
    "sales_order": rows.SalesOrderRow.number,
    "purchase_order": rows.PurchaseOrderRow.number,
    "price_list": rows.PriceListRow.code,
    "lot": rows.LotRow.code,
}


def numbers_of(session: Session) -> dict[str, dict[str, int]]:
    """The number of every code, by kind of thing."""
    return {
        kind: {code: key for key, code in session.execute(select(column.class_.id, column))}
        for kind, column in _CODES.items()
    }


def read_company(session: Session, settings: Settings) -> Company:
    """Everything a pack could say of us; closed master data is not among it."""
    codes = {kind: {key: code for code, key in found.items()} for kind, found in numbers_of(session).items()}
    parts = {table.name: _read(session, table, codes) for table in (*MASTERS, *GOODS, *ORDERS)}
    return Company(settings=settings, stock=_stock(session, codes), lot_stock=_lot_stock(session, codes), **parts)


def _read(session: Session, table: Table, codes: dict[str, dict[int, str]]) -> tuple[Any, ...]:
    query = _in_order(table.row)
    if issubclass(table.row, Closing):
        query = query.where(table.row.closed.is_(None))
    if table.name == "locations":
        query = query.where(~rows.LocationRow.virtual)
    found = session.scalars(query).all()
    values = (from_json(table.shape, attributes_of(table, row, codes)) for row in found)
    return tuple(values)


def _in_order(kind: type[rows.Row]) -> Select[Any]:
    """As they were entered, not as they lie in the table: a row that changes may move to where another was."""
    return select(kind).order_by(*inspect(kind).primary_key).execution_options(populate_existing=True)


def _stock(session: Session, codes: dict[str, dict[int, str]]) -> tuple[StockBalance, ...]:
    found = session.scalars(_in_order(rows.StockBalanceRow))
    return tuple(
        StockBalance(
            item=ItemCode(codes["item"][row.item_id]),
            location=LocationCode(codes["location"][row.location_id]),
            on_hand=row.on_hand,
            reserved=row.reserved,
        )
        for row in found
    )


def _lot_stock(session: Session, codes: dict[str, dict[int, str]]) -> tuple[LotUnits, ...]:
    query = _in_order(rows.LotBalanceRow).where(rows.LotBalanceRow.on_hand > 0)
    return tuple(
        LotUnits(
            lot=LotCode(codes["lot"][row.lot_id]),
            location=LocationCode(codes["location"][row.location_id]),
            on_hand=row.on_hand,
        )
        for row in session.scalars(query)
    )
