"""The parts of order lines in their states, and the timeline of orders."""

from collections.abc import Sequence

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert

from core.db.rows import LocationRow, OrderTimelineRow, SalesOrderLineRow, SalesOrderRow, ScheduleLineRow
from core.db.stores.order_mapping import place_id
from core.db.transaction import Transaction
from core.domain.ids import LocationCode
from core.domain.order_terms import Channel
from core.domain.schedules import ScheduleLine, ScheduleState, opening_schedule
from core.domain.timeline import Direction, TimelineEntry, TimelineKind

_VOID = "void"


def read_schedule(transaction: Transaction, order_id: int, line: int) -> tuple[ScheduleLine, ...]:
    """The parts of a line in their order; void ones are no parts."""
    query = (
        select(ScheduleLineRow, LocationRow.code)
        .join(LocationRow, LocationRow.id == ScheduleLineRow.location_id)
        .where(ScheduleLineRow.order_id == order_id, ScheduleLineRow.line == line, ScheduleLineRow.state != _VOID)
        .order_by(ScheduleLineRow.sequence)
        .execution_options(populate_existing=True)
    )
    return tuple(
        ScheduleLine(day=row.day, quantity=row.quantity, location=LocationCode(code), state=ScheduleState(row.state))
        for row, code in transaction.session.execute(query)
    )


def write_schedule(transaction: Transaction, order_id: int, line: int, parts: Sequence[ScheduleLine]) -> None:
    """Put these parts in the place of those there are; nothing is deleted, what is over becomes void."""
    key = {"order_id": order_id, "line": line}
    of_line = (ScheduleLineRow.order_id == order_id, ScheduleLineRow.line == line)
    known = transaction.session.scalars(select(func.count()).select_from(ScheduleLineRow).where(*of_line)).one()
    for sequence, part in enumerate(parts, start=1):
        values = {
            "day": part.day,
            "quantity": part.quantity,
            "location_id": place_id(transaction, part.location),
            "state": part.state,
        }
        statement = insert(ScheduleLineRow).values({**key, "sequence": sequence, **values})
        transaction.session.execute(
            statement.on_conflict_do_update(index_elements=["order_id", "line", "sequence"], set_=values)
        )
    if known > len(parts):
        transaction.session.execute(
            update(ScheduleLineRow).where(*of_line, ScheduleLineRow.sequence > len(parts)).values(state=_VOID)
        )


def begin_schedule(transaction: Transaction, order: SalesOrderRow, line: SalesOrderLineRow) -> None:
    """A line that nobody scheduled is one part: promised when it has a date, else backordered."""
    if read_schedule(transaction, order.id, line.line):
        return
    place_key = line.node_id or order.ship_from_id
    place = transaction.one(LocationRow, LocationRow.id == place_key, what=f"location {place_key}")
    parts = opening_schedule(
        ordered=line.ordered,
        shipped=line.shipped,
        cancelled=line.cancelled,
        promised=line.promised,
        location=LocationCode(place.code),
    )
    write_schedule(transaction, order.id, line.line, parts)


def add_entry(transaction: Transaction, order_id: int, entry: TimelineEntry) -> None:
    """One more entry of the timeline; who and when are the actor and now when it does not say."""
    transaction.session.add(
        OrderTimelineRow(
            order_id=order_id,
            line=entry.line,
            kind=entry.kind,
            text=entry.text,
            who=entry.who or transaction.actor,
            channel=entry.channel,
            direction=entry.direction,
            recorded_at=entry.at or transaction.now,
        )
    )
    transaction.session.flush()


def read_timeline(transaction: Transaction, number: str) -> tuple[TimelineEntry, ...]:
    """The entries of an order, oldest first."""
    query = (
        select(OrderTimelineRow)
        .join(SalesOrderRow, SalesOrderRow.id == OrderTimelineRow.order_id)
        .where(SalesOrderRow.number == number)
        .order_by(OrderTimelineRow.recorded_at, OrderTimelineRow.id)
    )
    return tuple(
        TimelineEntry(
            kind=TimelineKind(row.kind),
            text=row.text,
            line=row.line,
            who=row.who,
            channel=Channel(row.channel) if row.channel else None,
            direction=Direction(row.direction) if row.direction else None,
            at=row.recorded_at,
        )
        for row in transaction.session.scalars(query)
    )
