-- Promises with reasons and pegs, and quotes that hold supply.

ALTER TABLE promise_records
    ADD COLUMN reason_code TEXT NOT NULL DEFAULT 'stated',
    ADD COLUMN schedule JSONB NOT NULL DEFAULT '[]',
    ADD COLUMN constraints JSONB NOT NULL DEFAULT '[]',
    ADD COLUMN pegs JSONB NOT NULL DEFAULT '[]',
    ADD COLUMN commands JSONB NOT NULL DEFAULT '[]',
    ADD COLUMN rule_versions JSONB NOT NULL DEFAULT '{}';

CREATE TABLE promise_quotes (
    quote TEXT NOT NULL,
    position INTEGER NOT NULL,
    customer_id BIGINT,
    item_id BIGINT NOT NULL,
    location_id BIGINT NOT NULL,
    quantity BIGINT NOT NULL,
    held BIGINT NOT NULL,
    due DATE NOT NULL,
    state TEXT NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_promise_quotes PRIMARY KEY (quote, position),
    CONSTRAINT ck_promise_quotes_quantities_possible CHECK (quantity > 0 AND held >= 0 AND held <= quantity),
    CONSTRAINT ck_promise_quotes_state_known CHECK (state IN ('open', 'confirmed', 'withdrawn')),
    CONSTRAINT fk_promise_quotes_customer_id FOREIGN KEY (customer_id) REFERENCES customers (id),
    CONSTRAINT fk_promise_quotes_item_id FOREIGN KEY (item_id) REFERENCES items (id),
    CONSTRAINT fk_promise_quotes_location_id FOREIGN KEY (location_id) REFERENCES locations (id)
);
CREATE INDEX ix_promise_quotes_open ON promise_quotes (expires_at) WHERE state = 'open';

GRANT SELECT, INSERT, UPDATE ON promise_quotes TO expediter_app;
GRANT SELECT ON promise_quotes TO expediter_agent;
