-- The columns of core/planning/snapshot.py in one statement, so that they are one consistent reading of the books.
-- Prices in ten-thousandths, quantities per parent in millionths, penalties in hundredths of a percent a day.
SELECT s.*, i.*, l.*, c.*, v.*, d.*, k.*, w.*, p.*, t.*, b.*, n.*, r.*
FROM
 (SELECT as_of, currency, buffer_days FROM settings) s,
 (SELECT array_agg(x.id ORDER BY x.code COLLATE "C") AS item_id,
         array_agg(x.code ORDER BY x.code COLLATE "C") AS item_code,
         array_agg(x.make ORDER BY x.code COLLATE "C") AS item_make,
         array_agg(x.finished_good ORDER BY x.code COLLATE "C") AS item_finished,
         array_agg(CASE WHEN x.make THEN x.lead_time_days ELSE COALESCE(o.days, x.lead_time_days) END
                   ORDER BY x.code COLLATE "C") AS item_lead,
         array_agg(x.safety_stock ORDER BY x.code COLLATE "C") AS item_safety,
         array_agg((x.standard_cost * 10000)::bigint ORDER BY x.code COLLATE "C") AS item_cost
  FROM items x
  LEFT JOIN (SELECT si.item_id, min(si.lead_time_days) AS days
             FROM supplier_items si JOIN suppliers u ON u.id = si.supplier_id
             WHERE u.approved AND u.active GROUP BY si.item_id) o ON o.item_id = x.id) i,
 (SELECT array_agg(id ORDER BY code COLLATE "C") AS place_id,
         array_agg(code ORDER BY code COLLATE "C") AS place_code,
         array_agg(site ORDER BY code COLLATE "C") AS place_site,
         array_agg(may_ship ORDER BY code COLLATE "C") AS place_ships
  FROM locations WHERE NOT virtual) l,
 (SELECT array_agg(id ORDER BY code COLLATE "C") AS customer_id,
         array_agg(code ORDER BY code COLLATE "C") AS customer_code,
         array_agg(name ORDER BY code COLLATE "C") AS customer_name,
         array_agg(tier ORDER BY code COLLATE "C") AS customer_tier
  FROM customers) c,
 (SELECT array_agg(id ORDER BY code COLLATE "C") AS supplier_id,
         array_agg(code ORDER BY code COLLATE "C") AS supplier_code,
         array_agg(name ORDER BY code COLLATE "C") AS supplier_name
  FROM suppliers) v,
 (SELECT array_agg(number) AS line_order, array_agg(line) AS line_no, array_agg(item_id) AS line_item,
         array_agg(ship_from_id) AS line_place, array_agg(quantity) AS line_quantity, array_agg(due) AS line_due,
         array_agg(requested) AS line_requested, array_agg(order_date) AS line_ordered_on,
         array_agg(entry_sequence) AS line_entry, array_agg(priority) AS line_priority,
         array_agg(price) AS line_price, array_agg(penalty) AS line_penalty, array_agg(customer_id) AS line_customer
  FROM (SELECT o.number, x.line, x.item_id, o.ship_from_id, x.ordered - x.shipped - x.cancelled AS quantity,
               COALESCE(x.promised, x.requested) AS due, x.requested, o.order_date, o.entry_sequence, o.priority,
               (x.unit_price * 10000)::bigint AS price,
               ((CASE WHEN m.late_penalty_percent > 0 THEN m.late_penalty_percent
                      ELSE (SELECT late_penalty_percent FROM settings) END) * 100)::bigint AS penalty,
               o.customer_id
        FROM sales_order_lines x JOIN sales_orders o ON o.id = x.order_id JOIN customers m ON m.id = o.customer_id
        WHERE x.ordered > x.shipped + x.cancelled
        ORDER BY o.number COLLATE "C", x.line) q) d,
 (SELECT array_agg(item_id) AS stock_item, array_agg(location_id) AS stock_place, array_agg(available) AS stock_available
  FROM (SELECT b.item_id, b.location_id, b.on_hand - b.reserved AS available
        FROM stock_balances b JOIN items x ON x.id = b.item_id JOIN locations y ON y.id = b.location_id
        WHERE NOT y.virtual
        ORDER BY x.code COLLATE "C", y.code COLLATE "C") q) k,
 (SELECT array_agg(number) AS work_number, array_agg(item_id) AS work_item, array_agg(location_id) AS work_place,
         array_agg(ordered - completed) AS work_quantity, array_agg(due) AS work_due, array_agg(start) AS work_start,
         array_agg(components_issued) AS work_issued
  FROM (SELECT * FROM work_orders WHERE state = 'open' AND ordered > completed ORDER BY number COLLATE "C") q) w,
 (SELECT array_agg(number) AS bought_number, array_agg(line) AS bought_line, array_agg(item_id) AS bought_item,
         array_agg(location_id) AS bought_place, array_agg(ordered - received) AS bought_quantity,
         array_agg(due) AS bought_due, array_agg(supplier_id) AS bought_supplier
  FROM (SELECT o.number, x.line, x.item_id, x.location_id, x.ordered, x.received, x.due, o.supplier_id
        FROM purchase_order_lines x JOIN purchase_orders o ON o.id = x.order_id
        WHERE o.state = 'open' AND x.ordered > x.received
        ORDER BY o.number COLLATE "C", x.line) q) p,
 (SELECT array_agg(number) AS moved_number, array_agg(item_id) AS moved_item,
         array_agg(destination_id) AS moved_place, array_agg(quantity) AS moved_quantity, array_agg(due) AS moved_due
  FROM (SELECT * FROM transfer_orders WHERE state = 'open' ORDER BY number COLLATE "C") q) t,
 (SELECT array_agg(parent_id) AS bom_parent, array_agg(component_id) AS bom_component,
         array_agg(per_parent) AS bom_per_parent
  FROM (SELECT x.parent_id, x.component_id, ceil(x.quantity_per / (1 - x.scrap) * 1000000)::bigint AS per_parent
        FROM bom_components x JOIN items g ON g.id = x.parent_id JOIN items h ON h.id = x.component_id
        ORDER BY g.code COLLATE "C", h.code COLLATE "C") q) b,
 (SELECT array_agg(origin_id) AS lane_origin, array_agg(destination_id) AS lane_destination, array_agg(days) AS lane_days,
         array_agg((fixed_cost * 10000)::bigint) AS lane_fixed, array_agg((unit_cost * 10000)::bigint) AS lane_unit
  FROM (SELECT x.* FROM lanes x JOIN locations g ON g.id = x.origin_id JOIN locations h ON h.id = x.destination_id
        ORDER BY g.code COLLATE "C", h.code COLLATE "C") q) n,
 (SELECT array_agg(item_id) AS source_item, array_agg(supplier_id) AS source_supplier, array_agg(lead_time_days) AS source_lead,
         array_agg((unit_price * 10000)::bigint) AS source_price, array_agg(minimum_order) AS source_minimum,
         array_agg(multiple) AS source_multiple, array_agg(COALESCE(maximum_order, 1000000000000)) AS source_maximum
  FROM (SELECT x.* FROM supplier_items x JOIN suppliers u ON u.id = x.supplier_id JOIN items g ON g.id = x.item_id
        WHERE u.approved AND u.active
        ORDER BY g.code COLLATE "C", u.code COLLATE "C") q) r
