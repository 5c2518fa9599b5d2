"""Sales orders as detection sees them: duplicates, sets, changes, wishes, rushes, and unusual quantities."""

from datetime import date

from core.db.watching.reading import Moment, line_keys
from core.domain.ids import CustomerCode, ItemCode, LocationCode, OrderNo
from core.domain.watching.facts import (
    ChangeWatch,
    DemandWatch,
    DuplicateWatch,
    EntryWatch,
    QuotaWatch,
    RushWatch,
    SetWatch,
    WishWatch,
)

_DUPLICATES = """
WITH twice AS MATERIALIZED (
    SELECT customer_id, po_key FROM sales_orders WHERE po_key <> '' GROUP BY customer_id, po_key HAVING count(*) > 1)
SELECT m.code AS customer, min(o.customer_po) AS customer_po, max(w.value) AS value,
       array_agg(o.number ORDER BY o.number COLLATE "C") AS orders
FROM twice t JOIN sales_orders o USING (customer_id, po_key) JOIN customers m ON m.id = o.customer_id
CROSS JOIN LATERAL (
    SELECT string_agg(x.item_id || ':' || x.ordered, ',' ORDER BY x.item_id, x.ordered) AS content,
           round(sum(x.unit_price * x.ordered), 2) AS value
    FROM sales_order_lines x WHERE x.order_id = o.id AND x.state <> 'cancelled') w
WHERE EXISTS (SELECT FROM live_order_lines x WHERE x.order_id = o.id)
GROUP BY m.code, o.po_key, w.content HAVING count(*) > 1
ORDER BY m.code COLLATE "C", min(o.customer_po) COLLATE "C"
"""
# An order that ships complete is one set, whatever sets its lines name.
_SETS = """
SELECT number AS "order", name, jsonb_agg(jsonb_build_array(line, promised) ORDER BY line) AS days
FROM (SELECT *, CASE WHEN ship_complete THEN 'all lines' ELSE line_set END AS name FROM live_order_lines) x
WHERE promised IS NOT NULL AND name IS NOT NULL
GROUP BY number, name HAVING count(DISTINCT promised) > 1 ORDER BY number COLLATE "C", name COLLATE "C"
"""
_CHANGES = """
SELECT g.reference, o.number AS "order", g.text AS what, g.kind = 'cancellation' AS cancels, w.lines, w.frozen,
       w.supply, g.asked IS NOT NULL AS asked
FROM signals g JOIN sales_orders o ON o.id = g.order_id
CROSS JOIN LATERAL (
    SELECT jsonb_agg(DISTINCT jsonb_build_array(o.number, x.line)) AS lines,
           bool_or(i.demand_fence_days > 0 AND COALESCE(x.promised, x.requested) <= :as_of + i.demand_fence_days
                   OR x.state IN ('released', 'picked', 'packed')) AS frozen,
           COALESCE(array_agg(DISTINCT p.number) FILTER (WHERE p.id IS NOT NULL), '{}')
           || COALESCE(array_agg(DISTINCT h.number) FILTER (WHERE h.id IS NOT NULL), '{}') AS supply
    FROM live_order_lines x JOIN items i ON i.id = x.item_id
    LEFT JOIN purchase_order_lines z ON z.sales_order_id = x.order_id AND z.sales_line = x.line
    LEFT JOIN purchase_orders p ON p.id = z.order_id AND p.state = 'open'
    LEFT JOIN shipment_lines s ON s.order_id = x.order_id AND s.line = x.line
    LEFT JOIN shipments h ON h.id = s.shipment_id AND h.state IN ('released', 'picked', 'packed')
    WHERE x.order_id = o.id AND (g.lines = '[]' OR g.lines @> to_jsonb(x.line))) w
WHERE g.state = 'open' AND g.kind IN ('change', 'cancellation') AND w.lines IS NOT NULL
ORDER BY g.reference COLLATE "C"
"""
_WISHES = """
SELECT number, line, requested, promised FROM live_order_lines
WHERE promised > requested AND strategy IN ('win', 'gain') AND state IN ('confirmed', 'allocated')
ORDER BY number COLLATE "C", line
"""
_RUSHES = """
SELECT n.number, n.line, n.order_date, i.code AS item, l.code AS location
FROM live_order_lines n JOIN items i ON i.id = n.item_id JOIN locations l ON l.id = COALESCE(n.node_id, n.ship_from_id)
WHERE n.priority = 0 ORDER BY n.number COLLATE "C", n.line
"""
# The median of what a customer ordered of an item in the year before: each pair of lines is met once, in one pass.
_DEMANDS = """
WITH fresh AS MATERIALIZED (SELECT * FROM live_order_lines),
taken AS MATERIALIZED (
    SELECT o.customer_id, x.item_id, o.order_date, x.ordered
    FROM sales_order_lines x JOIN sales_orders o ON o.id = x.order_id
    WHERE o.kind = 'order' AND x.state <> 'cancelled'),
usual AS MATERIALIZED (
    SELECT n.order_id, n.line, percentile_disc(0.5) WITHIN GROUP (ORDER BY e.ordered) AS typical, count(*) AS earlier
    FROM fresh n JOIN taken e ON e.customer_id = n.customer_id AND e.item_id = n.item_id
        AND e.order_date < n.order_date AND e.order_date >= n.order_date - 365
    GROUP BY n.order_id, n.line)
SELECT n.number, n.line, i.code AS item, l.code AS location, m.code AS customer, n.ordered AS quantity, u.typical,
       u.earlier, round(n.unit_price * n.ordered, 2) AS value
FROM usual u JOIN fresh n ON n.order_id = u.order_id AND n.line = u.line AND n.ordered > u.typical
JOIN items i ON i.id = n.item_id JOIN locations l ON l.id = COALESCE(n.node_id, n.ship_from_id)
JOIN customers m ON m.id = n.customer_id
ORDER BY n.number COLLATE "C", n.line
"""

