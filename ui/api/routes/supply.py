"""Supply as it is: purchase, work, transfer and planned orders."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from core.domain.ids import PurchaseOrderNo, TransferOrderNo, WorkOrderNo
from core.domain.listing.paging import LONGEST_PAGE, Reading, Sort
from core.domain.listing.supply import (
    PlannedFilter,
    PurchaseFilter,
    PurchaseLineFilter,
    PurchaseLineSort,
    SupplySort,
    TransferFilter,
    WorkFilter,
)
from core.domain.permissions import Permission
from ui.api.door import Reach, Visitor, needs
from ui.api.keyed import DoorRoute
from ui.api.listing import CODE, TAGGED, Asked, filtered, pages, the_one
from ui.api.matching import tagged
from ui.schemas.supply import (
    PlannedList,
    PlannedQuery,
    PlannedReply,
    PurchaseDetail,
    PurchaseHead,
    PurchaseLineList,
    PurchaseLineQuery,
    PurchaseLineReply,
    PurchaseList,
    PurchaseQuery,
    TransferHead,
    TransferList,
    TransferQuery,
    WorkHead,
    WorkList,
    WorkQuery,
)

router = APIRouter(prefix="/v1", tags=["supply"], route_class=DoorRoute)
Reader = Annotated[Visitor, needs(Permission.SUPPLY_READ, reach=Reach.CUSTOMERS)]
BySupply = Annotated[Asked[SupplySort], pages(SupplySort, SupplySort.DUE)]
NumberPath = Annotated[
    str,
    Path(alias="order", max_length=200, pattern=CODE, description="The number.", examples=["PO-77"]),
]


@router.get("/purchase-orders", operation_id="list_purchase_orders")
def list_purchases(visitor: Reader, wanted: Annotated[PurchaseQuery, Query()], asked: BySupply) -> PurchaseList:
    """Purchase orders, the one with the earliest line to come first."""
    with visitor.reading() as uow:
        page = uow.lists.purchases(filtered(PurchaseFilter, wanted), asked.reading)
    return PurchaseList(items=tuple(map(PurchaseHead.of, page.items)), next=asked.next(page.next))


@router.get("/purchase-orders/{order}", operation_id="get_purchase_order", responses=TAGGED)
def get_purchase(visitor: Reader, order: NumberPath, request: Request, response: Response) -> PurchaseDetail:
    """A purchase order with its lines."""
    number = PurchaseOrderNo(order)
    with visitor.reading() as uow:
        wanted = PurchaseFilter(number=number)
        head = the_one(uow.lists.purchases, wanted, SupplySort.NUMBER, what=f"purchase order {order!r}")
        lines = uow.lists.purchase_lines(
            PurchaseLineFilter(order=number), Reading(sort=Sort(by=PurchaseLineSort.ORDER), limit=LONGEST_PAGE)
        )
    detail = PurchaseDetail(
        **PurchaseHead.of(head).model_dump(),
        order_lines=tuple(map(PurchaseLineReply.of, lines.items)),
        lines_left_out=head.lines - len(lines.items),
    )
    return tagged(request, response, detail)


@router.get("/purchase-order-lines", operation_id="list_purchase_order_lines")
def list_purchase_lines(
    visitor: Reader,
    wanted: Annotated[PurchaseLineQuery, Query()],
    asked: Annotated[Asked[PurchaseLineSort], pages(PurchaseLineSort, PurchaseLineSort.DUE)],
) -> PurchaseLineList:
    """Lines of purchase orders, those due first first."""
    with visitor.reading() as uow:
        page = uow.lists.purchase_lines(filtered(PurchaseLineFilter, wanted), asked.reading)
    return PurchaseLineList(items=tuple(map(PurchaseLineReply.of, page.items)), next=asked.next(page.next))


@router.get("/work-orders", operation_id="list_work_orders")
def list_works(visitor: Reader, wanted: Annotated[WorkQuery, Query()], asked: BySupply) -> WorkList:
    """Work orders, those due first first."""
    with visitor.reading() as uow:
        page = uow.lists.works(filtered(WorkFilter, wanted), asked.reading)
    return WorkList(items=tuple(map(WorkHead.of, page.items)), next=asked.next(page.next))


@router.get("/work-orders/{order}", operation_id="get_work_order", responses=TAGGED)
def get_work(visitor: Reader, order: NumberPath, request: Request, response: Response) -> WorkHead:
    """One work order."""
    with visitor.reading() as uow:
        wanted = WorkFilter(number=WorkOrderNo(order))
        found = the_one(uow.lists.works, wanted, SupplySort.NUMBER, what=f"work order {order!r}")
    return tagged(request, response, WorkHead.of(found))


@router.get("/transfer-orders", operation_id="list_transfer_orders")
def list_transfers(visitor: Reader, wanted: Annotated[TransferQuery, Query()], asked: BySupply) -> TransferList:
    """Transfer orders, those due first first."""
    with visitor.reading() as uow:
        page = uow.lists.transfers(filtered(TransferFilter, wanted), asked.reading)
    return TransferList(items=tuple(map(TransferHead.of, page.items)), next=asked.next(page.next))


@router.get("/transfer-orders/{order}", operation_id="get_transfer_order", responses=TAGGED)
def get_transfer(visitor: Reader, order: NumberPath, request: Request, response: Response) -> TransferHead:
    """One transfer order."""
    with visitor.reading() as uow:
        wanted = TransferFilter(number=TransferOrderNo(order))
        found = the_one(uow.lists.transfers, wanted, SupplySort.NUMBER, what=f"transfer order {order!r}")
    return tagged(request, response, TransferHead.of(found))


@router.get("/planned-orders", operation_id="list_planned_orders")
def list_planned(visitor: Reader, wanted: Annotated[PlannedQuery, Query()], asked: BySupply) -> PlannedList:
    """What planning suggests to buy, make and move."""
    with visitor.reading() as uow:
        page = uow.lists.planned(filtered(PlannedFilter, wanted), asked.reading)
    return PlannedList(items=tuple(map(PlannedReply.of, page.items)), next=asked.next(page.next))


@router.get("/planned-orders/{order}", operation_id="get_planned_order", responses=TAGGED)
def get_planned(visitor: Reader, order: NumberPath, request: Request, response: Response) -> PlannedReply:
    """One planned order."""
    with visitor.reading() as uow:
        wanted = PlannedFilter(number=order)
        found = the_one(uow.lists.planned, wanted, SupplySort.NUMBER, what=f"planned order {order!r}")
    return tagged(request, response, PlannedReply.of(found))
