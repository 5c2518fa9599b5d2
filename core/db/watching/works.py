"""Work orders that are under way, and work centres on the days they are booked."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from core.db.watching.reading import Moment, line_key
from core.domain.calendars import Calendar
from core.domain.ids import CalendarCode, ItemCode, LocationCode
from core.domain.watching.facts import LoadWatch, WorkWatch
from core.domain.working_time import minutes_on

CalendarOf = Callable[[CalendarCode | None], Calendar | None]

# What is left to do of each operation, and the work centre that has the most of it. What was scrapped of an order that
# is over counts for two weeks: then others plan for it.
_WORKS = """
SELECT w.number, i.code AS item, l.code AS location, w.ordered, w.completed, w.scrapped, w.due, w.start,
       w.stage IN ('released', 'started') AS released, c.code AS work_center, c.calendar, c.stations,
       CASE WHEN w.state = 'open' THEN r.minutes END AS minutes, z.number AS cancelled_order, z.line AS cancelled_line
FROM work_orders w JOIN items i ON i.id = w.item_id JOIN locations l ON l.id = w.location_id
LEFT JOIN LATERAL (
    SELECT (array_agg(p.work_center ORDER BY p.minutes DESC, p.work_center COLLATE "C"))[1] AS center,
           sum(p.minutes)::bigint AS minutes
    FROM (SELECT o.work_center, sum(ceil(o.setup_minutes * (o.state = 'waiting')::integer + o.unit_minutes
                                        * GREATEST(w.ordered - o.good - o.scrapped, 0)))::bigint AS minutes
          FROM work_order_operations o WHERE o.order_id = w.id AND o.state <> 'done'
          GROUP BY o.work_center) p) r ON true
LEFT JOIN work_centers c ON c.code = r.center
LEFT JOIN placed_for_cancelled z ON z.kind = 'work' AND z.firmed_as = w.number AND w.state = 'open'
WHERE w.state = 'open' AND (w.stage IN ('released', 'started') OR w.scrapped > 0 OR z.number IS NOT NULL)
   OR w.state = 'received' AND w.scrapped > 0 AND EXISTS (
        SELECT FROM work_order_completions d WHERE d.order_id = w.id AND d.completed_on > :as_of - 14)
ORDER BY w.number COLLATE "C"
"""
_LOADS = """
SELECT d.work_center, l.code AS location, d.day, d.booked, n.reason,
       CASE WHEN n.reason IS NULL THEN d.capacity + d.overtime ELSE 0 END AS available,
       ARRAY(SELECT w.number FROM capacity_bookings b JOIN work_orders w ON w.id = b.order_id
             WHERE b.work_center = d.work_center AND b.day = d.day AND b.minutes > 0 AND w.state = 'open'
             ORDER BY w.number COLLATE "C") AS work_orders
FROM work_center_loads d JOIN work_centers c ON c.code = d.work_center JOIN locations l ON l.id = c.location_id
LEFT JOIN LATERAL (
    SELECT min(t.reason) AS reason FROM downtimes t
    WHERE t.work_center = d.work_center AND d.day BETWEEN t.first AND t.last AND t.closed IS NULL) n ON true
WHERE d.day >= :as_of AND d.booked > CASE WHEN n.reason IS NULL THEN d.capacity + d.overtime ELSE 0 END
ORDER BY d.work_center COLLATE "C", d.day
"""


def works(moment: Moment, calendar_of: CalendarOf) -> tuple[WorkWatch, ...]:
    """Orders released or started, and those with scrap."""
    return tuple(_work(row, moment.as_of, calendar_of) for row in moment.rows(_WORKS))


def _work(row: Mapping[str, Any], as_of: date, calendar_of: CalendarOf) -> WorkWatch:
    left = row["minutes"] or 0
    return WorkWatch(
        order=row["number"],
        item=ItemCode(row["item"]),
        location=LocationCode(row["location"]),
        planned=row["ordered"],
        good=row["completed"],
        scrapped=row["scrapped"],
        due=row["due"],
        minutes_left=left,
        minutes_until_due=_minutes_until(row, as_of, calendar_of) if left else 0,
        released=row["released"],
        work_center=row["work_center"] or "",
        cancelled_line=line_key(row["cancelled_order"], row["cancelled_line"]),
    )


def _minutes_until(row: Mapping[str, Any], as_of: date, calendar_of: CalendarOf) -> int:
    """Working time of the work centre from the later of today and the start, the due day included."""
    calendar = calendar_of(CalendarCode(row["calendar"]) if row["calendar"] else None)
    first = max(as_of, row["start"])
    days = (first + timedelta(days=ahead) for ahead in range((row["due"] - first).days + 1))
    return sum(minutes_on(calendar, day) for day in days) * int(row["stations"] or 1)


def loads(moment: Moment) -> tuple[LoadWatch, ...]:
    """Days with more work booked than there is time for it."""
    return tuple(
        LoadWatch(
            work_center=row["work_center"],
            location=LocationCode(row["location"]),
            on=row["day"],
            load=row["booked"],
            available=row["available"],
            reason=row["reason"] or "",
            work_orders=tuple(row["work_orders"]),
        )
        for row in moment.rows(_LOADS)
    )
