"""The audit log: the chain of one scope, as it is kept."""

from typing import Annotated

from fastapi import APIRouter, Query, Request

from core.domain.permissions import Permission
from ui.api.door import Reach, Visitor, needs
from ui.api.keyed import DoorRoute
from ui.api.paging import Cursor, Limit, cursor_of, key_of
from ui.people_schemas import AuditEntry, AuditTrail

router = APIRouter(prefix="/v1/audit", tags=["audit"], route_class=DoorRoute)
Auditor = Annotated[Visitor, needs(Permission.AUDIT_READ, reach=Reach.WHOLE)]
ScopeName = Annotated[
    str, Query(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$", examples=["order:SO-1042", "case:CASE-17"])
]


@router.get("", operation_id="audit_trail")
def trail(visitor: Auditor, request: Request, scope: ScopeName, limit: Limit = 50, cursor: Cursor = None) -> AuditTrail:
    """Everything that was done to one thing, the oldest first: `order:SO-1042`, `case:CASE-17`, `user:maria`."""
    after = key_of(request, cursor)
    first = int(after[0]) if after and after[0] and after[0].isdigit() else 0
    with visitor.reading() as uow:
        links = uow.audit.trail(scope)
    part = links[first : first + limit]
    more = first + limit < len(links)
    return AuditTrail(
        scope=scope,
        items=tuple(
            AuditEntry(at=at, actor=actor, event=event, subject=subject, facts=facts)
            for at, actor, event, subject, facts in part
        ),
        next=cursor_of(request, [str(first + limit)]) if more else None,
    )
