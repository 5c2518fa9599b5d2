"""What a carrier lost or damaged, and from where it could be sent again."""

from core.domain.errors import NotFoundError
from core.domain.ids import LocationCode
from core.domain.money import rounded
from core.domain.plans import Reship
from core.domain.shipments import Shipment
from core.planning.repair.terms import LostGoods
from core.ports.storage import UnitOfWork
from core.services.doing.reshipping import replacement_of
from core.services.fulfilment.tracking import replacement_for

PROBLEMS = frozenset({"lost", "damaged"})
_SHIPMENT = "shipment "


def lost_goods(uow: UnitOfWork, root: str) -> tuple[LostGoods, ...]:
    """The replacement of the shipment a case names; none where it is neither lost nor damaged."""
    if not root.startswith(_SHIPMENT):
        return ()
    try:
        shipment = uow.shipments.get(root.removeprefix(_SHIPMENT))
    except NotFoundError:
        return ()
    if shipment.problem not in PROBLEMS:
        return ()
    reason = _why_not(uow, shipment)
    if reason:
        return (LostGoods(shipment=shipment.number, why_not=reason),)
    return (_sent_again(uow, shipment),)


def _why_not(uow: UnitOfWork, shipment: Shipment) -> str:
    again = replacement_of(uow, shipment.number)
    if again is not None:
        return f"shipment {again.number} makes it good already"
    lines = {number for number, units in shipment.units.items() if units}
    if len(lines) != 1:
        return "it holds several order lines: it is sent again where shipments are worked on"
    (line,) = lines
    if uow.orders.line(shipment.order, line).open_quantity:
        return f"order line {shipment.order}/{line} has more to send: it goes with the rest"
    return ""


def _sent_again(uow: UnitOfWork, shipment: Shipment) -> LostGoods:
    decision = replacement_for(uow, shipment.number)
    ((number, units),) = ((line, units) for line, units in shipment.units.items() if units)
    if len(decision.shipments) != 1 or decision.unsourced:
        return LostGoods(shipment=shipment.number, why_not="no place has all of it in stock")
    (part,) = decision.shipments
    item = uow.orders.line(shipment.order, number).item
    goods = rounded(uow.company.item(item).standard_cost * units)
    freight = rounded(part.cost.freight)
    action = Reship(
        shipment=shipment.number,
        problem=shipment.problem,
        order=shipment.order,
        line=number,
        item=item,
        location=LocationCode(part.location),
        quantity=units,
        ship_on=part.ship_on,
        arrive_on=part.arrive_on,
        cost=goods + freight,
    )
    return LostGoods(shipment=shipment.number, action=action, goods=goods)
