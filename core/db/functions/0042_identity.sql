-- Who is at the doors: sessions, API keys, logins of the company, status links, and answers given under a key before.
ALTER TABLE users ADD COLUMN sites TEXT[], ADD COLUMN customers TEXT[];
GRANT SELECT (sites, customers) ON users TO expediter_agent;
SELECT take_master_data_down(ARRAY['users']);

CREATE TABLE sessions (
    token_hash TEXT NOT NULL,
    user_name TEXT NOT NULL,
    started_at TIMESTAMP WITH TIME ZONE NOT NULL,
    seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ended_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_sessions PRIMARY KEY (token_hash),
    CONSTRAINT ck_sessions_times_in_order CHECK (started_at <= seen_at AND started_at < expires_at),
    CONSTRAINT fk_sessions_user_name FOREIGN KEY(user_name) REFERENCES users (name)
);
CREATE INDEX ix_sessions_user_name ON sessions (user_name);
CREATE INDEX ix_sessions_expires_at ON sessions (expires_at);

CREATE TABLE api_keys (
    id TEXT NOT NULL,
    secret_hash TEXT NOT NULL,
    owner TEXT NOT NULL,
    name TEXT NOT NULL,
    permissions TEXT[] NOT NULL,
    sites TEXT[],
    customers TEXT[],
    per_minute INTEGER NOT NULL,
    per_day INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    revoked_at TIMESTAMP WITH TIME ZONE,
    last_used_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_api_keys PRIMARY KEY (id),
    CONSTRAINT uq_api_keys_secret_hash UNIQUE (secret_hash),
    CONSTRAINT ck_api_keys_times_in_order CHECK (created_at < expires_at),
    CONSTRAINT ck_api_keys_limits_positive CHECK (per_minute > 0 AND per_day > 0),
    CONSTRAINT fk_api_keys_owner FOREIGN KEY(owner) REFERENCES users (name),
    CONSTRAINT fk_api_keys_created_by FOREIGN KEY(created_by) REFERENCES users (name)
);
CREATE INDEX ix_api_keys_owner ON api_keys (owner);
-- What a key may do stays as it was made; it is revoked and another one made.
CREATE FUNCTION guard_api_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.id, OLD.secret_hash, OLD.owner, OLD.permissions, OLD.sites, OLD.customers, OLD.per_minute, OLD.per_day,
        OLD.expires_at) IS DISTINCT FROM (NEW.id, NEW.secret_hash, NEW.owner, NEW.permissions, NEW.sites, NEW.customers,
        NEW.per_minute, NEW.per_day, NEW.expires_at) OR (OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS NULL) THEN
        RAISE EXCEPTION 'API key % stays as it was made', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
GRANT EXECUTE ON FUNCTION guard_api_key() TO expediter_app;
CREATE TRIGGER stays BEFORE UPDATE ON api_keys FOR EACH ROW EXECUTE FUNCTION guard_api_key();

CREATE TABLE identities (
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    user_name TEXT NOT NULL,
    linked_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_identities PRIMARY KEY (issuer, subject),
    CONSTRAINT fk_identities_user_name FOREIGN KEY(user_name) REFERENCES users (name)
);
CREATE INDEX ix_identities_user_name ON identities (user_name);

CREATE TABLE status_links (
    id TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    order_id BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    revoked_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_status_links PRIMARY KEY (id),
    CONSTRAINT uq_status_links_token_hash UNIQUE (token_hash),
    CONSTRAINT ck_status_links_times_in_order CHECK (created_at < expires_at),
    CONSTRAINT fk_status_links_order_id FOREIGN KEY(order_id) REFERENCES sales_orders (id),
    CONSTRAINT fk_status_links_created_by FOREIGN KEY(created_by) REFERENCES users (name)
);
CREATE INDEX ix_status_links_order_id ON status_links (order_id);

CREATE TABLE api_replies (
    owner TEXT NOT NULL,
    key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    claimed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    status INTEGER,
    headers JSONB,
    body BYTEA,
    CONSTRAINT pk_api_replies PRIMARY KEY (owner, key),
    CONSTRAINT ck_api_replies_answered_whole CHECK ((status IS NULL) = (headers IS NULL))
);
CREATE INDEX ix_api_replies_claimed_at ON api_replies (claimed_at);

GRANT SELECT, INSERT, UPDATE, DELETE ON sessions, api_replies TO expediter_app;
GRANT SELECT, INSERT, UPDATE ON api_keys, status_links TO expediter_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON identities TO expediter_app;
