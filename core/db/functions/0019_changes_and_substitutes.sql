-- What a customer asks to have changed, exactly, so that a plan can apply it; what a work order is built with instead of
-- a component of its bill of materials.
ALTER TABLE signals
    ADD COLUMN asked JSONB,
    ADD CONSTRAINT ck_signals_asked_of_an_order CHECK (asked IS NULL OR kind IN ('change', 'cancellation'));

CREATE TABLE work_order_substitutes (
    order_id BIGINT NOT NULL,
    component_id BIGINT NOT NULL,
    alternate_id BIGINT NOT NULL,
    ratio NUMERIC(12, 6) NOT NULL,
    in_force BOOLEAN NOT NULL,
    CONSTRAINT pk_work_order_substitutes PRIMARY KEY (order_id, component_id),
    CONSTRAINT ck_work_order_substitutes_ratio_positive CHECK (ratio > 0),
    CONSTRAINT ck_work_order_substitutes_another_item CHECK (component_id <> alternate_id),
    CONSTRAINT fk_work_order_substitutes_order_id FOREIGN KEY(order_id) REFERENCES work_orders (id),
    CONSTRAINT fk_work_order_substitutes_component_id FOREIGN KEY(component_id) REFERENCES items (id),
    CONSTRAINT fk_work_order_substitutes_alternate_id FOREIGN KEY(alternate_id) REFERENCES items (id)
);
CREATE INDEX ix_work_order_substitutes_alternate_id ON work_order_substitutes (alternate_id);
GRANT SELECT, INSERT, UPDATE ON work_order_substitutes TO expediter_app;
GRANT SELECT ON work_order_substitutes TO expediter_agent;
