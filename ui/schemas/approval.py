"""What travels between the API and its clients of approvals in a list."""

from datetime import date, datetime
from decimal import Decimal

from pydantic import Field

from ui.schemas import DecisionReply, Identifier, PlanHash, Reply, Request, Word


class ApprovalHead(Reply):
    """A plan put before people: whose case, what it commits, who must agree and by when. `why_not` says why the person
    asking may not decide; None means that person may."""

    id: str
    case: str
    state: str
    tier: int
    money: Decimal
    approvals_needed: int
    approvals_given: int
    roles: tuple[str, ...]
    rule: str
    proposed_by: str
    created_at: datetime
    expires_at: datetime
    plan_hash: str
    why_not: str | None


class RivalPlan(Reply):
    """Another plan that waits and wants the same thing, and what it loses if this one is done."""

    approval: str
    case: str
    over: str
    loses: str


class LikePlan(Reply):
    """A plan that waits for the same cause as others: its actions word for word, the hash to decide on, what it commits
    and costs, what is at stake, and until when it can be chosen."""

    head: ApprovalHead
    title: str
    actions: tuple[str, ...]
    cost: Decimal
    exposure: Decimal
    deadline: date
    rivals: tuple[RivalPlan, ...]


class Together(Reply):
    """The plans that wait for one cause, most urgent first, with their sums."""

    cause: str
    currency: str
    items: tuple[LikePlan, ...]
    money: Decimal
    cost: Decimal
    exposure: Decimal


class SeenPlan(Request):
    """A plan as it was displayed."""

    approval: Identifier
    plan_hash: PlanHash


class DecisionsRequest(Word):
    """A person's one word on plans of one cause, each by the hash that was on the screen."""

    plans: tuple[SeenPlan, ...] = Field(min_length=2, max_length=50)


class DecisionsReply(Reply):
    """What the word led to, plan by plan."""

    items: tuple[DecisionReply, ...]


class ApprovalList(Reply):
    """Approvals, those that run out first first; `next` is the cursor of the next page."""

    items: tuple[ApprovalHead, ...]
    next: str | None
