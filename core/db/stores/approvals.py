"""Approvals and the decisions on them; a change of state is a compare-and-set."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, Text, select, type_coerce, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from core.db.rows import ApprovalRow, CaseOptionRow, DecisionRow, ProposalRow, RuleDecisionRow
from core.db.stores.case_numbers import case_id, case_number
from core.db.stores.inquiry_numbers import inquiry_id, inquiry_number
from core.db.stores.negotiation_numbers import negotiation_id, negotiation_number
from core.db.transaction import Transaction
from core.domain.approval import Approval, ApprovalState, DecisionKind, DecisionRecord
from core.domain.errors import NotFoundError
from core.domain.ids import ApprovalId, CaseId, InquiryId, NegotiationId, ProposalId, UserName
from core.domain.users import Role


@dataclass(frozen=True, slots=True)
class SqlApprovalStore:
    """Approvals of this transaction."""

    transaction: Transaction

    def add(self, approval: Approval) -> bool:
        """Store a pending approval; False when one of that id is there already."""
        statement = insert(ApprovalRow).values(
            id=approval.id,
            proposal_id=approval.proposal,
            plan_hash=approval.plan_hash,
            approvals_needed=approval.approvals_needed,
            roles=[role.value for role in approval.roles],
            rule=approval.rule,
            policy_version=approval.policy_version,
            state=approval.state.value,
            created_at=approval.created_at,
            expires_at=approval.expires_at,
            by_rule=approval.by_rule,
        )
        added = self.transaction.session.execute(
            statement.on_conflict_do_nothing(index_elements=["id"]).returning(ApprovalRow.id)
        ).one_or_none()
        if added is not None:
            facts = {"rule": approval.rule, "expires_at": approval.expires_at}
            self._note(approval.case, "approval_requested", approval.id, facts)
        return added is not None

    def get(self, approval: ApprovalId) -> Approval:
        """An approval by id, with its decisions."""
        return self._one(approval, APPROVALS)

    def lock(self, approval: ApprovalId) -> Approval:
        """The approval, held until the transaction ends."""
        return self._one(approval, APPROVALS.with_for_update(of=ApprovalRow))

    def of_case(self, case: CaseId) -> tuple[Approval, ...]:
        """The approvals of a case, oldest first."""
        return self._many(APPROVALS.where(ProposalRow.case_id == case_number(case), OF_PLANS))

    def listed(self, *states: ApprovalState) -> tuple[Approval, ...]:
        """The approvals in these states, oldest first."""
        return self._many(APPROVALS.where(_in(states), OF_PLANS))

    def letters(self, *states: ApprovalState) -> tuple[Approval, ...]:
        """The approvals of letters to suppliers in these states, oldest first."""
        return self._many(APPROVALS.where(_in(states), ProposalRow.inquiry_id.is_not(None)))

    def of_inquiry(self, inquiry: InquiryId) -> tuple[Approval, ...]:
        """The approvals of a letter to a supplier, oldest first."""
        return self._many(APPROVALS.where(ProposalRow.inquiry_id == inquiry_number(inquiry)))

    def mandates(self, *states: ApprovalState) -> tuple[Approval, ...]:
        """The approvals of mandates to negotiate in these states, oldest first."""
        return self._many(APPROVALS.where(_in(states), ProposalRow.negotiation_id.is_not(None)))

    def of_negotiation(self, negotiation: NegotiationId) -> tuple[Approval, ...]:
        """The approvals of a negotiation's mandate, oldest first."""
        return self._many(APPROVALS.where(ProposalRow.negotiation_id == negotiation_number(negotiation)))

    def where(self, condition: ColumnElement[bool]) -> tuple[Approval, ...]:
        """The approvals of plans that meet a condition, oldest first."""
        return self._many(APPROVALS.where(condition, OF_PLANS))

    def record(self, approval: ApprovalId, decision: DecisionRecord) -> bool:
        """Store one person's word; False when that person has spoken on it already."""
        statement = insert(DecisionRow).values(
            approval_id=approval,
            user_name=decision.user,
            role=decision.role.value,
            kind=decision.kind.value,
            plan_hash=decision.plan_hash,
            comment=decision.comment,
            channel=decision.channel,
            decided_at=decision.decided_at,
            reason_code=decision.reason_code,
            on_behalf_of=decision.on_behalf_of,
        )
        added = self.transaction.session.execute(
            statement.on_conflict_do_nothing().returning(DecisionRow.approval_id)
        ).one_or_none()
        if added is None:
            return False
        facts = {"by": decision.user, "role": decision.role.value, "plan_hash": decision.plan_hash}
        facts |= {"on_behalf_of": decision.on_behalf_of} if decision.on_behalf_of else {}
        case = self.get(approval).case
        self._note(case, f"decision_{decision.kind.value}", approval, {**facts, "channel": decision.channel})
        return True

    def move(self, approval: ApprovalId, *, old: ApprovalState, new: ApprovalState) -> bool:
        """Compare and set the state; False when it was no longer `old`."""
        moved = self.transaction.session.execute(
            update(ApprovalRow)
            .where(ApprovalRow.id == approval, ApprovalRow.state == old.value)
            .values(state=new.value)
            .returning(ApprovalRow.id)
        ).one_or_none()
        if moved is None:
            return False
        self._note(self.get(approval).case, f"approval_{new.value}", approval, {"from": old.value})
        return True

    def _one(self, approval: ApprovalId, query: Select[ApprovalRow, ProposalRow, str, str]) -> Approval:
        found = self._many(query.where(ApprovalRow.id == approval))
        if not found:
            raise NotFoundError(f"there is no approval {approval!r}")
        return found[0]

    def _many(self, query: Select[ApprovalRow, ProposalRow, str, str]) -> tuple[Approval, ...]:
        ordered = query.order_by(ApprovalRow.created_at, ApprovalRow.id.collate("C"))
        session = self.transaction.session
        return approvals_of(session, session.execute(ordered.execution_options(populate_existing=True)).all())

    def _note(self, case: CaseId, event: str, subject: str, facts: Mapping[str, object]) -> None:
        self.transaction.note(scope=f"case:{case}", event=event, subject=subject, facts=facts)


