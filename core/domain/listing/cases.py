"""Lists of cases, their options, proposals and approvals."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from core.domain.approval import ApprovalState
from core.domain.cases import CaseState, ExceptionType
from core.domain.ids import (
    ApprovalId,
    CaseId,
    CustomerCode,
    InquiryId,
    ItemCode,
    NegotiationId,
    OptionId,
    ProposalId,
    UserName,
)
from core.domain.options import Option


class CaseSort(StrEnum):
    """What cases may be sorted by: their number, the day the first way out is lost, the money at stake, the day they
    were opened. The order of the queue is made of several of these, by the day it is: core.domain.queueing."""

    NUMBER = "number"
    DEADLINE = "deadline"
    EXPOSURE = "exposure"
    OPENED = "opened"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFilter:
    """Which cases are wanted; `active` True those somebody still has to see to, `customer` one it hurts."""

    state: CaseState | None = None
    active: bool | None = None
    type: ExceptionType | None = None
    owner: UserName | None = None
    item: ItemCode | None = None
    location: str | None = None
    customer: CustomerCode | None = None
    deadline_after: date | None = None
    deadline_before: date | None = None
    exposure_at_least: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedCase:
    """A case with the sums of what it hurts; `verdict` is what to do first about it, where that was said."""

    id: CaseId
    type: ExceptionType
    title: str
    state: CaseState
    item: ItemCode
    location: str
    lacking: int
    needed_by: date
    lines: int
    best_tier: int
    exposure: Decimal
    deadline: date | None
    opened_on: date
    owner: UserName | None
    snoozed_until: date | None
    planning_round: int
    verdict: str | None


class OptionSort(StrEnum):
    """Options come by their letter within a planning round."""

    LETTER = "letter"


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionFilter:
    """Which options are wanted."""

    case: CaseId | None = None
    planning_round: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedOption:
    """An option, and the planning round of a case it is of."""

    case: CaseId
    planning_round: int
    option: Option


class ProposalSort(StrEnum):
    """What proposals may be sorted by: when they were put forward, the money they commit."""

    PROPOSED = "proposed"
    MONEY = "money"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalFilter:
    """Which proposals are wanted."""

    case: CaseId | None = None
    proposer: UserName | None = None
    tier: int | None = None
    proposed_since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedProposal:
    """A proposal: a plan's option, a letter to a supplier or a mandate to negotiate, and the money it commits."""

    id: ProposalId
    case: CaseId
    option: OptionId | None
    inquiry: InquiryId | None
    negotiation: NegotiationId | None
    plan_hash: str
    tier: int
    money: Decimal
    proposed_by: UserName
    created_at: datetime
    approval: ApprovalId | None
    state: ApprovalState | None


class ApprovalSort(StrEnum):
    """What approvals may be sorted by: when they run out, when they were asked for, the money at stake."""

    EXPIRES = "expires"
    ASKED = "asked"
    MONEY = "money"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalFilter:
    """Which approvals of plans are wanted."""

    state: ApprovalState | None = None
    case: CaseId | None = None
    proposer: UserName | None = None
    tier: int | None = None
    expires_before: datetime | None = None
