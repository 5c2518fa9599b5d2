"""Sales orders as they are: lists, one order, its lines, and why a line is promised for the day it is."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from core.domain.ids import OrderNo
from core.domain.listing.orders import (
    HoldFilter,
    HoldSort,
    LineSort,
    ListedPromise,
    OrderFilter,
    OrderLineFilter,
    OrderSort,
    PromiseFilter,
    PromiseSort,
)
from core.domain.listing.paging import LONGEST_PAGE, Reading, Sort
from core.domain.permissions import Permission
from core.ports.storage import UnitOfWork
from core.services.looking.orders import explain_line
from ui.api.door import Reach, Visitor, needs
from ui.api.keyed import DoorRoute
from ui.api.listing import CODE, TAGGED, Asked, filtered, pages, the_one
from ui.api.matching import tagged
from ui.api.order_sheet import order_sheet
from ui.schemas.listing import (
    HoldReply,
    LineList,
    LineQuery,
    LineReply,
    OrderDetail,
    OrderHead,
    OrderList,
    OrderQuery,
    OrderSheet,
    PegReply,
    PromiseEntry,
    PromiseExplained,
    PromiseList,
    UpstreamReply,
    WhyReply,
)

router = APIRouter(prefix="/v1", tags=["orders"], route_class=DoorRoute)
Reader = Annotated[Visitor, needs(Permission.ORDERS_READ)]
WholeReader = Annotated[Visitor, needs(Permission.ORDERS_READ, reach=Reach.CUSTOMERS)]
OrderPath = Annotated[
    str,
    Path(alias="order", max_length=200, pattern=CODE, description="The number.", examples=["SO-1042"]),
]
LinePath = Annotated[int, Path(alias="line", ge=1, le=1_000_000, examples=[1])]


@router.get("/orders", operation_id="list_orders")
def list_orders(
    visitor: Reader,
    wanted: Annotated[OrderQuery, Query()],
    asked: Annotated[Asked[OrderSort], pages(OrderSort, OrderSort.ENTRY, descending=True)],
) -> OrderList:
    """Sales orders and quotes, the latest entered first."""
    with visitor.reading() as uow:
        page = uow.lists.sales_orders(filtered(OrderFilter, wanted), asked.reading)
    return OrderList(items=tuple(map(OrderHead.of, page.items)), next=asked.next(page.next))


@router.get("/orders/{order}/sheet", operation_id="print_order")
def print_order(visitor: Reader, order: OrderPath) -> OrderSheet:
    """A sales order as a sheet to print, with its prices and promises."""
    with visitor.reading() as uow:
        return order_sheet(uow, uow.orders.order(OrderNo(order)).number)


@router.get("/orders/{order}", operation_id="get_order", responses=TAGGED)
def get_order(visitor: Reader, order: OrderPath, request: Request, response: Response) -> OrderDetail:
    """A sales order with its lines and the holds that are open."""
    with visitor.reading() as uow:
        wanted = OrderFilter(number=OrderNo(order))
        head = the_one(uow.lists.sales_orders, wanted, OrderSort.NUMBER, what=f"sales order {order!r}")
        lines = uow.lists.order_lines(
            OrderLineFilter(order=head.number), Reading(sort=Sort(by=LineSort.ORDER), limit=LONGEST_PAGE)
        )
        holds = uow.lists.holds(
            HoldFilter(order=head.number, open=True), Reading(sort=Sort(by=HoldSort.SET), limit=LONGEST_PAGE)
        )
    whole = OrderHead.of(head).model_dump()
    detail = OrderDetail(
        **whole,
        order_lines=tuple(map(LineReply.of, lines.items)),
        lines_left_out=max(0, head.lines - len(lines.items)),
        holds=tuple(map(HoldReply.of, holds.items)),
    )
    return tagged(request, response, detail)


@router.get("/order-lines", operation_id="list_order_lines")
def list_lines(
    visitor: Reader,
    wanted: Annotated[LineQuery, Query()],
    asked: Annotated[Asked[LineSort], pages(LineSort, LineSort.DUE)],
) -> LineList:
    """Lines of orders, those due first first; with `order` those of a quote too."""
    with visitor.reading() as uow:
        page = uow.lists.order_lines(filtered(OrderLineFilter, wanted, line=None), asked.reading)
    return LineList(items=tuple(map(LineReply.of, page.items)), next=asked.next(page.next))


@router.get("/orders/{order}/lines/{line}/promises", operation_id="list_promises")
def list_promises(
    visitor: Reader,
    order: OrderPath,
    line: LinePath,
    asked: Annotated[Asked[PromiseSort], pages(PromiseSort, PromiseSort.MADE)],
) -> PromiseList:
    """Every change of a line's promise."""
    with visitor.reading() as uow:
        _check_line(uow, order, line)
        page = uow.lists.promises(PromiseFilter(order=OrderNo(order), line=line), asked.reading)
    return PromiseList(items=tuple(map(_entry, page.items)), next=asked.next(page.next))


@router.get("/orders/{order}/lines/{line}/promise", operation_id="explain_promise")
def explain(visitor: WholeReader, order: OrderPath, line: LinePath) -> PromiseExplained:
    """Why a line's date is what it is: what it rests on, what holds it back, and what was promised when."""
    with visitor.reading() as uow:
        _check_line(uow, order, line)
    with visitor.acting() as (uow, _):
        found = explain_line(uow, order, line)
        made = uow.lists.promises(
            PromiseFilter(order=OrderNo(order), line=line),
            Reading(sort=Sort(by=PromiseSort.MADE, descending=True), limit=LONGEST_PAGE),
        )
    latest = made.items[0].promise.pegs if made.items else ()
    return PromiseExplained(
        as_of=found.as_of,
        line=LineReply.of(found.line),
        owed=found.owed,
        projected=found.projected,
        short=found.short,
        why=tuple(map(WhyReply.of, found.why)),
        rests_on=tuple(map(UpstreamReply.of, found.rests_on)),
        promises=tuple(map(_entry, reversed(made.items))),
        pegs=tuple(map(PegReply.of, latest)),
    )


def _check_line(uow: UnitOfWork, order: str, line: int) -> None:
    """NotFoundError for a line that is none, or none the visitor sees."""
    wanted = OrderLineFilter(order=OrderNo(order), line=line)
    the_one(uow.lists.order_lines, wanted, LineSort.ORDER, what=f"line {line} of a sales order {order!r}")


def _entry(made: ListedPromise) -> PromiseEntry:
    told = made.promise
    return PromiseEntry(
        line=told.line, old=told.old, new=told.new, code=told.code, reason=told.reason, made_at=made.made_at
    )
