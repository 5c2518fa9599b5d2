"""Lots that are on hold or that expire, what counts took away, and reservations that stand for nothing."""

from datetime import date
from typing import Any

from core.db.watching.reading import Moment, line_keys
from core.domain.ids import ItemCode, LocationCode, LotCode, OrderNo
from core.domain.watching.facts import DiscrepancyWatch, LotClaim, LotWatch, ReservationWatch

_LOTS = """
SELECT o.code AS lot, i.code AS item, l.code AS location, o.status = 'hold' AS on_hold, y.on_hand AS quantity,
       o.expires_on AS expires, COALESCE(h.why, '') AS why, c.claims
FROM lot_balances y JOIN lots o ON o.id = y.lot_id JOIN items i ON i.id = y.item_id
JOIN locations l ON l.id = y.location_id
LEFT JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_array(s.number, r.line, r.quantity - r.taken, COALESCE(x.promised, x.requested),
                                       m.shelf_life_days) ORDER BY s.number COLLATE "C", r.line, r.id) AS claims
    FROM reservations r JOIN sales_orders s ON s.id = r.order_id JOIN customers m ON m.id = s.customer_id
    JOIN sales_order_lines x ON x.order_id = r.order_id AND x.line = r.line
    WHERE r.lot_id = y.lot_id AND r.location_id = y.location_id AND r.state = 'open' AND r.kind <> 'advisory') c ON true
LEFT JOIN LATERAL (
    SELECT a.facts::jsonb->>'why' AS why FROM audit_log a
    WHERE a.scope = 'lot:' || o.code AND a.facts IS JSON AND a.facts::jsonb ? 'why'
    ORDER BY a.sequence DESC LIMIT 1) h ON o.status = 'hold'
WHERE y.on_hand > 0 AND (o.status = 'hold' OR o.expires_on IS NOT NULL AND c.claims IS NOT NULL)
ORDER BY o.code COLLATE "C", l.code COLLATE "C"
"""
# What counts and adjustments took from lines that neither have it back nor were promised anew since.
_DISCREPANCIES = """
SELECT d.document AS reference, i.code AS item, l.code AS location, sum(d.missing)::bigint AS missing,
       jsonb_agg(jsonb_build_array(d.number, d.line) ORDER BY d.number COLLATE "C", d.line) AS lines
FROM (SELECT s.document, s.item_id, s.location_id, n.number, s.line,
             LEAST(sum(s.units) - COALESCE(h.again, 0),
                   n.ordered - n.shipped - n.cancelled - COALESCE(h.held, 0)) AS missing
      FROM stock_losses s JOIN live_order_lines n ON n.order_id = s.order_id AND n.line = s.line
      LEFT JOIN LATERAL (SELECT sum(r.quantity - r.taken) AS held,
                                sum(r.quantity) FILTER (WHERE r.recorded_at > s.recorded_at) AS again
                         FROM reservations r
                         WHERE r.order_id = s.order_id AND r.line = s.line AND r.state = 'open'
                           AND r.kind <> 'advisory') h ON true
      WHERE NOT EXISTS (SELECT FROM promise_records p
                        WHERE p.order_id = s.order_id AND p.line = s.line AND p.recorded_at > s.recorded_at
                          AND p.reason_code <> 'stated')
      GROUP BY s.document, s.item_id, s.location_id, n.number, s.line, n.ordered, n.shipped, n.cancelled, h.held,
               h.again) d
JOIN items i ON i.id = d.item_id JOIN locations l ON l.id = d.location_id
WHERE d.missing > 0
GROUP BY d.document, i.code, l.code ORDER BY d.document COLLATE "C", i.code COLLATE "C", l.code COLLATE "C"
"""
_RESERVATIONS = """
SELECT 'reservation ' || r.reference AS subject, i.code AS item, l.code AS location, r.quantity - r.taken AS reserved,
       b.on_hand, jsonb_build_array(jsonb_build_array(s.number, r.line)) AS lines
FROM reservations r JOIN items i ON i.id = r.item_id JOIN locations l ON l.id = r.location_id
JOIN stock_balances b ON b.item_id = r.item_id AND b.location_id = r.location_id
JOIN sales_orders s ON s.id = r.order_id JOIN sales_order_lines x ON x.order_id = r.order_id AND x.line = r.line
WHERE r.state = 'open' AND r.kind = 'hard' AND x.ordered <= x.shipped + x.cancelled
ORDER BY r.reference COLLATE "C"
"""
_OVERSOLD = """
SELECT i.code || ' at ' || l.code AS subject, i.code AS item, l.code AS location, b.on_hand,
       sum(r.quantity - r.taken)::bigint AS reserved,
       jsonb_agg(jsonb_build_array(s.number, r.line) ORDER BY s.number COLLATE "C", r.line)
           FILTER (WHERE s.id IS NOT NULL) AS lines
FROM reservations r JOIN items i ON i.id = r.item_id JOIN locations l ON l.id = r.location_id
LEFT JOIN stock_balances b ON b.item_id = r.item_id AND b.location_id = r.location_id
LEFT JOIN sales_orders s ON s.id = r.order_id
WHERE r.state = 'open' AND r.kind <> 'advisory'
GROUP BY i.code, l.code, b.on_hand HAVING sum(r.quantity - r.taken) > COALESCE(b.on_hand, 0)
ORDER BY i.code COLLATE "C", l.code COLLATE "C"
"""


def lots(moment: Moment) -> tuple[LotWatch, ...]:
    """Lots in stock that are on hold, or that expire and are reserved."""
    return tuple(
        LotWatch(
            lot=LotCode(row["lot"]),
            item=ItemCode(row["item"]),
            location=LocationCode(row["location"]),
            on_hold=row["on_hold"],
            quantity=row["quantity"],
            expires=row["expires"],
            why=row["why"] or "no reason given",
            claims=_claims(row["claims"]),
        )
        for row in moment.rows(_LOTS)
    )


def _claims(found: list[list[Any]] | None) -> tuple[LotClaim, ...]:
    return tuple(
        LotClaim(line=(OrderNo(order), line), quantity=quantity, due=date.fromisoformat(due), shelf_life_days=days)
        for order, line, quantity, due, days in found or []
    )


def discrepancies(moment: Moment) -> tuple[DiscrepancyWatch, ...]:
    """Counts and adjustments whose losses are not made good."""
    return tuple(
        DiscrepancyWatch(
            reference=row["reference"],
            item=ItemCode(row["item"]),
            location=LocationCode(row["location"]),
            missing=row["missing"],
            lines=line_keys(row["lines"]),
        )
        for row in moment.rows(_DISCREPANCIES)
    )


def reservations(moment: Moment) -> tuple[ReservationWatch, ...]:
    """Places where more is reserved than there is, and reservations of lines that need nothing."""
    oversold = [_reservation(row, without_demand=False) for row in moment.rows(_OVERSOLD)]
    return (*oversold, *(_reservation(row, without_demand=True) for row in moment.rows(_RESERVATIONS)))


def _reservation(row: Any, *, without_demand: bool) -> ReservationWatch:
    return ReservationWatch(
        subject=row["subject"],
        item=ItemCode(row["item"]),
        location=LocationCode(row["location"]),
        reserved=row["reserved"],
        on_hand=row["on_hand"] or 0,
        without_demand=without_demand,
        lines=line_keys(row["lines"]),
    )
