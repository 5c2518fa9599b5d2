"""Holds that are open, and lines whose price or margin is not as agreed."""

from core.db.watching.reading import Moment, line_keys
from core.domain.ids import CustomerCode, ItemCode, OrderNo
from core.domain.margins import CostPolicy
from core.domain.watching.facts import HoldWatch, MoneyWatch

_HOLDS = """
SELECT 'hold ' || h.id AS reference, o.number AS "order", h.kind, h.reason,
       floor(extract(epoch FROM :now - h.set_at) / 3600)::bigint AS age_hours,
       floor(extract(epoch FROM h.due_at - h.set_at) / 3600)::bigint AS limit_hours, w.value, w.lines
FROM holds h JOIN sales_orders o ON o.id = h.order_id
CROSS JOIN LATERAL (
    SELECT COALESCE(round(sum(x.unit_price * (x.ordered - x.shipped - x.cancelled)), 2), 0) AS value,
           jsonb_agg(jsonb_build_array(o.number, x.line) ORDER BY x.line) AS lines
    FROM sales_order_lines x WHERE x.order_id = o.id AND x.state <> 'cancelled'
      AND (h.line IS NULL OR h.line = x.line)) w
WHERE h.released_at IS NULL ORDER BY h.id
"""
# The last price found and the last cost reckoned of each line still to be invoiced, the cost against today's price.
_MONEY = """
WITH due AS MATERIALIZED (
    SELECT o.number, o.customer_id, x.order_id, x.line, x.item_id, x.unit_price, x.ordered - x.cancelled AS units
    FROM sales_order_lines x JOIN sales_orders o ON o.id = x.order_id
    WHERE o.kind = 'order' AND x.state NOT IN ('cancelled', 'invoiced', 'closed')),
agreed AS (SELECT DISTINCT ON (p.order_id, p.line) p.order_id, p.line, p.found, p.source
           FROM line_prices p JOIN due USING (order_id, line) ORDER BY p.order_id, p.line, p.id DESC),
reckoned AS (SELECT DISTINCT ON (c.order_id, c.line) c.order_id, c.line, c.quantity, c.total
             FROM landed_costs c JOIN due USING (order_id, line) ORDER BY c.order_id, c.line, c.id DESC)
SELECT d.number, d.line, i.code AS item, m.code AS customer, d.unit_price,
       CASE WHEN p.source NOT IN ('override', 'accepted') THEN p.found END AS agreed_price,
       CASE WHEN d.unit_price > 0
            THEN round(100 - c.total * 100 / (d.unit_price * c.quantity), 2) END AS margin_percent,
       round(d.unit_price * d.units, 2) AS value
FROM due d LEFT JOIN agreed p USING (order_id, line) LEFT JOIN reckoned c USING (order_id, line)
JOIN items i ON i.id = d.item_id JOIN customers m ON m.id = d.customer_id
WHERE p.found <> d.unit_price AND p.source NOT IN ('override', 'accepted') OR c.total > 0
ORDER BY d.number COLLATE "C", d.line
"""


def holds(moment: Moment) -> tuple[HoldWatch, ...]:
    """Every open hold with the value that waits for it."""
    return tuple(
        HoldWatch(
            reference=row["reference"],
            order=OrderNo(row["order"]),
            kind=row["kind"],
            reason=row["reason"],
            age_hours=row["age_hours"],
            limit_hours=row["limit_hours"],
            value=row["value"],
            lines=line_keys(row["lines"]),
        )
        for row in moment.rows(_HOLDS)
    )


def money(moment: Moment, policy: CostPolicy) -> tuple[MoneyWatch, ...]:
    """Lines with another price than was found, or with a cost that was reckoned."""
    return tuple(
        MoneyWatch(
            line=(OrderNo(row["number"]), row["line"]),
            customer=CustomerCode(row["customer"]),
            unit_price=row["unit_price"],
            agreed_price=row["agreed_price"],
            margin_percent=row["margin_percent"],
            floor_percent=policy.floor(ItemCode(row["item"])),
            value=row["value"],
        )
        for row in moment.rows(_MONEY)
    )
