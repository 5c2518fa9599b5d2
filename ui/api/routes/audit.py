"""The audit log: everything that was done, by the chain of the thing it was done to."""

from typing import Annotated

from fastapi import APIRouter, Query

from core.domain.listing.records import AuditFilter, AuditSort, ListedLink
from core.domain.permissions import Permission
from core.services.checking import AUDIT_CHAINS, check_one
from ui.api.door import Reach, Visitor, needs
from ui.api.keyed import DoorRoute
from ui.api.listing import Asked, filtered, pages
from ui.schemas.people import AuditEntry, AuditProof, AuditQuery, AuditTrail

router = APIRouter(prefix="/v1/audit", tags=["audit"], route_class=DoorRoute)
Auditor = Annotated[Visitor, needs(Permission.AUDIT_READ, reach=Reach.WHOLE)]


@router.get("", operation_id="audit_trail")
def trail(
    visitor: Auditor,
    wanted: Annotated[AuditQuery, Query()],
    asked: Annotated[Asked[AuditSort], pages(AuditSort, AuditSort.RECORDED)],
) -> AuditTrail:
    """What was done, the oldest first; to one thing with `scope`: `order:SO-1042`, `case:CASE-17`, `user:maria`."""
    with visitor.reading() as uow:
        page = uow.lists.links(filtered(AuditFilter, wanted), asked.reading)
    return AuditTrail(items=tuple(map(_entry, page.items)), next=asked.next(page.next))


@router.get("/verification", operation_id="verify_audit")
def verify(visitor: Auditor) -> AuditProof:
    """Hash every chain again from its first link to its last. Long for large books."""
    with visitor.reading() as uow:
        broken = check_one(uow, AUDIT_CHAINS).broken
    return AuditProof(whole=not broken, broken=broken)


def _entry(link: ListedLink) -> AuditEntry:
    return AuditEntry(
        scope=link.scope,
        sequence=link.sequence,
        at=link.recorded_at,
        actor=link.actor,
        event=link.event,
        subject=link.subject,
        facts=link.facts,
        previous=link.previous,
        hash=link.hash,
    )
