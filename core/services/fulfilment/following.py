"""An order's lines follow its shipments: each is as far as its least advanced unit."""

from core.domain.errors import IllegalTransitionError
from core.domain.fulfilment import UnderWay, line_state, way
from core.domain.ids import OrderNo
from core.domain.order_life import OrderState
from core.domain.orders import SalesOrderLine
from core.domain.shipments import Shipment, ShipmentState, refusal_of
from core.domain.timeline import TimelineEntry, TimelineKind
from core.ports.storage import UnitOfWork

_FOLLOWED = frozenset(OrderState) - {
    OrderState.DRAFT,
    OrderState.VALIDATED,
    OrderState.ON_HOLD,
    OrderState.CANCELLED,
    OrderState.CLOSED,
}
_BEFORE_LEAVING = frozenset({ShipmentState.RELEASED, ShipmentState.PICKED, ShipmentState.PACKED})
_GONE = frozenset({ShipmentState.SHIPPED, ShipmentState.DELIVERED, ShipmentState.LOST})


def held_shipment(uow: UnitOfWork, number: str, *, to: ShipmentState) -> Shipment:
    """A shipment with its order held; IllegalTransitionError where its life or a hold on its order forbids the step."""
    order = uow.shipments.get(number).order
    uow.shipments.hold(order)
    shipment = uow.shipments.get(number)
    if (why := refusal_of(shipment, to)) is not None:
        raise IllegalTransitionError(why, shipment=number, state=shipment.state)
    stopped = [line for line in _lines_of(uow, shipment) if line.state is OrderState.ON_HOLD]
    if stopped and to is not ShipmentState.CANCELLED and shipment.state in _BEFORE_LEAVING:
        raise IllegalTransitionError(
            f"order line {order}/{stopped[0].line} is on hold; shipment {number} goes no further until it is released",
            shipment=number,
            line=stopped[0].line,
        )
    return shipment


def follow(uow: UnitOfWork, order: OrderNo, *, why: str) -> None:
    """Bring every line of an order to the state its shipments give it."""
    every = uow.shipments.of_order(order)
    arrived = {s.replaces for s in every if s.state is ShipmentState.DELIVERED}
    owed = [s for s in every if s.replaces is None]
    for line in uow.orders.lines(order):
        mine = [s for s in owed if line.line in s.units]
        gone = [s for s in mine if s.state in _GONE]
        if line.state not in _FOLLOWED or not mine or not (gone or line.open_quantity):
            continue
        waiting = [s for s in mine if s.state in _BEFORE_LEAVING]
        to = line_state(
            open_quantity=line.open_quantity,
            under_way=[UnderWay(state=s.state, quantity=s.units[line.line]) for s in waiting],
            in_transit=sum(
                s.units[line.line] for s in gone if s.state is not ShipmentState.DELIVERED and s.number not in arrived
            ),
            not_invoiced=sum(s.units[line.line] for s in gone if not s.invoice),
        )
        if (line.state, to) == (OrderState.ALLOCATED, OrderState.CONFIRMED):
            continue  # what is not in a shipment may well be allocated
        for step in way(line.state, to):
            uow.orders.advance(order, line.line, to=step, why=why)


def tell(uow: UnitOfWork, order: OrderNo, text: str, *, line: int | None = None) -> None:
    """An entry of the order's timeline about a shipment."""
    uow.orders.tell(order, TimelineEntry(kind=TimelineKind.SHIPMENT, text=text, line=line))


def _lines_of(uow: UnitOfWork, shipment: Shipment) -> list[SalesOrderLine]:
    return [line for line in uow.orders.lines(shipment.order) if line.line in shipment.units]
