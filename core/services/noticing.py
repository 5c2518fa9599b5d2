"""What customers are told when a plan moves their promises: one message a customer, from facts only."""

from datetime import date

from core.domain.approval import Approval
from core.domain.ids import ApprovalId, CustomerCode
from core.domain.parties import Customer
from core.domain.plans import Plan, RePromise
from core.domain.proposals import MessageKind, OutboxMessage
from core.ports.storage import UnitOfWork
from core.services.tasks import ask_person


def notices(uow: UnitOfWork, approval: Approval, plan: Plan) -> tuple[OutboxMessage, ...]:
    """A message for each customer with a moved promise and an address on file, by customer."""
    moved: dict[CustomerCode, list[RePromise]] = {}
    for action in plan.actions:
        if isinstance(action, RePromise):
            moved.setdefault(uow.orders.order(action.order).customer, []).append(action)
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


def _notice(uow: UnitOfWork, approval: ApprovalId, customer: Customer, moved: list[RePromise]) -> OutboxMessage:
    lines = "\n".join(
        f"  order {action.order} line {action.line}: {action.new} instead of {action.old}"
        for action in sorted(moved, key=lambda action: (action.order, action.line))
    )
    return _message(
        customer,
        key=f"{approval}:notice:{customer.code}",
        subject="Your delivery dates have changed",
        body=f"Dear {customer.name},\n\nwe are sorry: a delivery to you will come later than promised."
        f"\n\n{lines}\n\n{uow.company.settings().name}\n",
        approval=approval,
    )


def _message(customer: Customer, *, key: str, subject: str, body: str, approval: ApprovalId) -> OutboxMessage:
    return OutboxMessage(
        key=key,
        partner="mail",
        kind=MessageKind.CUSTOMER_NOTICE,
        approval=approval,
        payload={
            "reference": key,
            "customer": customer.code,
            "recipient": customer.email,
            "subject": subject,
            "body": body,
        },
    )
