"""Proposals: the canonical plan as text, its hash, the advice and the prediction."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.dialects.postgresql import Insert, insert

from core.db.codec import from_json, to_json
from core.db.rows import ProposalRow
from core.db.stores.case_numbers import case_id, case_number
from core.db.stores.inquiry_numbers import inquiry_id, inquiry_number
from core.db.stores.negotiation_numbers import negotiation_id, negotiation_number
from core.db.transaction import Transaction
from core.domain.errors import NotFoundError
from core.domain.ids import OptionId, ProposalId, UserName
from core.domain.inquiries import LetterProposal
from core.domain.negotiating.mandates import MandateProposal
from core.domain.options import Forecast
from core.domain.plan_text import decode_plan
from core.domain.proposals import Advice, Proposal


@dataclass(frozen=True, slots=True)
class SqlProposalStore:
    """Proposals of this transaction."""

    transaction: Transaction

    def add(self, proposal: Proposal) -> bool:
        """Store a proposal; False when one of that id is there already."""
        statement = insert(ProposalRow).values(
            id=proposal.id,
            case_id=case_number(proposal.case),
            option_id=proposal.option,
            plan=proposal.plan_text,
            plan_hash=proposal.plan_hash,
            tier=proposal.tier,
            money=proposal.money,
            advice=to_json(Advice, proposal.advice),
            rules=dict(proposal.rules),
            forecast=to_json(Forecast, proposal.forecast),
            proposed_by=proposal.proposed_by,
            created_at=proposal.created_at,
        )
        facts = {"option": proposal.option, "plan_hash": proposal.plan_hash, "by": proposal.proposed_by}
        return self._added(statement, scope=f"case:{proposal.case}", subject=proposal.id, facts=facts)

    def add_letter(self, proposal: LetterProposal) -> bool:
        """Store a letter as a proposal; False when one of that id is there already."""
        statement = _errand(proposal, proposal.letter_hash).values(inquiry_id=inquiry_number(proposal.inquiry))
        facts = {"inquiry": proposal.inquiry, "letter": proposal.letter_hash, "by": proposal.proposed_by}
        return self._added(statement, scope=f"inquiry:{proposal.inquiry}", subject=proposal.id, facts=facts)

    def letter(self, proposal: ProposalId) -> LetterProposal:
        """A letter put before people, as it was."""
        row = self.transaction.one(ProposalRow, ProposalRow.id == proposal, what=f"proposal {proposal!r}")
        assert row.inquiry_id is not None, "asked for of a letter only"
        return LetterProposal(
            id=proposal,
            case=case_id(row.case_id),
            inquiry=inquiry_id(row.inquiry_id),
            text=row.plan,
            letter_hash=row.plan_hash,
            tier=row.tier,
            proposed_by=UserName(row.proposed_by),
            created_at=row.created_at,
        )

    def add_mandate(self, proposal: MandateProposal) -> bool:
        """Store a mandate as a proposal; False when one of that id is there already."""
        statement = _errand(proposal, proposal.mandate_hash).values(
            negotiation_id=negotiation_number(proposal.negotiation)
        )
        facts = {"mandate": proposal.mandate_hash, "by": proposal.proposed_by}
        return self._added(statement, scope=f"negotiation:{proposal.negotiation}", subject=proposal.id, facts=facts)

    def mandate(self, proposal: ProposalId) -> MandateProposal:
        """A mandate put before people, as it was."""
        row = self.transaction.one(ProposalRow, ProposalRow.id == proposal, what=f"proposal {proposal!r}")
        assert row.negotiation_id is not None, "asked for of a mandate only"
        return MandateProposal(
            id=proposal,
            case=case_id(row.case_id),
            negotiation=negotiation_id(row.negotiation_id),
            text=row.plan,
            mandate_hash=row.plan_hash,
            tier=row.tier,
            proposed_by=UserName(row.proposed_by),
            created_at=row.created_at,
        )

    def get(self, proposal: ProposalId) -> Proposal:
        """A proposal by id; the plan is read from its canonical text. NotFoundError for a letter or a mandate."""
        row = self.transaction.one(ProposalRow, ProposalRow.id == proposal, what=f"proposal {proposal!r}")
        if row.inquiry_id is not None:
            shown = inquiry_id(row.inquiry_id)
            raise NotFoundError(f"proposal {proposal!r} is a letter and no plan; `expediter inquiry {shown}` shows it")
        if row.negotiation_id is not None:
            shown = negotiation_id(row.negotiation_id)
            raise NotFoundError(
                f"proposal {proposal!r} is a mandate and no plan; `expediter negotiations {shown}` shows it"
            )
        return Proposal(
            id=ProposalId(row.id),
            case=case_id(row.case_id),
            option=OptionId(row.option_id or ""),
            plan=decode_plan(json.loads(row.plan)),
            plan_text=row.plan,
            plan_hash=row.plan_hash,
            tier=row.tier,
            money=row.money,
            advice=from_json(Advice, row.advice),
            rules=row.rules,
            forecast=from_json(Forecast, row.forecast),
            proposed_by=UserName(row.proposed_by),
            created_at=row.created_at,
        )

    def _added(self, statement: Insert, *, scope: str, subject: str, facts: Mapping[str, object]) -> bool:
        """Whether the row was not there before; if so the audit tells of it."""
        added = self.transaction.session.execute(
            statement.on_conflict_do_nothing(index_elements=["id"]).returning(ProposalRow.id)
        ).one_or_none()
        if added is not None:
            self.transaction.note(scope=scope, event="proposed", subject=subject, facts=facts)
        return added is not None


def _errand(proposal: LetterProposal | MandateProposal, digest: str) -> Insert:
    """The row of what is no plan: it moves no money by itself, and nobody advises on it."""
    return insert(ProposalRow).values(
        id=proposal.id,
        case_id=case_number(proposal.case),
        plan=proposal.text,
        plan_hash=digest,
        tier=proposal.tier,
        money=0,
        advice={},
        rules={},
        forecast={},
        proposed_by=proposal.proposed_by,
        created_at=proposal.created_at,
    )
