"""Breaches of the laws of supply: the statement that breaks one, and the sentence it is named by."""

SUPPLY_BREACHES: list[tuple[str, str, tuple[str, ...]]] = [
    (
        "I1",
        (
            "INSERT INTO receipts (order_id, line, reference, location_id, accepted, rejected, reason, lot, received_on"
            ", recorded_at, recorded_by)"
            " SELECT order_id, line, 'DN', location_id, 4, 0, '', '', '2024-10-04', now(), 'x'"
            " FROM purchase_order_lines WHERE ordered = 50"
        ),
        ("PO-1/1: received 4, in the ledger 0",),
    ),
    (
        "I1",
        "UPDATE transfer_orders SET lost = 2 WHERE number = 'TO-2'",
        ("transfer order TO-2: received 0 and lost 2, its receipts 0",),
    ),
    (
        "I1",
        (
            "INSERT INTO work_order_completions (order_id, good, scrapped, reason, lot, completed_on, recorded_at,"
            " recorded_by) SELECT id, 2, 0, '', '', '2024-10-04', now(), 'x' FROM work_orders WHERE number = 'WO-1'"
        ),
        ("WO-1: made 2, in the ledger 0", "work order WO-1: completed 1, its completions 2"),
    ),
    (
        "I1",
        (
            "INSERT INTO work_centers (code, name, location_id, stations, hourly_cost, overtime_minutes,"
            " overtime_hourly_cost) SELECT 'SAW', 'Saw', id, 1, 60, 0, 60 FROM locations WHERE code = 'HOUSTON';"
            " INSERT INTO work_center_loads (work_center, day, capacity, overtime, booked)"
            " VALUES ('SAW', '2024-10-07', 480, 0, 30)"
        ),
        ("SAW on 2024-10-07: booked 30 minutes, its bookings 0",),
    ),
    (
        "I1",
        (
            "INSERT INTO work_order_components (order_id, item_id, per_unit, required, issued)"
            " SELECT o.id, i.id, 1, 2, 0 FROM work_orders o, items i WHERE o.number = 'WO-1' AND i.code = 'MOTOR';"
            " INSERT INTO work_order_substitutes (order_id, component_id, alternate_id, ratio, in_force)"
            " SELECT o.id, i.id, a.id, 1, true FROM work_orders o, items i, items a"
            " WHERE o.number = 'WO-1' AND i.code = 'MOTOR' AND a.code = 'SEAL'"
        ),
        ("work order WO-1: built with SEAL instead of MOTOR, its components say otherwise",),
    ),
]
