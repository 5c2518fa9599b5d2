"""What locations are about to send: lines of orders that nobody changes behind their backs."""

from collections.abc import Iterator, Mapping

from core.domain.ids import OrderNo
from core.domain.shipments import Shipment, ShipmentState, claim_reference
from core.ports.storage import UnitOfWork

NOT_LEFT = frozenset({ShipmentState.RELEASED, ShipmentState.PICKED, ShipmentState.PACKED})


def being_sent(uow: UnitOfWork, order: OrderNo) -> Mapping[int, str]:
    """The lines of an order that a location is about to send, each with a shipment that has not left."""
    return {part.line: shipment.number for shipment in _waiting(uow, order) for part in shipment.lines}


def sending_claims(uow: UnitOfWork, order: OrderNo) -> Mapping[str, str]:
    """The names under which those shipments hold their units in stock, each with its shipment."""
    return {
        claim_reference(shipment.number, part.position): shipment.number
        for shipment in _waiting(uow, order)
        for part in shipment.lines
    }


def _waiting(uow: UnitOfWork, order: OrderNo) -> Iterator[Shipment]:
    return (one for one in uow.shipments.of_order(order) if one.state in NOT_LEFT)
