"""Laws of money: one currency, prices and totals as agreed."""

from core.db.laws.law import Invariant

MONEY = Invariant(
    name="I9",
    says="every order is in the company's currency, every buy as approved; proposals carry what their plans commit",
    queries=(
        """
    SELECT format('sales order %s is in %s, the company in %s', o.number, o.currency, s.currency)
    FROM sales_orders o, settings s WHERE o.currency <> s.currency
    UNION ALL
    SELECT format('purchase order %s is in %s, the company in %s', o.number, o.currency, s.currency)
    FROM purchase_orders o, settings s WHERE o.currency <> s.currency
    UNION ALL
    SELECT format('order line %s/%s has the price %s', o.number, x.line, x.unit_price)
    FROM sales_order_lines x JOIN sales_orders o ON o.id = x.order_id WHERE x.unit_price < 0
    UNION ALL
    SELECT format('purchase order %s has the %s %s, the approved plan says %s', b->>'reference', w.what,
                  COALESCE(w.found, 'nothing'), w.planned)
    FROM effect_ledger e JOIN approvals a ON a.id = e.approval_id JOIN proposals p ON p.id = a.proposal_id
    CROSS JOIN LATERAL jsonb_array_elements(p.plan::jsonb->'actions') b
    LEFT JOIN purchase_orders o ON o.number = b->>'reference' LEFT JOIN purchase_order_lines x ON x.order_id = o.id
    LEFT JOIN suppliers s ON s.id = o.supplier_id LEFT JOIN items i ON i.id = x.item_id
    CROSS JOIN LATERAL (VALUES
        (s.code IS DISTINCT FROM b->>'supplier', 'supplier', s.code, b->>'supplier'),
        (i.code IS DISTINCT FROM b->>'item', 'item', i.code, b->>'item'),
        (x.ordered IS DISTINCT FROM (b->>'quantity')::bigint, 'quantity', x.ordered::text, b->>'quantity'),
        (x.unit_price IS DISTINCT FROM (b->>'unit_price')::numeric, 'price', x.unit_price::text, b->>'unit_price'),
        (x.due IS DISTINCT FROM (b->>'arrive_on')::date AND NOT EXISTS (
            SELECT 1 FROM audit_log l WHERE l.event = 'purchase_line_rescheduled' AND l.subject = o.number),
         'due date', x.due::text, b->>'arrive_on')) AS w(broken, what, found, planned)
    WHERE b->>'kind' = 'buy' AND w.broken
    UNION ALL
    SELECT format('proposal %s says %s, its plan commits %s', p.id, p.money, c.money) FROM proposals p
    CROSS JOIN LATERAL (SELECT round(COALESCE(sum(CASE b->>'kind'
            WHEN 'buy' THEN (b->>'unit_price')::numeric * (b->>'quantity')::bigint
            WHEN 'transfer' THEN (b->>'cost')::numeric
            WHEN 'expedite' THEN (b->>'fee')::numeric END), 0), 2) AS money
        FROM jsonb_array_elements(p.plan::jsonb->'actions') b) c
    WHERE p.money <> c.money
    ORDER BY 1""",
    ),
)
