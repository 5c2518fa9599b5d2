"""Purchase orders as they are worked on: their lines, suppliers' answers, and what has to be looked after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from core.db.rows import (
    AcknowledgementLineRow,
    AcknowledgementRow,
    ItemRow,
    LocationRow,
    PurchaseOrderLineRow,
    PurchaseOrderRow,
    SalesOrderRow,
    SupplierRow,
)
from core.db.transaction import Transaction
from core.domain.errors import ConflictError
from core.domain.ids import ItemCode, LocationCode, OrderNo, PurchaseOrderNo, SupplierCode
from core.domain.purchasing import Answer, ConfirmedLine, Purchase, PurchaseLine
from core.domain.supply_life import PurchaseStage, require_step, state_of

_LINES = (
    select(PurchaseOrderLineRow, ItemRow.code, LocationRow.code, SalesOrderRow.number)
    .join(ItemRow, ItemRow.id == PurchaseOrderLineRow.item_id)
    .join(LocationRow, LocationRow.id == PurchaseOrderLineRow.location_id)
    .outerjoin(SalesOrderRow, SalesOrderRow.id == PurchaseOrderLineRow.sales_order_id)
    .order_by(PurchaseOrderLineRow.line)
)
_LINE_VALUES = ("ordered", "received", "confirmed", "unit_price", "due", "requested")


@dataclass(frozen=True, slots=True)
class SqlPurchasingStore:
    """Purchase orders of this transaction."""

    transaction: Transaction

    def order(self, number: PurchaseOrderNo) -> Purchase:
        """A purchase order."""
        return self._purchase(self._row(number))

    def lock(self, number: PurchaseOrderNo, *, version: int | None = None) -> Purchase:
        """The order, held until the transaction ends; ConflictError when it is not at the version any more."""
        found = self._purchase(self._row(number, lock=True))
        if version is not None and found.version != version:
            raise ConflictError(
                f"purchase order {number!r} is at version {found.version}, not at {version!r}; read it again",
                version=found.version,
            )
        return found

    def lines(self, number: PurchaseOrderNo) -> tuple[PurchaseLine, ...]:
        """The lines of an order, by line number."""
        order = self._row(number)
        query = _LINES.where(PurchaseOrderLineRow.order_id == order.id).execution_options(populate_existing=True)
        return tuple(_line(number, *found) for found in self.transaction.session.execute(query))

    def add(self, order: Purchase, lines: Sequence[PurchaseLine]) -> None:
        """A new order with its lines; ConflictError when the number is taken."""
        supplier = self.transaction.one(
            SupplierRow, SupplierRow.code == order.supplier, what=f"supplier {order.supplier!r}"
        )
        row = PurchaseOrderRow(
            number=order.number,
            supplier_id=supplier.id,
            order_date=order.order_date,
            currency=order.currency,
            state=state_of(order.stage).value,
            stage=order.stage.value,
            version=order.version,
            sent_at=order.sent_at,
        )
        try:
            with self.transaction.session.begin_nested():
                self.transaction.session.add(row)
        except IntegrityError as error:
            raise ConflictError(f"there is a purchase order {order.number!r} already") from error
        self.transaction.session.add_all([self._line_row(row.id, line) for line in lines])
        facts = [{"line": x.line, "item": x.item, "quantity": x.ordered, "due": x.due} for x in lines]
        self._note(order.number, "purchase_order_added", {"supplier": order.supplier, "lines": facts})

    def advance(self, number: PurchaseOrderNo, *, to: PurchaseStage, why: str) -> None:
        """A step in the life of an order; to where it is already changes nothing."""
        row = self._row(number, lock=True)
        old = PurchaseStage(row.stage)
        if old is to:
            return
        require_step(f"purchase order {number!r}", old, to)
        row.stage, row.state = to.value, state_of(to).value
        if to is PurchaseStage.SENT:
            row.sent_at = self.transaction.now
        self.transaction.session.flush()
        self._note(number, "purchase_order_advanced", {"from": old.value, "to": to.value, "why": why})

    def save_lines(self, number: PurchaseOrderNo, lines: Sequence[PurchaseLine], *, why: str) -> None:
        """What lines say from now on, and the next version of the order."""
        row = self._row(number, lock=True)
        before = {line.line: line for line in self.lines(number)}
        changed = [_difference(before[line.line], line) for line in lines]
        for line in lines:
            self.transaction.session.execute(
                update(PurchaseOrderLineRow)
                .where(PurchaseOrderLineRow.order_id == row.id, PurchaseOrderLineRow.line == line.line)
                .values({name: getattr(line, name) for name in _LINE_VALUES})
            )
        row.version += 1
        self.transaction.session.flush()
        self._note(number, "purchase_lines_changed", {"why": why, "lines": changed, "version": row.version})

    def record_answer(
        self, number: PurchaseOrderNo, *, reference: str, source: str, lines: Sequence[ConfirmedLine]
    ) -> None:
        """Keep a supplier's answer; ConflictError when there is one of that reference."""
        answer = AcknowledgementRow(
            order_id=self._row(number).id,
            reference=reference,
            source=source,
            received_at=self.transaction.now,
            recorded_by=self.transaction.actor,
        )
        try:
            with self.transaction.session.begin_nested():
                self.transaction.session.add(answer)
        except IntegrityError as error:
            raise ConflictError(f"there is an answer {reference!r} to purchase order {number!r} already") from error
        self.transaction.session.add_all([_answer_row(answer.id, line) for line in lines])
        facts = [{"line": x.line, "answer": x.answer.value, "differs": [*x.differences]} for x in lines]
        self._note(number, "purchase_order_answered", {"reference": reference, "source": source, "lines": facts})

    def answers(self, number: PurchaseOrderNo) -> tuple[tuple[str, datetime, tuple[ConfirmedLine, ...]], ...]:
        """The supplier's answers with their lines, oldest first. What differed is kept in the audit log only."""
        query = (
            select(AcknowledgementRow, AcknowledgementLineRow)
            .join(AcknowledgementLineRow, AcknowledgementLineRow.acknowledgement_id == AcknowledgementRow.id)
            .where(AcknowledgementRow.order_id == self._row(number).id)
            .order_by(AcknowledgementRow.id, AcknowledgementLineRow.line)
        )
        found: dict[str, tuple[datetime, list[ConfirmedLine]]] = {}
        for answer, line in self.transaction.session.execute(query):
            found.setdefault(answer.reference, (answer.received_at, []))[1].append(_answered(line))
        return tuple((reference, at, tuple(lines)) for reference, (at, lines) in found.items())

    def _row(self, number: PurchaseOrderNo, *, lock: bool = False) -> PurchaseOrderRow:
        self.transaction.session.flush()
        return self.transaction.one(
            PurchaseOrderRow, PurchaseOrderRow.number == number, what=f"purchase order {number!r}", lock=lock
        )

    def _purchase(self, row: PurchaseOrderRow) -> Purchase:
        supplier = self.transaction.one(SupplierRow, SupplierRow.id == row.supplier_id, what="supplier")
        return Purchase(
            number=PurchaseOrderNo(row.number),
            supplier=SupplierCode(supplier.code),
            order_date=row.order_date,
            currency=row.currency,
            stage=PurchaseStage(row.stage),
            version=row.version,
            sent_at=row.sent_at,
        )

    def _line_row(self, order: int, line: PurchaseLine) -> PurchaseOrderLineRow:
        item = self.transaction.one(ItemRow, ItemRow.code == line.item, what=f"item {line.item!r}")
        place = self.transaction.one(LocationRow, LocationRow.code == line.location, what=f"location {line.location!r}")
        sold = None
        if line.sales_order is not None:
            sold = self.transaction.one(
                SalesOrderRow, SalesOrderRow.number == line.sales_order, what=f"sales order {line.sales_order!r}"
            )
        return PurchaseOrderLineRow(
            order_id=order,
            line=line.line,
            item_id=item.id,
            location_id=place.id,
            sales_order_id=sold.id if sold else None,
            sales_line=line.sales_line,
            **{name: getattr(line, name) for name in _LINE_VALUES},
        )

    def _note(self, number: PurchaseOrderNo, event: str, facts: Mapping[str, object]) -> None:
        self.transaction.note(scope=f"purchase:{number}", event=event, subject=number, facts=facts)


