"""Storing a whole company: plain inserts in key order, opening stock booked from the virtual opening location."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import JSONB, dialect
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.db import rows
from core.db.loading.schedules import schedule_rows
from core.db.loading.tables import GOODS, MASTERS, ORDERS, TABLES, Keys, Table, Values, values_of
from core.domain.company import Company, Settings
from core.domain.ids import LocationCode
from core.domain.items import Location
from core.domain.loaded_orders import with_lives
from core.domain.orders import SalesOrderLine, SupplyState, TransferOrder
from core.domain.stock import VirtualPlace

VIRTUAL_LOCATIONS = tuple(place.location for place in VirtualPlace)
_AT_ONCE = 2000
_DIALECT = dialect()


def insert_company(session: Session, company: Company, *, content_hash: str, now: datetime) -> None:
    """Insert every table of the company into an empty database; the caller's transaction decides whether it stays."""
    company = with_lives(company)
    keys = _keys(company)
    put(session, rows.SettingsRow, [settings_values(company.settings, content_hash)])
    for table in MASTERS:
        put(session, table.row, [_numbered_values(table, value, keys) for value in getattr(company, table.name)])
        if table.name == "locations":
            put(session, table.row, [_virtual(code, keys) for code in VIRTUAL_LOCATIONS])
    keys = _insert_goods(session, company, keys, now)
    _insert_stock(session, company, keys, now)
    for table in ORDERS:
        put(session, table.row, [_numbered_values(table, value, keys) for value in getattr(company, table.name)])
    places = {order.number: order.ship_from for order in company.sales_orders}
    lines = company.sales_order_lines
    put(session, rows.ScheduleLineRow, [row for x in lines for row in schedule_rows(x, places[x.order], keys)])
    promised = [line for line in company.sales_order_lines if line.promised is not None]
    put(session, rows.PromiseRecordRow, [{**first_promise(x, keys), "recorded_at": now} for x in promised])
    for table in (*MASTERS, *ORDERS):
        if table.numbered is not None:
            _count_on(session, table.row)


def _insert_goods(session: Session, company: Company, keys: Keys, now: datetime) -> Keys:
    """Prices, quotas and lots; the keys with those that the database gave to lists and lots."""
    given: dict[str, Mapping[str, int]] = dict(keys)
    for table in GOODS:
        stamp: Values = {"recorded_at": now} if table.name == "lots" else {}
        put(session, table.row, [{**values_of(table, value, given), **stamp} for value in getattr(company, table.name)])
        if table.row is rows.PriceListRow:
            given["price_list"] = _given(session, rows.PriceListRow.code, rows.PriceListRow.id)
        elif table.row is rows.LotRow:
            given["lot"] = _given(session, rows.LotRow.code, rows.LotRow.id)
    return given


def _given(session: Session, code: Any, key: Any) -> dict[str, int]:
    return {row[0]: row[1] for row in session.execute(select(code, key))}


def put(session: Session, row: type[rows.Row], values: list[Values]) -> None:
    """Insert rows, if there are any, in few statements: triggers record what a statement did, all rows at once."""
    for first in range(0, len(values), _AT_ONCE):
        _insert(session, row, values[first : first + _AT_ONCE])


def _insert(session: Session, row: type[rows.Row], values: list[Values]) -> None:
    """One column an array: as quick as COPY, which knows no row level security."""
    session.flush()
    raw = session.connection().connection.driver_connection
    assert isinstance(raw, psycopg.Connection)
    columns = {name: row.__table__.columns[name].type for name in values[0]}
    given = [
        [None if one[name] is None else Jsonb(one[name]) if isinstance(kind, JSONB) else one[name] for one in values]
        for name, kind in columns.items()
    ]
    kinds = [str(kind.compile(_DIALECT)) for kind in columns.values()]
    arrays = sql.SQL(", ").join(sql.SQL(f"%s::{kind}[]") for kind in kinds)  # pyright: ignore[reportArgumentType]  ours
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    statement = sql.SQL("INSERT INTO {} ({}) SELECT {} FROM unnest({}) WITH ORDINALITY x({}, place) ORDER BY place")
    try:
        raw.execute(statement.format(sql.Identifier(row.__tablename__), names, names, arrays, names), given)
    except psycopg.IntegrityError as error:  # as a statement of the session would have failed
        raise IntegrityError(f"INSERT {row.__tablename__}", None, error) from error


