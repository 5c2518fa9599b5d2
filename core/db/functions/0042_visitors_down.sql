DO $$
DECLARE
    one record;
BEGIN
    FOR one IN SELECT DISTINCT tablename FROM pg_policies WHERE schemaname = 'public' AND policyname = 'visitor' LOOP
        EXECUTE format('DROP POLICY visitor ON %I', one.tablename);
        EXECUTE format('DROP POLICY program ON %I', one.tablename);
        EXECUTE format('ALTER TABLE %I DISABLE ROW LEVEL SECURITY', one.tablename);
    END LOOP;
END $$;
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM expediter_visitor;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM expediter_visitor;
REVOKE USAGE ON SCHEMA public FROM expediter_visitor;
DROP FUNCTION visitor_customers(), visitor_locations(), visitor_location_codes(), visitor_customer_codes(),
    visitor_all_customers(), visitor_all_sites();
