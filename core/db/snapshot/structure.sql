-- Bills of materials, written as the large tables are: quantities per parent are millionths.
SELECT c.name, c.data
FROM (SELECT string_agg(int8send(parent_id), '') AS parent, string_agg(int8send(component_id), '') AS component,
             string_agg(int8send(ceil((CASE WHEN scrap = 0 THEN quantity_per ELSE quantity_per / (1 - scrap) END)
                                      * 1000000)::bigint), '') AS per_parent
      FROM bom_components x, settings z
      WHERE x.closed IS NULL AND z.as_of BETWEEN COALESCE(x.valid_from, z.as_of) AND COALESCE(x.valid_to, z.as_of)) q
CROSS JOIN LATERAL (VALUES ('bom_parent', parent), ('bom_component', component), ('bom_per_parent', per_parent)
) c(name, data)
