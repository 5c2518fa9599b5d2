-- The life of orders and lines: states, schedules, timeline, versions, amendments, recurring orders.

CREATE TABLE order_transitions (
    old TEXT NOT NULL,
    new TEXT NOT NULL,
    CONSTRAINT pk_order_transitions PRIMARY KEY (old, new)
);

INSERT INTO order_transitions (old, new) VALUES
    ('draft', 'validated'),
    ('draft', 'on hold'),
    ('draft', 'cancelled'),
    ('validated', 'draft'),
    ('validated', 'on hold'),
    ('validated', 'confirmed'),
    ('validated', 'shipped'),
    ('validated', 'cancelled'),
    ('on hold', 'draft'),
    ('on hold', 'validated'),
    ('on hold', 'confirmed'),
    ('on hold', 'allocated'),
    ('on hold', 'released'),
    ('on hold', 'shipped'),
    ('on hold', 'cancelled'),
    ('confirmed', 'validated'),
    ('confirmed', 'on hold'),
    ('confirmed', 'allocated'),
    ('confirmed', 'shipped'),
    ('confirmed', 'cancelled'),
    ('allocated', 'on hold'),
    ('allocated', 'confirmed'),
    ('allocated', 'released'),
    ('allocated', 'shipped'),
    ('allocated', 'cancelled'),
    ('released', 'on hold'),
    ('released', 'confirmed'),
    ('released', 'allocated'),
    ('released', 'picked'),
    ('released', 'shipped'),
    ('released', 'cancelled'),
    ('picked', 'released'),
    ('picked', 'packed'),
    ('packed', 'picked'),
    ('packed', 'shipped'),
    ('shipped', 'delivered'),
    ('shipped', 'invoiced'),
    ('delivered', 'invoiced'),
    ('delivered', 'closed'),
    ('invoiced', 'delivered'),
    ('invoiced', 'closed');

ALTER TABLE sales_orders
    ADD COLUMN state TEXT NOT NULL DEFAULT 'confirmed',
    ADD COLUMN version BIGINT NOT NULL DEFAULT 1,
    ADD COLUMN kind TEXT NOT NULL DEFAULT 'order',
    ADD COLUMN po_key TEXT NOT NULL DEFAULT '',
    ADD COLUMN address TEXT,
    ADD COLUMN ship_complete BOOLEAN NOT NULL DEFAULT false,
    ADD COLUMN allow_partial BOOLEAN NOT NULL DEFAULT true,
    ADD COLUMN allow_substitution BOOLEAN NOT NULL DEFAULT false,
    ADD COLUMN minimum_value NUMERIC(19, 2) NOT NULL DEFAULT 0,
    ADD COLUMN payment_terms TEXT NOT NULL DEFAULT '',
    ADD COLUMN payment_state TEXT NOT NULL DEFAULT 'open',
    ADD COLUMN quote_expires_on DATE,
    ADD COLUMN source TEXT;

ALTER TABLE sales_orders
    ALTER COLUMN state DROP DEFAULT,
    ALTER COLUMN version DROP DEFAULT,
    ALTER COLUMN kind DROP DEFAULT,
    ALTER COLUMN po_key DROP DEFAULT,
    ALTER COLUMN ship_complete DROP DEFAULT,
    ALTER COLUMN allow_partial DROP DEFAULT,
    ALTER COLUMN allow_substitution DROP DEFAULT,
    ALTER COLUMN minimum_value DROP DEFAULT,
    ALTER COLUMN payment_terms DROP DEFAULT,
    ALTER COLUMN payment_state DROP DEFAULT;

ALTER TABLE sales_order_lines
    ADD COLUMN state TEXT NOT NULL DEFAULT 'confirmed',
    ADD COLUMN held_from TEXT,
    ADD COLUMN latest_acceptable DATE,
    ADD COLUMN cancel_after DATE,
    ADD COLUMN line_set TEXT,
    ADD COLUMN set_rule TEXT,
    ADD COLUMN minimum_shipment BIGINT NOT NULL DEFAULT 1,
    ADD COLUMN strategy TEXT NOT NULL DEFAULT 'improve',
    ADD COLUMN node_id BIGINT,
    ADD COLUMN delivered BIGINT NOT NULL DEFAULT 0,
    ADD COLUMN invoiced BIGINT NOT NULL DEFAULT 0,
    ADD COLUMN returned BIGINT NOT NULL DEFAULT 0;

ALTER TABLE sales_order_lines
    ALTER COLUMN state DROP DEFAULT,
    ALTER COLUMN minimum_shipment DROP DEFAULT,
    ALTER COLUMN strategy DROP DEFAULT,
    ALTER COLUMN delivered DROP DEFAULT,
    ALTER COLUMN invoiced DROP DEFAULT,
    ALTER COLUMN returned DROP DEFAULT;

