"""Quotes: placed as orders before they expire, or let go."""

from dataclasses import dataclass, replace
from datetime import date

from core.domain.errors import InvalidValueError, QuoteExpiredError
from core.domain.ids import OrderNo
from core.domain.order_life import OrderState
from core.domain.order_terms import OrderKind
from core.domain.timeline import Direction, TimelineEntry, TimelineKind
from core.ports.storage import UnitOfWork
from core.services.holding import hold_automatically
from core.services.ordering.entering import OrderEntered, entered, refuse_duplicate


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceQuote:
    """The customer orders what was quoted, under this PO number."""

    key: str
    quote: OrderNo
    version: int
    customer_po: str
    duplicate_meant: bool = False


def place_quote(uow: UnitOfWork, command: PlaceQuote) -> OrderEntered:
    """The quote becomes an order under its own number, at the prices quoted; then the holds of an order are set.

    QuoteExpiredError after its last day.
    """
    return uow.commands.once(command.key, command, OrderEntered, lambda: _place(uow, command))


def expire_quotes(uow: UnitOfWork, *, today: date) -> tuple[OrderNo, ...]:
    """Cancel the quotes whose last day has passed; which they were."""
    expired = uow.orders.quotes_before(today)
    for number in expired:
        uow.orders.advance(number, None, to=OrderState.CANCELLED, why="the quote expired")
    return expired


def _place(uow: UnitOfWork, command: PlaceQuote) -> OrderEntered:
    quote = uow.orders.lock(command.quote, version=command.version)
    if quote.kind is not OrderKind.QUOTE:
        raise InvalidValueError(f"order {quote.number} is no quote; accepted is the number of one", field="quote")
    today = uow.company.settings().as_of
    if quote.state is OrderState.CANCELLED or (quote.quote_expires_on is not None and quote.quote_expires_on < today):
        raise QuoteExpiredError(f"quote {quote.number} was good until {quote.quote_expires_on}; make a new one")
    if not command.duplicate_meant:
        refuse_duplicate(uow, quote.customer, command.customer_po, today=today, but=quote.number)
    order = replace(quote, kind=OrderKind.ORDER, customer_po=command.customer_po, quote_expires_on=None)
    uow.orders.save(order, version=command.version)
    uow.orders.tell(order.number, _placed(command, order.customer))
    if quote.state is OrderState.DRAFT:
        uow.orders.advance(order.number, None, to=OrderState.VALIDATED, why="the quote was placed")
    holds = hold_automatically(uow, uow.orders.order(order.number), uow.orders.lines(order.number))
    return entered(uow, order.number, tuple(hold.number for hold in holds))


def _placed(command: PlaceQuote, customer: str) -> TimelineEntry:
    text = f"quote placed as an order under PO {command.customer_po}"
    return TimelineEntry(kind=TimelineKind.CONTACT, text=text, who=customer, direction=Direction.IN)
