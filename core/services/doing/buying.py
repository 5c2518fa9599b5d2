"""Doing and undoing actions on purchase orders."""

from core.domain.messages import (
    cancellation_message,
    expedite_message,
    expedite_reference,
    order_message,
)
from core.domain.orders import PurchaseOrder, PurchaseOrderLine
from core.domain.plans import Buy, Expedite
from core.ports.storage import UnitOfWork
from core.services.doing.deed import Change, Deed, Doing, change


def _expedite(deed: Deed, action: Expedite) -> str:
    uow = deed.uow
    uow.supply.reschedule(action.purchase_order, action.line, old=action.old_due, due=action.new_due)
    settings = uow.company.settings()
    uow.outbox.add(expedite_message(action, approval=deed.approval.id, on=settings.as_of, currency=settings.currency))
    return f"purchase order {action.purchase_order}/{action.line} expedited from {action.old_due} to {action.new_due}"


def _slow_down(deed: Deed, action: Expedite) -> str:
    uow, approval = deed.uow, deed.approval.id
    uow.supply.reschedule(action.purchase_order, action.line, old=action.new_due, due=action.old_due)
    reference = expedite_reference(approval, action)
    if not uow.outbox.withdraw(f"{approval}:{reference}"):
        on = uow.company.settings().as_of
        uow.outbox.add(cancellation_message(reference, supplier=action.supplier, approval=approval, on=on))
    return f"purchase order {action.purchase_order}/{action.line} due on {action.old_due} again"


def _expedited_already(uow: UnitOfWork, action: Expedite) -> str | None:
    line = uow.supply.purchase_line(action.purchase_order, action.line)
    subject = f"purchase order {action.purchase_order}/{action.line}"
    if line.open_quantity == 0:
        return f"{subject} has arrived"
    return f"{subject} is due on {line.due} by now" if line.due != action.new_due else None


def _expedite_change(action: Expedite) -> Change:
    return change(
        "purchase order line (new date)",
        action.purchase_order,
        line=str(action.line),
        partner=action.supplier,
        item=action.item,
        quantity=str(action.quantity),
        old_date=action.old_due.isoformat(),
        new_date=action.new_due.isoformat(),
    )


def _buy(deed: Deed, action: Buy) -> str:
    as_of = deed.uow.company.settings().as_of
    order = PurchaseOrder(number=action.reference, supplier=action.supplier, order_date=as_of, currency=action.currency)
    line = PurchaseOrderLine(
        order=action.reference,
        line=1,
        item=action.item,
        location=action.location,
        ordered=action.quantity,
        unit_price=action.unit_price,
        due=action.arrive_on,
    )
    deed.uow.supply.add_purchase_order(order, line, proposal=deed.proposal.id)
    deed.uow.outbox.add(order_message(action, approval=deed.approval.id, on=as_of))
    return (
        f"purchase order {action.reference} to {action.supplier}: {action.quantity} {action.item},"
        f" there on {action.arrive_on}"
    )


def _cancel(deed: Deed, action: Buy) -> str:
    uow, approval = deed.uow, deed.approval.id
    uow.supply.cancel_purchase_order(action.reference)
    if not uow.outbox.withdraw(f"{approval}:{action.reference}"):
        on = uow.company.settings().as_of
        uow.outbox.add(cancellation_message(action.reference, supplier=action.supplier, approval=approval, on=on))
    return f"purchase order {action.reference} to {action.supplier} cancelled"


def _arrived(uow: UnitOfWork, action: Buy) -> str | None:
    line = uow.supply.purchase_line(action.reference, 1)
    return f"{line.received} of purchase order {action.reference} have arrived" if line.received else None


def _buy_change(action: Buy) -> Change:
    return change(
        "purchase order (new)",
        action.reference,
        line="1",
        partner=action.supplier,
        item=action.item,
        quantity=str(action.quantity),
        destination=action.location,
        unit_price=str(action.unit_price),
        currency=action.currency,
        new_date=action.arrive_on.isoformat(),
    )


EXPEDITE: Doing[Expedite] = Doing(do=_expedite, undo=_slow_down, obstacle=_expedited_already, change=_expedite_change)
BUY: Doing[Buy] = Doing(do=_buy, undo=_cancel, obstacle=_arrived, change=_buy_change)
