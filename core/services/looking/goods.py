"""Looking up items: what they are, where they lie, what comes, and what can be promised of them day by day."""

from dataclasses import dataclass
from datetime import date, timedelta

from core.domain.checking_values import checked
from core.domain.errors import InvalidValueError
from core.domain.items import BomComponent, Item
from core.domain.overviews import (
    OpenTotals,
    PlaceAvailability,
    StockOverview,
    SupplyFilter,
    SupplyKind,
    SupplyOverview,
)
from core.domain.parties import SupplierItem
from core.planning.positions import item_position, location_position
from core.planning.risks import availability, holding_places
from core.planning.whatif.keeping import resident_of
from core.ports.storage import UnitOfWork
from core.services.looking.naming import item_of, location_of, supplier_of
from core.services.what_if import rules_for

MOST_ROWS = 10
MOST_SUPPLY = 200
MOST_STEPS = 30
MOST_PLACES = 6
USUAL_DAYS = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFound:
    """An item: its master data, who sells it, what it is made of, where it lies, what comes and what is owed."""

    as_of: date
    currency: str
    item: Item
    sources: tuple[SupplierItem, ...]
    components: tuple[BomComponent, ...]
    stock: tuple[StockOverview, ...]
    supply: tuple[SupplyOverview, ...]
    supply_left_out: int
    owed: OpenTotals


@dataclass(frozen=True, slots=True, kw_only=True)
class StockFound:
    """Where an item lies, by location."""

    as_of: date
    item: Item
    stock: tuple[StockOverview, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AvailabilityAsked:
    """What can be promised of an item: from one place, or from all where there is anything of it; up to a day."""

    item: str
    location: str | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AvailabilityFound:
    """What can be promised, place by place, up to and with `until`."""

    as_of: date
    until: date
    item: Item
    places: tuple[PlaceAvailability, ...]
    places_left_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyAsked:
    """Which open supply is wanted, item and supplier by code or name; `late_only` what was due before today."""

    item: str | None = None
    supplier: str | None = None
    kind: SupplyKind | None = None
    late_only: bool = False
    limit: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyFound:
    """Open supply by the day it is due, and how many rows more there are."""

    as_of: date
    supply: tuple[SupplyOverview, ...]
    left_out: int


def item_found(uow: UnitOfWork, said: str) -> ItemFound:
    """An item by code or name."""
    code, settings = item_of(uow, said), uow.company.settings()
    supply, coming = uow.overviews.supply(SupplyFilter(item=code, limit=MOST_ROWS))
    return ItemFound(
        as_of=settings.as_of,
        currency=settings.currency,
        item=uow.company.item(code),
        sources=uow.company.sources(code),
        components=uow.routings.components(code),
        stock=uow.overviews.stock(code),
        supply=supply,
        supply_left_out=coming - len(supply),
        owed=uow.overviews.open_totals(item=code),
    )


def stock_found(uow: UnitOfWork, said: str, where: str | None) -> StockFound:
    """Where an item lies; all places, or one."""
    code = item_of(uow, said)
    place = None if where is None else location_of(uow, where)
    return StockFound(
        as_of=uow.company.settings().as_of,
        item=uow.company.item(code),
        stock=uow.overviews.stock(code, place),
    )


def availability_found(uow: UnitOfWork, asked: AvailabilityAsked) -> AvailabilityFound:
    """What can be promised of an item by known supply, day by day, without breaking a later promise."""
    code = item_of(uow, checked(asked).item)
    place = None if asked.location is None else location_of(uow, asked.location)
    as_of = uow.company.settings().as_of
    until = asked.until or as_of + timedelta(days=USUAL_DAYS)
    if until < as_of:
        raise InvalidValueError(f"until {until} is past; accepted: {as_of} or later", field="until")
    books = resident_of(uow.snapshot(), rules_for(uow, None))
    item = item_position(books.snapshot, code)
    places = holding_places(books.snapshot, item) if place is None else (location_position(books.snapshot, place),)
    found = availability(books.snapshot, books.result, item, places, until=until, limit=MOST_STEPS)
    return AvailabilityFound(
        as_of=as_of,
        until=until,
        item=uow.company.item(code),
        places=found[:MOST_PLACES],
        places_left_out=max(0, len(found) - MOST_PLACES),
    )


def open_supply(uow: UnitOfWork, asked: SupplyAsked) -> SupplyFound:
    """Purchase, work and transfer orders that are still to bring something."""
    if not 1 <= checked(asked).limit <= MOST_SUPPLY:
        raise InvalidValueError(f"limit is {asked.limit!r}; accepted: 1 to {MOST_SUPPLY}", field="limit")
    as_of = uow.company.settings().as_of
    rows, count = uow.overviews.supply(
        SupplyFilter(
            item=None if asked.item is None else item_of(uow, asked.item),
            supplier=None if asked.supplier is None else supplier_of(uow, asked.supplier),
            kind=asked.kind,
            late=as_of if asked.late_only else None,
            limit=asked.limit,
        )
    )
    return SupplyFound(as_of=as_of, supply=rows, left_out=count - len(rows))
