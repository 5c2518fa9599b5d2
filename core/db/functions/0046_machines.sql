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

-- The conversation a client goes on with, under the name it gave it; each key has its own, as keys see differently much.
CREATE TABLE key_threads (
    key_id TEXT NOT NULL,
    thread TEXT NOT NULL,
    conversation_id BIGINT NOT NULL,
    CONSTRAINT pk_key_threads PRIMARY KEY (key_id, thread),
    CONSTRAINT fk_key_threads_key_id FOREIGN KEY(key_id) REFERENCES api_keys (id),
    CONSTRAINT fk_key_threads_conversation_id FOREIGN KEY(conversation_id) REFERENCES conversations (id)
);
CREATE INDEX ix_key_threads_conversation_id ON key_threads (conversation_id);
GRANT SELECT, INSERT, UPDATE ON key_threads TO expediter_app;

-- What the policy decided is read with every approval: visitors see it with theirs.
ALTER TABLE rule_decisions ENABLE ROW LEVEL SECURITY;
CREATE POLICY program ON rule_decisions TO expediter_app, expediter_agent USING (true) WITH CHECK (true);
CREATE POLICY visitor ON rule_decisions FOR SELECT TO expediter_visitor USING ((SELECT visitor_all_customers())
    AND EXISTS (SELECT FROM approvals whole WHERE whole.id = approval_id));
GRANT SELECT ON rule_decisions TO expediter_visitor;
