-- The small tables that change with daily business, one row of arrays, each sorted by its key.
-- The parts are cross-joined, not listed, as the planner would try thousands of orders of a list of so many.
SELECT j.*, g.*, h.*, u.*, x.*
FROM
 (SELECT array_agg(number) AS instead_number, array_agg(component_id) AS instead_component,
         array_agg(alternate_id) AS instead_alternate, array_agg((ratio * 1000000)::bigint) AS instead_ratio
  FROM (SELECT w.number, x.* FROM work_order_substitutes x JOIN work_orders w ON w.id = x.order_id
        JOIN items g ON g.id = x.component_id
        WHERE x.in_force AND w.state = 'open' AND w.ordered > w.completed
        ORDER BY w.number COLLATE "C", g.code COLLATE "C") y) j CROSS JOIN
 (SELECT array_agg(item_id) AS claim_item, array_agg(location_id) AS claim_place,
         array_agg(quantity - held) AS claim_quantity, array_agg(due) AS claim_due,
         array_agg((extract(epoch FROM expires_at) * 1000000)::bigint) AS claim_until
  FROM (SELECT * FROM promise_quotes WHERE state = 'open' AND quantity > held
        ORDER BY quote COLLATE "C", position) y) g CROSS JOIN
 -- Named after the order line they were planned for. A purchase that is firmed is placed once it is sent.
 (SELECT array_agg(kind) AS planned_kind, array_agg(number) AS planned_number, array_agg(item_id) AS planned_item,
         array_agg(location_id) AS planned_place, array_agg(quantity) AS planned_quantity,
         array_agg(start) AS planned_start, array_agg(due) AS planned_due,
         array_agg(COALESCE(supplier_id, 0)) AS planned_supplier, array_agg(COALESCE(origin_id, 0)) AS planned_origin,
         array_agg(COALESCE(order_number, '')) AS planned_order, array_agg(COALESCE(order_line, 0)) AS planned_line
  FROM (SELECT x.*, n.order_number, n.order_line, CASE x.kind WHEN 'work' THEN 1 WHEN 'purchase' THEN 2 ELSE 3 END AS place
        FROM planned_orders x
        CROSS JOIN LATERAL (SELECT substring(x.number FROM '^PP-(.*)-[0-9]+[.][0-9]+-[0-9]+$') AS order_number,
                                   substring(x.number FROM '^PP-.*-([0-9]+)[.][0-9]+-[0-9]+$')::integer AS order_line) n
        LEFT JOIN sales_orders o ON o.number = n.order_number
        LEFT JOIN sales_order_lines l ON l.order_id = o.id AND l.line = n.order_line
        LEFT JOIN purchase_orders p ON x.kind = 'purchase' AND p.number = x.firmed_as
        WHERE x.promisable AND (x.state = 'planned' OR x.state = 'firmed' AND p.stage = 'draft')
          AND (l.line IS NULL OR l.ordered > l.shipped + l.cancelled)
        ORDER BY place, x.number COLLATE "C") y) h CROSS JOIN
 (SELECT array_agg(number) AS booked_number, array_agg(work_center) AS booked_center, array_agg(day) AS booked_day,
         array_agg(minutes) AS booked_minutes
  FROM (SELECT w.number, b.work_center, b.day, sum(b.minutes)::bigint AS minutes
        FROM capacity_bookings b JOIN work_orders w ON w.id = b.order_id, settings z
        WHERE b.day >= z.as_of AND b.minutes > 0 GROUP BY w.number, b.work_center, b.day
        ORDER BY w.number COLLATE "C", b.work_center COLLATE "C", b.day) y) u CROSS JOIN
 (SELECT array_agg(y.work_center) AS overtime_center, array_agg(y.day) AS overtime_day,
         array_agg(y.overtime::bigint) AS overtime_minutes
  FROM work_center_loads y, settings z WHERE y.day >= z.as_of AND y.overtime > 0) x
