"""Lists of cases, their options, proposals and approvals."""

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from sqlalchemy import ColumnElement, Text, func, select, true, type_coerce
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session, defer

from core.db.rows import ApprovalRow, CaseOptionRow, CaseRow, CaseTriageRow, ProposalRow
from core.db.stores.approvals import APPROVALS, OF_PLANS, approvals_of
from core.db.stores.case_numbers import case_id, case_number
from core.db.stores.cases import option_of
from core.db.stores.inquiry_numbers import inquiry_id
from core.db.stores.listing.filtering import least, same, within
from core.db.stores.listing.keyset import Along, along, code, ordered, perhaps, read_page
from core.db.stores.negotiation_numbers import negotiation_id
from core.domain.approval import Approval, ApprovalState
from core.domain.cases import ACTIVE_STATES, CaseState, ExceptionType
from core.domain.ids import ApprovalId, ItemCode, OptionId, ProposalId, UserName
from core.domain.listing.cases import (
    ApprovalFilter,
    ApprovalSort,
    CaseFilter,
    CaseSort,
    ListedCase,
    ListedOption,
    ListedProposal,
    OptionFilter,
    OptionSort,
    ProposalFilter,
    ProposalSort,
)
from core.domain.listing.paging import Page, Reading

_CASE, _OPTION, _PROPOSAL, _APPROVAL = CaseRow, CaseOptionRow, ProposalRow, ApprovalRow
_TYPE = type_coerce(_CASE.detected["type"].astext, Text)
_ITEM = type_coerce(_CASE.detected["item"].astext, Text)
_PLACE = type_coerce(_CASE.detected["location"].astext, Text)
# What a list shows of what was detected, without the lines.
_SHOWN = ("type", "title", "item", "location", "lacking", "needed_by", "best_tier")
_ABOUT = cast(
    ColumnElement[dict[str, Any]],
    func.jsonb_build_object(
        *(part for name in _SHOWN for part in (name, _CASE.detected[name])),
        "lines",
        func.jsonb_array_length(_CASE.detected["impacts"]),
        type_=JSONB,
    ),
)
_CASES: Mapping[CaseSort, tuple[Along, ...]] = {
    CaseSort.NUMBER: (),
    CaseSort.DEADLINE: (perhaps(_CASE.deadline),),
    CaseSort.EXPOSURE: along(_CASE.exposure),
    CaseSort.OPENED: along(_CASE.opened_on),
}
_OPTIONS: Mapping[OptionSort, tuple[Along, ...]] = {OptionSort.LETTER: along(_OPTION.case_id, _OPTION.planning_round)}
_PROPOSALS: Mapping[ProposalSort, tuple[Along, ...]] = {
    ProposalSort.PROPOSED: along(_PROPOSAL.created_at),
    ProposalSort.MONEY: along(_PROPOSAL.money),
}
_APPROVALS: Mapping[ApprovalSort, tuple[Along, ...]] = {
    ApprovalSort.EXPIRES: along(_APPROVAL.expires_at),
    ApprovalSort.ASKED: along(_APPROVAL.created_at),
    ApprovalSort.MONEY: along(_PROPOSAL.money),
}


def cases(session: Session, wanted: CaseFilter, asked: Reading[CaseSort]) -> Page[ListedCase]:
    """Cases, those that ended too. What was detected stays where it is but for what a list shows: some is large."""
    active = _CASE.state.in_([state.value for state in ACTIVE_STATES])
    query = (
        select(_CASE, _ABOUT, CaseTriageRow.verdict)
        .options(defer(_CASE.detected, raiseload=True))
        .outerjoin(CaseTriageRow, CaseTriageRow.case_id == _CASE.id)
        .where(
            same(_CASE.state, wanted.state),
            true() if wanted.active is None else active if wanted.active else ~active,
            same(_TYPE, wanted.type),
            same(_CASE.owner, wanted.owner),
            same(_ITEM, wanted.item),
            same(_PLACE, wanted.location),
            true() if wanted.customer is None else _CASE.detected["impacts"].contains([{"customer": wanted.customer}]),
            within(_CASE.deadline, wanted.deadline_after, wanted.deadline_before),
            least(_CASE.exposure, wanted.exposure_at_least),
        )
    )
    return read_page(session, query, ordered(_CASES, asked, *along(_CASE.id)), asked, _case)


