-- What was done, and which orders something happened to, are asked for by when.
CREATE INDEX ix_audit_log_recorded_at ON audit_log (recorded_at);
CREATE INDEX ix_order_timeline_recorded_at ON order_timeline (recorded_at);
