"""Doing and undoing the release of a line by a quicker service."""

from core.domain.errors import ConflictError
from core.domain.plans import ShipQuicker
from core.domain.shipments import ShipmentState
from core.domain.stock import Claim
from core.ports.storage import UnitOfWork
from core.services.doing.deed import Change, Deed, Doing, change
from core.services.fulfilment.shipping import CancelShipment, cancel_shipment
from core.services.quicker_service import made_by, release_quicker


def _release(deed: Deed, action: ShipQuicker) -> str:
    made = release_quicker(deed.uow, action)
    if isinstance(made, str):
        raise ConflictError(f"order line {action.order}/{action.line} does not leave as was shown: {made}")
    if made.expected_on != action.arrive_on:
        raise ConflictError(f"by {action.service} it would be there {made.expected_on}, not {action.arrive_on}")
    said = f"{action.quantity} {action.item} of order line {action.order}/{action.line}"
    return f"{said} leave by {action.service} as {made.number}"


def _call_off(deed: Deed, action: ShipQuicker) -> str:
    """The shipment is called off, and what was set aside for the line is set aside again."""
    uow = deed.uow
    uow.shipments.hold(action.order)
    made = made_by(uow, action)
    if made is None:
        raise ConflictError(f"the shipment of order line {action.order}/{action.line} was called off before")
    why = f"plan of {deed.proposal.case} undone"
    key = f"{deed.approval.id}:{made.number} back"
    cancel_shipment(uow, CancelShipment(key=key, shipment=made.number, version=made.version, reason=why))
    claim = Claim(
        item=action.item,
        location=action.location,
        quantity=action.quantity,
        reference=f"{deed.approval.id}:{action.order}/{action.line}",
        order=action.order,
        line=action.line,
        cause=why,
    )
    uow.stock.reserve_many([claim])
    return f"shipment {made.number} called off, its units are reserved for {action.order}/{action.line} again"


def _picked(uow: UnitOfWork, action: ShipQuicker) -> str | None:
    made = made_by(uow, action)
    if made is None:
        return f"the shipment of order line {action.order}/{action.line} by {action.service} was called off or changed"
    on_the_way = made.state is not ShipmentState.RELEASED or made.pick_list is not None
    return f"shipment {made.number} is being picked" if on_the_way else None


def _quicker_change(action: ShipQuicker) -> Change:
    return change(
        "shipment (quicker service)",
        action.order,
        line=str(action.line),
        partner=action.service,
        item=action.item,
        quantity=str(action.quantity),
        origin=action.location,
        old_date=action.old_arrival.isoformat(),
        new_date=action.arrive_on.isoformat(),
    )


SHIP_QUICKER: Doing[ShipQuicker] = Doing(do=_release, undo=_call_off, obstacle=_picked, change=_quicker_change)
