-- Mails as they came, byte for byte, each once: what was read of them can be looked up again. Nobody changes one.
CREATE TABLE mails (
    content_hash TEXT NOT NULL,
    message_id TEXT NOT NULL,
    size INTEGER NOT NULL,
    raw BYTEA NOT NULL,
    kept_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_mails PRIMARY KEY (content_hash)
);
CREATE INDEX ix_mails_message_id ON mails (message_id);
CREATE TRIGGER mails_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON mails
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
GRANT SELECT, INSERT ON mails TO expediter_app;
