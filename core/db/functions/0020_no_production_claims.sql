-- Nothing ever reserved components for a work order: planning counts what it needs, and issuing takes it.
ALTER TABLE reservations
    DROP CONSTRAINT ck_reservations_kind_known,
    ADD CONSTRAINT ck_reservations_kind_known CHECK (kind IN ('transfer', 'advisory', 'time_boxed', 'hard'));
