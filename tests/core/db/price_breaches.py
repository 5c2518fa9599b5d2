"""Breaches of the laws of prices and holds, in the form of tests/core/db/breaches.py."""

# A price list, a discount and the price of SO-1/1 by it, all as it should be; each breach changes one thing.
_PRICED = """
    INSERT INTO price_lists (id, code, name, kind, currency, customer_id, priority, valid_from)
        SELECT 1, 'C-7', 'Harbor', 'contract', 'USD', id, 1, '2024-01-01' FROM customers WHERE code = 'HARBOR';
    INSERT INTO price_list_lines (list_id, line, item_id, minimum, unit_price, valid_from)
        SELECT 1, 3, id, 10, 27.5, '2024-01-01' FROM items WHERE code = 'VALVE-3';
    INSERT INTO discounts (code, name, kind, value, minimum, valid_from, combination, sequence, on_contracts)
        VALUES ('D', 'd', 'percent', 10, 1, '2024-01-01', 'stackable', 1, true);
    INSERT INTO price_overrides (id, order_id, line, found, price, currency, reason, approved_by, role, recorded_at)
        SELECT 1, id, 1, 24.75, 25, 'USD', 'why', 'maria', 'operations_manager', now()
        FROM sales_orders WHERE number = 'SO-1';
    INSERT INTO line_prices (order_id, line, item_id, quantity, currency, source, list_id, list_line, override_id,
                             base, found, unit_price, line_total, steps, priced_on, recorded_at)
        SELECT o.id, 1, i.id, 40, 'USD', p.source, p.list, p.list * 3, p.override, p.base, p.found, p.price,
               p.price * 40,
               p.steps::jsonb, '2024-10-03', now()
        FROM sales_orders o, items i, (VALUES
            ('contract', 1, NULL::bigint, 27.5, 24.75, 24.75, '[{"discount": null}, {"discount": "D"}]'),
            ('override', NULL::bigint, 1, NULL, 24.75, 25, '[]')) p (source, list, override, base, found, price, steps)
        WHERE o.number = 'SO-1' AND i.code = 'VALVE-3';
"""
_HELD = """
    INSERT INTO holds (id, order_id, kind, reason, set_by, set_at, due_at, release_roles)
        SELECT 7, id, 'credit', 'over the limit', 'maria', now(), now(), '["finance"]'
        FROM sales_orders WHERE number = 'SO-1';
"""

PRICE_BREACHES: list[tuple[str, str, tuple[str, ...]]] = [
    (
        "I9",
        f"{_PRICED} UPDATE sales_order_lines SET unit_price = 26 WHERE ordered = 40",
        ("order line SO-1/1 is sold at 26.0000, 25.0000 was found by override",),
    ),
    (
        "I9",
        f"{_PRICED} UPDATE sales_order_lines SET ordered = 41 WHERE ordered = 40",
        ("order line SO-1/1 was priced for another item, quantity or currency",),
    ),
    (
        "I9",
        f"{_PRICED} UPDATE line_prices SET line_total = 1000.01 WHERE source = 'override'",
        ("order line SO-1/1 is worth 1000.00, kept is 1000.01",),
    ),
    (
        "I9",
        f"{_PRICED} UPDATE line_prices SET source = 'stated', override_id = NULL WHERE source = 'override'",
        ("order line SO-1/1 goes on at the price 25.0000 that the customer states, not agreed",),
    ),
    (
        "I9",
        f"{_PRICED} UPDATE price_list_lines SET unit_price = 28",
        ("order line SO-1/1 has the price of C-7 line 3, which is 28.0000, not 27.5000",),
    ),
    (
        "I9",
        f"{_PRICED} UPDATE price_list_lines SET minimum = 41, valid_from = '2024-10-04'",
        (
            "order line SO-1/1 has the price of C-7 line 3, which is for 41 units or more",
            "order line SO-1/1 has the price of C-7 line 3, which is not in force yet",
        ),
    ),
    (
        "I9",
        (
            f"{_PRICED} UPDATE price_lists SET currency = 'EUR', kind = 'list',"
            " customer_id = (SELECT id FROM customers WHERE code = 'MESA')"
        ),
        (
            "order line SO-1/1 has the price of C-7 line 3, which is in EUR",
            "order line SO-1/1 has the price of C-7 line 3, which is of a list",
            "order line SO-1/1 has the price of C-7 line 3, which is of another customer",
        ),
    ),
    (
        "I9",
        f"{_PRICED} UPDATE discounts SET value = 20",
        ("order line SO-1/1 was discounted from 27.5000 to 24.7500, its discounts make it 22.0000",),
    ),
    (
        "I9",
        f"{_PRICED} UPDATE price_overrides SET price = 26",
        ("override 1 of order line SO-1/1 says 26.0000, the line was priced 25.0000",),
    ),
    (
        "I9",
        f"{_PRICED} UPDATE price_overrides SET role = 'planner', approved_by = 'paul'",
        ("override 1 was decided by paul as planner, which sets no prices",),
    ),
    (
        "I9",
        f"{_HELD} UPDATE sales_order_lines SET state = CASE line WHEN 1 THEN 'on hold' ELSE 'allocated' END",
        ("order line SO-1/2 is allocated although it is on hold: credit over the limit",),
    ),
    (
        "I9",
        (
            f"{_HELD} UPDATE holds SET released_by = 'paul', released_role = 'planner', released_at = now(),"
            " release_reason = 'paid'"
        ),
        ("hold 7 was released by paul as planner, which may not",),
    ),
]
