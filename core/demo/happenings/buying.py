"""What goes wrong with purchase orders: late, short and dearer answers, or none; goods that nobody wants any more."""

from datetime import date
from decimal import Decimal

from core.demo.happenings.world import SHIP, World, wanted
from core.demo.planted import Planted
from core.domain.cases import ExceptionType
from core.domain.ids import ItemCode, OrderNo, PurchaseOrderNo
from core.domain.order_entry import WantedLine as SoldLine
from core.domain.parties import SupplierItem
from core.domain.purchasing import Answer, AnsweredLine
from core.domain.shipping_notices import NoticeLine
from core.services.ordering.amending import CancelOrder, cancel_order
from core.services.supplying.answering import Acknowledge, acknowledge
from core.services.supplying.planned import DropPlanned, FirmPlanned, drop_planned, firm_planned
from core.services.supplying.purchasing import (
    EnterPurchase,
    SendPurchase,
    WantedLine,
    enter_purchase,
    send_purchase,
)
from core.services.supplying.receiving import AnnounceShipment, Receive, announce_shipment, receive

DROP_SHIPPED, SLIPPED, RUSHED = "JB-1", "CA-03", "MO-10"
_DEARER = Decimal("1.12")
_WAITED = 5


def offer_of(world: World, item: str, *, drop_ships: bool = False) -> SupplierItem:
    """Who an item is bought from first."""
    direct = {one.code for one in world.company.suppliers if one.drop_ships}
    offers = [one for one in world.company.supplier_items if one.item == item]
    return min(offers, key=lambda one: (drop_ships and one.supplier not in direct, one.priority, one.supplier))


def bought(world: World, number: str, item: str, quantity: int, due: date, *, sold: str = "") -> SupplierItem:
    """A purchase order of one line, sent; `sold` is the sales order whose first line is shipped directly."""
    offer = offer_of(world, item, drop_ships=bool(sold))
    line = WantedLine(
        line=1,
        item=ItemCode(item),
        location=SHIP,
        quantity=quantity,
        unit_price=offer.unit_price,
        due=due,
        sales_order=OrderNo(sold) if sold else None,
        sales_line=1 if sold else None,
    )
    po = PurchaseOrderNo(number)
    entered = world.do(
        enter_purchase, EnterPurchase(key=f"enter {po}", number=po, supplier=offer.supplier, lines=(line,))
    )
    send(world, number, version=entered.version)
    return offer


def send(world: World, number: str, *, version: int) -> None:
    """The order goes to the supplier."""
    world.do(send_purchase, SendPurchase(key=f"send {number}", number=PurchaseOrderNo(number), version=version))


def answer(
    world: World,
    number: str,
    *,
    quantity: int | None = None,
    due: date | None = None,
    unit_price: Decimal | None = None,
) -> None:
    """The supplier answers to the only line; what is not said is as it was asked."""
    otherwise = (quantity, due, unit_price) != (None, None, None)
    kind = Answer.CHANGED if otherwise else Answer.ACCEPTED
    line = AnsweredLine(line=1, answer=kind, quantity=quantity, due=due, unit_price=unit_price)
    po = PurchaseOrderNo(number)
    command = Acknowledge(key=f"answer {po}", number=po, reference=f"A-{po}", source="edi", lines=(line,))
    world.do(acknowledge, command)


def taken_in(world: World, number: str, quantity: int, *, lot: str = "", expires: date | None = None) -> None:
    """Units arrive."""
    command = Receive(
        key=f"receive {number}",
        number=PurchaseOrderNo(number),
        line=1,
        reference=f"DN-{number}",
        accepted=quantity,
        received_on=world.as_of,
        lot=lot,
        expires_on=expires,
    )
    world.do(receive, command)


def cut_and_dearer(world: World) -> tuple[Planted, ...]:
    """One supplier confirms less than was ordered, one a higher price."""
    bought(world, "PO-9101", "FO-02", 60, world.day(30))
    answer(world, "PO-9101", quantity=35)
    offer = bought(world, "PO-9102", "BA-02", 40, world.day(30))
    answer(world, "PO-9102", unit_price=(offer.unit_price * _DEARER).quantize(Decimal("0.01")))
    return (
        Planted(type=ExceptionType.SUPPLIER_CUT, about="purchase order PO-9101/1"),
        Planted(type=ExceptionType.SUPPLIER_PRICE_CHANGE, about="purchase order PO-9102/1"),
    )


