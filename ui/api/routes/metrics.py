"""Figures for monitoring."""

from collections import Counter
from typing import Annotated

from fastapi import APIRouter, Request, Response

from core.domain.approval import ApprovalState
from core.domain.cases import ACTIVE_STATES
from core.domain.permissions import Permission
from core.ports.storage import UnitOfWork
from core.services.halting import is_halted
from ui.api.door import Reach, Visitor, needs
from ui.api.keyed import DoorRoute
from ui.api.metrics import CONTENT_TYPE, Metrics

router = APIRouter(tags=["health"], route_class=DoorRoute)
Operator = Annotated[Visitor, needs(Permission.OPERATIONS_READ, reach=Reach.WHOLE)]


@router.get(
    "/metrics",
    operation_id="metrics",
    response_class=Response,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}, "description": "Figures as text"}},
)
def metrics(visitor: Operator, request: Request) -> Response:
    """Requests of this process, open cases, what waits for people, jobs, and whether everything is halted."""
    kept = request.app.state.metrics
    assert isinstance(kept, Metrics)
    with visitor.reading() as uow:
        standing = _standing(uow)
    return Response(kept.text(standing), media_type=CONTENT_TYPE)


def _standing(uow: UnitOfWork) -> dict[str, dict[str, float]]:
    cases = Counter(case.state.value for case in uow.cases.all() if case.state in ACTIVE_STATES)
    approvals = Counter(one.state.value for one in uow.approvals.listed(ApprovalState.PENDING, ApprovalState.APPROVED))
    last = uow.cases.last_scan()
    return {
        "open_cases": {state: float(count) for state, count in cases.items()},
        "approvals": {state: float(count) for state, count in approvals.items()},
        "jobs": {state.value: float(count) for state, count in uow.jobs.counts().items()},
        "halted": {"everything": float(is_halted(uow) is not None)},
        "scan_age_seconds": {} if last is None else {"last": (uow.now - last[2]).total_seconds()},
    }
