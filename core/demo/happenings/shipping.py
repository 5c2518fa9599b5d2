"""What goes wrong on the way out: picked short, left behind, lost by the carrier, never sent back."""

from core.demo.happenings.buying import answer, bought, taken_in
from core.demo.happenings.storing import reserve
from core.demo.happenings.world import CLERK, SHIP, World, wanted
from core.demo.planted import Planted, left_behind
from core.domain.cases import ExceptionType
from core.domain.ids import OrderNo
from core.domain.returns import ReturnReason
from core.domain.shipments import DeliveryProof, Package, PackedLine, Shipment, TrackingEvent, TrackingKind
from core.services.fulfilment.picking import Pick, Picked, RecordPicks, record_picks
from core.services.fulfilment.releasing import ReleaseOrder, release_order
from core.services.fulfilment.shipping import PackShipment, ShipmentStands, ShipShipment, pack_shipment, ship_shipment
from core.services.fulfilment.tracking import ProveDelivery, RecordTracking, prove_delivery, record_tracking
from core.services.returning.requesting import AskedBack, RequestReturn, request_return

SPARE, UNITS = "MS-1", 3
_DELIVERED = 24
_RETURN_DAYS = 24


def shippable(world: World) -> tuple[Planted, ...]:
    """A delivery of spares comes straight to the shipping location, for orders that wait for it."""
    bought(world, "PO-9500", SPARE, _DELIVERED, world.as_of)
    answer(world, "PO-9500")
    taken_in(world, "PO-9500", _DELIVERED)
    return ()


def released(world: World, number: str) -> Shipment:
    """An order of spares that are in stock is entered, promised and released to ship."""
    order = world.confirm(world.enter(number, wanted(SPARE, UNITS, world.as_of))).order
    with world.open_uow(CLERK.name) as uow:
        version = uow.orders.order(order).version
        made = release_order(uow, ReleaseOrder(key=f"release {order}", order=order, version=version))
        return uow.shipments.get(made.shipments[0])


def picked(world: World, shipment: Shipment, units: int) -> Picked:
    """So many units of its only line are found."""
    picks = (Pick(position=1, quantity=units),)
    number, version = shipment.number, shipment.version
    return world.do(record_picks, RecordPicks(key=f"pick {number}", shipment=number, version=version, picks=picks))


def shipped(world: World, number: str) -> ShipmentStands:
    """An order of spares leaves."""
    found = picked(world, released(world, number), UNITS)
    packages = (Package(package=1, weight=900, contents=(PackedLine(position=1, quantity=UNITS),)),)
    key, shipment = f"{found.shipment}", found.shipment
    packed = world.do(
        pack_shipment, PackShipment(key=f"pack {key}", shipment=shipment, version=found.version, packages=packages)
    )
    return world.do(
        ship_shipment,
        ShipShipment(key=f"ship {key}", shipment=shipment, version=packed.version, tracking_number=f"1Z{number[3:]}"),
    )


def short_and_lost(world: World) -> tuple[Planted, ...]:
    """One shipment is picked short, one is lost by its carrier."""
    picked(world, released(world, "SO-9501"), UNITS - 1)
    gone = shipped(world, "SO-9502")
    event = TrackingEvent(event="EV-1", kind=TrackingKind.LOST, happened_at=world.morning, text="trailer burnt out")
    world.do(record_tracking, RecordTracking(key="track SO-9502", shipment=gone.shipment, event=event))
    return (
        Planted(type=ExceptionType.SHORT_PICK, about="order line SO-9501/1"),
        Planted(type=ExceptionType.CARRIER_EXCEPTION, about=f"shipment {gone.shipment}"),
    )


def never_sent_back(world: World) -> tuple[Planted, ...]:
    """A customer was to send goods back weeks ago."""
    world.ago(_RETURN_DAYS)
    gone = shipped(world, "SO-9503")
    proof = DeliveryProof(signed_by="receiving dock", delivered_at=world.clock.now)
    delivered = ProveDelivery(key="prove SO-9503", shipment=gone.shipment, version=gone.version, proof=proof)
    world.do(prove_delivery, delivered)
    lines = (AskedBack(line=1, quantity=1, reason=ReturnReason.WRONG_ITEM),)
    command = RequestReturn(key="return SO-9503", order=OrderNo("SO-9503"), location=SHIP, lines=lines)
    asked = world.do(request_return, command)
    world.ago(0)
    return (Planted(type=ExceptionType.RETURN_PENDING, about=f"return {asked.number}"),)


def missed_cut_off(world: World) -> tuple[Planted, ...]:
    """A line that had to leave on Friday is in stock, set aside, and nobody released it."""
    line = left_behind(world.company)
    place = next(one.ship_from for one in world.company.sales_orders if one.number == line.order)
    reserve(world, line.order, line.line, line.item, line.open_quantity, place=line.node or place)
    return (Planted(type=ExceptionType.MISSED_CUT_OFF, about=f"order line {line.order}/{line.line}"),)
