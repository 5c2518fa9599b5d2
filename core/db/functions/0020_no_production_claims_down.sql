ALTER TABLE reservations
    DROP CONSTRAINT ck_reservations_kind_known,
    ADD CONSTRAINT ck_reservations_kind_known CHECK (
        kind IN ('transfer', 'advisory', 'time_boxed', 'hard', 'production'));
