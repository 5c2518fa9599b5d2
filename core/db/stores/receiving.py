"""What is on its way from suppliers, and what arrived."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select, text
from sqlalchemy.exc import IntegrityError

from core.db.rows import (
    LocationRow,
    PurchaseOrderLineRow,
    PurchaseOrderRow,
    ReceiptRow,
    ShippingNoticeLineRow,
    ShippingNoticeRow,
    SupplierRow,
    TransferOrderRow,
    TransferReceiptRow,
    WorkOrderCompletionRow,
    WorkOrderRow,
)
from core.db.stores.bought_lines import bought_lines
from core.db.transaction import Transaction
from core.domain.errors import ConflictError, InvalidValueError
from core.domain.ids import LocationCode, PurchaseOrderNo, SupplierCode
from core.domain.purchasing import Receipt
from core.domain.robustness import PlaceRecord, TrackRecord
from core.domain.scorecards import BoughtLine
from core.domain.shipping_notices import NoticeLine, NoticeState, ShippingNotice

_TAKE = text("""
    UPDATE purchase_order_lines SET received = received + :accepted
    WHERE order_id = :order AND line = :line AND received + :accepted <= :most RETURNING received
""")
_ARRIVED = text("""
    UPDATE shipping_notice_lines SET received = received + :units
    WHERE notice_id = :notice AND position = :position AND received + :units <= quantity RETURNING received
""")
_ALL_ARRIVED = text("""
    UPDATE shipping_notices n SET state = 'received' WHERE n.id = :notice AND NOT EXISTS (
        SELECT 1 FROM shipping_notice_lines x WHERE x.notice_id = n.id AND x.received < x.quantity)
