"""Sales orders and the append-only history of their promises."""

from dataclasses import dataclass

from sqlalchemy import select

from core.db.rows import CustomerRow, ItemRow, LocationRow, PromiseRecordRow, SalesOrderLineRow, SalesOrderRow
from core.db.transaction import Transaction
from core.domain.errors import ConflictError, NotFoundError
from core.domain.ids import CustomerCode, ItemCode, LocationCode, OrderNo
from core.domain.orders import PromiseRecord, SalesOrder, SalesOrderLine


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
        )
        found = self.transaction.session.execute(query).one_or_none()
        if found is None:
            raise NotFoundError(f"there is no sales order {number!r}")
        row, customer, location = found
        return SalesOrder(
            number=OrderNo(row.number),
            customer=CustomerCode(customer),
            customer_po=row.customer_po,
            channel=row.channel,
            order_date=row.order_date,
            currency=row.currency,
            ship_from=LocationCode(location),
            priority=row.priority,
            entry_sequence=row.entry_sequence,
        )

    def line(self, number: OrderNo, line: int) -> SalesOrderLine:
        """An order line."""
        row, item = self._row(number, line)
        return SalesOrderLine(
            order=number,
            line=row.line,
            item=ItemCode(item),
            ordered=row.ordered,
            shipped=row.shipped,
            cancelled=row.cancelled,
            unit_price=row.unit_price,
            requested=row.requested,
            first_promised=row.first_promised,
            promised=row.promised,
        )

    def promise(self, record: PromiseRecord) -> None:
        """Move a line's promise and keep why; ConflictError when the date it moves from is no longer the one."""
        row, _ = self._row(record.order, record.line, lock=True)
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

    def _row(self, number: OrderNo, line: int, *, lock: bool = False) -> tuple[SalesOrderLineRow, str]:
        query = (
            select(SalesOrderLineRow, ItemRow.code)
            .join(SalesOrderRow, SalesOrderRow.id == SalesOrderLineRow.order_id)
            .join(ItemRow, ItemRow.id == SalesOrderLineRow.item_id)
            .where(SalesOrderRow.number == number, SalesOrderLineRow.line == line)
            .execution_options(populate_existing=True)
        )
        found = self.transaction.session.execute(
            query.with_for_update(of=SalesOrderLineRow) if lock else query
        ).one_or_none()
        if found is None:
            raise NotFoundError(f"there is no sales order line {number}/{line}")
        return found[0], found[1]
