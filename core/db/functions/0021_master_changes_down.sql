DROP VIEW master_data_now;
DO $unwatch$
DECLARE
    w record;
BEGIN
    FOR w IN SELECT tgrelid::regclass AS tab, tgname AS name FROM pg_trigger
             WHERE tgfoid = 'record_master_data()'::regprocedure LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', w.name, w.tab);
    END LOOP;
END $unwatch$;
DROP TABLE master_data_changes, master_data_origins, master_data_requests;
DROP FUNCTION guard_master_data_request, master_data_digest, master_data_key, master_data_origin,
    master_data_set_up, record_master_data, stamp_master_data_origin, take_master_data_down;
