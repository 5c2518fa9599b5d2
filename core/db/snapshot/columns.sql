-- The small tables of core/planning/snapshot.py, one row of arrays, each sorted by its key.
-- Prices in ten-thousandths, quantities per parent in millionths, penalties in hundredths of a percent a day.
-- The parts are cross-joined, not listed, as the planner would try thousands of orders of a list of so many, for longer
-- than the reading takes.
-- What a later pack closed is not planned with.
SELECT s.*, i.*, l.*, c.*, v.*, n.*, r.*, a.*, m.*, o.*, q.*, e.*, f.*
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
         array_agg(tier ORDER BY code COLLATE "C") AS customer_tier,
         array_agg(((CASE WHEN late_penalty_percent > 0 THEN late_penalty_percent
                          ELSE (SELECT late_penalty_percent FROM settings) END) * 100)::bigint
                   ORDER BY code COLLATE "C") AS customer_penalty
  FROM customers) c CROSS JOIN
 (SELECT array_agg(id ORDER BY code COLLATE "C") AS supplier_id,
         array_agg(code ORDER BY code COLLATE "C") AS supplier_code,
         array_agg(name ORDER BY code COLLATE "C") AS supplier_name
  FROM suppliers) v CROSS JOIN
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
  FROM downtimes WHERE closed IS NULL) f
