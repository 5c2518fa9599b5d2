-- Acknowledgements, advance ship notices, receipts, operations, issues, planned orders, the load of work centres.

-- The life of supply: `stage` is where an order is, `state` what planning makes of it. One table of steps; the words and
-- steps are those of core/domain/supply_life.py.
CREATE FUNCTION supply_state(kind text, stage text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN stage = 'cancelled' THEN 'cancelled'
        WHEN stage = 'draft' THEN 'draft'
        WHEN stage IN ('received', 'completed', 'closed') THEN 'received'
        WHEN kind = 'purchase' AND stage IN ('sent', 'acknowledged', 'confirmed', 'partly received')
          OR kind = 'work' AND stage IN ('open', 'released', 'started')
          OR kind = 'transfer' AND stage IN ('open', 'shipped', 'partly received') THEN 'open'
    END
$$;

CREATE FUNCTION supply_steps(kind text, stage text) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE kind
        WHEN 'purchase' THEN CASE stage
            WHEN 'draft' THEN ARRAY['sent', 'cancelled']
            WHEN 'sent' THEN ARRAY['acknowledged', 'confirmed', 'partly received', 'received', 'cancelled']
            WHEN 'acknowledged' THEN ARRAY['sent', 'confirmed', 'partly received', 'received', 'cancelled']
            WHEN 'confirmed' THEN ARRAY['sent', 'acknowledged', 'partly received', 'received', 'cancelled']
            WHEN 'partly received' THEN ARRAY['received', 'closed']
            WHEN 'received' THEN ARRAY['closed']
        END
        WHEN 'work' THEN CASE stage
            WHEN 'draft' THEN ARRAY['open', 'cancelled']
            WHEN 'open' THEN ARRAY['released', 'cancelled']
            WHEN 'released' THEN ARRAY['open', 'started', 'completed', 'cancelled']
            WHEN 'started' THEN ARRAY['completed']
            WHEN 'completed' THEN ARRAY['closed']
        END
        WHEN 'transfer' THEN CASE stage
            WHEN 'draft' THEN ARRAY['open', 'cancelled']
            WHEN 'open' THEN ARRAY['shipped', 'cancelled']
            WHEN 'shipped' THEN ARRAY['partly received', 'received']
            WHEN 'partly received' THEN ARRAY['received']
        END
    END
$$;

ALTER TABLE purchase_orders
    ADD COLUMN stage TEXT,
    ADD COLUMN version INTEGER NOT NULL DEFAULT 1,
    ADD COLUMN sent_at TIMESTAMP WITH TIME ZONE,
    DROP CONSTRAINT ck_purchase_orders_state_known,
    ADD CONSTRAINT ck_purchase_orders_state_known CHECK (state IN ('draft', 'open', 'received', 'cancelled'));
ALTER TABLE purchase_order_lines
    ADD COLUMN requested DATE,
    ADD COLUMN confirmed BIGINT,
    ADD COLUMN sales_order_id BIGINT,
    ADD COLUMN sales_line INTEGER,
    DROP CONSTRAINT ck_purchase_order_lines_quantities_possible,
    ADD CONSTRAINT ck_purchase_order_lines_quantities_possible
        CHECK (ordered > 0 AND received >= 0 AND confirmed >= 0),
    ADD CONSTRAINT ck_purchase_order_lines_sales_line_whole CHECK ((sales_order_id IS NULL) = (sales_line IS NULL)),
    ADD CONSTRAINT fk_purchase_order_lines_sales_order_id_sales_line
        FOREIGN KEY (sales_order_id, sales_line) REFERENCES sales_order_lines (order_id, line);
ALTER TABLE work_orders
    ADD COLUMN stage TEXT,
    ADD COLUMN version INTEGER NOT NULL DEFAULT 1,
    ADD COLUMN scrapped BIGINT NOT NULL DEFAULT 0,
    ADD COLUMN released_at TIMESTAMP WITH TIME ZONE,
    DROP CONSTRAINT ck_work_orders_state_known,
    ADD CONSTRAINT ck_work_orders_state_known CHECK (state IN ('draft', 'open', 'received', 'cancelled')),
    ADD CONSTRAINT ck_work_orders_scrap_possible CHECK (scrapped >= 0);
ALTER TABLE transfer_orders
    ADD COLUMN stage TEXT,
    ADD COLUMN version INTEGER NOT NULL DEFAULT 1,
    ADD COLUMN received BIGINT NOT NULL DEFAULT 0,
    ADD COLUMN lost BIGINT NOT NULL DEFAULT 0,
    DROP CONSTRAINT ck_transfer_orders_state_known,
    ADD CONSTRAINT ck_transfer_orders_state_known CHECK (state IN ('draft', 'open', 'received', 'cancelled')),
    ADD CONSTRAINT ck_transfer_orders_arrivals_possible
        CHECK (received >= 0 AND lost >= 0 AND received + lost <= quantity);

-- Where an order that came in with a plain state stands: what the ERP has open was agreed with the supplier.
UPDATE purchase_orders SET stage = CASE state WHEN 'open' THEN 'confirmed' ELSE state END;
UPDATE work_orders SET stage = CASE state WHEN 'received' THEN 'closed' ELSE state END;
UPDATE transfer_orders SET stage = CASE WHEN state = 'open' AND shipped THEN 'shipped' ELSE state END;
ALTER TABLE purchase_orders ALTER COLUMN stage SET NOT NULL;
ALTER TABLE work_orders ALTER COLUMN stage SET NOT NULL;
ALTER TABLE transfer_orders ALTER COLUMN stage SET NOT NULL;

CREATE FUNCTION guard_supply_life() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    kind text := TG_ARGV[0];
    left_already boolean := COALESCE((to_jsonb(NEW)->>'shipped')::boolean, false);
BEGIN
    IF TG_OP = 'INSERT' AND NEW.stage IS NULL OR TG_OP = 'UPDATE' AND NEW.stage = OLD.stage AND NEW.state <> OLD.state THEN
        NEW.stage := CASE
            WHEN kind = 'purchase' AND NEW.state = 'open' THEN 'confirmed'
            WHEN kind = 'work' AND NEW.state = 'received' THEN CASE TG_OP WHEN 'INSERT' THEN 'closed' ELSE 'completed' END
            WHEN kind = 'transfer' AND NEW.state = 'open' AND left_already THEN 'shipped'
            ELSE NEW.state END;
    END IF;
    IF supply_state(kind, NEW.stage) IS NULL THEN
        RAISE EXCEPTION 'a % order cannot be %', kind, NEW.stage USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.stage <> OLD.stage AND NOT NEW.stage = ANY (COALESCE(supply_steps(kind, OLD.stage), '{}')) THEN
        RAISE EXCEPTION '% order % is %, it cannot become %', kind, NEW.number, OLD.stage, NEW.stage
            USING ERRCODE = 'restrict_violation';
    END IF;
    NEW.state := supply_state(kind, NEW.stage);
    RETURN NEW;
END $$;

CREATE TRIGGER supply_life BEFORE INSERT OR UPDATE ON purchase_orders FOR EACH ROW EXECUTE FUNCTION guard_supply_life('purchase');
CREATE TRIGGER supply_life BEFORE INSERT OR UPDATE ON work_orders FOR EACH ROW EXECUTE FUNCTION guard_supply_life('work');
CREATE TRIGGER supply_life BEFORE INSERT OR UPDATE ON transfer_orders FOR EACH ROW EXECUTE FUNCTION guard_supply_life('transfer');
CREATE TABLE acknowledgements (
    id BIGINT GENERATED BY DEFAULT AS IDENTITY,
    order_id BIGINT NOT NULL,
    reference TEXT NOT NULL,
    source TEXT NOT NULL,
    received_at TIMESTAMP WITH TIME ZONE NOT NULL,
    recorded_by TEXT NOT NULL,
    CONSTRAINT pk_acknowledgements PRIMARY KEY (id),
    CONSTRAINT uq_acknowledgements_order_id_reference UNIQUE (order_id, reference),
    CONSTRAINT fk_acknowledgements_order_id FOREIGN KEY(order_id) REFERENCES purchase_orders (id)
);
CREATE TABLE acknowledgement_lines (
    acknowledgement_id BIGINT NOT NULL,
    line INTEGER NOT NULL,
    answer TEXT NOT NULL,
    quantity BIGINT NOT NULL,
    due DATE NOT NULL,
    unit_price NUMERIC(19, 4) NOT NULL,
    note TEXT NOT NULL,
    CONSTRAINT pk_acknowledgement_lines PRIMARY KEY (acknowledgement_id, line),
    CONSTRAINT ck_acknowledgement_lines_answer_known CHECK (answer IN ('accepted', 'changed', 'rejected')),
    CONSTRAINT ck_acknowledgement_lines_values_possible CHECK (quantity >= 0 AND unit_price >= 0),
    CONSTRAINT fk_acknowledgement_lines_acknowledgement_id FOREIGN KEY(acknowledgement_id) REFERENCES acknowledgements (id)
);
CREATE TABLE purchase_price_changes (
    id BIGINT GENERATED BY DEFAULT AS IDENTITY,
    order_id BIGINT NOT NULL,
    line INTEGER NOT NULL,
    old_price NUMERIC(19, 4) NOT NULL,
    new_price NUMERIC(19, 4) NOT NULL,
    source TEXT NOT NULL,
    state TEXT NOT NULL,
    asked_at TIMESTAMP WITH TIME ZONE NOT NULL,
    decided_by TEXT, decided_at TIMESTAMP WITH TIME ZONE,
    comment TEXT NOT NULL,
    CONSTRAINT pk_purchase_price_changes PRIMARY KEY (id),
    CONSTRAINT ck_purchase_price_changes_state_known CHECK (state IN ('pending', 'accepted', 'refused')),
    CONSTRAINT ck_purchase_price_changes_source_known CHECK (source IN ('acknowledgement', 'receipt')),
    CONSTRAINT ck_purchase_price_changes_price_possible CHECK (new_price >= 0),
    CONSTRAINT fk_purchase_price_changes_order_id_line FOREIGN KEY(order_id, line) REFERENCES purchase_order_lines (order_id, line)
);
CREATE UNIQUE INDEX uq_purchase_price_changes_pending ON purchase_price_changes (order_id, line) WHERE state = 'pending';
CREATE TABLE shipping_notices (
    id BIGINT GENERATED BY DEFAULT AS IDENTITY,
    number TEXT NOT NULL,
    supplier_id BIGINT NOT NULL,
    carrier TEXT NOT NULL,
    tracking TEXT NOT NULL,
    shipped_on DATE NOT NULL,
    eta DATE NOT NULL,
    state TEXT NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_shipping_notices PRIMARY KEY (id),
    CONSTRAINT uq_shipping_notices_supplier_id_number UNIQUE (supplier_id, number),
    CONSTRAINT ck_shipping_notices_state_known CHECK (state IN ('announced', 'received', 'cancelled')),
    CONSTRAINT fk_shipping_notices_supplier_id FOREIGN KEY(supplier_id) REFERENCES suppliers (id)
);
CREATE TABLE shipping_notice_lines (
    notice_id BIGINT NOT NULL,
    position INTEGER NOT NULL,
    order_id BIGINT NOT NULL,
    line INTEGER NOT NULL,
    quantity BIGINT NOT NULL,
    received BIGINT NOT NULL,
    lot TEXT NOT NULL,
    expires_on DATE,
    CONSTRAINT pk_shipping_notice_lines PRIMARY KEY (notice_id, position),
    CONSTRAINT ck_shipping_notice_lines_quantities_possible CHECK (quantity > 0 AND received >= 0 AND received <= quantity),
    CONSTRAINT fk_shipping_notice_lines_order_id_line FOREIGN KEY(order_id, line) REFERENCES purchase_order_lines (order_id, line),
    CONSTRAINT fk_shipping_notice_lines_notice_id FOREIGN KEY(notice_id) REFERENCES shipping_notices (id)
);
CREATE INDEX ix_shipping_notice_lines_order_id_line ON shipping_notice_lines (order_id, line);
CREATE TABLE receipts (
    id BIGINT GENERATED BY DEFAULT AS IDENTITY,
    order_id BIGINT NOT NULL,
    line INTEGER NOT NULL,
    notice_id BIGINT,
    reference TEXT NOT NULL,
    location_id BIGINT NOT NULL,
    accepted BIGINT NOT NULL,
    rejected BIGINT NOT NULL,
    reason TEXT NOT NULL,
    lot TEXT NOT NULL,
    expires_on DATE,
    unit_price NUMERIC(19, 4),
    received_on DATE NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL, recorded_by TEXT NOT NULL,
    CONSTRAINT pk_receipts PRIMARY KEY (id),
    CONSTRAINT ck_receipts_quantities_possible CHECK (accepted >= 0 AND rejected >= 0 AND accepted + rejected > 0),
    CONSTRAINT fk_receipts_order_id_line FOREIGN KEY(order_id, line) REFERENCES purchase_order_lines (order_id, line),
    CONSTRAINT fk_receipts_notice_id FOREIGN KEY(notice_id) REFERENCES shipping_notices (id),
    CONSTRAINT fk_receipts_location_id FOREIGN KEY(location_id) REFERENCES locations (id)
);
CREATE INDEX ix_receipts_order_id_line ON receipts (order_id, line);
CREATE TABLE transfer_receipts (
    id BIGINT GENERATED BY DEFAULT AS IDENTITY,
    order_id BIGINT NOT NULL,
    received BIGINT NOT NULL,
    lost BIGINT NOT NULL,
    lot TEXT NOT NULL,
    reason TEXT NOT NULL,
    received_on DATE NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL, recorded_by TEXT NOT NULL,
    CONSTRAINT pk_transfer_receipts PRIMARY KEY (id),
    CONSTRAINT ck_transfer_receipts_quantities_possible CHECK (received >= 0 AND lost >= 0 AND received + lost > 0),
    CONSTRAINT fk_transfer_receipts_order_id FOREIGN KEY(order_id) REFERENCES transfer_orders (id)
);
CREATE INDEX ix_transfer_receipts_order_id ON transfer_receipts (order_id);
CREATE TABLE planned_orders (
    number TEXT NOT NULL,
    kind TEXT NOT NULL,
    item_id BIGINT NOT NULL,
    location_id BIGINT NOT NULL,
    quantity BIGINT NOT NULL,
    start DATE NOT NULL,
    due DATE NOT NULL,
    supplier_id BIGINT,
    origin_id BIGINT,
    promisable BOOLEAN NOT NULL,
    state TEXT NOT NULL,
    firmed_as TEXT,
    version INTEGER NOT NULL,
    CONSTRAINT pk_planned_orders PRIMARY KEY (number),
    CONSTRAINT ck_planned_orders_kind_known CHECK (kind IN ('purchase', 'work', 'transfer')),
    CONSTRAINT ck_planned_orders_state_known CHECK (state IN ('planned', 'firmed', 'cancelled')),
    CONSTRAINT ck_planned_orders_values_possible CHECK (quantity > 0 AND start <= due),
    CONSTRAINT ck_planned_orders_firmed_as_something CHECK ((state = 'firmed') = (firmed_as IS NOT NULL)),
    CONSTRAINT ck_planned_orders_origin_of_a_transfer CHECK ((kind = 'transfer') = (origin_id IS NOT NULL)),
    CONSTRAINT ck_planned_orders_supplier_of_a_purchase CHECK (kind = 'purchase' OR supplier_id IS NULL),
    CONSTRAINT fk_planned_orders_item_id FOREIGN KEY(item_id) REFERENCES items (id),
    CONSTRAINT fk_planned_orders_location_id FOREIGN KEY(location_id) REFERENCES locations (id),
    CONSTRAINT fk_planned_orders_supplier_id FOREIGN KEY(supplier_id) REFERENCES suppliers (id),
    CONSTRAINT fk_planned_orders_origin_id FOREIGN KEY(origin_id) REFERENCES locations (id)
);
CREATE TABLE work_order_operations (
    order_id BIGINT NOT NULL,
    sequence INTEGER NOT NULL,
    name TEXT NOT NULL,
    work_center TEXT NOT NULL,
    setup_minutes INTEGER NOT NULL,
    unit_minutes NUMERIC(12, 6) NOT NULL,
    state TEXT NOT NULL,
    good BIGINT NOT NULL,
    scrapped BIGINT NOT NULL,
    minutes INTEGER NOT NULL,
    started_at TIMESTAMP WITH TIME ZONE, finished_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_work_order_operations PRIMARY KEY (order_id, sequence),
    CONSTRAINT ck_work_order_operations_state_known CHECK (state IN ('waiting', 'started', 'done')),
    CONSTRAINT ck_work_order_operations_counts_possible CHECK (good >= 0 AND scrapped >= 0 AND minutes >= 0),
    CONSTRAINT ck_work_order_operations_minutes_possible CHECK (setup_minutes >= 0 AND unit_minutes >= 0),
    CONSTRAINT fk_work_order_operations_order_id FOREIGN KEY(order_id) REFERENCES work_orders (id),
    CONSTRAINT fk_work_order_operations_work_center FOREIGN KEY(work_center) REFERENCES work_centers (code)
);
CREATE INDEX ix_work_order_operations_work_center ON work_order_operations (work_center);
CREATE TABLE work_order_components (
    order_id BIGINT NOT NULL,
    item_id BIGINT NOT NULL,
    per_unit NUMERIC(12, 6) NOT NULL,
    required BIGINT NOT NULL,
    issued BIGINT NOT NULL,
    operation INTEGER,
    CONSTRAINT pk_work_order_components PRIMARY KEY (order_id, item_id),
    CONSTRAINT ck_work_order_components_quantities_possible CHECK (required >= 0 AND issued >= 0),
    CONSTRAINT fk_work_order_components_order_id FOREIGN KEY(order_id) REFERENCES work_orders (id),
    CONSTRAINT fk_work_order_components_item_id FOREIGN KEY(item_id) REFERENCES items (id)
);
CREATE TABLE work_order_progress (
    id BIGINT GENERATED BY DEFAULT AS IDENTITY,
    order_id BIGINT NOT NULL,
    sequence INTEGER NOT NULL,
    good BIGINT NOT NULL,
    scrapped BIGINT NOT NULL,
    minutes INTEGER NOT NULL,
    hourly_cost NUMERIC(19, 4) NOT NULL,
    reason TEXT NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL, recorded_by TEXT NOT NULL,
    CONSTRAINT pk_work_order_progress PRIMARY KEY (id),
    CONSTRAINT ck_work_order_progress_counts_possible CHECK (good >= 0 AND scrapped >= 0 AND minutes >= 0),
    CONSTRAINT fk_work_order_progress_order_id_sequence FOREIGN KEY(order_id, sequence) REFERENCES work_order_operations (order_id, sequence)
);
CREATE INDEX ix_work_order_progress_order_id ON work_order_progress (order_id);
CREATE TABLE work_order_issues (
    id BIGINT GENERATED BY DEFAULT AS IDENTITY,
    order_id BIGINT NOT NULL,
    item_id BIGINT NOT NULL,
    location_id BIGINT NOT NULL,
    quantity BIGINT NOT NULL,
    lot TEXT NOT NULL,
    unit_cost NUMERIC(19, 4) NOT NULL,
    backflushed BOOLEAN NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL, recorded_by TEXT NOT NULL,
    CONSTRAINT pk_work_order_issues PRIMARY KEY (id),
    CONSTRAINT ck_work_order_issues_quantity_positive CHECK (quantity > 0),
    CONSTRAINT fk_work_order_issues_order_id_item_id FOREIGN KEY(order_id, item_id) REFERENCES work_order_components (order_id, item_id),
    CONSTRAINT fk_work_order_issues_location_id FOREIGN KEY(location_id) REFERENCES locations (id)
);
CREATE INDEX ix_work_order_issues_order_id ON work_order_issues (order_id);
CREATE TABLE work_order_completions (
    id BIGINT GENERATED BY DEFAULT AS IDENTITY,
    order_id BIGINT NOT NULL,
    good BIGINT NOT NULL,
    scrapped BIGINT NOT NULL,
    reason TEXT NOT NULL,
    lot TEXT NOT NULL,
    expires_on DATE,
    completed_on DATE NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL, recorded_by TEXT NOT NULL,
    CONSTRAINT pk_work_order_completions PRIMARY KEY (id),
    CONSTRAINT ck_work_order_completions_quantities_possible CHECK (good >= 0 AND scrapped >= 0 AND good + scrapped > 0),
    CONSTRAINT fk_work_order_completions_order_id FOREIGN KEY(order_id) REFERENCES work_orders (id)
);
CREATE INDEX ix_work_order_completions_order_id ON work_order_completions (order_id);
CREATE TABLE work_order_costs (
    order_id BIGINT NOT NULL,
    standard_material NUMERIC(19, 4) NOT NULL,
    actual_material NUMERIC(19, 4) NOT NULL,
    standard_labour NUMERIC(19, 4) NOT NULL,
    actual_labour NUMERIC(19, 4) NOT NULL,
    scrap_cost NUMERIC(19, 4) NOT NULL,
    good BIGINT NOT NULL,
    scrapped BIGINT NOT NULL,
    closed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_work_order_costs PRIMARY KEY (order_id),
    CONSTRAINT fk_work_order_costs_order_id FOREIGN KEY(order_id) REFERENCES work_orders (id)
);
CREATE TABLE work_center_loads (
    work_center TEXT NOT NULL,
    day DATE NOT NULL,
    capacity INTEGER NOT NULL,
    overtime INTEGER NOT NULL,
    booked INTEGER NOT NULL,
    CONSTRAINT pk_work_center_loads PRIMARY KEY (work_center, day),
    CONSTRAINT ck_work_center_loads_minutes_possible CHECK (capacity >= 0 AND overtime >= 0 AND booked >= 0),
    CONSTRAINT fk_work_center_loads_work_center FOREIGN KEY(work_center) REFERENCES work_centers (code)
);
CREATE TABLE capacity_bookings (
    order_id BIGINT NOT NULL,
    sequence INTEGER NOT NULL,
    work_center TEXT NOT NULL,
    day DATE NOT NULL,
    minutes INTEGER NOT NULL,
    CONSTRAINT pk_capacity_bookings PRIMARY KEY (order_id, sequence, work_center, day),
    CONSTRAINT ck_capacity_bookings_minutes_possible CHECK (minutes >= 0),
    CONSTRAINT fk_capacity_bookings_work_center_day FOREIGN KEY(work_center, day) REFERENCES work_center_loads (work_center, day),
    CONSTRAINT fk_capacity_bookings_order_id FOREIGN KEY(order_id) REFERENCES work_orders (id)
);
CREATE INDEX ix_capacity_bookings_work_center_day ON capacity_bookings (work_center, day);

-- Booking is all or none: the days are locked in order, looked at, and taken together, in one call.
CREATE FUNCTION book_capacity(centers text[], days date[], asked integer[])
RETURNS TABLE (work_center text, day date, wanted bigint, free integer) LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM work_center_loads l JOIN (SELECT DISTINCT w.c, w.d FROM unnest(centers, days) AS w(c, d)) w
        ON l.work_center = w.c AND l.day = w.d
        ORDER BY l.work_center COLLATE "C", l.day FOR UPDATE OF l;
    RETURN QUERY
        SELECT w.c, w.d, w.m, COALESCE(l.capacity + l.overtime - l.booked, 0)
        FROM (SELECT u.c, u.d, sum(u.m) AS m FROM unnest(centers, days, asked) AS u(c, d, m) GROUP BY u.c, u.d) w
        LEFT JOIN work_center_loads l ON l.work_center = w.c AND l.day = w.d
        WHERE COALESCE(l.capacity + l.overtime - l.booked, 0) < w.m
        ORDER BY w.c COLLATE "C", w.d;
    IF NOT FOUND THEN
        UPDATE work_center_loads l SET booked = l.booked + w.m
        FROM (SELECT u.c, u.d, sum(u.m)::integer AS m FROM unnest(centers, days, asked) AS u(c, d, m) GROUP BY u.c, u.d) w
        WHERE l.work_center = w.c AND l.day = w.d;
    END IF;
END $$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON acknowledgements FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON acknowledgement_lines FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON receipts FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON transfer_receipts FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON work_order_progress FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON work_order_issues FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON work_order_completions FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON work_order_costs FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();

GRANT SELECT, INSERT ON acknowledgements, acknowledgement_lines, receipts, transfer_receipts, work_order_progress, work_order_issues,
    work_order_completions, work_order_costs
    TO expediter_app;
GRANT SELECT, INSERT, UPDATE ON purchase_price_changes, shipping_notices, shipping_notice_lines, planned_orders, work_order_operations,
    work_order_components, work_center_loads, capacity_bookings
    TO expediter_app;
GRANT SELECT ON acknowledgements, acknowledgement_lines, purchase_price_changes, shipping_notices, shipping_notice_lines,
    receipts, transfer_receipts, planned_orders, work_order_operations, work_order_components,
    work_order_progress, work_order_issues, work_order_completions, work_order_costs, work_center_loads,
    capacity_bookings
    TO expediter_agent;
GRANT EXECUTE ON FUNCTION supply_state(text, text), supply_steps(text, text), book_capacity(text[], date[], integer[])
    TO expediter_app;
