"""Breaches of the law of master data: each part of it names what somebody did behind our back."""

PRICED = """
    INSERT INTO master_data_requests (code, kind, subject, command, asked, digest, asked_by, asked_role, asked_at,
                                      state, decided_by, decided_role, decided_at, comment)
    VALUES ('P', 'prices', 'P', 'PublishPrices', '{}', 'd', 'omar', 'operations_manager', now(), 'agreed',
            'maria', 'operations_manager', now(), '');
    INSERT INTO audit_log VALUES ('prices:US', 1, 'maria', 'price_list_added', 'US', '{"origin": 99}', now(), '', '');
    INSERT INTO master_data_origins (id, kind, actor, role, scope, sequence, request, recorded_at, began, transaction)
    VALUES (99, 'prices', 'maria', 'operations_manager', 'prices:US', 1, 'P', now(), now(), 1);
    INSERT INTO price_lists (id, code, name, kind, currency, priority, valid_from)
    VALUES (1, 'US', 'us', 'list', 'USD', 1, '2024-01-01');
    INSERT INTO master_data_changes (origin_id, table_name, key, operation, digest)
    SELECT 99, table_name, key, 'insert', digest FROM master_data_now WHERE table_name = 'price_lists';"""
_EVE = """
    INSERT INTO users (name, role, active, demo) VALUES ('eve', 'operations_manager', true, false);
    INSERT INTO audit_log VALUES ('user:eve', 1, 'maria', 'user_added', 'eve', '{"origin": 99}', now(), '', '');
    INSERT INTO master_data_origins (id, kind, actor, role, scope, sequence, recorded_at, began, transaction)
    VALUES (99, 'people', 'maria', 'operations_manager', 'user:eve', 1, now(), now(), 1);
    INSERT INTO master_data_changes (origin_id, table_name, key, operation, after, digest)
    SELECT 99, table_name, key, 'insert', row_now, digest FROM master_data_now WHERE key = 'eve';"""
_HERS = "price_lists US was changed by maria: no other person who may agreed to it"

_POLICY = """
    INSERT INTO master_data_requests (code, kind, subject, command, asked, digest, asked_by, asked_role, asked_at,
                                      state, decided_by, decided_role, decided_at, comment)
    VALUES ('P', 'policy', 'policy', 'AskedPolicy', '{"policy": {"daily_count": 1}}', 'd', 'omar', 'operations_manager',
            now(), 'agreed', 'maria', 'operations_manager', now(), '');
    INSERT INTO audit_log VALUES ('policy', 1, 'maria', 'policy_changed', '2026-2', '{"origin": 99}', now(), '', '');
    INSERT INTO master_data_origins (id, kind, actor, role, scope, sequence, request, recorded_at, began, transaction)
    VALUES (99, 'policy', 'maria', 'operations_manager', 'policy', 1, 'P', now(), now(), 1);
    INSERT INTO policies VALUES (2, '2026-2', '{"daily_count": 9}', 'x', 'omar', 'maria', now());
    INSERT INTO master_data_changes (origin_id, table_name, key, operation, after, digest)
    SELECT 99, table_name, key, 'insert', row_now, digest FROM master_data_now
    WHERE table_name = 'policies' AND key = '2';"""

MASTER_BREACHES: list[tuple[str, str, tuple[str, ...]]] = [
    ("I10", _POLICY, ("policy 2 was changed by maria: no other person who may agreed to it",)),
    (
        "I10",
        "UPDATE customers SET credit_limit = 999999 WHERE code = 'HARBOR'",
        ("customers HARBOR is not as it was last recorded",),
    ),
    (
        "I10",
        "UPDATE users SET role = 'administrator' WHERE name = 'vivian'",
        ("users vivian is not as it was last recorded",),
    ),
    (
        "I10",
        (
            "INSERT INTO customer_addresses (customer_id, code, name, street, city, postcode, region, country)"
            " SELECT 1, 'GATE-9', 'x', 'x', 'x', 'x', 'x', 'US'"
        ),
        ("customer_addresses 1|GATE-9 is there, but not in the record of master data",),
    ),
    (
        "I10",
        "DELETE FROM lanes WHERE (origin_id, destination_id) = (2, 1)",
        ("lanes 2|1 is gone, the record of master data has it",),
    ),
    (
        "I10",
        """
        INSERT INTO master_data_changes (origin_id, table_name, key, operation, was, digest)
        SELECT 2, table_name, key, 'update', 'x', digest FROM master_data_now WHERE key = 'HARBOR';
        UPDATE master_data_changes SET id = 9999 WHERE id = (SELECT max(id) FROM master_data_changes)""",
        ("customers HARBOR was changed past the record before change 9999",),
    ),
    ("I10", "ALTER TABLE suppliers DISABLE TRIGGER USER", ("changes of table suppliers are not recorded",)),
    ("I10", "DROP TRIGGER recorded_changed ON users", ("changes of table users are not recorded",)),
    (
        "I10",
        "DELETE FROM audit_log WHERE scope = 'user:omar'",
        ("the change of people declared as 6 by maria is not in the audit log",),
    ),
    (
        "I10",
        """
        INSERT INTO master_data_origins (id, kind, actor, recorded_at, began, transaction)
        VALUES (99, 'migration', 'postgres', now(), now(), 1);
        UPDATE master_data_changes SET origin_id = 99 WHERE table_name = 'items' AND key = 'SEAL'""",
        ("the migration declared as 99 changed values of items",),
    ),
    (
        "I10",
        f"{PRICED} UPDATE master_data_origins SET role = 'planner' WHERE id = 99",
        ("maria changed prices in role planner, which may not",),
    ),
    ("I10", f"{PRICED} UPDATE master_data_requests SET state = 'refused'", (_HERS,)),
    (
        "I10",
        (
            "ALTER TABLE master_data_requests DROP CONSTRAINT ck_master_data_requests_by_another;"
            f" {PRICED} UPDATE master_data_requests SET asked_by = 'maria'"
        ),
        (_HERS,),
    ),
    ("I10", f"{PRICED} UPDATE master_data_requests SET asked_role = 'planner'", (_HERS,)),
    ("I10", f"{PRICED} UPDATE master_data_requests SET decided_at = decided_at - interval '1 hour'", (_HERS,)),
    ("I10", _EVE, ("eve may act as operations_manager: no other person who may agreed to it",)),
]
"""Invariant, what is done behind its back, and what it then says."""
