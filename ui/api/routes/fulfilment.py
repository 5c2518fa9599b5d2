"""Shipments and returns as they are, and the word on a return that was asked for."""

from typing import Annotated
from uuid import uuid4

from fastapi import APIRouter, Path, Query, Request, Response

from core.domain.listing.fulfilment import ReturnFilter, ReturnSort, ShipmentFilter, ShipmentSort
from core.domain.permissions import Permission
from core.services.returning.requesting import AuthoriseReturn, RefuseReturn, authorise_return, refuse_return
from ui.api.door import IdempotencyKey, Reach, Visitor, needs
from ui.api.keyed import DoorRoute
from ui.api.listing import CODE, TAGGED, Asked, filtered, pages, the_one
from ui.api.matching import tagged
from ui.schemas.supply import (
    ReturnList,
    ReturnQuery,
    ReturnReply,
    ReturnWord,
    ShipmentList,
    ShipmentQuery,
    ShipmentReply,
)

router = APIRouter(prefix="/v1", tags=["fulfilment"], route_class=DoorRoute)
Reader = Annotated[Visitor, needs(Permission.ORDERS_READ)]
# Whoever sees only some customers may be one of them, and nobody lets their own goods come.
Writer = Annotated[Visitor, needs(Permission.ORDERS_WRITE, reach=Reach.CUSTOMERS)]
ShipmentPath = Annotated[str, Path(alias="shipment", max_length=200, pattern=CODE, examples=["SHP-12"])]
ReturnPath = Annotated[str, Path(alias="return", max_length=200, pattern=CODE, examples=["RMA-3"])]


@router.get("/shipments", operation_id="list_shipments")
def list_shipments(
    visitor: Reader,
    wanted: Annotated[ShipmentQuery, Query()],
    asked: Annotated[Asked[ShipmentSort], pages(ShipmentSort, ShipmentSort.SHIP_ON, descending=True)],
) -> ShipmentList:
    """Shipments, the last to leave first."""
    with visitor.reading() as uow:
        page = uow.lists.shipments(filtered(ShipmentFilter, wanted), asked.reading)
    return ShipmentList(items=tuple(map(ShipmentReply.of, page.items)), next=asked.next(page.next))


@router.get("/shipments/{shipment}", operation_id="get_shipment", responses=TAGGED)
def get_shipment(visitor: Reader, shipment: ShipmentPath, request: Request, response: Response) -> ShipmentReply:
    """One shipment."""
    with visitor.reading() as uow:
        wanted = ShipmentFilter(number=shipment)
        found = the_one(uow.lists.shipments, wanted, ShipmentSort.NUMBER, what=f"shipment {shipment!r}")
    return tagged(request, response, ShipmentReply.of(found))


@router.get("/returns", operation_id="list_returns")
def list_returns(
    visitor: Reader,
    wanted: Annotated[ReturnQuery, Query()],
    asked: Annotated[Asked[ReturnSort], pages(ReturnSort, ReturnSort.REQUESTED, descending=True)],
) -> ReturnList:
    """Returns, the latest asked for first."""
    with visitor.reading() as uow:
        page = uow.lists.returns(filtered(ReturnFilter, wanted), asked.reading)
    return ReturnList(items=tuple(map(ReturnReply.of, page.items)), next=asked.next(page.next))


@router.get("/returns/{return}", operation_id="get_return", responses=TAGGED)
def get_return(visitor: Reader, number: ReturnPath, request: Request, response: Response) -> ReturnReply:
    """One return."""
    with visitor.reading() as uow:
        wanted = ReturnFilter(number=number)
        found = the_one(uow.lists.returns, wanted, ReturnSort.NUMBER, what=f"return {number!r}")
    return tagged(request, response, ReturnReply.of(found))


@router.post("/returns/{return}/decision", operation_id="decide_return")
def decide_return(visitor: Writer, number: ReturnPath, body: ReturnWord, key: IdempotencyKey) -> ReturnReply:
    """Let the goods of a return come, or refuse it with the reason."""
    wanted = ReturnFilter(number=number)
    with visitor.reading() as uow:
        the_one(uow.lists.returns, wanted, ReturnSort.NUMBER, what=f"return {number!r}")
    with visitor.acting() as (uow, _):
        mark = f"api:{uuid4()}"
        if body.agree:
            authorise_return(uow, AuthoriseReturn(key=mark, number=number, version=body.version))
        else:
            refuse_return(uow, RefuseReturn(key=mark, number=number, version=body.version, why=body.why))
        uow.tasks.withdraw(f"return {number}")
        return ReturnReply.of(the_one(uow.lists.returns, wanted, ReturnSort.NUMBER, what=f"return {number!r}"))
