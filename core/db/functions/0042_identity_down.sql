DROP TABLE api_replies, status_links, identities, api_keys, sessions;
DROP FUNCTION guard_api_key();
ALTER TABLE users DROP COLUMN sites, DROP COLUMN customers;
SELECT take_master_data_down(ARRAY['users']);
