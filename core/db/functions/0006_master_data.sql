-- Master data of the whole company: calendars, work, freight, tariffs, alternates, units; and commands carried out.

CREATE TABLE calendars (
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    shifts JSONB NOT NULL,
    holidays TEXT NOT NULL,
    exceptions JSONB NOT NULL,
    CONSTRAINT pk_calendars PRIMARY KEY (code)
);


ALTER TABLE items
    ADD COLUMN lot_control TEXT NOT NULL DEFAULT 'none',
    ADD COLUMN shelf_life_days INTEGER,
    ADD COLUMN minimum_lot BIGINT NOT NULL DEFAULT 1,
    ADD COLUMN lot_multiple BIGINT NOT NULL DEFAULT 1,
    ADD COLUMN maximum_lot BIGINT,
    ADD COLUMN safety_days INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN planning_fence_days INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN demand_fence_days INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN made_to_order BOOLEAN NOT NULL DEFAULT false,
    ADD COLUMN phantom BOOLEAN NOT NULL DEFAULT false,
    ADD COLUMN weight BIGINT NOT NULL DEFAULT 0,
    ADD COLUMN tariff_code TEXT NOT NULL DEFAULT '',
    ADD COLUMN origin TEXT NOT NULL DEFAULT '';

ALTER TABLE items
    ALTER COLUMN lot_control DROP DEFAULT,
    ALTER COLUMN minimum_lot DROP DEFAULT,
    ALTER COLUMN lot_multiple DROP DEFAULT,
    ALTER COLUMN safety_days DROP DEFAULT,
    ALTER COLUMN planning_fence_days DROP DEFAULT,
    ALTER COLUMN demand_fence_days DROP DEFAULT,
    ALTER COLUMN made_to_order DROP DEFAULT,
    ALTER COLUMN phantom DROP DEFAULT,
    ALTER COLUMN weight DROP DEFAULT,
    ALTER COLUMN tariff_code DROP DEFAULT,
    ALTER COLUMN origin DROP DEFAULT;

ALTER TABLE locations
    ADD COLUMN kind TEXT NOT NULL DEFAULT 'warehouse',
    ADD COLUMN calendar TEXT,
    ADD COLUMN cut_off TEXT NOT NULL DEFAULT '16:00',
    ADD COLUMN lines_a_day INTEGER,
    ADD COLUMN region TEXT NOT NULL DEFAULT '',
    ADD COLUMN country TEXT NOT NULL DEFAULT '',
    ADD COLUMN node_priority INTEGER NOT NULL DEFAULT 1,
    ADD COLUMN pick_up BOOLEAN NOT NULL DEFAULT false,
    ADD COLUMN takes_returns BOOLEAN NOT NULL DEFAULT false,
    ADD COLUMN shipment_cost NUMERIC(19, 4) NOT NULL DEFAULT 0,
    ADD COLUMN line_cost NUMERIC(19, 4) NOT NULL DEFAULT 0,
    ADD COLUMN handling_cost NUMERIC(19, 4) NOT NULL DEFAULT 0;

ALTER TABLE locations
    ALTER COLUMN kind DROP DEFAULT,
    ALTER COLUMN cut_off DROP DEFAULT,
    ALTER COLUMN region DROP DEFAULT,
    ALTER COLUMN country DROP DEFAULT,
    ALTER COLUMN node_priority DROP DEFAULT,
    ALTER COLUMN pick_up DROP DEFAULT,
    ALTER COLUMN takes_returns DROP DEFAULT,
    ALTER COLUMN shipment_cost DROP DEFAULT,
    ALTER COLUMN line_cost DROP DEFAULT,
    ALTER COLUMN handling_cost DROP DEFAULT;

ALTER TABLE bom_components
    ADD COLUMN revision TEXT NOT NULL DEFAULT '',
    ADD COLUMN valid_from DATE,
    ADD COLUMN valid_to DATE,
    ADD COLUMN operation INTEGER;

ALTER TABLE bom_components
    ALTER COLUMN revision DROP DEFAULT;

ALTER TABLE customers
    ADD COLUMN region TEXT NOT NULL DEFAULT '',
    ADD COLUMN country TEXT NOT NULL DEFAULT '',
    ADD COLUMN allow_partial BOOLEAN NOT NULL DEFAULT true,
    ADD COLUMN allow_substitution BOOLEAN NOT NULL DEFAULT false,
    ADD COLUMN shelf_life_days INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN otif_target NUMERIC(12, 6) NOT NULL DEFAULT 95,
    ADD COLUMN credit_limit NUMERIC(19, 2),
    ADD COLUMN payment_days INTEGER NOT NULL DEFAULT 30;

ALTER TABLE customers
    ALTER COLUMN region DROP DEFAULT,
    ALTER COLUMN country DROP DEFAULT,
    ALTER COLUMN allow_partial DROP DEFAULT,
    ALTER COLUMN allow_substitution DROP DEFAULT,
    ALTER COLUMN shelf_life_days DROP DEFAULT,
    ALTER COLUMN otif_target DROP DEFAULT,
    ALTER COLUMN payment_days DROP DEFAULT;

