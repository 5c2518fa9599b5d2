-- Which changes of the books this reading shows, of those by transactions that had not all ended at $since; and the
-- transaction before which all have.
SELECT c.name, c.data
FROM (SELECT int8send(h.horizon) AS horizon, string_agg(int8send(f.id), '') AS id,
             string_agg(int8send(f.transaction), '') AS transaction
      FROM (SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS horizon) h
      LEFT JOIN book_changes f ON f.transaction >= LEAST(h.horizon, %(since)s::bigint)
      GROUP BY h.horizon) q
CROSS JOIN LATERAL (VALUES ('feed_horizon', horizon), ('feed_id', id), ('feed_transaction', transaction)) c(name, data)