def silence(world: World) -> tuple[Planted, ...]:
    """Two suppliers do not answer: one of them was to ship to the customer."""
    world.ago(_WAITED)
    bought(world, "PO-9103", "GK-1", 80, world.day(3))
    world.enter("SO-9201", wanted(DROP_SHIPPED, 2, world.day(20)))
    bought(world, "PO-9104", DROP_SHIPPED, 2, world.day(18), sold="SO-9201")
    world.ago(0)
    return (
        Planted(type=ExceptionType.PURCHASE_UNACKNOWLEDGED, about="purchase order PO-9103/1"),
        Planted(type=ExceptionType.DROP_SHIP_UNCONFIRMED, about="purchase order PO-9104/1"),
    )


def slipped(world: World) -> tuple[Planted, ...]:
    """What was bought for an order comes three weeks later than the order was promised with."""
    promised_from(world, "SO-9202", "PO-9105", wanted(SLIPPED, 20, world.day(70)))
    answer(world, "PO-9105", due=world.day(95))
    return (Planted(type=ExceptionType.SUPPLIER_SLIP, about="purchase order PO-9105/1"),)


def rushed(world: World) -> tuple[Planted, ...]:
    """A rush order is promised with motors that have to be bought, and somebody will not buy them."""
    for plan in world.confirm(world.enter("SO-9203", wanted(RUSHED, 8, world.day(70)), priority=0)).planned:
        world.do(drop_planned, DropPlanned(key=f"drop {plan}", number=plan, version=1, why="too dear"))
    return (Planted(type=ExceptionType.RUSH_ORDER, about="order line SO-9203/1"),)


def promised_from(world: World, order: str, number: str, line: SoldLine) -> None:
    """A line that came in yesterday is promised, and what has to be bought for it is ordered at once."""
    world.ago(1)
    entered = world.enter(order, line)
    world.ago(0)
    plan = world.confirm(entered).planned[0]
    world.do(firm_planned, FirmPlanned(key=f"firm {plan}", number=plan, version=1, become=number))
    send(world, number, version=1)


def asked_too_early(world: World) -> tuple[Planted, ...]:
    """A customer asks for tomorrow; the first day it can be is promised, and nobody has spoken to him yet."""
    promised_from(world, "SO-9205", "PO-9109", wanted("CO-1", 30, world.day(1)))
    answer(world, "PO-9109", due=world.day(6))
    return (Planted(type=ExceptionType.REQUEST_INFEASIBLE, about="order line SO-9205/1"),)


def just_in_time(world: World) -> tuple[Planted, ...]:
    """What is bought for an order comes on the very day the order is promised for."""
    promised_from(world, "SO-9206", "PO-9110", wanted("SB-S", 8, world.day(42)))
    answer(world, "PO-9110")
    return (Planted(type=ExceptionType.PROMISE_AT_RISK, about="purchase order PO-9110/1"),)


def orphan(world: World) -> tuple[Planted, ...]:
    """The customer cancels, in time; what was ordered to be shipped to him directly still comes."""
    entered = world.enter("SO-9204", wanted(DROP_SHIPPED, 1, world.day(40)))
    bought(world, "PO-9107", DROP_SHIPPED, 1, world.day(35), sold="SO-9204")
    answer(world, "PO-9107")
    command = CancelOrder(key="cancel SO-9204", order=entered.order, version=entered.version, reason="not needed")
    world.do(cancel_order, command)
    return (Planted(type=ExceptionType.ORPHAN_SUPPLY, about="purchase order PO-9107/1"),)


def announced(world: World) -> tuple[Planted, ...]:
    """A ship notice says that goods are on their way; nothing is wrong with them."""
    offer = bought(world, "PO-9108", "PK-1", 50, world.day(9))
    answer(world, "PO-9108")
    part = NoticeLine(order=PurchaseOrderNo("PO-9108"), line=1, quantity=50)
    command = AnnounceShipment(
        key="notice ASN-9108",
        supplier=offer.supplier,
        number="ASN-9108",
        carrier="Red River Freight",
        shipped_on=world.as_of,
        eta=world.day(8),
        lines=(part,),
    )
    world.do(announce_shipment, command)
    return ()