ALTER TABLE suppliers
    ADD COLUMN country TEXT NOT NULL DEFAULT '',
    ADD COLUMN reliability NUMERIC(12, 6) NOT NULL DEFAULT 100,
    ADD COLUMN acknowledges_within_hours INTEGER NOT NULL DEFAULT 48,
    ADD COLUMN drop_ships BOOLEAN NOT NULL DEFAULT false;

ALTER TABLE suppliers
    ALTER COLUMN country DROP DEFAULT,
    ALTER COLUMN reliability DROP DEFAULT,
    ALTER COLUMN acknowledges_within_hours DROP DEFAULT,
    ALTER COLUMN drop_ships DROP DEFAULT;

ALTER TABLE supplier_items
    ADD COLUMN safety_days INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN weekly_capacity BIGINT,
    ADD COLUMN valid_from DATE,
    ADD COLUMN valid_to DATE;

ALTER TABLE supplier_items
    ALTER COLUMN safety_days DROP DEFAULT;

ALTER TABLE items
    ADD CONSTRAINT ck_items_lot_control_known CHECK (lot_control IN ('none', 'lot', 'serial')),
    ADD CONSTRAINT ck_items_lots_positive CHECK (minimum_lot > 0 AND lot_multiple > 0);
ALTER TABLE locations
    ADD CONSTRAINT ck_locations_kind_known CHECK (kind IN ('plant', 'warehouse', 'store', 'third_party')),
    ADD CONSTRAINT fk_locations_calendar FOREIGN KEY (calendar) REFERENCES calendars (code);

CREATE TABLE carriers (
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    CONSTRAINT pk_carriers PRIMARY KEY (code)
);

CREATE TABLE commands (
    key TEXT NOT NULL,
    kind TEXT NOT NULL,
    request_hash TEXT NOT NULL,
    result JSONB,
    actor TEXT NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_commands PRIMARY KEY (key)
);

CREATE TABLE tariff_rules (
    tariff_code TEXT NOT NULL,
    origin TEXT NOT NULL,
    destination TEXT NOT NULL,
    effective DATE NOT NULL,
    percent NUMERIC(12, 6) NOT NULL,
    CONSTRAINT pk_tariff_rules PRIMARY KEY (tariff_code, origin, destination, effective)
);

CREATE TABLE customer_addresses (
    customer_id BIGINT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    street TEXT NOT NULL,
    city TEXT NOT NULL,
    postcode TEXT NOT NULL,
    region TEXT NOT NULL,
    country TEXT NOT NULL,
    CONSTRAINT pk_customer_addresses PRIMARY KEY (customer_id, code),
    CONSTRAINT fk_customer_addresses_customer_id FOREIGN KEY(customer_id) REFERENCES customers (id)
);

CREATE TABLE customer_items (
    customer_id BIGINT NOT NULL,
    number TEXT NOT NULL,
    item_id BIGINT NOT NULL,
    CONSTRAINT pk_customer_items PRIMARY KEY (customer_id, number),
    CONSTRAINT fk_customer_items_customer_id FOREIGN KEY(customer_id) REFERENCES customers (id),
    CONSTRAINT fk_customer_items_item_id FOREIGN KEY(item_id) REFERENCES items (id)
);

CREATE TABLE item_alternates (
    item_id BIGINT NOT NULL,
    alternate_id BIGINT NOT NULL,
    scope TEXT NOT NULL,
    ratio NUMERIC(12, 6) NOT NULL,
    priority INTEGER NOT NULL,
    valid_from DATE,
    valid_to DATE,
    approval_needed BOOLEAN NOT NULL,
    CONSTRAINT pk_item_alternates PRIMARY KEY (item_id, alternate_id, scope),
    CONSTRAINT ck_item_alternates_not_itself CHECK (item_id <> alternate_id),
    CONSTRAINT ck_item_alternates_scope_known CHECK (scope IN ('finished', 'component')),
    CONSTRAINT ck_item_alternates_ratio_positive CHECK (ratio > 0),
    CONSTRAINT fk_item_alternates_item_id FOREIGN KEY(item_id) REFERENCES items (id),
    CONSTRAINT fk_item_alternates_alternate_id FOREIGN KEY(alternate_id) REFERENCES items (id)
);

CREATE TABLE price_breaks (
    supplier_id BIGINT NOT NULL,
    item_id BIGINT NOT NULL,
    minimum BIGINT NOT NULL,
    unit_price NUMERIC(19, 4) NOT NULL,
    CONSTRAINT pk_price_breaks PRIMARY KEY (supplier_id, item_id, minimum),
    CONSTRAINT ck_price_breaks_values_possible CHECK (minimum > 0 AND unit_price >= 0),
    CONSTRAINT fk_price_breaks_supplier_id FOREIGN KEY(supplier_id) REFERENCES suppliers (id),
    CONSTRAINT fk_price_breaks_item_id FOREIGN KEY(item_id) REFERENCES items (id)
);

