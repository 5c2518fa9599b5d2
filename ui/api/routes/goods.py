"""Customers, items, locations and stock as they are, and what can be promised of an item."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from core.domain.errors import InvalidValueError
from core.domain.ids import CustomerCode, ItemCode
from core.domain.listing.goods import (
    BalanceFilter,
    BalanceSort,
    ItemFilter,
    ItemSort,
    LocationFilter,
    LocationSort,
    MoveFilter,
    MoveSort,
    ReservationFilter,
    ReservationSort,
)
from core.domain.listing.orders import CustomerFilter, CustomerSort
from core.domain.permissions import Permission
from core.services.looking.goods import AvailabilityAsked, availability_found
from ui.api.door import Reach, Visitor, needs
from ui.api.keyed import DoorRoute
from ui.api.listing import CODE, TAGGED, Asked, filtered, pages, the_one
from ui.api.matching import tagged
from ui.schemas.goods import (
    AvailabilityReply,
    BalanceList,
    BalanceQuery,
    BalanceReply,
    ItemList,
    ItemQuery,
    ItemReply,
    LocationList,
    LocationQuery,
    LocationReply,
    MoveList,
    MoveQuery,
    MoveReply,
    PlaceReply,
    ReservationEntry,
    ReservationList,
    ReservationQuery,
)
from ui.schemas.listing import Code, CustomerList, CustomerQuery, CustomerReply
from ui.values import Day

router = APIRouter(prefix="/v1", route_class=DoorRoute)
Seller = Annotated[Visitor, needs(Permission.ORDERS_READ)]
Reader = Annotated[Visitor, needs(Permission.STOCK_READ)]
StockReader = Annotated[Visitor, needs(Permission.STOCK_READ, reach=Reach.CUSTOMERS)]
CustomerPath = Annotated[str, Path(alias="customer", max_length=200, pattern=CODE, examples=["C-HARBOR"])]
ItemPath = Annotated[str, Path(alias="item", max_length=200, pattern=CODE, examples=["V-300"])]


@router.get("/customers", operation_id="list_customers", tags=["orders"])
def list_customers(
    visitor: Seller,
    wanted: Annotated[CustomerQuery, Query()],
    asked: Annotated[Asked[CustomerSort], pages(CustomerSort, CustomerSort.CODE)],
) -> CustomerList:
    """Customers and their terms."""
    with visitor.reading() as uow:
        page = uow.lists.customers(filtered(CustomerFilter, wanted), asked.reading)
    return CustomerList(items=tuple(map(CustomerReply.of, page.items)), next=asked.next(page.next))


@router.get("/customers/{customer}", operation_id="get_customer", tags=["orders"], responses=TAGGED)
def get_customer(visitor: Seller, customer: CustomerPath, request: Request, response: Response) -> CustomerReply:
    """One customer."""
    with visitor.reading() as uow:
        wanted = CustomerFilter(code=CustomerCode(customer))
        found = the_one(uow.lists.customers, wanted, CustomerSort.CODE, what=f"customer {customer!r}")
    return tagged(request, response, CustomerReply.of(found))


@router.get("/items", operation_id="list_items", tags=["stock"])
def list_items(
    visitor: Reader,
    wanted: Annotated[ItemQuery, Query()],
    asked: Annotated[Asked[ItemSort], pages(ItemSort, ItemSort.CODE)],
) -> ItemList:
    """Items, made and bought."""
    with visitor.reading() as uow:
        page = uow.lists.items(filtered(ItemFilter, wanted), asked.reading)
    return ItemList(items=tuple(map(ItemReply.of, page.items)), next=asked.next(page.next))


@router.get("/items/{item}", operation_id="get_item", tags=["stock"], responses=TAGGED)
def get_item(visitor: Reader, item: ItemPath, request: Request, response: Response) -> ItemReply:
    """One item."""
    with visitor.reading() as uow:
        found = the_one(uow.lists.items, ItemFilter(code=ItemCode(item)), ItemSort.CODE, what=f"item {item!r}")
    return tagged(request, response, ItemReply.of(found))


@router.get("/locations", operation_id="list_locations", tags=["stock"])
def list_locations(
    visitor: Reader,
    wanted: Annotated[LocationQuery, Query()],
    asked: Annotated[Asked[LocationSort], pages(LocationSort, LocationSort.CODE)],
) -> LocationList:
    """Plants, warehouses, stores, and those who keep stock for the company."""
    with visitor.reading() as uow:
        sites = visitor.principal.scope.sites
        page = uow.lists.locations(filtered(LocationFilter, wanted, sites=sites), asked.reading)
    return LocationList(items=tuple(map(LocationReply.of, page.items)), next=asked.next(page.next))


@router.get("/stock", operation_id="list_stock", tags=["stock"])
def list_stock(
    visitor: StockReader,
    wanted: Annotated[BalanceQuery, Query()],
    asked: Annotated[Asked[BalanceSort], pages(BalanceSort, BalanceSort.ITEM)],
) -> BalanceList:
    """What lies where: on hand, reserved, blocked and free, in base units."""
    with visitor.reading() as uow:
        page = uow.lists.balances(filtered(BalanceFilter, wanted), asked.reading)
    return BalanceList(items=tuple(map(BalanceReply.of, page.items)), next=asked.next(page.next))


@router.get("/stock/moves", operation_id="list_stock_moves", tags=["stock"])
def list_moves(
    visitor: StockReader,
    wanted: Annotated[MoveQuery, Query()],
    asked: Annotated[Asked[MoveSort], pages(MoveSort, MoveSort.RECORDED, descending=True)],
) -> MoveList:
    """The ledger of stock, the latest move first."""
    with visitor.reading() as uow:
        page = uow.lists.moves(filtered(MoveFilter, wanted), asked.reading)
    return MoveList(items=tuple(map(MoveReply.of, page.items)), next=asked.next(page.next))


@router.get("/reservations", operation_id="list_reservations", tags=["stock"])
def list_reservations(
    visitor: StockReader,
    wanted: Annotated[ReservationQuery, Query()],
    asked: Annotated[Asked[ReservationSort], pages(ReservationSort, ReservationSort.RECORDED, descending=True)],
) -> ReservationList:
    """Claims on stock, the latest first, those that ended too."""
    with visitor.reading() as uow:
        page = uow.lists.reservations(filtered(ReservationFilter, wanted), asked.reading)
    return ReservationList(items=tuple(map(ReservationEntry.of, page.items)), next=asked.next(page.next))


@router.get("/availability", operation_id="available_to_promise", tags=["stock"])
def availability(
    visitor: StockReader,
    item: Annotated[Code, Query(description="The item's code or name.", examples=["V-300"])],
    location: Annotated[
        Code | None, Query(description="From where; without it, from all places that have any.", examples=["RENO"])
    ] = None,
    until: Annotated[Day | None, Query(description="Up to and with this day; 90 days without it.")] = None,
) -> AvailabilityReply:
    """What can be promised of an item by known supply, day by day, without breaking a later promise."""
    if visitor.principal.scope.sites is not None and location is None:
        raise InvalidValueError("who sees some sites names the location; accepted: one of theirs", field="location")
    with visitor.reading() as uow:
        if location is not None:
            visitor.check_location(uow, location)
    with visitor.acting() as (uow, _):
        found = availability_found(uow, AvailabilityAsked(item=item, location=location, until=until))
    return AvailabilityReply(
        item=found.item.code,
        unit=found.item.unit,
        as_of=found.as_of,
        until=found.until,
        places=tuple(map(PlaceReply.of, found.places)),
        places_left_out=found.places_left_out,
    )
