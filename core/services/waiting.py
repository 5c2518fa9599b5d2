"""What waits for people: proposals by urgency, those with one cause together, and those that want the same thing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.domain.approval import Approval, ApprovalState
from core.domain.cases import Case
from core.domain.contests import Clash, Offered, clashes, stock_wanted
from core.domain.errors import InvalidValueError, NotFoundError
from core.domain.ids import ApprovalId, CaseId, ItemCode, LocationCode, PurchaseOrderNo
from core.domain.options import Option
from core.domain.proposals import Proposal
from core.ports.storage import UnitOfWork

_PURCHASE = "purchase order "


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """Another proposal that wants the same thing, over what they clash, and what the other loses if this is done."""

    approval: ApprovalId
    case: CaseId
    over: str
    loses: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingPlan:
    """A proposal that waits: for whom, until when, what it would do, what it shares its cause with, and its rivals."""

    approval: Approval
    case: Case
    option: Option
    cause: str
    rivals: tuple[Rival, ...] = ()
    overdue: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseGroup:
    """Proposals of cases with one cause, to be decided together; the sums are over all of them."""

    cause: str
    approvals: tuple[ApprovalId, ...]
    cost: Decimal
    money: Decimal
    exposure: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """All that waits, most urgent first: by the day it must be decided, then by what is at stake."""

    plans: tuple[WaitingPlan, ...]
    groups: tuple[CauseGroup, ...]
    currency: str


def board(uow: UnitOfWork) -> Board:
    """The board as it is now. Nothing is written."""
    proposals = {one.id: uow.proposals.get(one.proposal) for one in uow.approvals.listed(ApprovalState.PENDING)}
    found = _clashes(uow, proposals)
    plans = [_waiting(uow, uow.approvals.get(name), proposal) for name, proposal in proposals.items()]
    by_id = {plan.approval.id: plan for plan in plans}
    told = [_with_rivals(plan, found, by_id) for plan in plans]
    told.sort(key=lambda one: (one.option.deadline, -one.case.detected.exposure, one.approval.id))
    return Board(plans=tuple(told), groups=_groups(told), currency=uow.company.settings().currency)


def rivals_of(uow: UnitOfWork, approval: ApprovalId) -> tuple[Rival, ...]:
    """What else waits and wants the same as this proposal."""
    return next((one.rivals for one in board(uow).plans if one.approval.id == approval), ())


def together(uow: UnitOfWork, approval: ApprovalId) -> tuple[WaitingPlan, ...]:
    """The proposal and those with the same cause, most urgent first; NotFoundError when it does not wait."""
    plans = board(uow).plans
    cause = next((one.cause for one in plans if one.approval.id == approval), None)
    if cause is None:
        raise NotFoundError(f"{approval} does not wait for a decision")
    return tuple(one for one in plans if one.cause == cause)


def check_alike(uow: UnitOfWork, approvals: Sequence[ApprovalId]) -> None:
    """InvalidValueError for one that waits for another cause than the first, NotFoundError where that does not wait."""
    like = {one.approval.id for one in together(uow, approvals[0])}
    others = sorted(set(approvals) - like)
    if others:
        raise InvalidValueError(
            f"{', '.join(others)} does not wait for the same cause as {approvals[0]}; accepted are"
            f" {', '.join(sorted(like))}",
            field="plans",
        )


def _waiting(uow: UnitOfWork, approval: Approval, proposal: Proposal) -> WaitingPlan:
    case = uow.cases.get(approval.case)
    return WaitingPlan(
        approval=approval,
        case=case,
        option=uow.cases.option(proposal.option),
        cause=cause_of(uow, case),
        overdue=uow.now > approval.expires_at,
    )


def cause_of(uow: UnitOfWork, case: Case) -> str:
    """What cases are decided together by: the supplier of a purchase order in trouble, the item that lacks, wherever it
    does, else the root itself."""
    root = case.detected.root
    if root.startswith(_PURCHASE):
        number = PurchaseOrderNo(root.removeprefix(_PURCHASE).removeprefix("line ").partition("/")[0])
        try:
            return f"supplier {uow.purchasing.order(number).supplier}"
        except NotFoundError:
            return root
    return root.partition("@")[0] if root.startswith("item ") else root


def _clashes(uow: UnitOfWork, proposals: Mapping[ApprovalId, Proposal]) -> tuple[Clash, ...]:
    plans = {name: proposal.plan for name, proposal in proposals.items()}
    subjects = sorted({subject for plan in plans.values() for subject in stock_wanted(plan)})
    offers = {
        Offered(supplier=quote.supplier, item=quote.item, units=quote.available_quantity)
        for case in sorted({proposal.case for proposal in proposals.values()})
        for quote in uow.cases.evidence(case).quotes
    }
    order = sorted(offers, key=lambda one: (one.supplier, one.item, one.units))
    return clashes(plans, there={subject: _available(uow, subject) for subject in subjects}, offers=order)


def _available(uow: UnitOfWork, subject: str) -> int:
    item, _, location = subject.rpartition("@")
    return uow.stock.available(ItemCode(item), LocationCode(location))


def _with_rivals(plan: WaitingPlan, found: Sequence[Clash], plans: Mapping[ApprovalId, WaitingPlan]) -> WaitingPlan:
    mine = plan.approval.id
    rivals = [
        _rival(plans[clash.second if clash.first == mine else clash.first], clash.over)
        for clash in found
        if mine in {clash.first, clash.second}
    ]
    return WaitingPlan(
        approval=plan.approval,
        case=plan.case,
        option=plan.option,
        cause=plan.cause,
        rivals=tuple(rivals),
        overdue=plan.overdue,
    )


def _rival(other: WaitingPlan, over: str) -> Rival:
    option = other.option
    saved = option.exposure_before - option.exposure_after
    lines = "1 order line" if option.lines_helped == 1 else f"{option.lines_helped} order lines"
    loses = (
        f"{other.case.id} loses the plan that helps {lines} and takes {saved:,.2f} {option.plan.currency} off what is"
        " at risk; it is planned again"
    )
    return Rival(approval=other.approval.id, case=other.case.id, over=over, loses=loses)


def _groups(plans: Sequence[WaitingPlan]) -> tuple[CauseGroup, ...]:
    by_cause: dict[str, list[WaitingPlan]] = {}
    for plan in plans:
        by_cause.setdefault(plan.cause, []).append(plan)
    return tuple(
        CauseGroup(
            cause=cause,
            approvals=tuple(one.approval.id for one in members),
            cost=sum((one.option.total_cost for one in members), Decimal(0)),
            money=sum((one.approval.money for one in members), Decimal(0)),
            exposure=sum((one.case.detected.exposure for one in members), Decimal(0)),
        )
        for cause, members in by_cause.items()
        if len(members) > 1
    )
