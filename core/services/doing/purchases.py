"""Doing and undoing changes of open purchase order lines: split, later, cancelled, at another price."""

from dataclasses import replace
from datetime import timedelta

from core.domain.errors import ConflictError
from core.domain.ids import PurchaseOrderNo, SupplierCode
from core.domain.messages import cancellation_message
from core.domain.plans import AcceptPrice, CancelPurchase, ReschedulePurchase, SplitPurchase
from core.domain.purchasing import DecisionState, PurchaseLine
from core.domain.tasks import Task, TaskKind
from core.domain.users import Role
from core.ports.storage import UnitOfWork
from core.services.doing import buying
from core.services.doing.deed import Change, Deed, Doing, change

_DAYS_TO_TELL = 1


def purchase_line(uow: UnitOfWork, number: PurchaseOrderNo, line: int) -> PurchaseLine:
    """A line of an open purchase order; ConflictError when there is none."""
    for found in uow.purchasing.lines(number):
        if found.line == line:
            return found
    raise ConflictError(f"purchase order {number} has no line {line}")


def _split(deed: Deed, action: SplitPurchase) -> str:
    _resize(deed, action, -action.taken)
    said = buying.BUY.do(deed, action)
    _tell(deed, action.from_order, action.from_supplier, f"send {action.taken} {action.item} less")
    return f"{said}; purchase order {action.from_order}/{action.from_line} is for {action.taken} less"


def _split_back(deed: Deed, action: SplitPurchase) -> str:
    said = buying.BUY.undo(deed, action)
    _resize(deed, action, action.taken)
    _tell(deed, action.from_order, action.from_supplier, f"send {action.taken} {action.item} again", again=True)
    return f"{said}; purchase order {action.from_order}/{action.from_line} is for {action.taken} more again"


def _resize(deed: Deed, action: SplitPurchase, more: int) -> None:
    deed.uow.purchasing.lock(action.from_order)
    line = purchase_line(deed.uow, action.from_order, action.from_line)
    if line.ordered + more <= line.received:
        raise ConflictError(f"{line.received} of purchase order line {line.order}/{line.line} have arrived")
    confirmed = None if line.confirmed is None else line.confirmed + more
    less = replace(line, ordered=line.ordered + more, confirmed=confirmed)
    deed.uow.purchasing.save_lines(action.from_order, [less], why=f"plan of {deed.proposal.case}")


def _split_change(action: SplitPurchase) -> Change:
    return change(
        "purchase order (new, and less on another)",
        action.reference,
        line="1",
        partner=action.supplier,
        item=action.item,
        quantity=str(action.quantity),
        origin=f"{action.from_order}/{action.from_line} less {action.taken}",
        destination=action.location,
        unit_price=str(action.unit_price),
        currency=action.currency,
        new_date=action.arrive_on.isoformat(),
    )


def _later(deed: Deed, action: ReschedulePurchase) -> str:
    uow = deed.uow
    uow.supply.reschedule(action.purchase_order, action.line, old=action.old_due, due=action.new_due)
    _tell(deed, action.purchase_order, action.supplier, f"deliver line {action.line} on {action.new_due}")
    return f"purchase order {action.purchase_order}/{action.line} rescheduled from {action.old_due} to {action.new_due}"


def _sooner_again(deed: Deed, action: ReschedulePurchase) -> str:
    deed.uow.supply.reschedule(action.purchase_order, action.line, old=action.new_due, due=action.old_due)
    _tell(deed, action.purchase_order, action.supplier, f"deliver line {action.line} on {action.old_due}", again=True)
    return f"purchase order {action.purchase_order}/{action.line} due on {action.old_due} again"


def _moved(uow: UnitOfWork, action: ReschedulePurchase) -> str | None:
    line = uow.supply.purchase_line(action.purchase_order, action.line)
    subject = f"purchase order {action.purchase_order}/{action.line}"
    if line.open_quantity == 0:
        return f"{subject} has arrived"
    return f"{subject} is due on {line.due} by now" if line.due != action.new_due else None


def _later_change(action: ReschedulePurchase) -> Change:
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


