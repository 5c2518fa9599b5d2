"""The canonical request for a person's word: what is decided on, bound by its hash. Other forms are made of it."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal, assert_never

from pydantic import BaseModel, ConfigDict

from core.domain.approval import Approval
from core.domain.errors import InvariantBrokenError
from core.domain.inquiries import LetterProposal
from core.domain.negotiating.mandates import MandateProposal
from core.domain.options import Option
from core.domain.plan_text import encode_action, plan_hash
from core.domain.plans import Predicate
from core.domain.proposals import Proposal

SCHEMA_VERSION = 1

Word = Literal["approve", "edit", "reject", "respond"]
ActionName = Literal["carry_out_plan", "send_supplier_letter", "open_negotiation"]
Proposed = Proposal | LetterProposal | MandateProposal


class Alternative(BaseModel):
    """Another way out of the same case."""

    model_config = ConfigDict(frozen=True)

    option: str
    letter: str
    title: str
    cost: Decimal
    exposure_after: Decimal
    promises_moved: int


class Condition(BaseModel):
    """What must still hold when it is carried out; it is looked at again then."""

    model_config = ConfigDict(frozen=True)

    fact: str
    subject: str
    operator: str
    value: str


class ApprovalRequest(BaseModel):
    """One thing before people. `args` names the approval, the hash and everything that would be done; `allowed` are the
    words that may be said to it; no word is counted for anybody but the person who is signed in."""

    model_config = ConfigDict(frozen=True)

    schema_version: int = SCHEMA_VERSION
    approval_id: str
    case_id: str
    thread_id: str
    action: ActionName
    args: dict[str, Any]
    action_hash: str
    alternatives: tuple[Alternative, ...]
    preconditions: tuple[Condition, ...]
    tier: int
    policy_rule: str
    required_roles: tuple[str, ...]
    approvals_needed: int
    proposed_by: str
    allowed: tuple[Word, ...]
    description: str
    expires_at: datetime
    on_expiry: Literal["escalate"] = "escalate"

    @property
    def key(self) -> str:
        """What an answer names: the approval and the hash, so that none is taken for another one's."""
        return f"{self.approval_id}:{self.action_hash}"


def request_of(approval: Approval, proposed: Proposed, *, options: Sequence[Option] = ()) -> ApprovalRequest:
    """The request for this approval. InvariantBrokenError where what is stored has another hash than the approval:
    nobody may decide on it then. `options` are the ways out of its case."""
    action, content, hashed = _content(proposed)
    if hashed != approval.plan_hash:
        raise InvariantBrokenError(f"what is stored for approval {approval.id!r} has another hash than the approval")
    plan = proposed.plan if isinstance(proposed, Proposal) else None
    return ApprovalRequest(
        approval_id=approval.id,
        case_id=approval.case,
        thread_id=approval.case,
        action=action,
        args={"approval_id": approval.id, "case_id": approval.case, "plan_hash": approval.plan_hash, **content},
        action_hash=approval.plan_hash,
        alternatives=tuple(_alternative(one) for one in options if plan is not None and one.id != plan.option),
        preconditions=tuple(_condition(one) for one in plan.preconditions) if plan is not None else (),
        tier=approval.tier,
        policy_rule=approval.rule,
        required_roles=tuple(role.value for role in approval.roles),
        approvals_needed=approval.approvals_needed,
        proposed_by=approval.proposed_by,
        allowed=("approve", "edit", "reject", "respond") if plan is not None else ("approve", "reject", "respond"),
        description=_description(approval, proposed),
        expires_at=approval.expires_at,
    )


def _content(proposed: Proposed) -> tuple[ActionName, dict[str, Any], str]:
    match proposed:
        case Proposal():
            actions = [encode_action(action) for action in proposed.plan.actions]
            return "carry_out_plan", {"actions": actions}, plan_hash(proposed.plan)
        case LetterProposal():
            return "send_supplier_letter", {"letter": json.loads(proposed.text)}, _hash(proposed.text)
        case MandateProposal():
            return "open_negotiation", {"mandate": json.loads(proposed.text)}, _hash(proposed.text)
        case _:
            assert_never(proposed)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _alternative(option: Option) -> Alternative:
    return Alternative(
        option=option.id,
        letter=option.letter,
        title=option.title,
        cost=option.total_cost,
        exposure_after=option.exposure_after,
        promises_moved=option.promises_moved,
    )


def _condition(predicate: Predicate) -> Condition:
    return Condition(
        fact=predicate.fact, subject=predicate.subject, operator=predicate.operator.value, value=predicate.value
    )


def _description(approval: Approval, proposed: Proposed) -> str:
    """Sentences made of what the hash is of, then what it costs and who may say yes."""
    lines = [f"{approval.id} of {approval.case}, proposed by {approval.proposed_by}.", ""]
    match proposed:
        case Proposal():
            lines += [f"* {action.sentence}" for action in proposed.plan.actions]
            lines += ["", f"Commits {approval.money:,.2f} {proposed.plan.currency}."]
        case LetterProposal():
            lines.append("* A letter goes to a supplier, exactly as it stands in `letter`.")
        case MandateProposal():
            lines.append("* A negotiation may offer and take what `mandate` allows, and nothing beyond it.")
        case _:
            assert_never(proposed)
    roles = " or ".join(role.value for role in approval.roles)
    people = "person" if approval.approvals_needed == 1 else "people"
    who = f"{approval.approvals_needed} {people} ({roles}), not {approval.proposed_by}"
    lines += [f"Needs {who}; {approval.rule}.", f"Until {approval.expires_at:%Y-%m-%d %H:%M} UTC."]
    return "\n".join(lines)
