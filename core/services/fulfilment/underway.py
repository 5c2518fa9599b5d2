"""What locations are about to send: lines of orders that nobody changes behind their backs."""

from collections.abc import Mapping

from core.domain.ids import OrderNo
from core.domain.shipments import ShipmentState
from core.ports.storage import UnitOfWork

_NOT_LEFT = frozenset({ShipmentState.RELEASED, ShipmentState.PICKED, ShipmentState.PACKED})


def being_sent(uow: UnitOfWork, order: OrderNo) -> Mapping[int, str]:
    """The lines of an order that a location is about to send, each with a shipment that has not left."""
    waiting = (one for one in uow.shipments.of_order(order) if one.state in _NOT_LEFT)
    return {part.line: shipment.number for shipment in waiting for part in shipment.lines}
