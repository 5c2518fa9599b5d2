"""Laws of sales orders: quantities, promises and their history."""

from core.db.laws import fulfilment
from core.db.laws.law import Invariant

LINES = Invariant(
    name="I3",
    says="the parts of an order line are what was ordered, and it and its order are where the parts say they are",
    queries=(
        fulfilment.UNITS,
        """
    SELECT format('order line %s/%s: ordered %s, shipped %s, cancelled %s',
                  o.number, x.line, x.ordered, x.shipped, x.cancelled)
    FROM sales_order_lines x JOIN sales_orders o ON o.id = x.order_id WHERE x.shipped + x.cancelled > x.ordered
    UNION ALL
    SELECT format('order line %s/%s is promised for %s, its history ends with %s', o.number, x.line,
                  COALESCE(x.promised::text, 'nothing'), COALESCE(h.new::text, 'nothing'))
    FROM sales_order_lines x JOIN sales_orders o ON o.id = x.order_id
    LEFT JOIN (SELECT DISTINCT ON (order_id, line) order_id, line, new FROM promise_records
               ORDER BY order_id, line, id DESC) h ON h.order_id = x.order_id AND h.line = x.line
    WHERE x.promised IS DISTINCT FROM h.new""",
        # A line is in parts from its first confirmation on; void parts count for nothing.
        """
    SELECT format('order line %s/%s: ordered %s, shipped %s, cancelled %s, its parts are %s promised, %s backordered,'
                  ' %s shipped, %s cancelled', o.number, x.line, x.ordered, x.shipped, x.cancelled, s.promised,
                  s.backordered, s.shipped, s.cancelled)
    FROM sales_order_lines x JOIN sales_orders o ON o.id = x.order_id
    CROSS JOIN LATERAL (
        SELECT count(*) AS parts,
               COALESCE(sum(quantity) FILTER (WHERE state = 'promised'), 0) AS promised,
               COALESCE(sum(quantity) FILTER (WHERE state = 'backordered'), 0) AS backordered,
               COALESCE(sum(quantity) FILTER (WHERE state = 'shipped'), 0) AS shipped,
               COALESCE(sum(quantity) FILTER (WHERE state = 'cancelled'), 0) AS cancelled
        FROM schedule_lines WHERE order_id = x.order_id AND line = x.line AND state <> 'void') s
    WHERE (s.parts > 0 OR x.state NOT IN ('draft', 'validated', 'on hold', 'cancelled'))
      AND (s.promised + s.backordered + s.shipped + s.cancelled, s.shipped, s.cancelled)
          IS DISTINCT FROM (x.ordered, x.shipped, x.cancelled)""",
        """
    SELECT format('order line %s/%s is promised for %s, a part of it for %s', o.number, x.line,
                  COALESCE(x.promised::text, 'nothing'), max(s.day))
    FROM schedule_lines s JOIN sales_order_lines x ON x.order_id = s.order_id AND x.line = s.line
    JOIN sales_orders o ON o.id = x.order_id WHERE s.state = 'promised'
    GROUP BY o.number, x.line, x.promised HAVING x.promised IS NULL OR max(s.day) > x.promised""",
        """
    SELECT format('order line %s/%s is %s with %s units open', o.number, x.line, x.state,
                  x.ordered - x.shipped - x.cancelled)
    FROM sales_order_lines x JOIN sales_orders o ON o.id = x.order_id
    WHERE x.state IN ('shipped', 'delivered', 'invoiced', 'closed', 'cancelled')
      AND x.ordered > x.shipped + x.cancelled""",
        """
    SELECT format('order %s is %s, its lines make it %s', o.number, o.state, l.state)
    FROM sales_orders o JOIN (
        SELECT order_id, COALESCE((array_agg(state ORDER BY way.rank) FILTER (WHERE state <> 'cancelled'))[1],
                                  'cancelled') AS state
        FROM sales_order_lines JOIN unnest(ARRAY['draft', 'validated', 'on hold', 'confirmed', 'allocated',
            'released', 'picked', 'packed', 'shipped', 'delivered', 'invoiced', 'closed', 'cancelled'])
            WITH ORDINALITY way (name, rank) ON way.name = state
        GROUP BY order_id) l ON l.order_id = o.id
    WHERE o.state <> l.state""",
    ),
)

PROMISES = Invariant(
    name="I4",
    says="no promise of a verified plan lies before the day its own verification projects, or lacks such a day, and"
    " none made by confirming an order exceeds the units it rests on that are there by its day",
    queries=(
        """
    SELECT format('order line %s/%s was promised for %s by %s, whose verification projects %s', o.number, p.line, p.new,
                  a.id, COALESCE(f->>'projected', 'no date'))
    FROM promise_records p JOIN sales_orders o ON o.id = p.order_id JOIN approvals a ON a.proposal_id = p.proposal_id
    JOIN effect_ledger e ON e.approval_id = a.id
    CROSS JOIN LATERAL jsonb_array_elements(e.verification->'realised'->'lines') f
    WHERE e.undone_at IS NULL AND (e.verification->>'verified')::boolean
      AND f->>'order' = o.number AND (f->>'line')::bigint = p.line
      AND (f->>'projected' IS NULL OR (f->>'projected')::date > p.new)""",
        # Level 0 is the item itself; what its making rests on lies below.
        """
    SELECT format('order line %s/%s: %s units were promised by %s, %s of those it rests on are there', o.number, p.line,
                  d.promised, d.day, r.there)
    FROM promise_records p JOIN sales_orders o ON o.id = p.order_id
    CROSS JOIN LATERAL (
        SELECT x."on" AS day, sum(x.quantity) OVER (ORDER BY x."on") AS promised
        FROM jsonb_to_recordset(p.schedule) AS x("on" date, quantity bigint)) d
    CROSS JOIN LATERAL (
        SELECT COALESCE(sum(g.quantity), 0) AS there
        FROM jsonb_to_recordset(p.pegs) AS g("on" date, quantity bigint, level integer)
        WHERE g.level = 0 AND g."on" <= d.day) r
    WHERE p.reason_code IN ('as_asked', 'later_than_asked') AND d.promised > r.there""",
    ),
)
