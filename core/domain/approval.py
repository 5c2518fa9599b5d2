"""Who must approve what: the gate by tier and money, the authority of a person, and the life of an approval."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from core.domain.ids import ApprovalId, CaseId, InquiryId, NegotiationId, ProposalId, UserName
from core.domain.users import Role, User

LONGEST_COMMENT = 2000


class ApprovalState(StrEnum):
    """Terminal states (all but pending and approved) are never left, executed only by an undo."""

    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"
    STALE = "stale"
    EXECUTED = "executed"
    UNDONE = "undone"


class DecisionKind(StrEnum):
    """What a person can say to a proposal."""

    APPROVE = "approve"
    REJECT = "reject"


class Verdict(StrEnum):
    """What the gate says to a plan."""

    ALLOW = "allow"
    NEEDS_APPROVAL = "needs approval"
    DENY = "deny"
    OBSERVE = "observe"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalPolicy:
    """The policy as data: how long a proposal waits, above what money two people are needed, and who may decide."""

    version: str = "2026-1"
    lifetime: timedelta = timedelta(hours=24)
    two_people_above: Decimal = Decimal(10_000)
    roles: tuple[Role, ...] = (Role.PLANNER, Role.BUYER, Role.OPERATIONS_MANAGER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """The verdict on a plan: how many people, of which roles, under which rule.

    `by_rule` names the rows of the autonomy table under which the policy itself may say yes, when the day's sums allow
    it; empty where only people may.
    """

    verdict: Verdict
    approvals_needed: int
    roles: tuple[Role, ...]
    rule: str
    by_rule: str = ""


def gate(*, tier: int, money: Decimal, policy: ApprovalPolicy, roles: tuple[Role, ...] | None = None) -> Gate:
    """The gate of reliability.md section 1: T0 needs nobody, T3 one person, T4 two, T5 never through agents. `roles`
    are those that may decide on this plan, where they are not the policy's."""
    roles = policy.roles if roles is None else roles
    if tier >= 5:
        return Gate(verdict=Verdict.DENY, approvals_needed=0, roles=(), rule="T5 is never done through a proposal")
    if tier == 0:
        return Gate(verdict=Verdict.ALLOW, approvals_needed=0, roles=(), rule="T0 changes nothing")
    if tier == 4 or money > policy.two_people_above:
        return Gate(
            verdict=Verdict.NEEDS_APPROVAL,
            approvals_needed=2,
            roles=roles,
            rule=f"T4: two people (money {money:,.2f}, one person up to {policy.two_people_above:,.2f})",
        )
    return Gate(
        verdict=Verdict.NEEDS_APPROVAL,
        approvals_needed=1,
        roles=roles,
        rule=f"T{tier}: one person up to {policy.two_people_above:,.2f}",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRecord:
    """One person's word on an approval, with the role and limit held at that moment."""

    user: UserName
    role: Role
    kind: DecisionKind
    plan_hash: str
    comment: str
    channel: str
    decided_at: datetime
    reason_code: str = ""
    on_behalf_of: UserName | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """A pending or decided approval, bound to the hash of one plan.

    `edited_by` wanted the plan as it is, and may not approve it either. `by_rule` names the rows of the autonomy table
    under which the policy may say yes itself, `ruled` those under which it did. `inquiry` is the letter to a supplier
    it is of, `negotiation` the one whose mandate it is of, where it is of no plan: then `plan_hash` is the letter's or
    the mandate's, and the case goes on meanwhile.
    """

    id: ApprovalId
    proposal: ProposalId
    case: CaseId
    plan_hash: str
    tier: int
    money: Decimal
    approvals_needed: int
    roles: tuple[Role, ...]
    rule: str
    policy_version: str
    proposed_by: UserName
    state: ApprovalState
    created_at: datetime
    expires_at: datetime
    decisions: tuple[DecisionRecord, ...] = ()
    edited_by: UserName | None = None
    by_rule: str = ""
    ruled: str = ""
    inquiry: InquiryId | None = None
    negotiation: NegotiationId | None = None

    @property
    def of_plan(self) -> bool:
        """Whether it is of a plan, so that its case waits for it."""
        return self.inquiry is None and self.negotiation is None

    @property
    def approvers(self) -> frozenset[UserName]:
        """The distinct people who said yes."""
        return frozenset(d.user for d in self.decisions if d.kind is DecisionKind.APPROVE)

    @property
    def enough(self) -> bool:
        """Whether as many distinct people as needed have said yes."""
        return len(self.approvers) >= self.approvals_needed

    def run_out(self, now: datetime) -> bool:
        """Whether it waits for decisions although its time has passed."""
        return self.state is ApprovalState.PENDING and now > self.expires_at


def why_not(user: User, approval: Approval) -> str | None:
    """Why this person may not decide this approval, None when the person may."""
    if not user.is_person:
        return f"{user.name!r} is a program ({user.role}); only people decide"
    if not user.active:
        return f"{user.name!r} is no longer active"
    if user.name == approval.proposed_by:
        return f"{user.name!r} proposed this plan and may not approve it"
    if user.name == approval.edited_by:
        return f"{user.name!r} wanted this plan as it is and may not approve it"
    if user.role not in approval.roles:
        return f"role {user.role.value!r} may not decide; {_listed(approval.roles)} may"
    if user.limit is not None and approval.money > user.limit:
        return f"the plan commits {approval.money:,.2f}, the limit of {user.name!r} is {user.limit:,.2f}"
    return None


def _listed(roles: tuple[Role, ...]) -> str:
    return " or ".join(role.value for role in roles)
