-- What an API key was used for in the running minute and day; what went before is of no use to anybody.
CREATE TABLE key_use (
    key_id TEXT NOT NULL,
    minute TIMESTAMP WITH TIME ZONE NOT NULL,
    calls INTEGER NOT NULL,
    day DATE NOT NULL,
    spent BIGINT NOT NULL,
    CONSTRAINT pk_key_use PRIMARY KEY (key_id),
    CONSTRAINT ck_key_use_counted CHECK (calls >= 0 AND spent >= 0),
    CONSTRAINT fk_key_use_key_id FOREIGN KEY(key_id) REFERENCES api_keys (id)
);
GRANT SELECT, INSERT, UPDATE ON key_use TO expediter_app;
