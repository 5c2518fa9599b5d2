"""What `expediter approve`, `reject` and `undo` did, as JSON values."""

from dataclasses import dataclass, field
from pathlib import Path

from core.domain.approval import Approval
from core.domain.errors import DomainError
from core.domain.ids import ApprovalId
from core.domain.options import Forecast, Verification
from core.domain.proposals import OutboxMessage
from core.ports.storage import UnitOfWork


@dataclass(slots=True)
class Came:
    """What came of decisions, as far as the books do not say it: where change lists were written, what failed, and
    which other plans can no longer be done."""

    lists: dict[ApprovalId, Path] = field(default_factory=dict)
    failed: dict[ApprovalId, DomainError] = field(default_factory=dict)
    stale: list[ApprovalId] = field(default_factory=list)


def decided_json(uow: UnitOfWork, approvals: list[ApprovalId], came: Came) -> dict[str, object]:
    """How each of these stands now, and what else came of it."""
    decided: list[dict[str, object]] = []
    for one in approvals:
        written, error = came.lists.get(one), came.failed.get(one)
        beside = {
            "change_list": str(written) if written else None,
            "failed": {"code": error.code, "message": error.message} if error else None,
        }
        decided.append(approval_json(uow, uow.approvals.get(one)) | beside)
    return {"decided": decided, "stale": came.stale}


def approval_json(uow: UnitOfWork, approval: Approval) -> dict[str, object]:
    """An approval as it stands: how many agreed, what was done, and what was found beside what had been predicted."""
    effect = uow.effects.get(approval.id)
    return {
        "approval": approval.id,
        "case": approval.case,
        "case_state": uow.cases.get(approval.case).state.value,
        "letter": approval.inquiry,
        "negotiation": approval.negotiation,
        "state": approval.state.value,
        "plan_hash": approval.plan_hash,
        "approvals_given": len(approval.approvers),
        "approvals_needed": approval.approvals_needed,
        "roles": [role.value for role in approval.roles],
        "done": list(effect.result) if effect else [],
        "messages": [_message(one) for one in uow.outbox.of_approval(approval.id)],
        "verification": _verification(effect.verification) if effect and effect.verification else None,
    }


def _message(message: OutboxMessage) -> dict[str, object]:
    return {"kind": message.kind.value, "partner": message.partner, "state": message.state.value}


def _verification(found: Verification) -> dict[str, object]:
    return {
        "verified": found.verified,
        "predicted": _forecast(found.predicted),
        "found": _forecast(found.realised),
        "differences": list(found.differences),
    }


def _forecast(book: Forecast) -> dict[str, object]:
    return {"exposure": book.exposure, "lines_late": book.lines_late, "lines_uncovered": book.lines_uncovered}