APPROVALS = (
    select(ApprovalRow, ProposalRow, type_coerce(CaseOptionRow.option["crafted_by"].astext, Text), RuleDecisionRow.rule)
    .join(ProposalRow, ProposalRow.id == ApprovalRow.proposal_id)
    .outerjoin(CaseOptionRow, CaseOptionRow.id == ProposalRow.option_id)
    .outerjoin(RuleDecisionRow, RuleDecisionRow.approval_id == ApprovalRow.id)
)

OF_PLANS = ProposalRow.option_id.is_not(None)


def _in(states: Sequence[ApprovalState]) -> ColumnElement[bool]:
    return ApprovalRow.state.in_([state.value for state in states])


def approvals_of(session: Session, found: Sequence[tuple[ApprovalRow, ProposalRow, str, str]]) -> tuple[Approval, ...]:
    """The approvals of what APPROVALS found, with the decisions on them."""
    spoken: dict[str, list[DecisionRecord]] = {}
    if found:
        decisions = select(DecisionRow).where(DecisionRow.approval_id.in_([row.id for row, *_ in found]))
        for decision in session.scalars(decisions.order_by(DecisionRow.decided_at, DecisionRow.user_name)):
            spoken.setdefault(decision.approval_id, []).append(_decision(decision))
    return tuple(
        _approval(row, proposal, tuple(spoken.get(row.id, ())), editor=editor, ruled=ruled)
        for row, proposal, editor, ruled in found
    )


def _approval(
    row: ApprovalRow,
    proposal: ProposalRow,
    decisions: tuple[DecisionRecord, ...],
    *,
    editor: str,
    ruled: str,
) -> Approval:
    return Approval(
        id=ApprovalId(row.id),
        proposal=ProposalId(row.proposal_id),
        case=case_id(proposal.case_id),
        plan_hash=row.plan_hash,
        tier=proposal.tier,
        money=proposal.money,
        approvals_needed=row.approvals_needed,
        roles=tuple(Role(role) for role in row.roles),
        rule=row.rule,
        policy_version=row.policy_version,
        proposed_by=UserName(proposal.proposed_by),
        state=ApprovalState(row.state),
        created_at=row.created_at,
        expires_at=row.expires_at,
        decisions=decisions,
        edited_by=UserName(editor) if editor else None,  # None in the database
        by_rule=row.by_rule,
        ruled=ruled or "",
        inquiry=None if proposal.inquiry_id is None else inquiry_id(proposal.inquiry_id),
        negotiation=None if proposal.negotiation_id is None else negotiation_id(proposal.negotiation_id),
    )


def _decision(row: DecisionRow) -> DecisionRecord:
    return DecisionRecord(
        user=UserName(row.user_name),
        role=Role(row.role),
        kind=DecisionKind(row.kind),
        plan_hash=row.plan_hash,
        comment=row.comment,
        channel=row.channel,
        decided_at=row.decided_at,
        reason_code=row.reason_code,
        on_behalf_of=None if row.on_behalf_of is None else UserName(row.on_behalf_of),
    )
