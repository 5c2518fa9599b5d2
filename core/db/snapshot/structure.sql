-- Items, who sells them, how they are made and of what, written as the large tables are, as there are many of them, too.
-- Prices are ten-thousandths, quantities per parent, minutes of a unit and yields millionths.
-- What a later pack closed is not planned with.
SELECT c.name, c.data
FROM (SELECT string_agg(int8send(id), '') AS id, convert_to(string_agg(code, ''), 'UTF8') AS code,
             string_agg(int4send(octet_length(code)), '') AS length, string_agg(boolsend(make), '') AS make,
             string_agg(boolsend(finished_good), '') AS finished, string_agg(int4send(lead_time_days), '') AS lead,
             string_agg(int8send(safety_stock), '') AS safety,
             string_agg(int8send((standard_cost * 10000)::bigint), '') AS cost,
             string_agg(int8send(minimum_lot), '') AS minimum, string_agg(int8send(lot_multiple), '') AS multiple,
             string_agg(int8send(COALESCE(maximum_lot, 1000000000000)), '') AS maximum,
             string_agg(int4send(safety_days), '') AS safety_days,
             string_agg(int4send(planning_fence_days), '') AS fence, string_agg(boolsend(phantom), '') AS phantom
      FROM items) q
CROSS JOIN LATERAL (VALUES
    ('item_id', id), ('item_code', code), ('item_length', length), ('item_make', make), ('item_finished', finished),
    ('item_lead', lead), ('item_safety', safety), ('item_cost', cost), ('lot_minimum', minimum),
    ('lot_multiple', multiple), ('lot_maximum', maximum), ('lot_safety', safety_days), ('lot_fence', fence),
    ('lot_phantom', phantom)) c(name, data)
UNION ALL
SELECT c.name, c.data
FROM (SELECT string_agg(int8send(x.item_id), '') AS item, string_agg(int8send(x.supplier_id), '') AS supplier,
             string_agg(int4send(x.lead_time_days), '') AS lead,
             string_agg(int8send((x.unit_price * 10000)::bigint), '') AS price,
             string_agg(int8send(x.minimum_order), '') AS minimum, string_agg(int8send(x.multiple), '') AS multiple,
             string_agg(int8send(COALESCE(x.maximum_order, 1000000000000)), '') AS maximum,
             string_agg(int4send(x.priority), '') AS priority, string_agg(int4send(x.safety_days), '') AS safety,
             string_agg(int8send(COALESCE(x.weekly_capacity, 1000000000000)), '') AS weekly,
             string_agg(date_send(COALESCE(x.valid_from, '1970-01-01')), '') AS valid_from,
             string_agg(date_send(COALESCE(x.valid_to, '9999-12-31')), '') AS valid_to
      FROM supplier_items x JOIN suppliers u ON u.id = x.supplier_id
      WHERE u.approved AND u.active AND u.closed IS NULL AND x.closed IS NULL) q
CROSS JOIN LATERAL (VALUES
    ('source_item', item), ('source_supplier', supplier), ('source_lead', lead), ('source_price', price),
    ('source_minimum', minimum), ('source_multiple', multiple), ('source_maximum', maximum),
    ('source_priority', priority), ('source_safety', safety), ('source_weekly', weekly), ('source_from', valid_from),
    ('source_to', valid_to)) c(name, data)
UNION ALL
SELECT c.name, c.data
FROM (SELECT string_agg(int8send(item_id), '') AS item, string_agg(int4send(sequence), '') AS sequence,
             convert_to(string_agg(work_center, ''), 'UTF8') AS center,
             string_agg(int4send(octet_length(work_center)), '') AS length,
             string_agg(int4send(setup_minutes), '') AS setup,
             string_agg(int8send((unit_minutes * 1000000)::bigint), '') AS unit,
             string_agg(int8send((yield_percent * 10000)::bigint), '') AS good
      FROM operations WHERE closed IS NULL) q
CROSS JOIN LATERAL (VALUES
    ('step_item', item), ('step_sequence', sequence), ('step_center', center), ('step_length', length),
    ('step_setup', setup), ('step_unit', unit), ('step_good', good)) c(name, data)
UNION ALL
SELECT c.name, c.data
FROM (SELECT string_agg(int8send(parent_id), '') AS parent, string_agg(int8send(component_id), '') AS component,
             string_agg(int8send(ceil((CASE WHEN scrap = 0 THEN quantity_per ELSE quantity_per / (1 - scrap) END)
                                      * 1000000)::bigint), '') AS per_parent
      FROM bom_components x, settings z
      WHERE x.closed IS NULL AND z.as_of BETWEEN COALESCE(x.valid_from, z.as_of) AND COALESCE(x.valid_to, z.as_of)) q
CROSS JOIN LATERAL (VALUES ('bom_parent', parent), ('bom_component', component), ('bom_per_parent', per_parent)
) c(name, data)