def settings_values(settings: Settings, content_hash: str) -> Values:
    """The one row of settings."""
    names = ("name", "as_of", "currency", "time_zone", "default_ship_from", "buffer_days")
    return {
        **{name: getattr(settings, name) for name in names},
        "id": 1,
        "late_penalty_percent": settings.default_late_penalty_percent,
        "assumptions": list(settings.assumptions),
        "content_hash": content_hash,
    }


def first_promise(line: SalesOrderLine, keys: Keys) -> Values:
    """The first entry of the history of a line's promise."""
    return {
        "order_id": keys["sales_order"][line.order],
        "line": line.line,
        "old": None,
        "new": line.promised,
        "reason": "loaded with the company",
        "proposal_id": None,
    }


def reservation(transfer: TransferOrder, keys: Keys) -> Values:
    """The claim of a transfer order that has not left yet."""
    claim = {"quantity": transfer.quantity, "kind": "transfer", "reference": transfer.number, "state": "open"}
    return {**_place(transfer.item, transfer.origin, keys), **claim}


def _keys(company: Company) -> Keys:
    keys = {
        table.numbered[0]: _numbered(getattr(value, table.numbered[1]) for value in getattr(company, table.name))
        for table in TABLES.values()
        if table.numbered is not None
    }
    keys["location"] = _numbered([*keys["location"], *VIRTUAL_LOCATIONS])
    return keys


def _numbered(codes: Iterable[str]) -> dict[str, int]:
    return {code: number for number, code in enumerate(codes, start=1)}


def _numbered_values(table: Table, value: Any, keys: Keys) -> Values:
    values = values_of(table, value, keys)
    if table.numbered is not None:
        kind, name = table.numbered
        values["id"] = keys[kind][getattr(value, name)]
    return {**values, **_MEANT.get(table.name, {})}


# What a row of a pack means beyond what it says.
_MEANT: dict[str, Values] = {
    "locations": {"virtual": False},
    "purchase_orders": {"proposal_id": None},
    "transfer_orders": {"proposal_id": None},
}


def _count_on(session: Session, row: Any) -> None:
    """The numbers given to new rows go on after those given here."""
    serial = func.pg_get_serial_sequence(row.__tablename__, "id")
    session.execute(select(func.setval(serial, func.coalesce(func.max(row.id), 1))))


def _insert_stock(session: Session, company: Company, keys: Keys, now: datetime) -> None:
    """Moves and reservations; triggers keep the balances, which nobody writes, so that few statements are quicker."""
    put(session, rows.StockBalanceRow, [_place(s.item, s.location, keys) for s in company.stock])
    stamp = {"moved_on": company.settings.as_of, "recorded_at": now}
    put(session, rows.StockMoveRow, [{**row, **stamp} for row in _opened(company, keys)])
    waiting = [t for t in company.transfer_orders if t.state is SupplyState.OPEN and not t.shipped]
    put(session, rows.ReservationRow, [{**reservation(t, keys), "recorded_at": now} for t in waiting])


def _virtual(code: str, keys: Keys) -> Values:
    place = Location(code=LocationCode(code), site=code, name=code)
    return {**values_of(TABLES["locations"], place, keys), "id": keys["location"][code], "virtual": True}


def _place(item: str, location: str, keys: Keys) -> Values:
    return {"item_id": keys["item"][item], "location_id": keys["location"][location]}


def _opened(company: Company, keys: Keys) -> list[Values]:
    """What was on hand, lot by lot, and the rest of each place in none."""
    item_of = {lot.code: lot.item for lot in company.lots}
    loose = {(row.item, row.location): row.on_hand for row in company.stock}
    found: list[Values] = []
    for part in company.lot_stock:
        item = item_of[part.lot]
        loose[item, part.location] -= part.on_hand
        found.append(_opening(item, part.location, part.on_hand, keys, lot=keys["lot"][part.lot]))
    return found + [_opening(item, place, units, keys) for (item, place), units in loose.items() if units]


def _opening(item: str, location: str, units: int, keys: Keys, *, lot: int | None = None) -> Values:
    return {
        "item_id": keys["item"][item],
        "origin_id": keys["location"][VirtualPlace.OPENING.location],
        "destination_id": keys["location"][location],
        "quantity": units,
        "lot_id": lot,
        "reason": "opening balance",
        "reference": "opening",
    }
