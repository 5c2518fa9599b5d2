"""The suppliers, requests and orders the connector tests speak of."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.connectors.exchange import Patience
from core.connectors.sandbox.catalogue import Mood, SandboxOffer, SandboxSupplier
from core.domain.ids import CustomerCode, ItemCode, PurchaseOrderNo, SupplierCode
from core.domain.quotes import (
    ExpediteOrder,
    ExpediteRequest,
    QuoteRequest,
    SupplierCancellation,
    SupplierOrder,
    SupplierOrderLine,
)
from core.ports.mail import CustomerNotice

GULF = SupplierCode("GULF")
VALVE = ItemCode("VALVE-3")
TODAY = date(2026, 3, 2)


class SteppedTime:
    """A clock that only sleeping moves, and the naps taken."""

    def __init__(self) -> None:
        self.now = 0.0
        self.naps: list[float] = []

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.naps.append(seconds)
        self.now += seconds


def patience(time: SteppedTime, *, tries: int = 4, jitter: Callable[[], float] = lambda: 1.0) -> Patience:
    return Patience(tries=tries, monotonic=time.monotonic, sleep=time.sleep, jitter=jitter)


QUICK = Patience(first_pause_seconds=0.001)


def supplier(mood: Mood = Mood.NORMAL, *, idempotent: bool = True, available: int = 100) -> SandboxSupplier:
    offer = SandboxOffer(
        unit_price=Decimal("12.50"),
        lead_time_days=5,
        available=available,
        minimum_order=10,
        multiple=5,
        expedite_fee=Decimal("80.00"),
        fastest_days=2,
    )
    return SandboxSupplier(code=GULF, items={VALVE: offer}, mood=mood, idempotent=idempotent)


def quote_request(*, key: str = "q-1", quantity: int = 40, item: ItemCode = VALVE) -> QuoteRequest:
    return QuoteRequest(
        supplier=GULF,
        item=item,
        quantity=quantity,
        needed_by=date(2026, 3, 9),
        as_of=TODAY,
        idempotency_key=key,
    )


def expedite_request(*, key: str = "e-1", item: ItemCode = VALVE) -> ExpediteRequest:
    return ExpediteRequest(
        supplier=GULF,
        purchase_order=PurchaseOrderNo("PO-77"),
        line=2,
        item=item,
        quantity=30,
        new_date=date(2026, 3, 5),
        as_of=TODAY,
        idempotency_key=key,
    )


@dataclass(frozen=True, slots=True)
class Line:
    quantity: int = 40
    unit_price: Decimal = Decimal("12.50")
    item: ItemCode = VALVE


def order(*lines: Line, reference: str = "PO-901", currency: str = "USD") -> SupplierOrder:
    return SupplierOrder(
        reference=reference,
        supplier=GULF,
        ordered_on=TODAY,
        currency=currency,
        lines=tuple(
            SupplierOrderLine(
                line=number,
                item=line.item,
                quantity=line.quantity,
                unit_price=line.unit_price,
                needed_by=date(2026, 3, 9),
            )
            for number, line in enumerate(lines or (Line(),), 1)
        ),
    )


def expedite(
    *, fee: Decimal = Decimal("80.00"), new_date: date = date(2026, 3, 5), item: ItemCode = VALVE
) -> ExpediteOrder:
    return ExpediteOrder(
        reference="X-77-2",
        supplier=GULF,
        purchase_order=PurchaseOrderNo("PO-77"),
        line=2,
        item=item,
        quantity=30,
        new_date=new_date,
        fee=fee,
        currency="USD",
        ordered_on=TODAY,
    )


def cancellation(reference: str = "PO-901") -> SupplierCancellation:
    return SupplierCancellation(reference=reference, supplier=GULF, cancelled_on=TODAY)


def notice(*, reference: str = "N-1", recipient: str = "buyer@harbor.example") -> CustomerNotice:
    return CustomerNotice(
        reference=reference,
        customer=CustomerCode("HARBOR"),
        recipient=recipient,
        subject="Your order SO-1042",
        body="Line 1 will arrive on 2026-03-12.\n",
    )
