"""Breaches of the laws of lots, serial numbers and reservations, and the sentences they are named by."""

_LOT = (
    "INSERT INTO lots (id, code, item_id, status, supplier_lot, origin, recorded_at)"
    " SELECT 900, 'L-1', id, '{status}', '', '', now() FROM items WHERE code = 'VALVE-3';"
    " INSERT INTO lot_balances (lot_id, location_id, item_id, on_hand, reserved)"
    " SELECT 900, l.id, i.id, {on_hand}, {reserved} FROM locations l, items i"
    " WHERE l.code = 'RENO' AND i.code = 'VALVE-3'"
)
_SERIAL = (
    "INSERT INTO serials (id, item_id, number, location_id)"
    " SELECT 900, i.id, 'S-1', l.id FROM items i, locations l WHERE i.code = 'MOTOR' AND l.code = 'RENO'"
)

STOCK_BREACHES: list[tuple[str, str, tuple[str, ...]]] = [
    ("I1", _LOT.format(status="available", on_hand=4, reserved=0), ("lot L-1 at RENO: balance 4, ledger 0",)),
    (
        "I1",
        "UPDATE stock_moves SET lot_id = 900 WHERE quantity = 60;" + _LOT.format(status="hold", on_hand=61, reserved=0),
        ("lot L-1 at RENO: balance 61, ledger 60", "VALVE-3 at RENO: 60 on hand, its lots hold 61"),
    ),
    (
        "I1",
        "UPDATE stock_moves SET lot_id = 900 WHERE quantity = 6;" + _LOT.format(status="hold", on_hand=0, reserved=0),
        ("lot L-1 at YARD: balance 0, ledger 6", "lot L-1 is of VALVE-3, a move of it of MOTOR"),
    ),
    ("I1", _SERIAL, ("serial number S-1 of MOTOR is at RENO, its last move led to no place",)),
    (
        "I1",
        _SERIAL.replace("'RENO'", "'YARD'")
        + "; INSERT INTO move_serials SELECT id, 900 FROM stock_moves WHERE quantity = 6",
        ("a move of 6 MOTOR carries 1 serial numbers",),
    ),
    (
        "I2",
        "UPDATE reservations SET taken = 4 WHERE reference = 'TO-1'",
        ("VALVE-3 at RENO: reserved 35, open reservations 31, on hand 60",),
    ),
    (
        "I2",
        "UPDATE reservations SET kind = 'advisory' WHERE reference = 'TO-1'",
        (
            "VALVE-3 at RENO: reserved 35, open reservations 25, on hand 60",
            "transfer order TO-1 is open but its reservation is missing",
        ),
    ),
    (
        "I2",
        _LOT.format(status="available", on_hand=9, reserved=2),
        ("lot L-1 at RENO: reserved 2, open reservations 0, on hand 9",),
    ),
    (
        "I2",
        _LOT.format(status="hold", on_hand=9, reserved=0),
        ("VALVE-3 at RENO: 0 units are blocked, its lots that may not be used have 9",),
    ),
    (
        "I2",
        (
            "UPDATE reservations SET line = 2, order_id = (SELECT id FROM sales_orders WHERE number = 'SO-2')"
            " WHERE reference = 'TO-1'; UPDATE sales_order_lines SET state = 'closed' WHERE ordered = 8"
        ),
        ("order line SO-2/2 is closed but TO-1 still holds 10 units",),
    ),
]
