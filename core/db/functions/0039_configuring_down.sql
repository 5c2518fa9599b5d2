DO $again$
BEGIN
    EXECUTE 'CREATE OR REPLACE VIEW master_data_now AS ' || split_part(
        pg_get_viewdef('master_data_now'::regclass), E'UNION ALL\n SELECT ''configurable_products''::text', 1);
END $again$;
DROP TRIGGER recorded_new ON bom_components;
DROP TRIGGER recorded_new ON items;
DROP TRIGGER recorded_new ON operations;
-- An item that was born of a configuration stays, as one the books were found with.
ALTER TABLE master_data_origins DISABLE TRIGGER append_only;
ALTER TABLE master_data_changes DISABLE TRIGGER append_only;
DELETE FROM master_data_changes WHERE table_name IN ('configurable_products', 'item_variants');
UPDATE master_data_changes SET operation = 'baseline'
WHERE origin_id IN (SELECT id FROM master_data_origins WHERE kind = 'configuration');
UPDATE master_data_origins SET kind = 'migration', scope = NULL, sequence = NULL WHERE kind = 'configuration';
ALTER TABLE master_data_origins ENABLE TRIGGER append_only;
ALTER TABLE master_data_changes ENABLE TRIGGER append_only;
ALTER TABLE master_data_origins
    DROP CONSTRAINT ck_master_data_origins_kind_known,
    ADD CONSTRAINT ck_master_data_origins_kind_known CHECK (
        kind IN ('pack', 'prices', 'people', 'quotas', 'feeds', 'policy', 'migration'));
DROP TABLE item_variants, configurable_products;
CREATE OR REPLACE FUNCTION record_master_data()
RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    apart text[] := string_to_array(TG_ARGV[2], ',');
    secret text[] := ARRAY['password_hash', 'token_hash'];
    kept boolean := TG_ARGV[0] <> 'pack';
    origin bigint;
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NOT EXISTS (SELECT FROM new_rows) THEN RETURN NULL; END IF;
        origin := master_data_origin(TG_TABLE_NAME, TG_ARGV[0]);
        INSERT INTO master_data_changes (origin_id, table_name, key, operation, after, digest)
        SELECT origin, TG_TABLE_NAME, master_data_key(j, TG_ARGV[1]), 'insert', CASE WHEN kept THEN j - secret END,
               master_data_digest(j)
        FROM (SELECT to_jsonb(n) - apart AS j FROM new_rows n) x;
    ELSIF TG_OP = 'DELETE' THEN
        IF NOT EXISTS (SELECT FROM old_rows) THEN RETURN NULL; END IF;
        origin := master_data_origin(TG_TABLE_NAME, TG_ARGV[0]);
        INSERT INTO master_data_changes (origin_id, table_name, key, operation, before, was)
        SELECT origin, TG_TABLE_NAME, master_data_key(j, TG_ARGV[1]), 'delete', j - secret, master_data_digest(j)
        FROM (SELECT to_jsonb(o) - apart AS j FROM old_rows o) x;
    ELSE
        IF NOT EXISTS (SELECT to_jsonb(n) - apart FROM new_rows n EXCEPT ALL SELECT to_jsonb(o) - apart FROM old_rows o)
        THEN RETURN NULL; END IF;
        origin := master_data_origin(TG_TABLE_NAME, TG_ARGV[0]);
        INSERT INTO master_data_changes (origin_id, table_name, key, operation, before, after, was, digest)
        SELECT origin, TG_TABLE_NAME, key, CASE WHEN o.j IS NULL THEN 'insert' WHEN n.j IS NULL THEN 'delete' ELSE 'update' END,
               o.j - secret, n.j - secret, master_data_digest(o.j), master_data_digest(n.j)
        FROM (SELECT j, master_data_key(j, TG_ARGV[1]) AS key FROM (SELECT to_jsonb(t) - apart AS j FROM old_rows t) y) o
        FULL JOIN (SELECT j, master_data_key(j, TG_ARGV[1]) AS key FROM (SELECT to_jsonb(t) - apart AS j FROM new_rows t) y) n
            USING (key)
        WHERE o.j IS DISTINCT FROM n.j;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER recorded_new AFTER INSERT ON bom_components REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION record_master_data('pack', 'parent_id,component_id', '');
CREATE TRIGGER recorded_new AFTER INSERT ON items REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION record_master_data('pack', 'code', '');
CREATE TRIGGER recorded_new AFTER INSERT ON operations REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION record_master_data('pack', 'item_id,sequence', '');
