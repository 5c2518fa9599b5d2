"""What customers are told when a plan moves their promises: one message a customer, from facts only."""

from datetime import date

from core.domain.approval import Approval
from core.domain.ids import ApprovalId, CustomerCode
from core.domain.messages import customer_notice
from core.domain.parties import Customer
from core.domain.plans import Action, AnswerChange, Plan, RePromise, SplitLine, Substitute
from core.domain.proposals import OutboxMessage
from core.ports.storage import UnitOfWork
from core.services.tasks import ask_person

Told = RePromise | SplitLine | Substitute


def notices(uow: UnitOfWork, approval: Approval, plan: Plan) -> tuple[OutboxMessage, ...]:
    """A message for each customer with a moved promise and an address on file, by customer."""
    moved: dict[CustomerCode, list[Told]] = {}
    for action in plan.actions:
        if (one := told(action)) is not None:
            moved.setdefault(uow.orders.order(one.order).customer, []).append(one)
    found: list[OutboxMessage] = []
    for code in sorted(moved):
        customer = uow.company.customer(code)
        if customer.email:
            found.append(_notice(uow, approval.id, customer, moved[code]))
        else:
            ask_person(
                uow,
                f"notice {approval.id} {code}",
                f"customer {code} has no e-mail address on file; tell them yourself",
            )
    return tuple(found)


def notice_of_return(
    uow: UnitOfWork, approval: ApprovalId, customer: Customer, dates: list[tuple[str, date]]
) -> OutboxMessage:
    """The message that says that earlier dates hold again."""
    lines = "\n".join(f"  {line}: {day}" for line, day in dates)
    return _message(
        customer,
        key=f"{approval}:return:{customer.code}",
        subject="Your delivery dates: the earlier dates hold again",
        body=f"Dear {customer.name},\n\nplease disregard our last notice. These dates hold again:\n{lines}\n\n"
        f"{uow.company.settings().name}\n",
        approval=approval,
    )


def notice_of_answer(uow: UnitOfWork, approval: ApprovalId, customer: Customer, answer: AnswerChange) -> OutboxMessage:
    """The message that says what came of a change the customer asked for."""
    return _message(
        customer,
        key=f"{approval}:answer:{answer.signal}",
        subject=f"Your order {answer.order}: your change is {answer.answer}",
        body=f"Dear {customer.name},\n\nyou asked for a change of order {answer.order}:\n  {answer.text}\n\n"
        f"It is {answer.answer}.\n\n{uow.company.settings().name}\n",
        approval=approval,
    )


def notice_of_open_question(
    uow: UnitOfWork, approval: ApprovalId, customer: Customer, answer: AnswerChange
) -> OutboxMessage:
    """The message that says that an answer does not hold any more."""
    return _message(
        customer,
        key=f"{approval}:open:{answer.signal}",
        subject=f"Your order {answer.order}: your change is looked at again",
        body=f"Dear {customer.name},\n\nplease disregard our last notice about order {answer.order}. What you asked for"
        f" is looked at again:\n  {answer.text}\n\n{uow.company.settings().name}\n",
        approval=approval,
    )


def told(action: Action) -> Told | None:
    """The action where customers are told of it, else None."""
    return action if isinstance(action, RePromise | SplitLine | Substitute) else None


def _opening(moved: list[Told]) -> str:
    if any(isinstance(action, Substitute) for action in moved):
        return "we send you another item that does the same work."
    return "we are sorry: a delivery to you will come later than promised."


def _said(action: Told) -> str:
    match action:
        case RePromise():
            return f"{action.new} instead of {action.old}"
        case SplitLine():
            return (
                f"{action.now_quantity} on {action.now_on}, the other {action.rest_quantity} on {action.new} instead of"
                f" {action.old}"
            )
        case Substitute():
            return f"{action.new_quantity} {action.alternate} instead of {action.quantity} {action.item}, as agreed"


def _notice(uow: UnitOfWork, approval: ApprovalId, customer: Customer, moved: list[Told]) -> OutboxMessage:
    lines = "\n".join(
        f"  order {action.order} line {action.line}: {_said(action)}"
        for action in sorted(moved, key=lambda action: (action.order, action.line))
    )
    return _message(
        customer,
        key=f"{approval}:notice:{customer.code}",
        subject="Your delivery dates have changed",
        body=f"Dear {customer.name},\n\n{_opening(moved)}\n\n{lines}\n\n{uow.company.settings().name}\n",
        approval=approval,
    )


def _message(customer: Customer, *, key: str, subject: str, body: str, approval: ApprovalId) -> OutboxMessage:
    return customer_notice(key, customer.code, recipient=customer.email, subject=subject, body=body, approval=approval)
