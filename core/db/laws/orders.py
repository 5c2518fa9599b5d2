"""Laws of sales orders: quantities, promises and their history."""

from core.db.laws.law import Invariant

LINES = Invariant(
    name="I3",
    says="no order line ships or cancels more than was ordered, and its promise is the last one recorded",
    queries=(
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
    ),
)

PROMISES = Invariant(
    name="I4",
    says="no promise of a verified plan lies before the day its own verification projects, or lacks such a day",
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
    ),
)