""")


@dataclass(frozen=True, slots=True)
class SqlReceivingStore:
    """Notices and receipts of this transaction."""

    transaction: Transaction

    def announce(self, notice: ShippingNotice) -> None:
        """A new notice; ConflictError when the supplier sent one of that number before."""
        row = ShippingNoticeRow(
            number=notice.number,
            supplier_id=self._supplier(notice.supplier).id,
            carrier=notice.carrier,
            tracking=notice.tracking,
            shipped_on=notice.shipped_on,
            eta=notice.eta,
            state=notice.state.value,
            recorded_at=self.transaction.now,
        )
        try:
            with self.transaction.session.begin_nested():
                self.transaction.session.add(row)
        except IntegrityError as error:
            raise ConflictError(f"supplier {notice.supplier!r} sent a notice {notice.number!r} before") from error
        for position, line in enumerate(notice.lines, start=1):
            self.transaction.session.add(
                ShippingNoticeLineRow(
                    notice_id=row.id,
                    position=position,
                    order_id=self._order(line.order).id,
                    line=line.line,
                    quantity=line.quantity,
                    received=line.received,
                    lot=line.lot,
                    expires_on=line.expires_on,
                )
            )
        for number in sorted({line.order for line in notice.lines}):
            facts = {"notice": notice.number, "carrier": notice.carrier, "eta": notice.eta}
            self._note(number, "shipment_announced", facts)

    def notice(self, supplier: SupplierCode, number: str) -> ShippingNotice:
        """A notice of a supplier."""
        return self._notice(self._notice_row(supplier, number), supplier)

    def notices_of(self, number: PurchaseOrderNo) -> tuple[ShippingNotice, ...]:
        """The notices with units of an order, oldest first."""
        mine = select(ShippingNoticeLineRow.notice_id).where(ShippingNoticeLineRow.order_id == self._order(number).id)
        query = (
            select(ShippingNoticeRow, SupplierRow.code)
            .join(SupplierRow, SupplierRow.id == ShippingNoticeRow.supplier_id)
            .where(ShippingNoticeRow.id.in_(mine))
            .order_by(ShippingNoticeRow.id)
            .execution_options(populate_existing=True)
        )
        found = self.transaction.session.execute(query)
        return tuple(self._notice(row, SupplierCode(supplier)) for row, supplier in found)

    def withdraw(self, supplier: SupplierCode, number: str) -> None:
        """Take a notice back of which nothing has arrived."""
        row = self._notice_row(supplier, number, lock=True)
        notice = self._notice(row, supplier)
        if notice.state is not NoticeState.ANNOUNCED or any(line.received for line in notice.lines):
            raise ConflictError(f"notice {number!r} of {supplier!r} is {notice.state.value!r} or has arrived in part")
        row.state = NoticeState.CANCELLED.value
        for order in sorted({line.order for line in notice.lines}):
            self._note(order, "shipment_withdrawn", {"notice": number})

    def receive(self, receipt: Receipt, *, most: int, supplier: SupplierCode, notice: str | None) -> None:
        """Count units on the line, and on the notice; ConflictError beyond `most` units in all."""
        order = self._order(receipt.order)
        values = {"order": order.id, "line": receipt.line, "accepted": receipt.accepted, "most": most}
        if receipt.accepted and self.transaction.session.execute(_TAKE, values).one_or_none() is None:
            raise ConflictError(
                f"{receipt.accepted} more of {receipt.order}/{receipt.line} would be more than the {most} that may be"
                " received; accepted is fewer, or a changed order",
                most=most,
            )
        announced = self._arrive(receipt, supplier, notice) if notice is not None else None
        place = self.transaction.one(
            LocationRow, LocationRow.code == receipt.location, what=f"location {receipt.location!r}"
        )
        self.transaction.session.add(
            ReceiptRow(
                order_id=order.id,
                line=receipt.line,
                notice_id=announced,
                reference=receipt.reference,
                location_id=place.id,
                accepted=receipt.accepted,
                rejected=receipt.rejected,
                reason=receipt.reason,
                lot=receipt.lot,
                expires_on=receipt.expires_on,
                unit_price=receipt.unit_price,
                received_on=receipt.received_on,
                recorded_at=self.transaction.now,
                recorded_by=self.transaction.actor,
            )
        )
        facts = {"line": receipt.line, "accepted": receipt.accepted, "rejected": receipt.rejected}
        self._note(receipt.order, "purchase_received", {**facts, "reason": receipt.reason, "lot": receipt.lot})

    def receipts(self, number: PurchaseOrderNo) -> tuple[Receipt, ...]:
        """What arrived of an order, oldest first."""
        query = (
            select(ReceiptRow, LocationRow.code)
            .join(LocationRow, LocationRow.id == ReceiptRow.location_id)
            .where(ReceiptRow.order_id == self._order(number).id)
            .order_by(ReceiptRow.id)
        )
        return tuple(
            Receipt(
                order=number,
                line=row.line,
                reference=row.reference,
                location=LocationCode(place),
                accepted=row.accepted,
                rejected=row.rejected,
                reason=row.reason,
                lot=row.lot,
                expires_on=row.expires_on,
                unit_price=row.unit_price,
                received_on=row.received_on,
            )
            for row, place in self.transaction.session.execute(query)
        )

    def track_records(self, *, since: date) -> tuple[TrackRecord, ...]:
        """How every supplier has delivered since a day, by code; the parts of a line that came on one day are one
        delivery."""
        query = (
            select(PurchaseOrderRow.supplier_id, PurchaseOrderLineRow.due, ReceiptRow.received_on)
            .join(PurchaseOrderRow, PurchaseOrderRow.id == ReceiptRow.order_id)
            .join(
                PurchaseOrderLineRow,
                (PurchaseOrderLineRow.order_id == ReceiptRow.order_id) & (PurchaseOrderLineRow.line == ReceiptRow.line),
            )
            .where(ReceiptRow.received_on >= since)
            .group_by(
                PurchaseOrderRow.supplier_id,
                ReceiptRow.order_id,
                ReceiptRow.line,
                PurchaseOrderLineRow.due,
                ReceiptRow.received_on,
            )
            .order_by(ReceiptRow.received_on, ReceiptRow.order_id, ReceiptRow.line)
        )
        came: dict[int, list[tuple[date, date]]] = {}
        for supplier, due, on in self.transaction.session.execute(query):
            came.setdefault(supplier, []).append((due, on))
        suppliers = select(SupplierRow).order_by(SupplierRow.code.collate("C"))
        return tuple(
            TrackRecord(
                supplier=SupplierCode(row.code),
                country=row.country,
                reliability=row.reliability,
                deliveries=tuple(came.get(row.id, ())),
            )
            for row in self.transaction.session.scalars(suppliers)
        )

    def bought_lines(self, *, first: date, last: date, supplier: SupplierCode | None = None) -> tuple[BoughtLine, ...]:
        """The lines of purchase orders that were sent, counted on from the first to the last day, with what was
        answered, charged and brought; of a supplier or of all, by order and line."""
        return bought_lines(self.transaction.session, first=first, last=last, supplier=supplier)

    def place_records(self, *, since: date) -> tuple[PlaceRecord, ...]:
        """How work orders and transfers have come at every location since a day, by code; the parts of an order that
        came on one day are one."""
        made: dict[int, list[tuple[date, date]]] = {}
        moved: dict[int, list[tuple[date, date]]] = {}
        for query, found in ((_made_since(since), made), (_moved_since(since), moved)):
            for place, due, on in self.transaction.session.execute(query):
                found.setdefault(place, []).append((due, on))
        places = select(LocationRow).where(LocationRow.id.in_({*made, *moved})).order_by(LocationRow.code.collate("C"))
        return tuple(
            PlaceRecord(
                location=LocationCode(row.code),
                made=tuple(made.get(row.id, ())),
                moved=tuple(moved.get(row.id, ())),
            )
            for row in self.transaction.session.scalars(places)
        )

    def _arrive(self, receipt: Receipt, supplier: SupplierCode, number: str) -> int:
        row = self._notice_row(supplier, number, lock=True)
        if row.state == NoticeState.CANCELLED.value:
            raise ConflictError(f"notice {number!r} of {supplier!r} was taken back")
        order = self._order(receipt.order)
        parts = select(ShippingNoticeLineRow).where(
            ShippingNoticeLineRow.notice_id == row.id,
            ShippingNoticeLineRow.order_id == order.id,
            ShippingNoticeLineRow.line == receipt.line,
        )
        rest = receipt.accepted + receipt.rejected
        query = parts.order_by(ShippingNoticeLineRow.position).execution_options(populate_existing=True)
        for part in self.transaction.session.scalars(query).all():
            units = min(rest, part.quantity - part.received) if part.lot in {"", receipt.lot} else 0
            if units:
                values = {"notice": row.id, "position": part.position, "units": units}
                self.transaction.session.execute(_ARRIVED, values)
                rest -= units
        if rest:
            raise InvalidValueError(
                f"notice {number!r} of {supplier!r} announces {receipt.accepted + receipt.rejected - rest} more of"
                f" {receipt.order}/{receipt.line} lot {receipt.lot!r}; accepted is that many, or no notice",
                field="notice",
            )
        self.transaction.session.execute(_ALL_ARRIVED, {"notice": row.id})
        return row.id

    def _notice_row(self, supplier: SupplierCode, number: str, *, lock: bool = False) -> ShippingNoticeRow:
        condition = (ShippingNoticeRow.supplier_id == self._supplier(supplier).id) & (
            ShippingNoticeRow.number == number
        )
        return self.transaction.one(
            ShippingNoticeRow, condition, what=f"notice {number!r} of supplier {supplier!r}", lock=lock
        )

    def _notice(self, row: ShippingNoticeRow, supplier: SupplierCode) -> ShippingNotice:
        query = (
            select(ShippingNoticeLineRow, PurchaseOrderRow.number)
            .join(PurchaseOrderRow, PurchaseOrderRow.id == ShippingNoticeLineRow.order_id)
            .where(ShippingNoticeLineRow.notice_id == row.id)
            .order_by(ShippingNoticeLineRow.position)
            .execution_options(populate_existing=True)
        )
        return ShippingNotice(
            supplier=supplier,
            number=row.number,
            carrier=row.carrier,
            tracking=row.tracking,
            shipped_on=row.shipped_on,
            eta=row.eta,
            lines=tuple(
                NoticeLine(
                    order=PurchaseOrderNo(number),
                    line=line.line,
                    quantity=line.quantity,
                    received=line.received,
                    lot=line.lot,
                    expires_on=line.expires_on,
                )
                for line, number in self.transaction.session.execute(query)
            ),
            state=NoticeState(row.state),
        )

    def _order(self, number: PurchaseOrderNo) -> PurchaseOrderRow:
        return self.transaction.one(
            PurchaseOrderRow, PurchaseOrderRow.number == number, what=f"purchase order {number!r}"
        )

    def _supplier(self, code: SupplierCode) -> SupplierRow:
        return self.transaction.one(SupplierRow, SupplierRow.code == code, what=f"supplier {code!r}")

    def _note(self, number: PurchaseOrderNo, event: str, facts: Mapping[str, object]) -> None:
        self.transaction.note(scope=f"purchase:{number}", event=event, subject=number, facts=facts)


def _made_since(since: date) -> Select[int, date, date]:
    return (
        select(WorkOrderRow.location_id, WorkOrderRow.due, WorkOrderCompletionRow.completed_on)
        .join(WorkOrderRow, WorkOrderRow.id == WorkOrderCompletionRow.order_id)
        .where(WorkOrderCompletionRow.completed_on >= since, WorkOrderCompletionRow.good > 0)
        .group_by(WorkOrderRow.location_id, WorkOrderRow.id, WorkOrderRow.due, WorkOrderCompletionRow.completed_on)
        .order_by(WorkOrderCompletionRow.completed_on, WorkOrderRow.id)
    )


def _moved_since(since: date) -> Select[int, date, date]:
    return (
        select(TransferOrderRow.destination_id, TransferOrderRow.due, TransferReceiptRow.received_on)
        .join(TransferOrderRow, TransferOrderRow.id == TransferReceiptRow.order_id)
        .where(TransferReceiptRow.received_on >= since, TransferReceiptRow.received > 0)
        .group_by(
            TransferOrderRow.destination_id, TransferOrderRow.id, TransferOrderRow.due, TransferReceiptRow.received_on
        )
        .order_by(TransferReceiptRow.received_on, TransferOrderRow.id)
    )
