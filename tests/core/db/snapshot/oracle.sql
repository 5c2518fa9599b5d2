-- The columns of core/planning/snapshot.py in one statement, so that they are one consistent reading of the books.
-- Prices in ten-thousandths, quantities per parent in millionths, penalties in hundredths of a percent a day.
-- It has no parameters, so that a connection plans it once; and its parts are cross-joined, not listed, as the planner
-- would try thousands of orders of a list of so many, for longer than the reading takes.
-- What a later pack closed is not planned with. An order line counts from the day it is confirmed, on hold or not.
SELECT s.*, i.*, l.*, c.*, v.*, d.*, k.*, w.*, p.*, t.*, b.*, n.*, r.*, a.*, j.*, m.*, o.*, q.*, e.*, f.*, g.*, h.*, u.*, x.*
FROM
 (SELECT as_of, currency, buffer_days FROM settings) s CROSS JOIN
 (SELECT array_agg(x.id ORDER BY x.code COLLATE "C") AS item_id,
         array_agg(x.code ORDER BY x.code COLLATE "C") AS item_code,
         array_agg(x.make ORDER BY x.code COLLATE "C") AS item_make,
         array_agg(x.finished_good ORDER BY x.code COLLATE "C") AS item_finished,
         array_agg(CASE WHEN x.make THEN x.lead_time_days ELSE COALESCE(o.days, x.lead_time_days) END
                   ORDER BY x.code COLLATE "C") AS item_lead,
         array_agg(x.safety_stock ORDER BY x.code COLLATE "C") AS item_safety,
         array_agg((x.standard_cost * 10000)::bigint ORDER BY x.code COLLATE "C") AS item_cost,
         array_agg(x.minimum_lot ORDER BY x.code COLLATE "C") AS lot_minimum,
         array_agg(x.lot_multiple ORDER BY x.code COLLATE "C") AS lot_multiple,
         array_agg(COALESCE(x.maximum_lot, 1000000000000) ORDER BY x.code COLLATE "C") AS lot_maximum,
         array_agg(x.safety_days ORDER BY x.code COLLATE "C") AS lot_safety,
         array_agg(x.planning_fence_days ORDER BY x.code COLLATE "C") AS lot_fence,
         array_agg(x.phantom ORDER BY x.code COLLATE "C") AS lot_phantom
  FROM items x
  LEFT JOIN (SELECT si.item_id, min(si.lead_time_days) AS days
             FROM supplier_items si JOIN suppliers u ON u.id = si.supplier_id
             WHERE u.approved AND u.active AND u.closed IS NULL AND si.closed IS NULL GROUP BY si.item_id) o ON o.item_id = x.id) i CROSS JOIN
 (SELECT array_agg(id ORDER BY code COLLATE "C") AS place_id,
         array_agg(code ORDER BY code COLLATE "C") AS place_code,
         array_agg(site ORDER BY code COLLATE "C") AS place_site,
         array_agg(may_ship ORDER BY code COLLATE "C") AS place_ships,
         array_agg(COALESCE(calendar, '') ORDER BY code COLLATE "C") AS place_calendar
  FROM locations WHERE NOT virtual) l CROSS JOIN
 (SELECT array_agg(id ORDER BY code COLLATE "C") AS customer_id,
         array_agg(code ORDER BY code COLLATE "C") AS customer_code,
         array_agg(name ORDER BY code COLLATE "C") AS customer_name,
         array_agg(tier ORDER BY code COLLATE "C") AS customer_tier
  FROM customers) c CROSS JOIN
 (SELECT array_agg(id ORDER BY code COLLATE "C") AS supplier_id,
         array_agg(code ORDER BY code COLLATE "C") AS supplier_code,
         array_agg(name ORDER BY code COLLATE "C") AS supplier_name
  FROM suppliers) v CROSS JOIN
 (SELECT array_agg(number) AS line_order, array_agg(line) AS line_no, array_agg(item_id) AS line_item,
         array_agg(ship_from_id) AS line_place, array_agg(quantity) AS line_quantity, array_agg(due) AS line_due,
         array_agg(requested) AS line_requested, array_agg(order_date) AS line_ordered_on,
         array_agg(entry_sequence) AS line_entry, array_agg(priority) AS line_priority,
         array_agg(price) AS line_price, array_agg(penalty) AS line_penalty, array_agg(customer_id) AS line_customer,
         array_agg(held) AS line_held
  FROM (SELECT o.number, x.line, x.item_id, COALESCE(x.node_id, o.ship_from_id) AS ship_from_id, x.ordered - x.shipped - x.cancelled AS quantity,
               COALESCE(x.promised, x.requested) AS due, x.requested, o.order_date, o.entry_sequence, o.priority,
               (x.unit_price * 10000)::bigint AS price,
               ((CASE WHEN m.late_penalty_percent > 0 THEN m.late_penalty_percent
                      ELSE (SELECT late_penalty_percent FROM settings) END) * 100)::bigint AS penalty,
               o.customer_id, LEAST(COALESCE(h.units, 0), x.ordered - x.shipped - x.cancelled)::bigint AS held
        FROM sales_order_lines x JOIN sales_orders o ON o.id = x.order_id JOIN customers m ON m.id = o.customer_id
        LEFT JOIN (SELECT order_id, line, sum(quantity - taken) AS units FROM reservations
                   WHERE state = 'open' AND kind = 'hard' AND order_id IS NOT NULL
                   GROUP BY order_id, line) h ON h.order_id = x.order_id AND h.line = x.line
        WHERE x.ordered > x.shipped + x.cancelled AND o.kind = 'order' AND x.state NOT IN ('draft', 'validated')
          AND (x.state <> 'on hold' OR COALESCE(x.held_from, 'draft') NOT IN ('draft', 'validated'))
        ORDER BY o.number COLLATE "C", x.line) q) d CROSS JOIN
 (SELECT array_agg(item_id) AS stock_item, array_agg(location_id) AS stock_place, array_agg(available) AS stock_available
  FROM (SELECT b.item_id, b.location_id, GREATEST(b.on_hand - b.reserved - b.blocked, 0) AS available
        FROM stock_balances b JOIN items x ON x.id = b.item_id JOIN locations y ON y.id = b.location_id
        WHERE NOT y.virtual
        ORDER BY x.code COLLATE "C", y.code COLLATE "C") q) k CROSS JOIN
 (SELECT array_agg(number) AS work_number, array_agg(item_id) AS work_item, array_agg(location_id) AS work_place,
         array_agg(ordered - completed) AS work_quantity, array_agg(due) AS work_due, array_agg(start) AS work_start,
         array_agg(components_issued) AS work_issued
  FROM (SELECT * FROM work_orders WHERE state = 'open' AND ordered > completed ORDER BY number COLLATE "C") q) w CROSS JOIN
 (SELECT array_agg(number) AS bought_number, array_agg(line) AS bought_line, array_agg(item_id) AS bought_item,
         array_agg(location_id) AS bought_place, array_agg(ordered - received) AS bought_quantity,
         array_agg(due) AS bought_due, array_agg(supplier_id) AS bought_supplier
  FROM (SELECT o.number, x.line, x.item_id, x.location_id, COALESCE(x.confirmed, x.ordered) AS ordered, x.received, x.due,
               o.supplier_id
        FROM purchase_order_lines x JOIN purchase_orders o ON o.id = x.order_id
        WHERE o.state = 'open' AND COALESCE(x.confirmed, x.ordered) > x.received
        ORDER BY o.number COLLATE "C", x.line) q) p CROSS JOIN
 (SELECT array_agg(number) AS moved_number, array_agg(item_id) AS moved_item,
         array_agg(destination_id) AS moved_place, array_agg(quantity - received - lost) AS moved_quantity,
         array_agg(due) AS moved_due
  FROM (SELECT * FROM transfer_orders WHERE state = 'open' ORDER BY number COLLATE "C") q) t CROSS JOIN
 (SELECT array_agg(parent_id) AS bom_parent, array_agg(component_id) AS bom_component,
         array_agg(per_parent) AS bom_per_parent
  FROM (SELECT x.parent_id, x.component_id, ceil(x.quantity_per / (1 - x.scrap) * 1000000)::bigint AS per_parent
        FROM bom_components x JOIN items g ON g.id = x.parent_id JOIN items h ON h.id = x.component_id, settings z
        WHERE x.closed IS NULL AND z.as_of BETWEEN COALESCE(x.valid_from, z.as_of) AND COALESCE(x.valid_to, z.as_of)
        ORDER BY g.code COLLATE "C", h.code COLLATE "C") q) b CROSS JOIN
 (SELECT array_agg(origin_id) AS lane_origin, array_agg(destination_id) AS lane_destination, array_agg(days) AS lane_days,
         array_agg((fixed_cost * 10000)::bigint) AS lane_fixed, array_agg((unit_cost * 10000)::bigint) AS lane_unit
  FROM (SELECT x.* FROM lanes x JOIN locations g ON g.id = x.origin_id JOIN locations h ON h.id = x.destination_id
        WHERE x.closed IS NULL
        ORDER BY g.code COLLATE "C", h.code COLLATE "C") q) n CROSS JOIN
 (SELECT array_agg(item_id) AS source_item, array_agg(supplier_id) AS source_supplier, array_agg(lead_time_days) AS source_lead,
         array_agg((unit_price * 10000)::bigint) AS source_price, array_agg(minimum_order) AS source_minimum,
         array_agg(multiple) AS source_multiple, array_agg(COALESCE(maximum_order, 1000000000000)) AS source_maximum,
         array_agg(priority) AS source_priority, array_agg(safety_days) AS source_safety,
         array_agg(COALESCE(weekly_capacity, 1000000000000)) AS source_weekly,
         array_agg(COALESCE(valid_from, '1970-01-01')) AS source_from,
         array_agg(COALESCE(valid_to, '9999-12-31')) AS source_to
  FROM (SELECT x.* FROM supplier_items x JOIN suppliers u ON u.id = x.supplier_id JOIN items g ON g.id = x.item_id
        WHERE u.approved AND u.active AND u.closed IS NULL AND x.closed IS NULL
        ORDER BY g.code COLLATE "C", u.code COLLATE "C") q) r CROSS JOIN
 (SELECT array_agg(item_id) AS other_item, array_agg(alternate_id) AS other_alternate,
         array_agg(scope = 'component') AS other_component, array_agg((ratio * 1000000)::bigint) AS other_ratio,
         array_agg(priority) AS other_priority, array_agg(COALESCE(valid_from, '1970-01-01')) AS other_from,
         array_agg(COALESCE(valid_to, '9999-12-31')) AS other_to, array_agg(approval_needed) AS other_approval
  FROM (SELECT x.* FROM item_alternates x JOIN items g ON g.id = x.item_id JOIN items h ON h.id = x.alternate_id
        WHERE x.closed IS NULL
        ORDER BY g.code COLLATE "C", x.priority, h.code COLLATE "C", x.scope) y) a CROSS JOIN
 (SELECT array_agg(number) AS instead_number, array_agg(component_id) AS instead_component,
         array_agg(alternate_id) AS instead_alternate, array_agg((ratio * 1000000)::bigint) AS instead_ratio
  FROM (SELECT w.number, x.* FROM work_order_substitutes x JOIN work_orders w ON w.id = x.order_id
        JOIN items g ON g.id = x.component_id
        WHERE x.in_force AND w.state = 'open' AND w.ordered > w.completed
        ORDER BY w.number COLLATE "C", g.code COLLATE "C") y) j CROSS JOIN
 (SELECT array_agg(code ORDER BY code COLLATE "C") AS center_code,
         array_agg(location_id ORDER BY code COLLATE "C") AS center_place,
         array_agg(COALESCE(calendar, '') ORDER BY code COLLATE "C") AS center_calendar,
         array_agg(stations ORDER BY code COLLATE "C") AS center_stations
  FROM work_centers) m CROSS JOIN
 (SELECT array_agg(item_id) AS step_item, array_agg(sequence) AS step_sequence, array_agg(work_center) AS step_center,
         array_agg(setup_minutes::bigint) AS step_setup, array_agg((unit_minutes * 1000000)::bigint) AS step_unit,
         array_agg((yield_percent * 10000)::bigint) AS step_good
  FROM (SELECT x.* FROM operations x JOIN items g ON g.id = x.item_id WHERE x.closed IS NULL
        ORDER BY g.code COLLATE "C", x.sequence) y) o CROSS JOIN
 (SELECT array_agg(item_id) AS change_item, array_agg(sequence) AS change_sequence,
         array_agg(work_center) AS change_center, array_agg(priority) AS change_priority,
         array_agg((time_factor * 1000000)::bigint) AS change_factor
  FROM (SELECT x.* FROM operation_alternates x JOIN items g ON g.id = x.item_id
        JOIN operations y ON y.item_id = x.item_id AND y.sequence = x.sequence AND y.closed IS NULL
        WHERE x.closed IS NULL
        ORDER BY g.code COLLATE "C", x.sequence, x.priority, x.work_center COLLATE "C") y) q CROSS JOIN
 (SELECT array_agg(code ORDER BY code COLLATE "C") AS calendar_code,
         array_agg(json_build_object('code', code, 'name', name, 'shifts', shifts, 'holidays', holidays,
                                     'exceptions', exceptions)::text ORDER BY code COLLATE "C") AS calendar_text
  FROM calendars) e CROSS JOIN
 (SELECT array_agg(work_center ORDER BY work_center, first) AS stop_center,
         array_agg(first ORDER BY work_center, first) AS stop_first,
         array_agg(last ORDER BY work_center, first) AS stop_last
  FROM downtimes WHERE closed IS NULL) f CROSS JOIN
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
