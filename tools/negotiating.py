"""How an agent has a supplier bargained with; the room is the core's secret, and only a person's yes opens it."""

from datetime import date, datetime

from pydantic import Field

from core.domain.ids import ApprovalId, CaseId
from core.domain.negotiating.mandates import Channel
from tools.arguments import CaseRef, Supplier
from tools.core_access import ToolCore
from tools.spec import Cost, ToolInput, ToolOutput, proposes


class ProposeNegotiation(ToolInput):
    """What propose_negotiation takes. There is no field for a price: the policy and the plan bound every offer."""

    case: CaseRef
    supplier: Supplier
    by: Channel | None = Field(
        None,
        description="'letter' for offers as letters, each approved by itself; over the supplier's interface where it is"
        " not given",
    )


class NegotiationProposed(ToolOutput):
    """The mandate that now waits. `summary` can be told to a person as it is; nothing has been offered. What may be
    offered and taken is shown to the people who decide, and to nobody else."""

    negotiation: str
    approval: ApprovalId
    summary: str
    case: CaseId
    supplier: str
    item: str
    quantity: int
    needed_by: date
    by: Channel
    most_rounds: int
    until: date
    tier: int
    approvals_needed: int
    roles: tuple[str, ...]
    expires_at: datetime


def _propose_negotiation(core: ToolCore, asked: ProposeNegotiation) -> NegotiationProposed:
    waiting, approval = core.ask_to_bargain(
        case=CaseId(asked.case), supplier=asked.supplier, channel=asked.by or Channel.API
    )
    roles = tuple(role.value for role in approval.roles)
    people = "one person" if approval.approvals_needed == 1 else f"{approval.approvals_needed} people"
    mandate = waiting.mandate
    return NegotiationProposed(
        negotiation=waiting.id,
        approval=approval.id,
        summary=f"negotiation {waiting.id} with {mandate.supplier} proposed, approval {approval.id}; waits for {people}"
        f" ({' or '.join(roles)}), nothing is offered before",
        case=mandate.case,
        supplier=mandate.supplier,
        item=mandate.item,
        quantity=mandate.quantity,
        needed_by=mandate.needed_by,
        by=mandate.channel,
        most_rounds=mandate.most_rounds,
        until=mandate.until,
        tier=approval.tier,
        approvals_needed=approval.approvals_needed,
        roles=roles,
        expires_at=approval.expires_at,
    )


PROPOSE_NEGOTIATION = proposes(
    "propose_negotiation",
    "Asks people for a mandate to bargain over the quote a supplier gave on a case: answers 'proposed, approval ID'. "
    "Offers nothing: one person agrees to the room, which the policy and what the goods are worth bound and no tool "
    "tells, and only then offers go out. Needs a valid quote of the supplier (request_supplier_quotes).",
    cost=Cost.CHEAP,
    examples=({"case": "CASE-17", "supplier": "GULF"},),
    takes=ProposeNegotiation,
    gives=NegotiationProposed,
    handler=_propose_negotiation,
)
