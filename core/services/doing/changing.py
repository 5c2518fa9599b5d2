"""Doing and undoing changes of orders that customers asked for, and the answers they get."""

from core.domain.amendments import BEFORE_PICKING
from core.domain.errors import (
    ConflictError,
    IllegalTransitionError,
    InvalidValueError,
    NotAuthorisedError,
    ProposalStaleError,
)
from core.domain.order_life import OrderState
from core.domain.plans import AnswerChange, ApplyChange
from core.domain.users import User
from core.ports.storage import UnitOfWork
from core.services.asked_changes import amendment_of, change_of, value_now
from core.services.doing.deed import Change, Deed, Doing, change
from core.services.fulfilment.underway import being_sent
from core.services.noticing import notice_of_answer, notice_of_open_question
from core.services.ordering.amending import AmendOrder, amend_as, may_agree
from core.services.ordering.previewing import preview_amendment
from core.services.tasks import ask_person

_REFUSALS = (NotAuthorisedError, InvalidValueError, IllegalTransitionError, ProposalStaleError)


def _apply(deed: Deed, action: ApplyChange) -> str:
    words = _amend(deed, action, action.after, mark="apply", expected=action.words)
    return f"{action.subject} changed as asked in {action.signal}: {words}"


def _change_back(deed: Deed, action: ApplyChange) -> str:
    words = _amend(deed, action, action.before, mark="back", expected=None)
    return f"{action.subject} changed back: {words}"


def _amend(deed: Deed, action: ApplyChange, value: str, *, mark: str, expected: str | None) -> str:
    """In the name of an approver who may agree to it; ConflictError where it would now do something else."""
    uow, signal = deed.uow, deed.uow.signals.get(action.signal)
    why = signal.text if expected is not None else f"plan of {deed.proposal.case} undone"
    amendment = amendment_of(action.order, (change_of(action, value),), why)
    try:
        preview = preview_amendment(uow, amendment)
        words = "; ".join(one.words for one in preview.consequences)
        if expected is not None and words != expected:
            raise ConflictError(f"the change of {action.subject} would now do something else: {words}")
        command = AmendOrder(
            key=f"{deed.approval.id}:{mark} {action.signal}/{action.line}",
            amendment=amendment,
            version=preview.version,
            preview_digest=preview.digest,
        )
        amend_as(uow, command, _person(deed, frozen=preview.needs_person))
    except _REFUSALS as error:
        raise ConflictError(f"{action.subject} cannot be changed: {error.message}") from error
    return words


def _person(deed: Deed, *, frozen: bool) -> User:
    """Of those who approved, one who may agree to a change inside the freeze fence where it is there."""
    people = [deed.uow.users.get(name) for name in sorted(deed.approval.approvers)]
    return next((person for person in people if may_agree(person)), people[0]) if frozen else people[0]


def _changed_since(uow: UnitOfWork, action: ApplyChange) -> str | None:
    if action.way_back.startswith("cannot be undone"):
        return action.way_back
    now = value_now(uow, action)
    if now != action.after:
        return f"the {action.change} of {action.subject} is {now} by now"
    if action.line:
        line = uow.orders.line(action.order, action.line)
        if line.state not in BEFORE_PICKING:
            return f"{action.subject} is {line.state.value}"
        if shipment := being_sent(uow, action.order).get(action.line):
            return f"{action.subject} is in shipment {shipment}"
    return _past(uow, action)


def _past(uow: UnitOfWork, action: ApplyChange) -> str | None:
    gone = action.change == "date" and action.before < uow.company.settings().as_of.isoformat()
    cancelled = uow.orders.order(action.order).state is OrderState.CANCELLED
    if gone:
        return f"{action.subject} was requested for {action.before}, which has passed"
    return f"order {action.order} is cancelled" if cancelled else None


def _apply_change(action: ApplyChange) -> Change:
    return change(
        f"sales order ({action.change} as asked)",
        action.order,
        line=str(action.line) if action.line else "",
        item=action.item,
        quantity=action.after if action.change == "quantity" else "",
        destination=action.after if action.change == "address" else "",
        old_date=action.before if action.change == "date" else "",
        new_date=action.after if action.change == "date" else "",
    )


def _answer(deed: Deed, action: AnswerChange) -> str:
    uow = deed.uow
    uow.signals.settle(action.signal, outcome=f"{action.answer} by approval {deed.approval.id}")
    customer = uow.company.customer(uow.orders.order(action.order).customer)
    if customer.email:
        uow.outbox.add(notice_of_answer(uow, deed.approval.id, customer, action))
    else:
        text = f"customer {customer.code} has no e-mail address on file; tell them that {action.signal} is"
        ask_person(uow, f"answer {deed.approval.id} {customer.code}", f"{text} {action.answer}")
    return f"{action.signal} {action.answer}, customer {customer.code} is told"


def _take_answer_back(deed: Deed, action: AnswerChange) -> str:
    uow = deed.uow
    uow.signals.reopen(action.signal, why=f"plan of {deed.proposal.case} undone")
    customer = uow.company.customer(uow.orders.order(action.order).customer)
    if customer.email and not uow.outbox.withdraw(f"{deed.approval.id}:answer:{action.signal}"):
        uow.outbox.add(notice_of_open_question(uow, deed.approval.id, customer, action))
    return f"{action.signal} is open again"


def _open_again(uow: UnitOfWork, action: AnswerChange) -> str | None:
    return None if uow.signals.get(action.signal).settled else f"{action.signal} is open already"


APPLY: Doing[ApplyChange] = Doing(do=_apply, undo=_change_back, obstacle=_changed_since, change=_apply_change)
ANSWER: Doing[AnswerChange] = Doing(
    do=_answer, undo=_take_answer_back, obstacle=_open_again, change=lambda action: None
)
