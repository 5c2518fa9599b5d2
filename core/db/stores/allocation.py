"""What backorder runs look at, the runs themselves, and lines they leave alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert

from core.db.codec import from_json, to_json
from core.db.rows import BackorderRunRow, ItemRow, LineLockRow, LocationRow, SalesOrderRow
from core.db.transaction import Transaction
from core.domain.backorders import BackorderLine, DatedUnits, Inflow, Override, RunKept, RunOutcome, RunRule
from core.domain.errors import ConflictError
from core.domain.ids import CustomerCode, ItemCode, LocationCode, OrderNo
from core.domain.order_terms import Strategy

# Lines a run may still change, nothing of them released, and those on hold, which it leaves alone.
_LOCK = text("""
SELECT x.line FROM sales_order_lines x JOIN sales_orders o ON o.id = x.order_id JOIN items i ON i.id = x.item_id
JOIN locations l ON l.id = COALESCE(x.node_id, o.ship_from_id)
WHERE i.code = :item AND l.code = :location AND o.kind = 'order' AND x.state IN ('confirmed', 'allocated', 'on hold')
  AND x.ordered > x.shipped + x.cancelled
ORDER BY o.id, x.line FOR UPDATE OF o, x
""")
_READ = text("""
SELECT o.number, x.line, m.code AS customer, x.ordered - x.shipped - x.cancelled AS open, x.shipped, x.requested,
       x.promised, o.order_date AS ordered_on, x.strategy, o.priority, o.entry_sequence AS entry,
       COALESCE((SELECT sum(q.quantity) FROM quotas_of(o.id, x.line, :as_of) q
                 WHERE x.requested BETWEEN q.first AND q.last), 0) AS quota,
       x.state = 'on hold' OR EXISTS (
           SELECT 1 FROM line_locks k WHERE k.order_id = x.order_id AND k.line = x.line AND k.locked)
       OR EXISTS (  -- what a location is sending stays with its line
           SELECT 1 FROM shipment_lines y JOIN shipments s ON s.id = y.shipment_id
           WHERE y.order_id = x.order_id AND y.line = x.line AND s.state IN ('released', 'picked', 'packed')) AS locked,
       (SELECT jsonb_agg(jsonb_build_array(s.day, s.quantity) ORDER BY s.day, s.sequence) FROM schedule_lines s
        WHERE s.order_id = x.order_id AND s.line = x.line AND s.state = 'promised') AS confirmed
FROM sales_order_lines x JOIN sales_orders o ON o.id = x.order_id JOIN items i ON i.id = x.item_id
JOIN customers m ON m.id = o.customer_id JOIN locations l ON l.id = COALESCE(x.node_id, o.ship_from_id)
WHERE i.code = :item AND l.code = :location AND o.kind = 'order' AND x.state IN ('confirmed', 'allocated', 'on hold')
  AND x.ordered > x.shipped + x.cancelled
ORDER BY o.number COLLATE "C", x.line
""")
# On hand less what others than these lines hold; then what is on order, what is overdue believed to come today.
_INFLOW = text("""
SELECT 'stock' AS source, CAST(:as_of AS date) AS day, b.on_hand - b.blocked - COALESCE((
           SELECT sum(r.quantity - r.taken) FROM reservations r
           LEFT JOIN sales_order_lines x ON x.order_id = r.order_id AND x.line = r.line
           WHERE r.item_id = b.item_id AND r.location_id = b.location_id AND r.state = 'open' AND r.kind <> 'advisory'
             AND (r.kind <> 'hard' OR x.state IS NULL
                  OR x.state NOT IN ('confirmed', 'allocated', 'on hold'))), 0) AS units
FROM stock_balances b JOIN items i ON i.id = b.item_id JOIN locations l ON l.id = b.location_id
WHERE i.code = :item AND l.code = :location
UNION ALL
SELECT 'purchase order ' || p.number || '/' || x.line, GREATEST(x.due, :as_of),
       LEAST(COALESCE(x.confirmed, x.ordered), x.ordered) - x.received
