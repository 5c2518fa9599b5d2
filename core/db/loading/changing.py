"""Changing a company row by row as a later pack says: new rows, changed ones, and closed ones that stay."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from core.db import rows
from core.db.loading.inserting import first_promise, put
from core.db.loading.schedules import schedule_rows
from core.db.loading.tables import TABLES, Keys, Table, Values, values_of
from core.db.rows.closing import Closing
from core.domain.errors import ConflictError
from core.domain.ids import LocationCode
from core.domain.orders import SalesOrderLine, SupplyState
from core.domain.supply_life import PurchaseStage, TransferStage, WorkStage

# What a supply order becomes on the way to its end when it is over there and was not so far here.
_BEFORE_THE_END = {
    "work_orders": (WorkStage.OPEN, WorkStage.RELEASED),
    "transfer_orders": (TransferStage.OPEN, TransferStage.SHIPPED),
}
_CANNOT_BE_CANCELLED = {PurchaseStage.PARTLY_RECEIVED, WorkStage.STARTED, TransferStage.SHIPPED}


def insert_rows(session: Session, table: Table, values: Sequence[Any], keys: Keys, *, now: datetime) -> None:
    """New rows; a row of master data that was closed is in use again, as the pack says it."""
    if not values:
        return
    stamp: Values = {"recorded_at": now} if table.name == "lots" else {}
    found = [{**_found(table, value, keys), **stamp} for value in values]
    statement = insert(table.row).values(found)
    if issubclass(table.row, Closing):
        key = _key_columns(table)
        again = {name: statement.excluded[name] for name in found[0] if name not in key}
        statement = statement.on_conflict_do_update(index_elements=list(key), set_={**again, "closed": None})
    session.execute(statement)


def insert_lines(session: Session, lines: Sequence[SalesOrderLine], keys: Keys, now: datetime) -> None:
    """New order lines with their schedule and their first promise."""
    insert_rows(session, TABLES["sales_order_lines"], lines, keys, now=now)
    query = select(rows.SalesOrderRow.number, rows.LocationRow.code).join(
        rows.LocationRow, rows.LocationRow.id == rows.SalesOrderRow.ship_from_id
    )
    places = {number: LocationCode(code) for number, code in session.execute(query)}
    put(session, rows.ScheduleLineRow, [row for x in lines for row in schedule_rows(x, places[x.order], keys)])
    promised = [line for line in lines if line.promised is not None]
    put(session, rows.PromiseRecordRow, [{**first_promise(line, keys), "recorded_at": now} for line in promised])


def change_row(session: Session, table: Table, old: Any, new: Any, keys: Keys) -> None:
    """A row that is `old` as it is from now on."""
    was, now = values_of(table, old, keys), values_of(table, new, keys)
    changed = {name: value for name, value in now.items() if value != was[name]}
    if not changed:
        return
    if changed.get("state") == SupplyState.RECEIVED.value:
        _go_towards_the_end(session, table, was)
    columns = table.row.__table__.c
    if "version" in columns:
        changed["version"] = columns["version"] + 1
    still = [columns[name].is_not_distinct_from(was[name]) for name in changed if name in was]
    statement = update(table.row).where(_is(table, was), *still).values(changed)
    result = session.connection().execute(statement)
    if result.rowcount != 1:
        raise ConflictError(f"a row of {table.name} is no longer as it was read; load the pack again")


def close_row(session: Session, table: Table, value: Any, keys: Keys, *, reason: str) -> None:
    """A row that is over: master data keeps the reason, a supply order ends."""
    was = values_of(table, value, keys)
    if issubclass(table.row, Closing):
        ended: Values = {"closed": reason, **({"active": False} if table.name == "suppliers" else {})}
        session.execute(update(table.row).where(_is(table, was)).values(ended))
        return
    columns = table.row.__table__.c
    stage = session.scalars(select(columns["stage"]).where(_is(table, was))).one()
    received = stage in _CANNOT_BE_CANCELLED
    if received:
        _go_towards_the_end(session, table, was)
    state = SupplyState.RECEIVED if received else SupplyState.CANCELLED
    over = {"state": state.value, "version": columns["version"] + 1}
    session.connection().execute(update(table.row).where(_is(table, was)).values(over))


def _go_towards_the_end(session: Session, table: Table, was: Values) -> None:
    if table.name in _BEFORE_THE_END:
        first, then = _BEFORE_THE_END[table.name]
        step = (
            update(table.row)
            .where(_is(table, was), table.row.__table__.c["stage"] == first.value)
            .values(stage=then.value)
        )
        session.connection().execute(step)


def _found(table: Table, value: Any, keys: Keys) -> Values:
    more: Mapping[str, Values] = {
        "locations": {"virtual": False},
        "purchase_orders": {"proposal_id": None},
        "transfer_orders": {"proposal_id": None},
    }
    return {**values_of(table, value, keys), **more.get(table.name, {})}


def _key_columns(table: Table) -> tuple[str, ...]:
    """The columns of the business key: the code of a numbered thing, else the primary key."""
    if table.numbered is not None:
        return (table.numbered[1],)
    if table.code is not None:
        return (table.code,)
    return tuple(column.name for column in table.row.__table__.primary_key)


def _is(table: Table, values: Values) -> ColumnElement[bool]:
    return and_(*(getattr(table.row, name) == values[name] for name in _key_columns(table)))
