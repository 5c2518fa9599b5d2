"""Doing and undoing actions on sales order lines."""

from core.domain.orders import PromiseRecord
from core.domain.plans import RePromise
from core.ports.storage import UnitOfWork
from core.services.doing.deed import Change, Deed, Doing, change


def _promise(deed: Deed, action: RePromise) -> str:
    deed.uow.orders.promise(
        PromiseRecord(
            order=action.order,
            line=action.line,
            old=action.old,
            new=action.new,
            reason=f"approved plan of {deed.proposal.case}",
            proposal=deed.proposal.id,
        )
    )
    return f"order line {action.order}/{action.line} promised for {action.new} instead of {action.old}"


def _promise_back(deed: Deed, action: RePromise) -> str:
    deed.uow.orders.promise(
        PromiseRecord(
            order=action.order,
            line=action.line,
            old=action.new,
            new=action.old,
            reason=f"plan of {deed.proposal.case} undone",
            proposal=deed.proposal.id,
        )
    )
    return f"order line {action.order}/{action.line} promised for {action.old} again"


def _overtaken(uow: UnitOfWork, action: RePromise) -> str | None:
    sold = uow.orders.line(action.order, action.line)
    subject = f"order line {action.order}/{action.line}"
    if sold.open_quantity == 0:
        return f"{subject} has shipped"
    return f"{subject} is promised for {sold.due} by now" if sold.due != action.new else None


def _promise_change(action: RePromise) -> Change:
    return change(
        "sales order line (new promise)",
        action.order,
        line=str(action.line),
        quantity=str(action.quantity),
        old_date=action.old.isoformat(),
        new_date=action.new.isoformat(),
    )


RE_PROMISE: Doing[RePromise] = Doing(do=_promise, undo=_promise_back, obstacle=_overtaken, change=_promise_change)
