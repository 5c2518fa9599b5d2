"""Looking up when something could be there: the engine's own answer, of which nothing is kept."""

from dataclasses import dataclass
from datetime import date

from core.domain.checking_values import checked
from core.domain.ids import CustomerCode, ItemCode, LocationCode
from core.domain.parties import Customer
from core.domain.promising import Ask, Promise
from core.ports.storage import UnitOfWork
from core.services.looking.naming import customer_of, item_of, location_of
from core.services.promising import InquirePromise, inquire


@dataclass(frozen=True, slots=True, kw_only=True)
class DateAsked:
    """When could so many of an item be there? For a customer its terms hold; without a day as soon as possible, without
    a place from where the company usually ships."""

    item: str
    quantity: int
    customer: str | None = None
    requested: date | None = None
    location: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DateFound:
    """What was asked, by code, and the answer. It is no promise: nothing is held."""

    as_of: date
    item: ItemCode
    location: LocationCode
    customer: CustomerCode | None
    quantity: int
    requested: date
    promise: Promise


def date_found(uow: UnitOfWork, asked: DateAsked) -> DateFound:
    """When the units could leave, what that rests on and what would have to be ordered. Nothing is written."""
    settings = uow.company.settings()
    item = item_of(uow, checked(asked).item)
    customer = None if asked.customer is None else uow.company.customer(customer_of(uow, asked.customer))
    place = settings.default_ship_from if asked.location is None else location_of(uow, asked.location)
    wanted = asked.requested or settings.as_of
    ask = _ask(item, place, asked.quantity, wanted, customer)
    return DateFound(
        as_of=settings.as_of,
        item=item,
        location=place,
        customer=customer.code if customer else None,
        quantity=asked.quantity,
        requested=wanted,
        promise=inquire(uow, InquirePromise(asks=(ask,)))[0],
    )


def _ask(item: ItemCode, place: LocationCode, quantity: int, wanted: date, customer: Customer | None) -> Ask:
    return Ask(
        item=item,
        location=place,
        quantity=quantity,
        requested=wanted,
        partial=customer is None or (customer.allow_partial and not customer.ship_complete),
        substitutes=customer is not None and customer.allow_substitution,
    )
