"""Telling people: notices into the outbox, once each, and out of it to their channels, at most once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from core.domain.approval import ApprovalState
from core.domain.cases import ACTIVE_STATES
from core.domain.ids import ApprovalId, UserName
from core.domain.messages import customer_notice
from core.domain.notices import (
    Morning,
    Subscriptions,
    Told,
    deadline_near,
    digest,
    needs_decision,
    notice_message,
    shipped_words,
)
from core.domain.proposals import MessageState, OutboxMessage
from core.ports.notices import NoticeError, NoticePort
from core.ports.storage import OpenUnitOfWork, UnitOfWork
from core.services.halting import is_halted
from core.services.policies import policy_of
from core.services.scanning import queue
from core.services.tasks import ask_person

DIGEST_HOUR = 6
BATCH = 50
_SHOWN = 10


def tell(uow: UnitOfWork, told: Told, subscriptions: Subscriptions) -> int:
    """Put a notice into the outbox for each channel that wants it and has not had it; for how many."""
    wanted = sorted(channel for channel, events in subscriptions.items() if told.event in events)
    return sum(uow.outbox.offer(notice_message(told, channel)) for channel in wanted)


def tell_needs_decision(uow: UnitOfWork, approval: ApprovalId, subscriptions: Subscriptions) -> int:
    """Tell that an approval waits; nothing once it waits no more."""
    found = uow.approvals.get(approval)
    if found.state is not ApprovalState.PENDING:
        return 0
    title = uow.cases.option(uow.proposals.get(found.proposal).option).title
    return tell(uow, needs_decision(uow.cases.get(found.case), found, title=title), subscriptions)


def tell_deadlines(uow: UnitOfWork, subscriptions: Subscriptions) -> int:
    """Tell of the approvals that run out soon: as many hours before as the policy has others asked, too."""
    last = uow.now + timedelta(hours=policy_of(uow).escalate_hours)
    near = [a for a in uow.approvals.listed(ApprovalState.PENDING) if uow.now <= a.expires_at <= last]
    titles = [uow.cases.option(uow.proposals.get(a.proposal).option).title for a in near]
    return sum(tell(uow, deadline_near(a, title=t), subscriptions) for a, t in zip(near, titles, strict=True))


def tell_digest(uow: UnitOfWork, subscriptions: Subscriptions) -> int:
    """Tell the digest, from six in the morning in the company's time zone, once a day."""
    settings = uow.company.settings()
    here: datetime = uow.now.astimezone(ZoneInfo(settings.time_zone))
    return tell(uow, digest(morning_of(uow)), subscriptions) if here.hour == DIGEST_HOUR else 0


def morning_of(uow: UnitOfWork) -> Morning:
    """What there is to tell this morning."""
    settings = uow.company.settings()
    cases = [case for case in queue(uow, settings.as_of) if case.state in ACTIVE_STATES]
    waiting = [a for a in uow.approvals.listed(ApprovalState.PENDING) if uow.now <= a.expires_at]
    tasks = uow.tasks.listed()
    return Morning(
        company=settings.name,
        day=uow.now.astimezone(ZoneInfo(settings.time_zone)).date(),
        active=len(cases),
        at_risk=sum((case.detected.exposure for case in cases), start=Decimal(0)),
        currency=settings.currency,
        waiting=_shown([f"{a.id} of {a.case}, {a.money:,.2f}, until {a.expires_at:%H:%M} UTC" for a in waiting]),
        urgent=_shown([f"{case.id}: {case.detected.title}" for case in cases]),
        tasks=_shown([f"{task.subject}: {task.text}" for task in tasks]),
        overdue=sum(task.overdue(settings.as_of) for task in tasks),
    )


def tell_shipped(uow: UnitOfWork, number: str) -> bool:
    """Tell the customer that a shipment left, with what it can be followed by; False where that was told, there is no
    address on file, or the goods make good what was lost."""
    shipment = uow.shipments.get(number)
    customer = uow.company.customer(uow.orders.order(shipment.order).customer)
    if not customer.email or shipment.shipped_on is None:
        return False
    subject, body = shipped_words(shipment, country=customer.country, company=uow.company.settings().name)
    key = f"shipped:{number}"
    return uow.outbox.offer(customer_notice(key, customer.code, recipient=customer.email, subject=subject, body=body))


def dispatch_notices(
    open_uow: OpenUnitOfWork, notices: NoticePort, *, by: UserName, limit: int = BATCH
) -> tuple[OutboxMessage, ...]:
    """Send the notices that wait, each claimed first and settled after. Of one that was claimed before, or that a
    channel did not confirm, nobody knows whether it arrived: it is not sent again, and a person is asked."""
    settled: list[OutboxMessage] = []
    while len(settled) < limit:
        with open_uow(by) as uow:
            if is_halted(uow):
                break
            keys = [message.key for message in settled]
            claimed = uow.outbox.claim_notice(channels=sorted(notices.channels), besides=keys)
        if claimed is None:
            break
        settled.append(_sent(claimed, notices))
        with open_uow(by) as uow:
            uow.outbox.settle(settled[-1])
            if settled[-1].state is MessageState.UNKNOWN:
                ask_person(
                    uow, f"message {claimed.key}", f"nobody knows whether {claimed.partner} had: {_subject(claimed)}"
                )
    return tuple(settled)


def _sent(message: OutboxMessage, notices: NoticePort) -> OutboxMessage:
    if message.attempts:
        answer = {"error": "worker_died", "text": "a worker died while sending it"}
        return replace(message, state=MessageState.UNKNOWN, answer=answer)
    try:
        notices.send(message.partner, subject=_subject(message), body=str(message.payload["body"]))
    except NoticeError as error:
        return replace(message, state=MessageState.UNKNOWN, answer={"error": error.code, "text": error.message})
    return replace(message, state=MessageState.SENT, answer={})


def _subject(message: OutboxMessage) -> str:
    return str(message.payload["subject"])


def _shown(lines: Sequence[str]) -> tuple[str, ...]:
    left = len(lines) - _SHOWN
    return (*lines[:_SHOWN], f"and {left} more") if left > 0 else tuple(lines)