def _line(
    number: PurchaseOrderNo, row: PurchaseOrderLineRow, item: str, location: str, sold: str | None
) -> PurchaseLine:
    return PurchaseLine(
        order=number,
        line=row.line,
        item=ItemCode(item),
        location=LocationCode(location),
        sales_order=OrderNo(sold) if sold is not None else None,
        sales_line=row.sales_line,
        **{name: getattr(row, name) for name in _LINE_VALUES},
    )


def _difference(old: PurchaseLine, new: PurchaseLine) -> dict[str, object]:
    pairs = {name: (getattr(old, name), getattr(new, name)) for name in _LINE_VALUES}
    return {"line": new.line, **{name: [*pair] for name, pair in pairs.items() if pair[0] != pair[1]}}


def _answer_row(answer: int, line: ConfirmedLine) -> AcknowledgementLineRow:
    return AcknowledgementLineRow(
        acknowledgement_id=answer,
        line=line.line,
        answer=line.answer.value,
        quantity=line.quantity,
        due=line.due,
        unit_price=line.unit_price,
        note=line.note,
    )


def _answered(row: AcknowledgementLineRow) -> ConfirmedLine:
    return ConfirmedLine(
        line=row.line,
        answer=Answer(row.answer),
        quantity=row.quantity,
        due=row.due,
        unit_price=row.unit_price,
        note=row.note,
        differences=(),
    )
