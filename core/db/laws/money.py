"""Laws of money: one currency, prices and totals as agreed."""

from core.db.laws.law import Invariant

MONEY = Invariant(
    name="I9",
    says="every order is in the company's currency; sold as listed, contracted or overridden; bought as approved;"
    " proposals carry what their plans commit",
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
    CROSS JOIN LATERAL (SELECT EXISTS (
        SELECT 1 FROM audit_log l WHERE l.event IN ('purchase_lines_changed', 'purchase_order_lines_reconciled')
          AND l.subject = o.number) AS changed) c
    CROSS JOIN LATERAL (VALUES
        (s.code IS DISTINCT FROM b->>'supplier', 'supplier', s.code, b->>'supplier'),
        (i.code IS DISTINCT FROM b->>'item', 'item', i.code, b->>'item'),
        (x.ordered IS DISTINCT FROM (b->>'quantity')::bigint AND NOT c.changed,
         'quantity', x.ordered::text, b->>'quantity'),
        (x.unit_price IS DISTINCT FROM (b->>'unit_price')::numeric AND NOT c.changed,
         'price', x.unit_price::text, b->>'unit_price'),
        (x.due IS DISTINCT FROM (b->>'arrive_on')::date AND NOT c.changed AND NOT EXISTS (
            SELECT 1 FROM audit_log l WHERE l.event = 'purchase_line_rescheduled' AND l.subject = o.number),
         'due date', x.due::text, b->>'arrive_on')) AS w(broken, what, found, planned)
    WHERE b->>'kind' IN ('buy', 'split_purchase') AND w.broken
    UNION ALL
    SELECT format('proposal %s says %s, its plan commits %s', p.id, p.money, c.money) FROM proposals p
    CROSS JOIN LATERAL (SELECT round(COALESCE(sum(CASE b->>'kind'
            WHEN 'buy' THEN (b->>'unit_price')::numeric * (b->>'quantity')::bigint
            WHEN 'split_purchase' THEN (b->>'unit_price')::numeric * (b->>'quantity')::bigint
            WHEN 'make' THEN (b->>'value')::numeric
            WHEN 'top_up' THEN (b->>'value')::numeric
            WHEN 'accept_price' THEN GREATEST(0, ((b->>'new_price')::numeric - (b->>'old_price')::numeric)
                                                 * (b->>'quantity')::bigint)
            ELSE GREATEST(0, COALESCE(b->>'cost', b->>'fee', b->>'value', '0')::numeric) END), 0), 2) AS money
        FROM jsonb_array_elements(p.plan::jsonb->'actions') b) c
    WHERE p.money <> c.money
    ORDER BY 1""",
        """
    WITH kept AS (
        SELECT DISTINCT ON (order_id, line) * FROM line_prices ORDER BY order_id, line, id DESC),
    sold AS (
        SELECT format('order line %s/%s', o.number, x.line) AS name, x.unit_price AS price, x.item_id AS sold_item,
               x.ordered, x.state, o.currency AS order_currency, k.*
        FROM kept k JOIN sales_orders o ON o.id = k.order_id
        JOIN sales_order_lines x ON x.order_id = k.order_id AND x.line = k.line)
    SELECT format('%s is sold at %s, %s was found by %s', name, price, unit_price, source) FROM sold
    WHERE price <> unit_price AND state <> 'cancelled'
    UNION ALL
    SELECT format('%s was priced for another item, quantity or currency', name) FROM sold
    WHERE state <> 'cancelled' AND (sold_item, ordered, order_currency) IS DISTINCT FROM (item_id, quantity, currency)
    UNION ALL
    SELECT format('%s is worth %s, kept is %s', name, round(unit_price * quantity, 2), line_total) FROM sold
    WHERE line_total <> round(unit_price * quantity, 2)
    UNION ALL
    SELECT format('%s goes on at the price %s that the customer states, not agreed', name, price) FROM sold
    WHERE source = 'stated' AND state NOT IN ('draft', 'validated', 'on hold', 'cancelled')
    ORDER BY 1""",
        """
    SELECT format('order line %s/%s has the price of %s line %s, which is %s', o.number, k.line, p.code, k.list_line,
                  w.what)
    FROM line_prices k JOIN sales_orders o ON o.id = k.order_id JOIN price_lists p ON p.id = k.list_id
    JOIN price_list_lines l ON l.list_id = k.list_id AND l.line = k.list_line
    CROSS JOIN LATERAL (VALUES
        (l.unit_price <> k.base, format('%s, not %s', l.unit_price, k.base)),
        (l.item_id <> k.item_id, 'for another item'),
        (l.minimum > k.quantity, format('for %s units or more', l.minimum)),
        (l.valid_from > k.priced_on OR p.valid_from > k.priced_on, 'not in force yet'),
        (p.kind <> k.source, format('of a %s', p.kind)),
        (p.currency <> k.currency, format('in %s', p.currency)),
        (p.customer_id <> o.customer_id, 'of another customer')) AS w(broken, what)
    WHERE w.broken
    UNION ALL
    SELECT format('order line %s/%s was discounted from %s to %s, its discounts make it %s', o.number, k.line, k.base,
                  k.unit_price, c.price)
    FROM line_prices k JOIN sales_orders o ON o.id = k.order_id
    CROSS JOIN LATERAL (
        WITH RECURSIVE taken AS (
            SELECT d.kind, d.value, row_number() OVER (ORDER BY s.n) AS n
            FROM jsonb_array_elements(k.steps) WITH ORDINALITY s(step, n)
            JOIN discounts d ON d.code = s.step->>'discount'),
        steps AS (
            SELECT 0::bigint AS n, k.base AS price
            UNION ALL
            SELECT t.n, (CASE t.kind WHEN 'percent' THEN round(s.price * (100 - t.value) / 100, 4)
                                     ELSE greatest(0, s.price - t.value) END)::numeric(19, 4)
            FROM steps s JOIN taken t ON t.n = s.n + 1)
        SELECT price FROM steps ORDER BY n DESC LIMIT 1) c
    WHERE k.source IN ('item', 'list', 'contract') AND (c.price <> k.unit_price OR c.price <> k.found)
    UNION ALL
    SELECT format('override %s of order line %s/%s says %s, the line was priced %s', v.id, o.number, k.line, v.price,
                  k.unit_price)
    FROM line_prices k JOIN sales_orders o ON o.id = k.order_id JOIN price_overrides v ON v.id = k.override_id
    WHERE (v.order_id, v.line, v.price, v.currency) IS DISTINCT FROM (k.order_id, k.line, k.unit_price, k.currency)
    UNION ALL
    SELECT format('override %s was decided by %s as %s, which sets no prices', v.id, v.approved_by, v.role)
    FROM price_overrides v WHERE v.role NOT IN ('customer_service', 'operations_manager', 'finance')
      AND NOT EXISTS (SELECT FROM approval_decisions d WHERE d.user_name = v.approved_by AND d.kind = 'approve'
                      AND v.reason LIKE '%approval ' || d.approval_id)
    ORDER BY 1""",
        """
    SELECT format('order line %s/%s is %s although it is on hold: %s %s', o.number, x.line, x.state, h.kind, h.reason)
    FROM holds h JOIN sales_orders o ON o.id = h.order_id JOIN sales_order_lines x ON x.order_id = o.id
    WHERE h.released_at IS NULL AND (h.line IS NULL OR h.line = x.line)
      AND x.state IN ('draft', 'validated', 'confirmed', 'allocated', 'released')
    UNION ALL
    SELECT format('hold %s was released by %s as %s, which may not', h.id, h.released_by, h.released_role) FROM holds h
    WHERE NOT h.release_roles ? h.released_role AND NOT (h.kind = 'manual' AND h.release_reason LIKE 'lapsed: %')
    ORDER BY 1""",
    ),
)