# Lines promised later than asked for, whose customer nobody has spoken to since.
_ENTRIES = """
WITH said AS MATERIALIZED (
    SELECT DISTINCT ON (r.order_id, r.line) r.order_id, r.line, r.reason_code, r.new, r.recorded_at
    FROM promise_records r ORDER BY r.order_id, r.line, r.id DESC)
SELECT n.number, n.line, i.code AS item, l.code AS location, n.ordered - n.shipped - n.cancelled AS quantity,
       n.requested, p.new AS earliest
FROM said p JOIN live_order_lines n ON n.order_id = p.order_id AND n.line = p.line
JOIN items i ON i.id = n.item_id JOIN locations l ON l.id = COALESCE(n.node_id, n.ship_from_id)
WHERE p.reason_code = 'later_than_asked' AND p.new > n.requested
  AND NOT EXISTS (SELECT FROM order_timeline t WHERE t.order_id = n.order_id AND t.kind = 'contact'
                  AND t.recorded_at > p.recorded_at AND (t.line IS NULL OR t.line = n.line))
ORDER BY n.number COLLATE "C", n.line
"""
# Lines not confirmed yet that a quota would stop although there is stock.
_QUOTAS = """
SELECT q.codes[1] AS quota, n.number, n.line, i.code AS item, l.code AS location, n.ordered - n.cancelled AS wanted,
       q.units AS left, b.on_hand - b.reserved - b.blocked AS in_stock
FROM live_order_lines n JOIN items i ON i.id = n.item_id JOIN locations l ON l.id = COALESCE(n.node_id, n.ship_from_id)
JOIN stock_balances b ON b.item_id = n.item_id AND b.location_id = l.id
CROSS JOIN LATERAL (
    SELECT array_agg(z.code ORDER BY z.code COLLATE "C") AS codes, sum(z.quantity - z.consumed)::bigint AS units
    FROM quotas_of(n.order_id, n.line, :as_of) z WHERE n.requested BETWEEN z.first AND z.last OR z.borrow) q
WHERE n.state IN ('draft', 'validated') AND q.codes IS NOT NULL AND q.units < n.ordered - n.cancelled
ORDER BY n.number COLLATE "C", n.line
"""


