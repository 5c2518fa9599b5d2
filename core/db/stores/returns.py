"""Returns: a compare-and-set on their version for every step; no more comes back than was delivered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from sqlalchemy import and_, func, select, text, update
from sqlalchemy.dialects.postgresql import insert

from core.db.rows import (
    DispositionRow,
    ItemRow,
    LocationRow,
    LotRow,
    RefundRow,
    RetrievedComponentRow,
    ReturnCountRow,
    ReturnLineRow,
    ReturnRow,
    SalesOrderLineRow,
    SalesOrderRow,
    ShipmentLineRow,
    ShipmentRow,
    ShippedSerialRow,
)
from core.db.stores.order_mapping import item_id, place_codes, place_id
from core.db.stores.order_progress import locked_order
from core.db.stores.return_figures import read_history, read_rates
from core.db.transaction import Transaction
from core.domain.errors import ConflictError, InvalidValueError, NotFoundError
from core.domain.ids import ItemCode, LocationCode, OrderNo, UserName
from core.domain.returns import (
    Disposition,
    DispositionKind,
    Refund,
    RetrievedComponent,
    Return,
    ReturnLine,
    ReturnMethod,
    ReturnRate,
    ReturnReason,
    ReturnState,
    SerialEvent,
    Wish,
)

# One statement: the count of a line never grows past what was delivered of it.
_ASK = text("""
INSERT INTO return_counts AS c (order_id, line, asked)
SELECT l.order_id, l.line, :units FROM sales_order_lines l
WHERE l.order_id = :order AND l.line = :line AND :units <= l.delivered
ON CONFLICT (order_id, line) DO UPDATE SET asked = c.asked + excluded.asked
WHERE c.asked + excluded.asked
      <= (SELECT l.delivered FROM sales_order_lines l WHERE l.order_id = c.order_id AND l.line = c.line)
