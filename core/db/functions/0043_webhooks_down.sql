DROP TRIGGER told_to_webhooks ON audit_log;
DROP FUNCTION note_for_webhooks();
DROP TABLE inbound_versions, inbound_events, webhook_notes, webhook_deliveries, hook_secrets, hook_sources, webhooks;
DROP FUNCTION guard_inbound_event();