CREATE TABLE unit_conversions (
    item_id BIGINT NOT NULL,
    unit TEXT NOT NULL,
    base_units BIGINT NOT NULL,
    CONSTRAINT pk_unit_conversions PRIMARY KEY (item_id, unit),
    CONSTRAINT ck_unit_conversions_base_units_positive CHECK (base_units > 0),
    CONSTRAINT fk_unit_conversions_item_id FOREIGN KEY(item_id) REFERENCES items (id)
);

CREATE TABLE freight_rates (
    carrier TEXT NOT NULL,
    service TEXT NOT NULL,
    origin_id BIGINT NOT NULL,
    region TEXT NOT NULL,
    days INTEGER NOT NULL,
    shipment_cost NUMERIC(19, 4) NOT NULL,
    kilogram_cost NUMERIC(19, 4) NOT NULL,
    carbon INTEGER NOT NULL,
    CONSTRAINT pk_freight_rates PRIMARY KEY (carrier, service, origin_id, region),
    CONSTRAINT fk_freight_rates_carrier FOREIGN KEY(carrier) REFERENCES carriers (code),
    CONSTRAINT fk_freight_rates_origin_id FOREIGN KEY(origin_id) REFERENCES locations (id)
);

CREATE TABLE work_centers (
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    location_id BIGINT NOT NULL,
    calendar TEXT,
    stations INTEGER NOT NULL,
    hourly_cost NUMERIC(19, 4) NOT NULL,
    overtime_minutes INTEGER NOT NULL,
    overtime_hourly_cost NUMERIC(19, 4) NOT NULL,
    CONSTRAINT pk_work_centers PRIMARY KEY (code),
    CONSTRAINT ck_work_centers_capacity_possible CHECK (stations > 0 AND overtime_minutes >= 0),
    CONSTRAINT fk_work_centers_location_id FOREIGN KEY(location_id) REFERENCES locations (id),
    CONSTRAINT fk_work_centers_calendar FOREIGN KEY(calendar) REFERENCES calendars (code)
);

CREATE TABLE downtimes (
    work_center TEXT NOT NULL,
    first DATE NOT NULL,
    last DATE NOT NULL,
    reason TEXT NOT NULL,
    CONSTRAINT pk_downtimes PRIMARY KEY (work_center, first),
    CONSTRAINT ck_downtimes_first_before_last CHECK (first <= last),
    CONSTRAINT fk_downtimes_work_center FOREIGN KEY(work_center) REFERENCES work_centers (code)
);

CREATE TABLE operation_alternates (
    item_id BIGINT NOT NULL,
    sequence INTEGER NOT NULL,
    work_center TEXT NOT NULL,
    priority INTEGER NOT NULL,
    time_factor NUMERIC(12, 6) NOT NULL,
    CONSTRAINT pk_operation_alternates PRIMARY KEY (item_id, sequence, work_center),
    CONSTRAINT ck_operation_alternates_time_factor_positive CHECK (time_factor > 0),
    CONSTRAINT fk_operation_alternates_item_id FOREIGN KEY(item_id) REFERENCES items (id),
    CONSTRAINT fk_operation_alternates_work_center FOREIGN KEY(work_center) REFERENCES work_centers (code)
);

CREATE TABLE operations (
    item_id BIGINT NOT NULL,
    sequence INTEGER NOT NULL,
    name TEXT NOT NULL,
    work_center TEXT NOT NULL,
    setup_minutes INTEGER NOT NULL,
    unit_minutes NUMERIC(12, 6) NOT NULL,
    yield_percent NUMERIC(12, 6) NOT NULL,
    CONSTRAINT pk_operations PRIMARY KEY (item_id, sequence),
    CONSTRAINT ck_operations_minutes_possible CHECK (setup_minutes >= 0 AND unit_minutes >= 0),
    CONSTRAINT ck_operations_yield_possible CHECK (yield_percent > 0 AND yield_percent <= 100),
    CONSTRAINT fk_operations_item_id FOREIGN KEY(item_id) REFERENCES items (id),
    CONSTRAINT fk_operations_work_center FOREIGN KEY(work_center) REFERENCES work_centers (code)
);


GRANT SELECT, INSERT, UPDATE ON calendars, work_centers, operations, operation_alternates, downtimes, carriers, freight_rates,
    tariff_rules, item_alternates, unit_conversions, customer_items, customer_addresses, price_breaks, commands
    TO expediter_app;
GRANT SELECT ON calendars, work_centers, operations, operation_alternates, downtimes, carriers, freight_rates,
    tariff_rules, item_alternates, unit_conversions, customer_items, customer_addresses, price_breaks TO expediter_agent;
