"""Placing an order whole: in the books, reserved, promised and told to the customer in one transaction, or not at all.

This says what placing means; under load the same is written by the batcher (`core/db/batching/placing.py`) in one
statement for many orders, and a test holds the two against each other row by row.
"""

from datetime import date

from core.domain.company import Settings
from core.domain.errors import InvalidValueError
from core.domain.order_life import OrderState
from core.domain.order_terms import PaymentState
from core.domain.orders import SalesOrder, SalesOrderLine
from core.domain.parties import Customer
from core.domain.placing import OrderPlaced, PlaceOrder
from core.domain.promises import PromiseMade, PromiseReason
from core.domain.promising import DatedQuantity, Peg, PegKind
from core.domain.schedules import ScheduleLine
from core.domain.stock import Claim
from core.ports.storage import UnitOfWork

PAYMENT_TERMS = "paid at checkout"
RULES = {"placing": "1"}


def place_order(uow: UnitOfWork, command: PlaceOrder) -> OrderPlaced:
    """Place an order. InsufficientStockError lists every item of which too little is free; InvalidValueError names a
    day that has passed, NotFoundError what is unknown, ConflictError a number in use. After any nothing has changed.

    It was priced and paid elsewhere, so no price is looked for and no credit is asked for.
    """
    return uow.commands.once(command.key, command, OrderPlaced, lambda: _place(uow, command))


def _place(uow: UnitOfWork, command: PlaceOrder) -> OrderPlaced:
    settings, customer = uow.company.settings(), uow.company.customer(command.customer)
    for number, line in enumerate(command.lines, start=1):
        if line.day < settings.as_of:
            raise InvalidValueError(
                f"line {number} is for {line.day}, which has passed; accepted is {settings.as_of} or later", field="day"
            )
    uow.orders.add(_order(command, settings, customer), _lines(command))
    uow.stock.reserve_many(command.claims())
    uow.promises.keep(command.number, _made(command, settings.as_of))
    for number, line in enumerate(command.lines, start=1):
        part = ScheduleLine(day=line.day, quantity=line.quantity, location=command.ship_from)
        uow.orders.set_schedule(command.number, number, [part])
    uow.orders.tell(command.number, command.contact())
    message = command.message()
    if message is not None:
        uow.outbox.add(message)
    return command.placed()


def _order(command: PlaceOrder, settings: Settings, customer: Customer) -> SalesOrder:
    return SalesOrder(
        number=command.number,
        customer=command.customer,
        customer_po="",
        channel=command.channel,
        order_date=settings.as_of,
        currency=settings.currency,
        ship_from=command.ship_from,
        priority=customer.tier,
        entry_sequence=0,
        state=OrderState.CONFIRMED,
        address=command.address,
        ship_complete=customer.ship_complete,
        allow_partial=customer.allow_partial,
        allow_substitution=customer.allow_substitution,
        payment_terms=PAYMENT_TERMS,
        payment_state=PaymentState.PAID,
    )


def _lines(command: PlaceOrder) -> list[SalesOrderLine]:
    return [
        SalesOrderLine(
            order=command.number,
            line=number,
            item=line.item,
            ordered=line.quantity,
            unit_price=line.unit_price,
            requested=line.day,
            state=OrderState.CONFIRMED,
        )
        for number, line in enumerate(command.lines, start=1)
    ]


def _made(command: PlaceOrder, today: date) -> list[PromiseMade]:
    return [
        PromiseMade(
            order=command.number,
            line=claim.line or 0,
            old=None,
            new=line.day,
            code=PromiseReason.AS_ASKED,
            reason="as asked",
            schedule=(DatedQuantity(on=line.day, quantity=line.quantity, location=command.ship_from),),
            pegs=(_peg(claim, today),),
            rule_versions=RULES,
        )
        for claim, line in zip(command.claims(), command.lines, strict=True)
    ]


def _peg(claim: Claim, today: date) -> Peg:
    """What the promise rests on: the units that are reserved for it."""
    return Peg(
        kind=PegKind.STOCK,
        reference=claim.reference,
        item=claim.item,
        location=claim.location,
        quantity=claim.quantity,
        on=today,
        whole=claim.quantity,
    )