-- A customer's order number as duplicates are looked for: width, case and spaces make no difference.
CREATE FUNCTION po_key_of(customer_po TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE RETURN
    regexp_replace(lower(normalize(customer_po, NFKC)), '\s', '', 'g');

CREATE FUNCTION fill_po_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.po_key := po_key_of(NEW.customer_po);
    RETURN NEW;
END $$;

CREATE TRIGGER po_key BEFORE INSERT OR UPDATE OF customer_po ON sales_orders
    FOR EACH ROW EXECUTE FUNCTION fill_po_key();

-- What older books hold is brought into the words of the new ones, as core/db/loading.py does for a pack.
UPDATE sales_order_lines SET state = CASE
    WHEN cancelled = ordered THEN 'cancelled' WHEN shipped + cancelled = ordered THEN 'shipped' ELSE 'confirmed' END;
UPDATE sales_orders o SET
    state = CASE
        WHEN EXISTS (SELECT FROM sales_order_lines x WHERE x.order_id = o.id AND x.state = 'confirmed') THEN 'confirmed'
        WHEN EXISTS (SELECT FROM sales_order_lines x WHERE x.order_id = o.id AND x.state = 'shipped') THEN 'shipped'
        ELSE 'cancelled' END,
    channel = CASE
        WHEN lower(channel) IN ('portal', 'edi', 'email', 'phone', 'sales_rep', 'storefront', 'marketplace', 'social',
                                'pos') THEN lower(channel)
        WHEN lower(channel) IN ('web', 'shop', 'online') THEN 'storefront'
        WHEN lower(channel) IN ('rush', 'telephone') THEN 'phone'
        WHEN lower(channel) IN ('mail', 'e-mail') THEN 'email'
        WHEN lower(channel) = 'store' THEN 'pos'
        ELSE 'sales_rep' END,
    po_key = po_key_of(customer_po);

ALTER TABLE sales_orders
    ADD CONSTRAINT ck_sales_orders_state_known CHECK (state IN ('draft', 'validated', 'on hold', 'confirmed',
        'allocated', 'released', 'picked', 'packed', 'shipped', 'delivered', 'invoiced', 'closed', 'cancelled')),
    ADD CONSTRAINT ck_sales_orders_channel_known CHECK (channel IN ('portal', 'edi', 'email', 'phone', 'sales_rep',
        'storefront', 'marketplace', 'social', 'pos')),
    ADD CONSTRAINT ck_sales_orders_kind_known CHECK (kind IN ('order', 'quote')),
    ADD CONSTRAINT ck_sales_orders_payment_state_known
        CHECK (payment_state IN ('open', 'authorised', 'paid', 'refunded')),
    ADD CONSTRAINT ck_sales_orders_values_possible CHECK (version > 0 AND minimum_value >= 0);
CREATE INDEX ix_sales_orders_customer_id_po_key ON sales_orders (customer_id, po_key);

ALTER TABLE sales_order_lines
    ADD CONSTRAINT ck_sales_order_lines_counts_possible CHECK (delivered BETWEEN 0 AND shipped
        AND returned BETWEEN 0 AND shipped AND invoiced BETWEEN 0 AND ordered),
    ADD CONSTRAINT ck_sales_order_lines_state_known CHECK (state IN ('draft', 'validated', 'on hold', 'confirmed',
        'allocated', 'released', 'picked', 'packed', 'shipped', 'delivered', 'invoiced', 'closed', 'cancelled')),
    ADD CONSTRAINT ck_sales_order_lines_strategy_known
        CHECK (strategy IN ('win', 'gain', 'improve', 'redistribute', 'fill', 'lose', 'skip')),
    ADD CONSTRAINT ck_sales_order_lines_minimum_shipment_positive CHECK (minimum_shipment > 0),
    ADD CONSTRAINT ck_sales_order_lines_set_rule_known CHECK (set_rule IN ('ship', 'arrive')),
    ADD CONSTRAINT ck_sales_order_lines_set_with_its_rule CHECK ((line_set IS NULL) = (set_rule IS NULL)),
    ADD CONSTRAINT fk_sales_order_lines_node_id FOREIGN KEY (node_id) REFERENCES locations (id);

CREATE TABLE schedule_lines (
    order_id BIGINT NOT NULL,
    line INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    day DATE,
    quantity BIGINT NOT NULL,
    location_id BIGINT NOT NULL,
    state TEXT NOT NULL,
    CONSTRAINT pk_schedule_lines PRIMARY KEY (order_id, line, sequence),
    CONSTRAINT fk_schedule_lines_order_id_line FOREIGN KEY (order_id, line)
        REFERENCES sales_order_lines (order_id, line),
    CONSTRAINT ck_schedule_lines_quantity_positive CHECK (quantity > 0),
    CONSTRAINT ck_schedule_lines_state_known
        CHECK (state IN ('promised', 'backordered', 'shipped', 'cancelled', 'void')),
    CONSTRAINT ck_schedule_lines_promised_for_a_day CHECK (state <> 'promised' OR day IS NOT NULL),
    CONSTRAINT fk_schedule_lines_location_id FOREIGN KEY (location_id) REFERENCES locations (id)
);

INSERT INTO schedule_lines (order_id, line, sequence, day, quantity, location_id, state)
SELECT x.order_id, x.line, row_number() OVER (PARTITION BY x.order_id, x.line ORDER BY p.rank),
       CASE p.state WHEN 'promised' THEN x.promised END, p.quantity, o.ship_from_id, p.state
FROM sales_order_lines x JOIN sales_orders o ON o.id = x.order_id
CROSS JOIN LATERAL (VALUES
    (1, x.shipped, 'shipped'), (2, x.cancelled, 'cancelled'),
    (3, x.ordered - x.shipped - x.cancelled,
     CASE WHEN x.promised IS NULL THEN 'backordered' ELSE 'promised' END)) p (rank, quantity, state)
WHERE p.quantity > 0;

CREATE TABLE order_timeline (
    id BIGINT GENERATED BY DEFAULT AS IDENTITY,
    order_id BIGINT NOT NULL,
    line INTEGER,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    who TEXT NOT NULL,
    channel TEXT,
    direction TEXT,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_order_timeline PRIMARY KEY (id),
    CONSTRAINT ck_order_timeline_kind_known
        CHECK (kind IN ('contact', 'state', 'promise', 'hold', 'amendment', 'shipment', 'return', 'note')),
    CONSTRAINT ck_order_timeline_direction_known CHECK (direction IN ('in', 'out')),
    CONSTRAINT fk_order_timeline_order_id FOREIGN KEY (order_id) REFERENCES sales_orders (id)
);
CREATE INDEX ix_order_timeline_order_id ON order_timeline (order_id);

CREATE TABLE order_versions (
    order_id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    content JSONB NOT NULL,
    actor TEXT NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_order_versions PRIMARY KEY (order_id, version),
    CONSTRAINT fk_order_versions_order_id FOREIGN KEY (order_id) REFERENCES sales_orders (id)
);

CREATE TABLE amendments (
    id BIGINT GENERATED BY DEFAULT AS IDENTITY,
    order_id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    digest TEXT NOT NULL,
    asked JSONB NOT NULL,
    consequences JSONB NOT NULL,
    reason TEXT NOT NULL,
    agreed_by TEXT,
    actor TEXT NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_amendments PRIMARY KEY (id),
    CONSTRAINT fk_amendments_order_id FOREIGN KEY (order_id) REFERENCES sales_orders (id)
);
CREATE INDEX ix_amendments_order_id ON amendments (order_id);

CREATE TABLE recurring_orders (
    code TEXT NOT NULL,
    customer_id BIGINT NOT NULL,
    every INTEGER NOT NULL,
    unit TEXT NOT NULL,
    first_on DATE NOT NULL,
    next_on DATE NOT NULL,
    until DATE,
    template JSONB NOT NULL,
    state TEXT NOT NULL,
    CONSTRAINT pk_recurring_orders PRIMARY KEY (code),
    CONSTRAINT ck_recurring_orders_every_positive CHECK (every > 0),
    CONSTRAINT ck_recurring_orders_unit_known CHECK (unit IN ('days', 'weeks', 'months')),
    CONSTRAINT ck_recurring_orders_state_known CHECK (state IN ('active', 'ended')),
    CONSTRAINT fk_recurring_orders_customer_id FOREIGN KEY (customer_id) REFERENCES customers (id)
);

CREATE FUNCTION guard_order_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.first_promised IS NOT NULL AND NEW.first_promised IS DISTINCT FROM OLD.first_promised THEN
        RAISE EXCEPTION 'the first promise of an order line, %, never changes', OLD.first_promised
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.state = OLD.state THEN
        RETURN NEW;
    END IF;
    IF NOT EXISTS (SELECT FROM order_transitions t WHERE t.old = OLD.state AND t.new = NEW.state) THEN
        RAISE EXCEPTION 'an order line that is % cannot become %', OLD.state, NEW.state
            USING ERRCODE = 'restrict_violation';
    END IF;
    NEW.held_from := CASE NEW.state WHEN 'on hold' THEN OLD.state END;
    RETURN NEW;
END $$;

CREATE TRIGGER life BEFORE UPDATE ON sales_order_lines FOR EACH ROW EXECUTE FUNCTION guard_order_line();

-- An order follows its lines, so one change of a line may take it several legal steps at once.
CREATE FUNCTION guard_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        WITH RECURSIVE after (state) AS (
            SELECT t.new FROM order_transitions t WHERE t.old = OLD.state
            UNION SELECT t.new FROM order_transitions t JOIN after a ON a.state = t.old)
        SELECT FROM after WHERE state = NEW.state) THEN
        RAISE EXCEPTION 'an order that is % cannot become %', OLD.state, NEW.state
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER life BEFORE UPDATE ON sales_orders FOR EACH ROW WHEN (OLD.state <> NEW.state)
    EXECUTE FUNCTION guard_order();

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON order_transitions
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON order_timeline
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON order_versions
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON amendments
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();

GRANT SELECT ON order_transitions, schedule_lines, order_timeline, order_versions, amendments, recurring_orders
    TO expediter_app, expediter_agent;
GRANT INSERT ON schedule_lines, order_timeline, order_versions, amendments, recurring_orders TO expediter_app;
GRANT UPDATE ON schedule_lines, recurring_orders TO expediter_app;
GRANT EXECUTE ON FUNCTION po_key_of(TEXT) TO expediter_app, expediter_agent;