def entries(moment: Moment) -> tuple[EntryWatch, ...]:
    """Lines that could not be promised for the day asked for."""
    return tuple(
        EntryWatch(
            line=(OrderNo(row["number"]), row["line"]),
            item=ItemCode(row["item"]),
            location=LocationCode(row["location"]),
            quantity=row["quantity"],
            requested=row["requested"],
            earliest=row["earliest"],
        )
        for row in moment.rows(_ENTRIES)
    )


def quotas(moment: Moment) -> tuple[QuotaWatch, ...]:
    """Lines a quota stops."""
    return tuple(
        QuotaWatch(
            quota=row["quota"],
            line=(OrderNo(row["number"]), row["line"]),
            item=ItemCode(row["item"]),
            location=LocationCode(row["location"]),
            wanted=row["wanted"],
            left=row["left"],
            in_stock=row["in_stock"],
        )
        for row in moment.rows(_QUOTAS)
    )


def duplicates(moment: Moment) -> tuple[DuplicateWatch, ...]:
    """Open orders with the same customer, number and lines."""
    return tuple(
        DuplicateWatch(
            customer=CustomerCode(row["customer"]),
            customer_po=row["customer_po"],
            orders=tuple(OrderNo(number) for number in row["orders"]),
            value=row["value"],
        )
        for row in moment.rows(_DUPLICATES)
    )


def sets(moment: Moment) -> tuple[SetWatch, ...]:
    """Sets whose lines are promised for different days."""
    return tuple(
        SetWatch(
            order=OrderNo(row["order"]),
            name=row["name"],
            days=tuple((line, date.fromisoformat(on)) for line, on in row["days"]),
        )
        for row in moment.rows(_SETS)
    )


def changes(moment: Moment) -> tuple[ChangeWatch, ...]:
    """Changes and cancellations customers asked for that nobody has settled."""
    return tuple(
        ChangeWatch(
            reference=row["reference"],
            order=OrderNo(row["order"]),
            lines=line_keys(sorted(row["lines"])),
            what=row["what"],
            frozen=row["frozen"],
            cancels=row["cancels"],
            asked=row["asked"],
            supply=tuple(sorted(row["supply"])),
        )
        for row in moment.rows(_CHANGES)
    )


def wishes(moment: Moment) -> tuple[WishWatch, ...]:
    """Lines promised later than asked for, whose strategy is to win or gain an earlier day."""
    return tuple(
        WishWatch(line=(OrderNo(row["number"]), row["line"]), requested=row["requested"], promised=row["promised"])
        for row in moment.rows(_WISHES)
    )


def rushes(moment: Moment) -> tuple[RushWatch, ...]:
    """Lines of orders with priority 0, which is that of a rush order."""
    return tuple(
        RushWatch(
            line=(OrderNo(row["number"]), row["line"]),
            entered=row["order_date"],
            item=ItemCode(row["item"]),
            location=LocationCode(row["location"]),
        )
        for row in moment.rows(_RUSHES)
    )


def demands(moment: Moment) -> tuple[DemandWatch, ...]:
    """Lines well above the median of at least three earlier ones of the customer and item."""
    return tuple(
        DemandWatch(
            line=(OrderNo(row["number"]), row["line"]),
            item=ItemCode(row["item"]),
            location=LocationCode(row["location"]),
            customer=CustomerCode(row["customer"]),
            quantity=row["quantity"],
            typical=row["typical"],
            earlier=row["earlier"],
            value=row["value"],
        )
        for row in moment.rows(_DEMANDS)
    )
