-- Configurable products, and the items that orders made of them.
CREATE TABLE configurable_products (
    item_id BIGINT NOT NULL,
    words JSONB NOT NULL,
    features JSONB NOT NULL,
    rules JSONB NOT NULL,
    materials JSONB NOT NULL,
    steps JSONB NOT NULL,
    closed TEXT,
    CONSTRAINT pk_configurable_products PRIMARY KEY (item_id),
    CONSTRAINT ck_configurable_products_has_features CHECK (jsonb_array_length(features) > 0),
    CONSTRAINT fk_configurable_products_item_id FOREIGN KEY(item_id) REFERENCES items (id)
);
CREATE TABLE item_variants (
    item_id BIGINT NOT NULL,
    product_id BIGINT NOT NULL,
    configuration TEXT NOT NULL,
    chosen JSONB NOT NULL,
    supplement NUMERIC(19, 4) NOT NULL,
    born_by TEXT NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_item_variants PRIMARY KEY (item_id),
    CONSTRAINT fk_item_variants_item_id FOREIGN KEY(item_id) REFERENCES items (id),
    CONSTRAINT fk_item_variants_product_id FOREIGN KEY(product_id) REFERENCES items (id),
    CONSTRAINT fk_item_variants_born_by FOREIGN KEY(born_by) REFERENCES users (name)
);
CREATE INDEX ix_item_variants_product_id ON item_variants (product_id);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON item_variants
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();

-- A variant is born by a door of its own: it adds an item with its materials and operations, and changes none.
ALTER TABLE master_data_origins DROP CONSTRAINT ck_master_data_origins_kind_known,
    ADD CONSTRAINT ck_master_data_origins_kind_known CHECK (
        kind IN ('pack', 'prices', 'people', 'quotas', 'feeds', 'policy', 'configuration', 'migration'));
-- Arguments: the kinds of origin that may change the table, its key, and the columns that are no master data.
CREATE OR REPLACE FUNCTION record_master_data() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    apart text[] := string_to_array(TG_ARGV[2], ',');
    secret text[] := ARRAY['password_hash', 'token_hash'];
    kept boolean := TG_ARGV[0] NOT IN ('pack', 'pack,configuration');
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
DO $doors$
DECLARE
    w record;
BEGIN
    FOR w IN SELECT * FROM (VALUES
        ('items', 'code'), ('bom_components', 'parent_id,component_id'), ('operations', 'item_id,sequence')) v(tab, keys)
    LOOP
        EXECUTE format('DROP TRIGGER recorded_new ON %I', w.tab);
        EXECUTE format('CREATE TRIGGER recorded_new AFTER INSERT ON %I REFERENCING NEW TABLE AS new_rows'
            ' FOR EACH STATEMENT EXECUTE FUNCTION record_master_data(%L, %L, %L)',
            w.tab, 'pack,configuration', w.keys, '');
    END LOOP;
    FOR w IN SELECT * FROM (VALUES ('configurable_products', 'pack'), ('item_variants', 'configuration')) v(tab, kind)
    LOOP
        EXECUTE format('CREATE TRIGGER recorded_new AFTER INSERT ON %I REFERENCING NEW TABLE AS new_rows'
            ' FOR EACH STATEMENT EXECUTE FUNCTION record_master_data(%L, %L, %L)', w.tab, w.kind, 'item_id', '');
        EXECUTE format('CREATE TRIGGER recorded_changed AFTER UPDATE ON %I REFERENCING OLD TABLE AS old_rows'
            ' NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record_master_data(%L, %L, %L)',
            w.tab, w.kind, 'item_id', '');
        EXECUTE format('CREATE TRIGGER recorded_gone AFTER DELETE ON %I REFERENCING OLD TABLE AS old_rows'
            ' FOR EACH STATEMENT EXECUTE FUNCTION record_master_data(%L, %L, %L)', w.tab, w.kind, 'item_id', '');
        EXECUTE 'CREATE OR REPLACE VIEW master_data_now AS '
            || rtrim(pg_get_viewdef('master_data_now'::regclass), '; ')
            || format(' UNION ALL SELECT %L::text, %L::text, master_data_key(j, ''item_id''), j, master_data_digest(j)'
                ' FROM (SELECT to_jsonb(t) - string_to_array('''', '','') AS j FROM %I t) x', w.tab, w.kind, w.tab);
    END LOOP;
END $doors$;

GRANT SELECT, INSERT ON configurable_products, item_variants TO expediter_app;
GRANT UPDATE ON configurable_products TO expediter_app;
GRANT SELECT ON configurable_products, item_variants TO expediter_agent;
