-- What a conversation's answers said as they came, for whoever follows them; no books, and gone after a while.
CREATE TABLE chat_events (
    conversation_id BIGINT NOT NULL,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    data JSONB NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_chat_events PRIMARY KEY (conversation_id, number),
    CONSTRAINT ck_chat_events_number_positive CHECK (number > 0),
    CONSTRAINT ck_chat_events_kind_known CHECK (kind IN ('asked', 'words', 'answered', 'failed')),
    CONSTRAINT fk_chat_events_conversation_id FOREIGN KEY(conversation_id) REFERENCES conversations (id)
);
CREATE INDEX ix_chat_events_at ON chat_events (at);
GRANT SELECT, INSERT, DELETE ON chat_events TO expediter_app;