RETURNING c.asked
""")
_GIVE_BACK = text("UPDATE return_counts SET asked = asked - :units WHERE order_id = :order AND line = :line")


@dataclass(frozen=True, slots=True)
class SqlReturnStore:
    """Returns of this transaction."""

    transaction: Transaction

    def add(self, given: Return) -> None:
        """A new return, requested; InvalidValueError when a line would return more than was delivered."""
        order = locked_order(self.transaction, given.order)
        self._ask(order.id, given)
        row = ReturnRow(
            number=given.number,
            order_id=order.id,
            location_id=place_id(self.transaction, given.location),
            state=ReturnState.REQUESTED.value,
            wish=given.wish.value,
            method=given.method.value,
            note=given.note,
            refusal="",
            exchange_order=None,
            version=1,
            requested_at=self.transaction.now,
            received_at=None,
            changed_at=self.transaction.now,
        )
        self.transaction.session.add(row)
        self.transaction.session.flush()
        for line in given.lines:
            self.transaction.session.add(self._line(row, line))
        self.transaction.session.flush()
        units = {str(line.position): {"line": line.line, "units": line.quantity} for line in given.lines}
        self._note(given.number, "return_requested", {"order": given.order, "lines": units, "wish": given.wish})

    def new_number(self, order: OrderNo) -> str:
        """The next RMA number of an order; the order is held, so nobody else takes it."""
        key = locked_order(self.transaction, order).id
        count = select(func.count()).select_from(ReturnRow).where(ReturnRow.order_id == key)
        return f"{order}-R{self.transaction.session.scalars(count).one() + 1}"

    def get(self, number: str) -> Return:
        """A return by its RMA number."""
        query = (
            select(ReturnRow, SalesOrderRow.number, LocationRow.code)
            .join(SalesOrderRow, SalesOrderRow.id == ReturnRow.order_id)
            .join(LocationRow, LocationRow.id == ReturnRow.location_id)
            .where(ReturnRow.number == number)
            .execution_options(populate_existing=True)
        )
        found = self.transaction.session.execute(query).one_or_none()
        if found is None:
            raise NotFoundError(f"there is no return {number!r}")
        row, order, place = found
        return Return(
            number=row.number,
            order=OrderNo(order),
            location=LocationCode(place),
            state=ReturnState(row.state),
            wish=Wish(row.wish),
            method=ReturnMethod(row.method),
            note=row.note,
            refusal=row.refusal,
            exchange_order=OrderNo(row.exchange_order) if row.exchange_order else None,
            version=row.version,
            requested_at=row.requested_at,
            received_at=row.received_at,
            lines=self._lines(row.id),
        )

    def of_order(self, order: OrderNo) -> tuple[Return, ...]:
        """The returns of an order, oldest first."""
        query = select(ReturnRow.number).join(SalesOrderRow, SalesOrderRow.id == ReturnRow.order_id)
        numbers = self.transaction.session.scalars(query.where(SalesOrderRow.number == order).order_by(ReturnRow.id))
        return tuple(self.get(number) for number in numbers.all())

    def save(self, given: Return, *, version: int, event: str, facts: Mapping[str, object]) -> Return:
        """What the return is from now on; ConflictError when somebody changed it since it was read."""
        changed = (
            update(ReturnRow)
            .where(ReturnRow.number == given.number, ReturnRow.version == version)
            .values(
                state=given.state.value,
                location_id=place_id(self.transaction, given.location),
                refusal=given.refusal,
                exchange_order=given.exchange_order,
                received_at=given.received_at,
                changed_at=self.transaction.now,
                version=version + 1,
            )
            .execution_options(synchronize_session=False)
        )
        if not self.transaction.session.connection().execute(changed).rowcount:
            now = self._row(given.number)
            raise ConflictError(
                f"return {given.number} is {now.state} at version {now.version}, not at {version} as it was read;"
                " look at it again",
                number=given.number,
                version=now.version,
            )
        key = self._row(given.number).id
        for line in given.lines:
            there = (ReturnLineRow.return_id == key) & (ReturnLineRow.position == line.position)
            counts = {"received": line.received, "disposed": line.disposed, "finding": line.finding, "lot": line.lot}
            kept = update(ReturnLineRow).where(there).values(counts)
            self.transaction.session.execute(kept.execution_options(synchronize_session=False))
        self._note(given.number, event, facts)
        return replace(given, version=version + 1)

    def give_back_claims(self, given: Return) -> None:
        """The units of a refused return may be asked for again."""
        key = locked_order(self.transaction, given.order).id
        for line in given.lines:
            values = {"order": key, "line": line.line, "units": line.quantity}
            self.transaction.session.execute(_GIVE_BACK, values)

    def returnable(self, order: OrderNo) -> Mapping[int, int]:
        """Units by line that were delivered and are in no return; lines without any are left out."""
        left = SalesOrderLineRow.delivered - func.coalesce(ReturnCountRow.asked, 0)
        same = and_(
            ReturnCountRow.order_id == SalesOrderLineRow.order_id, ReturnCountRow.line == SalesOrderLineRow.line
        )
        query = (
            select(SalesOrderLineRow.line, left)
            .join(SalesOrderRow, SalesOrderRow.id == SalesOrderLineRow.order_id)
            .outerjoin(ReturnCountRow, same)
            .where(SalesOrderRow.number == order, left > 0)
            .order_by(SalesOrderLineRow.line)
        )
        return {line: int(units) for line, units in self.transaction.session.execute(query)}

    def delivered_serial(self, order: OrderNo, line: int, serial: str) -> bool:
        """Whether the unit left with a shipment of the order line."""
        query = (
            select(ShippedSerialRow.serial)
            .join(ShipmentRow, ShipmentRow.id == ShippedSerialRow.shipment_id)
            .join(
                ShipmentLineRow,
                (ShipmentLineRow.shipment_id == ShippedSerialRow.shipment_id)
                & (ShipmentLineRow.position == ShippedSerialRow.position),
            )
            .join(SalesOrderRow, SalesOrderRow.id == ShipmentRow.order_id)
            .where(SalesOrderRow.number == order, ShipmentLineRow.line == line, ShippedSerialRow.serial == serial)
            .where(ShipmentRow.state.in_(("shipped", "delivered")))
        )
        return self.transaction.session.scalars(query.limit(1)).one_or_none() is not None

    def shipped_lots(self, order: OrderNo, line: int) -> tuple[date | None, str]:
        """Of the lots shipped with an order line the first last good day, and where their material is from."""
        query = (
            select(func.min(LotRow.expires_on), func.max(LotRow.origin))
            .join(ItemRow, ItemRow.id == LotRow.item_id)
            .join(ShipmentLineRow, (ShipmentLineRow.lot == LotRow.code) & (ShipmentLineRow.item_id == LotRow.item_id))
            .join(ShipmentRow, ShipmentRow.id == ShipmentLineRow.shipment_id)
            .join(SalesOrderRow, SalesOrderRow.id == ShipmentRow.order_id)
            .where(SalesOrderRow.number == order, ShipmentLineRow.line == line)
        )
        expires_on, origin = self.transaction.session.execute(query).one()
        return expires_on, origin or ""

    def dispose(self, number: str, disposition: Disposition) -> None:
        """Keep what became of units."""
        row = DispositionRow(
            return_id=self._row(number).id,
            position=disposition.position,
            kind=disposition.kind.value,
            quantity=disposition.quantity,
            location_id=place_id(self.transaction, disposition.location),
            lot=disposition.lot,
            note=disposition.note,
            decided_by=disposition.decided_by,
            recorded_at=self.transaction.now,
        )
        self.transaction.session.add(row)
        self.transaction.session.flush()

    def dispositions(self, number: str) -> tuple[Disposition, ...]:
        """What became of the units of a return, oldest first."""
        codes = place_codes(self.transaction)
        query = select(DispositionRow).where(DispositionRow.return_id == self._row(number).id)
        return tuple(
            Disposition(
                position=row.position,
                kind=DispositionKind(row.kind),
                quantity=row.quantity,
                location=codes[row.location_id],
                lot=row.lot,
                note=row.note,
                decided_by=UserName(row.decided_by),
            )
            for row in self.transaction.session.scalars(query.order_by(DispositionRow.id))
        )

    def retrieve(self, number: str, component: RetrievedComponent) -> None:
        """Keep that a component was taken out."""
        row = RetrievedComponentRow(
            return_id=self._row(number).id,
            position=component.position,
            item_id=item_id(self.transaction, component.item),
            quantity=component.quantity,
            lot=component.lot,
            serial=component.serial,
            location_id=place_id(self.transaction, component.location),
            recorded_at=self.transaction.now,
        )
        self.transaction.session.add(row)
        self.transaction.session.flush()

    def retrieved(self, number: str) -> tuple[RetrievedComponent, ...]:
        """The components taken out of a return, oldest first."""
        codes = place_codes(self.transaction)
        query = (
            select(RetrievedComponentRow, ItemRow.code)
            .join(ItemRow, ItemRow.id == RetrievedComponentRow.item_id)
            .where(RetrievedComponentRow.return_id == self._row(number).id)
            .order_by(RetrievedComponentRow.id)
        )
        return tuple(
            RetrievedComponent(
                position=row.position,
                item=ItemCode(item),
                quantity=row.quantity,
                location=codes[row.location_id],
                lot=row.lot,
                serial=row.serial,
            )
            for row, item in self.transaction.session.execute(query)
        )

    def refund(self, number: str, refund: Refund) -> None:
        """Money given back, once a return."""
        values = {
            "return_id": self._row(number).id,
            "amount": refund.amount,
            "fee": refund.fee,
            "currency": refund.currency,
            "before_receipt": refund.before_receipt,
            "decided_by": refund.decided_by,
            "note": refund.note,
            "recorded_at": self.transaction.now,
        }
        added = insert(RefundRow).values(values).on_conflict_do_nothing().returning(RefundRow.return_id)
        if self.transaction.session.scalars(added).one_or_none() is None:
            raise ConflictError(f"return {number} was refunded before; money is given back once", number=number)

    def refund_of(self, number: str) -> Refund | None:
        """The money given back for a return, None while none was."""
        query = select(RefundRow).where(RefundRow.return_id == self._row(number).id)
        row = self.transaction.session.scalars(query).one_or_none()
        if row is None:
            return None
        return Refund(
            amount=row.amount,
            fee=row.fee,
            currency=row.currency,
            before_receipt=row.before_receipt,
            decided_by=UserName(row.decided_by),
            note=row.note,
        )

    def rates(self, by: Literal["item", "customer", "reason"], *, since: date | None = None) -> Sequence[ReturnRate]:
        """How much came back, by group; every group is measured against what was delivered to it."""
        return read_rates(self.transaction, by, since=since)

    def history(self, item: ItemCode, serial: str) -> tuple[SerialEvent, ...]:
        """What happened to a unit through sale, return, retrieval and reuse, oldest first."""
        return read_history(self.transaction, item, serial)

    def _ask(self, order: int, given: Return) -> None:
        asked: dict[int, int] = {}
        for line in given.lines:
            asked[line.line] = asked.get(line.line, 0) + line.quantity
        for line, units in sorted(asked.items()):
            values = {"order": order, "line": line, "units": units}
            if self.transaction.session.execute(_ASK, values).one_or_none() is None:
                raise InvalidValueError(
                    f"{units} units of order line {given.order}/{line} cannot come back: no more can be returned than"
                    " was delivered, less what is in other returns",
                    order=given.order,
                    line=line,
                    field="quantity",
                )

    def _line(self, row: ReturnRow, line: ReturnLine) -> ReturnLineRow:
        return ReturnLineRow(
            return_id=row.id,
            position=line.position,
            order_id=row.order_id,
            line=line.line,
            item_id=item_id(self.transaction, line.item),
            lot=line.lot,
            serial=line.serial,
            reason=line.reason.value,
            quantity=line.quantity,
            received=0,
            disposed=0,
            finding="",
        )

    def _lines(self, key: int) -> tuple[ReturnLine, ...]:
        query = (
            select(ReturnLineRow, ItemRow.code)
            .join(ItemRow, ItemRow.id == ReturnLineRow.item_id)
            .where(ReturnLineRow.return_id == key)
            .order_by(ReturnLineRow.position)
            .execution_options(populate_existing=True)
        )
        return tuple(
            ReturnLine(
                position=row.position,
                line=row.line,
                item=ItemCode(item),
                reason=ReturnReason(row.reason),
                quantity=row.quantity,
                serial=row.serial,
                lot=row.lot,
                received=row.received,
                disposed=row.disposed,
                finding=row.finding,
            )
            for row, item in self.transaction.session.execute(query)
        )

    def _row(self, number: str) -> ReturnRow:
        return self.transaction.one(ReturnRow, ReturnRow.number == number, what=f"return {number!r}")

    def _note(self, number: str, event: str, facts: Mapping[str, object]) -> None:
        self.transaction.note(scope=f"return:{number}", event=event, subject=number, facts=facts)
