"""Looking up customers and suppliers: their terms, what is open with them, and how they have done."""

from dataclasses import dataclass
from datetime import date

from core.domain.ids import SupplierCode
from core.domain.overviews import (
    Deliveries,
    LineFilter,
    LineOverview,
    OfferOverview,
    OpenTotals,
    SupplyFilter,
    SupplyOverview,
)
from core.domain.parties import Customer, CustomerAddress, Supplier
from core.ports.storage import UnitOfWork
from core.services.looking.naming import customer_of, supplier_of

MOST_ROWS = 10
TRACK_DAYS = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerFound:
    """A customer, the places it wants goods sent to, what it is owed in all, and the lines due first."""

    as_of: date
    customer: Customer
    addresses: tuple[CustomerAddress, ...]
    totals: OpenTotals
    lines: tuple[LineOverview, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierFound:
    """A supplier, what it sells, what is open with it, how it has delivered in a year, and the days plans add to its
    word."""

    as_of: date
    supplier: Supplier
    offers: tuple[OfferOverview, ...]
    offers_left_out: int
    supply: tuple[SupplyOverview, ...]
    supply_left_out: int
    late: int
    buffer_days: int
    deliveries: Deliveries


def customer_found(uow: UnitOfWork, said: str) -> CustomerFound:
    """A customer by code or name."""
    code = customer_of(uow, said)
    return CustomerFound(
        as_of=uow.company.settings().as_of,
        customer=uow.company.customer(code),
        addresses=uow.holds.addresses(code)[:MOST_ROWS],
        totals=uow.overviews.open_totals(customer=code),
        lines=uow.overviews.order_lines(LineFilter(customer=code, limit=MOST_ROWS))[0],
    )


def supplier_found(uow: UnitOfWork, said: str) -> SupplierFound:
    """A supplier by code or name."""
    code: SupplierCode = supplier_of(uow, said)
    as_of = uow.company.settings().as_of
    offers, sold = uow.overviews.offers(code, limit=MOST_ROWS)
    supply, coming = uow.overviews.supply(SupplyFilter(supplier=code, limit=MOST_ROWS))
    _, late = uow.overviews.supply(SupplyFilter(supplier=code, late=as_of, limit=1))
    return SupplierFound(
        as_of=as_of,
        supplier=uow.company.supplier(code),
        offers=offers,
        offers_left_out=sold - len(offers),
        supply=supply,
        supply_left_out=coming - len(supply),
        late=late,
        buffer_days=standing.days if (standing := uow.buffers.current().get(code)) else 0,
        deliveries=uow.overviews.deliveries(code, days=TRACK_DAYS),
    )
