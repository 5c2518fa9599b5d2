-- The small tables of core/planning/snapshot.py, one row of arrays, each sorted by its key.
-- Costs in ten-thousandths, ratios in millionths, penalties in hundredths of a percent a day.
-- The parts are cross-joined, not listed, as the planner would try thousands of orders of a list of so many, for longer
-- than the reading takes; and in threes, which the offsets keep apart: of eight side by side it tries every order still,
-- which takes it half of the time of the whole statement.
-- What a later pack closed is not planned with.
SELECT g.*, h.*, i.*
FROM
(SELECT s.*, l.*, c.*
 FROM
 (SELECT as_of, currency, buffer_days FROM settings) s CROSS JOIN
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
  FROM customers) c
 OFFSET 0) g CROSS JOIN
(SELECT v.*, n.*, a.*
 FROM
 (SELECT array_agg(id ORDER BY code COLLATE "C") AS supplier_id,
         array_agg(code ORDER BY code COLLATE "C") AS supplier_code,
         array_agg(name ORDER BY code COLLATE "C") AS supplier_name,
         array_agg(COALESCE(b.days, 0) ORDER BY code COLLATE "C") AS supplier_buffer
  FROM suppliers
  LEFT JOIN (SELECT DISTINCT ON (supplier_id) supplier_id, days FROM supplier_buffers
             ORDER BY supplier_id, number DESC) b ON b.supplier_id = suppliers.id) v CROSS JOIN
 (SELECT array_agg(origin_id) AS lane_origin, array_agg(destination_id) AS lane_destination, array_agg(days) AS lane_days,
         array_agg((fixed_cost * 10000)::bigint) AS lane_fixed, array_agg((unit_cost * 10000)::bigint) AS lane_unit
  FROM (SELECT x.* FROM lanes x JOIN locations g ON g.id = x.origin_id JOIN locations h ON h.id = x.destination_id
        WHERE x.closed IS NULL
        ORDER BY g.code COLLATE "C", h.code COLLATE "C") q) n CROSS JOIN
 (SELECT array_agg(item_id) AS other_item, array_agg(alternate_id) AS other_alternate,
         array_agg(scope = 'component') AS other_component, array_agg((ratio * 1000000)::bigint) AS other_ratio,
         array_agg(priority) AS other_priority, array_agg(COALESCE(valid_from, '1970-01-01')) AS other_from,
         array_agg(COALESCE(valid_to, '9999-12-31')) AS other_to, array_agg(approval_needed) AS other_approval
  FROM (SELECT x.* FROM item_alternates x JOIN items g ON g.id = x.item_id JOIN items h ON h.id = x.alternate_id
        WHERE x.closed IS NULL
        ORDER BY g.code COLLATE "C", x.priority, h.code COLLATE "C", x.scope) y) a
 OFFSET 0) h CROSS JOIN
(SELECT m.*, q.*, e.*, f.*
 FROM
 (SELECT array_agg(code ORDER BY code COLLATE "C") AS center_code,
         array_agg(location_id ORDER BY code COLLATE "C") AS center_place,
         array_agg(COALESCE(calendar, '') ORDER BY code COLLATE "C") AS center_calendar,
         array_agg(stations ORDER BY code COLLATE "C") AS center_stations
  FROM work_centers) m CROSS JOIN
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
 OFFSET 0) i
