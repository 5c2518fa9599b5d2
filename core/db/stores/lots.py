"""Lots and serial numbers, and the way of material through production, by recursion that ends in a loop."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, RowMapping, select, text

from core.db.rows import ItemRow, LocationRow, LotBalanceRow, LotRow, SerialRow, SupplierRow
from core.db.transaction import Transaction
from core.domain.errors import ConflictError, NotFoundError
from core.domain.ids import (
    ItemCode,
    LocationCode,
    LotCode,
    OrderNo,
    PurchaseOrderNo,
    SerialNo,
    SupplierCode,
    WorkOrderNo,
)
from core.domain.lots import Lot, LotStatus, LotStock
from core.domain.tracing import TraceStep

# Units are told apart as lots ('L' and the key) or serial numbers ('S' and the key). What goes into production and what
# comes out of it on the same document belong together. UNION lets a loop end: a unit is reached once at each depth, and
# no product is made of parts of more than thirty levels.
_UNITS = """
WITH RECURSIVE carried AS (
    SELECT m.id, 'L' || m.lot_id AS unit, m.origin_id, m.destination_id, m.reference FROM stock_moves m
    WHERE m.lot_id IS NOT NULL
    UNION ALL SELECT m.id, 'S' || c.serial_id, m.origin_id, m.destination_id, m.reference
    FROM move_serials c JOIN stock_moves m ON m.id = c.move_id),
works AS (SELECT id FROM locations WHERE code = '(production)'),
"""
_FORWARD = """
reached(unit, depth) AS (
    SELECT unit, 0 FROM unnest(CAST(:units AS text[])) unit
    UNION SELECT made.unit, r.depth + 1 FROM reached r JOIN carried used ON used.unit = r.unit
    JOIN works w ON used.destination_id = w.id
    JOIN carried made ON made.reference = used.reference AND made.origin_id = w.id WHERE r.depth < 30),
"""
_BACK = """
reached(unit, depth) AS (
    SELECT unit, 0 FROM unnest(CAST(:units AS text[])) unit
    UNION SELECT used.unit, r.depth + 1 FROM reached r JOIN carried made ON made.unit = r.unit
    JOIN works w ON made.origin_id = w.id
    JOIN carried used ON used.reference = made.reference AND used.destination_id = w.id WHERE r.depth < 30),
"""
_STEPS = """
step AS (SELECT c.id, min(r.depth) AS depth FROM reached r JOIN carried c ON c.unit = r.unit GROUP BY c.id)
SELECT s.depth, i.code AS item, o.code AS lot, f.code AS origin, t.code AS destination, m.quantity,
       m.reference AS document, m.moved_on, x.number AS order_number, m.line,
       COALESCE((SELECT array_agg(n.number ORDER BY n.number COLLATE "C") FROM move_serials c
                 JOIN serials n ON n.id = c.serial_id WHERE c.move_id = m.id), '{}') AS serials
