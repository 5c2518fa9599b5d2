-- Wider case states, tasks with a due date, what detection reads.

-- Tasks of people: asked of a role, due on a day, answered with one word and a note.
ALTER TABLE human_tasks
    ADD COLUMN kind text NOT NULL DEFAULT 'question',
    ADD COLUMN role text,
    ADD COLUMN about text NOT NULL DEFAULT '',
    ADD COLUMN due date,
    ADD COLUMN answer text NOT NULL DEFAULT '',
    ADD COLUMN note text NOT NULL DEFAULT '',
    ADD COLUMN answered_by text,
    ADD COLUMN answered_at timestamptz,
    ADD COLUMN proposal_id text;
UPDATE human_tasks SET answer = 'done' WHERE state = 'done';
ALTER TABLE human_tasks
    ALTER COLUMN kind DROP DEFAULT, ALTER COLUMN about DROP DEFAULT,
    ALTER COLUMN answer DROP DEFAULT, ALTER COLUMN note DROP DEFAULT,
    ADD CONSTRAINT fk_human_tasks_proposal_id FOREIGN KEY (proposal_id) REFERENCES proposals (id),
    ADD CONSTRAINT ck_human_tasks_state_known CHECK (state IN ('open', 'done', 'withdrawn')),
    ADD CONSTRAINT ck_human_tasks_kind_known CHECK (
        kind IN ('question', 'offer', 'price', 'waiver', 'correction', 'recount', 'credit', 'return', 'change')),
    ADD CONSTRAINT ck_human_tasks_answered_when_done CHECK ((state = 'done') = (answer <> ''));
CREATE INDEX ix_human_tasks_due ON human_tasks (due) WHERE state = 'open';

-- Cases can be taken up and put aside; what is said from outside, and how old a feed may be, is kept for detection.
ALTER TABLE cases
    ADD COLUMN snoozed_until date,
    DROP CONSTRAINT ck_cases_state_known,
    ADD CONSTRAINT ck_cases_state_known CHECK (state IN ('open', 'triaged', 'snoozed', 'proposed', 'approved',
        'executing', 'resolved', 'accepted', 'auto-closed')),
    ADD CONSTRAINT ck_cases_snoozed_until_a_day CHECK ((state = 'snoozed') = (snoozed_until IS NOT NULL));

CREATE TABLE signals (
    reference TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    confidence INTEGER NOT NULL,
    suspicious BOOLEAN NOT NULL,
    supplier_id BIGINT,
    destination_id BIGINT,
    order_id BIGINT,
    lines JSONB NOT NULL,
    first DATE,
    last DATE,
    state TEXT NOT NULL,
    said_by TEXT NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    settled_by TEXT,
    settled_at TIMESTAMP WITH TIME ZONE,
    outcome TEXT NOT NULL,
    CONSTRAINT pk_signals PRIMARY KEY (reference),
    CONSTRAINT ck_signals_kind_known CHECK (kind IN ('disruption', 'document', 'gap', 'change', 'cancellation')),
    CONSTRAINT ck_signals_state_known CHECK (state IN ('open', 'settled')),
    CONSTRAINT ck_signals_confidence_possible CHECK (confidence BETWEEN 0 AND 100),
    CONSTRAINT ck_signals_days_in_order CHECK (first <= last),
    CONSTRAINT ck_signals_order_named CHECK (kind NOT IN ('change', 'cancellation') OR order_id IS NOT NULL),
    CONSTRAINT fk_signals_supplier_id FOREIGN KEY(supplier_id) REFERENCES suppliers (id),
    CONSTRAINT fk_signals_destination_id FOREIGN KEY(destination_id) REFERENCES locations (id),
    CONSTRAINT fk_signals_order_id FOREIGN KEY(order_id) REFERENCES sales_orders (id)
);
CREATE INDEX ix_signals_open ON signals (kind) WHERE state = 'open';

CREATE TABLE feed_limits (
    feed TEXT NOT NULL,
    hours INTEGER NOT NULL,
    CONSTRAINT pk_feed_limits PRIMARY KEY (feed),
    CONSTRAINT ck_feed_limits_hours_positive CHECK (hours > 0)
);

-- Lines still to be served, of orders that are neither quotes nor over.
CREATE VIEW live_order_lines AS
SELECT o.number, o.order_date, o.customer_id, o.priority, o.ship_from_id, o.ship_complete, x.order_id, x.line, x.item_id,
       x.ordered, x.shipped, x.cancelled, x.unit_price, x.requested, x.promised, x.state, x.line_set, x.strategy, x.node_id
FROM sales_order_lines x JOIN sales_orders o ON o.id = x.order_id
WHERE o.kind = 'order' AND o.state NOT IN ('shipped', 'delivered', 'invoiced', 'closed', 'cancelled')
  AND x.state NOT IN ('cancelled', 'closed') AND x.ordered > x.shipped + x.cancelled;
GRANT SELECT ON live_order_lines TO expediter_app, expediter_agent;

GRANT SELECT, INSERT ON signals TO expediter_app;
GRANT UPDATE (state, settled_by, settled_at, outcome) ON signals TO expediter_app;
GRANT SELECT, INSERT, UPDATE ON feed_limits TO expediter_app;
GRANT SELECT ON signals, feed_limits TO expediter_agent;
