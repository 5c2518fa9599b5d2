-- The days plans add to a supplier's word: versions, of which the newest holds; one of no days is none.
CREATE TABLE supplier_buffers (
    supplier_id BIGINT NOT NULL,
    number INTEGER NOT NULL,
    days INTEGER NOT NULL,
    percent INTEGER NOT NULL,
    expected_on_time NUMERIC(12, 6) NOT NULL,
    set_by TEXT NOT NULL,
    set_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_supplier_buffers PRIMARY KEY (supplier_id, number),
    CONSTRAINT ck_supplier_buffers_days_within_reason CHECK (days BETWEEN 0 AND 120),
    CONSTRAINT ck_supplier_buffers_percent_is_a_share CHECK (percent BETWEEN 0 AND 99),
    CONSTRAINT fk_supplier_buffers_supplier_id FOREIGN KEY(supplier_id) REFERENCES suppliers (id),
    CONSTRAINT fk_supplier_buffers_set_by FOREIGN KEY(set_by) REFERENCES users (name)
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON supplier_buffers
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
-- Every day of open orders and every lead time of the supplier moves: whoever keeps columns reads all of them again.
CREATE TRIGGER noted_new AFTER INSERT ON supplier_buffers REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION note_book_change('master', '');
GRANT SELECT, INSERT ON supplier_buffers TO expediter_app;
GRANT SELECT ON supplier_buffers TO expediter_agent;