FROM step s JOIN stock_moves m ON m.id = s.id JOIN items i ON i.id = m.item_id
JOIN locations f ON f.id = m.origin_id JOIN locations t ON t.id = m.destination_id
LEFT JOIN lots o ON o.id = m.lot_id LEFT JOIN sales_orders x ON x.id = m.order_id
ORDER BY s.depth, m.id"""
_TRACE_FORWARD = text(_UNITS + _FORWARD + _STEPS)
_TRACE_BACK = text(_UNITS + _BACK + _STEPS)
_SET_STATUS = text("SELECT set_lot_status(:lot, :old, :new)")
_LOTS = (
    select(LotRow, ItemRow.code, SupplierRow.code)
    .join(ItemRow, ItemRow.id == LotRow.item_id)
    .outerjoin(SupplierRow, SupplierRow.id == LotRow.supplier_id)
)


@dataclass(frozen=True, slots=True)
class SqlLotStore:
    """The lots of this transaction."""

    transaction: Transaction

    def add(self, lot: Lot) -> None:
        """A new lot without units; ConflictError when there is one of this code."""
        one = self.transaction.one
        supplier = (
            one(SupplierRow, SupplierRow.code == lot.supplier, what=f"supplier {lot.supplier!r}")
            if lot.supplier
            else None
        )
        self.transaction.session.add(
            LotRow(
                code=lot.code,
                item_id=one(ItemRow, ItemRow.code == lot.item, what=f"item {lot.item!r}").id,
                status=lot.status.value,
                received_on=lot.received_on,
                expires_on=lot.expires_on,
                supplier_id=supplier.id if supplier else None,
                supplier_lot=lot.supplier_lot,
                purchase_order=lot.purchase_order,
                work_order=lot.work_order,
                origin=lot.origin,
                unit_cost=lot.unit_cost,
                recorded_at=self.transaction.now,
            )
        )
        self.transaction.session.flush()
        facts = {
            "item": lot.item,
            "from": lot.purchase_order or lot.work_order,
            "expires_on": lot.expires_on,
            "supplier": lot.supplier,
            "origin": lot.origin,
            "status": lot.status.value,
        }
        self._note(lot.code, "lot_added", facts)

    def find(self, code: LotCode) -> Lot | None:
        """A lot by its code, if it is known."""
        return next(iter(self._lots(LotRow.code == code)), None)

    def get(self, code: LotCode) -> Lot:
        """A lot by its code; NotFoundError when it is not known."""
        found = self.find(code)
        if found is None:
            raise NotFoundError(f"there is no lot {code!r}")
        return found

    def stock_of(self, item: ItemCode, location: LocationCode) -> tuple[LotStock, ...]:
        """Units of every lot of an item at a location, by lot code."""
        return self._stock(ItemRow.code == item, LocationRow.code == location)

    def where(self, code: LotCode) -> tuple[LotStock, ...]:
        """The places where units of a lot are."""
        return self._stock(LotRow.code == code)

    def set_status(self, code: LotCode, *, old: LotStatus, new: LotStatus, why: str) -> None:
        """Whether a lot may be used; ConflictError when its status is no longer `old`."""
        values = {"lot": code, "old": old.value, "new": new.value}
        if not self.transaction.session.scalars(_SET_STATUS, values).one():
            status = self.get(code).status.value
            raise ConflictError(f"lot {code!r} is {status}, not {old.value}; it was not made {new.value}")
        self.transaction.session.expire_all()
        self._note(code, f"lot_{new.value}", {"before": old.value, "why": why})

    def past(self, day: date) -> tuple[Lot, ...]:
        """Available lots whose last good day is over."""
        return self._lots(LotRow.status == LotStatus.AVAILABLE.value, LotRow.expires_on < day)

    def place_of(self, item: ItemCode, serial: SerialNo) -> LocationCode | None:
        """Where a unit is; None when the number is unknown."""
        query = (
            select(LocationRow.code)
            .join(SerialRow, SerialRow.location_id == LocationRow.id)
            .join(ItemRow, ItemRow.id == SerialRow.item_id)
            .where(ItemRow.code == item, SerialRow.number == serial)
        )
        found = self.transaction.session.scalars(query).one_or_none()
        return LocationCode(found) if found is not None else None

    def trace_forward(self, lots: Sequence[LotCode]) -> tuple[TraceStep, ...]:
        """Every move of these lots, of what was made of them, and so on, to the customers."""
        rows = self.transaction.session.execute(_TRACE_FORWARD, {"units": self._units(lots)})
        return tuple(_step(row) for row in rows.mappings())

    def trace_back(self, lots: Sequence[LotCode]) -> tuple[TraceStep, ...]:
        """Every move of these lots, of what they were made of, and so on, from the suppliers."""
        rows = self.transaction.session.execute(_TRACE_BACK, {"units": self._units(lots)})
        return tuple(_step(row) for row in rows.mappings())

    def trace_serial(self, item: ItemCode, serial: SerialNo) -> tuple[TraceStep, ...]:
        """Every move of a unit, and of what it was made of, and so on, from the suppliers."""
        query = select(SerialRow.id).join(ItemRow, ItemRow.id == SerialRow.item_id)
        unit = self.transaction.session.scalars(
            query.where(ItemRow.code == item, SerialRow.number == serial)
        ).one_or_none()
        if unit is None:
            raise NotFoundError(f"there is no serial number {serial!r} of {item!r}")
        rows = self.transaction.session.execute(_TRACE_BACK, {"units": [f"S{unit}"]})
        return tuple(_step(row) for row in rows.mappings())

    def _units(self, lots: Sequence[LotCode]) -> list[str]:
        keys = {
            row.code: row.id for row in self.transaction.session.scalars(select(LotRow).where(LotRow.code.in_(lots)))
        }
        missing = sorted(set(lots) - set(keys))
        if missing:
            raise NotFoundError(f"there is no lot {missing[0]!r}")
        return [f"L{key}" for key in keys.values()]

    def _lots(self, *conditions: ColumnElement[bool]) -> tuple[Lot, ...]:
        query = _LOTS.where(*conditions).order_by(LotRow.code.collate("C")).execution_options(populate_existing=True)
        return tuple(_lot(row, item, supplier) for row, item, supplier in self.transaction.session.execute(query))

    def _stock(self, *conditions: ColumnElement[bool]) -> tuple[LotStock, ...]:
        query = (
            select(LotRow.code, LocationRow.code, LotBalanceRow.on_hand, LotBalanceRow.reserved)
            .join(LotRow, LotRow.id == LotBalanceRow.lot_id)
            .join(ItemRow, ItemRow.id == LotBalanceRow.item_id)
            .join(LocationRow, LocationRow.id == LotBalanceRow.location_id)
            .where(LotBalanceRow.on_hand > 0, *conditions)
            .order_by(LotRow.code.collate("C"), LocationRow.code.collate("C"))
        )
        found = self.transaction.session.execute(query).all()
        lots = {lot.code: lot for lot in self._lots(LotRow.code.in_({row[0] for row in found}))}
        return tuple(
            LotStock(lot=lots[LotCode(code)], location=LocationCode(place), on_hand=on_hand, reserved=reserved)
            for code, place, on_hand, reserved in found
        )

    def _note(self, lot: LotCode, event: str, facts: Mapping[str, object]) -> None:
        self.transaction.note(scope=f"lot:{lot}", event=event, subject=lot, facts=facts)


def _lot(row: LotRow, item: str, supplier: str | None) -> Lot:
    return Lot(
        code=LotCode(row.code),
        item=ItemCode(item),
        status=LotStatus(row.status),
        received_on=row.received_on,
        expires_on=row.expires_on,
        supplier=SupplierCode(supplier) if supplier else None,
        supplier_lot=row.supplier_lot,
        purchase_order=PurchaseOrderNo(row.purchase_order) if row.purchase_order else None,
        work_order=WorkOrderNo(row.work_order) if row.work_order else None,
        origin=row.origin,
        unit_cost=row.unit_cost,
    )


def _step(row: RowMapping) -> TraceStep:
    return TraceStep(
        depth=row["depth"],
        item=ItemCode(row["item"]),
        lot=LotCode(row["lot"]) if row["lot"] else None,
        serials=tuple(SerialNo(number) for number in row["serials"]),
        origin=LocationCode(row["origin"]),
        destination=LocationCode(row["destination"]),
        quantity=row["quantity"],
        document=row["document"],
        moved_on=row["moved_on"],
        order=OrderNo(row["order_number"]) if row["order_number"] else None,
        line=row["line"],
    )