FROM purchase_order_lines x JOIN purchase_orders p ON p.id = x.order_id JOIN items i ON i.id = x.item_id
JOIN locations l ON l.id = x.location_id
WHERE i.code = :item AND l.code = :location AND p.state = 'open' AND x.sales_order_id IS NULL
UNION ALL
SELECT 'work order ' || w.number, GREATEST(w.due, :as_of), w.ordered - w.completed
FROM work_orders w JOIN items i ON i.id = w.item_id JOIN locations l ON l.id = w.location_id
WHERE i.code = :item AND l.code = :location AND w.state = 'open'
UNION ALL
SELECT 'transfer order ' || t.number, GREATEST(t.due, :as_of), t.quantity - t.received - t.lost
FROM transfer_orders t JOIN items i ON i.id = t.item_id JOIN locations l ON l.id = t.destination_id
WHERE i.code = :item AND l.code = :location AND t.state = 'open'
ORDER BY 2, 1
""")


@dataclass(frozen=True, slots=True)
class SqlAllocationStore:
    """Allocation in this transaction."""

    transaction: Transaction

    def lock_node(self, item: ItemCode, location: LocationCode) -> None:
        """Hold the lines at a place, in the order of their keys."""
        self.transaction.session.execute(_LOCK, {"item": item, "location": location}).all()

    def lines_at(self, item: ItemCode, location: LocationCode, *, as_of: date) -> tuple[BackorderLine, ...]:
        """The lines a run may change, by order and line."""
        rows = self.transaction.session.execute(_READ, {"item": item, "location": location, "as_of": as_of})
        return tuple(_line(row) for row in rows.mappings())

    def inflow(self, item: ItemCode, location: LocationCode, *, as_of: date) -> tuple[Inflow, ...]:
        """What those lines can be given, by day."""
        values = {"item": item, "location": location, "as_of": as_of}
        rows = self.transaction.session.execute(_INFLOW, values)
        return tuple(
            Inflow(on=row.day, quantity=int(row.units), source=row.source) for row in rows if int(row.units) > 0
        )

    def keep(self, run: RunKept) -> None:
        """Keep a simulated run."""
        item = self.transaction.one(ItemRow, ItemRow.code == run.item, what=f"item {run.item!r}")
        place = self.transaction.one(LocationRow, LocationRow.code == run.location, what=f"location {run.location!r}")
        self.transaction.session.add(
            BackorderRunRow(
                code=run.code,
                item_id=item.id,
                location_id=place.id,
                rule=run.rule.value,
                lot=run.lot,
                digest=run.digest,
                overrides=to_json(tuple[Override, ...], run.overrides),
                result=to_json(RunOutcome, run.outcome),
                state="simulated",
                actor=self.transaction.actor,
                recorded_at=self.transaction.now,
            )
        )
        self.transaction.session.flush()
        self._note(run.code, "run_simulated", {"item": run.item, "location": run.location, "digest": run.digest})

    def run(self, code: str) -> RunKept:
        """A run by its code."""
        row = self._row(code)
        item = self.transaction.one(ItemRow, ItemRow.id == row.item_id, what="the item of the run")
        place = self.transaction.one(LocationRow, LocationRow.id == row.location_id, what="the place of the run")
        return RunKept(
            code=code,
            item=ItemCode(item.code),
            location=LocationCode(place.code),
            overrides=from_json(tuple[Override, ...], row.overrides),
            outcome=from_json(RunOutcome, row.result),
            digest=row.digest,
            rule=RunRule(row.rule),
            lot=row.lot,
            committed=row.state == "committed",
        )

    def committed(self, code: str) -> None:
        """The run was carried out; ConflictError when it was before."""
        row = self._row(code)
        if row.state == "committed":
            raise ConflictError(f"run {code!r} was carried out before")
        row.state = "committed"
        self._note(code, "run_committed", {"digest": row.digest})

    def lock_line(self, order: OrderNo, line: int, *, locked: bool, reason: str) -> None:
        """Runs leave the line alone, or may change it again."""
        number = self.transaction.session.scalars(select(SalesOrderRow.id).where(SalesOrderRow.number == order)).one()
        values = {
            "locked": locked,
            "reason": reason,
            "actor": self.transaction.actor,
            "changed_at": self.transaction.now,
        }
        statement = insert(LineLockRow).values({"order_id": number, "line": line, **values})
        self.transaction.session.execute(
            statement.on_conflict_do_update(index_elements=["order_id", "line"], set_=values)
        )
        event = "line_locked" if locked else "line_unlocked"
        facts = {"line": line, "reason": reason}
        self.transaction.note(scope=f"order:{order}", event=event, subject=f"{order}/{line}", facts=facts)

    def _row(self, code: str) -> BackorderRunRow:
        return self.transaction.one(BackorderRunRow, BackorderRunRow.code == code, what=f"run {code!r}", lock=True)

    def _note(self, code: str, event: str, facts: dict[str, object]) -> None:
        self.transaction.note(scope=f"run:{code}", event=event, subject=code, facts=facts)


def _line(row: Mapping[Any, Any]) -> BackorderLine:
    confirmed: list[tuple[str, int]] = row["confirmed"] or []
    return BackorderLine(
        order=OrderNo(row["number"]),
        line=row["line"],
        customer=CustomerCode(row["customer"]),
        open=row["open"],
        shipped=row["shipped"],
        requested=row["requested"],
        promised=row["promised"],
        ordered_on=row["ordered_on"],
        confirmed=tuple(DatedUnits(on=date.fromisoformat(on), quantity=quantity) for on, quantity in confirmed),
        strategy=Strategy(row["strategy"]),
        priority=row["priority"],
        entry=row["entry"],
        quota=int(row["quota"]),
        locked=row["locked"],
    )
