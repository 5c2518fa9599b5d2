"""Breaches of the invariants: which one, the statement that breaks it, and the sentences it is named by."""

from tests.core.db.master_breaches import MASTER_BREACHES
from tests.core.db.price_breaches import PRICE_BREACHES
from tests.core.db.stock_breaches import STOCK_BREACHES
from tests.core.db.supply_breaches import SUPPLY_BREACHES

RUN = "INSERT INTO runs (id, graph, subject, started_at, deadline, most_calls, outcome)"
CALL = (
    "INSERT INTO model_calls (run_id, purpose, verb, model, prompt_hash, prompt_tokens, cached_tokens,"
    " completion_tokens, reasoning_tokens, milliseconds, failure, fields, at)"
    " VALUES (9, 'chat', 'choose', 'small', 'h', 1, 0, 1, 0, 5, '', '[]', '2024-10-01')"
)
BREACHES: list[tuple[str, str, tuple[str, ...]]] = [
    (
        "I1",
        "UPDATE stock_balances SET on_hand = 6 WHERE on_hand = 5",
        ("VALVE-3 at HOUSTON: balance 6, ledger 5",),
    ),
    ("I1", "DELETE FROM stock_moves WHERE quantity = 6", ("MOTOR at YARD: balance 6, ledger 0",)),
    ("I1", "DELETE FROM stock_balances WHERE on_hand = 6", ("MOTOR at YARD: balance 0, ledger 6",)),
    (
        "I2",
        "UPDATE stock_balances SET reserved = reserved - 1 WHERE reserved > 0",
        ("VALVE-3 at RENO: reserved 34, open reservations 35, on hand 60",),
    ),
    (
        "I2",
        "UPDATE reservations SET state = 'released' WHERE reference = 'TO-1.1A-1'",
        (
            "VALVE-3 at RENO: reserved 35, open reservations 10, on hand 60",
            "transfer order TO-1.1A-1 is open but its reservation is released",
        ),
    ),
    (
        "I2",
        "UPDATE reservations SET location_id = 99 WHERE reference = 'TO-1.1A-1'",
        (
            "VALVE-3 at RENO: reserved 35, open reservations 10, on hand 60",
            "reservation TO-1.1A-1 is of VALVE-3 at location 99, which have no balance",
        ),
    ),
    (
        "I2",
        "UPDATE transfer_orders SET state = 'cancelled' WHERE number = 'TO-1'",
        ("transfer order TO-1 is cancelled but its reservation is open",),
    ),
    (
        "I2",
        "UPDATE transfer_orders SET quantity = 11 WHERE number = 'TO-1'",
        ("transfer order TO-1 is open but its reservation is open",),
    ),
    (
        "I2",
        (
            "ALTER TABLE stock_balances DROP CONSTRAINT ck_stock_balances_reserved_within_on_hand;"
            " UPDATE stock_balances SET on_hand = 30 WHERE on_hand = 60"
        ),
        ("VALVE-3 at RENO: reserved 35, open reservations 35, on hand 30",),
    ),
    (
        "I3",
        "UPDATE sales_order_lines SET promised = promised + 1 WHERE ordered = 40",
        ("order line SO-1/1 is promised for 2024-10-14, its history ends with 2024-10-13",),
    ),
    (
        "I3",
        "UPDATE sales_order_lines SET promised = NULL WHERE ordered = 40",
        (
            "order line SO-1/1 is promised for nothing, its history ends with 2024-10-13",
            "order line SO-1/1 is promised for nothing, a part of it for 2024-10-13",
        ),
    ),
    (
        "I3",
        "UPDATE schedule_lines SET day = day + 1 WHERE quantity = 40",
        ("order line SO-1/1 is promised for 2024-10-13, a part of it for 2024-10-14",),
    ),
    (
        "I3",
        "UPDATE schedule_lines SET state = 'void' WHERE quantity = 40",
        (
            (
                "order line SO-1/1: ordered 40, shipped 0, cancelled 0, its parts are 0 promised, 0 backordered,"
                " 0 shipped, 0 cancelled"
            ),
        ),
    ),
    (
        "I3",
        "UPDATE schedule_lines SET state = 'cancelled' WHERE quantity = 8",
        (
            (
                "order line SO-2/2: ordered 8, shipped 8, cancelled 0, its parts are 0 promised, 0 backordered,"
                " 0 shipped, 8 cancelled"
            ),
        ),
    ),
    (
        "I3",
        "UPDATE sales_order_lines SET state = 'delivered' WHERE ordered = 2",
        ("order line SO-1/2 is delivered with 2 units open",),
    ),
    (
        "I3",
        "UPDATE sales_orders SET state = 'closed' WHERE number = 'SO-1'",
        ("order SO-1 is closed, its lines make it confirmed",),
    ),
    (
        "I3",
        (
            "ALTER TABLE sales_order_lines DROP CONSTRAINT ck_sales_order_lines_not_more_than_ordered;"
            " UPDATE sales_order_lines SET shipped = 26 WHERE shipped = 5"
        ),
        (
            "order line SO-2/1: ordered 30, shipped 26, cancelled 5",
            (
                "order line SO-2/1: ordered 30, shipped 26, cancelled 5, its parts are 0 promised, 20 backordered,"
                " 5 shipped, 5 cancelled"
            ),
        ),
    ),
    (
        "I4",
        "UPDATE promise_records SET new = '2024-10-06' WHERE proposal_id = 'PR-1-1A'",
        ("order line SO-1/1 was promised for 2024-10-06 by AP-1-1A, whose verification projects 2024-10-07",),
    ),
    (
        "I4",
        """
        INSERT INTO promise_records (order_id, line, old, new, reason, recorded_at, reason_code, schedule, pegs)
        SELECT order_id, line, new, new, 'as asked', recorded_at, 'as_asked',
               '[{"on": "2024-10-06", "quantity": 6}, {"on": "2024-10-09", "quantity": 4}]',
               '[{"on": "2024-10-05", "quantity": 6, "level": 0}, {"on": "2024-10-10", "quantity": 4, "level": 0},
                 {"on": "2024-10-04", "quantity": 99, "level": 1}]'
        FROM promise_records WHERE proposal_id = 'PR-1-1A'
        """,
        ("order line SO-1/1: 10 units were promised by 2024-10-09, 6 of those it rests on are there",),
    ),
    ("I5", "DELETE FROM approval_decisions", ("AP-1-1A: too few people approved", "AP-4-1A: too few people approved")),
    (
        "I5",
        "UPDATE approval_decisions SET user_name = 'exception-desk' WHERE approval_id = 'AP-1-1A'",
        ("AP-1-1A: approved by its proposer",),
    ),
    (
        "I5",
        "UPDATE approval_decisions SET role = 'viewer' WHERE approval_id = 'AP-1-1A'",
        ("AP-1-1A: approved in a role that may not",),
    ),
    ("I5", "UPDATE proposals SET tier = 4 WHERE id = 'PR-1-1A'", ("AP-1-1A: T4 needs two people",)),
    (
        "I5",
        "UPDATE approval_decisions SET on_behalf_of = 'omar' WHERE approval_id = 'AP-1-1A'",
        ("AP-1-1A: approved in a stead that nobody gave",),
    ),
    (
        "I5",
        """
        DELETE FROM approval_decisions WHERE approval_id = 'AP-1-1A';
        INSERT INTO rule_decisions SELECT id, 'any/R01', policy_version, plan_hash, 0, '2024-10-04', created_at
        FROM approvals WHERE id = 'AP-1-1A'
        """,
        ("AP-1-1A: a rule decided on what is for people", "AP-1-1A: no rule may decide on it"),
    ),
    (
        "I6",
        """
        INSERT INTO halts (id, reason, halted_by, halted_at, resumed_by, resumed_at, comment)
        VALUES (9, 'x', 'maria', now(), 'exception-desk', now(), '')
        """,
        ("halt 9 was resumed by exception-desk, which is a program",),
    ),
    (
        "I5",
        "UPDATE approval_decisions SET plan_hash = 'h' WHERE approval_id = 'AP-1-1A'",
        ("AP-1-1A: executed is not what was approved",),
    ),
    (
        "I5",
        "UPDATE effect_ledger SET executed_hash = 'h' WHERE approval_id = 'AP-1-1A'",
        ("AP-1-1A: executed is not what was approved",),
    ),
    (
        "I5",
        "UPDATE proposals SET plan = replace(plan, '25', '26') WHERE id = 'PR-1-1A'",
        ("AP-1-1A: executed is not what was approved",),
    ),
    (
        "I5",
        "UPDATE effect_ledger SET executed_at = executed_at + interval '25 hours' WHERE approval_id = 'AP-1-1A'",
        ("AP-1-1A: executed after it expired",),
    ),
    (
        "I5",
        "UPDATE approvals SET state = 'approved' WHERE id = 'AP-1-1A'",
        ("AP-1-1A: executed but marked approved",),
    ),
    (
        "I5",
        "UPDATE approvals SET state = 'executed' WHERE id = 'AP-3-1A'",
        ("AP-3-1A is marked executed but has no effect",),
    ),
    (
        "I5",
        "UPDATE purchase_orders SET proposal_id = 'PR-3-1A' WHERE number = 'PO-2'",
        ("purchase order PO-2 was made by a proposal that was not executed",),
    ),
    (
        "I5",
        (
            "INSERT INTO human_tasks (subject, text, state, created_at, kind, about, answer, note, proposal_id)"
            " VALUES ('credit 3.1A', 'more?', 'open', now(), 'credit', 'order:SO-1', '', '', 'PR-3-1A')"
        ),
        ("task credit 3.1A was asked by a plan that was not executed",),
    ),
    (
        "I6",
        "UPDATE approval_decisions SET user_name = 'expediter-worker' WHERE approval_id = 'AP-1-1A'",
        ("AP-1-1A was decided by expediter-worker, which is a program (service)",),
    ),
    (
        "I6",
        "UPDATE approval_decisions SET kind = 'reject' WHERE approval_id = 'AP-1-1A'",
        ("AP-1-1A was executed although it was rejected",),
    ),
    (
        "I7",
        (
            "UPDATE outbox SET state = 'new', changed_at = changed_at - interval '16 minutes'"
            " WHERE key = 'AP-1-1A:PO-1.1A-2'"
        ),
        ("message AP-1-1A:PO-1.1A-2 has waited since 2024-10-04 09:00:00+00",),
    ),
    (
        "I7",
        "UPDATE outbox SET state = 'unknown' WHERE key = 'AP-1-1A:PO-1.1A-2'",
        ("message AP-1-1A:PO-1.1A-2 is unknown and nobody was asked",),
    ),
    (
        "I8",
        "UPDATE cases SET state = 'resolved' WHERE id = 3",
        ("CASE-3 is resolved without an executed approval",),
    ),
    (
        "I8",
        (
            "UPDATE proposals SET case_id = 3 WHERE id = 'PR-2-1A';"
            " UPDATE approvals SET state = 'pending' WHERE id = 'AP-2-1A'"
        ),
        ("CASE-3 has 2 approvals waiting at once",),
    ),
    (
        "I9",
        "UPDATE sales_orders SET currency = 'EUR' WHERE number = 'SO-1'",
        ("sales order SO-1 is in EUR, the company in USD",),
    ),
    (
        "I9",
        "UPDATE purchase_orders SET currency = 'EUR' WHERE number = 'PO-1'",
        ("purchase order PO-1 is in EUR, the company in USD",),
    ),
    (
        "I9",
        "UPDATE sales_order_lines SET unit_price = -1 WHERE ordered = 40",
        ("order line SO-1/1 has the price -1.0000",),
    ),
    (
        "I9",
        "UPDATE purchase_order_lines SET unit_price = 99 WHERE ordered = 25",
        ("purchase order PO-1.1A-2 has the price 99.0000, the approved plan says 15.5",),
    ),
    (
        "I9",
        "UPDATE purchase_order_lines SET ordered = 24 WHERE ordered = 25",
        ("purchase order PO-1.1A-2 has the quantity 24, the approved plan says 25",),
    ),
    (
        "I9",
        "UPDATE purchase_order_lines SET due = '2024-10-30' WHERE ordered = 25",
        ("purchase order PO-1.1A-2 has the due date 2024-10-30, the approved plan says 2024-10-10",),
    ),
    (
        "I9",
        (
            "UPDATE purchase_orders SET supplier_id = (SELECT id FROM suppliers WHERE code = 'GULF')"
            " WHERE number = 'PO-1.1A-2'"
        ),
        ("purchase order PO-1.1A-2 has the supplier GULF, the approved plan says DELTA",),
    ),
    (
        "I9",
        ("UPDATE purchase_order_lines SET item_id = (SELECT id FROM items WHERE code = 'MOTOR') WHERE ordered = 25"),
        ("purchase order PO-1.1A-2 has the item MOTOR, the approved plan says VALVE-3",),
    ),
    (
        "I9",
        "UPDATE purchase_orders SET number = 'PO-X' WHERE number = 'PO-1.1A-2'",
        tuple(
            f"purchase order PO-1.1A-2 has the {what} nothing, the approved plan says {planned}"
            for what, planned in (
                ("due date", "2024-10-10"),
                ("item", "VALVE-3"),
                ("price", "15.5"),
                ("quantity", "25"),
                ("supplier", "DELTA"),
            )
        ),
    ),
    (
        "I9",
        "UPDATE proposals SET money = money + 1 WHERE id = 'PR-1-1A'",
        ("proposal PR-1-1A says 521.00, its plan commits 520.00",),
    ),
    *MASTER_BREACHES,
    *PRICE_BREACHES,
    *STOCK_BREACHES,
    *SUPPLY_BREACHES,
    (
        "I12",
        "DELETE FROM outbox WHERE kind = 'expedite_order'",
        ("expedite of PO-1/1 by AP-1-1A has no message to its supplier",),
    ),
    (
        "I12",
        "UPDATE outbox SET approval_id = 'AP-3-1A' WHERE key = 'AP-1-1A:notice:HARBOR'",
        ("message AP-1-1A:notice:HARBOR belongs to no executed approval",),
    ),
    (
        "I12",
        "DELETE FROM outbox WHERE key = 'AP-1-1A:PO-1.1A-2'",
        ("purchase order PO-1.1A-2 of a plan has no message to its supplier",),
    ),
    (
        "I15",
        f"{RUN} VALUES (9, 'exception_desk', 'CASE-1', '2024-08-01', '2024-09-01', 1, '')",
        ("RUN-9 of exception_desk over CASE-1 is under way, its deadline was 2024-09-01 00:00:00+00",),
    ),
    (
        "I15",
        f"{RUN} VALUES (9, 'ops_chat', 'TALK-1', '2024-10-01', '2024-11-01', 1, ''); {CALL}; {CALL}",
        ("RUN-9 of ops_chat made 2 model calls, it may make 1",),
    ),
]
