"""Short picks, lines that should have been released, shipments on their way, and returns."""

from core.db.watching.reading import Moment, line_keys
from core.domain.ids import CustomerCode, ItemCode, LocationCode, OrderNo
from core.domain.watching.facts import PickWatch, ReleaseWatch, ReturnWatch, ShipmentWatch

_PICKS = """
SELECT h.number || '#' || f.id AS pick, o.number, f.line, i.code AS item, l.code AS location,
       f.missing, f.kind, f.reason, w.picked
FROM pick_shortfalls f JOIN shipments h ON h.id = f.shipment_id JOIN sales_orders o ON o.id = f.order_id
JOIN sales_order_lines x ON x.order_id = f.order_id AND x.line = f.line JOIN items i ON i.id = x.item_id
JOIN locations l ON l.id = f.location_id
CROSS JOIN LATERAL (SELECT COALESCE(sum(s.picked), 0)::bigint AS picked FROM shipment_lines s
                    WHERE s.shipment_id = f.shipment_id AND s.order_id = f.order_id AND s.line = f.line) w
WHERE f.settled_at IS NULL ORDER BY f.id
"""
# Promised dates are the days goods leave. A line that leaves by today has its stock reserved and nothing released.
_RELEASES = """
SELECT o.number, x.line, i.code AS item, l.code AS location, x.ordered - x.shipped - x.cancelled AS quantity,
       COALESCE(x.promised, x.requested) AS leave_by,
       (:now AT TIME ZONE s.time_zone)::date > :as_of OR (:now AT TIME ZONE s.time_zone)::date = :as_of
           AND (:now AT TIME ZONE s.time_zone)::time >= l.cut_off::time AS cut_off_passed
FROM sales_order_lines x JOIN sales_orders o ON o.id = x.order_id
JOIN items i ON i.id = x.item_id JOIN locations l ON l.id = COALESCE(x.node_id, o.ship_from_id) CROSS JOIN settings s
JOIN LATERAL (SELECT sum(r.quantity - r.taken) AS units FROM reservations r
              WHERE r.order_id = x.order_id AND r.line = x.line AND r.state = 'open' AND r.kind = 'hard') h
    ON h.units >= x.ordered - x.shipped - x.cancelled
WHERE o.kind = 'order' AND x.state IN ('confirmed', 'allocated') AND x.ordered > x.shipped + x.cancelled
  AND COALESCE(x.promised, x.requested) <= :as_of
ORDER BY o.number COLLATE "C", x.line
"""
# What leaves on the promised day is there after the days of its service.
_SHIPMENTS = """
SELECT h.number AS shipment, COALESCE(c.name, 'no carrier') AS carrier, h.expected_on AS expected, h.problem, w.*,
       l.code AS location
FROM shipments h JOIN locations l ON l.id = h.location_id LEFT JOIN carriers c ON c.code = h.carrier
CROSS JOIN LATERAL (
    SELECT min(COALESCE(x.promised, x.requested)) + COALESCE(min(f.days), 0) AS promised, min(i.code) AS item,
           sum(s.picked)::bigint AS quantity,
           jsonb_agg(DISTINCT jsonb_build_array(o.number, s.line)) AS lines
    FROM shipment_lines s JOIN sales_orders o ON o.id = s.order_id JOIN items i ON i.id = s.item_id
    JOIN sales_order_lines x ON x.order_id = s.order_id AND x.line = s.line JOIN customers m ON m.id = o.customer_id
    LEFT JOIN freight_rates f ON f.carrier = h.carrier AND f.service = h.service AND f.origin_id = h.location_id
        AND f.region = m.region
    WHERE s.shipment_id = h.id) w
WHERE h.state IN ('shipped', 'lost') AND w.promised IS NOT NULL
  AND NOT EXISTS (SELECT FROM shipments n WHERE n.replaces_id = h.id AND n.state <> 'cancelled')
ORDER BY h.number COLLATE "C"
"""
_RETURNS = """
SELECT r.number, o.number AS "order", m.code AS customer, r.received_at IS NOT NULL AS received,
       r.state IN ('disposed', 'refunded', 'exchanged') AS disposed,
       EXISTS (SELECT FROM refunds f WHERE f.return_id = r.id) AS refunded,
       floor(extract(epoch FROM :now - COALESCE(r.received_at, r.requested_at)) / 3600)::bigint AS age_hours,
       (SELECT COALESCE(round(sum(y.quantity * x.unit_price), 2), 0) FROM return_lines y
        JOIN sales_order_lines x ON x.order_id = y.order_id AND x.line = y.line WHERE y.return_id = r.id) AS value
FROM returns r JOIN sales_orders o ON o.id = r.order_id JOIN customers m ON m.id = o.customer_id
WHERE r.state NOT IN ('closed', 'refused') ORDER BY r.number COLLATE "C"
"""


def picks(moment: Moment) -> tuple[PickWatch, ...]:
    """Short picks and rejections nobody has settled."""
    return tuple(
        PickWatch(
            pick=row["pick"],
            line=(OrderNo(row["number"]), row["line"]),
            item=ItemCode(row["item"]),
            location=LocationCode(row["location"]),
            released=row["picked"] + row["missing"],
            picked=row["picked"],
            rejected=row["reason"] if row["kind"] == "rejected" else "",
        )
        for row in moment.rows(_PICKS)
    )


def releases(moment: Moment) -> tuple[ReleaseWatch, ...]:
    """Lines that must leave by today and have their stock."""
    return tuple(
        ReleaseWatch(
            line=(OrderNo(row["number"]), row["line"]),
            item=ItemCode(row["item"]),
            location=LocationCode(row["location"]),
            quantity=row["quantity"],
            leave_by=row["leave_by"],
            cut_off_passed=row["cut_off_passed"],
        )
        for row in moment.rows(_RELEASES)
    )


def shipments(moment: Moment) -> tuple[ShipmentWatch, ...]:
    """Shipments on their way, or lost and not replaced."""
    return tuple(
        ShipmentWatch(
            shipment=row["shipment"],
            carrier=row["carrier"],
            promised=row["promised"],
            expected=row["expected"],
            trouble="" if row["problem"] == "late" else row["problem"],
            lines=line_keys(sorted(row["lines"])),
            item=ItemCode(row["item"]),
            location=LocationCode(row["location"]),
            quantity=row["quantity"],
        )
        for row in moment.rows(_SHIPMENTS)
    )


def returns(moment: Moment) -> tuple[ReturnWatch, ...]:
    """Returns that are not settled."""
    return tuple(
        ReturnWatch(
            number=row["number"],
            order=OrderNo(row["order"]),
            customer=CustomerCode(row["customer"]),
            age_hours=row["age_hours"],
            received=row["received"],
            disposed=row["disposed"],
            refunded=row["refunded"],
            value=row["value"],
        )
        for row in moment.rows(_RETURNS)
    )
