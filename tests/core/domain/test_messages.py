"""The messages of a plan read back as the instructions they are."""

import json
from datetime import date
from decimal import Decimal

from core.domain.ids import ApprovalId
from core.domain.messages import (
    cancellation,
    cancellation_message,
    expedite_message,
    expedite_order,
    expedite_reference,
    order_message,
    supplier_order,
)
from core.domain.proposals import MessageKind, MessageState, OutboxMessage
from core.domain.quotes import ExpediteOrder, SupplierCancellation, SupplierOrder, SupplierOrderLine
from tests.builders import DELTA, GULF, PO_1, TODAY, VALVE, buy, day, expedite

APPROVAL = ApprovalId("AP-1-1A")


def stored(message: OutboxMessage) -> dict[str, object]:
    """The payload as it comes back from the outbox."""
    return json.loads(json.dumps(message.payload))


def test_an_order_reads_back() -> None:
    message = order_message(buy(), approval=APPROVAL, on=TODAY)

    assert (message.key, message.partner, message.kind) == ("AP-1-1A:PO-1.1A-2", DELTA, MessageKind.PLACE_ORDER)
    assert (message.state, message.attempts, message.answer) == (MessageState.NEW, 0, None)
    assert supplier_order(stored(message)) == SupplierOrder(
        reference="PO-1.1A-2",
        supplier=DELTA,
        ordered_on=TODAY,
        currency="USD",
        lines=(
            SupplierOrderLine(
                line=1, item=VALVE, quantity=25, unit_price=Decimal("15.50"), needed_by=day(6), quote_id="Q-77"
            ),
        ),
    )


def test_an_expedite_reads_back() -> None:
    message = expedite_message(expedite(), approval=APPROVAL, on=TODAY, currency="USD")

    assert message.key == "AP-1-1A:EX-AP-1-1A-PO-1-1"
    assert expedite_order(stored(message)) == ExpediteOrder(
        reference=expedite_reference(APPROVAL, expedite()),
        supplier=GULF,
        purchase_order=PO_1,
        line=1,
        item=VALVE,
        quantity=40,
        new_date=day(4),
        fee=Decimal("80.00"),
        currency="USD",
        ordered_on=TODAY,
        quote_id="E-78",
    )


def test_a_cancellation_reads_back() -> None:
    message = cancellation_message("PO-1.1A-2", supplier=DELTA, approval=APPROVAL, on=date(2024, 10, 5))

    assert (message.key, message.kind) == ("AP-1-1A:cancel:PO-1.1A-2", MessageKind.CANCEL_ORDER)
    assert cancellation(stored(message)) == SupplierCancellation(
        reference="PO-1.1A-2", supplier=DELTA, cancelled_on=date(2024, 10, 5)
    )
