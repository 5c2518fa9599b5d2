"""A mandate to bargain, and the approval it waits for, as a core would give them."""

from datetime import date, timedelta
from decimal import Decimal

from core.domain.approval import Approval, ApprovalState
from core.domain.ids import ApprovalId, CaseId, ItemCode, NegotiationId, ProposalId, SupplierCode
from core.domain.negotiating.mandates import Channel, Mandate, mandate_hash
from core.domain.negotiating.rounds import Negotiation, NegotiationState
from core.domain.users import AGENT_NAME, Role
from tests.tools.samples import NOW

NEGOTIATION = NegotiationId("NEG-7")
OPENING, TARGET, CEILING, STEP = Decimal("17.13"), Decimal("18.29"), Decimal("18.47"), Decimal("0.83")
SECRETS = ("17.13", "18.29", "18.47", "0.83")


def a_mandate(case: CaseId, supplier: str, channel: Channel = Channel.API) -> tuple[Negotiation, Approval]:
    """A mandate over 25 valves that waits for one person."""
    mandate = Mandate(
        negotiation=NEGOTIATION, case=case, supplier=SupplierCode(supplier), item=ItemCode("VALVE-3"), quantity=25,
        needed_by=date(2026, 3, 20), currency="USD", quote="Q-1", quoted=Decimal("20.00"), opening=OPENING,
        target=TARGET, ceiling=CEILING, largest_step=STEP, most_rounds=4, until=date(2026, 3, 7), channel=channel,
    )  # fmt: skip
    negotiation = Negotiation(
        id=NEGOTIATION, mandate=mandate, state=NegotiationState.WAITING, proposed_by=AGENT_NAME, created_at=NOW
    )
    approval = Approval(
        id=ApprovalId("AP-NEG-7"), proposal=ProposalId("PR-NEG-7"), case=case, plan_hash=mandate_hash(mandate),
        tier=3, money=Decimal(0), approvals_needed=1, roles=(Role.BUYER, Role.PLANNER), rule="T3 needs one person",
        policy_version="2026-1", proposed_by=AGENT_NAME, state=ApprovalState.PENDING, created_at=NOW,
        expires_at=NOW + timedelta(hours=24), negotiation=NEGOTIATION,
    )  # fmt: skip
    return negotiation, approval