def options(session: Session, wanted: OptionFilter, asked: Reading[OptionSort]) -> Page[ListedOption]:
    """Options of all planning rounds."""
    query = select(_OPTION).where(
        same(_OPTION.case_id, None if wanted.case is None else case_number(wanted.case)),
        same(_OPTION.planning_round, wanted.planning_round),
    )
    return read_page(session, query, ordered(_OPTIONS, asked, code(_OPTION.id)), asked, _option)


def proposals(session: Session, wanted: ProposalFilter, asked: Reading[ProposalSort]) -> Page[ListedProposal]:
    """Plans, letters and mandates that were put forward."""
    query = (
        select(_PROPOSAL, _APPROVAL.id, _APPROVAL.state)
        .outerjoin(_APPROVAL, _APPROVAL.proposal_id == _PROPOSAL.id)
        .where(
            same(_PROPOSAL.case_id, None if wanted.case is None else case_number(wanted.case)),
            same(_PROPOSAL.proposed_by, wanted.proposer),
            same(_PROPOSAL.tier, wanted.tier),
            least(_PROPOSAL.created_at, wanted.proposed_since),
        )
    )
    return read_page(session, query, ordered(_PROPOSALS, asked, code(_PROPOSAL.id)), asked, _proposal)


def approvals(session: Session, wanted: ApprovalFilter, asked: Reading[ApprovalSort]) -> Page[Approval]:
    """Approvals of plans with the decisions on them."""
    query = APPROVALS.where(
        OF_PLANS,
        same(_APPROVAL.state, wanted.state),
        same(_PROPOSAL.case_id, None if wanted.case is None else case_number(wanted.case)),
        same(_PROPOSAL.proposed_by, wanted.proposer),
        same(_PROPOSAL.tier, wanted.tier),
        true() if wanted.expires_before is None else _APPROVAL.expires_at <= wanted.expires_before,
    )
    page = read_page(session, query, ordered(_APPROVALS, asked, code(_APPROVAL.id)), asked, _found)
    return Page(items=approvals_of(session, page.items), next=page.next)


def _case(row: CaseRow, about: dict[str, Any], verdict: str | None) -> ListedCase:
    return ListedCase(
        id=case_id(row.id),
        type=ExceptionType(about["type"]),
        title=about["title"],
        state=CaseState(row.state),
        item=ItemCode(about["item"]),
        location=about["location"],
        lacking=about["lacking"],
        needed_by=date.fromisoformat(about["needed_by"]),
        lines=about["lines"],
        best_tier=about["best_tier"],
        exposure=row.exposure,
        deadline=row.deadline,
        opened_on=row.opened_on,
        owner=None if row.owner is None else UserName(row.owner),
        snoozed_until=row.snoozed_until,
        planning_round=row.planning_round,
        verdict=verdict,
    )


def _option(row: CaseOptionRow) -> ListedOption:
    return ListedOption(case=case_id(row.case_id), planning_round=row.planning_round, option=option_of(row.option))


def _proposal(row: ProposalRow, approval: str | None, state: str | None) -> ListedProposal:
    return ListedProposal(
        id=ProposalId(row.id),
        case=case_id(row.case_id),
        option=None if row.option_id is None else OptionId(row.option_id),
        inquiry=None if row.inquiry_id is None else inquiry_id(row.inquiry_id),
        negotiation=None if row.negotiation_id is None else negotiation_id(row.negotiation_id),
        plan_hash=row.plan_hash,
        tier=row.tier,
        money=row.money,
        proposed_by=UserName(row.proposed_by),
        created_at=row.created_at,
        approval=None if approval is None else ApprovalId(approval),
        state=None if state is None else ApprovalState(state),
    )


def _found(
    row: ApprovalRow, proposal: ProposalRow, editor: str, ruled: str
) -> tuple[ApprovalRow, ProposalRow, str, str]:
    return row, proposal, editor, ruled
