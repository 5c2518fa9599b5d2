"""Laws of supply: what its documents say came, went and was made is what the ledger says; booked minutes add up."""

DOCUMENTS = """
    WITH said AS (
        SELECT o.number || '/' || r.line AS reference, 'received' AS what, sum(r.accepted) AS units
        FROM receipts r JOIN purchase_orders o ON o.id = r.order_id GROUP BY o.number, r.line
        UNION ALL
        SELECT o.number, 'issued', sum(i.quantity)
        FROM work_order_issues i JOIN work_orders o ON o.id = i.order_id GROUP BY o.number
        UNION ALL
        SELECT o.number, 'made', sum(c.good + c.scrapped)
        FROM work_order_completions c JOIN work_orders o ON o.id = c.order_id GROUP BY o.number
        UNION ALL
        SELECT o.number, 'arrived', sum(r.received + r.lost)
        FROM transfer_receipts r JOIN transfer_orders o ON o.id = r.order_id GROUP BY o.number),
    moved AS (
        SELECT m.reference, CASE WHEN f.code = '(supplier)' THEN 'received' WHEN t.code = '(production)' THEN 'issued'
                                 WHEN f.code = '(production)' THEN 'made' WHEN f.code = '(in transit)' THEN 'arrived'
                            END AS what, sum(m.quantity) AS units
        FROM stock_moves m JOIN locations f ON f.id = m.origin_id JOIN locations t ON t.id = m.destination_id
        GROUP BY 1, 2)
    SELECT format('%s: %s %s, in the ledger %s', s.reference, s.what, s.units, COALESCE(m.units, 0))
    FROM said s LEFT JOIN moved m ON m.reference = s.reference AND m.what = s.what
    WHERE s.units <> COALESCE(m.units, 0) ORDER BY 1"""

COUNTS = """
    SELECT format('purchase order line %s/%s: received %s, its receipts %s', o.number, x.line, x.received, r.units)
    FROM purchase_order_lines x JOIN purchase_orders o ON o.id = x.order_id
    JOIN (SELECT order_id, line, sum(accepted) AS units FROM receipts GROUP BY order_id, line) r
        ON r.order_id = x.order_id AND r.line = x.line
    WHERE x.received < r.units
    UNION ALL
    SELECT format('work order %s: completed %s, its completions %s', o.number, o.completed, c.units)
    FROM work_orders o JOIN (SELECT order_id, sum(good) AS units FROM work_order_completions GROUP BY order_id) c
        ON c.order_id = o.id WHERE o.completed < c.units
    UNION ALL
    SELECT format('transfer order %s: received %s and lost %s, its receipts %s', o.number, o.received, o.lost,
                  COALESCE(r.units, 0))
    FROM transfer_orders o LEFT JOIN (
        SELECT order_id, sum(received + lost) AS units FROM transfer_receipts GROUP BY order_id) r ON r.order_id = o.id
    WHERE o.received + o.lost <> COALESCE(r.units, 0)
    UNION ALL
    SELECT format('%s on %s: booked %s minutes, its bookings %s', l.work_center, l.day, l.booked,
                  COALESCE(b.minutes, 0))
    FROM work_center_loads l LEFT JOIN (
        SELECT work_center, day, sum(minutes) AS minutes FROM capacity_bookings GROUP BY work_center, day) b
        ON b.work_center = l.work_center AND b.day = l.day
    WHERE l.booked <> COALESCE(b.minutes, 0)
    UNION ALL
    SELECT format('work order %s: built with %s instead of %s, its components say otherwise', o.number, a.code, c.code)
    FROM work_order_substitutes x JOIN work_orders o ON o.id = x.order_id
    JOIN items a ON a.id = x.alternate_id JOIN items c ON c.id = x.component_id
    WHERE x.in_force AND o.state = 'open'
      AND EXISTS (SELECT FROM work_order_components k WHERE k.order_id = x.order_id)
      AND (NOT EXISTS (SELECT FROM work_order_components k WHERE k.order_id = x.order_id AND k.item_id = x.alternate_id)
           OR EXISTS (SELECT FROM work_order_components k
                      WHERE k.order_id = x.order_id AND k.item_id = x.component_id AND k.required > 0))
    ORDER BY 1"""
