"""Minutes of work centres on days: what there is, what is booked, and the operations that wait there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ARRAY, Date, Integer, Text, bindparam, select, text
from sqlalchemy.dialects.postgresql import insert

from core.db.rows import CapacityBookingRow, WorkCenterLoadRow, WorkOrderRow
from core.db.transaction import Transaction
from core.domain.capacity import Booking, CentreDay, CentreLoad, Job
from core.domain.errors import CapacityExceededError, InvalidValueError
from core.domain.ids import ItemCode, WorkCenterCode, WorkOrderNo

_BOOK = text("SELECT work_center, day, wanted, free FROM book_capacity(:centers, :days, :minutes)").bindparams(
    bindparam("centers", type_=ARRAY(Text)),
    bindparam("days", type_=ARRAY(Date)),
    bindparam("minutes", type_=ARRAY(Integer)),
)
_GIVE_BACK = text("""
    WITH booked AS (
        SELECT l.work_center, l.day FROM work_center_loads l
        WHERE (l.work_center, l.day) IN (
            SELECT b.work_center, b.day FROM capacity_bookings b WHERE b.order_id = :order AND b.minutes > 0)
        ORDER BY l.work_center COLLATE "C", l.day FOR UPDATE)
    SELECT count(*) FROM booked
""")
_FREE = text("""
    UPDATE work_center_loads l SET booked = l.booked - b.minutes
    FROM (SELECT work_center, day, sum(minutes) AS minutes FROM capacity_bookings
          WHERE order_id = :order GROUP BY work_center, day) b
    WHERE l.work_center = b.work_center AND l.day = b.day AND b.minutes > 0
""")
_EMPTY = text("UPDATE capacity_bookings SET minutes = 0 WHERE order_id = :order AND minutes > 0")
_OVERTIME = text("""
    UPDATE work_center_loads SET overtime = :minutes
    WHERE work_center = :center AND day = :day AND booked <= capacity + :minutes RETURNING booked
""")
_JOBS = text("""
    WITH steps AS (
        SELECT p.*, CASE WHEN p.state = 'done' THEN 0 ELSE
               CASE WHEN p.state = 'waiting' THEN p.setup_minutes ELSE 0 END
               + ceil(p.unit_minutes * GREATEST(0, o.ordered - p.good - p.scrapped))::bigint END AS left_minutes
        FROM work_order_operations p JOIN work_orders o ON o.id = p.order_id
        WHERE o.stage IN ('released', 'started'))
    SELECT o.number, s.sequence, s.name, i.code AS item, o.due,
           GREATEST(0, o.ordered - s.good - s.scrapped) AS quantity, s.left_minutes AS minutes,
           s.state = 'started' AS started,
           (SELECT COALESCE(sum(n.left_minutes), 0) FROM steps n
            WHERE n.order_id = s.order_id AND n.sequence > s.sequence) AS minutes_after,
           NOT EXISTS (SELECT 1 FROM steps p WHERE p.order_id = s.order_id AND p.sequence < s.sequence
                       AND p.state = 'waiting') AS ready,
           COALESCE((SELECT min(d.priority) FROM sales_order_lines x JOIN sales_orders d ON d.id = x.order_id
                     WHERE x.item_id = o.item_id AND x.ordered > x.shipped + x.cancelled), 9) AS priority
    FROM steps s JOIN work_orders o ON o.id = s.order_id JOIN items i ON i.id = o.item_id
    WHERE s.work_center = :center AND s.state <> 'done'
    ORDER BY o.number COLLATE "C", s.sequence
