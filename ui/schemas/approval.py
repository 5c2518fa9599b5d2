"""What travels between the API and its clients of approvals in a list."""

from datetime import datetime
from decimal import Decimal

from ui.schemas import Reply


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


class ApprovalList(Reply):
    """Approvals, those that run out first first; `next` is the cursor of the next page."""

    items: tuple[ApprovalHead, ...]
    next: str | None
