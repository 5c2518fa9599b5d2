"""The laws of fulfilment and returns are silent on healthy books and name what somebody broke behind our back."""

from collections.abc import Callable
from typing import LiteralString

import pytest
from sqlalchemy import create_engine, text

from core.db.roles import RoleUrls
from core.domain.returns import RETURN_STEPS, DispositionKind, ReturnState
from core.domain.shipments import SHIPMENT_STEPS, ShipmentState
from tests.core.services.returning.counter import opened, part
from tests.desk import Desk

BROKEN: dict[LiteralString, str] = {
    "UPDATE shipment_lines SET picked = 19 WHERE picked = 20": "SO-2-S1: 19 units went or came, in the ledger 20",
    "UPDATE return_lines SET received = 2, disposed = 2 WHERE received = 3": (
        "SO-2-R1: 2 units went or came, in the ledger 3"
    ),
    "UPDATE shipments SET state = 'packed' WHERE number = 'SO-2-S1'": (
        "shipment SO-2-S1/1 is packed with 20 units, reserved for it are 0"
    ),
    "UPDATE sales_order_lines SET delivered = 19 WHERE delivered = 20": (
        "order line SO-2/1: shipped 25 of its 25, delivered 19; its shipments hold 0, took 20, brought 20"
    ),
    "UPDATE return_counts SET asked = 2": (
        "order line SO-2/1: delivered 20, returned 3; its returns ask for 3 (counted 2) and brought 3"
    ),
    "UPDATE returns SET received_at = NULL; INSERT INTO refunds (return_id, amount, fee, currency, before_receipt,"
    " decided_by, note, recorded_at) SELECT id, 1, 0, 'USD', false, 'maria', '', now() FROM returns": (
        "return SO-2-R1 was refunded before it came, and nobody decided that"
    ),
}


@pytest.mark.parametrize(("statement", "sentence"), BROKEN.items(), ids=BROKEN.values())
def test_a_breach_is_named(
    desk: Desk,
    books_as_superuser: Callable[[LiteralString], None],
    statement: LiteralString,
    sentence: str,
) -> None:
    counter = opened(desk)
    counter.looked_at(3)
    counter.dispose(part(DispositionKind.RESTOCK, 3))
    assert counter.house.broken() == []

    books_as_superuser(statement)

    assert sentence in counter.house.broken()


@pytest.mark.parametrize(
    ("function", "steps"),
    [("shipment_may_become", SHIPMENT_STEPS), ("return_may_become", RETURN_STEPS)],
)
def test_the_database_allows_exactly_the_steps_of_the_table(
    worker_role_urls: RoleUrls, function: str, steps: dict[ShipmentState | ReturnState, frozenset[str]]
) -> None:
    engine = create_engine(worker_role_urls.owner)
    pairs = [(old, new) for old in steps for new in steps]

    with engine.connect() as connection:
        allowed = [
            (old, new)
            for old, new in pairs
            if connection.scalar(text(f"SELECT {function}(:old, :new)"), {"old": old.value, "new": new.value})
        ]
    engine.dispose()

    assert allowed == [(old, new) for old, new in pairs if new in steps[old]]