def _cancel(deed: Deed, action: CancelPurchase) -> str:
    uow = deed.uow
    uow.supply.cancel_purchase_order(action.purchase_order)
    on = uow.company.settings().as_of
    message = cancellation_message(action.purchase_order, supplier=action.supplier, approval=deed.approval.id, on=on)
    uow.outbox.add(message)
    return f"purchase order {action.purchase_order} to {action.supplier} cancelled"


def _no_way_back(deed: Deed, action: CancelPurchase) -> str:
    raise ConflictError(action.way_back)


def _cancel_change(action: CancelPurchase) -> Change:
    return change(
        "purchase order (cancelled)",
        action.purchase_order,
        line=str(action.line),
        partner=action.supplier,
        item=action.item,
        quantity=str(action.quantity),
        old_date=action.due.isoformat(),
    )


def _accept(deed: Deed, action: AcceptPrice) -> str:
    uow = deed.uow
    uow.purchasing.lock(action.purchase_order)
    line = purchase_line(uow, action.purchase_order, action.line)
    for waiting in uow.price_changes.of_order(action.purchase_order):
        if (waiting.line, waiting.state, waiting.new) == (action.line, DecisionState.PENDING, action.new_price):
            comment = f"approved plan of {deed.proposal.case}"
            uow.price_changes.decide(waiting, to=DecisionState.ACCEPTED, by=uow.actor, comment=comment)
    priced = replace(line, unit_price=action.new_price)
    uow.purchasing.save_lines(action.purchase_order, [priced], why=f"approved plan of {deed.proposal.case}")
    return f"purchase order {action.purchase_order}/{action.line} at {action.new_price} instead of {action.old_price}"


def _old_price(deed: Deed, action: AcceptPrice) -> str:
    uow = deed.uow
    uow.purchasing.lock(action.purchase_order)
    line = replace(purchase_line(uow, action.purchase_order, action.line), unit_price=action.old_price)
    uow.purchasing.save_lines(action.purchase_order, [line], why=f"plan of {deed.proposal.case} undone")
    _tell(
        deed,
        action.purchase_order,
        action.supplier,
        f"charge {action.old_price} for line {action.line} after all",
        again=True,
    )
    return f"purchase order {action.purchase_order}/{action.line} at {action.old_price} again"


def _priced(uow: UnitOfWork, action: AcceptPrice) -> str | None:
    line = purchase_line(uow, action.purchase_order, action.line)
    subject = f"purchase order line {action.purchase_order}/{action.line}"
    if line.unit_price != action.new_price:
        return f"{subject} is at {line.unit_price} by now"
    return f"units of {subject} have arrived" if line.open_quantity != action.quantity else None


def _price_change(action: AcceptPrice) -> Change:
    return change(
        "purchase order line (new price)",
        action.purchase_order,
        line=str(action.line),
        partner=action.supplier,
        item=action.item,
        quantity=str(action.quantity),
        unit_price=str(action.new_price),
        currency=action.currency,
    )


def _tell(deed: Deed, order: PurchaseOrderNo, supplier: SupplierCode, what: str, *, again: bool = False) -> None:
    """A buyer tells the supplier: no partner takes such a change as a message yet."""
    mark = "back" if again else "tell"
    deed.uow.tasks.open(
        Task(
            subject=f"{mark} {deed.approval.id} {order}",
            text=f"tell {supplier} about purchase order {order}: {what}",
            kind=TaskKind.QUESTION,
            role=Role.BUYER,
            about=f"purchase:{order}",
            due=deed.uow.company.settings().as_of + timedelta(days=_DAYS_TO_TELL),
            proposal=deed.proposal.id,
        )
    )


SPLIT: Doing[SplitPurchase] = Doing(do=_split, undo=_split_back, obstacle=buying.BUY.obstacle, change=_split_change)
RESCHEDULE: Doing[ReschedulePurchase] = Doing(do=_later, undo=_sooner_again, obstacle=_moved, change=_later_change)
CANCEL: Doing[CancelPurchase] = Doing(
    do=_cancel, undo=_no_way_back, obstacle=lambda uow, action: action.way_back, change=_cancel_change
)
ACCEPT_PRICE: Doing[AcceptPrice] = Doing(do=_accept, undo=_old_price, obstacle=_priced, change=_price_change)
