"""Doing and undoing a replacement for what was lost or damaged on the way."""

from core.domain.errors import ConflictError
from core.domain.plans import Reship
from core.domain.shipments import Shipment, ShipmentState
from core.ports.storage import UnitOfWork
from core.services.doing.deed import Change, Deed, Doing, change
from core.services.fulfilment import tracking
from core.services.fulfilment.shipping import CancelShipment, cancel_shipment


def replacement_of(uow: UnitOfWork, number: str) -> Shipment | None:
    """The shipment that makes another one good, None where there is none."""
    known = uow.shipments.of_order(uow.shipments.get(number).order)
    return next((s for s in known if s.replaces == number and s.state is not ShipmentState.CANCELLED), None)


def _reship(deed: Deed, action: Reship) -> str:
    uow = deed.uow
    uow.shipments.hold(action.order)
    version = uow.shipments.get(action.shipment).version
    command = tracking.Reship(key=f"{deed.approval.id}:{action.shipment}", shipment=action.shipment, version=version)
    made = [uow.shipments.get(number) for number in tracking.reship(uow, command).shipments]
    planned = [(action.location, action.ship_on, action.quantity)]
    if [(one.location, one.ship_on, sum(part.quantity for part in one.lines)) for one in made] != planned:
        places = ", ".join(f"{one.location} on {one.ship_on}" for one in made) or "nowhere"
        raise ConflictError(
            f"shipment {action.shipment} would be sent again from {places}, not from {action.location} on"
            f" {action.ship_on}"
        )
    return f"{action.quantity} {action.item} of {action.shipment} are sent again as {made[0].number}"


def _call_off(deed: Deed, action: Reship) -> str:
    uow = deed.uow
    uow.shipments.hold(action.order)
    again = replacement_of(uow, action.shipment)
    if again is None:
        raise ConflictError(f"shipment {action.shipment} is not made good by any other")
    why = f"plan of {deed.proposal.case} undone"
    key = f"{deed.approval.id}:{again.number} back"
    cancel_shipment(uow, CancelShipment(key=key, shipment=again.number, version=again.version, reason=why))
    return f"shipment {again.number} called off"


def _picked(uow: UnitOfWork, action: Reship) -> str | None:
    again = replacement_of(uow, action.shipment)
    if again is None:
        return f"the shipment that made {action.shipment} good was called off"
    on_the_way = again.state is not ShipmentState.RELEASED or again.pick_list is not None
    return f"shipment {again.number} is {again.state.value}" if on_the_way else None


def _reship_change(action: Reship) -> Change:
    return change(
        "shipment (replacement)",
        action.shipment,
        line=str(action.line),
        item=action.item,
        quantity=str(action.quantity),
        origin=action.location,
        new_date=action.arrive_on.isoformat(),
    )


RESHIP: Doing[Reship] = Doing(do=_reship, undo=_call_off, obstacle=_picked, change=_reship_change)
