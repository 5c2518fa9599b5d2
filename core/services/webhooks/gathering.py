"""What there is to tell: the links of the audit log noted for webhooks become deliveries to those that may hear."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from core.domain.errors import NotAuthorisedError, NotFoundError
from core.domain.ids import ApprovalId, CaseId, OrderNo, PurchaseOrderNo, UserName
from core.domain.permissions import MAY, Permission
from core.domain.scopes import Scope
from core.domain.webhook_catalogue import events_of
from core.domain.webhook_events import About, Event, Noted
from core.domain.webhooks import Webhook
from core.ports.storage import OpenUnitOfWork, OpenVisitorUnitOfWork, UnitOfWork
from core.services.tasks import ask_person

BATCH = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hearing:
    """A webhook with what it may hear of: what it names itself and its owner sees."""

    webhook: Webhook
    scope: Scope


def gather(open_uow: OpenUnitOfWork, open_visitor: OpenVisitorUnitOfWork, *, by: UserName) -> int:
    """Make the deliveries of what was noted; how many. A webhook whose owner may not manage webhooks any more is
    disabled, and a person is asked."""
    made = 0
    while True:
        with open_uow(by) as uow:
            noted = uow.webhooks.take_noted(limit=BATCH)
            made += _tell(uow, open_visitor, noted, by=by) if noted else 0
        if len(noted) < BATCH:
            return made


def _tell(uow: UnitOfWork, open_visitor: OpenVisitorUnitOfWork, noted: Sequence[Noted], *, by: UserName) -> int:
    hearing = [found for webhook in uow.webhooks.active() if (found := _hearing(uow, webhook)) is not None]
    told = 0
    for event in (event for link in noted for event in events_of(link)):
        for one in hearing:
            if event.topic in one.webhook.topics and _may_hear(open_visitor, one.scope, event, by=by):
                told += uow.webhooks.tell(one.webhook.id, event)
    return told


def _hearing(uow: UnitOfWork, webhook: Webhook) -> _Hearing | None:
    owner = uow.users.get(webhook.owner)
    if owner.active and Permission.WEBHOOKS_MANAGE in MAY[owner.role]:
        return _Hearing(webhook=webhook, scope=owner.scope.within(webhook.scope))
    because = f"{owner.name} may not manage webhooks any more"
    uow.webhooks.disable(webhook.id, because=because)
    ask_person(
        uow, f"webhook {webhook.id}", f"webhook {webhook.id} is disabled: {because}; make another one if it is needed"
    )
    return None


def _may_hear(open_visitor: OpenVisitorUnitOfWork, scope: Scope, event: Event, *, by: UserName) -> bool:
    """Who sees everything hears everything; else the database says, as it does to every visitor with that scope."""
    if scope.whole:
        return True
    with suppress(NotFoundError, NotAuthorisedError), open_visitor(by, scope) as books:
        return _is_seen(books, event)
    return False


def _is_seen(books: UnitOfWork, event: Event) -> bool:
    match event.about:
        case About.ORDER:
            books.orders.order(OrderNo(event.subject))
        case About.SHIPMENT:
            books.shipments.get(event.subject)
        case About.PURCHASE_ORDER:
            books.purchasing.order(PurchaseOrderNo(event.subject))
        case About.CASE:
            books.cases.get(CaseId(event.subject))
        case About.APPROVAL:
            books.approvals.get(ApprovalId(str(event.data["approval"])))
        case About.COMPANY:
            return False
    return True
