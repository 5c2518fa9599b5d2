"""What travels when cases are listed with all that ended, their options, and what was put forward."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from pydantic import Field, StringConstraints

from core.domain.approval import ApprovalState
from core.domain.cases import CaseState, ExceptionType
from ui.schemas import IDENTIFIER, Reply
from ui.schemas.listing import Code, Filters, ListReply, Told
from ui.values import Day, Moment

CaseNo = Annotated[str, StringConstraints(max_length=24, pattern=r"^CASE-[0-9]{1,15}$")]
Name = Annotated[str, StringConstraints(max_length=100, pattern=IDENTIFIER)]


class CaseQuery(Filters):
    """Which cases are wanted."""

    state: CaseState | None = None
    active: bool | None = Field(default=None, description="Those somebody still has to see to, or the others.")
    type: ExceptionType | None = None
    owner: Name | None = None
    item: Code | None = None
    location: Code | None = None
    customer: Code | None = Field(default=None, description="Cases that hurt this customer.")
    deadline_after: Day | None = None
    deadline_before: Day | None = Field(default=None, description="The first way out is lost on this day or earlier.")
    exposure_at_least: Annotated[Decimal, Field(ge=0, le=10**15, max_digits=17, decimal_places=2)] | None = Field(
        default=None, description="Money at stake, in the company's currency.", examples=["1000.00"]
    )


class CaseRecord(Told):
    """A case, open or not, with the sums of what it hurts."""

    id: str = Field(examples=["CASE-17"])
    type: ExceptionType
    title: str
    state: CaseState
    item: str
    location: str
    lacking: int
    needed_by: date
    lines: int = Field(description="Order lines it hurts.")
    best_tier: int = Field(description="The tier of the customer that matters most; 1 before 2.")
    exposure: Decimal
    deadline: date | None = Field(description="The day the first way out is lost; null: none is known.")
    opened_on: date
    owner: str | None
    snoozed_until: date | None
    planning_round: int
    verdict: str | None = Field(description="What to do first: act now, watch, merge or ignore.")


class CaseRecords(ListReply):
    """Cases."""

    items: tuple[CaseRecord, ...]


class OptionRecord(Reply):
    """A way out of a case."""

    id: str
    case: str
    planning_round: int
    actions: int = Field(description="How many; 0 would be to do nothing at all.")
    cost: Decimal
    currency: str


class OptionRecords(ListReply):
    """Ways out of a case, of all its planning rounds."""

    items: tuple[OptionRecord, ...]


class ProposalQuery(Filters):
    """Which proposals are wanted."""

    case: CaseNo | None = Field(default=None, examples=["CASE-17"])
    proposer: Name | None = None
    tier: Annotated[int, Field(ge=0, le=4)] | None = None
    proposed_since: Moment | None = None


class ProposalRecord(Told):
    """A plan, a letter to a supplier or a mandate to negotiate that was put before people."""

    id: str
    case: str
    option: str | None = Field(description="Of a plan.")
    inquiry: str | None = Field(description="Of a letter.")
    negotiation: str | None = Field(description="Of a mandate.")
    plan_hash: str
    tier: int
    money: Decimal = Field(description="What it commits, in the company's currency.")
    proposed_by: str
    created_at: datetime
    approval: str | None
    state: ApprovalState | None = Field(description="Of its approval.")


class ProposalRecords(ListReply):
    """What was put before people."""

    items: tuple[ProposalRecord, ...]


class ApprovalQuery(Filters):
    """Which approvals of plans are wanted."""

    state: ApprovalState | None = None
    case: CaseNo | None = Field(default=None, examples=["CASE-17"])
    proposer: Name | None = None
    tier: Annotated[int, Field(ge=0, le=4)] | None = None
    expires_before: Moment | None = None
