"""Feeds of other systems, and what was said from outside."""

from core.db.watching.reading import Moment
from core.domain.ids import LocationCode, SupplierCode
from core.domain.watching.facts import FeedWatch, SignalWatch

# The kinds of signal that are no change of an order (those are read with the orders).
_SIGNALS = """
SELECT g.reference, g.kind, g.subject, g.text, g.confidence, g.suspicious, s.code AS supplier, l.code AS destination,
       g.first, g.last
FROM signals g LEFT JOIN suppliers s ON s.id = g.supplier_id LEFT JOIN locations l ON l.id = g.destination_id
WHERE g.state = 'open' AND g.kind NOT IN ('change', 'cancellation') ORDER BY g.reference COLLATE "C"
"""
_FEEDS = """
SELECT f.name AS feed, floor(extract(epoch FROM :now - f.at) / 3600)::bigint AS age_hours, l.hours AS limit_hours,
       COALESCE(c.conflicts, '{}') AS conflicts
FROM (SELECT name, (array_agg(recorded_at ORDER BY id DESC))[1] AS at, array_agg(id) AS loads
      FROM feeds GROUP BY name) f
LEFT JOIN feed_limits l ON l.feed = f.name
LEFT JOIN LATERAL (
    SELECT array_agg(x.subject || ': ' || x.said || ', here ' || x.held
                     ORDER BY x.subject COLLATE "C", x.id) AS conflicts
    FROM feed_conflicts x WHERE x.state = 'open' AND x.opened_by = ANY (f.loads)) c ON true
WHERE l.hours IS NOT NULL OR c.conflicts IS NOT NULL ORDER BY f.name COLLATE "C"
"""


def signals(moment: Moment) -> tuple[SignalWatch, ...]:
    """Disruptions, doubtful documents and gaps nobody has settled."""
    return tuple(
        SignalWatch(
            reference=row["reference"],
            kind=row["kind"],
            subject=row["subject"],
            text=row["text"],
            confidence=row["confidence"],
            suspicious=row["suspicious"],
            supplier=SupplierCode(row["supplier"]) if row["supplier"] else None,
            destination=LocationCode(row["destination"]) if row["destination"] else None,
            first=row["first"],
            last=row["last"],
        )
        for row in moment.rows(_SIGNALS)
    )


def feeds(moment: Moment) -> tuple[FeedWatch, ...]:
    """Feeds that have a limit, or that contradict what was done here; without a limit none is ever too old."""
    return tuple(
        FeedWatch(
            feed=row["feed"],
            age_hours=row["age_hours"],
            limit_hours=row["age_hours"] if row["limit_hours"] is None else row["limit_hours"],
            conflicts=tuple(row["conflicts"]),
        )
        for row in moment.rows(_FEEDS)
    )
