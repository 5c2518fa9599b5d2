"""Doing and undoing actions on stock: transfers and corrections of the ledger."""

from core.domain.orders import SupplyState, TransferOrder
from core.domain.plans import Reallocate, Transfer
from core.domain.stock import Claim
from core.ports.storage import UnitOfWork
from core.services.doing.deed import Change, Deed, Doing, change


def _transfer(deed: Deed, action: Transfer) -> str:
    deed.uow.stock.reserve(action.item, action.origin, quantity=action.quantity, reference=action.reference)
    order = TransferOrder(
        number=action.reference,
        item=action.item,
        origin=action.origin,
        destination=action.destination,
        quantity=action.quantity,
        ship_on=action.ship_on,
        due=action.arrive_on,
    )
    deed.uow.supply.add_transfer(order, proposal=deed.proposal.id)
    return (
        f"transfer order {action.reference}: {action.quantity} {action.item} from {action.origin}"
        f" to {action.destination}, there on {action.arrive_on}"
    )


def _bring_back(deed: Deed, action: Transfer) -> str:
    deed.uow.supply.cancel_transfer(action.reference)
    deed.uow.stock.release(action.reference)
    return f"transfer order {action.reference} cancelled, {action.quantity} {action.item} released"


def _gone(uow: UnitOfWork, action: Transfer) -> str | None:
    order = uow.supply.transfer(action.reference)
    gone = order.shipped or order.state is not SupplyState.OPEN
    return f"transfer order {order.number} has left {order.origin}" if gone else None


def _transfer_change(action: Transfer) -> Change:
    return change(
        "transfer order",
        action.reference,
        line="1",
        item=action.item,
        quantity=str(action.quantity),
        origin=action.origin,
        destination=action.destination,
        old_date=action.ship_on.isoformat(),
        new_date=action.arrive_on.isoformat(),
    )


def _reallocate(deed: Deed, action: Reallocate) -> str:
    claim = Claim(
        item=action.item,
        location=action.location,
        quantity=action.quantity,
        reference=action.reference,
        order=action.to_order,
        line=action.to_line,
        cause=f"approved plan of {deed.proposal.case}",
    )
    deed.uow.stock.reserve_many([claim])
    return f"{action.quantity} {action.item} at {action.location} held for {action.to_order}/{action.to_line}"


def _let_go(deed: Deed, action: Reallocate) -> str:
    deed.uow.stock.release_references([action.reference])
    return f"{action.quantity} {action.item} at {action.location} held for {action.to_order}/{action.to_line} no longer"


def _taken(uow: UnitOfWork, action: Reallocate) -> str | None:
    claim = uow.stock.claim_of(action.reference)
    kept = 0 if claim is None else claim.held
    name = f"{action.item} held for {action.to_order}/{action.to_line}"
    return None if kept == action.quantity else f"{action.quantity - kept} of the {action.quantity} {name} are gone"


def _reallocate_change(action: Reallocate) -> Change:
    return change(
        "reservation (new)",
        action.reference,
        line=f"{action.to_order}/{action.to_line}",
        item=action.item,
        quantity=str(action.quantity),
        origin=action.location,
    )


REALLOCATE: Doing[Reallocate] = Doing(do=_reallocate, undo=_let_go, obstacle=_taken, change=_reallocate_change)
TRANSFER: Doing[Transfer] = Doing(do=_transfer, undo=_bring_back, obstacle=_gone, change=_transfer_change)
