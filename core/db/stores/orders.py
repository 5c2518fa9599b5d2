"""Sales orders: what they say, how far they are, and the append-only history of their promises."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, insert, select, text, tuple_, update
from sqlalchemy.orm import aliased

from core.db.codec import from_json, to_json
from core.db.locks import lock_key
from core.db.rows import (
    CustomerRow,
    ItemRow,
    LocationRow,
    OrderVersionRow,
    PromiseRecordRow,
    SalesOrderLineRow,
    SalesOrderRow,
)
from core.db.stores import order_facts, order_progress
from core.db.stores.order_amendments import keep_amendment, read_amendments
from core.db.stores.order_mapping import customer_id, line_of, order_of, progress_of, terms_of, wishes_of
from core.db.stores.order_progress import follow_lines, locked_lines, locked_order
from core.db.stores.order_schedules import add_entry, read_schedule, read_timeline, write_schedule
from core.db.transaction import Transaction
from core.domain.amendments import BEFORE_PICKING, AmendmentDone
from core.domain.errors import ConflictError, InvalidValueError, NotFoundError
from core.domain.ids import CustomerCode, OrderNo
from core.domain.order_life import OrderState
from core.domain.order_terms import OrderKind
from core.domain.order_versions import OrderContent
from core.domain.orders import PromiseRecord, SalesOrder, SalesOrderLine
from core.domain.schedules import ScheduleLine, moved_to, resized
from core.domain.timeline import TimelineEntry

_NODE = aliased(LocationRow)


@dataclass(frozen=True, slots=True)
class SqlOrderStore:
    """Sales orders of this transaction."""

    transaction: Transaction

    def order(self, number: OrderNo) -> SalesOrder:
        """A sales order by number."""
        query = (
            select(SalesOrderRow, CustomerRow.code, LocationRow.code)
            .join(CustomerRow, CustomerRow.id == SalesOrderRow.customer_id)
            .join(LocationRow, LocationRow.id == SalesOrderRow.ship_from_id)
            .where(SalesOrderRow.number == number)
            .execution_options(populate_existing=True)
        )
        found = self.transaction.session.execute(query).one_or_none()
        if found is None:
            raise NotFoundError(f"there is no sales order {number!r}")
        row, customer, location = found
        return order_of(row, customer=customer, ship_from=location)

    def lines(self, number: OrderNo) -> tuple[SalesOrderLine, ...]:
        """The lines of an order by their numbers."""
        found = self.transaction.session.execute(_lines_of(number).order_by(SalesOrderLineRow.line))
        return tuple(line_of(row, order=number, item=item, node=node) for row, item, node in found)

    def line(self, number: OrderNo, line: int) -> SalesOrderLine:
        """An order line."""
        row, item, node = self._row(number, line)
        return line_of(row, order=number, item=item, node=node)

    def of_lines(
        self, keys: Collection[tuple[OrderNo, int]]
    ) -> dict[tuple[OrderNo, int], tuple[SalesOrder, SalesOrderLine]]:
        """Those of these lines that there are, by order and number, each with its order."""
        query = (
            select(SalesOrderRow, CustomerRow.code, LocationRow.code, SalesOrderLineRow, ItemRow.code, _NODE.code)
            .join(SalesOrderLineRow, SalesOrderLineRow.order_id == SalesOrderRow.id)
            .join(CustomerRow, CustomerRow.id == SalesOrderRow.customer_id)
            .join(LocationRow, LocationRow.id == SalesOrderRow.ship_from_id)
            .join(ItemRow, ItemRow.id == SalesOrderLineRow.item_id)
            .outerjoin(_NODE, _NODE.id == SalesOrderLineRow.node_id)
            .where(tuple_(SalesOrderRow.number, SalesOrderLineRow.line).in_(sorted(keys)))
            .execution_options(populate_existing=True)
        )
        found: dict[tuple[OrderNo, int], tuple[SalesOrder, SalesOrderLine]] = {}
        for row, customer, location, line, item, node in self.transaction.session.execute(query):
            order = order_of(row, customer=customer, ship_from=location)
            found[order.number, line.line] = order, line_of(line, order=order.number, item=item, node=node)
        return found

    def new_number(self) -> OrderNo:
        """The next number no order has."""
        taken = "SELECT nextval(pg_get_serial_sequence('sales_orders', 'id'))"
        while True:
            number = f"SO-{self.transaction.session.execute(text(taken)).scalar_one()}"
            known = select(SalesOrderRow.id).where(SalesOrderRow.number == number)
            if self.transaction.session.scalars(known).one_or_none() is None:
                return OrderNo(number)

    def with_po(self, customer: CustomerCode, customer_po: str, *, since: date) -> tuple[OrderNo, ...]:
        """Orders with the customer's PO number since a day; the number is locked until the transaction ends."""
        key = self.transaction.session.scalars(select(func.po_key_of(customer_po))).one()
        lock = select(func.pg_advisory_xact_lock(lock_key(f"customer-po:{customer}:{key}")))
        self.transaction.session.execute(lock)
        query = (
            select(SalesOrderRow.number)
            .join(CustomerRow, CustomerRow.id == SalesOrderRow.customer_id)
            .where(
                CustomerRow.code == customer,
                SalesOrderRow.po_key == key,
                SalesOrderRow.order_date >= since,
                SalesOrderRow.state != OrderState.CANCELLED,
            )
            .order_by(SalesOrderRow.number)
        )
        return tuple(OrderNo(number) for number in self.transaction.session.scalars(query))

    def quotes_before(self, day: date) -> tuple[OrderNo, ...]:
        """The quotes that expired before a day and were neither placed nor cancelled."""
        waiting = (SalesOrderRow.kind == OrderKind.QUOTE, SalesOrderRow.state != OrderState.CANCELLED)
        query = select(SalesOrderRow.number).where(*waiting, SalesOrderRow.quote_expires_on < day)
        found = self.transaction.session.scalars(query.order_by(SalesOrderRow.number))
        return tuple(OrderNo(number) for number in found)

    def past_cancel_date(self, day: date) -> tuple[tuple[OrderNo, int], ...]:
        """The lines not picked yet of which something is open after the day it was to be cancelled."""
        line = SalesOrderLineRow
        query = (
            select(SalesOrderRow.number, line.line)
            .join(line, line.order_id == SalesOrderRow.id)
            .where(line.cancel_after < day, line.ordered > line.shipped + line.cancelled)
            .where(line.state.in_(BEFORE_PICKING))
            .order_by(SalesOrderRow.number, line.line)
        )
        return tuple((OrderNo(number), found) for number, found in self.transaction.session.execute(query))

    def add(self, order: SalesOrder, lines: Sequence[SalesOrderLine]) -> None:
        """A new order with its lines; each line that is confirmed already has a schedule set by whoever did that."""
        last = select(func.coalesce(func.max(SalesOrderRow.entry_sequence), 0) + 1).scalar_subquery()
        row = {
            **terms_of(order, self.transaction),
            "number": order.number,
            "customer_id": customer_id(self.transaction, order.customer),
            "entry_sequence": order.entry_sequence or last,
            "state": order.state,
            "version": order.version,
        }
        inserted = insert(SalesOrderRow).values(row).returning(SalesOrderRow.id)
        key = self.transaction.session.scalars(inserted).one()
        for line in lines:
            self._add_line(key, line)
        self.transaction.note(
            scope=f"order:{order.number}",
            event="order_added",
            subject=order.number,
            facts=order_facts.added(customer=order.customer, kind=order.kind, lines=len(lines), state=order.state),
        )

    def lock(self, number: OrderNo, *, version: int) -> SalesOrder:
        """The order, held until this transaction ends."""
        self._locked(number, version)
        return self.order(number)

    def save(self, order: SalesOrder, *, version: int) -> int:
        """What the order says from now on; the earlier version is kept whole."""
        row = self._locked(order.number, version)
        kept = OrderVersionRow(
            order_id=row.id,
            version=version,
            content=to_json(OrderContent, self._content(order.number)),
            actor=self.transaction.actor,
            recorded_at=self.transaction.now,
        )
        self.transaction.session.add(kept)
        terms = terms_of(order, self.transaction)
        changed = update(SalesOrderRow).where(SalesOrderRow.id == row.id).values(**terms, version=version + 1)
        self.transaction.session.execute(changed, execution_options={"synchronize_session": False})
        self.transaction.note(
            scope=f"order:{order.number}",
            event="order_saved",
            subject=order.number,
            facts={"version": version + 1},
        )
        return version + 1

    def save_line(self, line: SalesOrderLine) -> None:
        """What a line says from now on; a changed quantity changes its schedule, a new line its order's state."""
        order = locked_order(self.transaction, line.order)
        rows = {row.line: row for row in locked_lines(self.transaction, order)}
        known = rows.get(line.line)
        if known is None:
            self._add_line(order.id, line)
            follow_lines(order, locked_lines(self.transaction, order))
            self.transaction.session.flush()
        else:
            self._change_line(known, line)
        self.transaction.note(
            scope=f"order:{line.order}",
            event="line_added" if known is None else "line_saved",
            subject=f"{line.order}/{line.line}",
            facts={"item": line.item, "ordered": line.ordered, "requested": line.requested, "price": line.unit_price},
        )

    def version_of(self, number: OrderNo, version: int) -> OrderContent:
        """What the order said at a version."""
        now = self._content(number)
        if version == now.order.version:
            return now
        query = (
            select(OrderVersionRow.content)
            .join(SalesOrderRow, SalesOrderRow.id == OrderVersionRow.order_id)
            .where(SalesOrderRow.number == number, OrderVersionRow.version == version)
        )
        kept = self.transaction.session.scalars(query).one_or_none()
        if kept is None:
            raise NotFoundError(f"order {number} has no version {version!r}; it has 1 to {now.order.version}")
        return from_json(OrderContent, kept)

    def keep_amendment(self, done: AmendmentDone) -> None:
        """Keep a change with what was shown before it."""
        order = locked_order(self.transaction, done.order)
        keep_amendment(self.transaction, order.id, done)

    def amendments(self, number: OrderNo) -> tuple[AmendmentDone, ...]:
        """The changes of an order, oldest first."""
        return read_amendments(self.transaction, number)

    def advance(self, number: OrderNo, line: int | None, *, to: OrderState, why: str) -> None:
        """A step of one line, or of every line that may take it and is not on hold."""
        order_progress.advance(self.transaction, number, line, to=to, why=why)

    def resume(self, number: OrderNo, *, why: str) -> None:
        """Every line on hold is again what it was before."""
        order_progress.resume(self.transaction, number, why=why)

    def count_line(
        self,
        number: OrderNo,
        line: int,
        *,
        shipped: int = 0,
        cancelled: int = 0,
        delivered: int = 0,
        invoiced: int = 0,
        returned: int = 0,
    ) -> None:
        """Add to the counts of a line."""
        counts = {
            "shipped": shipped,
            "cancelled": cancelled,
            "delivered": delivered,
            "invoiced": invoiced,
            "returned": returned,
        }
        order_progress.count_line(self.transaction, number, line, counts)

    def schedule(self, number: OrderNo, line: int) -> tuple[ScheduleLine, ...]:
        """The parts of a line."""
        row, *_ = self._row(number, line)
        return read_schedule(self.transaction, row.order_id, line)

    def set_schedule(self, number: OrderNo, line: int, lines: Sequence[ScheduleLine]) -> None:
        """The parts of a line from now on; together they are exactly what was ordered."""
        locked_order(self.transaction, number)
        row, *_ = self._row(number, line, lock=True)
        parts = sum(part.quantity for part in lines)
        if parts != row.ordered:
            raise InvalidValueError(
                f"the schedule of order line {number}/{line} has {parts} units; accepted are the {row.ordered} ordered",
                order=number,
                line=line,
            )
        write_schedule(self.transaction, row.order_id, line, lines)
        self.transaction.note(
            scope=f"order:{number}",
            event="line_scheduled",
            subject=f"{number}/{line}",
            facts=order_facts.scheduled(lines),
        )

    def tell(self, number: OrderNo, entry: TimelineEntry) -> None:
        """One more entry of the timeline."""
        key = self.transaction.key(SalesOrderRow.id, SalesOrderRow.number, number, what=f"sales order {number!r}")
        add_entry(self.transaction, key, entry)
        facts = order_facts.told(entry)
        self.transaction.note(scope=f"order:{number}", event="order_told", subject=number, facts=facts)

    def timeline(self, number: OrderNo) -> tuple[TimelineEntry, ...]:
        """What happened to an order and was said about it, oldest first."""
        return read_timeline(self.transaction, number)

    def promise(self, record: PromiseRecord) -> None:
        """Move a line's promise and keep why; ConflictError when the date it moves from is no longer the one."""
        locked_order(self.transaction, record.order)
        row, *_ = self._row(record.order, record.line, lock=True)
        if (row.promised or row.requested) != record.old:
            raise ConflictError(
                f"order line {record.order}/{record.line} is promised for {row.promised}, not for {record.old}"
            )
        row.promised = record.new
        if row.first_promised is None:
            row.first_promised = record.new
        self.transaction.session.add(
            PromiseRecordRow(
                order_id=row.order_id,
                line=record.line,
                old=record.old,
                new=record.new,
                reason=record.reason,
                proposal_id=record.proposal,
                recorded_at=self.transaction.now,
            )
        )
        parts = read_schedule(self.transaction, row.order_id, record.line)
        if parts:
            write_schedule(self.transaction, row.order_id, record.line, moved_to(parts, record.new))
        self.transaction.note(
            scope=f"order:{record.order}",
            event="promise_moved",
            subject=f"{record.order}/{record.line}",
            facts={"old": record.old, "new": record.new, "reason": record.reason, "proposal": record.proposal},
        )

    def promises(self, number: OrderNo, line: int) -> tuple[PromiseRecord, ...]:
        """The history of a line's promise, oldest first."""
        query = (
            select(PromiseRecordRow)
            .join(SalesOrderRow, SalesOrderRow.id == PromiseRecordRow.order_id)
            .where(SalesOrderRow.number == number, PromiseRecordRow.line == line)
            .order_by(PromiseRecordRow.id)
        )
        return tuple(
            PromiseRecord(order=number, line=line, old=r.old, new=r.new, reason=r.reason, proposal=r.proposal_id)
            for r in self.transaction.session.scalars(query)
        )

    def _locked(self, number: OrderNo, version: int) -> SalesOrderRow:
        row = locked_order(self.transaction, number)
        if row.version != version:
            raise ConflictError(
                f"order {number} is at version {row.version}, not {version}; read it again", version=row.version
            )
        return row

    def _content(self, number: OrderNo) -> OrderContent:
        return OrderContent(order=self.order(number), lines=self.lines(number))

    def _add_line(self, order_id: int, line: SalesOrderLine) -> None:
        values = {**wishes_of(line, self.transaction), **progress_of(line), "order_id": order_id, "line": line.line}
        self.transaction.session.execute(insert(SalesOrderLineRow).values(values))

    def _change_line(self, row: SalesOrderLineRow, line: SalesOrderLine) -> None:
        done = row.shipped + row.cancelled
        if line.ordered < done:
            raise InvalidValueError(
                f"order line {line.order}/{line.line} cannot be for {line.ordered}: {done} have shipped or were"
                f" cancelled; accepted is {max(done, 1)} or more",
                line=line.line,
            )
        change = line.ordered - row.ordered
        for name, value in wishes_of(line, self.transaction).items():
            setattr(row, name, value)
        self.transaction.session.flush()
        parts = read_schedule(self.transaction, row.order_id, line.line)
        if parts and change:
            place = line.node or self.order(line.order).ship_from
            write_schedule(self.transaction, row.order_id, line.line, resized(parts, change, location=place))

    def _row(self, number: OrderNo, line: int, *, lock: bool = False) -> tuple[SalesOrderLineRow, str, str | None]:
        query = _lines_of(number).where(SalesOrderLineRow.line == line)
        found = self.transaction.session.execute(
            query.with_for_update(of=SalesOrderLineRow) if lock else query
        ).one_or_none()
        if found is None:
            raise NotFoundError(f"there is no sales order line {number}/{line}")
        return found[0], found[1], found[2]


def _lines_of(number: OrderNo) -> Select[SalesOrderLineRow, str, str]:
    return (
        select(SalesOrderLineRow, ItemRow.code, _NODE.code)
        .join(SalesOrderRow, SalesOrderRow.id == SalesOrderLineRow.order_id)
        .join(ItemRow, ItemRow.id == SalesOrderLineRow.item_id)
        .outerjoin(_NODE, _NODE.id == SalesOrderLineRow.node_id)
        .where(SalesOrderRow.number == number)
        .execution_options(populate_existing=True)
    )
