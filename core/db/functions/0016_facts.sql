-- Facts for people as views over the ledgers. Days are those of the company's own clock.

-- The first day on which an order line came into each state, as the audit log has it; loaded states have no day.
CREATE VIEW fact_line_steps AS
SELECT o.id AS order_id, x.key::integer AS line, split_part(x.value, ' -> ', 1) AS was,
       split_part(x.value, ' -> ', 2) AS state, min((a.recorded_at AT TIME ZONE s.time_zone)::date) AS first_on
FROM audit_log a JOIN sales_orders o ON a.scope = 'order:' || o.number
CROSS JOIN settings s CROSS JOIN LATERAL jsonb_each_text(a.facts::jsonb -> 'lines') x
WHERE a.event = 'order_advanced' GROUP BY 1, 2, 3, 4;

-- Units that left for the customer of an order line; what makes a lost or damaged shipment good is not sold again.
CREATE VIEW fact_shipped AS
SELECT m.order_id, m.line, m.item_id, m.moved_on, m.quantity, m.reason = 'drop shipment' AS dropped
FROM stock_moves m JOIN locations t ON t.id = m.destination_id
WHERE t.code = '(customer)' AND m.order_id IS NOT NULL
  AND NOT EXISTS (SELECT FROM shipments r WHERE r.number = m.reference AND r.replaces_id IS NOT NULL);

-- Order lines with the days on which they were entered, confirmed, released, shipped whole, delivered whole or cancelled.
-- `complete_on` is unknown where units left before these books began or were sent by another system without a day.
CREATE VIEW fact_order_lines AS
SELECT x.order_id, o.number, x.line, c.code AS customer, i.code AS item, x.item_id, o.currency, o.order_date, x.state,
       x.requested, x.first_promised, x.promised, x.unit_price, x.ordered, x.cancelled, x.shipped, x.delivered,
       x.returned, x.ordered - x.cancelled AS owed, x.ordered - x.cancelled - x.shipped AS open,
       t.confirmed_on, t.released_on, CASE WHEN x.state = 'cancelled' THEN t.cancelled_on END AS cancelled_on,
       CASE WHEN x.shipped > 0 AND x.shipped + x.cancelled = x.ordered
            THEN CASE WHEN m.units = x.shipped THEN m.last_on ELSE t.shipped_on END END AS complete_on,
       CASE WHEN x.delivered > 0 AND x.delivered + x.cancelled = x.ordered
            THEN GREATEST(d.last_on, m.dropped_on) END AS delivered_on
FROM sales_order_lines x JOIN sales_orders o ON o.id = x.order_id AND o.kind = 'order'
JOIN customers c ON c.id = o.customer_id JOIN items i ON i.id = x.item_id
LEFT JOIN (SELECT order_id, line, sum(quantity) AS units, max(moved_on) AS last_on,
                  max(moved_on) FILTER (WHERE dropped) AS dropped_on
           FROM fact_shipped GROUP BY order_id, line) m ON m.order_id = x.order_id AND m.line = x.line
LEFT JOIN (SELECT l.order_id, l.line, max(h.delivered_on) AS last_on
           FROM shipment_lines l JOIN shipments h ON h.id = l.shipment_id GROUP BY l.order_id, l.line) d
    ON d.order_id = x.order_id AND d.line = x.line
LEFT JOIN (SELECT order_id, line, min(first_on) FILTER (WHERE state = 'confirmed' AND was = 'validated') AS confirmed_on,
                  min(first_on) FILTER (WHERE state = 'released') AS released_on,
                  min(first_on) FILTER (WHERE state = 'shipped') AS shipped_on,
                  min(first_on) FILTER (WHERE state = 'cancelled') AS cancelled_on
           FROM fact_line_steps GROUP BY order_id, line) t ON t.order_id = x.order_id AND t.line = x.line;

-- Lines against a day: `basis` is the first promise or the request. Lines cancelled by that day are not in it, nor lines
-- that left whole on a day nobody wrote down.
CREATE VIEW fact_days_kept AS
SELECT l.*, b.basis, b.day,
       CASE WHEN l.owed = 0 OR l.complete_on > b.day THEN 'late'
            WHEN l.open > 0 THEN 'open' ELSE 'on time' END AS outcome
FROM fact_order_lines l CROSS JOIN LATERAL (VALUES ('promise', l.first_promised), ('request', l.requested)) b(basis, day)
WHERE b.day IS NOT NULL AND (l.open > 0 OR l.owed > 0 AND l.complete_on IS NOT NULL OR l.owed = 0 AND l.cancelled_on > b.day);

-- Purchase order lines against the day first asked for, with the day on which the last unit of them was taken in.
CREATE VIEW fact_purchase_lines AS
SELECT p.id AS order_id, p.number, l.line, s.code AS supplier, i.code AS item, COALESCE(l.requested, l.due) AS day,
       l.ordered, l.received, CASE WHEN l.received >= l.ordered AND r.units = l.received THEN r.complete_on END AS complete_on
FROM purchase_order_lines l JOIN purchase_orders p ON p.id = l.order_id
JOIN suppliers s ON s.id = p.supplier_id JOIN items i ON i.id = l.item_id
LEFT JOIN LATERAL (
    SELECT max(u.units) AS units, min(u.received_on) FILTER (WHERE u.units >= l.ordered) AS complete_on
    FROM (SELECT received_on, sum(accepted) OVER (ORDER BY received_on, id) AS units
          FROM receipts e WHERE e.order_id = l.order_id AND e.line = l.line) u) r ON true
WHERE p.state IN ('open', 'received');

-- Cases with when they were opened, decided on and resolved; `unseen_at` is the last scan that did not find them.
CREATE VIEW fact_cases AS
SELECT c.id, split_part(c.key, '|', 1) AS type, c.state, c.opened_on, e.opened_at, e.decided_at,
       CASE WHEN c.state = 'resolved' THEN e.resolved_at END AS resolved_at,
       (SELECT max(n.recorded_at) FROM scans n WHERE n.recorded_at < e.opened_at) AS unseen_at
FROM cases c LEFT JOIN LATERAL (
    SELECT min(a.recorded_at) FILTER (WHERE a.event = 'case_opened') AS opened_at,
           min(a.recorded_at) FILTER (WHERE a.event IN ('approval_approved', 'approval_rejected')) AS decided_at,
           max(a.recorded_at) FILTER (WHERE a.event = 'case_moved' AND a.facts::jsonb ->> 'to' = 'resolved') AS resolved_at
    FROM audit_log a WHERE a.scope = 'case:CASE-' || c.id) e ON true;

-- Proposals with what became of them; `overridden` where people said no or another option was advised.
CREATE VIEW fact_proposals AS
SELECT p.id, p.case_id, p.money, a.state, a.state = 'rejected' OR p.advice ->> 'option' <> p.option_id AS overridden,
       CASE WHEN a.state IN ('approved', 'rejected', 'stale', 'executed', 'undone') THEN d.decided_at END AS decided_at,
       e.executed_at, e.undone_at
FROM proposals p JOIN approvals a ON a.proposal_id = p.id
LEFT JOIN LATERAL (SELECT max(k.decided_at) AS decided_at FROM approval_decisions k WHERE k.approval_id = a.id) d ON true
LEFT JOIN effect_ledger e ON e.approval_id = a.id;

GRANT SELECT ON fact_line_steps, fact_shipped, fact_order_lines, fact_days_kept, fact_purchase_lines, fact_cases,
    fact_proposals TO expediter_app, expediter_agent;