""")


@dataclass(frozen=True, slots=True)
class SqlCapacityStore:
    """Capacity of this transaction."""

    transaction: Transaction

    def loads(self, code: WorkCenterCode, *, first: date, last: date) -> tuple[CentreLoad, ...]:
        """The days of a work centre that were opened, first to last."""
        query = (
            select(WorkCenterLoadRow)
            .where(WorkCenterLoadRow.work_center == code, WorkCenterLoadRow.day.between(first, last))
            .order_by(WorkCenterLoadRow.day)
            .execution_options(populate_existing=True)
        )
        return tuple(_load(row) for row in self.transaction.session.scalars(query))

    def open_days(self, minutes: Mapping[CentreDay, int]) -> None:
        """Say how many minutes days have; what is booked and decided as overtime stays."""
        values = [
            {"work_center": center, "day": day, "capacity": minutes[center, day], "overtime": 0, "booked": 0}
            for center, day in sorted(minutes)
        ]
        if values:
            statement = insert(WorkCenterLoadRow).values(values)
            changed = statement.on_conflict_do_update(
                index_elements=["work_center", "day"],
                set_={"capacity": statement.excluded.capacity},
                where=WorkCenterLoadRow.capacity != statement.excluded.capacity,
            )
            self.transaction.session.execute(changed)

    def allow_overtime(self, code: WorkCenterCode, day: date, *, minutes: int, why: str) -> None:
        """Decide the overtime of a day; InvalidValueError when less is left than is booked."""
        values = {"center": code, "day": day, "minutes": minutes}
        if self.transaction.session.execute(_OVERTIME, values).one_or_none() is None:
            there = self.loads(code, first=day, last=day)
            need = max(0, there[0].booked - there[0].capacity) if there else 0
            raise InvalidValueError(
                f"overtime {minutes!r} of {code!r} on {day} is less than is booked; accepted is {need} or more",
                field="minutes",
            )
        facts = {"day": day, "minutes": minutes, "why": why}
        self.transaction.note(scope=f"work_center:{code}", event="overtime_decided", subject=code, facts=facts)

    def book(self, order: WorkOrderNo, bookings: Sequence[Booking]) -> None:
        """Book all or nothing; CapacityExceededError says, in `details["short"]`, which days have too little."""
        wanted = {
            "centers": [b.work_center for b in bookings],
            "days": [b.day for b in bookings],
            "minutes": [b.minutes for b in bookings],
        }
        short = [
            (WorkCenterCode(center), day, units, free)
            for center, day, units, free in self.transaction.session.execute(_BOOK, wanted)
        ]
        if short:
            center, day, minutes, free = short[0]
            raise CapacityExceededError(
                f"{minutes} minutes of {center!r} were needed on {day}, {free} are free; nothing was booked",
                short=[{"work_center": c, "day": d, "wanted": m, "free": f} for c, d, m, f in short],
            )
        for booking in bookings:
            values = {"order_id": self._order(order), "sequence": booking.sequence, "minutes": booking.minutes}
            statement = insert(CapacityBookingRow).values(**values, work_center=booking.work_center, day=booking.day)
            added = CapacityBookingRow.minutes + statement.excluded.minutes
            self.transaction.session.execute(
                statement.on_conflict_do_update(
                    index_elements=["order_id", "sequence", "work_center", "day"], set_={"minutes": added}
                )
            )
        facts = [{"operation": b.sequence, "at": b.work_center, "day": b.day, "minutes": b.minutes} for b in bookings]
        self._note(order, "capacity_booked", {"bookings": facts})

    def give_back(self, order: WorkOrderNo) -> tuple[Booking, ...]:
        """What the order had booked, free again."""
        had = self.bookings(order)
        if had:
            values = {"order": self._order(order)}
            for statement in (_GIVE_BACK, _FREE, _EMPTY):
                self.transaction.session.execute(statement, values)
            self._note(order, "capacity_given_back", {"minutes": sum(b.minutes for b in had)})
        return had

    def bookings(self, order: WorkOrderNo) -> tuple[Booking, ...]:
        """What the order has booked, by operation and day."""
        query = (
            select(CapacityBookingRow)
            .where(CapacityBookingRow.order_id == self._order(order), CapacityBookingRow.minutes > 0)
            .order_by(CapacityBookingRow.sequence, CapacityBookingRow.day, CapacityBookingRow.work_center)
            .execution_options(populate_existing=True)
        )
        return tuple(
            Booking(
                order=order,
                sequence=row.sequence,
                work_center=WorkCenterCode(row.work_center),
                day=row.day,
                minutes=row.minutes,
            )
            for row in self.transaction.session.scalars(query)
        )

    def overloaded(self) -> tuple[CentreLoad, ...]:
        """Days with more booked than they have, which happens when a day loses minutes."""
        row = WorkCenterLoadRow
        query = select(row).where(row.booked > row.capacity + row.overtime)
        ordered = query.order_by(row.work_center.collate("C"), row.day).execution_options(populate_existing=True)
        return tuple(_load(found) for found in self.transaction.session.scalars(ordered))

    def jobs(self, code: WorkCenterCode) -> tuple[Job, ...]:
        """Operations of released orders that are not done, by order and operation.

        The priority is that of the most important open sales order for the item, 9 when there is none.
        """
        rows = self.transaction.session.execute(_JOBS, {"center": code}).mappings()
        return tuple(
            Job(
                order=WorkOrderNo(row["number"]),
                sequence=row["sequence"],
                name=row["name"],
                item=ItemCode(row["item"]),
                quantity=row["quantity"],
                due=row["due"],
                minutes=int(row["minutes"]),
                minutes_after=int(row["minutes_after"]),
                priority=row["priority"],
                started=row["started"],
                ready=row["ready"],
            )
            for row in rows
        )

    def _order(self, number: WorkOrderNo) -> int:
        return self.transaction.one(WorkOrderRow, WorkOrderRow.number == number, what=f"work order {number!r}").id

    def _note(self, number: WorkOrderNo, event: str, facts: Mapping[str, object]) -> None:
        self.transaction.note(scope=f"work:{number}", event=event, subject=number, facts=facts)


def _load(row: WorkCenterLoadRow) -> CentreLoad:
    return CentreLoad(
        work_center=WorkCenterCode(row.work_center),
        day=row.day,
        capacity=row.capacity,
        overtime=row.overtime,
        booked=row.booked,
    )
